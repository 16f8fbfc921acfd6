"""Looking up OKRs: one's own, a person's, a team's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.okr.days.zones import team_zone
from bot.okr.health import Standing
from bot.okr.model import Cycle, Objective, Person
from bot.okr.numbers.figures import percent
from bot.okr.progress import team_progress
from bot.okr.views import KeyResultView, ObjectiveView, OkrView, cycle_view
from bot.services import permissions
from bot.services.alignment import dependencies
from bot.services.answering import blockers
from bot.services.asking import asked as asked_service
from bot.services.asking import attendance, standing_in
from bot.services.asking.upcoming import next_prompt
from bot.services.away import absence
from bot.services.looking_up import cycles_shown, standings
from bot.services.people import shown_name, zone_for
from bot.services.teams.named import team_called
from bot.storage import absences, okr_cycles, okrs, people
from bot.storage.engine import Connection, Database


def of_person(database: Database, reader: str, slack_id: str, now: datetime) -> OkrView:
    """What a person owns, for somebody (both are Slack ids); raises GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        own = reader == slack_id
        if not own:
            permissions.reader_of_all(connection, reader)
        person = people.by_slack_id(connection, slack_id)
        if person is None:
            return _nothing(connection, slack_id, own=own, on=now.date())
        known = people.by_slack_id(connection, reader)
        view = _of_person(connection, person, known, own=own, now=now)
        if own or known is None:
            return view
        return replace(view, open_to_reader=standing_in.check_in_open_to(connection, known, person))


def of_team(database: Database, reader: str, name: str, now: datetime) -> OkrView:
    """A team's, by name or, without one, the reader's first; raises UnknownTeam, GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        person = permissions.reader_of_all(connection, reader)
        team = team_called(connection, reader, name)
        on = now.astimezone(team_zone(team)).date()
        cycles, objectives = cycles_shown.on_day(
            connection, on, lambda ids: permissions.visible(person, okrs.of_team(connection, team.id, ids))
        )
        view = _view(connection, team.name, objectives, cycles, on)
        view = dependencies.beside(connection, view, person)
        return replace(view, record=attendance.of_team(connection, team.id))


def team_for_all(database: Database, reader: str, name: str, now: datetime) -> OkrView:
    """A team's as it may stand where everybody reads; raises UnknownTeam, GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        permissions.reader_of_all(connection, reader)
        team = team_called(connection, reader, name)
        on = now.astimezone(team_zone(team)).date()
        cycles, objectives = cycles_shown.on_day(
            connection, on, lambda ids: permissions.public(okrs.of_team(connection, team.id, ids))
        )
        return _view(connection, team.name, objectives, cycles, on)


def person_for_all(database: Database, reader: str, slack_id: str, now: datetime) -> OkrView:
    """What a person owns as it may stand where everybody reads; raises GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        permissions.reader_of_all(connection, reader)
        person = people.by_slack_id(connection, slack_id)
        if person is None:
            return _nothing(connection, slack_id, own=False, on=now.date())
        on = now.astimezone(zone_for(connection, person)).date()
        cycles, objectives = cycles_shown.on_day(
            connection, on, lambda ids: permissions.public(okrs.of_owner(connection, person.id, ids))
        )
        return _view(connection, shown_name(person), objectives, cycles, on)


def _of_person(
    connection: Connection, person: Person, reader: Person | None, *, own: bool, now: datetime
) -> OkrView:
    zone = zone_for(connection, person)
    on = now.astimezone(zone).date()
    cycles, objectives = cycles_shown.on_day(
        connection,
        on,
        lambda ids: permissions.seen_of(connection, reader, okrs.of_owner(connection, person.id, ids)),
    )
    view = _view(connection, shown_name(person), objectives, cycles, on)
    view = dependencies.beside(connection, view, reader)
    if not own:
        return view
    check_in = asked_service.longest_waiting(connection, person.id)
    coming = next_prompt(connection, person, now)
    away = absence.passing_by(absences.said(connection, person.id, since=on), on, on)
    asked = asked_service.load(connection, check_in) if check_in else ()
    return replace(
        view,
        own=True,
        # Whoever was away and is back may answer what passed them by.
        waiting=tuple(one for one in asked if not one.answered and not (one.away and away)),
        check_in_id=check_in.id if check_in else None,
        answer_by=check_in.answer_by.astimezone(zone) if check_in and check_in.answer_by > now else None,
        next_prompt=coming.astimezone(zone) if coming else None,
        paused=absences.is_paused(connection, person.id),
        to_clear=blockers.to_clear(connection, person, on),
        needed=dependencies.needed(connection, person),
        cleared=blockers.cleared(connection, _ids_of(objectives, person)),
        away=away,
        stand_ins=standing_in.answering_for(connection, person.id),
    )


def _ids_of(objectives: Sequence[Objective], person: Person) -> list[int]:
    return [one.id for each in objectives for one in each.key_results if one.owner_id == person.id]


def _view(
    connection: Connection,
    heading: str,
    objectives: Sequence[Objective],
    cycles: dict[int, Cycle],
    on: date,
) -> OkrView:
    shown = cycles[objectives[0].cycle_id] if objectives else next(iter(cycles.values()), None)
    return OkrView(
        heading=heading,
        own=False,
        cycle=cycle_view(shown, on) if shown else None,
        objectives=objective_views(connection, objectives, standings.of(connection, objectives, cycles, on)),
    )


def objective_views(
    connection: Connection, objectives: Sequence[Objective], found: Mapping[int, Standing]
) -> tuple[ObjectiveView, ...]:
    """`found` are the standings of their key results, by id."""
    owners = people.by_ids(connection, _owners(objectives))
    return tuple(
        ObjectiveView(
            title=one.title,
            kind=one.kind,
            owner=shown_name(owners[one.owner_id]),
            progress=progress_shown([one], found),
            key_results=tuple(
                KeyResultView(found[each.id], shown_name(owners[each.owner_id])) for each in one.key_results
            ),
        )
        for one in objectives
    )


def progress_shown(objectives: Sequence[Objective], found: Mapping[int, Standing]) -> int | None:
    """Percent, of one objective's or several's; None without data. `found` are their key results' standings,
    by id."""
    progress = team_progress(objectives, {one: each.part for one, each in found.items()})
    return None if progress is None else percent(progress)


def _owners(objectives: Sequence[Objective]) -> set[int]:
    """Of the objectives and of their key results."""
    key_results = (one.owner_id for each in objectives for one in each.key_results)
    return {*(one.owner_id for one in objectives), *key_results}


def _nothing(connection: Connection, slack_id: str, *, own: bool, on: date) -> OkrView:
    """Somebody whom Okra has never met."""
    view = _view(connection, slack_id, (), okr_cycles.running(connection, on), on)
    return replace(view, own=own)
