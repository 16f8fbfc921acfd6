"""`/okr help`, and what a text gets that is no command."""

from collections.abc import Sequence

from bot.okr.finding.nearest import nearest
from bot.slack.blocks.help import SHORT, did_you_mean, usage
from bot.slack.commands.command import Asking, Command
from bot.slack.message import Message
from bot.slack.reading.typed import plain
from bot.slack.richtext import clip
from bot.slack.texts.help import NEAREST, UNKNOWN


def all_commands(_asking: Asking, _rest: str) -> Message:
    return usage()


def not_known(text: str, commands: Sequence[Command]) -> Message:
    """The nearest commands, each with what was typed behind it where it takes that; else all there are."""
    typed = clip(plain(text), SHORT)
    takes = {words: one.takes_more for one in commands for words in one.words if words}
    meant = nearest(text, takes)
    if not meant:
        return usage(UNKNOWN.format(typed=typed), text)
    exactly = (f"{one.words} {one.rest}".strip() if takes[one.words] else one.words for one in meant)
    return did_you_mean(NEAREST.format(typed=typed), tuple(exactly))


COMMANDS = (Command(("help",), all_commands, takes_more=True),)
