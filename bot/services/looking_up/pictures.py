"""The picture of a key result that somebody may see, into their direct messages with the bot."""

from dataclasses import replace
from datetime import date, datetime
from enum import Enum, auto

from bot.okr import chart
from bot.okr.alignment.views import TreeView
from bot.okr.chart import ChartView, Panel
from bot.okr.model import KeyResult, Person
from bot.okr.rights import Operation, is_guest, may
from bot.services import permissions
from bot.services.alignment import tree
from bot.services.looking_up import history, standings
from bot.services.people import shown_name, zone_for
from bot.services.sending import asks
from bot.storage import okr_cycles, okrs, people, updates
from bot.storage.engine import Connection, Database


class Outcome(Enum):
    """What became of asking for a picture."""

    COMING = auto()
    THERE = auto()
    """It was sent before, for the same reply."""
    NOTHING_TO_DRAW = auto()
    NOT_SEEN = auto()
    """There is none, or they may not see it."""


def ask(database: Database, slack_id: str, key_result_id: int, reply_ts: str, now: datetime) -> Outcome:
    """Somebody wants the picture of a key result that a reply to them offers; raises StorageUnavailable."""
    with database.transaction() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None or not _may_see(connection, person, key_result_id):
            return Outcome.NOT_SEEN
        if not _was_said(connection, key_result_id):
            return Outcome.NOTHING_TO_DRAW
        new = asks.picture(connection, person, key_result_id, reply_ts, now)
        return Outcome.COMING if new else Outcome.THERE


def ask_tree(database: Database, slack_id: str, team_id: int, reply_ts: str, now: datetime) -> Outcome:
    """Somebody wants the picture of the tree, or of its part from a team on; raises StorageUnavailable,
    GuestsSeeOnlyTheirs."""
    with database.transaction() as connection:
        person = permissions.reader_of_all(connection, slack_id)
        if not tree.of_reader(connection, person, team_id, now).every():
            return Outcome.NOTHING_TO_DRAW
        new = asks.tree_picture(connection, person, team_id, reply_ts, now)
        return Outcome.COMING if new else Outcome.THERE


def load_tree(database: Database, person_id: int, team_id: int, now: datetime) -> TreeView:
    """As they may see it now; raises LookupError where there is nothing to draw any more."""
    with database.reading() as connection:
        person = people.by_ids(connection, [person_id])[person_id]
        view = tree.of_reader(connection, person, team_id, now)
    if not view.every():
        raise LookupError("nothing can be drawn of it any more")
    return view


def load(database: Database, person_id: int, key_result_id: int, now: datetime) -> ChartView:
    """Raises LookupError where there is nothing to draw any more."""
    with database.reading() as connection:
        view = _drawn(connection, people.by_ids(connection, [person_id])[person_id], key_result_id, now)
    if view is None:
        raise LookupError("nothing can be drawn of it any more")
    return view


def can_be_drawn(connection: Connection, person: Person, key_result_id: int) -> bool:
    """They may see it, and something was said of it."""
    return _may_see(connection, person, key_result_id) and _was_said(connection, key_result_id)


def _was_said(connection: Connection, key_result_id: int) -> bool:
    return bool(updates.of_key_results(connection, [key_result_id])[key_result_id])


def _may_see(connection: Connection, person: Person, key_result_id: int) -> bool:
    known = okrs.key_results_by_ids(connection, [key_result_id]).get(key_result_id)
    if known is None or not person.active:
        return False
    objective = okrs.objectives_by_ids(connection, [known.objective_id])[known.objective_id]
    parts = permissions.parts_of(connection, person).in_key_result(known, objective, away=True)
    if may(Operation.SEE, parts, private=objective.private):
        return True
    whole = okrs.whole(connection, [known.objective_id]).values()
    return not is_guest(person) and bool(permissions.visible(person, whole))


def _drawn(connection: Connection, person: Person, key_result_id: int, now: datetime) -> ChartView | None:
    """With its number in the person's `/okr history`, where it stands there. None where it is over for too
    long, or nothing was said of it."""
    known = okrs.key_results_by_ids(connection, [key_result_id])[key_result_id]
    (owner,) = people.by_ids(connection, [known.owner_id]).values()
    today = now.astimezone(zone_for(connection, owner)).date()
    number = _number(connection, person, known, today)
    if number is None:
        return None
    objective = okrs.objectives_by_ids(connection, [known.objective_id])[known.objective_id]
    (cycle,) = (one for one in okr_cycles.everything(connection) if one.id == objective.cycle_id)
    on = min(today, cycle.ends)
    whole = replace(objective, key_results=(known,))
    stands = standings.of(connection, [whole], {cycle.id: cycle}, on)[known.id]
    return chart.of_one(Panel(number, stands, shown_name(owner)), cycle, on)


def _number(connection: Connection, person: Person, known: KeyResult, today: date) -> int | None:
    """1 of somebody else's."""
    if known.owner_id != person.id:
        return 1 if history.of_one(connection, known, today) else None
    every = history.everything(connection, person, today)
    return next((one.number for one in every if one.key_result_id == known.id), None)
