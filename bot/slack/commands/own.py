"""`/okr` alone and `/okr history`: one's own."""

from bot.services import history as past
from bot.services import lookups
from bot.slack.blocks.history import history
from bot.slack.blocks.okrs import okrs
from bot.slack.commands.command import Asking, Command
from bot.slack.message import Message
from bot.slack.typed import plain


def mine(asking: Asking, _rest: str) -> Message:
    return okrs(lookups.of_person(asking.database, asking.who, asking.who, asking.now))


def past_weeks(asking: Asking, which: str) -> Message:
    return history(past.of_own(asking.database, asking.who, plain(which), asking.now))


COMMANDS = (Command(("",), mine), Command(("history",), past_weeks, takes_more=True))
