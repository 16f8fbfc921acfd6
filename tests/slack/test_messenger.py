"""Deliveries, drawn from the freshest state and handed to the practice Slack over real HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.charts import tree as tree_charts
from bot.charts.progress import draw
from bot.files.team_files import write
from bot.okr.actions import NewAction
from bot.okr.answers import CheckInAnswers, KeyResultAnswer
from bot.practice import PracticeSlack
from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.sending import asks
from bot.services.sending.messenger import NotSent, Refused
from bot.slack import texts
from bot.slack.client import web_client
from bot.slack.history import METADATA_EVENT
from bot.slack.sending.messenger import SlackMessenger
from bot.slack.sending.uploads import Makers
from bot.storage import deliveries, tables
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database, open_database
from tests.services.teebee import CHANNEL, HANNAH, JACK, TeeBee, at, move_in

NO_HURRY = float("inf")


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    with PracticeSlack() as running:
        for slack_id, name in ((HANNAH, "Hannah"), (JACK, "Jack")):
            running.add_person(name, id=slack_id)
        running.add_channel("okrs", id=CHANNEL, members=[HANNAH, JACK])
        yield running


def messenger(database: Database, slack: PracticeSlack) -> SlackMessenger:
    makers = Makers(draw, tree_charts.draw, write)
    return SlackMessenger(database, web_client(slack.bot_token, slack.url), lambda: at(11), makers)


def asked(database: Database) -> TeeBee:
    teebee = move_in(database)
    rounds.step(database, at(10))
    return teebee


def delivery(kind: str, address: str, **subject: Any) -> Delivery:
    return Delivery(
        id=1,
        key="k",
        kind=kind,
        subject=subject,
        due_at=datetime(2026, 11, 20, tzinfo=UTC),
        parent_id=None,
        address=address,
        state="sending",
        attempts=1,
        nonce="random",
        tried_at=None,
        lease_until=None,
        channel=None,
        ts=None,
        thread_ts=None,
        unreadable=False,
        error=None,
    )


def test_what_is_posted_carries_nothing_but_a_random_id(database: Database, slack: PracticeSlack) -> None:
    teebee = asked(database)
    prompt = delivery(asks.PROMPT, JACK, check_in=teebee.check_in_id(teebee.jack))
    posted = messenger(database, slack).post(prompt, begin_by=NO_HURRY)
    (message,) = slack.person(JACK).messages()
    assert (posted.channel, posted.ts, posted.more) == (message.channel, message.ts, False)
    assert posted.channel.startswith("D")
    assert message.metadata == {"event_type": METADATA_EVENT, "event_payload": {"id": "random"}}
    (call,) = [one for one in slack.records if one.get("method") == "chat.postMessage"]
    assert str(call["payload"]["unfurl_links"]) in {"0", "false", "False"}
    assert str(call["payload"]["unfurl_media"]) in {"0", "false", "False"}


def test_each_kind_is_drawn_and_can_be_drawn_anew(database: Database, slack: PracticeSlack) -> None:
    teebee = asked(database)
    check_in = teebee.check_in_id(teebee.jack)
    rounds.step(database, at(16, 30))
    with database.reading() as connection:
        digest = deliveries.by_key(connection, asks.digest_key(1))
    assert digest is not None
    for one, words in (
        (delivery(asks.PROMPT, JACK, check_in=check_in), "3 key results"),
        (delivery(asks.REMINDER, JACK, check_in=check_in), "Reminder"),
        (delivery(asks.RECEIPT, JACK, check_in=check_in, not_understood=["hm"]), "hm"),
        (delivery(asks.DIGEST, CHANNEL, round=digest.subject["round"], page=0), "0 of 2 answered"),
    ):
        posted = messenger(database, slack).post(one, begin_by=NO_HURRY)
        channel = CHANNEL if one.kind == asks.DIGEST else None
        assert words in slack.person(JACK).messages(channel)[-1].text
        there = replace(one, channel=posted.channel, ts=posted.ts)
        assert messenger(database, slack).update(there, begin_by=NO_HURRY) == posted
        (call,) = [each for each in slack.records if each.get("method") == "chat.update"][-1:]
        assert call["response"]["ok"]


def test_what_does_not_fit_follows_in_the_thread(database: Database, slack: PracticeSlack) -> None:
    teebee = asked(database)
    for person, slack_id in ((teebee.hannah, HANNAH), (teebee.jack, JACK)):
        answers = tuple(KeyResultAnswer(one, 0, 0, "because " * 370) for one in teebee.of(person))
        long_actions = tuple(NewAction(f"{number} {'x' * 280}") for number in range(3))
        check_in = CheckInAnswers(teebee.check_in_id(person), answers, long_actions)
        checkins.record(database, slack_id, check_in, at(11))
    rounds.step(database, at(16, 30))
    first = messenger(database, slack).post(
        delivery(asks.DIGEST, CHANNEL, round=1, page=0), begin_by=NO_HURRY
    )
    assert first.more
    second = replace(delivery(asks.DIGEST, CHANNEL, round=1, page=1), thread_ts=first.ts)
    messenger(database, slack).post(second, begin_by=NO_HURRY)
    assert [one.is_reply for one in slack.person(JACK).messages(CHANNEL)] == [False, True]


def test_a_page_that_a_late_answer_made_needless_says_so(database: Database, slack: PracticeSlack) -> None:
    teebee = asked(database)
    rounds.step(database, at(16, 30))
    page = delivery(asks.DIGEST, CHANNEL, round=1, page=1)
    posted = messenger(database, slack).post(page, begin_by=NO_HURRY)
    assert "SILENT Phone calls" in slack.person(JACK).messages(CHANNEL)[-1].text  # the sixth to talk about
    for person, slack_id, values in (
        (teebee.hannah, HANNAH, (70, 50, 250_000)),
        (teebee.jack, JACK, (80, 8, 20)),
    ):
        checkins.record(database, slack_id, teebee.answers(person, *values), at(17))
    there = replace(page, channel=posted.channel, ts=posted.ts)
    assert messenger(database, slack).update(there, begin_by=NO_HURRY) == posted
    assert slack.person(JACK).messages(CHANNEL)[-1].text == texts.NO_SUCH_PAGE
    messenger(database, slack).post(page, begin_by=NO_HURRY)  # asked for, and needless before it was posted
    assert slack.person(JACK).messages(CHANNEL)[-1].text == texts.NO_SUCH_PAGE


@pytest.mark.parametrize(
    ("kind", "subject", "said"),
    [
        ("letter", {}, "no such kind of message: letter"),
        (asks.PROMPT, {"check_in": 999}, "no check-in 999"),
        (asks.PROMPT, {}, "KeyError"),
        (asks.DIGEST, {"round": 999, "page": 0}, "LookupError"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    database: Database, slack: PracticeSlack, kind: str, subject: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        messenger(database, slack).post(delivery(kind, JACK, **subject), begin_by=NO_HURRY)
    assert slack.person(JACK).messages() == []


def test_what_was_never_posted_cannot_be_updated(database: Database, slack: PracticeSlack) -> None:
    teebee = asked(database)
    with pytest.raises(Refused, match="never posted"):
        messenger(database, slack).update(
            delivery(asks.PROMPT, JACK, check_in=teebee.check_in_id(teebee.jack)), begin_by=NO_HURRY
        )


def test_what_took_too_long_to_draw_is_not_said_any_more(database: Database, slack: PracticeSlack) -> None:
    teebee = asked(database)
    prompt = delivery(asks.PROMPT, JACK, check_in=teebee.check_in_id(teebee.jack))
    posted = messenger(database, slack).post(prompt, begin_by=NO_HURRY)
    there = replace(prompt, channel=posted.channel, ts=posted.ts)
    with pytest.raises(NotSent, match="too long"):
        messenger(database, slack).post(prompt, begin_by=0)
    with pytest.raises(NotSent, match="too long"):
        messenger(database, slack).update(there, begin_by=0)
    (stands,) = slack.person(JACK).messages()
    assert stands.edited_ts is None


def test_a_message_that_is_gone_is_refused(database: Database, slack: PracticeSlack) -> None:
    teebee = asked(database)
    prompt = delivery(asks.PROMPT, JACK, check_in=teebee.check_in_id(teebee.jack))
    posted = messenger(database, slack).post(prompt, begin_by=NO_HURRY)
    with pytest.raises(Refused, match="message_not_found"):
        messenger(database, slack).update(
            replace(prompt, channel=posted.channel, ts="1.000100"), begin_by=NO_HURRY
        )


def test_without_a_database_it_is_tried_again_later(tmp_path: Path, slack: PracticeSlack) -> None:
    broken = open_database(f"sqlite:///{tmp_path}")  # a folder is no database
    with pytest.raises(NotSent, match="the database could not be read"):
        messenger(broken, slack).post(delivery(asks.PROMPT, JACK, check_in=1), begin_by=NO_HURRY)
    broken.close()


def test_a_digest_without_objectives_is_refused(database: Database, slack: PracticeSlack) -> None:
    asked(database)
    with database.transaction() as connection:
        connection.execute(sa.update(tables.objectives).values(dropped_at=at(12)))
    with pytest.raises(Refused, match="no objectives"):
        messenger(database, slack).post(delivery(asks.DIGEST, CHANNEL, round=1, page=0), begin_by=NO_HURRY)
