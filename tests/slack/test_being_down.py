"""The bot was down: what people said is taken up, what was missed is skipped, nobody gets a stale prompt."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from bot.okr.model import RoundState
from bot.practice import Fault, PracticeSlack
from bot.slack import texts
from bot.storage import inbox, rounds, tables
from bot.storage.engine import Database
from tests.services.teebee import FRIDAY, HANNAH, JACK, TeeBee, at, move_in
from tests.slack.friday import Clock, Friday, at_work, seen_in, teebees_slack

NEXT_FRIDAY = FRIDAY + timedelta(weeks=1)


def url_of(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


@contextmanager
def up(slack: PracticeSlack, clock: Clock, database: Database, now: datetime) -> Iterator[Friday]:
    """The bot from that moment to the end of the block, its heart having beaten once."""
    clock.now = now
    with at_work(slack, clock, url_of(database)) as okra:
        okra.beat()
        friday = seen_in(slack, okra, clock)
        friday.until(okra.catching_up.began.is_set)
        friday.settle()
        yield friday


@pytest.fixture
def outside() -> Iterator[tuple[PracticeSlack, Clock]]:
    """Slack goes on when the bot is down; it does not send an event a second time."""
    clock = Clock(at(9))
    with teebees_slack(clock, redelivery=()) as slack:
        yield slack, clock


def states(database: Database) -> dict[date, RoundState]:
    with database.reading() as connection:
        return {one.date: one.state for one in rounds.newest(connection, 1, limit=100)}


def first_friday(slack: PracticeSlack, clock: Clock, database: Database) -> TeeBee:
    """Everybody is prompted at ten, and then the bot goes down."""
    teebee = move_in(database)
    clock.now = at(10)
    with at_work(slack, clock, url_of(database)) as okra:
        okra.tick(clock.now)
    return teebee


# --- what people said ----------------------------------------------------------------------------------


def test_what_was_said_meanwhile_is_answered_once(
    outside: tuple[PracticeSlack, Clock], database: Database
) -> None:
    slack, clock = outside
    teebee = first_friday(slack, clock, database)
    jack, hannah = slack.person(JACK), slack.person(HANNAH)
    clock.now = at(11)
    jack.say("1 62; next: call the five")
    prompt = jack.messages()[0]
    jack.say("2 7.5", thread_ts=prompt.ts)
    said = jack.say("3 41")
    clock.now = at(11, 30)
    jack.edit(said, "3 42")
    hannah.say("gibberish")
    with up(slack, clock, database, at(12)) as friday:
        assert [teebee.said(one)[-1].value for one in teebee.of(teebee.jack)] == [62, 7.5, 42]
        assert teebee.actions_of(teebee.jack) == {"call the five": False}
        assert len(friday.said_to(friday.jack)) == 1 + 3
        assert texts.NOTHING_UNDERSTOOD in friday.heard(friday.hannah, "gibberish").text
    for hour in (13, 14):  # each start reads again
        with up(slack, clock, database, at(hour)) as friday:
            assert len(friday.said_to(friday.jack)) == 1 + 3
            assert len(friday.said_to(friday.hannah)) == 1 + 1


def test_an_edit_is_said_after_what_was_said_before_it_though_its_message_is_older(
    outside: tuple[PracticeSlack, Clock], database: Database
) -> None:
    slack, clock = outside
    teebee = first_friday(slack, clock, database)
    jack = slack.person(JACK)
    for minute, text in ((0, "1 62; 2 7; next: older"), (1, "1 63; next: newer")):
        clock.now = at(11, minute)
        said = jack.say(text)
        if minute == 0:
            first = said
    clock.now = at(11, 2)
    jack.edit(first, "1 64; next: newest")
    with up(slack, clock, database, at(12)) as friday:
        assert [one.value for one in teebee.said(teebee.of(teebee.jack)[0])] == [63, 64]
        assert teebee.said(teebee.of(teebee.jack)[1]) == []
        assert list(teebee.actions_of(teebee.jack)) == ["newer", "newest"]
        assert len(friday.said_to(jack)) == 1 + 2


def test_who_wrote_although_their_prompt_never_came_is_answered_too(
    outside: tuple[PracticeSlack, Clock], database: Database
) -> None:
    slack, clock = outside
    move_in(database)
    with at_work(slack, clock, url_of(database)) as okra:
        slack.set_faults(lambda *_: Fault(perform=False, body={"ok": False, "error": "user_disabled"}))
        clock.now = at(10)
        okra.tick(clock.now)
        slack.set_faults(None)
    slack.person(JACK).say("1 62")
    with up(slack, clock, database, at(11)) as friday:
        friday.heard(friday.jack, "62 %")


def test_a_history_that_cannot_be_had_at_first_is_waited_for_before_a_round_closes(
    outside: tuple[PracticeSlack, Clock], database: Database
) -> None:
    slack, clock = outside
    teebee = first_friday(slack, clock, database)
    slack.person(JACK).say("1 62")
    refused = iter([True, True])
    broken = Fault(perform=False, body={"ok": False, "error": "internal_error"})
    slack.set_faults(
        lambda method, _: broken if method == "conversations.history" and next(refused, False) else None
    )
    with up(slack, clock, database, at(10, day=NEXT_FRIDAY)):
        assert [one.value for one in teebee.said(teebee.of(teebee.jack)[0])] == [62]


def test_what_was_written_down_before_the_end_is_handled_before_a_round_closes(
    outside: tuple[PracticeSlack, Clock], database: Database
) -> None:
    slack, clock = outside
    teebee = first_friday(slack, clock, database)
    said = inbox.Arrival("Ev1", inbox.MESSAGE, JACK, inbox.stamp(at(11)), {"text": "1 62"}, "D1")
    with database.transaction() as connection:
        inbox.take_in(connection, said, at(11))
    with up(slack, clock, database, at(10, day=NEXT_FRIDAY)):
        assert [one.value for one in teebee.said(teebee.of(teebee.jack)[0])] == [62]


def test_an_edit_of_what_had_been_heard_is_taken_up_too(
    outside: tuple[PracticeSlack, Clock], database: Database
) -> None:
    slack, clock = outside
    teebee = first_friday(slack, clock, database)
    jack = slack.person(JACK)
    with up(slack, clock, database, at(11)) as friday:
        said = jack.say("1 62")
        friday.heard(jack, "62 %")
    clock.now = at(12)
    jack.edit(said, "1 63")
    for _ in range(2):
        with up(slack, clock, database, at(13)) as friday:
            assert [one.value for one in teebee.said(teebee.of(teebee.jack)[0])] == [62, 63]
            assert len(friday.said_to(jack)) == 3


def test_what_comes_as_an_event_after_it_was_read_is_the_same(
    outside: tuple[PracticeSlack, Clock], database: Database
) -> None:
    slack, clock = outside
    first_friday(slack, clock, database)
    jack = slack.person(JACK)
    said = jack.say("1 62")
    with up(slack, clock, database, at(12)) as friday:
        friday.jack.edit(said, "1 63")
        friday.heard(jack, "63 %")
        for number in (0, -1):  # the message, and its edit
            friday.again(number)
        friday.settle()
        assert len(friday.said_to(jack)) == 3


def test_answers_to_last_weeks_prompt_count_for_last_week_although_the_next_one_is_due(
    outside: tuple[PracticeSlack, Clock], database: Database
) -> None:
    slack, clock = outside
    teebee = first_friday(slack, clock, database)
    first = teebee.of(teebee.jack)[0]
    clock.now = at(11)
    slack.person(JACK).say("1 62")
    with up(slack, clock, database, at(10, day=NEXT_FRIDAY)) as friday:
        friday.settle()
        assert [one.value for one in teebee.said(first)] == [62]
        assert teebee.said(first, NEXT_FRIDAY) == []
        assert states(database)[NEXT_FRIDAY] is RoundState.OPEN


# --- what was missed -----------------------------------------------------------------------------------

TUESDAY = date(2026, 11, 24)


def test_down_from_thursday_to_tuesday(outside: tuple[PracticeSlack, Clock], database: Database) -> None:
    slack, clock = outside
    move_in(database)
    with at_work(slack, clock, url_of(database)) as okra:
        clock.now = at(18, day=date(2026, 11, 19))
        okra.beat()
    with capture_logs() as log, up(slack, clock, database, at(9, day=TUESDAY)) as friday:
        assert states(database) == {FRIDAY: RoundState.SKIPPED}
        assert slack.conversations() == {} or not any(slack.conversations().values())
        assert "TeeBee: skipped the round of 2026-11-20" in {one.get("did") for one in log}
        clock.now = at(10, day=NEXT_FRIDAY)
        friday.okra.beat()
        friday.settle()
        assert states(database)[NEXT_FRIDAY] is RoundState.OPEN
        assert [len(friday.said_to(one)) for one in (friday.jack, friday.hannah)] == [1, 1]


@pytest.mark.parametrize("weeks", [3, 5])
def test_down_for_weeks_in_the_middle_of_a_friday(
    outside: tuple[PracticeSlack, Clock], database: Database, weeks: int
) -> None:
    """The round that was open is closed, its digest not posted; those between are skipped; today's opens."""
    slack, clock = outside
    first_friday(slack, clock, database)
    today = FRIDAY + timedelta(weeks=weeks)
    with capture_logs() as log, up(slack, clock, database, at(11, day=today)) as friday:
        expected = {FRIDAY: RoundState.CLOSED, today: RoundState.OPEN}
        between = {FRIDAY + timedelta(weeks=one): RoundState.SKIPPED for one in range(1, weeks)}
        assert states(database) == expected | between
        old, new = friday.said_to(friday.jack)
        assert texts.CLOSED in old.text
        assert "answer by 16:30" in new.text
        assert friday.hannah.messages("#okrs") == []
        did = {one.get("did") for one in log}
        assert {f"TeeBee: skipped the round of {on}" for on in between} <= did
        assert f"TeeBee: closed the round of {FRIDAY}" in did


def test_down_for_a_year_nobody_is_asked_anything(
    outside: tuple[PracticeSlack, Clock], database: Database
) -> None:
    slack, clock = outside
    first_friday(slack, clock, database)
    slack.person(JACK).say("1 62")
    with up(slack, clock, database, at(11, day=FRIDAY + timedelta(weeks=52))) as friday:
        friday.heard(friday.jack, "62 %")
        assert [one.text for one in friday.said_to(friday.hannah) if "Reminder" in one.text] == []
        with database.reading() as connection:
            sent = sa.select(tables.deliveries.c.kind).where(tables.deliveries.c.state == "sent")
            kinds = set(connection.execute(sent).scalars())
        assert "reminder" not in kinds
