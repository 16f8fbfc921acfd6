"""Numbers as people write them, and as they are shown: "62%", "1,250", "¥250k", "−3", "20 a week".

A point is a decimal point unless several of them group thousands; a comma before exactly three digits groups
thousands, before any other number of digits it is a decimal comma. One sign before exactly three digits may
be the one or the other ("1,250", "1.250"): then the second reading is given beside the first.
"""

import math
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.okr.numbers.units import LINKS, MONEY_SIGN, TOKEN, Unit, canonical, is_money, unit_of
from bot.okr.typed import typed

LONGEST = 200
"""Characters; nothing longer is read as a number."""
_LONGEST_DIGITS = 40
_LARGE, _TINY = 1e15, 1e-6
_PERCENT_MOST = 10**15
"""Outside these a number is shown with a power of ten."""

_LEAD = re.compile(rf"([+\-–])?(?:({MONEY_SIGN}|[A-Z]{{3}})\s?)?([+\-–])?(?=\.?\d)", re.IGNORECASE)
_POWER = r"(?:e[+-]?\d{1,4}(?!\d))?"
_TIGHT = re.compile(rf"(?:\d+(?:[.,']\d+)*|\.\d+){_POWER}", re.IGNORECASE)
_SPACED = re.compile(rf"\d{{1,3}}(?:[ ']\d{{3}}(?!\d))+(?:[.,]\d+)?{_POWER}", re.IGNORECASE)
_TIMES = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "mio", "mln", "million"), 10**6),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
}
_TWO_WAYS = re.compile(rf"([1-9]\d{{0,2}})([.,])(\d{{3}})({_POWER})", re.IGNORECASE)
_NO_NUMBERS = frozenset({"nan", "inf", "infinity", "∞"})
_GLUED = re.compile(r"\w|[/:\-–.,'][\d]")
"""What makes a number part of something else: 3rd, 5-7, 10:30, 24.12.2025."""


class NotAValue(ValueError):  # noqa: N818 - it is an answer, and named as one
    """Its text is a sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A number found in a text, from where it was looked for up to `end`."""

    end: int
    value: float = math.nan
    problem: str = ""
    """A sentence, when there is a number that cannot be used; then `value` says nothing."""
    sign: str = ""
    certain: bool = False
    """Its whole unit, a currency or a multiplier stands with it: it does not count the word that follows."""
    also: float | None = None
    """What else the digits can mean: 1.25 where "1,250" stands."""
    digits: str = ""
    """As typed, where no multiplier follows."""
    money: bool = False
    """A currency stands after it."""

    def meant(self, figures: Collection[float]) -> tuple[float, ...]:
        """The number, or both that it can be. `figures` are those that its author sees: whoever writes one
        of them just as it is shown means that one."""
        if self.also is None or self.digits in {format_exactly(abs(one)) for one in figures}:
            return (self.value,)
        return (self.value, self.also)


def parse_value(text: str, unit: str = "", *, figures: Collection[float] | None = None) -> float:
    """A finite number in the key result's unit. Raises NotAValue. What can be read in two ways is refused
    where the `figures` are given that its author sees; else, as in a file, commas group and points do not."""
    plain = typed(text[: LONGEST + 1]).plain.strip()
    if not plain:
        raise NotAValue("Write a number")
    if len(text) > LONGEST:
        raise NotAValue(f"{quoted(text)} is too long for a number")
    if plain.lower().strip("+- ") in _NO_NUMBERS:
        raise NotAValue(f"{quoted(text)} is not a number I can use")
    found = find_value(plain, 0, unit)
    if found is None:
        raise NotAValue(f"{quoted(text)} is not a number")
    if found.problem:
        raise NotAValue(found.problem)
    if rest := plain[found.end :].strip():
        counted = f"; this is counted in {unit}" if unit else ""
        raise NotAValue(f"{quoted(text)} is not just a number: I do not know {quoted(rest)}{counted}")
    if figures is not None and len(meant := found.meant(figures)) > 1:
        first, second = (write_plainly(one) for one in meant)
        raise NotAValue(f"{quoted(text)} can mean {first} or {second}")
    return found.value


def find_value(plain: str, start: int, unit: str) -> Found | None:
    """The number, with its unit, that stands in a plain text at `start`; None if there is none."""
    known = unit_of(unit)
    lead = _LEAD.match(plain, start)
    if lead is None or (lead[1] and lead[3]):
        return None
    money = lead[2] or ""
    if money and not is_money(money) and not known.fits(money):
        return None
    found = _with_literal_unit(plain, lead.end(), known) or _with_words(plain, lead.end(), known)
    if found is None:
        return None
    if money and known.whole and not known.fits(money):
        return Found(found.end, problem=_other_unit(plain[start : found.end], money, known))
    if not math.isfinite(found.value) and not found.problem:
        return Found(found.end, problem=f"{quoted(plain[start : found.end])} is too large a number")
    sign = "" if not (lead[1] or lead[3]) else "+" if "+" in (lead[1], lead[3]) else "-"
    also = found.also
    in_money = money or found.money or any(map(is_money, known.tokens | {known.before.strip()}))
    if "," in found.digits and in_money:
        also = None  # nobody writes amounts of money with three decimals and a comma
    if sign == "-":
        found = replace(found, value=-found.value)
        also = None if also is None else -also
    return replace(found, sign=sign, certain=found.certain or bool(money), also=also)


def _with_literal_unit(plain: str, start: int, unit: Unit) -> Found | None:
    """The number and then the unit exactly as it is written for the key result, whatever that may be."""
    number = _TIGHT.match(plain, start)
    wanted = unit.after.strip().lower()
    if number is None or not wanted:
        return None
    at = number.end() + (1 if plain[number.end() : number.end() + 1] == " " else 0)
    end = at + len(wanted)
    if plain[at:end].lower() != wanted or (wanted[-1].isalnum() and plain[end : end + 1].isalnum()):
        return None
    value = _number(number[0])
    if value is None:
        return None
    return Found(end, float(value), certain=True, also=_other_way(number[0]), digits=number[0])


def _with_words(plain: str, start: int, unit: Unit) -> Found | None:
    """The number, perhaps a multiplier, and then what of the unit's words and signs stands there."""
    number = _SPACED.match(plain, start) or _TIGHT.match(plain, start)
    if number is None:
        return None
    value, also, digits, end = _number(number[0]), _other_way(number[0]), number[0], number.end()
    times = TOKEN.match(plain, end)
    certain = False
    if times and times[1].lower() in _TIMES and not unit.fits(times[1]) and not _glued(plain, times.end()):
        value = value and value * _TIMES[times[1].lower()]
        also = also and also * _TIMES[times[1].lower()]
        digits, end, certain = "", times.end(), True
    after = _unit_words(plain, start, end, unit)
    if _glued(plain, after.end):
        return None
    if value is None:
        return Found(after.end, problem=f"{quoted(plain[start : after.end])} is not a number I can read")
    return replace(after, value=float(value), certain=certain or after.certain, also=also, digits=digits)


def _unit_words(plain: str, start: int, end: int, unit: Unit) -> Found:
    """How far the unit reaches after the number from `start` to `end`; links count only before its words."""
    seen, money = set[str](), False
    at = end
    while (token := TOKEN.match(plain, at)) is not None and not _glued(plain, token.end()):
        at = token.end()
        word = canonical(token[1])
        if unit.fits(word):
            end, seen = at, seen | {word}
        elif word == "%" or is_money(token[1]):
            if unit.whole:
                return Found(at, problem=_other_unit(plain[start:at], token[1], unit))
            end, money = at, True
        elif word not in LINKS:
            break
    return Found(end, certain=money or (bool(seen) and len(seen) >= len(unit.tokens)), money=money)


def _glued(plain: str, end: int) -> bool:
    return _GLUED.match(plain, end) is not None and not (plain[end - 1] == "/" or is_money(plain[end - 1]))


def _other_unit(text: str, token: str, unit: Unit) -> str:
    return f"{quoted(text)} is in {token}, but this is counted in {unit.whole}"


def _number(text: str) -> Decimal | None:
    """The number that digits with separators stand for; None if they are not set as people set them."""
    digits, _, power = text.lower().partition("e")
    digits = digits.replace(" ", "'")
    if len(digits) > _LONGEST_DIGITS:
        return Decimal("Infinity")
    decimal = _decimal_sign(digits)
    whole, _, fraction = digits.rpartition(decimal) if decimal else (digits, "", "")
    if not re.fullmatch(
        r"\d*|\d{1,3}(?:(['.,])\d{3}(?:\1\d{3})*|(?:,\d\d)+,\d{3})", whole
    ) or not re.fullmatch(r"\d*", fraction):
        return None
    plain = re.sub(r"\D", "", whole) or "0"
    return Decimal(f"{plain}.{fraction or 0}e{power or 0}")


def _other_way(text: str) -> float | None:
    """What else the digits can stand for: a comma may be a decimal comma, and a point may group thousands."""
    match = _TWO_WAYS.fullmatch(text)
    if match is None:
        return None
    between = "." if match[2] == "," else ""
    other = float(f"{match[1]}{between}{match[3]}{match[4]}")
    return other if math.isfinite(other) else None


def _decimal_sign(digits: str) -> str:
    """Which of "." and "," separates the decimals; "" for neither."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return max(".", ",", key=digits.rfind)
    if points == 1:
        return "."
    if commas != 1:
        return ""
    whole, _, fraction = digits.partition(",")
    groups = len(fraction) == 3 and len(whole) <= 3 and not whole.startswith("0")
    return "" if groups else ","


def format_value(value: float, unit: str = "") -> str:
    """As shown to people: up to two decimals, below 1 three digits that count; the unit as it is written."""
    return _dressed(value, _shown(abs(value)), unit_of(unit))


def format_exactly(value: float, unit: str = "") -> str:
    """As `format_value`, but with every digit, so that it parses back to the same number."""
    size = abs(value)
    if size and not _TINY <= size < _LARGE:
        return _dressed(value, repr(size), unit_of(unit))
    return _dressed(value, _without_zeros(f"{Decimal(repr(size)):,f}"), unit_of(unit))


def write_plainly(value: float) -> str:
    """Every digit, so that it can be read in one way only: "1250", "1.1250", "−3"."""
    size = abs(value)
    digits = _without_zeros(f"{Decimal(repr(size)):f}") if not size or _TINY <= size < _LARGE else repr(size)
    if two_ways := _TWO_WAYS.fullmatch(digits):
        digits = f"{two_ways[1]}.{two_ways[3]}0{two_ways[4]}"
    return f"{'−' if value < 0 else ''}{digits}"


def format_change(before: float, after: float, unit: str = "") -> str:
    """Such as "47 → 80 %", "¥120,000 → ¥250,000": what stands apart after the number only once."""
    known = unit_of(unit)
    apart = not known.after or known.after.startswith(" ")
    first = Unit(known.before, "", known.tokens, known.whole) if apart else known
    return f"{_dressed(before, _shown(abs(before)), first)} → {_dressed(after, _shown(abs(after)), known)}"


def format_percent(percent: int) -> str:
    """A whole percentage as shown: "−25 %", "1,250 %". One beyond all sense is cut off at 1e15."""
    return format_value(float(min(max(percent, -_PERCENT_MOST), _PERCENT_MOST)), "%")


def _dressed(value: float, digits: str, unit: Unit) -> str:
    minus = "−" if value < 0 else ""
    return f"{minus}{unit.before}{digits.replace('e-', 'e−')}{unit.after}"


def _shown(size: float) -> str:
    if size and not _TINY <= size < _LARGE:
        digits, _, power = f"{size:.5e}".partition("e")
        return f"{_without_zeros(digits)}e{int(power)}"
    decimals = 2 if size >= 1 or not size else 2 - math.floor(math.log10(size))
    return _without_zeros(f"{size:,.{decimals}f}")


def _without_zeros(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def parse_confidence(text: str) -> int:
    """0 to 10, perhaps "of 10" as in 7/10. Raises NotAValue."""
    plain = typed(text[:LONGEST]).plain.strip()
    if not plain:
        raise NotAValue("Write a confidence from 0 to 10")
    match = re.fullmatch(r"([+-]?\d{1,9})(?:\s*/\s*10)?", plain)
    if match is None:
        shown = shortened(text.strip()) if re.fullmatch(r"[\d.,+\-]+", plain) else quoted(text)
        raise NotAValue(f"{shown} is not a confidence: it is a whole number from 0 to 10")
    if not 0 <= int(match[1]) <= 10:
        raise NotAValue(f"{match[1]} is not a confidence: it goes from 0 to 10")
    return int(match[1])


def quoted(text: str) -> str:
    return f"“{shortened(text.strip())}”"


def shortened(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
