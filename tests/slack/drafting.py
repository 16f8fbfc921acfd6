"""TeeBee drafts its next quarter: what the tests of drafts begin with."""

from datetime import date
from typing import Any

from bot.okr.measures import Move
from bot.okr.model import Cycle, KeyResult, Objective
from bot.practice import Message
from bot.slack import ids
from bot.slack.texts import drafts as texts
from bot.storage import okr_cycles, okrs
from tests.services.teebee import CHANNEL, TeeBee
from tests.slack.friday import Friday, quiet

DECEMBER = date(2026, 12, 18)
"""A Friday."""
NEXT = Cycle(0, "2027 Q1", date(2027, 1, 1), date(2027, 3, 31))


def draft_of(teebee: TeeBee, *, private: bool = False) -> tuple[int, int, int]:
    """A draft with an objective of Hannah's, and a key result of hers and one of Jack's; gives the cycle and
    the key results. With `private`, an objective more that only Jack sees."""
    with teebee.database.transaction() as connection:
        team, hannah, jack = teebee.team.id, teebee.hannah.id, teebee.jack.id
        cycle = okr_cycles.add(connection, NEXT)
        okr_cycles.begin_draft(connection, team, cycle.id)
        aim = okrs.add_objective(
            connection, Objective(0, team, cycle.id, "Hotels ask for our tea by name", hannah)
        )
        mine = okrs.add_key_result(
            connection, KeyResult(0, aim.id, "Hotels that reorder", hannah, Move(4, 20))
        )
        jacks = okrs.add_key_result(
            connection, KeyResult(0, aim.id, "Orders without a call", jack, Move(30, 60), "%", 1)
        )
        if private:
            own = Objective(0, team, cycle.id, "Leave by spring", jack, position=1, private=True)
            secret = okrs.add_objective(connection, own)
            okrs.add_key_result(connection, KeyResult(0, secret.id, "Interviews", jack, Move(0, 5)))
    return cycle.id, mine.id, jacks.id


def shown(friday: Friday, actor: Any, words: str = "") -> str:
    """The form on top in one line, once it says these words."""

    def says() -> str | None:
        text = " ".join(actor.view_screen(width=200).split()) if actor.view() else ""
        return text if words in text else None

    return str(friday.until(says) if words else (friday.until(actor.view) and says()))


def opened(friday: Friday, actor: Any, text: str, words: str = "") -> str:
    """What `/okr` with that text opens."""
    if actor.view():
        actor.close(everything=True)
    outcome = actor.command("/okr", text)
    assert outcome.ok, outcome.error
    return shown(friday, actor, words)


def tapped(friday: Friday, actor: Any, target: Message | None, action_id: str, words: str = "") -> str:
    """What a button opens, or shows in the form that it stands in."""
    assert actor.tap(target, action_id=action_id).ok
    return shown(friday, actor, words)


def answered(friday: Friday, actor: Any, text: str) -> str:
    """What `/okr` with that text says."""
    outcome = actor.command("/okr", text)
    assert outcome.ok, outcome.error
    (reply,) = outcome.messages
    return quiet(reply).text


def said_instead(friday: Friday, actor: Any, message: Message, action_id: str, value: str) -> str:
    """What opens for a button of that name and value, in a message that has another."""
    assert friday.forge(actor, message, ids.DRAFT_COMMENT, value, to_action=action_id).acked
    text = shown(friday, actor)
    actor.close(everything=True)
    return text


def share(friday: Friday) -> Message:
    """Hannah shares the draft; gives the message in the channel."""
    opened(friday, friday.hannah, "draft")
    tapped(friday, friday.hannah, None, ids.DRAFT_SHARE, texts.SHARED_NOW)
    friday.settle()
    friday.hannah.close(everything=True)
    return in_channel(friday)


def in_channel(friday: Friday) -> Message:
    posted = [one for one in friday.hannah.messages(CHANNEL) if not one.is_reply and not one.only_for]
    return quiet(posted[-1])
