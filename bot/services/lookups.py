"""Looking up OKRs: one's own, a person's, a team's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.okr import pace
from bot.okr.figures import percent
from bot.okr.health import standing
from bot.okr.model import Cycle, Objective, Person, Team
from bot.okr.progress import objective_progress
from bot.okr.views import KeyResultView, ObjectiveView, OkrView
from bot.okr.weeks import week_of
from bot.okr.zones import team_zone
from bot.services import absence, attendance, blockers, dependencies, permissions, standing_in, standings
from bot.services import asked as asked_service
from bot.services.people import shown_name, zone_for
from bot.services.upcoming import next_prompt
from bot.storage import absences, okr_cycles, okrs, people, teams, updates
from bot.storage.engine import Connection, Database


class GuestsSeeOnlyTheirs(Exception):  # noqa: N818 - it says what is so
    """A guest or somebody of another organisation asked for OKRs that are not theirs."""


class UnknownTeam(Exception):  # noqa: N818 - it says what is so
    """No team of that name, or no name where there are several; these are the ones there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


def of_person(database: Database, reader: str, slack_id: str, now: datetime) -> OkrView:
    """What a person owns, for somebody (both are Slack ids); raises GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        own = reader == slack_id
        if not own:
            refuse_guests(connection, reader)
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
        refuse_guests(connection, reader)
        team = team_called(connection, reader, name)
        on = now.astimezone(team_zone(team)).date()
        cycles = okr_cycles.running(connection, on)
        person = people.by_slack_id(connection, reader)
        objectives = permissions.visible(person, okrs.of_team(connection, team.id, cycles))
        view = _view(connection, team.name, objectives, cycles, on)
        view = dependencies.beside(connection, view, person)
        return replace(view, record=attendance.of_team(connection, team.id))


def called(known: Sequence[Team], name: str) -> list[Team]:
    """Those of that name or, without any, those whose names begin so."""
    wanted = name.strip().casefold()
    whole = [team for team in known if team.name.casefold() == wanted]
    return whole or [team for team in known if team.name.casefold().startswith(wanted)]


def refuse_guests(connection: Connection, slack_id: str) -> None:
    """Whoever Slack has told us nothing of may be a guest, too, and sees as little."""
    reader = people.by_slack_id(connection, slack_id)
    if reader is None or not reader.name or reader.guest:
        raise GuestsSeeOnlyTheirs


def team_called(connection: Connection, reader: str, name: str) -> Team:
    """By name or, without one, the reader's first; raises UnknownTeam."""
    known = teams.everything(connection)
    if name.strip():
        named = called(known, name)
    else:
        person = people.by_slack_id(connection, reader)
        named = [team for team, _ in teams.teams_of(connection, person.id)][:1] if person else []
        named = named or known
    if len(named) != 1:
        raise UnknownTeam(name.strip(), tuple(team.name for team in known))
    return named[0]


def _of_person(
    connection: Connection, person: Person, reader: Person | None, *, own: bool, now: datetime
) -> OkrView:
    zone = zone_for(connection, person)
    on = now.astimezone(zone).date()
    cycles = okr_cycles.running(connection, on)
    objectives = permissions.seen_of(connection, reader, okrs.of_owner(connection, person.id, cycles))
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
        answer_by=check_in.answer_by.astimezone(zone) if check_in else None,
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
    week, weeks = week_of(shown, on) if shown else (0, 0)
    return OkrView(
        heading=heading,
        own=False,
        cycle=shown.name if shown else None,
        week=week,
        weeks=weeks,
        pace=percent(pace.expected(shown, on)) if shown else 0,
        objectives=_objective_views(connection, objectives, cycles, on),
    )


def _objective_views(
    connection: Connection, objectives: Sequence[Objective], cycles: dict[int, Cycle], on: date
) -> tuple[ObjectiveView, ...]:
    ids = [one.id for objective in objectives for one in objective.key_results]
    history = updates.of_key_results(connection, ids)
    silent = standings.rounds_without(connection, ids)
    away = standings.away(connection, ids)
    passed = standings.passed_by(connection, objectives)
    owners = people.by_ids(
        connection,
        [
            *(objective.owner_id for objective in objectives),
            *(one.owner_id for objective in objectives for one in objective.key_results),
        ],
    )
    views = []
    for objective in objectives:
        found = [
            standing(
                one,
                objective.kind,
                cycles[objective.cycle_id],
                history[one.id],
                on,
                rounds_without=silent.get(one.id, 0),
                away=one.id in away,
                passed_by=passed.get(one.id, ()),
            )
            for one in objective.key_results
        ]
        progress = objective_progress(objective.key_results, {one.key_result.id: one.part for one in found})
        views.append(
            ObjectiveView(
                title=objective.title,
                kind=objective.kind,
                owner=shown_name(owners[objective.owner_id]),
                progress=None if progress is None else percent(progress),
                key_results=tuple(
                    KeyResultView(one, shown_name(owners[one.key_result.owner_id])) for one in found
                ),
            )
        )
    return tuple(views)


def _nothing(connection: Connection, slack_id: str, *, own: bool, on: date) -> OkrView:
    """Somebody whom Okra has never met."""
    view = _view(connection, slack_id, (), okr_cycles.running(connection, on), on)
    return replace(view, own=own)
