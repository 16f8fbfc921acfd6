"""What is said of parts of a reply that cannot be taken: how to write them instead."""

from collections.abc import Collection

from bot.okr.defaults import ACTION_LONGEST
from bot.okr.values import format_exactly, quoted, shortened
from bot.okr.views import AskedKeyResult


def no_number(kr: AskedKeyResult, words: str) -> str:
    here, example = f"KR{kr.number}", format_exactly(kr.value, kr.unit)
    found = f"I found no number in {quoted(words)}" if words else "I found no number"
    return f"{here}: {found}. Write it like “{here} {example}”, or “{here} same”"


def too_long(words: str) -> str:
    return f"An action has up to {ACTION_LONGEST} characters; {quoted(words)} has {len(words)}"


def no_action(number: int, known: Collection[int]) -> str:
    if not known:
        return "You have no open actions. For a key result write it like “KR1 done”"
    return f"There is no action {number} among your open ones; they go from 1 to {max(known)}"


def action_or_key_result(words: str, number: int) -> str:
    return f"{quoted(words)}: write “done {number}” for the action, “KR{number} done” for the key result"


def unclear_numbers(words: str) -> str:
    return f"I cannot tell which numbers in {quoted(words)} are actions. Put a comma between all of them"


def dash(words: str, kr: AskedKeyResult) -> str:
    here = f"KR{kr.number}"
    return f"{here}: is the dash a minus? Write “{here} {words}”, or “{here} at −{words}”"


def which_one(words: str, numbers: list[int]) -> str:
    words = shortened(words)
    first = f"KR{numbers[0]}" if words in map(str, numbers) else f"{numbers[0]}"
    return f"Which one? Write “{first} {words}” or “KR{numbers[1]} {words}”"


def not_asked(number: int, numbers: list[int]) -> str:
    if not numbers:
        return f"There is no KR{number}; nothing is asked of you now"
    names = [f"KR{n}" for n in sorted(numbers)]
    if len(names) > 2 and max(numbers) - min(numbers) == len(numbers) - 1:
        listed = f"{names[0]} to {names[-1]}"
    else:
        listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"There is no KR{number}; you are asked for {listed}"


def reached(kr: AskedKeyResult) -> str:
    return f"Has KR{kr.number} reached its target? Then write “KR{kr.number} done”"


def which_are_same(number: int) -> str:
    return f"Which ones are the same? Write “rest same”, or name them: “KR{number} same”"


def two_closings(number: int) -> str:
    return f"Action {number}: you wrote two things about it. Write the one that counts"
