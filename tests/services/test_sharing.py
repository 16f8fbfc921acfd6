"""Sharing an answer: asked for once, and only sent while whoever shares it still may."""

import pytest

from bot.services.looking_up import sharing
from bot.services.looking_up.sharing import Outcome, Wish
from bot.services.sending import asks
from bot.services.sending.messenger import Refused
from bot.storage import deliveries
from bot.storage.engine import Database
from tests.services import sending
from tests.services.teebee import CHANNEL, JACK, JIM, Notebook, at, move_in
from tests.services.test_lookups import make_guest

WISH = Wish(CHANNEL, "team", "1.1")


@pytest.mark.parametrize(
    ("who", "wish", "outcome"),
    [
        (JIM, WISH, Outcome.COMING),
        ("U0NOBODY01", WISH, Outcome.GUEST),
        (JIM, Wish("D1", "team", "1.1"), Outcome.NOWHERE),
        (JIM, Wish("", "team", "1.1"), Outcome.NOWHERE),
    ],
)
def test_who_may_share_where(database: Database, who: str, wish: Wish, outcome: Outcome) -> None:
    move_in(database)
    assert sharing.share(database, who, wish, at(11)) is outcome


def test_another_answer_of_the_same_reply_is_another_message(database: Database) -> None:
    move_in(database)
    notebook = Notebook()
    for wish in (WISH, WISH, Wish(CHANNEL, "company", "1.1"), Wish(CHANNEL, "team", "1.2")):
        sharing.share(database, JACK, wish, at(11))
    sending.run(database, notebook, at(11))
    assert [one.subject["words"] for one in notebook.posted] == ["team", "company", "team"]
    assert sharing.share(database, JACK, WISH, at(12)) is Outcome.THERE


def test_whoever_is_a_guest_by_then_shares_nothing(database: Database) -> None:
    teebee = move_in(database)
    sharing.share(database, JACK, WISH, at(11))
    make_guest(teebee, JACK)
    notebook = Notebook()
    sending.run(database, notebook, at(11))
    assert notebook.posted == []


def test_what_slack_refuses_is_told_to_whoever_shared_it_and_may_be_shared_again(database: Database) -> None:
    move_in(database)
    sharing.share(database, JACK, WISH, at(11))
    notebook = Notebook(trouble=[Refused("not_in_channel")])
    sending.run(database, notebook, at(11))
    (told,) = notebook.posted
    assert (told.kind, told.address) == (asks.NOT_SHARED, JACK)
    refused = sharing.load_refused(database, told.subject["delivery"])
    assert (refused.channel, refused.error) == (CHANNEL, "not_in_channel")
    assert sharing.share(database, JACK, WISH, at(12)) is Outcome.COMING
    sending.run(database, notebook, at(12))
    assert notebook.said[-1] == (asks.SHARED, CHANNEL)
    with database.reading() as connection:
        assert deliveries.in_states(connection, ["failed"]) == []


def test_one_that_was_shared_meanwhile_is_not_told_of(database: Database) -> None:
    teebee = move_in(database)
    sharing.share(database, JACK, WISH, at(11))
    with database.transaction() as connection:
        (shared,) = deliveries.in_states(connection, ["pending"])
        sharing.tell_refused(connection, shared, at(11))
    notebook = Notebook()
    sending.run(database, notebook, at(11))
    assert notebook.to(asks.NOT_SHARED) == []
    assert teebee.jack.slack_id == JACK
