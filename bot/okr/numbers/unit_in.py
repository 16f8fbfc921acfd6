"""The unit that somebody has written beside a number instead of in its own field: "¥250,000", "40 calls"."""

import re

from bot.okr.numbers.units import MONEY_SIGN, is_money
from bot.okr.numbers.values import LONGEST, NotAValue, parse_value
from bot.okr.typed import typed

_PARTS = re.compile(
    rf"[+\-]?\s*({MONEY_SIGN}|[A-Za-z]{{3}}\s)?\s*[+\-]?\s*[\d.,' ]*\d(?:e[+\-]?\d+)?"
    r"\s*(?:(?:k|m|mn|mio|mln|b|bn|thousand|million|billion)\b)?\s*(\D*)",
    re.IGNORECASE,
)


def unit_in(text: str, longest: int) -> str:
    """Empty where there is none, or none with which it can be read as a number."""
    plain = typed(text[: LONGEST + 1]).plain.strip()
    found = _PARTS.fullmatch(plain)
    if found is None or len(text) > LONGEST:
        return ""
    before, after = (found[1] or "").strip(), found[2].strip()
    unit = before if before and is_money(before) else after
    if not unit or len(unit) > longest:
        return ""
    try:
        parse_value(text, unit)
    except NotAValue:
        return ""
    return unit
