"""What `/okr help` says, what anything it does not know gets, and short answers to the other commands."""

from bot.slack import texts
from bot.slack.blocks.compose import message
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, line, note

PROBLEM_MOST = 500
SHORT = 60
"""Characters of what was typed that are said back."""


def usage(problem: str | None = None) -> Message:
    """The commands; `problem` is a sentence about what was not understood."""
    about: list[Line] = [line(note(problem, PROBLEM_MOST))] if problem else [line(texts.USAGE_INTRO)]
    commands = [line(bold(command), f" – {meaning}") for command, meaning in texts.USAGE]
    answer = [line(texts.USAGE_ANSWER), line(texts.USAGE_EXAMPLE)]
    return message([about, commands, answer])


def notice(sentence: str) -> Message:
    """One sentence, such as that check-ins are paused now."""
    return message([[line(note(sentence, PROBLEM_MOST))]])
