"""The picture of one's own key result, into the direct messages with the bot."""

from datetime import datetime
from enum import Enum, auto

from bot.okr import chart
from bot.okr.chart import ChartView, Panel
from bot.okr.health import standing
from bot.okr.model import Person
from bot.okr.tree_views import TreeView
from bot.services import asks, history, standings, tree
from bot.services.lookups import refuse_guests
from bot.services.people import shown_name, zone_for
from bot.storage import okr_cycles, okrs, people, updates
from bot.storage.engine import Connection, Database


class Outcome(Enum):
    """What became of asking for a picture."""

    COMING = auto()
    THERE = auto()
    """It was sent before, for the same reply."""
    NOTHING_TO_DRAW = auto()
    NOT_YOURS = auto()


def ask(database: Database, slack_id: str, key_result_id: int, reply_ts: str, now: datetime) -> Outcome:
    """Somebody wants the picture of a key result that a reply to them offers; raises StorageUnavailable."""
    with database.transaction() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None or not _is_theirs(connection, person, key_result_id):
            return Outcome.NOT_YOURS
        if not _was_said(connection, key_result_id):
            return Outcome.NOTHING_TO_DRAW
        new = asks.picture(connection, person, key_result_id, reply_ts, now)
        return Outcome.COMING if new else Outcome.THERE


def ask_tree(database: Database, slack_id: str, team_id: int, reply_ts: str, now: datetime) -> Outcome:
    """Somebody wants the picture of the tree, or of its part from a team on; raises StorageUnavailable,
    GuestsSeeOnlyTheirs."""
    with database.transaction() as connection:
        refuse_guests(connection, slack_id)
        person = people.by_slack_id(connection, slack_id)
        if person is None or not tree.of_reader(connection, person, team_id, now).every():
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
    """It is theirs, and something was said of it."""
    return _is_theirs(connection, person, key_result_id) and _was_said(connection, key_result_id)


def _was_said(connection: Connection, key_result_id: int) -> bool:
    return bool(updates.of_key_results(connection, [key_result_id])[key_result_id])


def _is_theirs(connection: Connection, person: Person, key_result_id: int) -> bool:
    known = okrs.key_results_by_ids(connection, [key_result_id]).get(key_result_id)
    return known is not None and known.owner_id == person.id


def _drawn(connection: Connection, person: Person, key_result_id: int, now: datetime) -> ChartView | None:
    """With its number in the person's `/okr history`. None where it stands there no longer, or nothing was
    said of it."""
    today = now.astimezone(zone_for(connection, person)).date()
    every = {one.key_result_id: one.number for one in history.everything(connection, person, today)}
    if key_result_id not in every:
        return None
    known = okrs.key_results_by_ids(connection, [key_result_id])[key_result_id]
    objective = okrs.objectives_by_ids(connection, [known.objective_id])[known.objective_id]
    (cycle,) = (one for one in okr_cycles.everything(connection) if one.id == objective.cycle_id)
    on = min(today, cycle.ends)
    stands = standing(
        known,
        objective.kind,
        cycle,
        updates.of_key_results(connection, [known.id])[known.id],
        on,
        rounds_without=standings.rounds_without(connection, [known.id]).get(known.id, 0),
        away=known.id in standings.away(connection, [known.id]),
    )
    return chart.of_one(Panel(every[known.id], stands, shown_name(person)), cycle, on)
