"""What one heartbeat does for one team: by table, as stories, and whatever the plans and the clock are."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.okr.model import THURSDAY, Absence, CheckInTimes, Meeting, Person, Round, RoundState, Team
from bot.okr.rounds import RoundPlan, Steps, next_steps, plan_round
from tests.unit.when import away, day, hour, person_in, team_in, when

LONG_AGO = when("Mon 2024-01-01 09:00 +0000")
OPEN, DIGESTED, CLOSED, SKIPPED = RoundState.OPEN, RoundState.DIGESTED, RoundState.CLOSED, RoundState.SKIPPED
HANNAH = person_in("Europe/London")


def london(started_at: datetime | None = LONG_AGO, check_in: CheckInTimes = CheckInTimes()) -> Team:  # noqa: B008 - frozen
    return replace(team_in("Europe/London"), started_at=started_at, check_in=check_in)


def planner(
    team: Team, absences: Sequence[Absence] = (), people: Sequence[Person] = (HANNAH,)
) -> Callable[[date], RoundPlan]:
    return lambda on: plan_round(team, on, people, absences)


def known(on: str, state: RoundState, team: Team | None = None) -> Round:
    plan = planner(team or london())(day(on))
    return Round(
        id=plan.date.toordinal(),
        team_id=1,
        date=plan.date,
        state=state,
        opens_at=plan.opens_at,
        digest_at=plan.digest_at,
    )


def summary(steps: Steps) -> dict[str, list[date]]:
    """The steps as dates, without those that there are none of."""
    dates = {
        "opens": [steps.opens.date] if steps.opens else [],
        "skipped": list(steps.skipped),
        "digests": [each.date for each in steps.digests],
        "closes": [each.date for each in steps.closes],
    }
    return {step: found for step, found in dates.items() if found}


def days(**texts: list[str]) -> dict[str, list[date]]:
    return {step: [day(text) for text in found] for step, found in texts.items()}


# What is known (a team in London asked on Fridays, 10:00 to 16:30), the moment, and what is to be done then.
HEARTBEATS = [
    pytest.param([("Fri 2026-11-13", DIGESTED)], "Fri 2026-11-20 09:59 +0000", {}, id="a minute early: nothing"),
    pytest.param([("Fri 2026-11-13", DIGESTED)], "Fri 2026-11-20 10:00 +0000", days(opens=["Fri 2026-11-20"], closes=["Fri 2026-11-13"]), id="10:00: opens, and last week's closes"),
    pytest.param([("Fri 2026-11-13", DIGESTED), ("Fri 2026-11-20", OPEN)], "Fri 2026-11-20 10:01 +0000", days(closes=["Fri 2026-11-13"]), id="an older one left running closes"),
    pytest.param([("Fri 2026-11-20", OPEN)], "Fri 2026-11-20 16:29 +0000", {}, id="before the digest: nothing"),
    pytest.param([("Fri 2026-11-20", OPEN)], "Fri 2026-11-20 16:30 +0000", days(digests=["Fri 2026-11-20"]), id="16:30: the digest"),
    pytest.param([("Fri 2026-11-20", OPEN)], "Mon 2026-11-23 08:00 +0000", days(digests=["Fri 2026-11-20"]), id="down over the weekend: the digest on Monday"),
    pytest.param([("Fri 2026-11-20", DIGESTED)], "Mon 2026-11-23 08:00 +0000", {}, id="digested once only"),
    pytest.param([("Fri 2026-11-20", SKIPPED)], "Fri 2026-11-20 16:30 +0000", {}, id="a skipped week has no digest"),
    pytest.param([("Fri 2026-11-20", CLOSED)], "Mon 2026-11-23 08:00 +0000", {}, id="a closed one has no digest"),
    pytest.param([("Fri 2026-11-13", DIGESTED)], "Fri 2026-11-20 12:00 +0000", days(opens=["Fri 2026-11-20"], closes=["Fri 2026-11-13"]), id="down from Thursday to Friday noon: opens now"),
    pytest.param([("Fri 2026-11-13", OPEN)], "Fri 2026-11-20 12:00 +0000", days(opens=["Fri 2026-11-20"], closes=["Fri 2026-11-13"]), id="down for a week: last week's digest is no longer wanted"),
    pytest.param([("Fri 2026-11-13", DIGESTED)], "Fri 2026-11-20 16:30 +0000", days(skipped=["Fri 2026-11-20"], closes=["Fri 2026-11-13"]), id="down until the digest is due: skipped"),
    pytest.param([("Fri 2026-11-06", OPEN)], "Tue 2026-11-17 09:00 +0000", days(skipped=["Fri 2026-11-13"], closes=["Fri 2026-11-06"]), id="down for ten days: the digest before the skipped week is not wanted either"),
    pytest.param([("Fri 2026-11-06", DIGESTED)], "Fri 2026-11-20 12:00 +0000", days(opens=["Fri 2026-11-20"], skipped=["Fri 2026-11-13"], closes=["Fri 2026-11-06"]), id="down for a fortnight: one skipped, one opens"),
    pytest.param([("Thu 2026-11-19", DIGESTED)], "Fri 2026-11-20 12:00 +0000", {}, id="the check-in day was Thursday until now: this week has its round"),
    pytest.param([("Thu 2026-11-19", DIGESTED)], "Fri 2026-11-27 12:00 +0000", days(opens=["Fri 2026-11-27"], closes=["Thu 2026-11-19"]), id="the changed day starts the week after"),
    pytest.param([("Sun 2026-11-22", DIGESTED)], "Fri 2026-11-27 12:00 +0000", days(opens=["Fri 2026-11-27"], closes=["Sun 2026-11-22"]), id="from Sunday to Friday: the next ISO week"),
    pytest.param([("Mon 2026-11-16", DIGESTED)], "Fri 2026-11-20 12:00 +0000", {}, id="from Monday to Friday: not twice in one ISO week"),
    pytest.param([("Fri 2026-12-25", DIGESTED)], "Fri 2027-01-01 10:00 +0000", days(opens=["Fri 2027-01-01"], closes=["Fri 2026-12-25"]), id="week 53"),
    pytest.param([("Fri 2027-01-01", DIGESTED)], "Fri 2027-01-08 10:00 +0000", days(opens=["Fri 2027-01-08"], closes=["Fri 2027-01-01"]), id="the week after week 53"),
]  # fmt: skip


@pytest.mark.parametrize(("rounds", "now", "expected"), HEARTBEATS)
def test_a_heartbeat_does_what_is_due(
    rounds: list[tuple[str, RoundState]], now: str, expected: dict[str, list[date]]
) -> None:
    team = london()
    steps = next_steps(team, [known(*each) for each in rounds], planner(team), when(now))
    assert summary(steps) == expected


STARTS = [
    pytest.param(None, "Fri 2026-11-20 12:00 +0000", {}, id="not started"),
    pytest.param("Fri 2026-11-20 12:01 +0000", "Fri 2026-11-20 12:00 +0000", {}, id="starts later"),
    pytest.param("Fri 2026-11-20 12:00 +0000", "Fri 2026-11-20 12:00 +0000", days(opens=["Fri 2026-11-20"]), id="starts on Friday noon: asks at once"),
    pytest.param("Mon 2026-11-16 08:00 +0000", "Mon 2026-11-16 08:00 +0000", {}, id="starts on Monday: waits for Friday"),
    pytest.param("Fri 2026-11-20 16:30 +0000", "Fri 2026-11-20 16:30 +0000", {}, id="starts when the digest would be due: nothing"),
    pytest.param("Fri 2026-11-20 16:30 +0000", "Fri 2026-11-27 10:00 +0000", days(opens=["Fri 2026-11-27"]), id="and its first round is next week's"),
    pytest.param("Fri 2026-11-20 12:00 +0000", "Fri 2026-11-20 17:00 +0000", days(skipped=["Fri 2026-11-20"]), id="started on Friday noon, then down: skipped"),
    pytest.param("Mon 2026-11-02 09:00 +0000", "Fri 2026-11-20 12:00 +0000", days(opens=["Fri 2026-11-20"], skipped=["Fri 2026-11-06", "Fri 2026-11-13"]), id="started, then down for two weeks"),
]  # fmt: skip


@pytest.mark.parametrize(("started", "now", "expected"), STARTS)
def test_nothing_is_asked_before_the_team_starts(
    started: str | None, now: str, expected: dict[str, list[date]]
) -> None:
    team = london(when(started) if started else None)
    assert summary(next_steps(team, [], planner(team), when(now))) == expected


def test_the_week_of_the_start_is_the_one_on_the_teams_own_calendar() -> None:
    """Sunday evening in London is Monday in Kiritimati: the week that ended there is not asked for."""
    team = replace(
        london(when("Sun 2026-11-22 20:00 +0000"), CheckInTimes(answer_by=hour("18:30"))),
        zone="Pacific/Kiritimati",
    )
    looked_at: list[date] = []
    next_steps(team, [], looked_at.append, when("Sun 2026-11-22 20:00 +0000"))
    assert looked_at[0] == day("Fri 2026-11-27")


def test_a_team_that_was_stopped_still_ends_what_it_began() -> None:
    team, rounds = london(None), [known("Fri 2026-11-13", DIGESTED), known("Fri 2026-11-20", OPEN)]
    steps = next_steps(team, rounds, planner(team), when("Fri 2026-11-27 12:00 +0000"))
    assert summary(steps) == days(digests=["Fri 2026-11-20"], closes=["Fri 2026-11-13"])


def test_a_team_that_starts_again_is_not_charged_with_its_pause() -> None:
    team = london(when("Mon 2026-11-16 09:00 +0000"))
    steps = next_steps(
        team, [known("Fri 2026-06-05", CLOSED)], planner(team), when("Fri 2026-11-20 12:00 +0000")
    )
    assert summary(steps) == days(opens=["Fri 2026-11-20"])


def test_a_week_with_nothing_to_ask_is_neither_opened_nor_skipped() -> None:
    """A cycle ended on the 13th and the next one starts on the 27th; the bot was down all the while."""
    team, asked_on = london(), {day("Fri 2026-11-13"), day("Fri 2026-11-27")}
    plan = planner(team)
    steps = next_steps(
        team,
        [known("Fri 2026-11-06", CLOSED)],
        lambda on: plan(on) if on in asked_on else None,
        when("Fri 2026-11-27 12:00 +0000"),
    )
    assert summary(steps) == days(opens=["Fri 2026-11-27"], skipped=["Fri 2026-11-13"])


def test_somebody_absent_on_the_day_opens_the_round_early() -> None:
    team, absent = london(), away("Thu 2026-11-19", "Fri 2026-11-20")
    last_week, now = known("Fri 2026-11-13", DIGESTED), when("Wed 2026-11-18 10:00 +0000")
    steps = next_steps(team, [last_week], planner(team, [absent]), now)
    assert summary(steps) == days(opens=["Fri 2026-11-20"], closes=["Fri 2026-11-13"])
    assert next_steps(team, [last_week], planner(team, [absent]), now - timedelta(minutes=1)).opens is None


def test_a_mondays_round_may_open_in_the_week_before() -> None:
    team = london(check_in=CheckInTimes(day=0))
    absent = away("Thu 2026-11-19", "Mon 2026-11-23")
    last_week = known("Mon 2026-11-16", DIGESTED, team)
    steps = next_steps(team, [last_week], planner(team, [absent]), when("Wed 2026-11-18 10:00 +0000"))
    assert summary(steps) == days(opens=["Mon 2026-11-23"], closes=["Mon 2026-11-16"])


def test_a_year_down_is_52_weeks_skipped_and_one_opened() -> None:
    team = london()
    calls: list[date] = []
    plan = planner(team)

    def counting(on: date) -> RoundPlan:
        calls.append(on)
        return plan(on)

    steps = next_steps(
        team, [known("Fri 2025-11-14", DIGESTED)], counting, when("Fri 2026-11-20 12:00 +0000")
    )
    assert steps.opens
    assert steps.opens.date == day("Fri 2026-11-20")
    assert list(steps.skipped) == [day("Fri 2025-11-21") + timedelta(weeks=week) for week in range(52)]
    assert len(calls) <= 60


@pytest.mark.parametrize(
    "rounds", [[], [known("Fri 2019-11-15", DIGESTED)]], ids=["never asked", "asked long ago"]
)
def test_weeks_beyond_a_year_or_so_are_not_even_looked_at(rounds: list[Round]) -> None:
    team, calls = london(when("Mon 2015-01-05 09:00 +0000")), list[date]()
    steps = next_steps(team, rounds, calls.append, when("Fri 2026-11-20 12:00 +0000"))
    assert len(calls) == 60
    assert summary(steps) == {}


# Where rounds overlap: the team meets on Thursdays, six days after its check-in day; somebody away on Thursday
# and Friday is asked on Wednesday, before the meeting of the round before.
OVERLAPPING = CheckInTimes(meeting=Meeting(THURSDAY, hour("14:00")))
ABSENT = away("Thu 2026-11-26", "Fri 2026-11-27")
OVERLAPS = [
    pytest.param(OPEN, "Wed 2026-11-25 10:00 +0000", {}, id="the new round waits for the digest of the one before"),
    pytest.param(OPEN, "Thu 2026-11-26 13:00 +0000", days(digests=["Fri 2026-11-20"]), id="which comes in its time"),
    pytest.param(DIGESTED, "Thu 2026-11-26 13:59 +0000", {}, id="and stands until the meeting"),
    pytest.param(DIGESTED, "Thu 2026-11-26 14:00 +0000", days(opens=["Fri 2026-11-27"], closes=["Fri 2026-11-20"]), id="then the new one opens"),
    pytest.param(OPEN, "Thu 2026-11-26 14:00 +0000", days(opens=["Fri 2026-11-27"], closes=["Fri 2026-11-20"]), id="also if the digest was missed"),
    pytest.param(CLOSED, "Wed 2026-11-25 10:00 +0000", days(opens=["Fri 2026-11-27"]), id="nothing waits for a closed round"),
    pytest.param(SKIPPED, "Wed 2026-11-25 10:00 +0000", days(opens=["Fri 2026-11-27"]), id="nor for a skipped one"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "now", "expected"), OVERLAPS)
def test_a_round_that_starts_before_the_last_ones_meeting_waits(
    state: RoundState, now: str, expected: dict[str, list[date]]
) -> None:
    team = london(check_in=OVERLAPPING)
    steps = next_steps(team, [known("Fri 2026-11-20", state, team)], planner(team, [ABSENT]), when(now))
    assert summary(steps) == expected


def test_a_round_does_not_wait_until_its_own_digest_is_due() -> None:
    """The team gave up its Thursdays: the new round's own digest is due before the old meeting would be over."""
    late, team = (
        known("Fri 2026-11-20", OPEN, london(check_in=OVERLAPPING)),
        london(check_in=CheckInTimes(day=0)),
    )
    steps = next_steps(team, [late], planner(team), when("Mon 2026-11-23 10:00 +0000"))
    assert summary(steps) == days(opens=["Mon 2026-11-23"], closes=["Fri 2026-11-20"])


def test_of_two_weeks_that_could_open_the_newest_does_and_the_other_is_skipped() -> None:
    """Down for long, and back on the Wednesday before the Thursday's meeting: that round would ask nobody in time."""
    team = london(check_in=OVERLAPPING)
    rounds = [known("Fri 2026-11-13", CLOSED, team)]
    steps = next_steps(team, rounds, planner(team, [ABSENT]), when("Wed 2026-11-25 10:00 +0000"))
    assert summary(steps) == days(opens=["Fri 2026-11-27"], skipped=["Fri 2026-11-20"])


def test_a_round_does_not_wait_for_one_that_closes_anyway() -> None:
    """The old meeting is still to come, but a whole round has been missed since: that one closes it."""
    team, now = london(), when("Fri 2026-11-20 12:00 +0000")
    late = replace(known("Fri 2026-11-06", OPEN), digest_at=now)
    steps = next_steps(team, [late], planner(team), now)
    assert summary(steps) == days(
        opens=["Fri 2026-11-20"], skipped=["Fri 2026-11-13"], closes=["Fri 2026-11-06"]
    )


@dataclass
class Record:
    """The smallest thing that can take steps: the rounds of one team, by date."""

    rounds: dict[date, Round]

    def apply(self, steps: Steps) -> None:
        for old, state in [
            *((each, DIGESTED) for each in steps.digests),
            *((each, CLOSED) for each in steps.closes),
        ]:
            self.rounds[old.date] = replace(old, state=state)
        for skipped in steps.skipped:
            self.add(skipped, SKIPPED, LONG_AGO, LONG_AGO)
        if steps.opens:
            self.add(steps.opens.date, OPEN, steps.opens.opens_at, steps.opens.digest_at)

    def add(self, on: date, state: RoundState, opens_at: datetime, digest_at: datetime) -> None:
        assert on.isocalendar()[:2] not in {each.isocalendar()[:2] for each in self.rounds}, (
            "one round a week"
        )
        self.rounds[on] = Round(on.toordinal(), 1, on, state, opens_at, digest_at)

    def states(self) -> Iterable[RoundState]:
        return [self.rounds[on].state for on in sorted(self.rounds)]


NOTHING = Steps(None, (), (), ())
AUTUMN = datetime(2026, 9, 1, tzinfo=UTC)
MINUTES = st.integers(0, 70 * 24 * 60).map(lambda minutes: AUTUMN + timedelta(minutes=minutes))
CHECK_INS = st.builds(
    CheckInTimes,
    day=st.integers(0, 6),
    meeting=st.none() | st.builds(Meeting, day=st.integers(0, 6), at=st.times()),
)
ABSENCES = st.lists(
    st.builds(
        lambda starts, length: Absence(1, 1, starts, starts + timedelta(days=length), "said"),
        st.dates(date(2026, 8, 20), date(2026, 11, 15)),
        st.integers(0, 9),
    ),
    max_size=4,
)


@given(CHECK_INS, ABSENCES, st.lists(MINUTES, min_size=1, max_size=12).map(sorted), MINUTES)
def test_whenever_the_bot_runs_a_second_heartbeat_finds_nothing_left(
    check_in: CheckInTimes, absences: list[Absence], heartbeats: list[datetime], started_at: datetime
) -> None:
    team, record = london(started_at, check_in), Record({})
    for now in heartbeats:
        record.apply(next_steps(team, list(record.rounds.values()), planner(team, absences), now))
        assert next_steps(team, list(record.rounds.values()), planner(team, absences), now) == NOTHING
        assert all(state in {CLOSED, SKIPPED} for state in list(record.states())[:-1])


@given(
    st.dictionaries(st.integers(-3, 12), st.tuples(MINUTES, MINUTES)),
    st.lists(
        st.tuples(st.integers(-3, 12), st.sampled_from(RoundState), MINUTES), unique_by=lambda each: each[0]
    ),
    MINUTES,
)
def test_even_plans_that_make_no_sense_leave_nothing_for_a_second_heartbeat(
    plans: dict[int, tuple[datetime, datetime]], rounds: list[tuple[int, RoundState, datetime]], now: datetime
) -> None:
    team, first = london(), day("Fri 2026-09-04")

    def plan(on: date) -> RoundPlan | None:
        moments = plans.get((on - first).days // 7)
        return moments and RoundPlan(on, *moments, asked=(), away=())

    dated = [(first + timedelta(weeks=week), state, digest_at) for week, state, digest_at in rounds]
    record = Record({on: Round(1, 1, on, state, LONG_AGO, digest_at) for on, state, digest_at in dated})
    steps = next_steps(team, list(record.rounds.values()), plan, now)
    touched = [
        *(each.date for each in (*steps.digests, *steps.closes)),
        *steps.skipped,
        *([steps.opens.date] if steps.opens else []),
    ]
    assert len(touched) == len(set(touched))
    record.apply(steps)
    assert next_steps(team, list(record.rounds.values()), plan, now) == NOTHING


@settings(max_examples=20)  # each is 840 heartbeats
@given(CHECK_INS, ABSENCES)
def test_a_bot_that_is_never_down_opens_every_week_digests_it_and_skips_none(
    check_in: CheckInTimes, absences: list[Absence]
) -> None:
    """A heartbeat an hour for five weeks: each round is opened, digested and closed, in this order."""
    team, record, digested = london(AUTUMN, check_in), Record({}), set[date]()
    for hours in range(5 * 7 * 24):
        steps = next_steps(
            team, list(record.rounds.values()), planner(team, absences), AUTUMN + timedelta(hours=hours)
        )
        assert all(closed.date in digested for closed in steps.closes)
        digested |= {each.date for each in steps.digests}
        record.apply(steps)
    assert SKIPPED not in record.states()
    assert len(record.rounds) >= 4
