"""TeeBee drafts its next quarter: what the tests of drafts begin with."""

from datetime import date
from typing import Any

from bot.practice import Message
from bot.slack import ids
from bot.slack.texts import drafts as texts
from tests.services.teebee import CHANNEL
from tests.slack.friday import Friday, quiet

DECEMBER = date(2026, 12, 18)
"""A Friday."""


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
    if actor.view():
        actor.close(everything=True)
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
