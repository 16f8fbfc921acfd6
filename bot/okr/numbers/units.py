"""The units that values are counted in: where they stand, and which ways of writing them mean the same."""

import re
from dataclasses import dataclass
from functools import lru_cache

MONEY_SIGN = r"(?:(?:US|HK|NZ|[ACRS])?\$|[£¥€฿\u20a0-\u20c0])"
_CODES = frozenset(
    {"AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD", "HUF", "ILS", "INR"}
    | {"JPY", "KRW", "MXN", "NOK", "NZD", "PLN", "RMB", "RON", "SAR", "SEK", "SGD", "THB", "TRY", "TWD"}
    | {"UAH", "USD", "ZAR"}
)
_SIGN_OF = {
    **dict.fromkeys(("usd", "aud", "cad", "nzd", "sgd", "hkd", "us$", "a$", "c$", "nz$", "s$", "hk$"), "$"),
    **dict.fromkeys(("jpy", "cny", "rmb", "円", "元"), "¥"),
    "eur": "€",
    "gbp": "£",
    "ils": "₪",
    "inr": "₹",
    "krw": "₩",
    "thb": "฿",
    "try": "₺",
}
_SAME_WORD = {
    **dict.fromkeys(("percent", "pct"), "%"),
    **dict.fromkeys(("points", "point", "pt"), "pts"),
    **dict.fromkeys(("euro", "euros"), "€"),
    **dict.fromkeys(("yen", "yuan"), "¥"),
    **dict.fromkeys(("dollar", "dollars"), "$"),
}
LINKS = frozenset({"a", "an", "per", "/", "of", "in", "each", "every", "the"})
"""Words between a number and what it counts; alone they say nothing."""
TOKEN = re.compile(rf"\s{{0,3}}({MONEY_SIGN}|[^\W\d_]{{1,30}}|[%‰/])", re.IGNORECASE)
_LEADING_MONEY = re.compile(rf"({MONEY_SIGN}|[A-Z]{{3}}\b)(\s*)(.*)", re.DOTALL)
_SIGN = re.compile(MONEY_SIGN, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """`before` and `after` the number, with the blank that stands between them and it."""

    before: str
    after: str
    tokens: frozenset[str]
    """Its words and signs, in lower case, one spelling each; without links."""
    whole: str
    """As written, blanks evened out."""

    def fits(self, token: str) -> bool:
        """Whether somebody who writes this beside a number means this unit, as "$" does for "AUD"."""
        word = canonical(token)
        return any(
            word == own
            or _SIGN_OF.get(word) == own
            or _SIGN_OF.get(own) == word
            or _singular(word) == _singular(own)
            for own in self.tokens
        )


@lru_cache(maxsize=256)
def unit_of(text: str) -> Unit:
    """Money stands before the number, a code with a blank; everything else after it, with a blank."""
    whole = " ".join(text.split())
    found = (canonical(match[1]) for match in TOKEN.finditer(whole))
    tokens = frozenset(word for word in found if word not in LINKS)
    money = _LEADING_MONEY.fullmatch(whole)
    if money is None or not is_money(money[1]):
        return Unit("", f" {whole}" if whole else "", tokens, whole)
    sign, blank, rest = money.groups()
    before = f"{sign} " if sign in _CODES else sign
    return Unit(before, f"{' ' if blank else ''}{rest}" if rest else "", tokens, whole)


def is_money(token: str) -> bool:
    """A currency's sign, or its code in capitals ("TRY" is lira, "try" is not)."""
    return token in _CODES or _SIGN.fullmatch(token) is not None


def canonical(token: str) -> str:
    word = token.lower()
    return _SAME_WORD.get(word, word)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
