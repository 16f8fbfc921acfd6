"""The cycle before the present one: how it ended, of a person or a team."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.okr.model import Cycle, Objective, Person
from bot.okr.overviews import PastKeyResult, PastObjective, PastView
from bot.services import permissions
from bot.services.looking_up import standings
from bot.services.looking_up.lookups import progress_shown
from bot.services.people import shown_name, zone_for
from bot.services.permissions import GuestsSeeOnlyTheirs
from bot.services.teams.named import UnknownTeam, team_called
from bot.storage import okr_cycles, okrs, people
from bot.storage.engine import Connection, Database


def load(
    database: Database, reader: str, whose: str | None, team: str, now: datetime, *, shared: bool = False
) -> PastView:
    """Of a person (a Slack id), else of the team of that name; without either the reader's own or, where they
    owned nothing, their team's. What is `shared` leaves out what is private. Raises GuestsSeeOnlyTheirs,
    UnknownTeam."""
    if whose is not None:
        return of_person(database, reader, whose, now, shared=shared)
    if team.strip():
        return of_team(database, reader, team, now, shared=shared)
    own = of_person(database, reader, reader, now, shared=shared)
    if own.cycle is not None:
        return own
    try:
        return of_team(database, reader, "", now, shared=shared)
    except (GuestsSeeOnlyTheirs, UnknownTeam):
        return own


def of_team(database: Database, reader: str, name: str, now: datetime, *, shared: bool = False) -> PastView:
    """As `load`."""
    with database.reading() as connection:
        person = permissions.reader_of_all(connection, reader)
        team = team_called(connection, reader, name)
        every = _seen(connection, person, now, shared=shared)
        return _view(connection, team.name, [one for one in every if one.team_id == team.id])


def of_person(
    database: Database, reader: str, slack_id: str, now: datetime, *, shared: bool = False
) -> PastView:
    """As `load`, of what a person owned."""
    with database.reading() as connection:
        if reader != slack_id:
            permissions.reader_of_all(connection, reader)
        person = people.by_slack_id(connection, slack_id)
        if person is None:
            return PastView(slack_id, None, None, None, ())
        known = people.by_slack_id(connection, reader)
        every = _seen(connection, known, now, shared=shared)
        return _view(connection, shown_name(person), okrs.parts_of_owner(every, person.id))


def _seen(connection: Connection, reader: Person | None, now: datetime, *, shared: bool) -> list[Objective]:
    """All of the cycles that are over, dropped ones, too, those that ended last first."""
    today = now.astimezone(zone_for(connection, reader)).date() if reader else now.date()
    over = sorted(
        (one for one in okr_cycles.everything(connection) if one.ends < today),
        key=lambda one: (one.ends, one.starts),
        reverse=True,
    )
    order = [one.id for one in over]
    every = okrs.of_cycles(connection, order, dropped=True)
    seen = permissions.public(every) if shared else permissions.visible(reader, every)
    return sorted(seen, key=lambda one: order.index(one.cycle_id))


def _view(connection: Connection, heading: str, found: Sequence[Objective]) -> PastView:
    """Of the newest cycle in which there is something."""
    if not found:
        return PastView(heading, None, None, None, ())
    cycle = okr_cycles.by_id(connection, found[0].cycle_id)
    assert cycle is not None  # noqa: S101 - an objective belongs to one
    of_it = [one for one in found if one.cycle_id == cycle.id]
    return _ended(connection, heading, cycle, of_it, cycle.ends)


def _ended(
    connection: Connection, heading: str, cycle: Cycle, objectives: Sequence[Objective], on: date
) -> PastView:
    stood = standings.of(connection, objectives, {cycle.id: cycle}, on)
    owners = people.by_ids(
        connection,
        {
            *(one.owner_id for one in objectives),
            *(each.owner_id for one in objectives for each in one.key_results),
        },
    )
    counted = [one for one in objectives if not one.private]
    return PastView(
        heading,
        cycle.name,
        cycle.ends,
        progress_shown(counted, stood),
        tuple(
            PastObjective(
                one.title,
                shown_name(owners[one.owner_id]),
                progress_shown([one], stood),
                one.dropped,
                tuple(
                    PastKeyResult(stood[each.id], shown_name(owners[each.owner_id]), each.dropped)
                    for each in one.key_results
                ),
            )
            for one in objectives
        ),
    )
