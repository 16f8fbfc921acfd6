"""Who is asked when, as the words after setting a team up have it; worked out by hand."""

from datetime import UTC, datetime, time

import pytest

from bot.okr.days.timetable import timetable
from bot.okr.model import FRIDAY, MONDAY, TUESDAY, WEDNESDAY, CheckInTimes, Meeting, Person, Team
from bot.okr.rounds import check_in_date, with_times
from tests.unit.when import when

HANNAH = Person(1, "U1", "Hannah", "Asia/Shanghai")
JACK = Person(2, "U2", "Jack", "America/Los_Angeles")
LI = Person(3, "U3", "Li", "Asia/Shanghai")
SUNDAYS = Person(4, "U4", "Sam", "Asia/Shanghai", frozenset({6}))
WITH_MEETING = CheckInTimes(meeting=Meeting(FRIDAY, time(17, 30)))

TABLE = [
    pytest.param(CheckInTimes(), [HANNAH, LI, JACK], [((1, 3), "Fri 10:00", "Asia/Shanghai"), ((2,), "Fri 10:00", "America/Los_Angeles")], (), "Mon 09:00", id="without a meeting: all on their Friday, the digest once America could answer"),
    pytest.param(CheckInTimes(), [HANNAH, LI], [((1, 3), "Fri 10:00", "Asia/Shanghai")], (), "Fri 16:30", id="in one place: the digest the same afternoon"),
    pytest.param(WITH_MEETING, [HANNAH, JACK], [((2,), "Thu 10:00", "America/Los_Angeles"), ((1,), "Fri 10:00", "Asia/Shanghai")], (), "Fri 16:30", id="a meeting: America the day before"),
    pytest.param(WITH_MEETING, [HANNAH, SUNDAYS], [((4,), "Sun 10:00", "Asia/Shanghai"), ((1,), "Fri 10:00", "Asia/Shanghai")], (), "Fri 16:30", id="who works on Sundays only is asked on the one before"),
    pytest.param(WITH_MEETING, [Person(5, "U5", "Mo", "Asia/Shanghai", frozenset())], [], (5,), "Fri 16:30", id="who works on no day is never asked"),
    pytest.param(CheckInTimes(), [], [], (), "Fri 16:30", id="nobody yet"),
]  # fmt: skip


@pytest.mark.parametrize(("times", "people", "asked", "never", "digest"), TABLE)
def test_who_is_asked_when(
    times: CheckInTimes,
    people: list[Person],
    asked: list[tuple[tuple[int, ...], str, str]],
    never: tuple[int, ...],
    digest: str,
) -> None:
    team = Team(1, "Tea", "C1", "Asia/Shanghai", times)
    found = timetable(team, people, when("Sat 2026-11-14 12:00 +0800"))
    shown = [(one.person_ids, f"{one.at:%a %H:%M}", one.zone) for one in found.asked]
    assert (shown, found.never, f"{found.digest_at:%a %H:%M}") == (asked, never, digest)


def test_an_unknown_zone_of_the_team_is_said_to_be_the_one_that_counts() -> None:
    found = timetable(Team(1, "Tea", "C1", "Mars/Olympus"), [], when("Sat 2026-11-14 12:00 +0800"))
    assert found.zone == "UTC"


STARTED = datetime(2026, 11, 2, tzinfo=UTC)
CHANGES = [  # from Friday, on a Tuesday: this week's and the next week's check-in
    pytest.param([WEDNESDAY], STARTED, "2026-11-20", "2026-11-25", id="this week's stays on Friday"),
    pytest.param([WEDNESDAY, MONDAY], STARTED, "2026-11-20", "2026-11-23", id="changed twice in a week"),
    pytest.param([WEDNESDAY, FRIDAY], STARTED, "2026-11-20", "2026-11-27", id="and back"),
    pytest.param([WEDNESDAY], None, "2026-11-18", "2026-11-25", id="at once where nothing has started"),
]


@pytest.mark.parametrize(("days", "started_at", "this_week", "next_week"), CHANGES)
def test_a_changed_day_starts_the_week_after(
    days: list[int], started_at: datetime | None, this_week: str, next_week: str
) -> None:
    team = Team(1, "Tea", "C1", "Asia/Shanghai", started_at=started_at)
    tuesday = when("Tue 2026-11-17 09:00 +0800")
    assert tuesday.weekday() == TUESDAY
    for day in days:
        team = with_times(team, CheckInTimes(day=day), tuesday)
    weeks = [
        check_in_date(team, when(f"{one} 09:00 +0800").date()) for one in ("Tue 2026-11-17", "Tue 2026-11-24")
    ]
    assert [str(one) for one in weeks] == [this_week, next_week]
    assert str(check_in_date(team, when("Tue 2026-12-01 09:00 +0800").date()))[:7] in {"2026-11", "2026-12"}
