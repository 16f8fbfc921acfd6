"""Whose clock counts, and which moment an hour on it is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.days.zones import known_zone, local_moment, team_zone, zone_of
from tests.unit.when import day, hour, person_in, team_in, when

# What people may send as a zone, or have in their Slack profile, that is none.
NO_ZONES = {
    "nothing": None,
    "empty": "",
    "a blank": " ",
    "a place that is none": "Europe/Atlantis",
    "out of the folder": "../x",
    "an absolute path": "/etc/passwd",
    "a null byte": "\x00",
    "half a character": "Europe/\udcff",
    "a folder": "America",
    "a slash at the end": "Europe/London/",
    "a file that is no zone": "tzdata.zi",
    "an endless name": "A" * 5000,
    "the machine's own zone": "localtime",
    "the machine's own rules": "posixrules",
    "a zone with leap seconds": "right/Europe/London",
    "an abbreviation": "CEST",
}


@pytest.mark.parametrize("name", NO_ZONES.values(), ids=NO_ZONES.keys())
def test_what_is_no_zone_is_not_known(name: str | None) -> None:
    assert known_zone(name) is None


@given(st.text())
def test_no_name_whatever_stops_the_bot(name: str) -> None:
    zone = known_zone(name)
    assert zone is None or zone.key == name


@pytest.mark.parametrize("name", ["Europe/London", "America/Argentina/Buenos_Aires", "Asia/Kathmandu", "UTC"])
def test_a_zone_is_known_by_its_name(name: str) -> None:
    assert known_zone(name) == ZoneInfo(name)


@pytest.mark.parametrize(
    ("own", "of_team", "expected"),
    [
        pytest.param("Asia/Shanghai", "Europe/London", "Asia/Shanghai", id="the person's own comes first"),
        pytest.param(None, "Europe/London", "Europe/London", id="none of their own: the team's"),
        pytest.param("Mars/Olympus", "Europe/London", "Europe/London", id="an unknown one: the team's"),
        pytest.param("Mars/Olympus", "Mars/Base", "UTC", id="both unknown: UTC"),
        pytest.param(
            "Asia/Shanghai", "Mars/Base", "Asia/Shanghai", id="only the team's unknown: the person's"
        ),
    ],
)
def test_a_person_lives_in_their_zone_or_the_teams_or_utc(
    own: str | None, of_team: str, expected: str
) -> None:
    assert zone_of(person_in(own), team_in(of_team)) == ZoneInfo(expected)


def test_a_team_of_an_unknown_zone_lives_in_utc() -> None:
    assert team_zone(team_in("Mars/Base")) == ZoneInfo("UTC")
    assert team_zone(team_in("Pacific/Niue")) == ZoneInfo("Pacific/Niue")


# Zone, the day and hour wanted, and the moment that is, in local time with the offset valid then.
MOMENTS = [
    pytest.param("America/New_York", "Fri 2026-11-20", "10:00", "Fri 2026-11-20 10:00 -0500", id="New York, winter"),
    pytest.param("America/New_York", "Fri 2026-07-03", "10:00", "Fri 2026-07-03 10:00 -0400", id="New York, summer"),
    pytest.param("America/New_York", "Sun 2026-03-08", "02:00", "Sun 2026-03-08 03:00 -0400", id="New York, the first minute that does not exist"),
    pytest.param("America/New_York", "Sun 2026-03-08", "02:30", "Sun 2026-03-08 03:00 -0400", id="New York, in the hour that does not exist"),
    pytest.param("America/New_York", "Sun 2026-03-08", "02:59", "Sun 2026-03-08 03:00 -0400", id="New York, the last minute that does not exist"),
    pytest.param("America/New_York", "Sun 2026-03-08", "01:59", "Sun 2026-03-08 01:59 -0500", id="New York, the last minute of winter"),
    pytest.param("America/New_York", "Sun 2026-11-01", "01:30", "Sun 2026-11-01 01:30 -0400", id="New York, the first of two"),
    pytest.param("America/New_York", "Sun 2026-11-01", "02:00", "Sun 2026-11-01 02:00 -0500", id="New York, after both"),
    pytest.param("Europe/London", "Sun 2026-03-29", "01:30", "Sun 2026-03-29 02:00 +0100", id="London, in the hour that does not exist"),
    pytest.param("Europe/London", "Sun 2026-10-25", "01:30", "Sun 2026-10-25 01:30 +0100", id="London, the first of two"),
    pytest.param("Africa/Cairo", "Fri 2026-04-24", "00:00", "Fri 2026-04-24 01:00 +0300", id="Cairo, the midnight that does not exist"),
    pytest.param("Africa/Cairo", "Fri 2026-04-24", "00:30", "Fri 2026-04-24 01:00 +0300", id="Cairo, half past the midnight that does not exist"),
    pytest.param("Africa/Cairo", "Thu 2026-04-23", "23:59", "Thu 2026-04-23 23:59 +0200", id="Cairo, the minute before"),
    pytest.param("Africa/Cairo", "Thu 2026-10-29", "23:30", "Thu 2026-10-29 23:30 +0300", id="Cairo, the first of two on Thursday night"),
    pytest.param("Africa/Cairo", "Fri 2026-10-30", "00:00", "Fri 2026-10-30 00:00 +0200", id="Cairo, the midnight that first fell back to Thursday"),
    pytest.param("Asia/Jerusalem", "Fri 2026-03-27", "02:30", "Fri 2026-03-27 03:00 +0300", id="Jerusalem, a Friday's hour that does not exist"),
    pytest.param("Asia/Jerusalem", "Sun 2026-10-25", "01:30", "Sun 2026-10-25 01:30 +0300", id="Jerusalem, the first of two on a working Sunday"),
    pytest.param("Pacific/Auckland", "Sun 2026-09-27", "02:30", "Sun 2026-09-27 03:00 +1300", id="Auckland, southern spring"),
    pytest.param("Pacific/Auckland", "Sun 2026-04-05", "02:30", "Sun 2026-04-05 02:30 +1300", id="Auckland, southern autumn, the first of two"),
    pytest.param("Australia/Lord_Howe", "Sun 2026-10-04", "02:15", "Sun 2026-10-04 02:30 +1100", id="Lord Howe, in the half hour that does not exist"),
    pytest.param("Australia/Lord_Howe", "Sun 2026-10-04", "02:30", "Sun 2026-10-04 02:30 +1100", id="Lord Howe, just after it"),
    pytest.param("Australia/Lord_Howe", "Sun 2026-04-05", "01:45", "Sun 2026-04-05 01:45 +1100", id="Lord Howe, the first of two"),
    pytest.param("Australia/Lord_Howe", "Fri 2026-07-03", "10:00", "Fri 2026-07-03 10:00 +1030", id="Lord Howe, winter"),
    pytest.param("Pacific/Kiritimati", "Fri 2026-11-20", "10:00", "Thu 2026-11-19 20:00 +0000", id="Kiritimati is on Friday while London has Thursday"),
    pytest.param("Pacific/Pago_Pago", "Fri 2026-11-20", "16:30", "Sat 2026-11-21 03:30 +0000", id="Pago Pago is on Friday while London has Saturday"),
    pytest.param("Pacific/Niue", "Fri 2026-11-20", "10:00", "Fri 2026-11-20 10:00 -1100", id="Niue"),
    pytest.param("Pacific/Apia", "Fri 2026-11-20", "10:00", "Fri 2026-11-20 10:00 +1300", id="Apia, no summer time any more"),
    pytest.param("Asia/Dhaka", "Fri 2026-11-20", "10:00", "Fri 2026-11-20 04:00 +0000", id="Dhaka, without summer time"),
    pytest.param("Pacific/Honolulu", "Fri 2026-11-20", "16:30", "Sat 2026-11-21 02:30 +0000", id="Honolulu is on Friday while London has Saturday"),
    pytest.param("Australia/Sydney", "Sun 2026-10-04", "02:30", "Sun 2026-10-04 03:00 +1100", id="Sydney, southern spring"),
    pytest.param("Australia/Sydney", "Sun 2026-04-05", "02:30", "Sun 2026-04-05 02:30 +1100", id="Sydney, southern autumn, the first of two"),
    pytest.param("America/Santiago", "Sun 2026-09-06", "00:00", "Sun 2026-09-06 01:00 -0300", id="Santiago, the midnight that does not exist"),
    pytest.param("America/Santiago", "Sun 2026-09-06", "00:59", "Sun 2026-09-06 01:00 -0300", id="Santiago, the minute before the change is over"),
    pytest.param("America/Santiago", "Sat 2026-04-04", "23:30", "Sat 2026-04-04 23:30 -0300", id="Santiago, an evening that comes twice: the first"),
    pytest.param("America/Santiago", "Sun 2026-04-05", "00:00", "Sun 2026-04-05 00:00 -0400", id="Santiago, the midnight after it"),
    pytest.param("Asia/Kathmandu", "Fri 2026-11-20", "10:00", "Fri 2026-11-20 04:15 +0000", id="Kathmandu, quarters of an hour"),
    pytest.param("Pacific/Apia", "Fri 2011-12-30", "00:00", "Sat 2011-12-31 00:00 +1400", id="Apia, the start of the day that was left out"),
    pytest.param("Pacific/Apia", "Fri 2011-12-30", "10:00", "Sat 2011-12-31 00:00 +1400", id="Apia, in the day that was left out"),
    pytest.param("Pacific/Apia", "Fri 2011-12-30", "23:59", "Sat 2011-12-31 00:00 +1400", id="Apia, the end of the day that was left out"),
    pytest.param("Pacific/Apia", "Thu 2011-12-29", "23:59", "Thu 2011-12-29 23:59 -1000", id="Apia, the minute before the day that was left out"),
    pytest.param("Pacific/Kwajalein", "Sat 1993-08-21", "10:00", "Sun 1993-08-22 00:00 +1200", id="Kwajalein, another day that was left out"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "on", "at", "expected"), MOMENTS)
def test_an_hour_on_a_clock_is_this_moment(zone: str, on: str, at: str, expected: str) -> None:
    moment = local_moment(day(on), hour(at), ZoneInfo(zone))
    assert moment == when(expected)
    assert moment.tzinfo is UTC


def test_the_second_of_two_is_never_meant() -> None:
    second = time(1, 30, fold=1)
    assert local_moment(date(2026, 10, 25), second, ZoneInfo("Europe/London")) == when(
        "Sun 2026-10-25 01:30 +0100"
    )


# Each zone with days on which its clocks change, and one on which they do not.
CHANGES = {
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "America/St_Johns": (date(2006, 4, 2), date(2006, 10, 29)),  # at 00:01, then
    "Africa/Cairo": (date(2026, 4, 24), date(2026, 10, 29), date(2026, 10, 30)),
    "Asia/Jerusalem": (date(2026, 3, 27), date(2026, 10, 25)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Pacific/Auckland": (date(2026, 4, 5), date(2026, 9, 27)),
    "Pacific/Apia": (date(2011, 12, 29), date(2011, 12, 30), date(2011, 12, 31)),
    "Pacific/Kiritimati": (date(2026, 11, 20),),
}
CLOCK_DAYS = [(zone, on) for zone, days in CHANGES.items() for on in days]


@given(
    st.sampled_from(CLOCK_DAYS),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_the_moment_is_the_first_at_which_the_clock_has_come_so_far(
    clock: tuple[str, date], at: time
) -> None:
    zone, wanted = ZoneInfo(clock[0]), datetime.combine(clock[1], at)
    moment = local_moment(wanted.date(), at, zone)
    earlier = (moment - timedelta(minutes=back) for back in range(1, 27 * 60))
    assert moment.astimezone(zone).replace(tzinfo=None) >= wanted
    assert all(other.astimezone(zone).replace(tzinfo=None) < wanted for other in earlier)
    assert moment.second == 0


@given(st.sampled_from(CLOCK_DAYS), st.times(), st.times())
def test_a_later_hour_is_never_an_earlier_moment(clock: tuple[str, date], one: time, other: time) -> None:
    sooner, later = sorted((one, other))
    zone = ZoneInfo(clock[0])
    assert local_moment(clock[1], sooner, zone) <= local_moment(clock[1], later, zone)
