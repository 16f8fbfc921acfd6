"""What somebody typed, beside the plain form of it that the rules read.

The plain form has one way of writing each thing: ASCII digits, one kind of space, "\\n" for every line end,
"-" for a minus; marks that cannot be seen are gone. What is kept or shown is always cut from the original.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_UNSEEN = "\ufe0f\u20e3"
"""The variation selector and the frame that make a digit an emoji."""
_SAME_AS = {
    "\N{MINUS SIGN}": "-",
    "\N{SMALL HYPHEN-MINUS}": "-",
    "\N{FULLWIDTH HYPHEN-MINUS}": "-",
    "\N{FULLWIDTH PLUS SIGN}": "+",
    "\N{FULLWIDTH PERCENT SIGN}": "%",
    "\N{ARABIC PERCENT SIGN}": "%",
    "\N{FULLWIDTH DOLLAR SIGN}": "$",
    "\N{FULLWIDTH POUND SIGN}": "£",
    "\N{FULLWIDTH YEN SIGN}": "¥",
    "\N{FULLWIDTH WON SIGN}": "₩",
    "\N{FULLWIDTH COLON}": ":",
    "\N{FULLWIDTH SEMICOLON}": ";",
    "\N{ARABIC SEMICOLON}": ";",
    "\N{FULLWIDTH COMMA}": ",",
    "\N{IDEOGRAPHIC COMMA}": ",",
    "\N{ARABIC COMMA}": ",",
    "\N{FULLWIDTH FULL STOP}": ".",
    "\N{ARABIC DECIMAL SEPARATOR}": ".",
    "\N{ARABIC THOUSANDS SEPARATOR}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{FULLWIDTH NUMBER SIGN}": "#",
    "\N{FULLWIDTH SOLIDUS}": "/",
    "\N{FULLWIDTH EQUALS SIGN}": "=",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """`plain[i]` stands for `original[at[i]]`."""

    original: str
    plain: str
    at: Sequence[int]

    def part(self, start: int, end: int) -> "Typed":
        return Typed(self.original, self.plain[start:end], self.at[start:end])

    def words(self, start: int = 0, end: int | None = None) -> str:
        """Exactly what was typed from `start` to `end` of the plain form, without blanks around it."""
        at = self.at[start:end]
        if not at:
            return ""
        after = at[-1] + 1
        while after < len(self.original) and self.original[after] in _UNSEEN:
            after += 1
        return self.original[at[0] : after].strip()

    def lines(self) -> list["Typed"]:
        """The lines that are not blank."""
        found = []
        start = 0
        for line in self.plain.split("\n"):
            if line.strip():
                found.append(self.part(start, start + len(line)))
            start += len(line) + 1
        return found


def typed(text: str) -> Typed:
    if text.isascii() and text.isprintable():
        return Typed(text, text, range(len(text)))
    plain = []
    at = []
    for index, char in enumerate(text):
        seen = char if " " <= char <= "~" else _plain(char)
        if seen:
            plain.append(seen)
            at.append(index)
    return Typed(text, "".join(plain), at)


def _plain(char: str) -> str:
    """The one character that stands for it, or "" for one that cannot be seen."""
    if char in _SAME_AS:
        return _SAME_AS[char]
    if char in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if char.isspace() or category == "Cc":
        return " "
    return "" if category == "Cf" or char in _UNSEEN else char
