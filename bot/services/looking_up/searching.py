"""Finding objectives, key results, people and teams by words: only what their reader may see."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from bot.okr.finding import search
from bot.okr.model import Cycle, Objective, Person, Team
from bot.okr.overviews import Hit, HitKind, SearchView
from bot.okr.rights import is_guest
from bot.services import permissions
from bot.services.people import shown_name, zone_for
from bot.storage import okr_cycles, okrs, people, teams
from bot.storage.engine import Connection, Database

SOUGHT_MOST = 200
"""Characters: longer words are found by their beginning."""


def find(database: Database, reader: str, sought: str, now: datetime) -> SearchView:
    """The best first; of equally good ones the running cycles' before those that are over. A guest finds what
    is theirs, and no people or teams."""
    sought = " ".join(sought.split())[:SOUGHT_MOST]
    with database.reading() as connection:
        person = people.by_slack_id(connection, reader)
        if person is None:
            return SearchView(sought, ())
        on = now.astimezone(zone_for(connection, person)).date()
        every = _everything(connection, person, on)
    fits = search.ranks(sought, (one.title for one in every))
    hits = [one for one in every if one.title in fits]
    hits.sort(key=lambda one: (fits[one.title], one.past, one.kind, len(one.title), one.title))
    return SearchView(sought, tuple(hits))


def _everything(connection: Connection, reader: Person, on: date) -> list[Hit]:
    cycles = {one.id: one for one in okr_cycles.everything(connection)}
    objectives = permissions.visible(reader, okrs.of_cycles(connection, cycles))
    known_teams = {one.id: one for one in teams.everything(connection)}
    known = {one.id: one for one in people.everyone(connection)}
    hits = [hit for one in objectives for hit in _of_objective(one, known_teams, known, cycles, on)]
    if is_guest(reader):
        return hits
    named = [Hit(HitKind.TEAM, one.name) for one in known_teams.values()]
    return [*named, *_people(connection, known.values(), known_teams.values()), *hits]


def _of_objective(
    one: Objective,
    known_teams: Mapping[int, Team],
    known: Mapping[int, Person],
    cycles: Mapping[int, Cycle],
    on: date,
) -> list[Hit]:
    team, cycle = known_teams[one.team_id].name, cycles[one.cycle_id]
    past = cycle.ends < on
    owned: Sequence[tuple[HitKind, str, int]] = [
        (HitKind.OBJECTIVE, one.title, one.owner_id),
        *((HitKind.KEY_RESULT, each.title, each.owner_id) for each in one.key_results),
    ]
    return [
        Hit(kind, title, shown_name(known[owner]), team, cycle.name, past) for kind, title, owner in owned
    ]


def _people(connection: Connection, known: Iterable[Person], known_teams: Iterable[Team]) -> list[Hit]:
    """Those who have an account, with the first of their teams by name."""
    homes: dict[int, str] = {}
    for team in known_teams:
        for one in teams.memberships_of(connection, team.id):
            homes.setdefault(one.person_id, team.name)
    return [
        Hit(HitKind.PERSON, one.name, team=homes.get(one.id, "")) for one in known if one.active and one.name
    ]
