"""The last weeks of key results: what was said of one's own, and of anybody's that one may see."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.okr.course import course
from bot.okr.defaults import HISTORY_WEEKS
from bot.okr.history import HistoryEntry, HistoryView, KeyResultHistory, PastAction, Unanswered, matching
from bot.okr.model import Action, Blocker, KeyResult, Objective, OwedState, Person, Update
from bot.services import permissions
from bot.services.people import shown_name, zone_for
from bot.storage import actions as kept_actions
from bot.storage import okr_cycles, okrs, owing, people, thanks, updates
from bot.storage.engine import Connection, Database


def look_back(
    database: Database, slack_id: str, which: str, now: datetime, *, whose: str | None = None
) -> HistoryView:
    """All that the person owns, running or updated in these weeks, dropped or not, with their actions and
    thank-yous; or what is meant by `which`, a number of that list or words of a title: theirs, else anybody's
    that they may see. With `whose` (a Slack id) what that person owns. Raises GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None:
            return HistoryView(())
        if whose is not None and whose != slack_id:
            permissions.reader_of_all(connection, slack_id)
            seen = permissions.visible(person, _every(connection))
            return _of_somebody(connection, seen, whose, which, now)
        on = _today(connection, person, now)
        own = everything(connection, person, on)
        meant = _meant(own, which)
        if meant or not which.strip():
            return _with_actions(connection, person, meant, which, on)
        others = _called(connection, permissions.visible(person, _every(connection)), which, now)
        return HistoryView(others or own, which=which.strip(), found=bool(others))


def for_all(
    database: Database, slack_id: str, which: str, now: datetime, *, whose: str | None
) -> HistoryView:
    """The same as it may stand where everybody reads: without what is private, actions and silence."""
    with database.reading() as connection:
        permissions.reader_of_all(connection, slack_id)
        public = permissions.public(_every(connection))
        view = _of_somebody(connection, public, whose or slack_id, which, now)
        if view.found or whose is not None:
            return view
        others = _called(connection, public, which, now)
        return HistoryView(others, which=which.strip(), found=bool(others))


def everything(connection: Connection, person: Person, on: date) -> tuple[KeyResultHistory, ...]:
    """All that the person owns, as of that day."""
    return _histories(connection, okrs.owned_by(connection, person.id), on, silence=True)


def of_one(connection: Connection, key_result: KeyResult, on: date) -> KeyResultHistory | None:
    """Somebody else's; None where it is over for too long."""
    return next(iter(_histories(connection, [key_result], on, silence=False)), None)


def _of_somebody(
    connection: Connection, objectives: Iterable[Objective], whose: str, which: str, now: datetime
) -> HistoryView:
    """Of those objectives what that person owns."""
    owner = people.by_slack_id(connection, whose)
    if owner is None:
        return HistoryView((), which.strip(), found=False, whose=whose)
    owned = [one for one in _key_results(objectives) if one.owner_id == owner.id]
    theirs = _histories(connection, owned, _today(connection, owner, now), silence=False)
    meant = _meant(theirs, which)
    found = bool(meant) or not which.strip()
    return HistoryView(meant or theirs, which.strip(), found, whose=shown_name(owner))


def _called(
    connection: Connection, objectives: Iterable[Objective], which: str, now: datetime
) -> tuple[KeyResultHistory, ...]:
    """Of those objectives the key results that are called so, whoever owns them: each on its owner's day."""
    called = [one for one in _key_results(objectives) if matching(which, [(0, one.title)])]
    found: list[KeyResultHistory] = []
    for owner in people.by_ids(connection, [one.owner_id for one in called]).values():
        theirs = [one for one in called if one.owner_id == owner.id]
        on = _today(connection, owner, now)
        found += (
            replace(one, number=0, owner=shown_name(owner))
            for one in _histories(connection, theirs, on, silence=False)
        )
    return tuple(found)


def _today(connection: Connection, person: Person, now: datetime) -> date:
    return now.astimezone(zone_for(connection, person)).date()


def _with_actions(
    connection: Connection, person: Person, shown: tuple[KeyResultHistory, ...], which: str, on: date
) -> HistoryView:
    actions = kept_actions.set_by(connection, person.id, since=_since(on))
    if not which.strip():
        thanked = tuple(thanks.said_by(connection, person.id, since=_since(on)))
        return HistoryView(shown, actions=tuple(_shown(one, on) for one in actions), thanks=thanked)
    ids = {one.key_result_id for one in shown}
    for_them = tuple(_shown(one, on) for one in actions if one.key_result_id in ids)
    return HistoryView(shown, which=which.strip(), actions=for_them)


def _meant(known: tuple[KeyResultHistory, ...], which: str) -> tuple[KeyResultHistory, ...]:
    """Those of one person's that are meant; without words, all."""
    if not which.strip():
        return known
    meant = matching(which, [(one.number, one.title) for one in known])
    return tuple(one for one in known if one.number in meant)


def _every(connection: Connection) -> list[Objective]:
    """Of all cycles, the newest first, dropped ones, too."""
    cycles = [one.id for one in okr_cycles.everything(connection)][::-1]
    every = okrs.of_cycles(connection, cycles, dropped=True)
    return sorted(every, key=lambda one: cycles.index(one.cycle_id))


def _key_results(objectives: Iterable[Objective]) -> list[KeyResult]:
    return [one for objective in objectives for one in objective.key_results]


def _histories(
    connection: Connection, key_results: Sequence[KeyResult], on: date, *, silence: bool
) -> tuple[KeyResultHistory, ...]:
    """Those that are running, or were updated in these weeks, numbered; with `silence` also the weeks in
    which nothing was said: that is nobody's business but the owner's."""
    running = okr_cycles.running(connection, on)
    cycles = {one.id: one for one in okr_cycles.everything(connection)}
    objectives = okrs.objectives_by_ids(connection, [one.objective_id for one in key_results])
    ids = [one.id for one in key_results]
    history = updates.of_key_results(connection, ids)
    names = _names(connection, [update for each in history.values() for update in each])
    silent = owing.unanswered(connection, ids, since=_since(on)) if silence else []
    shown: list[KeyResultHistory] = []
    for one in key_results:
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
