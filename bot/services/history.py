"""Somebody's own last weeks: what they said of each of their key results."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.okr.course import course
from bot.okr.defaults import HISTORY_WEEKS
from bot.okr.history import HistoryEntry, HistoryView, KeyResultHistory, PastAction, Unanswered, matching
from bot.okr.model import Action, Blocker, KeyResult, OwedState, Person, Update
from bot.services.people import shown_name, zone_for
from bot.storage import actions as kept_actions
from bot.storage import okr_cycles, okrs, owing, people, thanks, updates
from bot.storage.engine import Connection, Database


def of_own(database: Database, slack_id: str, which: str, now: datetime) -> HistoryView:
    """All that the person owns, running or updated in these weeks, dropped or not; or those that are meant by
    `which`, a number of that list or words of a title. With their actions and thank-yous."""
    with database.reading() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None:
            return HistoryView(())
        on = now.astimezone(zone_for(connection, person)).date()
        every = everything(connection, person, on)
        meant = matching(which, [(one.number, one.title) for one in every]) if which.strip() else None
        actions = kept_actions.set_by(connection, person.id, since=_since(on))
        if meant is None:
            thanked = tuple(thanks.said_by(connection, person.id, since=_since(on)))
            return HistoryView(every, actions=tuple(_shown(one, on) for one in actions), thanks=thanked)
        shown = tuple(one for one in every if one.number in meant)
        ids = {one.key_result_id for one in shown}
        for_them = tuple(_shown(one, on) for one in actions if one.key_result_id in ids)
        return HistoryView(shown or every, which=which.strip(), found=bool(shown), actions=for_them)


def everything(connection: Connection, person: Person, on: date) -> tuple[KeyResultHistory, ...]:
    """All that the person owns, as of that day."""
    running = okr_cycles.running(connection, on)
    cycles = {one.id: one for one in okr_cycles.everything(connection)}
    owned = okrs.owned_by(connection, person.id)
    objectives = okrs.objectives_by_ids(connection, [one.objective_id for one in owned])
    history = updates.of_key_results(connection, [one.id for one in owned])
    names = _names(connection, [update for each in history.values() for update in each])
    silent = owing.unanswered(connection, [one.id for one in owned], since=_since(on))
    shown: list[KeyResultHistory] = []
    for one in owned:
        lately = [update for update in history[one.id] if _since(on) < update.date <= on]
        cycle = cycles[objectives[one.objective_id].cycle_id]
        if not lately and (cycle.id not in running or one.dropped):
            continue
        entries: list[HistoryEntry | Unanswered] = [
            *(_entry(update, one, names) for update in lately),
            *(Unanswered(day, state is OwedState.AWAY) for of, day, state in silent if of == one.id),
        ]
        entries.sort(key=lambda entry: entry.date, reverse=True)
        drawn = course(cycle, one, lately, on)
        number = len(shown) + 1
        shown.append(
            KeyResultHistory(
                one.id, number, one.title, one.unit, one.measure, one.dropped, drawn, tuple(entries)
            )
        )
    return tuple(shown)


def _since(on: date) -> date:
    return on - timedelta(weeks=HISTORY_WEEKS)


def _names(connection: Connection, history: Iterable[Update]) -> dict[int, str]:
    """Of whoever said something, or is to clear something."""
    concerned: set[int] = set()
    for update in history:
        clearing = update.blocker.owner_id if update.blocker else None
        concerned |= {person for person in (update.by_id, clearing) if person is not None}
    return {one.id: shown_name(one) for one in people.by_ids(connection, concerned).values()}


def _entry(update: Update, one: KeyResult, names: dict[int, str]) -> HistoryEntry:
    blocker = update.blocker or Blocker()
    return HistoryEntry(
        date=update.date,
        value=update.value,
        confidence=update.confidence,
        drove=update.drove,
        by=names.get(update.by_id) if update.by_id not in {None, one.owner_id} else None,
        blocker_kind=blocker.kind,
        blocker_owner=names.get(blocker.owner_id or 0),
        fix=blocker.fix,
        edited=update.revision > 1,
    )


def _shown(action: Action, on: date) -> PastAction:
    until = action.closed_on or on
    weeks = (until - action.set_on).days // 7
    return PastAction(action.text, action.set_on, action.outcome, action.closed_on, weeks)
