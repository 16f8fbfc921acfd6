"""What people say of a draft, and what they want in it. Everything is kept, with who said it.

What is proposed is asked of whoever owns what it is about, of the leads where that is a new objective. Who
proposes something for what is their own decides by that: it is written at once, and kept as proposed all the
same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.okr.model import KeyResult, Objective, Proposal, ProposalKind, ProposalOutcome
from bot.okr.rights import Operation
from bot.okr.writing.draft_views import DraftView, Which
from bot.okr.writing.drafts import KeyResultDraft, ObjectiveDraft
from bot.services import permissions
from bot.services.drafting import deciding, draft_asks, draft_sets, draft_shown, proposal_words
from bot.services.drafting.draft_sets import Drafting, NoDraft, WhyNot
from bot.services.sending import asks
from bot.storage import people, proposals
from bot.storage.engine import Connection, Database


class NothingNew(Exception):  # noqa: N818 - it says what is so
    """What is proposed stands there already."""


class SeenByAll(Exception):  # noqa: N818 - it says what is so
    """What is proposed for a draft is seen by the whole team, so it cannot be private."""


@dataclass(frozen=True, slots=True)
class About:
    """What of a draft something is said of; without either, all of it."""

    objective_id: int | None = None
    key_result_id: int | None = None


@dataclass(frozen=True, slots=True)
class ToPropose:
    """The form in which something is proposed."""

    view: DraftView
    about: About
    there: ObjectiveDraft | KeyResultDraft | None
    """What is to be changed, as it stands; None for something new."""
    mine: str
    """The proposer's Slack id."""


def form(database: Database, slack_id: str, which: Which) -> DraftView:
    """What there is to speak about; raises NoDraft, NotAllowed, GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        found = find(connection, slack_id, which)
        return draft_shown.view(connection, found)


def to_propose(database: Database, slack_id: str, which: Which, about: About, *, new: bool) -> ToPropose:
    """`new`: a key result for the objective that it is about, or an objective where it is about none; else a
    change. Raises NoDraft, NotAllowed, GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        found = find(connection, slack_id, which)
        there = None if new else proposal_words.there(connection, *meant(found, about))
        return ToPropose(draft_shown.view(connection, found), about, there, found.reader.slack_id)


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
        _add(connection, found, Proposal(0, *which, ProposalKind.COMMENT, 0, now, text), about)
        asks.redraw_draft(connection, *which)


def propose(
    database: Database,
    slack_id: str,
    which: Which,
    about: About,
    draft: ObjectiveDraft | KeyResultDraft,
    *,
    why: str,
    now: datetime,
) -> ProposalOutcome | None:
    """Accepted at once where it is the proposer's own to decide. What could not be accepted as things stand
    is refused now. Raises NothingNew, SeenByAll, NoDraft, GuestsSeeOnlyTheirs and what
    `services.okrs.writing` does."""
    with database.transaction() as connection:
        found = find(connection, slack_id, which, hold=True)
        draft = replace(draft, owner=draft.owner or found.reader.slack_id)
        said = _proposal(connection, found, about, draft, why=why, now=now)
        asked = draft_asks.asked_about(connection, found, said)
        mine = found.reader.id in asked
        _would_be_written(connection, said, [found.reader.id] if mine else asked, now)
        kept = _add(connection, found, said, about)
        if mine:
            deciding.accept_within(connection, found, kept, "", now)
            return ProposalOutcome.ACCEPTED
        asks.redraw_draft(connection, *which)
        draft_asks.ask(connection, found, asked, now)
        return None


def find(connection: Connection, slack_id: str, which: Which, *, hold: bool = False) -> Drafting:
    """A draft in which somebody may say something; raises NoDraft, NotAllowed, GuestsSeeOnlyTheirs."""
    found = draft_sets.find(connection, slack_id, which, hold=hold)
    permissions.require_in_team(connection, found.reader, Operation.PROPOSE, which.team_id)
    return found


def meant(found: Drafting, about: About) -> tuple[Objective | None, KeyResult | None]:
    """The objective, perhaps by its key result; raises NoDraft for what is not there (any more)."""
    pair = found.key_result(about.key_result_id)
    objective = pair[1] if pair else found.objective(about.objective_id)
    gone = about.key_result_id is not None and pair is None
    if gone or (about.objective_id is not None and objective is None):
        raise NoDraft(WhyNot.GONE, team=found.team.name)
    return objective, pair[0] if pair else None


def _proposal(
    connection: Connection,
    found: Drafting,
    about: About,
    draft: ObjectiveDraft | KeyResultDraft,
    *,
    why: str,
    now: datetime,
) -> Proposal:
    """With what it is about as it stands now, by its marks; raises NothingNew, SeenByAll, NoDraft."""
    objective, key_result = meant(found, about)
    there = proposal_words.there(connection, objective, key_result)
    if isinstance(draft, KeyResultDraft):
        if objective is None:
            raise NoDraft(WhyNot.GONE, team=found.team.name)
        kind = ProposalKind.CHANGE if key_result else ProposalKind.KEY_RESULT
    else:
        if key_result is not None:
            raise NoDraft(WhyNot.GONE, team=found.team.name)
        kind = ProposalKind.CHANGE if objective else ProposalKind.OBJECTIVE
        if draft.private and not (objective and objective.private):
            raise SeenByAll
    if kind is ProposalKind.CHANGE and draft == there:
        raise NothingNew
    seen = proposal_words.marks_of(there) if there and kind is ProposalKind.CHANGE else {}
    fields = {"draft": draft.to_fields(), "seen": seen}
    ids = (objective.id if objective else None, key_result.id if key_result else None)
    return Proposal(0, found.team.id, found.cycle.id, kind, found.reader.id, now, why, fields, *ids)


def _would_be_written(connection: Connection, said: Proposal, deciders: Iterable[int], now: datetime) -> None:
    """Raises draft_checks.Refused where whoever decides could not accept it; nothing is written. Where nobody
    can decide just now, it waits for whoever leads the team next."""
    for person in people.by_ids(connection, list(deciders)[:1]).values():
        trial = connection.begin_nested()
        try:
            deciding.write(connection, said, person, now)
        finally:
            trial.rollback()


def _add(connection: Connection, found: Drafting, said: Proposal, about: About) -> Proposal:
    """Writes down what the reader says; the same once more is what they said before. Raises NoDraft."""
    objective, key_result = meant(found, about)
    if objective is not None:
        permissions.require_in_objective(connection, found.reader, Operation.PROPOSE, objective)
    new = replace(
        said,
        by_id=found.reader.id,
        objective_id=objective.id if objective else None,
        key_result_id=key_result.id if key_result else None,
    )
    before = proposals.of_set(connection, found.team.id, found.cycle.id)
    same = next((one for one in before if replace(one, id=0, at=new.at) == new), None)
    return same or proposals.add(connection, new)
