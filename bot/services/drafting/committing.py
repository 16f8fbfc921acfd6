"""An owner commits to their key results of a draft, and says how sure they are: that is where confidence
starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.okr import measure_fields
from bot.okr.model import Commitment
from bot.okr.rights import Operation
from bot.okr.writing.draft_views import CommitView, Which
from bot.services import permissions
from bot.services.drafting import draft_sets, draft_shown
from bot.services.drafting.draft_sets import Drafting, NoDraft, WhyNot
from bot.services.sending import asks
from bot.storage import commitments
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class Yes:
    """What somebody said of one key result."""

    confidence: int
    seen: str
    """What it was measured by when they were asked, as `measure_fields.short` gives it."""


class ChangedMeanwhile(Exception):  # noqa: N818 - it says what is so
    """Something was changed, dropped or handed over while they looked; nothing was kept."""


def load(database: Database, slack_id: str, which: Which) -> CommitView:
    """What of it is theirs; raises NoDraft (NOTHING_YOURS where nothing is), GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        return _view(connection, _find(connection, slack_id, which))


def commit(database: Database, slack_id: str, which: Which, said: Mapping[int, Yes], now: datetime) -> None:
    """By key result; those that nothing is said of stay as they are. Raises NoDraft, ChangedMeanwhile,
    NotAllowed, GuestsSeeOnlyTheirs."""
    with database.transaction() as connection:
        found = _find(connection, slack_id, which, hold=True)
        for key_result_id, yes in said.items():
            pair = found.key_result(key_result_id)
            if pair is None:
                raise ChangedMeanwhile
            permissions.require_in_key_result(connection, found.reader, Operation.COMMIT, *pair)
            aim = measure_fields.aim(pair[0].measure, pair[0].unit)
            if yes.seen != measure_fields.short(aim):
                raise ChangedMeanwhile
            by = Commitment(key_result_id, found.reader.id, yes.confidence, now, aim)
            commitments.record(connection, by)
        if said:
            asks.redraw_draft(connection, *which)


def _find(connection: Connection, slack_id: str, which: Which, *, hold: bool = False) -> Drafting:
    return draft_sets.find(connection, slack_id, which, hold=hold, guests=True)


def _view(connection: Connection, found: Drafting) -> CommitView:
    mine = tuple(one for one in draft_shown.view(connection, found).key_results if one.mine)
    if not mine:
        raise NoDraft(WhyNot.NOTHING_YOURS, team=found.team.name, about=found.cycle.name)
    return CommitView(found.team, found.cycle, mine)
