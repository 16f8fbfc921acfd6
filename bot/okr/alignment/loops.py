"""Circles: things that support, need or lead each other back to where one began."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def way_back(start: Thing, leads_to: Callable[[Thing], Iterable[Thing]]) -> tuple[Thing, ...]:
    """The shortest way from `start` to itself, `start` at both ends; empty where there is none."""
    came_from: dict[Thing, Thing] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in leads_to(here):
            if there == start:
                way = [start, here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    return ()
