"""Still wanted? What has happened since a message was asked for decides; and what asks for which."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
import sqlalchemy as sa

from bot.okr.days.later import Later
from bot.okr.model import CheckInTimes, Meeting, Profile, RoundState
from bot.services.answering import checkins
from bot.services.asking import later, rounds
from bot.services.away import pausing
from bot.services.sending import asks
from bot.services.sending.wanted import is_wanted
from bot.storage import check_ins, deliveries, people, sending
from bot.storage import rounds as stored
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database
from bot.storage.tables import deliveries as table
from tests.services.teebee import FRIDAY, JACK, JIM, TeeBee, at, move_in, week_later

Happened = Callable[[TeeBee], None]


def _asked_for(teebee: TeeBee, key: str) -> Delivery:
    with teebee.database.reading() as connection:
        found = deliveries.by_key(connection, key)
    assert found is not None
    return found


def _is_wanted(teebee: TeeBee, delivery: Delivery, now: datetime) -> bool:
    with teebee.database.reading() as connection:
        return is_wanted(connection, delivery, now)


def _prompt_key(teebee: TeeBee) -> str:
    return asks.prompt_key(teebee.jack.id, FRIDAY)


def _nothing(_teebee: TeeBee) -> None:
    pass


def _answered(teebee: TeeBee) -> None:
    checkins.record(teebee.database, JACK, teebee.answers(teebee.jack, 52, 7, 41), at(10, 30))


def _answered_in_part(teebee: TeeBee) -> None:
    checkins.record(teebee.database, JACK, teebee.answers(teebee.jack, 52), at(10, 30))


def _paused(teebee: TeeBee) -> None:
    pausing.pause(teebee.database, JACK, at(10, 30))


def _back_again(teebee: TeeBee) -> None:
    _paused(teebee)
    pausing.resume(teebee.database, JACK, at(10, 40))


def _left_the_company(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        people.learn(connection, Profile(JACK, "Jack", active=False))


def _digest_posted_early(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        stored.move(connection, 1, RoundState.DIGESTED, of=[RoundState.OPEN])


def _prompt_sent(hour: int, minute: int = 0) -> Happened:
    def happened(teebee: TeeBee) -> None:
        with teebee.database.transaction() as connection:
            prompt = deliveries.by_key(connection, _prompt_key(teebee))
            assert prompt is not None
            sending.mark_sent(connection, prompt.id, channel="D1", ts="1.0001", at=at(hour, minute))

    return happened


@pytest.mark.parametrize(
    ("happened", "now", "expected"),
    [
        (_nothing, at(10), True),
        (_nothing, at(16, 29), True),
        (_nothing, at(16, 30), False),  # an answer would be late already
        (_nothing, week_later(at(10)), False),  # the bot was down
        (_digest_posted_early, at(16, 29), True),  # an answer is still on time
        (_answered, at(11), False),
        (_answered_in_part, at(11), True),
        (_paused, at(11), False),
        (_back_again, at(11), True),
        (_left_the_company, at(11), False),
    ],
)
def test_a_prompt_is_wanted_while_something_waits_for_an_answer_in_time(
    database: Database, happened: Happened, now: datetime, *, expected: bool
) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    happened(teebee)
    assert _is_wanted(teebee, _asked_for(teebee, _prompt_key(teebee)), now) is expected


@pytest.mark.parametrize(
    ("sent", "happened", "now", "expected"),
    [
        (_prompt_sent(10), _nothing, at(15), True),
        (_prompt_sent(10), _answered, at(15), False),
        (_prompt_sent(10), _nothing, at(16, 30), False),
        (_prompt_sent(14), _nothing, at(15), True),
        (_prompt_sent(14, 1), _nothing, at(15), False),  # it was late: an hour is the least
        (_prompt_sent(14, 1), _nothing, at(15, 1), True),
        (_nothing, _nothing, at(15), False),  # the prompt itself has not gone out
    ],
)
def test_a_reminder_is_wanted_once_the_prompt_has_rested(
    database: Database, sent: Happened, happened: Happened, now: datetime, *, expected: bool
) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    sent(teebee)
    happened(teebee)
    reminder = _asked_for(teebee, asks.reminder_key(teebee.jack.id, FRIDAY))
    assert _is_wanted(teebee, reminder, now) is expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (_prompt_sent(14, 30), True),
        (_prompt_sent(14, 35), True),
        (_prompt_sent(14, 36), False),  # late: nobody is reminded of what came just now
    ],
)
def test_a_team_may_have_its_reminder_less_than_an_hour_after_a_prompt_in_time(
    database: Database, sent: Happened, *, expected: bool
) -> None:
    teebee = move_in(database, times=CheckInTimes(prompt=time(14, 30), remind=time(15), digest=time(16, 30)))
    rounds.step(database, at(14, 30))
    sent(teebee)
    reminder = _asked_for(teebee, asks.reminder_key(teebee.jack.id, FRIDAY))
    assert _is_wanted(teebee, reminder, at(15)) is expected


@pytest.mark.parametrize("kind", [asks.PROMPT, asks.REMINDER])
def test_nothing_is_wanted_for_a_check_in_that_is_not_there(database: Database, kind: str) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        deliveries.ask(connection, key=kind, kind=kind, subject={"check_in": 99}, address=JACK, due_at=at(10))
    assert not _is_wanted(teebee, _asked_for(teebee, kind), at(10))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (RoundState.OPEN, False),
        (RoundState.DIGESTED, True),
        (RoundState.CLOSED, False),  # the next round has opened: its day is over
        (RoundState.SKIPPED, False),
    ],
)
def test_a_digest_is_wanted_until_the_next_round_opens(
    database: Database, state: RoundState, *, expected: bool
) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    rounds.step(database, at(16, 30))
    with database.transaction() as connection:
        stored.move(connection, 1, state, of=list(RoundState))
    assert _is_wanted(teebee, _asked_for(teebee, asks.digest_key(1)), at(17)) is expected


def test_a_digest_of_a_round_that_is_not_there_makes_no_sense(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        deliveries.ask(
            connection, key="digest", kind=asks.DIGEST, subject={"round": 9}, address=JIM, due_at=at(10)
        )
    with pytest.raises(LookupError, match="no round 9"):
        _is_wanted(teebee, _asked_for(teebee, "digest"), at(10))


def test_a_reply_is_always_wanted(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        asks.receipt(connection, teebee.jack, "words:1", {"check_in": None}, at(10))
        asks.receipt(connection, teebee.jack, "words:1", {"check_in": 1}, at(11))
    reply = _asked_for(teebee, "receipt:words:1")
    assert (reply.address, reply.subject, reply.due_at) == (JACK, {"check_in": None}, at(10))
    assert _is_wanted(teebee, reply, week_later(at(10)))


# --- asking --------------------------------------------------------------------------------------------


def test_a_prompt_that_one_team_had_no_need_of_is_wanted_again_by_the_next(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    prompt = _asked_for(teebee, _prompt_key(teebee))
    with database.transaction() as connection:
        connection.execute(sa.update(table).where(table.c.id == prompt.id).values(state="dropped"))
        check_in = check_ins.find(connection, prompt.subject["check_in"])
        assert check_in is not None
        asks.prompt(connection, check_in, teebee.jack)
    assert _asked_for(teebee, _prompt_key(teebee)).state == "pending"


def test_an_answer_makes_stale_what_shows_it_and_nothing_else(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    rounds.step(database, at(16, 30))
    with database.transaction() as connection:
        connection.execute(sa.update(table).values(state="sent", stale_since=None, waited_for=False))
    _answered(teebee)
    with database.reading() as connection:
        rows = connection.execute(sa.select(table).where(table.c.stale_since.is_not(None))).all()
    # Whoever answers looks at their own messages; the digest may rest.
    assert {row.key: row.waited_for for row in rows} == {
        _prompt_key(teebee): True,
        asks.reminder_key(teebee.jack.id, FRIDAY): True,
        asks.digest_key(1): False,
    }


def test_only_a_reply_is_waited_for_from_the_start(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    rounds.step(database, at(16, 30))
    with database.transaction() as connection:
        asks.receipt(connection, teebee.jack, "words:1", {"check_in": None}, at(10))
        asks.trouble(connection, _asked_for(teebee, asks.digest_key(1)), at(17))
        rows = connection.execute(sa.select(table.c.kind, table.c.waited_for).distinct()).all()
    assert {row.kind: row.waited_for for row in rows} == {
        asks.PROMPT: False,
        asks.REMINDER: False,
        asks.DIGEST: False,
        asks.NOTICE: False,
        asks.RECEIPT: True,
    }


def test_a_reminder_comes_before_ones_own_answer_hour_or_where_one_chose_so(database: Database) -> None:
    """However late an answer is still on time: this digest is due on Monday."""
    teebee = move_in(database, times=CheckInTimes(digest=None, meeting=Meeting(0, time(12))))
    rounds.step(database, at(10))
    _prompt_sent(10)(teebee)
    reminder = _asked_for(teebee, asks.reminder_key(teebee.jack.id, FRIDAY))
    assert [_is_wanted(teebee, reminder, at(*hour)) for hour in ((16, 29), (16, 30))] == [True, False]
    later.put_off(database, JACK, teebee.check_in_id(teebee.jack), Later.MORNING, at(14))
    assert _is_wanted(teebee, reminder, at(9, day=date(2026, 11, 23)))
