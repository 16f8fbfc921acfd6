"""Which cycles are shown: those that run on a day or, where none does, those that begin next."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from bot.okr.model import Cycle, Objective
from bot.storage import okr_cycles
from bot.storage.engine import Connection

Load = Callable[[Iterable[int]], list[Objective]]
"""The objectives of the cycles with these ids: those that the reader may see."""


def on_day(connection: Connection, on: date, of: Load) -> tuple[dict[int, Cycle], list[Objective]]:
    """The cycles, by id, and the objectives in them. A cycle to come is there only if it has any."""
    shown, objectives = on_days(connection, [on], of)
    return shown[on], objectives


def on_days(
    connection: Connection, days: Collection[date], of: Load
) -> tuple[dict[date, dict[int, Cycle]], list[Objective]]:
    """The same for several days at once, as there are around the world: the cycles of each, and the
    objectives of them all."""
    running = {on: okr_cycles.running(connection, on) for on in days}
    chosen = {on: running[on] or okr_cycles.next_to_begin(connection, on) for on in days}
    objectives = of({id_ for cycles in chosen.values() for id_ in cycles})
    there = {one.cycle_id for one in objectives}
    shown = {
        on: {id_: one for id_, one in cycles.items() if id_ in running[on] or id_ in there}
        for on, cycles in chosen.items()
    }
    return shown, objectives
