"""Plain messages about states to keep and milestones."""

from dataclasses import replace

import pytest

from bot.okr.measures import WHOLE, Keep, Milestone, Step
from bot.okr.replies.echo import echo
from bot.okr.replies.message import parse_reply
from bot.okr.replies.update import ReplyUpdate
from bot.okr.views import AskedKeyResult

STEPS = Milestone((Step(11, "Find a publisher"), Step(12, "Write", 3), Step(15, "Publish")))
UPTIME = AskedKeyResult(1, 1, "Uptime", "%", Keep(low=99), 99.5, 7)
NEW = replace(UPTIME, value=None)
BOOK = AskedKeyResult(2, 2, "English version", "%", STEPS, 20, 6, steps_done=frozenset({11}))
SHIPPED = AskedKeyResult(3, 3, "Shop is open", "%", Milestone(), 0, 5)
ASKED = (UPTIME, BOOK, SHIPPED)


@pytest.mark.parametrize(
    ("text", "update"),
    [
        ("KR1 99.2%", ReplyUpdate(1, 99.2)),
        ("KR1 98.7, confidence 4, the server froze", ReplyUpdate(1, 98.7, 4, "the server froze")),
        ("KR1 same", ReplyUpdate(1, unchanged=True)),
        ("KR2 step 2 done", ReplyUpdate(2, 80, steps=frozenset({11, 12}))),
        ("KR2 step 2", ReplyUpdate(2, 80, steps=frozenset({11, 12}))),
        ("KR2 steps 2 and 3 done", ReplyUpdate(2, 100, steps=frozenset({11, 12, 15}))),
        ("KR2 steps 1, 3, confidence 7", ReplyUpdate(2, 40, 7, steps=frozenset({11, 15}))),
        ("KR2 steps none", ReplyUpdate(2, 0, steps=frozenset())),
        ("KR2 done", ReplyUpdate(2, 100, steps=frozenset({11, 12, 15}))),
        ("KR2 same", ReplyUpdate(2, unchanged=True)),
        (
            "KR3 done, we opened on Monday",
            ReplyUpdate(3, 100, None, "we opened on Monday", steps=frozenset({WHOLE})),
        ),
        ("KR3 confidence 3", ReplyUpdate(3, None, 3)),
    ],
)
def test_what_is_said_of_them(text: str, update: ReplyUpdate) -> None:
    reply = parse_reply(text, ASKED)
    assert reply.updates == (update,)
    assert not reply.problems
    assert parse_reply(echo(update, ASKED), ASKED).updates == (update,)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("KR2 60%", "its steps go from 1 (Find a publisher) to 3"),
        ("KR2 step 4 done", "its steps go from 1 (Find a publisher) to 3"),
        ("KR2 up 5", "its steps go from 1"),
        ("KR3 50%", "it is done or not"),
        ("KR1 done", "it is to be kept, not reached"),
    ],
)
def test_what_cannot_be_said_of_them_says_how_to_write_it(text: str, says: str) -> None:
    reply = parse_reply(text, ASKED)
    assert not reply.updates
    assert says in " ".join([*reply.problems, *(one.sentence for one in reply.doubts)])


@pytest.mark.parametrize("text", ["KR1 same", "KR1 confidence 4", "KR1 up 5", "KR1 the server froze"])
def test_a_state_that_nobody_knows_yet_needs_its_value(text: str) -> None:
    reply = parse_reply(text, (NEW,))
    assert not reply.updates
    said = " ".join([*reply.problems, *(one.sentence for one in reply.doubts)])
    assert "KR1 99 %" in said


def test_its_first_value_can_be_said() -> None:
    assert parse_reply("KR1 99.9%", (NEW,)).updates == (ReplyUpdate(1, 99.9),)
