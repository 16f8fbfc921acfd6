"""How somebody has answered: on time, late or not at all; and when their lead is told, once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.okr.model import OwedState
from bot.okr.numbers.figures import percent
from bot.okr.rounds import is_on_time

TOLD_AT = 2
"""So many missed rounds in a row; what follows without an answer between is not told again."""
LOOKED_BACK = 12
"""So many check-ins does a person see of theirs, and so many weeks a team."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One key result asked in one check-in, judged: its digest was due."""

    check_in_id: int
    state: OwedState
    answered_at: datetime | None
    digest_at: datetime
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class Attendance:
    on_time: int = 0
    late: int = 0
    missed: int = 0

    @property
    def all(self) -> int:
        return self.on_time + self.late + self.missed


def attendance(asked: Iterable[Asked]) -> Attendance:
    """Of the last check-ins, `asked` the newest first; one is as its worst key result. Those that passed the
    person by do not count, nor do those that they can still answer."""
    by_check_in: dict[int, list[Asked]] = {}
    for one in asked:
        if one.state is not OwedState.AWAY:
            by_check_in.setdefault(one.check_in_id, []).append(one)
    counted = [rows for rows in by_check_in.values() if OwedState.WAITING not in {row.state for row in rows}]
    found = [_judged(rows) for rows in counted[:LOOKED_BACK]]
    return Attendance(found.count("on time"), found.count("late"), found.count("missed"))


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """One round of a team, all its people together."""

    on: date
    """The round's date."""
    digested: bool
    """Whether its digest was posted, or just decided."""
    owed: Mapping[int, set[OwedState]]
    """What became of what each person owed; empty where nobody was asked."""


@dataclass(frozen=True, slots=True)
class TeamRecord:
    """How a team has answered lately, all together."""

    rounds: int
    """So many of its last weeks in which anybody was asked."""
    response: int
    """Percent of those asked who answered all that they owed, late or not; over these rounds."""
    run: int
    """So many weeks with a digest in a row, up to the last one whose time has come."""
    weeks: tuple[int | None, ...]
    """The response in each of these weeks, the oldest first, from the first in which anybody was asked to the
    last; None between them where nobody was, all being away, or the round was skipped."""


def team_record(weeks: Sequence[TeamWeek]) -> TeamRecord | None:
    """`weeks` are the team's rounds whose digest was due, the newest first; None where nobody was asked in
    the last ones."""
    newest = next((one.on for one in weeks), None)
    lately = [one for one in weeks if newest and _weeks_between(one.on, newest) < LOOKED_BACK]
    asked = {one.on: people for one in lately if (people := _asked_and_answered(one))}
    if not asked:
        return None
    by_week = {_weeks_between(on, max(asked)): percent(sum(said) / len(said)) for on, said in asked.items()}
    everybody = [answered for said in asked.values() for answered in said]
    return TeamRecord(
        rounds=len(asked),
        response=percent(sum(everybody) / len(everybody)),
        run=digests_in_a_row(weeks),
        weeks=tuple(by_week.get(back) for back in range(max(by_week), -1, -1)),
    )


def digests_in_a_row(weeks: Sequence[TeamWeek]) -> int:
    """In so many weeks up to the first of them, one after the other, was there a digest; the newest first."""
    run = 0
    for one in weeks:
        if not one.digested or _weeks_between(one.on, weeks[0].on) != run:
            break
        run += 1
    return run


def _asked_and_answered(week: TeamWeek) -> list[bool]:
    """For each one asked, whether they have answered all that they owed."""
    asked = [states for states in week.owed.values() if states != {OwedState.AWAY}]
    return [not states & {OwedState.WAITING, OwedState.MISSED} for states in asked]


def _weeks_between(earlier: date, later: date) -> int:
    """By the calendar: a team's check-in day may change."""
    monday, other = (day - timedelta(days=day.weekday()) for day in (earlier, later))
    return (other - monday).days // 7


def is_told(weeks: Iterable[Iterable[OwedState]]) -> bool:
    """Whether a person's lead is told now: `weeks` are what their rounds became, the newest first."""
    run = 0
    for states in weeks:
        said = set(states)
        if said == {OwedState.AWAY}:
            continue
        if OwedState.MISSED not in said:
            break
        run += 1
    return run == TOLD_AT


def _judged(rows: Sequence[Asked]) -> str:
    if any(row.state is OwedState.MISSED for row in rows):
        return "missed"
    in_time = all(
        row.answered_at is not None
        and is_on_time(row.answered_at, digest_at=row.digest_at, answer_by=row.answer_by)
        for row in rows
    )
    return "on time" if in_time else "late"
