"""Catching up: from where on people's direct messages are read."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.services.answering.catching_up import Missed
from bot.services.asking import rounds
from bot.services.away import pausing
from bot.services.sending import asks
from bot.storage.engine import Database
from bot.storage.inbox import Arrival
from tests.services.history import HANNAHS, JACKS, History, catching_up, hear, prompted, said
from tests.services.other_teams import add_round
from tests.services.saying import opened, ts
from tests.services.teebee import FRIDAY, HANNAH, JACK, at, move_in, week_later

THURSDAY = FRIDAY - timedelta(days=1)


def read_since(database: Database) -> dict[str, str]:
    """Which known channels it reads, and from when on."""
    return {one.channel: one.since for one in all_read(database) if one.channel}


def all_read(database: Database) -> list[Missed]:
    history = History()
    catching_up(database, history).run()
    return history.read


def test_who_was_never_heard_is_read_from_our_first_message_to_them(database: Database) -> None:
    teebee = opened(database)
    jacks, hannahs = prompted(teebee), prompted(teebee, who=HANNAH, minute=2)
    teebee.sent(asks.reminder_key(teebee.jack.id, FRIDAY), at(15), ts=ts(at(15)), channel=JACKS)
    assert read_since(database) == {JACKS: jacks, HANNAHS: hannahs}


@pytest.mark.parametrize(
    ("heard", "since"),
    [
        ((), at(10, 1)),
        ((said(30),), at(10, 1)),  # there may be more in the prompt's thread, or between
        ((said(30, who=HANNAH),), at(10, 1)),
    ],
)
def test_it_is_read_from_the_prompt_on_however_much_was_heard_since(
    database: Database, heard: tuple[Arrival, ...], since: datetime
) -> None:
    teebee = opened(database)
    prompted(teebee)
    hear(database, *heard)
    assert read_since(database) == {JACKS: ts(since)}


def test_it_is_read_from_what_was_heard_before_the_prompt_on(database: Database) -> None:
    """Last week, or before the round had opened."""
    teebee = opened(database)
    prompted(teebee)
    rounds.step(database, at(16, 30))
    hear(database, said(5), said(3))
    rounds.step(database, week_later(at(10)))
    prompted(teebee, on=week_later(at(10)).date())
    assert read_since(database) == {JACKS: ts(at(11, 5))}


def test_of_several_open_check_ins_the_earliest_prompt_counts(database: Database) -> None:
    teebee = opened(database)
    with database.transaction() as connection:
        add_round(connection, teebee, THURSDAY)
    prompted(teebee)
    thursdays = prompted(teebee, on=THURSDAY)
    hear(database, said(30))
    assert read_since(database) == {JACKS: thursdays}


def test_a_prompt_that_did_not_go_out_yet_changes_nothing(database: Database) -> None:
    teebee = opened(database)
    prompted(teebee)
    hear(database, said(30))
    with database.transaction() as connection:
        add_round(connection, teebee, THURSDAY)
    assert read_since(database) == {JACKS: ts(at(10, 1))}


def test_who_was_never_written_to_is_read_from_a_week_before_they_are_asked(database: Database) -> None:
    """Their prompt may be on its way, or got lost; or they are asked nothing, and may answer all the same."""
    teebee = move_in(database)
    pausing.pause(database, HANNAH, at(9))
    rounds.step(database, at(10))
    week_before = f"{datetime(2026, 11, 13, tzinfo=UTC).timestamp():.6f}"
    assert sorted(all_read(database), key=lambda one: one.slack_id) == [
        Missed(HANNAH, None, week_before),
        Missed(JACK, None, week_before),
    ]
    prompted(teebee)
    assert sorted(all_read(database), key=lambda one: one.slack_id) == [
        Missed(HANNAH, None, week_before),
        Missed(JACK, JACKS, ts(at(10, 1))),
    ]


def test_nobody_is_read_who_can_answer_nothing(database: Database) -> None:
    teebee = opened(database)
    prompted(teebee)
    with database.transaction() as connection:
        connection.execute(sa.text("UPDATE rounds SET state = 'closed'"))
    assert all_read(database) == []
