"""The week: whom a round asks and when, when its digest is due, and what a heartbeat has to do.

The rules are those of docs/method.md, "The week". Nothing here stores or sends: plans and steps are values,
`now` is an argument, and every moment is an aware datetime in UTC.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from bot.okr.days.zones import local_moment, team_zone, zone_of
from bot.okr.model import RUNNING, Absence, CheckIn, CheckInTimes, OldDay, Person, Round, RoundState, Team

DAYS_BEFORE = 3
"""So many of a person's working days before the check-in day may take its place."""
BEFORE_MEETING = timedelta(hours=1)
"""The digest comes this long before the meeting."""
WORK_STARTS, WORK_ENDS = time(8), time(18)
"""A digest without an hour of its own is posted between these (both included) on the team's working days."""
NEXT_MORNING = time(9)
"""Else at this hour of the team's next working day."""
DIGEST_STANDS = timedelta(hours=1)
"""A digest is left to its meeting for this long before the next round may open and close it."""
TIME_TO_ANSWER = timedelta(hours=1)
"""Between a prompt at a person's own hour and its reminder, and the hour by which they answer."""
COUNTS_BEFORE = timedelta(days=2)
"""An update this shortly before the prompt counts for the round: nobody is asked twice."""
LOOK_AHEAD = timedelta(days=8)
"""Prompts may come in the week before the check-in day's."""
PAUSE = "pause"
"""The source of an absence that began with a tap on Pause; it has no end until they resume."""
HOLIDAY = "holiday"
"""The source of a public holiday, which is not stored."""
SAID = "said"
"""The source of days away that a person gave."""
WEEKS_LOOKED_AT = 60
"""After a longer silence the weeks before are neither asked for nor recorded."""

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class PersonPlan:
    person_id: int
    prompt_at: datetime
    remind_at: datetime
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class RoundPlan:
    date: date
    """The check-in day's."""
    opens_at: datetime
    """The earliest prompt; the team's own prompt hour where nobody is asked."""
    digest_at: datetime
    asked: tuple[PersonPlan, ...]
    away: tuple[int, ...]
    """Ids of the people whom the round passes by."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What one heartbeat has to do for one team. No round is in more than one of the four."""

    opens: RoundPlan | None
    skipped: tuple[date, ...]
    """Check-in dates of weeks to record as skipped, oldest first."""
    digests: tuple[Round, ...]
    closes: tuple[Round, ...]

    @property
    def any(self) -> bool:
        return bool(self.opens or self.skipped or self.digests or self.closes)


def is_open_pause(absence: Absence) -> bool:
    return absence.source == PAUSE and absence.ends is None


def covers(absence: Absence, day: date) -> bool:
    return absence.starts <= day and (absence.ends is None or day <= absence.ends)


def check_in_date(team: Team, week_of: date) -> date:
    """The team's check-in day in the ISO week of `week_of`."""
    monday, old = _monday(week_of), team.old_day
    day = old.day if old and monday < old.until else team.check_in.day
    return monday + timedelta(days=day)


def with_times(team: Team, times: CheckInTimes, now: datetime) -> Team:
    """The team with other times. Another check-in day starts the week after, of one that has started: in this
    week people have made up their minds already."""
    if team.started_at is None or now < team.started_at:
        return replace(team, check_in=times, old_day=None)
    monday = _monday(now.astimezone(team_zone(team)).date())
    today = check_in_date(team, monday).weekday()
    old = OldDay(today, monday + _WEEK) if today != times.day else None
    return replace(team, check_in=times, old_day=old)


def is_on_time(answered_at: datetime, *, digest_at: datetime, answer_by: datetime) -> bool:
    """By the digest's due time or one's own answer hour, whichever is later, an early post or not."""
    return answered_at <= max(digest_at, answer_by)


def counts_already(said_at: datetime, *, prompt_at: datetime) -> bool:
    """Whether an update from before the prompt, or from after it, is an answer to it."""
    return said_at >= prompt_at - COUNTS_BEFORE


def together(known: CheckIn, another: CheckIn) -> CheckIn:
    """The hours of one check-in that two teams ask for: the earliest prompt, the latest reminder and end."""
    return replace(
        known,
        prompt_at=min(known.prompt_at, another.prompt_at),
        remind_at=max(known.remind_at, another.remind_at),
        answer_by=max(known.answer_by, another.answer_by),
    )


def plan_round(team: Team, on: date, people: Sequence[Person], absences: Sequence[Absence]) -> RoundPlan:
    """Whom the round of check-in day `on` asks and when, in the order of `people`.

    `people` are the active owners of a key result in the round. `absences` may be anybody's; a day of
    absence is a day in the person's own zone.
    """
    fixed = _fixed_digest(team, on)
    asked: list[PersonPlan] = []
    away: list[int] = []
    for person in people:
        own = [absence for absence in absences if absence.person_id == person.id]
        plan = _plan_person(team, on, person, own, digest_at=fixed)
        if plan is None:
            away.append(person.id)
        else:
            asked.append(plan)
    digest_at = fixed or _digest_after_answers(team, on, asked)
    opens_at = min((plan.prompt_at for plan in asked), default=None) or _team_prompt(team, on, digest_at)
    return RoundPlan(on, opens_at, digest_at, tuple(asked), tuple(away))


def next_steps(
    team: Team, rounds: Sequence[Round], plan: Callable[[date], RoundPlan | None], now: datetime
) -> Steps:
    """What is to be done for the team as of `now`; asked again once that is done, nothing more is.

    `rounds` are the team's known ones, at least the newest. `plan` gives the plan for a check-in date, or
    None where the team has nothing to ask that week: such a week is neither opened nor skipped.

    1. Weeks after the newest known round whose digest was due unseen are skipped, so that nobody's silence
       is counted. So is an unopened week when a newer one opens. What was due before the team started is
       nobody's.
    2. The newest week whose first prompt is due, and whose digest is not, opens.
    3. Older rounds close. Their digest, if they still owe one, is no longer wanted.
    4. The newest round, if it is open and its digest is due, is digested.
    """
    opens, skipped = _new_rounds(team, rounds, plan, now)
    dates = [known.date for known in rounds] + [*skipped] + ([opens.date] if opens else [])
    newest = max(dates, default=date.min)
    running = [known for known in rounds if known.state in RUNNING]
    closes = tuple(known for known in running if known.date < newest)
    digests = tuple(
        known
        for known in running
        if known.date == newest and known.state is RoundState.OPEN and known.digest_at <= now
    )
    return Steps(opens, skipped, digests, closes)


def _plan_person(
    team: Team, on: date, person: Person, absences: Sequence[Absence], *, digest_at: datetime | None
) -> PersonPlan | None:
    """On the first day that fits; None: away. `digest_at` is None where the digest waits for the answers."""
    if any(is_open_pause(absence) and absence.starts <= on for absence in absences):
        return None  # a pause covers the days before: whoever pauses is asked nothing, not even earlier
    zone, hours = zone_of(person, team), team.check_in
    for day in _possible_days(person.working_days, on):
        if any(covers(absence, day) for absence in absences):
            continue
        answer_by = local_moment(day, hours.answer_by, zone)
        if digest_at is None or answer_by <= digest_at:
            prompt, remind = _hours(hours, person.own_prompt)
            prompt_at, remind_at = local_moment(day, prompt, zone), local_moment(day, remind, zone)
            return PersonPlan(person.id, prompt_at, remind_at, answer_by)
    return None


def latest_prompt(hours: CheckInTimes) -> time:
    """A person's own hour leaves them this much to answer in; the team's own hour is never too late."""
    return max(hours.prompt, later_on(hours.answer_by, -TIME_TO_ANSWER))


def later_on(at: time, span: timedelta) -> time:
    """So much later (earlier where negative) on the same day's clock, which ends at its ends."""
    minutes = at.hour * 60 + at.minute + int(span / timedelta(minutes=1))
    hour, minute = divmod(min(max(minutes, 0), 24 * 60 - 1), 60)
    return time(hour, minute)


def _hours(hours: CheckInTimes, own_prompt: time | None) -> tuple[time, time]:
    """When to ask and to remind: a person's own hour may be too late for the hours that their team has now,
    and moves the reminder where that would come too soon after it."""
    if own_prompt is None or own_prompt > latest_prompt(hours):
        return hours.prompt, hours.remind
    return own_prompt, min(max(hours.remind, later_on(own_prompt, TIME_TO_ANSWER)), hours.answer_by)


def _possible_days(working_days: frozenset[int], on: date) -> Iterator[date]:
    """The check-in day, then the working days before it, latest first.

    They end before last week's check-in day: who works one day a week and misses it is away, for a prompt
    in the days of the round before would close that round.
    """
    if on.weekday() in working_days:
        yield on
    days_before = (on - timedelta(days=back) for back in range(1, 7))
    yield from islice((day for day in days_before if day.weekday() in working_days), DAYS_BEFORE)


def _fixed_digest(team: Team, on: date) -> datetime | None:
    """Set by the team's fixed hour or its meeting; None where the digest waits for the answers."""
    zone, fixed, meeting = team_zone(team), team.check_in.digest, team.check_in.meeting
    if fixed is not None:
        return local_moment(on, fixed, zone)
    if meeting is not None:
        meets_on = on + timedelta(days=(meeting.day - on.weekday()) % 7)
        return local_moment(meets_on, meeting.at, zone) - BEFORE_MEETING
    return None


def _digest_after_answers(team: Team, on: date, asked: Sequence[PersonPlan]) -> datetime:
    """Once the team's own answer hour and everybody's have passed, and the team is at work."""
    zone = team_zone(team)
    due = max([local_moment(on, team.check_in.answer_by, zone), *(plan.answer_by for plan in asked)])
    shown = due.astimezone(zone)
    if shown.weekday() in team.working_days and WORK_STARTS <= shown.time() <= WORK_ENDS:
        return due
    days = (shown.date() + timedelta(days=ahead) for ahead in range(8))
    mornings = (local_moment(day, NEXT_MORNING, zone) for day in days if day.weekday() in team.working_days)
    # A team without working days is never at work: its digest is due when the answers are.
    return next((morning for morning in mornings if morning > due), due)


def _team_prompt(team: Team, on: date, digest_at: datetime) -> datetime:
    """The team's own prompt hour on the check-in day; a day or two earlier where the digest comes first."""
    zone, hour = team_zone(team), team.check_in.prompt
    prompts = (local_moment(on - timedelta(days=back), hour, zone) for back in range(3))
    return next((prompt for prompt in prompts if prompt < digest_at), digest_at)


def _new_rounds(
    team: Team, rounds: Sequence[Round], plan: Callable[[date], RoundPlan | None], now: datetime
) -> tuple[RoundPlan | None, tuple[date, ...]]:
    """The week to open, if any, and the check-in dates of the weeks to skip."""
    started_at = team.started_at
    if started_at is None or now < started_at:
        return None, ()
    newest = max(rounds, key=lambda known: known.date, default=None)
    weeks = _weeks_to_look_at(team, started_at, newest, now)
    plans = [planned for week in weeks if (planned := plan(check_in_date(team, week)))]
    begun = [planned for planned in plans if planned.digest_at > started_at and planned.opens_at <= now]
    opens = begun.pop() if begun and now < begun[-1].digest_at else None
    skipped = tuple(planned.date for planned in begun)
    if opens and newest and not skipped and _must_wait(opens, newest, now):
        opens = None
    return opens, skipped


def _weeks_to_look_at(
    team: Team, started_at: datetime, newest: Round | None, now: datetime
) -> Iterator[date]:
    """Their Mondays, oldest first: a week that has a round already is not among them."""
    zone = team_zone(team)
    last = _monday((now + LOOK_AHEAD).astimezone(zone).date())
    week = max(_monday(started_at.astimezone(zone).date()), last - (WEEKS_LOOKED_AT - 1) * _WEEK)
    if newest is not None:
        week = max(week, _monday(newest.date) + _WEEK)
    while week <= last:
        yield week
        week += _WEEK


def _must_wait(opens: RoundPlan, newest: Round, now: datetime) -> bool:
    """Whether the round before has its digest still before it, or just posted.

    A meeting late in the round's week, or in the next, and somebody who is asked days early can make rounds
    overlap. Opening would close the one before and lose its digest, so the new one waits, unless the wait
    would use up its own time.
    """
    if newest.state not in RUNNING:
        return False
    return now < newest.digest_at + DIGEST_STANDS < opens.digest_at


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
