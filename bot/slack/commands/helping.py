"""`/okr help`, and what a text gets that is no command."""

from bot.slack import texts
from bot.slack.blocks.help import SHORT, usage
from bot.slack.commands.command import Asking, Command
from bot.slack.message import Message
from bot.slack.richtext import clip
from bot.slack.typed import plain


def all_commands(_asking: Asking, _rest: str) -> Message:
    return usage()


def not_known(text: str) -> Message:
    return usage(texts.unknown_command(clip(plain(text), SHORT)))


COMMANDS = (Command(("help",), all_commands, takes_more=True),)
