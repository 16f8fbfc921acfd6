"""What people say of a draft. Everything is kept, with who said it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.okr.draft_views import DraftView, Which
from bot.okr.model import Objective, Proposal, ProposalKind
from bot.okr.rights import Operation
from bot.services import draft_asks, draft_sets, draft_shown, permissions
from bot.services.draft_sets import Drafting, NoDraft, WhyNot
from bot.storage import proposals
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class About:
    """What of a draft something is said of; without either, all of it."""

    objective_id: int | None = None
    key_result_id: int | None = None


def form(database: Database, slack_id: str, which: Which) -> DraftView:
    """What there is to speak about; raises NoDraft, NotAllowed, GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        found = find(connection, slack_id, which)
        return draft_shown.view(connection, found)


def comment(
    database: Database,
    slack_id: str,
    which: Which,
    about: About,
    text: str,
    *,
    now: datetime,
) -> None:
    """Saying the same twice says it once. Raises NoDraft, NotAllowed, GuestsSeeOnlyTheirs."""
    with database.transaction() as connection:
        found = find(connection, slack_id, which, hold=True)
        add(connection, found, Proposal(0, *which, ProposalKind.COMMENT, 0, now, text), about)
        draft_asks.redraw(connection, *which)


def find(connection: Connection, slack_id: str, which: Which, *, hold: bool = False) -> Drafting:
    """A draft in which somebody may say something; raises NoDraft, NotAllowed, GuestsSeeOnlyTheirs."""
    found = draft_sets.find(connection, slack_id, which, hold=hold)
    permissions.require_in_team(connection, found.reader, Operation.PROPOSE, which.team_id)
    return found


def add(connection: Connection, found: Drafting, said: Proposal, about: About) -> Proposal:
    """Writes down what the reader says; the same once more is what they said before. Raises NoDraft."""
    objective, key_result_id = meant(found, about)
    if objective is not None:
        permissions.require_in_objective(connection, found.reader, Operation.PROPOSE, objective)
    new = replace(
        said,
        team_id=found.team.id,
        cycle_id=found.cycle.id,
        by_id=found.reader.id,
        objective_id=objective.id if objective else None,
        key_result_id=key_result_id,
    )
    before = proposals.of_set(connection, found.team.id, found.cycle.id)
    same = next((one for one in before if replace(one, id=0, at=new.at) == new), None)
    return same or proposals.add(connection, new)


def meant(found: Drafting, about: About) -> tuple[Objective | None, int | None]:
    """The objective, perhaps by its key result; raises NoDraft for what is not there (any more)."""
    pair = found.key_result(about.key_result_id)
    objective = pair[1] if pair else found.objective(about.objective_id)
    gone = about.key_result_id is not None and pair is None
    if gone or (about.objective_id is not None and objective is None):
        raise NoDraft(WhyNot.GONE, team=found.team.name)
    return objective, about.key_result_id
