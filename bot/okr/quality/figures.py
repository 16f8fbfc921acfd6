"""Which digits of an objective's title are a figure to be measured, and which are part of a name.

Figures: 70 %, ¥250,000, 10x, 20 restaurants, 60 hours. Names: Q4, B2B, Web3, UED 2.0, ISO 27001, 24/7, 5G,
the 2nd edition, 30 April, 2027, the #1 choice, a 4-day week, 第2版.
"""

import re
from typing import Final

from bot.okr.numbers.units import MONEY_SIGN, is_money
from bot.okr.quality.lists import words
from bot.okr.quality.words import plain_title

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"""(?<![\w.,])(?:
      \d{{4}}-\d\d(?:-\d\d)?
    | \d{{1,2}}([./])\d{{1,2}}\1(?:\d{{4}}|\d\d)?
    | 20\d\d\s?[-–/]\s?(?:20)?\d\d
    | \d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s)?{_MONTH}\b\.?(?:,?\s20\d\d)?
    | {_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s20\d\d)?
    )(?![\w%]|[.,]\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(r"\d+(?:[.,']\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,']\d{3})*[,']\d{3}(?:[.,]\d+)?")
_SHARE = re.compile(
    r"\s?[%‰]|\s?/\s?(?:5|10|100)(?!\d)|\s(?:percent|per cent|pct|points|pts|pp)\b", re.IGNORECASE
)
_LARGE = re.compile(
    r"(?:k|m|mn|bn|x|×)(?!\w)|\s(?:thousand|million|billion)\b|\s?[千万億亿만억]", re.IGNORECASE
)
_NO_FIGURES: Final = frozenset({"2K", "4K", "8K", "3M"})
_UNIT = re.compile(r"(?:h|hrs?|min|mins|s|ms|km|kg|g|pts|pp|d)(?!\w)")
"""What may stand tight behind a figure."""
_MONEY_BEFORE = re.compile(rf"({MONEY_SIGN}|\b[A-Z]{{3}})\s?$")
_MONEY_AFTER = re.compile(rf"\s?({MONEY_SIGN}|[A-Z]{{3}}\b)")
_YEARS: Final = range(2010, 2061)
_WORD_BEFORE = re.compile(r"(\S+)\s$")
_SPAN_AFTER = re.compile(r"\s(?:hours|days|weeks|months|quarters|years)\b", re.IGNORECASE)
_CALENDAR_AFTER = (*"年月日号號期季届代版度년월일기차", "분기")
_ORDINAL_BEFORE = tuple("第双雙제#№/:")
_AGE_AFTER = re.compile(r"(?:\s?(?:to|-|–)\s?\d+)?[\s-]years?[\s-]olds?\b", re.IGNORECASE)
_SPANS: Final = frozenset({"first", "next", "last", "past", "coming"})
_NUMBERED: Final = words(
    """act article chapter class day floor gen generation goal grade h horizon industry layer level
    milestone no number nr objective part phase plan priority q quarter release room scope section series
    sprint stage step team tier top type version wave web week year zone"""
)
"""A number behind one of these names it: phase 2, scope 3, no. 1, the top 10."""
_THERE_ALREADY: Final = words("all both her his my our the their these those your")
"""A number behind one of these counts what is there, and is none to be reached: all 12 shops."""
_MEASURES: Final = words("ARR CAC CSAT CTR DAU EBITDA GMV LTV MAU MRR NPS ROI SLA WAU")
"""Capitals that are measured, so that a number behind them is no part of a name."""


def has_figure(title: str) -> bool:
    """Whether any of its digits, in whatever script, are a figure."""
    plain = _DATE.sub(" ", plain_title(title))
    first = plain.split(maxsplit=1)[:1]
    return any(_is_figure(plain, found, "".join(first)) for found in _NUMBER.finditer(plain))


def _is_figure(plain: str, found: re.Match[str], first: str) -> bool:
    digits, before, after = found[0], plain[: found.start()], plain[found.end() :]
    if _is_cased(before.removesuffix("-")[-1:]):
        return False  # B2B, v2, GPT-4
    money = _MONEY_BEFORE.search(before) or _MONEY_AFTER.match(after)
    if _SHARE.match(after) or (money and is_money(money[1])) or _GROUPED.fullmatch(digits):
        return True
    if _LARGE.match(after) and digits + after[:1] not in _NO_FIGURES:
        return True
    return not (_is_glued(before, after) or _is_named(digits, before, after, first))


def _is_glued(before: str, after: str) -> bool:
    """2nd, 5G, 24/7, 1:1, a 4-day week; but not 60h, nor 10个, whose script sets no spaces."""
    if before.endswith(_ORDINAL_BEFORE) or after.startswith(_CALENDAR_AFTER):
        return True
    tight = after.removeprefix("-")[:1]
    return (_is_cased(tight) and not _UNIT.match(after)) or re.match(r"[/:]\d", after) is not None


def _is_cased(char: str) -> bool:
    """A letter of a script that has capitals, which all set spaces between words."""
    return char.lower() != char.upper()


def _is_named(digits: str, before: str, after: str, first: str) -> bool:
    """A year, a version, the one of "one team", or a number behind the name that it belongs to."""
    if digits == "1" or digits.endswith(".0") or (digits.isdigit() and int(digits[:9]) in _YEARS):
        return True
    if _AGE_AFTER.match(after):
        return True
    behind = _WORD_BEFORE.search(before)
    if behind is None:
        return False
    word = behind[1].strip(".,:;()")
    if word.lower() in _SPANS:
        return _SPAN_AFTER.match(after) is not None
    if word.lower() in _NUMBERED or word.lower() in _THERE_ALREADY:
        return True
    capital = word[1:] if word == first else word
    return any(char.isupper() for char in capital) and word not in _MEASURES
