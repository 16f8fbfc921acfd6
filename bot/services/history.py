"""Somebody's own last weeks: what they said of each of their key results."""

from datetime import date, datetime, timedelta

from bot.okr.course import course
from bot.okr.defaults import HISTORY_WEEKS
from bot.okr.history import matching
from bot.okr.model import Cycle, KeyResult, Person, Update
from bot.okr.views import HistoryEntry, HistoryView, KeyResultHistory
from bot.services.people import shown_name, zone_for
from bot.storage import okrs, people, updates
from bot.storage.engine import Connection, Database


def of_own(database: Database, slack_id: str, which: str, now: datetime) -> HistoryView:
    """All that the person owns, running or updated in these weeks, dropped or not; or those that are meant by
    `which`, a number of that list or words of a title."""
    with database.reading() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None:
            return HistoryView(())
        every = everything(connection, person, now.astimezone(zone_for(connection, person)).date())
        meant = matching(which, [(one.number, one.title) for one in every]) if which.strip() else None
        if meant is None:
            return HistoryView(every)
        shown = tuple(one for one in every if one.number in meant)
        return HistoryView(shown or every, which=which.strip(), found=bool(shown))


def everything(connection: Connection, person: Person, on: date) -> tuple[KeyResultHistory, ...]:
    """All that the person owns, as of that day."""
    running = okrs.running_cycles(connection, on)
    cycles = {one.id: one for one in okrs.all_cycles(connection)}
    owned = okrs.owned_by(connection, person.id)
    objectives = okrs.objectives_by_ids(connection, [one.objective_id for one in owned])
    history = updates.of_key_results(connection, [one.id for one in owned])
    said_by = {update.by_id for each in history.values() for update in each if update.by_id is not None}
    names = {one.id: shown_name(one) for one in people.by_ids(connection, said_by).values()}
    since = on - timedelta(weeks=HISTORY_WEEKS)
    shown: list[KeyResultHistory] = []
    for one in owned:
        lately = [update for update in history[one.id] if since < update.date <= on]
        cycle = cycles[objectives[one.objective_id].cycle_id]
        if lately or (cycle.id in running and not one.dropped):
            shown.append(_of_one(len(shown) + 1, one, cycle, lately, on, names))
    return tuple(shown)


def _of_one(  # noqa: PLR0917 - what a key result's history is made of
    number: int, one: KeyResult, cycle: Cycle, lately: list[Update], on: date, names: dict[int, str]
) -> KeyResultHistory:
    entries = [
        HistoryEntry(
            date=update.date,
            value=update.value,
            confidence=update.confidence,
            drove=update.drove,
            by=names.get(update.by_id) if update.by_id not in {None, one.owner_id} else None,
        )
        for update in reversed(lately)
    ]
    shown = course(cycle, one, lately, on)
    return KeyResultHistory(
        one.id, number, one.title, one.unit, one.target, one.dropped, shown, tuple(entries)
    )
