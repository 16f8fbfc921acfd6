"""How far a team's set of OKRs of a cycle has come."""

from datetime import date

from bot.okr.model import Cycle
from bot.storage import okr_cycles, okrs
from bot.storage.engine import Connection


def is_draft(connection: Connection, team_id: int, cycle_id: int) -> bool:
    """Whether it has not started: nothing in it is asked for. What came by a file has started, unless the
    file said otherwise."""
    found = okr_cycles.set_of(connection, team_id, cycle_id)
    return found is not None and found.started_at is None


def asks_for_reason(connection: Connection, team_id: int, cycle: Cycle, on: date) -> bool:
    """Whether changing something in it takes a reason, which is kept: it has started, by now."""
    return cycle.starts <= on and not is_draft(connection, team_id, cycle.id)


def taken(connection: Connection, team_id: int) -> list[Cycle]:
    """The cycles in which the team has objectives or a draft, the one that starts last first; what was
    dropped takes none."""
    every = okr_cycles.of_team(connection, team_id)
    mine = {one.cycle_id for one in okrs.of_team(connection, team_id, [one.id for one in every], drafts=True)}
    mine |= {one.cycle_id for one in okr_cycles.drafts_of(connection, [team_id])}
    return [one for one in every if one.id in mine]
