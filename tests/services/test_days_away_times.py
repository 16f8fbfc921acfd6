"""Which day "today" is for somebody who says that they are away, and whether the open check-in passes them by."""

from datetime import date, datetime, time

import pytest

from bot.okr.model import CheckInTimes, Meeting, OwedState
from bot.services.asking import rounds
from bot.services.away import absence
from bot.storage import check_ins, owing
from bot.storage.engine import Database
from tests.services.teebee import FRIDAY, JACK, at, move_in

FIXED, WAITS = CheckInTimes(digest=time(16, 30)), CheckInTimes()
ON_MONDAY = CheckInTimes(meeting=Meeting(0, time(14)))
THURSDAY, SATURDAY = date(2026, 11, 19), date(2026, 11, 21)
AWAY, WAITING = OwedState.AWAY, OwedState.WAITING

# Where Jack is, the hours of his team in Shanghai, when he writes what, the day that is, and what becomes of it.
SAID = [
    pytest.param("Pacific/Auckland", FIXED, at(15), "today", FRIDAY, AWAY, id="Auckland, 20:00 on its Friday: the day of the answer, though its end is over"),
    pytest.param("Pacific/Kiritimati", FIXED, at(16), "today", FRIDAY, AWAY, id="Kiritimati, 22:00 on its Friday"),
    pytest.param("Pacific/Kiritimati", ON_MONDAY, at(18, 30), "today", SATURDAY, AWAY, id="Kiritimati, half past midnight on its Saturday: the answer's day is over, so today counts"),
    pytest.param("Pacific/Kiritimati", ON_MONDAY, at(17, 30), "tomorrow", SATURDAY, WAITING, id="an hour before it is still Friday there, and tomorrow passes nothing by"),
    pytest.param("America/Los_Angeles", FIXED, at(12), "today", THURSDAY, AWAY, id="San Francisco, 20:00 on the Thursday on which it was asked"),
    pytest.param("America/Los_Angeles", FIXED, at(12), "tomorrow", FRIDAY, WAITING, id="its Friday comes after the digest: the check-in still waits"),
    pytest.param("Pacific/Honolulu", WAITS, at(10), "today", THURSDAY, WAITING, id="Honolulu, 16:00 on Thursday: it is asked on its Friday"),
    pytest.param("Pacific/Honolulu", WAITS, at(10), "tomorrow", FRIDAY, AWAY, id="Honolulu, tomorrow is that day"),
    pytest.param("Asia/Kathmandu", FIXED, at(16, 29), "today", FRIDAY, AWAY, id="Kathmandu, a minute before the digest"),
    pytest.param("Asia/Kathmandu", FIXED, at(16, 30), "today", FRIDAY, WAITING, id="with the digest: what it judged as silence stays"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "times", "now", "text", "day", "state"), SAID)
def test_a_day_away_is_one_where_the_person_is(  # noqa: PLR0917 - a table's columns
    database: Database, zone: str, times: CheckInTimes, now: datetime, text: str, day: date, state: OwedState
) -> None:
    move_in(database, times=times, jack_zone=zone)
    for moment in (at(10, day=THURSDAY), at(5), at(10), now):
        rounds.step(database, min(moment, now))
    noted = absence.say(database, JACK, text, now).absence
    assert noted is not None
    assert (noted.starts, noted.ends) == (day, day)
    with database.reading() as connection:
        check_in = check_ins.newest(connection, noted.person_id)
        assert check_in is not None
        assert {one.state for one in owing.in_check_in(connection, check_in.id)} == {state}
