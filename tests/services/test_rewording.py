"""Several messages name actions and thanks side by side; an edit says its own message's anew."""

from bot.okr.replies.problems import TOO_MANY_ACTIONS
from bot.services.answering import checkins
from bot.services.sending import asks
from bot.storage import thanks
from bot.storage.engine import Database
from tests.services.saying import kept, opened, say, ts
from tests.services.teebee import FRIDAY, JACK, TeeBee, at


def prompted(database: Database) -> TeeBee:
    teebee = opened(database)
    teebee.sent(asks.prompt_key(teebee.jack.id, FRIDAY), at(10), ts=ts(at(10)))
    return teebee


def actions(teebee: TeeBee) -> list[str]:
    return list(teebee.actions_of(teebee.jack))


def thanked(teebee: TeeBee) -> list[str]:
    with teebee.database.reading() as connection:
        return [one.words for one in thanks.of_check_ins(connection, [teebee.check_in_id(teebee.jack)])]


def test_actions_of_another_message_are_added(database: Database) -> None:
    teebee = prompted(database)
    say(teebee, "1 52\nnext: first thing")
    say(teebee, "next: second thing", said_at=at(11, 1))
    say(teebee, "next: KR1: third; first thing", said_at=at(11, 2))
    assert actions(teebee) == ["first thing", "second thing", "third"]
    told = say(teebee, "next: a fourth", said_at=at(11, 3))
    assert actions(teebee) == ["first thing", "second thing", "third"]
    assert (told["problems"], kept(teebee)) == ([TOO_MANY_ACTIONS], ("a fourth",))


def test_an_edit_replaces_the_actions_of_its_message_in_their_place(database: Database) -> None:
    teebee = prompted(database)
    say(teebee, "1 52; next: frist; both")
    say(teebee, "next: second; both", said_at=at(11, 1))
    say(teebee, "1 52; next: first", said_at=at(11, 2), edited=ts(at(11)))
    assert actions(teebee) == ["first", "both", "second"]
    say(teebee, "1 53", said_at=at(11, 3), edited=ts(at(11)))
    assert actions(teebee) == ["both", "second"]


def test_an_edit_leaves_what_a_form_said_since(database: Database) -> None:
    teebee = prompted(database)
    say(teebee, "next: a")
    checkins.record(database, JACK, teebee.answers(teebee.jack, 64, actions=("form",)), at(11, 5))
    say(teebee, "next: late", said_at=at(11, 4), now=at(11, 6), edited=ts(at(11)))
    assert actions(teebee) == ["form"]
    say(teebee, "next: b", said_at=at(11, 7), edited=ts(at(11)))
    assert actions(teebee) == ["form", "b"]


def test_none_clears_the_actions_of_all_messages(database: Database) -> None:
    teebee = prompted(database)
    say(teebee, "next: a")
    say(teebee, "next: b", said_at=at(11, 1))
    say(teebee, "next: none", said_at=at(11, 2))
    assert actions(teebee) == []


def test_an_edit_replaces_the_thanks_of_its_message(database: Database) -> None:
    teebee = prompted(database)
    say(teebee, "1 52; thanks Hannah for C")
    say(teebee, "thanks Jim for D; thanks Hannah for E", said_at=at(11, 1))
    say(teebee, "1 52; thanks Hannah for CC; thanks Hannah for E", said_at=at(11, 2), edited=ts(at(11)))
    assert set(thanked(teebee)) == {"Hannah for CC", "Jim for D", "Hannah for E"}
    say(teebee, "1 52", said_at=at(11, 3), edited=ts(at(11)))
    assert set(thanked(teebee)) == {"Jim for D", "Hannah for E"}
