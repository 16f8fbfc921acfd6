"""What `/okr help` says, what anything it does not know gets, and short answers to the other commands."""

from collections.abc import Sequence

from bot.slack.blocks.compose import message
from bot.slack.blocks.pages import in_a_row, run_button
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, line, note
from bot.slack.texts import help as said

PROBLEM_MOST = 500
SHORT = 60
"""Characters of what was typed that are said back."""


def usage(problem: str | None = None, search_for: str = "") -> Message:
    """The commands; `problem` is a sentence about what was not understood, which a button searches for."""
    about: list[Line] = [line(note(problem, PROBLEM_MOST))] if problem else [line(said.USAGE_INTRO)]
    groups = [
        [line(bold(heading)), *(line(f"{command} – {meaning}") for command, meaning in commands)]
        for heading, commands in said.USAGE
    ]
    answer = [line(said.USAGE_ANSWER), line(said.USAGE_EXAMPLE)]
    button = run_button(0, said.SEARCH_FOR_IT, f"search {search_for}") if search_for else None
    return message([about, *in_a_row(button), *groups, answer])


def did_you_mean(problem: str, commands: Sequence[str]) -> Message:
    """A button for each command that may have been meant, as it would be typed."""
    row = [
        run_button(number, said.EXACTLY.format(words=words), words) for number, words in enumerate(commands)
    ]
    return message([[line(note(problem, PROBLEM_MOST))], *in_a_row(*row)])


def notice(sentence: str) -> Message:
    """One sentence, such as that check-ins are paused now."""
    return message([[line(note(sentence, PROBLEM_MOST))]])
