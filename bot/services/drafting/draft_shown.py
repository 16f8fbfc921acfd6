"""What somebody sees of a draft: the objectives, who has committed, and what people say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.okr import measure_fields
from bot.okr.alignment import support as alignment
from bot.okr.days.zones import team_zone
from bot.okr.model import (
    Commitment,
    KeyResult,
    Objective,
    Person,
    Proposal,
    ProposalKind,
    ProposalOutcome,
)
from bot.okr.rights import Operation, may
from bot.okr.writing.draft_views import (
    Committing,
    DraftKeyResult,
    DraftObjective,
    DraftView,
    Origin,
    ProposalView,
    Said,
    Started,
    Which,
)
from bot.services import permissions
from bot.services.drafting.draft_sets import Drafting, NoDraft, WhyNot, drafts_of, find, of_set
from bot.services.drafting.proposal_words import Wanted, wanted
from bot.services.people import shown_name
from bot.services.sending import asks
from bot.storage import commitments, deliveries, okrs, people, proposals
from bot.storage.engine import Connection, Database

OF_A_TEAM = (
    Operation.PROPOSE,
    Operation.SHARE_DRAFT,
    Operation.START_CYCLE,
    Operation.ADD_OBJECTIVE,
)


def load(database: Database, slack_id: str, which: Which) -> DraftView:
    """As somebody sees it, started or not; raises NoDraft, GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        return view(connection, find(connection, slack_id, which, started=True))


def load_public(database: Database, which: Which) -> DraftView:
    """As it stands in the channel; raises NoDraft, also where one that was given up was begun anew, and has
    not been shared yet."""
    with database.reading() as connection:
        found = of_set(connection, which)
        if found.set.shared_at is None:
            raise NoDraft(WhyNot.NO_SUCH)
        return view(connection, found)


def view(connection: Connection, found: Drafting) -> DraftView:
    said = [one for one in proposals.of_set(connection, found.team.id, found.cycle.id) if is_seen(found, one)]
    key_results = [one.id for each in found.objectives for one in each.key_results]
    committed = commitments.of_key_results(connection, key_results)
    posted = deliveries.by_key(connection, asks.draft_key(found.team.id, found.cycle.id))
    shared_by = int(posted.subject["by"]) if posted else None
    persons = people.by_ids(connection, _persons(found, said, shared_by))
    shown = _Shown(found, said, committed, persons, _titles_above(connection, found))
    parts = permissions.in_team(connection, found.person, found.team.id) if found.person else set()
    drafts = drafts_of(connection, found.team.id) if found.person else []
    undecided = [one for one in said if one.kind is not ProposalKind.COMMENT and one.outcome is None]
    return DraftView(
        found.team,
        found.cycle,
        tuple(shown.objective(one) for one in found.objectives),
        shown.comments(None, None),
        tuple(
            shown.proposal(one, wanted(connection, found, one), mine=may_decide(connection, found, one))
            for one in undecided
        ),
        tuple(
            shown.proposal(one, wanted(connection, found, one))
            for one in said
            if one.outcome is ProposalOutcome.DECLINED
        ),
        frozenset(one for one in OF_A_TEAM if may(one, parts)),
        shown.name(shared_by),
        found.set.shared_at,
        (posted.error or "") if posted and posted.state == "failed" else "",
        shown.started(),
        tuple(one for one in drafts if one.id != found.cycle.id),
    )


def may_decide(connection: Connection, found: Drafting, proposal: Proposal) -> bool:
    """Whether the reader may accept or decline it: they could write it themselves."""
    if found.person is None:
        return False
    mine = permissions.parts_of(connection, found.person)
    parts = mine.in_team(found.team.id)
    objective = found.objective(proposal.objective_id)
    if objective is None:
        return proposal.kind is ProposalKind.OBJECTIVE and may(Operation.ADD_OBJECTIVE, parts)
    pair = found.key_result(proposal.key_result_id)
    parts = mine.in_key_result(*pair) if pair is not None else mine.in_objective(objective)
    changes = Operation.CHANGE_KEY_RESULT if pair is not None else Operation.CHANGE_OBJECTIVE
    return all(may(one, parts, private=objective.private) for one in (Operation.ANSWER_PROPOSAL, changes))


def committing(key_result: KeyResult, commitment: Commitment | None) -> Committing:
    """Whoever has committed to another target, or before it was theirs, is asked again."""
    if commitment is None:
        return Committing.NOT_YET
    same = commitment.aim == measure_fields.aim(key_result.measure, key_result.unit)
    mine = commitment.person_id == key_result.owner_id
    return Committing.COMMITTED if same and mine else Committing.CHANGED


def is_seen(found: Drafting, one: Proposal) -> bool:
    """What is said of an objective that is not seen is not seen, either; nor of what is dropped."""
    if one.key_result_id is not None:
        return found.key_result(one.key_result_id) is not None
    return one.objective_id is None or found.objective(one.objective_id) is not None


def _titles_above(connection: Connection, found: Drafting) -> dict[int, str]:
    """Of what the draft's objectives support, by id: what the reader may see of it."""
    above = {one for objective in found.objectives for one in alignment.supported(objective)}
    if not above:
        return {}
    known = okrs.whole(connection, above).values()
    seen = permissions.visible(found.person, known) if found.person else permissions.public(known)
    return {one.id: one.title for one in seen}


def _persons(found: Drafting, said: Sequence[Proposal], shared_by: int | None) -> set[int]:
    owners = {one.owner_id for each in found.objectives for one in each.key_results}
    owners |= {one.owner_id for one in found.objectives}
    spoke = {one for each in said for one in (each.by_id, each.answered_by_id)}
    return {one for one in (*owners, *spoke, shared_by, found.set.started_by_id) if one is not None}


@dataclass(frozen=True, slots=True)
class _Shown:
    found: Drafting
    said: Sequence[Proposal]
    committed: Mapping[int, Commitment]
    people: Mapping[int, Person]
    titles_above: Mapping[int, str]

    def name(self, person_id: int | None) -> str:
        return shown_name(self.people[person_id]) if person_id is not None else ""

    def started(self) -> Started | None:
        at = self.found.set.started_at
        if at is None:
            return None
        return Started(
            self.name(self.found.set.started_by_id), at.astimezone(team_zone(self.found.team)).date()
        )

    def objective(self, objective: Objective) -> DraftObjective:
        return DraftObjective(
            objective,
            self.name(objective.owner_id),
            tuple(self._key_result(one) for one in objective.key_results),
            self.comments(objective.id, None),
            self._origins(objective.id, None),
            alignment.supported_titles(objective, self.titles_above),
        )

    def _key_result(self, one: KeyResult) -> DraftKeyResult:
        known = self.committed.get(one.id)
        state = committing(one, known)
        return DraftKeyResult(
            one,
            self.name(one.owner_id),
            self.people[one.owner_id].active,
            state,
            known.confidence if known and state is Committing.COMMITTED else None,
            self.comments(one.objective_id, one.id),
            self._origins(one.objective_id, one.id),
            self.found.person is not None and self.found.person.id == one.owner_id,
            measure_fields.short(measure_fields.aim(one.measure, one.unit)),
        )

    def comments(self, objective_id: int | None, key_result_id: int | None) -> tuple[Said, ...]:
        about = (objective_id, key_result_id)
        return tuple(
            Said(self.name(one.by_id), one.text)
            for one in self.said
            if one.kind is ProposalKind.COMMENT and (one.objective_id, one.key_result_id) == about
        )

    def _origins(self, objective_id: int, key_result_id: int | None) -> tuple[Origin, ...]:
        about = (objective_id, key_result_id)
        return tuple(
            Origin(self.name(one.by_id), self.name(one.answered_by_id))
            for one in self.said
            if one.outcome is ProposalOutcome.ACCEPTED and (one.objective_id, one.key_result_id) == about
        )

    def proposal(self, one: Proposal, what: Wanted, *, mine: bool = False) -> ProposalView:
        pair = self.found.key_result(one.key_result_id)
        objective = self.found.objective(one.objective_id)
        return ProposalView(
            one,
            self.name(one.by_id),
            pair[0].title if pair else objective.title if objective else "",
            self.name(one.answered_by_id),
            mine,
            what.title,
            what.facts,
            what.changes,
            what.changed_since,
        )
