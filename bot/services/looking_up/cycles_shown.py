"""Which cycles are shown: those that run or, where none does, those that have been started and begin next."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from bot.okr.model import Cycle, Objective
from bot.storage import okr_cycles
from bot.storage.engine import Connection

Load = Callable[[Iterable[int]], list[Objective]]
"""The objectives of the cycles with these ids, as far as they are shown."""


def load(
    connection: Connection, days: Collection[date], of: Load
) -> tuple[dict[int, Cycle], list[Objective]]:
    """The cycles, by id, and what is shown of them. `days` are today, where the teams are or the reader is; a
    cycle to come is there only if it has something to show."""
    running = {id_: one for on in days for id_, one in okr_cycles.running(connection, on).items()}
    if running:
        return running, of(running)
    coming = okr_cycles.next_to_begin(connection, max(days)) if days else {}
    objectives = of(coming)
    return (coming, objectives) if objectives else ({}, [])
