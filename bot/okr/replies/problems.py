"""What is said of parts of a reply that cannot be taken: how to write them instead."""

import re
from collections.abc import Collection, Iterable

from bot.okr.defaults import ACTION_LONGEST, ACTIONS_MOST
from bot.okr.measures import Keep, Milestone
from bot.okr.numbers.values import format_exactly, quoted, shortened, write_plainly
from bot.okr.views import AskedKeyResult

NO_ACTION_AFTER_NEXT = "I found no action after “next:”. Write “next: none” if there is none"
TOO_MANY_ACTIONS = f"Up to {ACTIONS_MOST} actions, please: I took the first ones"
WHOSE_CONFIDENCE = "Which one is the confidence for? Write it beside each key result"
NO_REST = "Every key result is named already, so there is no rest"
ASKED_BACK = "Is that your answer? Then write it without the question mark"
TOO_LARGE = "that makes too large a number"

OLDER = "You wrote that message before this check-in, so I did not take it as your answer"
NEWER = "You have answered since you wrote that, so I left your newer answer as it is"
NO_FILES = "I cannot look into files, so please say in words what this one says"

UNKNOWN_CLEARER = "I do not know who “{name}” is. Tap Correct it to choose who can clear the way"
TWO_CLEARERS = "Who can clear the way, “{name}”? Tap Correct it to choose one of them"
SEVERAL_CLEARERS = "I know several people called “{name}”. Tap Correct it to choose who can clear the way"

_LISTED_DONE = re.compile(r"(\d{1,2}(?:\s?,\s?\d{1,2})+)\s+done", re.IGNORECASE)


def value_or_change(words: str, value: float, number: int, *, up: bool) -> str:
    """Words with a sign, such as "-5"."""
    size, here = write_plainly(abs(value)), f"KR{number}"
    way, more = ("up", "more") if up else ("down", "less")
    return (
        f"{quoted(words)} could be a value or a change. Write “{here} {way} {size}” for {size} {more}, "
        f"“{here} at {write_plainly(value)}” for the value"
    )


def change_after_answer(kr: AskedKeyResult) -> str:
    now = _example(kr)
    return f"it has an answer already, {now}. Write the new value instead of a change"


def two_ways(words: str, number: int, values: Iterable[float]) -> str:
    how = " or ".join(f"“KR{number} {_written(one)}”" for one in values)
    return f"{quoted(words)} can be read in two ways. Write {how}"


def which_confidence(words: str) -> str:
    return f"which confidence is it, in {quoted(words)}? Write the one that counts"


def _written(value: float) -> str:
    return f"at {write_plainly(value)}" if value < 0 else write_plainly(value)


def name_or_value(name: str, rest: str, words: str, kr: AskedKeyResult) -> str:
    """Words that begin with a number, its name, and the rest of them."""
    return (
        f"{quoted(words)} can be read in two ways. Write “KR{kr.number} {shortened(rest)}” if {name} "
        f"names the key result, “KR{kr.number} {shortened(words)}” if it is part of the value"
    )


def which_level(words: str, low: int, high: int, kr: AskedKeyResult) -> str:
    return (
        f"“{words}” is a confidence from {low} to {high}; it was {kr.confidence}. "
        f"Which is it now? Write “KR{kr.number} confidence {high}”, say"
    )


def unclear_end(value: str, rest: str, kr: AskedKeyResult) -> str:
    here = f"KR{kr.number}"
    if not rest[0].isalpha():
        return f"{here}: I cannot tell where {quoted(value)} ends. Put a comma, or a line for each key result"
    value = value.removeprefix("is ")
    written = shortened(f"{here} {value}, {rest}")
    return f"{here}: is {shortened(value)} its value? Then put a comma after it: “{written}”"


def two_numbers(second: str, kr: AskedKeyResult) -> str:
    return f"KR{kr.number}: what is {quoted(second)}? Write the value first, then “confidence 7”"


def two_confidences(number: int, first: int, second: str) -> str:
    return f"KR{number}: two confidences, {first} and {second}"


def contradiction(number: int, first: str, second: str) -> str:
    return f"KR{number}: you wrote both {first} and {second}. Write the one that counts"


def no_number(kr: AskedKeyResult, words: str) -> str:
    if isinstance(kr.measure, Milestone):
        said = quoted(words) if words else "that"
        return f"KR{kr.number}: I cannot tell what {said} says of it; {in_steps(kr, kr.measure)}"
    here, example = f"KR{kr.number}", _example(kr)
    found = f"I found no number in {quoted(words)}" if words else "I found no number"
    return f"{here}: {found}. Write it like “{here} {example}”, or “{here} same”"


def no_value_yet(kr: AskedKeyResult) -> str:
    return f"nobody has said its value yet. Write it like “KR{kr.number} {_example(kr)}”"


def in_steps(kr: AskedKeyResult, milestone: Milestone) -> str:
    here = f"KR{kr.number}"
    if not milestone.steps:
        return f"it is done or not. Write “{here} done”, or “{here} same”"
    first, last = milestone.steps[0].title, len(milestone.steps)
    return (
        f"its steps go from 1 ({shortened(first)}) to {last}. Write those that are done, “{here} step 1”, "
        f"or “{here} same”"
    )


def kept_not_reached(kr: AskedKeyResult) -> str:
    return f"it is to be kept, not reached. Write its value, like “KR{kr.number} {_example(kr)}”"


def _example(kr: AskedKeyResult) -> str:
    """Its last value or, where nobody has said one, one that would hold."""
    bounds = (kr.measure.low, kr.measure.high) if isinstance(kr.measure, Keep) else ()
    return format_exactly(next((one for one in (kr.value, *bounds) if one is not None), 0.0), kr.unit)


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
    listed = _LISTED_DONE.fullmatch(words)
    if listed:
        return f"Which ones? Write “done {listed[1]}” for actions, “KR{numbers[0]} done” for a key result"
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
