"""Accepting and declining what was proposed for a draft, with a word to whoever proposed it."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from bot.okr.model import Person, Proposal, ProposalKind, ProposalOutcome
from bot.okr.rights import Operation
from bot.okr.writing.draft_views import ProposalView, Which
from bot.okr.writing.drafts import ObjectiveDraft, merged
from bot.services.drafting import draft_asks, draft_sets, draft_shown, proposal_words
from bot.services.drafting.draft_sets import Drafting, NoDraft, WhyNot
from bot.services.okrs import writing
from bot.services.people import shown_name
from bot.services.permissions import NotAllowed
from bot.storage import okrs, people, proposals
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class DecideView:
    """The form in which somebody accepts or declines one."""

    which: Which
    heading: str
    proposal: ProposalView
    seen: str
    """By which the form knows again what it showed."""


def load(database: Database, slack_id: str, proposal_id: int) -> DecideView:
    """Raises NoDraft, NotAllowed, GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        found, proposal = _find(connection, slack_id, proposal_id)
        view = draft_shown.view(connection, found)
        shown = next(one for one in view.open if one.proposal.id == proposal.id)
        which = Which(found.team.id, found.cycle.id)
        return DecideView(
            which, f"{found.team.name}, {found.cycle.name}", shown, _seen(connection, found, proposal)
        )


def accept(
    database: Database, slack_id: str, proposal_id: int, word: str, *, seen: str, now: datetime
) -> Which:
    """Writes it, too, in the same transaction. Raises NoDraft (CHANGED where what it is about is not what was
    `seen`), draft_checks.Refused, writable.CannotWrite, NotAllowed, GuestsSeeOnlyTheirs."""
    with database.transaction() as connection:
        found, proposal = _find(connection, slack_id, proposal_id, hold=True)
        if seen != _seen(connection, found, proposal):
            raise NoDraft(WhyNot.CHANGED, team=found.team.name)
        accept_within(connection, found, proposal, word, now)
        return Which(found.team.id, found.cycle.id)


def decline(database: Database, slack_id: str, proposal_id: int, word: str, *, now: datetime) -> Which:
    """Raises NoDraft, NotAllowed, GuestsSeeOnlyTheirs."""
    with database.transaction() as connection:
        found, proposal = _find(connection, slack_id, proposal_id, hold=True)
        _decide(connection, found, proposal, ProposalOutcome.DECLINED, word, now=now)
        return Which(found.team.id, found.cycle.id)


def accept_within(
    connection: Connection, found: Drafting, proposal: Proposal, word: str, now: datetime
) -> None:
    written = write(connection, proposal, found.reader, now)
    _decide(connection, found, written, ProposalOutcome.ACCEPTED, word, now=now)


def write(connection: Connection, proposal: Proposal, by: Person, now: datetime) -> Proposal:
    """What is proposed, by somebody who may; gives the proposal with what came of it. Of a change only
    what it changes: what others have changed since stays. Raises what `services.okrs.writing` does."""
    draft = proposal_words.draft_of(proposal)
    if proposal.kind is ProposalKind.OBJECTIVE and isinstance(draft, ObjectiveDraft):
        place = (proposal.team_id, proposal.cycle_id)
        return replace(proposal, objective_id=writing.add_objective(connection, by, place, draft, now=now).id)
    of, one = proposal.objective_id or 0, proposal.key_result_id
    if isinstance(draft, ObjectiveDraft):
        whole = okrs.whole(connection, [of])[of]
        wanted = merged(proposal.fields["seen"], writing.kept_objective(connection, whole), draft).draft
        writing.change_objective(connection, by, of, wanted, now=now)
        return proposal
    if one is None:
        return replace(proposal, key_result_id=writing.add_key_result(connection, by, of, draft, now=now).id)
    known = okrs.key_results_by_ids(connection, [one])[one]
    changed = merged(proposal.fields["seen"], writing.kept_key_result(connection, known), draft).draft
    writing.change_key_result(connection, by, one, changed, now=now)
    return proposal


def _find(
    connection: Connection, slack_id: str, proposal_id: int, *, hold: bool = False
) -> tuple[Drafting, Proposal]:
    """One that nobody has decided about and that somebody may decide about."""
    known = proposals.by_id(connection, proposal_id)
    if known is None or known.kind is ProposalKind.COMMENT:
        raise NoDraft(WhyNot.NO_SUCH)
    found = draft_sets.find(connection, slack_id, Which(known.team_id, known.cycle_id), hold=hold)
    known = (
        proposals.by_id(connection, proposal_id) or known
    )  # once more: who held the draft may have decided
    if known.outcome is not None:
        by = people.by_ids(connection, {known.answered_by_id or 0}).get(known.answered_by_id or 0)
        raise NoDraft(WhyNot.DECIDED, team=found.team.name, who=shown_name(by) if by else "")
    if not draft_shown.is_seen(found, known):
        raise NoDraft(WhyNot.GONE, team=found.team.name)
    if not draft_shown.may_decide(connection, found, known):
        asked = people.by_ids(connection, draft_asks.asked_about(connection, found, known))
        raise NotAllowed(Operation.ANSWER_PROPOSAL, tuple(shown_name(one) for one in asked.values()))
    return found, known


def _decide(
    connection: Connection,
    found: Drafting,
    proposal: Proposal,
    outcome: ProposalOutcome,
    word: str,
    *,
    now: datetime,
) -> None:
    decided = proposals.decide(connection, proposal, outcome, by_id=found.reader.id, answer=word, at=now)
    if not decided:
        raise NoDraft(WhyNot.DECIDED, team=found.team.name)
    owners: set[int] = set()
    if outcome is ProposalOutcome.ACCEPTED and proposal.key_result_id is not None:
        owners = {
            okrs.key_results_by_ids(connection, [proposal.key_result_id])[proposal.key_result_id].owner_id
        }
    draft_asks.changed(connection, found.team.id, found.cycle.id, now, owners=owners - {found.reader.id})
    if proposal.by_id != found.reader.id:
        to = people.by_ids(connection, [proposal.by_id])[proposal.by_id]
        draft_asks.answered(connection, proposal, to, now)


def _seen(connection: Connection, found: Drafting, proposal: Proposal) -> str:
    """What it would change, as it stands; empty for something new."""
    if proposal.kind is not ProposalKind.CHANGE:
        return ""
    pair = found.key_result(proposal.key_result_id)
    now = proposal_words.there(connection, found.objective(proposal.objective_id), pair[0] if pair else None)
    marks = "".join(proposal_words.marks_of(now).values()) if now else ""
    return sha256(marks.encode()).hexdigest()[:16] if marks else ""
