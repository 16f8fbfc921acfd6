"""What the coach reads out of a title's words: how many there are, whether it begins with something to be
made, whether it counts activities.

The word lists are English; a title in another language is counted at most. Where words may be meant in two
ways nothing is found: a remark that is wrong costs more than one that is missing.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.okr.defaults import OBJECTIVE_WORDS_LEAST, OBJECTIVE_WORDS_MOST
from bot.okr.quality.lists import (
    ACTIVITIES,
    ACTIVITY_GOES_ON,
    AIMS,
    AMOUNTS,
    CHANGED,
    DEEDS,
    DETERMINERS,
    EVENTS,
    NO_OBJECT,
    NO_VERBS,
    NOUN_ENDINGS,
    NUMBERS,
    OFTEN,
    OTHERS,
    OUTPUT_FORMS,
    OUTPUT_PHRASES,
    OUTPUTS,
    PLAIN_OUTPUTS,
    PREPOSITIONS,
    TAUGHT,
    THINGS,
)
from bot.okr.typed import typed

_LONGEST = 1000
"""Characters of a title that are read; no title that is kept is nearly as long."""
_EMOJI = re.compile(r"(?<!\S):[\w+\-']+:(?!\S)|\d\ufe0f?\u20e3")
_LABEL = re.compile(
    r"""^\W*(?:(?:
      (?:objective|goal|aim|target|key\ result|o|kr)\s*\d{1,2}\s*(?:[:.)–—]|-\s)
    | \d{1,2}\s*[.):]
    )\s*(?=\D))+""",
    re.IGNORECASE | re.VERBOSE,
)
"""A number that its author gave the title: "KR1:", "Goal 2 – ", "3.", "O1: "."""
_LEAD = re.compile(
    r"^\W*(?:(?:we|i)\s+)?(?:(?:will|shall|must|(?:want|plan|aim|try|strive|need|hope|intend)\s+to|to"
    r"|let's|let\s+us|help(?:\s+(?:us|to))?|successfully|finally|fully|quickly|jointly)\s+)*",
    re.IGNORECASE,
)
"""What people put before the verb that counts, hedges too."""
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts that set no spaces between words: Chinese, Japanese, Thai and their like."""
_VIETNAMESE = re.compile("[ơưƠƯ\u1ea0-\u1ef9]")
"""It sets a space after each syllable."""
_BEFORE_MOST = 6
"""So many words may stand before an activity: "Hold at least 20 good customer meetings"."""
_PLURAL_OF = {word: plural for plural in ACTIVITIES for word in (plural, ACTIVITIES[plural])}


def plain_title(title: str) -> str:
    """In one way of writing (bot/okr/typed.py), without emoji and the number that its author gave it."""
    return _LABEL.sub("", typed(_EMOJI.sub(" ", title[:_LONGEST])).plain)


def too_short(title: str) -> bool:
    """Never where words are not spaced, or take fewer spaces than in English (Arabic, Korean, Hindi …)."""
    count = _count(title)
    unspaced = any(unicodedata.category(char) == "Lo" for char in title)
    return count is not None and 0 < count < OBJECTIVE_WORDS_LEAST and not unspaced


def too_long(title: str) -> bool:
    count = _count(title)
    return count is not None and count > OBJECTIVE_WORDS_MOST


def output_verb(title: str) -> str:
    """The verb, as it is written, by which an objective is something to be made or done ("Launch", "Set up").

    "" where there is none, or where it is no more than the way to a change that the title names: "Launch the
    shop so that …", "Build trust with …"."""
    words = _words(_LEAD.sub("", plain_title(title)))
    lower = [word.lower() for word in words]
    length = 2 if tuple(lower[:2]) in OUTPUT_PHRASES else 1
    after = [*lower[length:], ""][0]
    if not (_takes_object(after) if length > 1 else _is_output(lower, after)):
        return ""
    if _has_aim(lower[length:]) or has_purpose(words[length:]):
        return ""
    return " ".join(words[:length])


def _is_output(lower: Sequence[str], after: str) -> bool:
    verb = OUTPUT_FORMS.get(lower[0]) if lower else None
    if verb == "hold":
        event = not EVENTS.isdisjoint(lower)  # neither the line nor a lead
        return event and (lower[0] == "hold" or _takes_object(after))
    if after in ("and", "or"):
        return verb == lower[0] and [*lower, ""][2] in OUTPUT_FORMS
    if verb in PLAIN_OUTPUTS and verb == lower[0]:
        return after not in NO_OBJECT
    return verb is not None and _takes_object(after)


def _takes_object(after: str) -> bool:
    """Whether what follows tells a verb from a noun: "Launching the …", "Draft two …"; but "Shipping feels
    easy", "Draft beer"."""
    return after in DETERMINERS or after in NUMBERS or after.isdigit()


def _has_aim(lower: Sequence[str]) -> bool:
    """Whether a word says what will have changed (trust, loyalty), and is not what a thing is called by (a
    loyalty card)."""
    return any(
        word in AIMS and (here + 1 == len(lower) or lower[here + 1] not in THINGS)
        for here, word in enumerate(lower)
    )


def has_purpose(words: Sequence[str]) -> bool:
    """Whether they say what for: "so that …", "to learn …", but not "to customers" or "to build …"."""
    lower = [word.lower() for word in words]
    for here, (word, after) in enumerate(pairwise(lower)):
        if word == "so" and after not in ("far", "many", "much"):
            return True
        if word == "because" or (word, after) in (("leading", "to"), ("resulting", "in")):
            return True
        if word == "to" and _may_be_verb(words[here + 1]):
            return True
    return False


def _may_be_verb(word: str) -> bool:
    """Whether a word after "to" may be a verb that names a purpose; things are not one."""
    lower = word.lower()
    plural = lower.endswith("s") and not lower.endswith(("ss", "us"))
    noun = plural or lower.endswith(NOUN_ENDINGS) or lower in NO_VERBS or lower in DETERMINERS | NUMBERS
    return word == lower and word.isalpha() and not noun and lower not in OUTPUTS


@dataclass(frozen=True, slots=True)
class Activity:
    """A volume of work that a title counts."""

    plural: str
    """ "calls", "hours of teaching"."""
    deed: bool
    """It is said to be done ("Hold …", "More …") or begins with how many: no measure has to tell that."""
    many: bool
    """The title says how many, or how often."""
    several: bool
    """In the plural."""


def activity(title: str) -> Activity | None:
    """What a key result's title counts of what people do, without saying what for. Calls that come in, are
    answered or become something are none of it."""
    words = _words(_LEAD.sub("", plain_title(title)))
    lower = [word.lower() for word in words]
    start, end, plural = _find_activity(lower)
    if not plural:
        return None
    before, after = lower[:start], lower[end:]
    if len(before) > 1 and before[0] in AMOUNTS and before[1] == "of":
        before = before[2:]
    if len(before) > _BEFORE_MOST or not PREPOSITIONS.isdisjoint(before) or not CHANGED.isdisjoint(before):
        return None
    deed = bool(before) and (before[0] in DEEDS or _is_number(before[0]))
    if after and after[0] not in (ACTIVITY_GOES_ON | PREPOSITIONS if deed else ACTIVITY_GOES_ON):
        return None
    if has_purpose(words[end:]) or not (CHANGED | OTHERS).isdisjoint(after):
        return None
    numbered = any(_is_number(word) for word in before)
    return Activity(
        plural,
        deed=deed,
        many=numbered or not OFTEN.isdisjoint(lower),
        several=lower[end - 1] == plural or "hours" in plural,
    )


def counts_activities(unit: str) -> bool:
    """Whether a unit may count them: none, "calls", "a week", "meetings a month"; not "%", "pts" or "¥"."""
    lower = [word.lower() for word in re.split(r"[\s/]+", unit.strip()) if word]
    return all(word in _PLURAL_OF or word in OFTEN or word in ("a", "an", "hours", "h") for word in lower)


def _find_activity(lower: Sequence[str]) -> tuple[int, int, str]:
    """From where to where the first one stands, and its plural; "" where there is none."""
    for here, word in enumerate(lower):
        if word in ("hours", "hour"):
            of, what = [*lower[here + 1 :], "", ""][:2]
            if of == "of" and what in TAUGHT:
                return here, here + 3, f"hours of {what}"
            if here and lower[here - 1] in TAUGHT:
                return here - 1, here + 1, f"{lower[here - 1]} hours"
    for here, word in enumerate(lower):
        if word in _PLURAL_OF:
            return here, here + 1, _PLURAL_OF[word]
    return 0, 0, ""


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word in NUMBERS


def _count(title: str) -> int | None:
    """How many words it has; None where they cannot be told by their spaces."""
    plain = plain_title(title)
    if _WITHOUT_SPACES.search(plain) or _VIETNAMESE.search(unicodedata.normalize("NFC", plain)):
        return None
    return len(_words(plain))


def _words(plain: str) -> list[str]:
    """Without the signs round them; what holds neither a letter nor a digit is no word."""
    found = (_stripped(token) for token in plain.split())
    return [word for word in found if word]


def _stripped(token: str) -> str:
    alive = [at for at, char in enumerate(token) if char.isalnum()]
    return token[alive[0] : alive[-1] + 1] if alive else ""
