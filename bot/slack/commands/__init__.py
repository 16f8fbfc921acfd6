"""What may follow `/okr`: a module a subject. A new command is a new `Command` in one of them."""

from collections.abc import Sequence

from bot.slack.commands import (
    aligning,
    away,
    digest,
    drafts,
    exporting,
    helping,
    looking,
    own,
    settings,
    teams,
    writing,
)
from bot.slack.commands.command import Command
from bot.slack.commands.looking import PERSON
from bot.slack.reading.typed import mentioned

COMMANDS: tuple[Command, ...] = (
    *own.COMMANDS,
    *looking.COMMANDS,
    *aligning.COMMANDS,
    *away.COMMANDS,
    *settings.COMMANDS,
    *teams.COMMANDS,
    *drafts.COMMANDS,
    *writing.COMMANDS,
    *digest.COMMANDS,
    *exporting.COMMANDS,
    *helping.COMMANDS,
)


def meant(text: str, commands: Sequence[Command] = COMMANDS) -> tuple[Command, str] | None:
    """The command that a text calls, and what follows its words; the longest of those that fit."""
    typed = " ".join(text.split())
    folded = typed.casefold()
    fitting = [
        (command, words)
        for command in commands
        for words in command.words
        if folded == words or (words and folded.startswith(f"{words} "))
    ]
    if not fitting:
        return None
    command, words = max(fitting, key=lambda one: len(one[1]))
    rest = text.strip()
    for _ in words.split():
        rest = rest.partition(rest.split(maxsplit=1)[0])[2].strip()
    return None if rest and not command.takes_more else (command, rest)


def called_by(text: str) -> tuple[Command | None, str]:
    """The same, with somebody's mention alone as a command, too; None for what is none."""
    called = meant(text)
    if called is None and mentioned(text):
        return PERSON, text
    return called or (None, "")
