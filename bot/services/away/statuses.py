"""A Slack status that expires and looks like leave is asked about, once, in the person's prompt.

Slack tells of it when it changes; one that was set before is looked up when the prompt is due, at most once a
check-in. What it says is shown to nobody but its author, is in no log, and is forgotten with the answer.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import structlog

from bot.okr.days import leave
from bot.okr.days.status import Status
from bot.okr.model import LARGEST_ID, Absence, CheckIn, Person, Profile
from bot.okr.views import StatusQuestion
from bot.services.away import absence
from bot.services.people import Directory, DirectoryUnavailable, zone_for
from bot.services.sending import asks, pacing
from bot.services.sending.pacing import Call, Limits
from bot.services.sending.wanted import due_at
from bot.storage import check_ins, deliveries, people, statuses
from bot.storage.engine import Connection, Database, real_now

AT_ONCE = 20
"""So many are looked up at most at one heartbeat, which others wait for."""

log = structlog.get_logger(__name__)


class Why(StrEnum):
    """Why an answer came too late."""

    ANSWERED = "answered"
    OVER = "over"


class NotAsked(Exception):  # noqa: N818 - it says what is so
    """The question is not open: to this person, or any more."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Answered:
    today: date
    absence: Absence | None
    """None: they are here."""


def learn(database: Database, profile: Profile, now: datetime) -> None:
    """Takes over what Slack says of somebody we know, and asks about their status where that is due."""
    with database.transaction() as connection:
        if people.by_slack_id(connection, profile.slack_id) is not None:
            person = people.learn(connection, profile)
            _follow(connection, person, profile.status, now)


def look(database: Database, directory: Directory, limits: Limits, now: datetime) -> list[str]:
    """Looks up the statuses of those whose prompts are due, as far as Slack's pace allows; the others at the
    next heartbeat. Says how many have one that looks like leave."""
    with database.reading() as connection:
        due = statuses.to_look_up(connection, now, most=AT_ONCE)
    found = 0
    for check_in_id, slack_id in due:
        if not _may_look(database, limits, check_in_id, now):
            break
        try:
            profile = directory.profile(slack_id)
        except DirectoryUnavailable as problem:
            log.warning("statuses cannot be looked up", slack_id=slack_id, error=str(problem))
            _rest(database, check_in_id, problem)
            break
        if profile is not None:
            learn(database, profile, now)
        found += bool(profile and profile.status)
    return [f"statuses that look like leave: {found}"] if found else []


def forget_over(database: Database, now: datetime) -> None:
    """Nearly always there is none, which is found out without the write lock."""
    with database.reading() as connection:
        if not statuses.is_any_over(connection, now):
            return
    with database.transaction() as connection:
        statuses.forget_over(connection, now)


def question(connection: Connection, check_in: CheckIn) -> StatusQuestion | None:
    """What a check-in's prompt asks about its person's status."""
    known = statuses.open_question(connection, check_in.person_id)
    if known is None or known.status is None or known.check_in_id != check_in.id:
        return None
    person = people.by_ids(connection, [check_in.person_id])[check_in.person_id]
    last = leave.last_day(known.status, zone_for(connection, person))
    sign = leave.EMOJI.get(known.status.emoji, "")
    return StatusQuestion(known.id, f"{sign} {known.status.text}".strip(), last)


def answer(
    database: Database, slack_id: str, shown: tuple[int, date], now: datetime, *, away: bool
) -> Answered:
    """They are away as long as their status lasts, or here; raises NotAsked. `shown` is the question's id and
    the last day that it named: a status that was changed since is another question."""
    status_id, last_day = shown
    with database.transaction() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None or status_id > LARGEST_ID:
            raise NotAsked(Why.OVER)
        known = statuses.hold(connection, status_id, person.id)
        if known is None:
            raise NotAsked(Why.OVER)
        if known.status is None:
            raise NotAsked(Why.ANSWERED)
        zone = zone_for(connection, person)
        days = leave.days_of(known.status, zone, now)
        if days is None or leave.last_day(known.status, zone) != last_day:
            raise NotAsked(Why.OVER)
        statuses.answered(connection, known.id)
        noted = absence.note(connection, person, days, now) if away else None
        check_in = check_ins.find(connection, known.check_in_id)
        _redraw(connection, check_in, waited_for=True)
        return Answered(now.astimezone(zone).date(), noted)


def _may_look(database: Database, limits: Limits, check_in_id: int, now: datetime) -> bool:
    with database.transaction() as connection:
        clock = real_now(connection)
        if pacing.wait(connection, limits, Call.STATUS, real_now=clock):
            return False
        if statuses.looked_up(connection, check_in_id, now):
            pacing.spend(connection, limits, Call.STATUS, real_now=clock)
            return True
    return False


def _rest(database: Database, check_in_id: int, problem: DirectoryUnavailable) -> None:
    """Slack is not asked again for a while. Where it wants no more than that, the check-in keeps its look;
    any other trouble may be about this one person, who must not be in the way of the others."""
    with database.transaction() as connection:
        until = real_now(connection) + pacing.resting(problem.retry_after)
        pacing.block(connection, Call.STATUS, until=until)
        if problem.retry_after is not None:
            statuses.look_again(connection, check_in_id)


def _follow(connection: Connection, person: Person, status: Status | None, now: datetime) -> None:
    """Withdraws the question about a status that is gone, and asks about a new one."""
    before = statuses.open_question(connection, person.id)
    if before is not None and (status is None or status.mark != before.mark):
        statuses.forget(connection, before.id)
        _redraw(connection, check_ins.find(connection, before.check_in_id))
    check_in = _waiting(connection, person, now)
    if status is None or check_in is None:
        return
    zone = zone_for(connection, person)
    if leave.is_worth_asking(status, zone, now, check_in.answer_by) and statuses.ask(
        connection, person.id, check_in.id, status
    ):
        _redraw(connection, check_in)


def _waiting(connection: Connection, person: Person, now: datetime) -> CheckIn | None:
    """The check-in whose prompt is due and which they can still answer in time. One that is late is history:
    what is asked there nobody sees, and the next prompt asks."""
    for check_in in check_ins.open_of(connection, person.id):
        due = due_at(connection, check_in)
        if due is not None and check_in.prompt_at <= now < due:
            return check_in
    return None


def _redraw(connection: Connection, check_in: CheckIn | None, *, waited_for: bool = False) -> None:
    if check_in is not None:
        key = asks.prompt_key(check_in.person_id, check_in.date)
        deliveries.mark_stale(connection, [key], waited_for=waited_for)
