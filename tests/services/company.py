"""A company around TeeBee: a team above it, one beside it, something private, and the quarter before."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from bot.okr.measures import Move
from bot.okr.model import Cycle, KeyResult, Membership, Objective, ObjectiveKind, Person, Role, Team, Update
from bot.storage import okr_cycles, okrs, people, teams, updates
from bot.storage.engine import Connection
from tests.services.teebee import CHANNEL, FRIDAY, JIM, TeeBee, at

SECRET = "A delicate matter"
BEFORE = (date(2026, 7, 1), date(2026, 9, 30))


Aim = tuple[str, str, tuple[float, float]]
"""An objective's title, its key result's, and from where to where that one goes."""


@dataclass(frozen=True)
class Company:
    teebee: TeeBee
    jim: Person
    top: Team
    logistics: Team
    deliveries: int
    """Jim's key result in Logistics."""
    secret: int
    """His private one."""


def found(teebee: TeeBee) -> Company:
    """TeeBee and Logistics below the company; Jim owns what Logistics has."""
    with teebee.database.transaction() as connection:
        jim = people.by_slack_id(connection, JIM)
        assert jim is not None
        top = add_team(connection, teebee, "Tea Company", (teebee.hannah, Role.LEAD))
        logistics = add_team(connection, teebee, "Logistics", (jim, Role.LEAD), parent=top)
        teams.save(connection, replace(teebee.team, parent_id=top.id))
        cycle = next(iter(okr_cycles.running(connection, FRIDAY)))
        what = ("Be the tea that restaurants trust", "Restaurants", (10, 40))
        aim(connection, (top, cycle), teebee.hannah, what)
        here = (logistics, cycle)
        deliveries = aim(connection, here, jim, ("Deliver as promised", "Deliveries on time", (80, 98)))
        secret = aim(connection, here, jim, (SECRET, "Quiet talks", (0, 5)), private=True)
    return Company(teebee, jim, top, logistics, deliveries, secret)


def add_team(
    connection: Connection,
    teebee: TeeBee,
    name: str,
    *members: tuple[Person, Role],
    parent: Team | None = None,
) -> Team:
    """One that has not started: its channel has nothing to do with it."""
    above = parent.id if parent else None
    blank = replace(teebee.team, name=name, channel=CHANNEL, started_at=None, parent_id=above)
    team = teams.add(connection, blank)
    for person, role in members:
        teams.set_role(connection, Membership(team.id, person.id, role))
    return team


def aim(
    connection: Connection,
    place: tuple[Team, int],
    owner: Person,
    what: Aim,
    *,
    private: bool = False,
    readers: Iterable[Person] = (),
) -> int:
    """An objective with one key result, whose id it gives; the `place` is a team and a cycle's id."""
    (team, cycle), (title, key_result, way) = place, what
    kind = ObjectiveKind.COMMITTED
    objective = Objective(0, team.id, cycle, title, owner.id, kind, 9, private=private)
    objective = replace(objective, readers=frozenset(one.id for one in readers))
    known = okrs.add_objective(connection, objective)
    return okrs.add_key_result(
        connection, KeyResult(0, known.id, key_result, owner.id, Move(*way), "%", 0)
    ).id


def keep_secret(teebee: TeeBee, owner: Person, *readers: Person) -> int:
    """A private objective of TeeBee's with one key result."""
    with teebee.database.transaction() as connection:
        cycle = next(iter(okr_cycles.running(connection, FRIDAY)))
        what = (SECRET, "Quiet talks", (0, 5))
        return aim(connection, (teebee.team, cycle), owner, what, private=True, readers=readers)


def quarter_before(teebee: TeeBee) -> list[int]:
    """TeeBee's, with one key result that went 40 % of its way and one that was dropped; their ids."""
    with teebee.database.transaction() as connection:
        cycle = okr_cycles.add(connection, Cycle(0, "2026 Q3", *BEFORE)).id
        there = (teebee.team, cycle)
        first = aim(connection, there, teebee.jack, ("Learn what suppliers need", "Talks", (0, 50)))
        second = aim(connection, there, teebee.hannah, ("A stand at the fair", "Visitors", (0, 100)))
        said(connection, first, 20, 6, date(2026, 9, 25))
        objective = okrs.key_results_by_ids(connection, [second])[second].objective_id
        okrs.drop_objective(connection, objective, datetime(2026, 8, 1, tzinfo=UTC))
    return [first, second]


def said(connection: Connection, key_result: int, value: float, confidence: int, on: date = FRIDAY) -> None:
    updates.record(connection, Update(key_result, on, value, confidence, at=at(11, day=on)))


def say(teebee: TeeBee, key_result: int, value: float, confidence: int, on: date = FRIDAY) -> None:
    with teebee.database.transaction() as connection:
        said(connection, key_result, value, confidence, on)
