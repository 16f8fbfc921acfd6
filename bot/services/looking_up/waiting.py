"""Who has not answered the round that is running. How often somebody was late is nobody else's business, so
there is nothing of the rounds before; whoever is away is not waited for."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.okr.digest.people import Asked
from bot.okr.model import RUNNING, Owed, OwedState, Person, Round, RoundState, Team
from bot.okr.overviews import TeamWaiting, Waited, WaitingView
from bot.okr.rounds import covers
from bot.services import permissions
from bot.services.people import shown_name, zone_for
from bot.services.teams.named import team_called
from bot.storage import absences, check_ins, okrs, owing, people, rounds, teams
from bot.storage.engine import Connection, Database


def load(database: Database, reader: str, team: str, now: datetime) -> WaitingView:
    """Of the team of that name or, without one, of all; raises GuestsSeeOnlyTheirs, UnknownTeam."""
    with database.reading() as connection:
        person = permissions.reader_of_all(connection, reader)
        zone = zone_for(connection, person)
        if team.strip():
            only = team_called(connection, reader, team)
            name, chosen = only.name, [only]
        else:
            own = [one for one, _ in teams.teams_of(connection, person.id)]
            others = [one for one in teams.everything(connection) if one not in own]
            name, chosen = None, [*own, *others]
        found = (_of_team(connection, one, zone, now) for one in chosen)
        return WaitingView(name, tuple(one for one in found if one), now.astimezone(zone).date())


def _of_team(connection: Connection, team: Team, zone: ZoneInfo, now: datetime) -> TeamWaiting | None:
    """None where no round is running."""
    newest = next(iter(rounds.newest(connection, team.id, limit=1)), None)
    if newest is None or newest.state not in RUNNING:
        return None
    owed = _still_asked(connection, newest)
    known = people.by_ids(connection, {row.person_id for row in owed})
    in_order = sorted(known, key=lambda one: shown_name(known[one]).casefold())
    stand = Asked.of(owed, in_order)
    away = _away(connection, [known[one] for one in stand.waiting], now)
    here = [one for one in stand.waiting if one not in away]
    return TeamWaiting(
        team=team.name,
        date=newest.date,
        answered=len(stand.answered),
        asked=len(stand.answered) + len(here),
        waiting=tuple(_waited(connection, known[one], owed, newest, zone) for one in here),
        digested=newest.state is RoundState.DIGESTED,
    )


def _still_asked(connection: Connection, round_: Round) -> list[Owed]:
    """Without what was dropped meanwhile, and people who have no account any more."""
    owed = owing.in_round(connection, round_.id)
    key_results = okrs.key_results_by_ids(connection, {row.key_result_id for row in owed})
    known = people.by_ids(connection, {row.person_id for row in owed})
    return [row for row in owed if not key_results[row.key_result_id].dropped and known[row.person_id].active]


def _away(connection: Connection, persons: Sequence[Person], now: datetime) -> set[int]:
    """The ids of those who are away on their own day."""
    today = {one.id: now.astimezone(zone_for(connection, one)).date() for one in persons}
    known = absences.of_people(connection, today)
    return {one.person_id for one in known if covers(one, today[one.person_id])}


def _waited(
    connection: Connection, person: Person, owed: list[Owed], round_: Round, zone: ZoneInfo
) -> Waited:
    """On time is an answer before the digest is due or before their own hour, whichever is later."""
    asked = {row.check_in_id for row in owed if row.person_id == person.id and row.state is OwedState.WAITING}
    hours = [one.answer_by for one in check_ins.by_ids(connection, asked)]
    return Waited(shown_name(person), max([round_.digest_at, *hours]).astimezone(zone))
