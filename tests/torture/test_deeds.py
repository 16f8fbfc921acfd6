"""What people did, read back; and what they write, as Okra reads it."""

from typing import Any

import pytest

from bot.okr.measures import Move
from bot.okr.replies.message import parse_reply
from bot.okr.views import AskedKeyResult
from bot.practice import Deed
from tests.torture.company import FIRST_FRIDAY
from tests.torture.deeds import answers
from tests.torture.sayings import Sayings, in_words, read

AT = f"{FIRST_FRIDAY}T02:05:00+00:00"
ASKED = [AskedKeyResult(70 + number, number, "Sales", "", Move(0, 1e6), 10_000, 5) for number in (1, 2, 3)]
WORDS = {"channel": "D0", "ts": "1.000100", "text": "KR1 10001\nKR3 10002\nnext: a; b", "thread_ts": None}


def deed(kind: Any, what: dict[str, Any], taken_at: str | None = AT) -> Deed:
    return Deed(0, "U0HANNAH", kind, AT, what, taken_at)


@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize("actions", [(), ("action 1",), ("action 1", "action 2", "action 3")])
def test_what_people_write_is_what_okra_reads(lines: bool, actions: tuple[str, ...]) -> None:  # noqa: FBT001 - a table
    values = {3: 10_001, 1: 10_002}
    text = in_words(values, actions, lines=lines)
    reply = parse_reply(text, ASKED)
    assert {one.number: one.value for one in reply.updates} == values
    assert (reply.actions or (), reply.not_understood) == (actions, ())
    assert read(text).values == values
    assert read(text).actions == (actions or None)


def test_what_is_beside_the_point_is_not_understood() -> None:
    text = Sayings().nonsense()
    assert parse_reply(text, ASKED).not_understood == (text,)
    assert read(text).values == {}


def test_nothing_is_said_twice() -> None:
    sayings = Sayings()
    said = [str(sayings.value()), str(sayings.value()), sayings.action(), sayings.action()]
    assert len(set(said)) == 4


@pytest.mark.parametrize("kind", ["message", "edit"])
def test_words_are_an_answer(kind: str) -> None:
    (answer,) = answers([deed(kind, WORDS)])
    assert (answer.kind, answer.person, answer.on, answer.taken) == (kind, "U0HANNAH", FIRST_FRIDAY, True)
    assert (answer.values, answer.actions) == ({1: 10_001.0, 3: 10_002.0}, ("a", "b"))
    assert (answer.text, answer.channel, answer.ts) == (WORDS["text"], "D0", "1.000100")


def test_a_form_is_an_answer() -> None:
    def field(name: str, value: str | None) -> dict[str, Any]:
        return {name: {name: {"type": "plain_text_input", "value": value}}}

    drove, ten = field("drove:71", "Tea"), field("value:72", "10,000")
    values = {**field("value:71", "10,003"), **ten, **drove, **field("next_actions", "a\nb")}
    shown = {**field("value:71", "10,001"), **ten, **drove, **field("next_actions", "a")}
    what = {"callback_id": "check_in_form", "private_metadata": "{}", "values": values, "shown": shown}
    (answer,) = answers([deed("form", what, None)])
    assert (answer.kind, answer.taken, answer.values) == ("form", False, {71: 10_003.0})
    assert (answer.left, answer.actions) == (frozenset({72}), ("a", "b"))
    (emptied,) = answers([deed("form", what | {"values": values | field("next_actions", None)})])
    assert emptied.actions == ()
    (untouched,) = answers([deed("form", what | {"values": shown})])
    assert (untouched.values, untouched.left, untouched.actions) == ({}, frozenset({71, 72}), None)


def test_a_tap_is_an_answer_if_it_says_that_all_is_unchanged() -> None:
    taps = [deed("tap", {"action": {"action_id": name}}) for name in ("all_unchanged", "check_in_open")]
    assert [answer.kind for answer in answers(taps)] == ["tap"]


def test_everything_else_is_none() -> None:
    others = [deed("command", {"name": "/okr"}), deed("form", {"callback_id": "another", "values": {}})]
    assert answers(others) == []
