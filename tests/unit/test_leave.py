"""Which Slack statuses look like leave, which days they cover, and when it is worth asking."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.okr.days.away import Days
from bot.okr.days.leave import days_of, is_worth_asking, last_day, looks_like_leave
from bot.okr.days.status import Status

NOW = datetime(2026, 12, 21, 2, 0, tzinfo=UTC)
"""A Monday; 10:00 in Shanghai."""
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    "text",
    [
        *("Vacationing", "On vacation, back on 3 Jan", "VACATION 🎉", "vacay", "Honeymoon!", "On sabbatical"),
        *("on leave", "On parental leave", "Maternity leave (back in May)", "annual leave until 2 Jan"),
        *("OOO", "ooo, not working", "O.O.O.", "Out of office", "out of the office", "PTO", "time off"),
        *("Day off", "off today", "Off work until Monday", "away until Tuesday", "Out sick", "Sick", "ill"),
        *("holiday", "Summer holidays", "on my holidays", "Bank holiday"),
        *("Urlaub", "Im Urlaub bis 2.1.", "Elternzeit", "krankgeschrieben", "En congé", "vacances", "férias"),
        *("vacaciones", "in ferie", "vakantie", "urlop", "请假中", "年假", "休暇", "휴가"),
    ],
)
def test_words_that_look_like_leave(text: str) -> None:
    assert looks_like_leave(text, "")
    assert looks_like_leave(text, "calendar")


@pytest.mark.parametrize(
    "text",
    [
        *("", "In a meeting", "Commuting", "lunch", "Focus time", "leave it to me", "I never leave"),
        *(
            "working holiday",
            "Working from the beach",
            "WFH",
            "Working remotely",
            "works from home, not sick",
        ),
        *("not on vacation", "no longer on leave", "back from vacation", "Back from my holidays"),
        *("after my vacation", "3 days until vacation", "planning my holidays", "needs a vacation"),
        *("Happy holidays", "holiday party", "Vacation requests to me", "PTO policy", "sick of meetings"),
        *("Covering for Jim on vacation", "nicht im Urlaub", "poto", "Zoo", "photoooo", "semester"),
        "x" * 10_000,
    ],
)
def test_words_that_do_not(text: str) -> None:
    assert not looks_like_leave(text, "")
    assert not looks_like_leave(text, "house_with_garden")


@pytest.mark.parametrize(
    ("text", "emoji", "leave"),
    [
        ("", "palm_tree", True),
        ("Back on 2 January", "palm_tree", True),
        ("", "face_with_thermometer", True),
        ("Working from the beach", "palm_tree", False),
        ("back from vacation", "palm_tree", False),
        ("", "coffee", False),
        ("", "", False),
    ],
)
def test_an_emoji_says_it_unless_the_words_say_otherwise(text: str, emoji: str, leave: bool) -> None:  # noqa: FBT001
    assert looks_like_leave(text, emoji) is leave


def until(when: str, zone: ZoneInfo = SHANGHAI) -> Status:
    return Status("Vacationing", "palm_tree", datetime.fromisoformat(when).replace(tzinfo=zone))


@pytest.mark.parametrize(
    ("when", "zone", "last"),
    [
        ("2027-01-02 23:59", "Asia/Shanghai", date(2027, 1, 2)),
        ("2027-01-03 00:00", "Asia/Shanghai", date(2027, 1, 2)),
        ("2027-01-03 09:00", "Asia/Shanghai", date(2027, 1, 2)),
        ("2027-01-03 11:59", "Asia/Shanghai", date(2027, 1, 2)),
        ("2027-01-03 12:00", "Asia/Shanghai", date(2027, 1, 3)),
        # The same moment is another day elsewhere.
        ("2027-01-03 08:00", "Pacific/Auckland", date(2027, 1, 3)),
        ("2027-01-03 08:00", "America/Los_Angeles", date(2027, 1, 2)),
        ("2027-01-03 02:00", "America/Los_Angeles", date(2027, 1, 1)),
    ],
)
def test_the_last_day_is_one_that_it_covers_half_of_at_least(when: str, zone: str, last: date) -> None:
    """`when` by Shanghai's clock."""
    assert last_day(until(when), ZoneInfo(zone)) == last


def test_the_days_begin_today_on_the_persons_own_calendar() -> None:
    assert days_of(until("2027-01-02 23:59"), SHANGHAI, NOW) == Days(date(2026, 12, 21), date(2027, 1, 2))
    angeles = ZoneInfo("America/Los_Angeles")
    there = days_of(until("2027-01-02 18:00", angeles), angeles, NOW)
    assert there == Days(date(2026, 12, 20), date(2027, 1, 2))


@pytest.mark.parametrize("when", ["2026-12-21 09:00", "2026-12-20 23:59", "2027-07-01 18:00", "2099-01-01"])
def test_what_is_over_or_longer_than_half_a_year_is_no_days_away(when: str) -> None:
    assert days_of(until(when), SHANGHAI, NOW) is None


@pytest.mark.parametrize(
    ("when", "worth"),
    [
        ("2026-12-21 16:29", False),
        ("2026-12-21 16:30", True),
        ("2026-12-22 09:00", True),
        ("2027-01-02 23:59", True),
        ("2028-01-02 23:59", False),
    ],
)
def test_it_is_worth_asking_where_it_outlasts_the_hour_of_the_answer(when: str, worth: bool) -> None:  # noqa: FBT001
    answer_by = datetime(2026, 12, 21, 16, 30, tzinfo=SHANGHAI)
    assert is_worth_asking(until(when), SHANGHAI, NOW, answer_by) is worth


def test_it_is_not_worth_asking_once_it_is_over_however_early_the_answer_was_due() -> None:
    answer_by = datetime(2026, 12, 21, 8, 0, tzinfo=SHANGHAI)
    assert not is_worth_asking(until("2026-12-21 09:30"), SHANGHAI, NOW, answer_by)


def test_a_mark_tells_statuses_apart_and_says_nothing() -> None:
    one = until("2027-01-02 18:00")
    others = [
        Status("Vacation", one.emoji, one.until),
        Status(one.text, "coffee", one.until),
        Status(one.text, one.emoji, one.until + timedelta(days=1)),
    ]
    assert len({one.mark, *(other.mark for other in others)}) == 4
    assert one.mark == Status(one.text, one.emoji, one.until.astimezone(UTC)).mark
    assert len(one.mark) == 64
    assert "acation" not in one.mark
    assert Status("\ud800", "", one.until).mark
