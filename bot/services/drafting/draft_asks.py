"""What a draft has to say: to the team's channel, to those who are to commit or to decide, to who proposed.

Whoever is asked something gets one message for each draft and ISO week, which is kept up to date: a prompt
is about another cycle, and nobody is to get a message for each proposal.
"""

from collections.abc import Iterable
from datetime import datetime

from bot.okr.days.zones import team_zone
from bot.okr.model import Person, Proposal, ProposalKind
from bot.okr.writing.draft_views import AnsweredView, AsksView, Committing, ProposalView, Which
from bot.services.drafting import draft_sets, draft_shown, proposal_words
from bot.services.drafting.draft_sets import Drafting, NoDraft
from bot.services.people import shown_name
from bot.services.permissions import GuestsSeeOnlyTheirs
from bot.services.sending import asks
from bot.storage import deliveries, okr_cycles, okrs, people, proposals, teams
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, Database

KINDS = frozenset({asks.DRAFT, asks.DRAFT_ASKS, asks.ANSWERED})


def share(connection: Connection, found: Drafting, by: Person, now: datetime) -> bool:
    """Into the team's channel, once, and again where it could not be posted; False if it is there already."""
    key = asks.draft_key(found.team.id, found.cycle.id)
    deliveries.ask(
        connection,
        key=key,
        kind=asks.DRAFT,
        subject={"team": found.team.id, "cycle": found.cycle.id, "page": 0, "by": by.id},
        address=found.team.channel,
        due_at=now,
    )
    deliveries.move(connection, key, now, though_failed=True)
    return deliveries.sent_at(connection, key) is None


def ask(connection: Connection, found: Drafting, persons: Iterable[int], now: datetime) -> None:
    """Something new waits for these people in a draft that the team knows of."""
    if found.set.shared_at is None:
        return
    year, week, _ = now.astimezone(team_zone(found.team)).date().isocalendar()
    about = f"{asks.DRAFT_ASKS}:{found.team.id}:{found.cycle.id}"
    for person in people.by_ids(connection, persons).values():
        if not person.active:
            continue
        key = f"{about}:{person.id}:{year}-W{week:02}"
        deliveries.ask(
            connection,
            key=key,
            kind=asks.DRAFT_ASKS,
            subject={"team": found.team.id, "cycle": found.cycle.id, "person": person.id},
            address=person.slack_id,
            due_at=now,
        )
        deliveries.move(connection, key, now)  # where nothing waited any more, and now it does


def changed(
    connection: Connection, team_id: int, cycle_id: int, now: datetime, *, owners: Iterable[int] = ()
) -> None:
    """Somebody has written in a set: where that is a draft, all that shows it is out of date, and the
    `owners` of what was changed are asked whether they still commit to it."""
    try:
        found = draft_sets.of_set(connection, Which(team_id, cycle_id), list)
    except NoDraft:
        return
    if found.set.started_at is None:
        asks.redraw_draft(connection, team_id, cycle_id)
        ask(connection, found, owners, now)


def written(connection: Connection, objective_id: int, now: datetime, *, owners: Iterable[int] = ()) -> None:
    """The same, of the set that an objective is in."""
    for one in okrs.objectives_by_ids(connection, [objective_id]).values():
        changed(connection, one.team_id, one.cycle_id, now, owners=owners)


def answered(connection: Connection, proposal: Proposal, to: Person, now: datetime) -> None:
    """Whoever proposed it hears what became of it, once."""
    if not to.active:
        return
    deliveries.ask(
        connection,
        key=f"{asks.ANSWERED}:{proposal.id}",
        kind=asks.ANSWERED,
        subject={"proposal": proposal.id},
        address=to.slack_id,
        due_at=now,
    )


def asked_about(connection: Connection, found: Drafting, proposal: Proposal) -> list[int]:
    """Who is asked about a proposal: the owner of what it is about or, where there is none or none with an
    active account, the team's leads who have one."""
    pair = found.key_result(proposal.key_result_id)
    objective = found.objective(proposal.objective_id)
    owner_id = pair[0].owner_id if pair else objective.owner_id if objective else None
    if owner_id is not None and people.by_ids(connection, [owner_id])[owner_id].active:
        return [owner_id]
    leads = people.by_ids(connection, teams.leads_of(connection, found.team.id))
    return [one.id for one in leads.values() if one.active]


def undecided(connection: Connection, which: Which) -> set[int]:
    """Those who are to decide about what nobody has decided about."""
    found = draft_sets.of_set(connection, which, list)
    said = [one for one in proposals.of_set(connection, *which) if one.outcome is None]
    about = [one for one in said if one.kind is not ProposalKind.COMMENT]
    return {person for one in about for person in asked_about(connection, found, one)}


def is_wanted(connection: Connection, delivery: Delivery) -> bool:
    subject = delivery.subject
    if delivery.kind == asks.DRAFT:
        return okr_cycles.set_of(connection, subject["team"], subject["cycle"]) is not None
    if delivery.kind == asks.ANSWERED:
        return True
    try:
        view = _asks(connection, delivery)
    except (NoDraft, GuestsSeeOnlyTheirs):
        return False
    return view.started is None and bool(view.to_commit or view.to_decide)


def load_asks(database: Database, delivery: Delivery) -> AsksView | None:
    """What waits for that person now; None where the draft was given up, or they may not see it any more."""
    with database.reading() as connection:
        try:
            return _asks(connection, delivery)
        except (NoDraft, GuestsSeeOnlyTheirs):
            return None


def load_answered(database: Database, proposal_id: int) -> AnsweredView:
    """Raises LookupError for a proposal that does not exist."""
    with database.reading() as connection:
        proposal = proposals.by_id(connection, proposal_id)
        cycle = okr_cycles.by_id(connection, proposal.cycle_id) if proposal else None
        if proposal is None or cycle is None:
            raise LookupError(f"there is no proposal {proposal_id}")
        team = teams.by_id(connection, proposal.team_id)
        spoke = {one for one in (proposal.by_id, proposal.answered_by_id) if one is not None}
        names = {one.id: shown_name(one) for one in people.by_ids(connection, spoke).values()}
        answered_by = names.get(proposal.answered_by_id or 0, "")
        title = proposal_words.draft_of(proposal).title
        return AnsweredView(
            team, cycle, ProposalView(proposal, names[proposal.by_id], "", answered_by, title=title)
        )


def _asks(connection: Connection, delivery: Delivery) -> AsksView:
    subject = delivery.subject
    which = Which(subject["team"], subject["cycle"])
    found = draft_sets.find(connection, delivery.address, which, guests=True, started=True)
    view = draft_shown.view(connection, found)
    mine = (one for one in view.key_results if one.mine)
    person = found.reader.id
    return AsksView(
        view.team,
        view.cycle,
        "" if view.shared_by == shown_name(found.reader) else view.shared_by,
        tuple(one for one in mine if one.committing is not Committing.COMMITTED),
        tuple(one for one in view.open if person in asked_about(connection, found, one.proposal)),
        view.started,
    )
