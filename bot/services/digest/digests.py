"""The digest: what it is built from, loaded afresh each time it is drawn."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.okr.digest import agenda as digest
from bot.okr.digest.agenda import Digest, DigestFacts
from bot.okr.model import Action, Change, Objective, Owed, Round, RoundState, Update
from bot.services.answering import thanks
from bot.services.asking import attendance
from bot.services.looking_up.standings import passed_by, rounds_without
from bot.services.people import shown_name
from bot.services.permissions import public
from bot.storage import (
    actions,
    changes,
    clearings,
    decisions,
    digests,
    okr_cycles,
    okrs,
    owing,
    people,
    rounds,
    teams,
    updates,
)
from bot.storage import thanks as kept_thanks
from bot.storage.engine import Connection, Database


def load(database: Database, round_id: int) -> Digest:
    """The digest of a round as of its date, with whatever came late. Raises LookupError without OKRs."""
    with database.reading() as connection:
        return of_round(connection, rounds.by_id(connection, round_id))


def of_round(connection: Connection, round_: Round) -> Digest:
    """The same, within a transaction."""
    return digest.build(_facts(connection, round_))


def shown_of(connection: Connection, owed: Sequence[Owed]) -> list[Owed]:
    """What a channel may know of what was asked: even how many have answered would tell of what is
    private."""
    private = okrs.private_among(connection, [row.key_result_id for row in owed])
    return [row for row in owed if row.key_result_id not in private]


def _facts(connection: Connection, round_: Round) -> DigestFacts:
    team = teams.by_id(connection, round_.team_id)
    cycles = okr_cycles.running(connection, round_.date)
    every = okrs.of_team(connection, team.id, cycles)
    if not every:
        raise LookupError(f"{team.name} has no objectives in a running cycle any more")
    objectives = public(every)
    key_results = [one.id for objective in objectives for one in objective.key_results]
    all_owed = owing.in_round(connection, round_.id)
    owed = shown_of(connection, all_owed)
    history = updates.of_key_results(connection, key_results)
    note = digests.note_of(connection, round_.id)
    decided = [one for one in decisions.of_round(connection, round_.id) if one.key_result_id in history]
    thanked = kept_thanks.of_check_ins(connection, {row.check_in_id for row in all_owed})
    people_of_it = {*(row.person_id for row in all_owed), *(one.person_id for one in decided)}
    set_by_them = _of_the_team(connection, team.id, actions.known_on(connection, people_of_it, round_.date))
    concerned = people_of_it | _concerned(objectives, set_by_them, history.values())
    concerned |= {person for one in thanked for person in (one.from_id, one.to_id) if person is not None}
    named = people.by_ids(connection, concerned | ({note.by_id} if note else set()))
    return DigestFacts(
        team=team,
        cycles={one.cycle_id: cycles[one.cycle_id] for one in every},
        on=round_.date,
        objectives=objectives,
        updates=history,
        names={one.id: shown_name(one) for one in named.values()},
        owed=owed,
        rounds_without=rounds_without(connection, key_results),
        passed_by=passed_by(connection, objectives),
        actions=set_by_them,
        changes=_changes(connection, round_),
        clearings=clearings.of_key_results(connection, key_results),
        decisions=decided,
        decide_in=round_.id if round_.state is RoundState.DIGESTED else None,
        note=note,
        before=digests.snapshot_of(connection, round_.id),
        slack_ids={one.id: one.slack_id for one in named.values()} if team.digest_pings else {},
        thanks=[thanks.in_digest(one, named) for one in thanked],
        in_a_row=attendance.digests_running(connection, round_),
    )


def _of_the_team(connection: Connection, team_id: int, known: Sequence[Action]) -> list[Action]:
    """Without those for key results of other teams, whose digests show them, and for what is private."""
    tied = okrs.key_results_by_ids(
        connection, {one.key_result_id for one in known if one.key_result_id is not None}
    )
    homes = okrs.objectives_by_ids(connection, {one.objective_id for one in tied.values()})
    here = {
        one.id
        for one in tied.values()
        if (home := homes[one.objective_id]).team_id == team_id and not home.private
    }
    return [one for one in known if one.key_result_id is None or one.key_result_id in here]


def _changes(connection: Connection, round_: Round) -> list[Change]:
    """Those made since the last digest."""
    before = rounds.before(connection, round_)
    since: datetime | None = before.digest_at if before else None
    return changes.of_team(connection, round_.team_id, since, round_.digest_at)


def _concerned(
    objectives: Iterable[Objective],
    set_by_them: Iterable[Action],
    history: Iterable[Sequence[Update]],
) -> set[int]:
    return {
        *(one.owner_id for objective in objectives for one in objective.key_results),
        *(action.person_id for action in set_by_them),
        *(
            update.by_id
            for updates_of_one in history
            for update in updates_of_one[-1:]
            if update.by_id is not None
        ),
        *(
            update.blocker.owner_id
            for updates_of_one in history
            for update in updates_of_one
            if update.blocker and update.blocker.owner_id is not None
        ),
    }
