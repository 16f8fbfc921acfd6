"""When somebody may be reminded later, by table, in local times."""

import pytest

from bot.okr.days.later import Later, choices
from bot.okr.days.zones import known_zone
from tests.unit.when import (
    AUCKLAND,
    CAIRO,
    HONOLULU,
    KATHMANDU,
    KIRITIMATI,
    LONDON,
    LORD_HOWE,
    LOS_ANGELES,
    NEW_YORK,
    SANTIAGO,
    SYDNEY,
    when,
)

HOUR, AFTERNOON, MORNING = Later.HOUR, Later.AFTERNOON, Later.MORNING

# Where somebody is, when they tap, until when an answer is on time, and what they may choose.
LATER = [
    pytest.param(LONDON, "Fri 2026-11-20 10:00 +0000", "Fri 2026-11-20 16:30 +0000", {HOUR: "Fri 2026-11-20 11:00 +0000", AFTERNOON: "Fri 2026-11-20 15:00 +0000"}, id="the digest today: no morning"),
    pytest.param(LONDON, "Fri 2026-11-20 10:00 +0000", "Mon 2026-11-23 09:00 +0000", {HOUR: "Fri 2026-11-20 11:00 +0000", AFTERNOON: "Fri 2026-11-20 15:00 +0000"}, id="the digest at the very morning: too late"),
    pytest.param(LONDON, "Fri 2026-11-20 10:00 +0000", "Mon 2026-11-23 13:00 +0000", {HOUR: "Fri 2026-11-20 11:00 +0000", AFTERNOON: "Fri 2026-11-20 15:00 +0000", MORNING: "Mon 2026-11-23 09:00 +0000"}, id="over the weekend"),
    pytest.param(LONDON, "Fri 2026-11-20 14:00 +0000", "Fri 2026-11-20 16:30 +0000", {HOUR: "Fri 2026-11-20 15:00 +0000"}, id="in an hour it is 15:00"),
    pytest.param(LONDON, "Fri 2026-11-20 14:30 +0000", "Fri 2026-11-20 16:30 +0000", {HOUR: "Fri 2026-11-20 15:30 +0000"}, id="15:00 would be sooner than in an hour"),
    pytest.param(LONDON, "Fri 2026-11-20 15:15 +0000", "Fri 2026-11-20 16:30 +0000", {HOUR: "Fri 2026-11-20 16:15 +0000"}, id="a quarter of an hour is left"),
    pytest.param(LONDON, "Fri 2026-11-20 15:16 +0000", "Fri 2026-11-20 16:30 +0000", {}, id="less is left: nothing"),
    pytest.param(LONDON, "Thu 2026-11-19 10:00 +0000", "Fri 2026-11-20 13:00 +0000", {HOUR: "Thu 2026-11-19 11:00 +0000", AFTERNOON: "Thu 2026-11-19 15:00 +0000", MORNING: "Fri 2026-11-20 09:00 +0000"}, id="asked on Thursday: on Friday morning"),
    pytest.param(LOS_ANGELES, "Thu 2026-11-19 10:00 -0800", "Fri 2026-11-20 13:00 +0000", {HOUR: "Thu 2026-11-19 11:00 -0800", AFTERNOON: "Thu 2026-11-19 15:00 -0800"}, id="the morning comes after the digest on another continent"),
    pytest.param(AUCKLAND, "Fri 2026-11-20 10:00 +1300", "Fri 2026-11-20 13:00 +0000", {HOUR: "Fri 2026-11-20 11:00 +1300", AFTERNOON: "Fri 2026-11-20 15:00 +1300"}, id="a day ahead of the digest"),
    pytest.param(KIRITIMATI, "Fri 2026-11-20 10:00 +1400", "Mon 2026-11-23 13:00 +1400", {HOUR: "Fri 2026-11-20 11:00 +1400", AFTERNOON: "Fri 2026-11-20 15:00 +1400", MORNING: "Mon 2026-11-23 09:00 +1400"}, id="at the date line"),
    pytest.param(LONDON, "Fri 2026-03-27 14:00 +0000", "Mon 2026-03-30 13:00 +0100", {HOUR: "Fri 2026-03-27 15:00 +0000", MORNING: "Mon 2026-03-30 09:00 +0100"}, id="the clocks go forward meanwhile"),
    pytest.param(NEW_YORK, "Fri 2026-10-30 14:00 -0400", "Mon 2026-11-02 13:00 -0500", {HOUR: "Fri 2026-10-30 15:00 -0400", MORNING: "Mon 2026-11-02 09:00 -0500"}, id="the clocks go back meanwhile"),
    pytest.param(LORD_HOWE, "Fri 2026-04-03 14:00 +1100", "Mon 2026-04-06 13:00 +1030", {HOUR: "Fri 2026-04-03 15:00 +1100", MORNING: "Mon 2026-04-06 09:00 +1030"}, id="by half an hour, in the south"),
    pytest.param(SYDNEY, "Fri 2026-10-02 14:00 +1000", "Mon 2026-10-05 13:00 +1100", {HOUR: "Fri 2026-10-02 15:00 +1000", MORNING: "Mon 2026-10-05 09:00 +1100"}, id="southern spring meanwhile"),
    pytest.param(SANTIAGO, "Fri 2026-09-04 14:00 -0400", "Mon 2026-09-07 09:15 -0300", {HOUR: "Fri 2026-09-04 15:00 -0400", MORNING: "Mon 2026-09-07 09:00 -0300"}, id="southern spring in America: a quarter of an hour is left on Monday"),
    pytest.param(SANTIAGO, "Fri 2026-09-04 14:00 -0400", "Mon 2026-09-07 09:14 -0300", {HOUR: "Fri 2026-09-04 15:00 -0400"}, id="a minute less: no morning"),
    pytest.param(KATHMANDU, "Fri 2026-11-20 10:00 +0545", "Fri 2026-11-20 10:30 +0000", {HOUR: "Fri 2026-11-20 11:00 +0545", AFTERNOON: "Fri 2026-11-20 15:00 +0545"}, id="in Kathmandu, due at 16:15 there"),
    pytest.param(HONOLULU, "Thu 2026-11-19 10:00 -1000", "Fri 2026-11-20 16:00 +1300", {HOUR: "Thu 2026-11-19 11:00 -1000", AFTERNOON: "Thu 2026-11-19 15:00 -1000"}, id="a team beyond the date line: 17:00 in Honolulu the day before, no morning"),
    pytest.param(AUCKLAND, "Thu 2026-11-19 10:00 +1300", "Thu 2026-11-19 15:00 -1000", {HOUR: "Thu 2026-11-19 11:00 +1300", AFTERNOON: "Thu 2026-11-19 15:00 +1300", MORNING: "Fri 2026-11-20 09:00 +1300"}, id="and the other way round: Friday 14:00 in Auckland, its morning fits"),
    pytest.param(CAIRO, "Thu 2026-04-23 23:30 +0200", "Fri 2026-04-24 16:30 +0300", {HOUR: "Fri 2026-04-24 01:30 +0300", MORNING: "Fri 2026-04-24 09:00 +0300"}, id="an hour that does not exist lies between"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "now", "due", "expected"), LATER)
def test_later_is_what_still_makes_sense(zone: str, now: str, due: str, expected: dict[Later, str]) -> None:
    known = known_zone(zone)
    assert known is not None
    found = choices(when(now), known, when(due), lambda day: day.weekday() < 5)
    assert found == {choice: when(moment) for choice, moment in expected.items()}


def test_a_morning_is_one_on_which_they_work() -> None:
    known = known_zone(LONDON)
    assert known is not None
    now, due = when("Fri 2026-11-20 15:00 +0000"), when("Wed 2026-11-25 13:00 +0000")
    tuesday = when("Tue 2026-11-24 09:00 +0000")
    assert choices(now, known, due, lambda day: day.weekday() == 1)[MORNING] == tuesday
    assert MORNING not in choices(now, known, due, lambda _day: False)
