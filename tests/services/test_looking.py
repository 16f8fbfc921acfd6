"""Do not disturb: what waits for the end of somebody's quiet hours, what does not, and what is never asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.okr.days.later import Later
from bot.okr.days.quiet import Quiet
from bot.okr.model import CheckInTimes
from bot.services.answering import checkins
from bot.services.asking import later, rounds
from bot.services.sending import asks, pacing
from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.services.sending.pacing import UNPACED, Call, Limits
from bot.storage import check_ins
from bot.storage.engine import Database, real_now
from tests.services import sending
from tests.services.teebee import FRIDAY, HANNAH, JACK, Notebook, TeeBee, at, move_in

YESTERDAY = date(2026, 11, 19)


@dataclass
class Wishes:
    """Fulfils `bot.services.sending.quiet_hours.QuietHours`, and notes whom it was asked about."""

    of_whom: Mapping[str, Quiet] = field(default_factory=dict)
    trouble: Exception | None = None
    most: int = 50
    asked: list[list[str]] = field(default_factory=list)

    def of(self, slack_ids: Sequence[str]) -> Mapping[str, Quiet]:
        self.asked.append(list(slack_ids))
        if self.trouble:
            raise self.trouble
        return {one: wish for one, wish in self.of_whom.items() if one in slack_ids}


def jack_wants(start: datetime, end: datetime) -> Wishes:
    return Wishes({JACK: Quiet(start, end)})


def tick(teebee: TeeBee, wishes: Wishes, now: datetime, limits: Limits = UNPACED) -> list[str]:
    """One heartbeat; the keys of what Jack and Hannah have been sent by then."""
    rounds.step(teebee.database, now)
    sending.run(teebee.database, Notebook(), now, limits=limits, quiet_hours=wishes)
    return sent(teebee.database)


def sent(database: Database) -> list[str]:
    states = sending.states(database, {asks.PROMPT, asks.REMINDER})
    return sorted(key.partition(":2026")[0] for key, state in states.items() if state == "sent")


@pytest.fixture
def teebee(database: Database) -> TeeBee:
    return move_in(database)


def keys(teebee: TeeBee) -> tuple[str, str, str]:
    """Hannah's prompt, Jack's prompt and Jack's reminder, as `sent` gives them."""
    jack = teebee.jack.id
    return f"prompt:{teebee.hannah.id}", f"prompt:{jack}", f"reminder:{jack}"


@pytest.mark.parametrize(
    ("start", "end", "at_ten", "at_end"),
    [
        # Over midnight, and it ends in time.
        (at(22, day=YESTERDAY), at(11), False, True),
        (at(22, day=YESTERDAY), at(10, 0), True, True),  # its end is not included
        (at(10, 0), at(10, 1), False, True),  # its beginning is
        (at(10, 1), at(11), True, True),
        (at(9), at(16, 15), False, True),  # a quarter of an hour is left to answer in
        (at(9), at(16, 16), True, True),  # too late to be of use: as if nothing were
        (at(9), at(9, day=date(2026, 11, 21)), True, True),
    ],
)
def test_a_prompt_waits_for_the_end_if_that_leaves_time(
    teebee: TeeBee, start: datetime, end: datetime, *, at_ten: bool, at_end: bool
) -> None:
    hannahs, jacks, _ = keys(teebee)
    wishes = jack_wants(start, end)
    assert tick(teebee, wishes, at(10)) == sorted([hannahs, *([jacks] if at_ten else [])])
    if not at_ten:
        assert jacks not in tick(teebee, wishes, end - timedelta(minutes=1))
        assert (jacks in tick(teebee, wishes, end)) is at_end
    assert wishes.asked[0] == sorted([HANNAH, JACK])


@pytest.mark.parametrize(
    ("start", "end", "becomes"),
    [
        (at(14), at(15), "sent"),
        (at(15), at(15, 1), "put off"),
        (at(14), at(16, 15), "put off"),
        (at(14), at(16, 16), "dropped"),
        (at(14), at(23), "dropped"),
        (at(15, 1), at(16), "sent"),
    ],
)
def test_a_reminder_waits_or_is_not_said_at_all(
    teebee: TeeBee, start: datetime, end: datetime, becomes: str
) -> None:
    _, jacks, reminder = keys(teebee)
    wishes = jack_wants(start, end)
    assert jacks in tick(teebee, wishes, at(10))
    assert (reminder in tick(teebee, wishes, at(15))) is (becomes == "sent")
    if becomes == "put off":
        assert reminder not in tick(teebee, wishes, end - timedelta(minutes=1))
        assert reminder in tick(teebee, wishes, end)
    else:
        assert (reminder in tick(teebee, wishes, at(16, 29))) is (becomes == "sent")


@pytest.mark.parametrize(
    ("zone", "quiet_until", "waits"),
    [
        # Ten o'clock in each zone. The digest comes at 16:30 in Shanghai, or, for Los Angeles, on Monday.
        ("Pacific/Auckland", time(16, 15), True),
        ("Pacific/Auckland", time(16, 16), False),
        ("Asia/Shanghai", time(16, 15), True),
        ("Asia/Shanghai", time(16, 16), False),
        ("America/Los_Angeles", time(16, 15), True),
        ("America/Los_Angeles", time(16, 16), False),
    ],
)
def test_it_waits_until_a_quarter_of_an_hour_before_the_persons_own_answer_hour(
    database: Database, zone: str, quiet_until: time, *, waits: bool
) -> None:
    teebee = move_in(database, times=CheckInTimes(), jack_zone=zone)
    ten, end = (datetime.combine(FRIDAY, hour, ZoneInfo(zone)) for hour in (time(10), quiet_until))
    rounds.step(database, min(ten, at(10)))
    wishes = jack_wants(ten - timedelta(hours=12), end)
    assert (keys(teebee)[1] in tick(teebee, wishes, ten)) is not waits
    assert keys(teebee)[1] in tick(teebee, wishes, end)


def test_a_prompt_that_was_put_off_takes_its_reminder_along_only_if_that_comes_well_after(
    teebee: TeeBee,
) -> None:
    _, jacks, reminder = keys(teebee)
    wishes = jack_wants(at(9), at(15, 30))
    tick(teebee, wishes, at(10))
    assert jacks not in tick(teebee, wishes, at(15))
    assert jacks in tick(teebee, wishes, at(15, 30))
    assert reminder not in tick(teebee, wishes, at(16, 29))


def test_a_reminder_that_they_asked_for_comes_when_they_said(teebee: TeeBee) -> None:
    wishes = Wishes()
    tick(teebee, wishes, at(10))
    assert later.put_off(teebee.database, JACK, teebee.check_in_id(teebee.jack), Later.HOUR, at(10, 5))
    wishes.of_whom = {JACK: Quiet(at(10), at(12))}
    assert keys(teebee)[2] in tick(teebee, wishes, at(11, 5))


def test_a_reminder_that_is_put_back_to_its_hour_heeds_quiet_hours_again(teebee: TeeBee) -> None:
    reminder, wishes = keys(teebee)[2], Wishes()
    tick(teebee, wishes, at(10))
    check_in = teebee.check_in_id(teebee.jack)
    assert later.put_off(teebee.database, JACK, check_in, Later.HOUR, at(10, 5))
    assert later.as_usual(teebee.database, JACK, check_in, at(10, 10))
    wishes.of_whom = {JACK: Quiet(at(14), at(15, 30))}
    assert reminder not in tick(teebee, wishes, at(15, 29))
    assert reminder in tick(teebee, wishes, at(15, 30))


def test_everybody_is_looked_up_together_and_once_a_message(teebee: TeeBee) -> None:
    wishes = Wishes()
    for hour in (10, 11, 12, 15, 16):
        tick(teebee, wishes, at(hour))
    assert wishes.asked == [[HANNAH, JACK], [HANNAH, JACK]]


def test_many_are_looked_up_in_as_many_calls_as_it_takes(teebee: TeeBee) -> None:
    wishes = Wishes(most=1)
    assert len(tick(teebee, wishes, at(10))) == 2
    assert sorted(wishes.asked) == [[HANNAH], [JACK]]


def test_whoever_has_answered_is_not_looked_up(teebee: TeeBee) -> None:
    wishes = Wishes()
    tick(teebee, wishes, at(10))
    checkins.record(teebee.database, JACK, teebee.answers(teebee.jack, 52, 7, 41), at(11))
    tick(teebee, wishes, at(15))
    assert wishes.asked[1:] == [[HANNAH]]


@pytest.mark.parametrize(
    ("trouble", "seconds"),
    [
        (Refused("missing_scope (needed: dnd:read)"), 3600),
        (NotSent("ratelimited", retry_after=30), 30),
        (NotSent("no way there"), 60),
        (Unsure("no answer"), 60),
        (AttributeError("an odd answer"), 3600),
    ],
)
def test_trouble_delays_nothing_and_is_not_repeated(
    teebee: TeeBee, trouble: Exception, seconds: float
) -> None:
    wishes = jack_wants(at(9), at(12))
    wishes.trouble = trouble
    assert len(tick(teebee, wishes, at(10))) == 2
    assert len(tick(teebee, wishes, at(15))) == 4
    assert len(wishes.asked) == 1
    blocked = sending.blocked_until(teebee.database)["quiet"] - sending.clock(teebee.database)
    assert seconds - 20 < blocked.total_seconds() <= seconds


def test_where_the_pace_does_not_allow_a_look_messages_go_out_without(teebee: TeeBee) -> None:
    wishes = jack_wants(at(9), at(12))
    rounds.step(teebee.database, at(10))
    sending.block(teebee.database, Call.QUIET, 60)
    assert len(tick(teebee, wishes, at(10))) == 2
    assert wishes.asked == []


@pytest.mark.parametrize(
    ("now", "quiet_until", "waits"),
    [
        (at(10), at(16, 15), True),
        (at(16, 14), at(16, 15), True),
        (at(16, 15), at(16, 16), False),  # a quarter of an hour before the answer is due
    ],
)
def test_whom_the_pace_does_not_reach_at_once_waits_for_it_as_long_as_there_is_time_to_answer(
    database: Database, now: datetime, quiet_until: datetime, *, waits: bool
) -> None:
    teebee = move_in(database, times=CheckInTimes())
    rounds.step(database, now)
    # One more than go at once: the next one goes in a third of a second, or, where nobody is to wait, in three.
    quiets, spent = (190, 20) if waits else (20, 3)
    wishes, limits = jack_wants(at(9), quiet_until), Limits(quiets=quiets, one_channel=timedelta(0))
    spend(database, limits, spent)
    assert (keys(teebee)[1] in tick(teebee, wishes, now, limits)) is not waits
    assert wishes.asked == ([[HANNAH, JACK]] if waits else [])


def spend(database: Database, limits: Limits, looks: int) -> None:
    with database.transaction() as connection:
        clock = real_now(connection)
        pacing.wait(connection, limits, Call.QUIET, real_now=clock)
        for _ in range(looks):
            pacing.spend(connection, limits, Call.QUIET, real_now=clock)


def test_a_sender_that_died_over_a_look_holds_the_messages_up_for_a_lease_only(teebee: TeeBee) -> None:
    wishes = jack_wants(at(9), at(11))
    wishes.trouble = KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        tick(teebee, wishes, at(10))
    wishes.trouble = None
    assert tick(teebee, wishes, at(10)) == []
    sending.pass_time(teebee.database, sending.LEASE)
    assert tick(teebee, wishes, at(10)) == [keys(teebee)[0]]
    assert keys(teebee)[1] in tick(teebee, wishes, at(11))


def test_another_teams_round_asks_anew_and_does_not_wake_anybody(teebee: TeeBee) -> None:
    wishes = jack_wants(at(9), at(12))
    tick(teebee, wishes, at(10))
    with teebee.database.transaction() as connection:
        check_in = check_ins.newest(connection, teebee.jack.id)
        assert check_in is not None
        asks.prompt(connection, check_in, teebee.jack)
    assert keys(teebee)[1] not in tick(teebee, wishes, at(10, 30))
    assert keys(teebee)[1] in tick(teebee, wishes, at(12))
