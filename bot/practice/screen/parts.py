"""What a screen is built of: parts that know their words and their lines at a width."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Protocol

from bot.practice.screen.cells import cells, pad, wrap

NARROW: Final = 50  # below this many cells (a phone) nothing stands side by side
_GAP: Final = 2


class Part(Protocol):
    """One thing on the screen."""

    def lines(self, width: int) -> list[str]: ...

    def words(self) -> str:
        """What it says, unwrapped and without drawing."""
        ...


@dataclass(frozen=True)
class Words:
    """Wrapped text; `first` stands before the first line, `rest` before the others."""

    text: str
    first: str = ""
    rest: str = ""

    def lines(self, width: int) -> list[str]:
        return wrap(self.text, width, self.first, self.rest)

    def words(self) -> str:
        return self.text


@dataclass(frozen=True)
class Heading:
    """Text, underlined."""

    text: str

    def lines(self, width: int) -> list[str]:
        written = wrap(self.text, width)
        return [*written, "═" * max(cells(line) for line in written)]

    def words(self) -> str:
        return self.text


@dataclass(frozen=True)
class Divider:
    """A rule across the screen."""

    def lines(self, width: int) -> list[str]:
        return ["─" * width]

    def words(self) -> str:
        return ""


@dataclass(frozen=True)
class Row:
    """Things side by side, as many as fit in a line, each kept in one piece if a line holds it."""

    items: Sequence[str]

    def lines(self, width: int) -> list[str]:
        lines: list[str] = []
        for item in self.items:
            if lines and cells(lines[-1]) + _GAP + cells(item) <= width:
                lines[-1] += " " * _GAP + item
            else:
                lines += wrap(item, width)
        return lines

    def words(self) -> str:
        return " ".join(self.items)


@dataclass(frozen=True)
class Columns:
    """Texts two by two; one below the other on a narrow screen."""

    texts: Sequence[str]

    def lines(self, width: int) -> list[str]:
        if width < NARROW:
            return [line for text in self.texts for line in wrap(text, width)]
        half = (width - _GAP) // 2
        lines: list[str] = []
        for left, right in zip_longest(self.texts[::2], self.texts[1::2], fillvalue=""):
            pairs = zip_longest(wrap(left, half), wrap(right, half), fillvalue="")
            lines += [f"{pad(one, half + _GAP)}{two}".rstrip(" ") for one, two in pairs]
        return lines

    def words(self) -> str:
        return "\n".join(self.texts)


@dataclass(frozen=True)
class Beside:
    """Text with a button or the like to its right; below it on a narrow screen or if it is large."""

    text: str
    item: str

    def lines(self, width: int) -> list[str]:
        room = width - cells(self.item) - _GAP
        if width < NARROW or room < width // 2:
            return [*wrap(self.text, width), *Row([self.item]).lines(width)]
        first, *others = wrap(self.text, room)
        return [pad(first, room + _GAP) + self.item, *others]

    def words(self) -> str:
        return f"{self.text}\n{self.item}"


@dataclass(frozen=True)
class Field:
    """A box to write in, with what stands in it now; taller for several lines."""

    text: str

    def lines(self, width: int) -> list[str]:
        room = width - 4
        return [f"[ {pad(line, room)} ]" for line in wrap(self.text, room)]

    def words(self) -> str:
        return self.text


@dataclass(frozen=True)
class Table:
    """Rows of cells under a first row of headings; on a narrow screen each row becomes a list."""

    rows: Sequence[Sequence[str]]

    def lines(self, width: int) -> list[str]:
        count = max(len(row) for row in self.rows)
        widths = [max(cells(row[at]) for row in self.rows if at < len(row)) for at in range(count)]
        one_line = all("\n" not in cell for row in self.rows for cell in row)
        if one_line and sum(widths) + 3 * (count - 1) <= width:
            head, *others = (self._aligned(row, widths) for row in self.rows)
            return [head, "─┼─".join("─" * room for room in widths), *others]
        return self._listed(width)

    def words(self) -> str:
        return "\n".join(" ".join(row) for row in self.rows)

    def _aligned(self, row: Sequence[str], widths: list[int]) -> str:
        return " │ ".join(pad(cell, room) for cell, room in zip(row, widths, strict=False)).rstrip(" ")

    def _listed(self, width: int) -> list[str]:
        heads, *others = self.rows
        lines: list[str] = []
        for row in others:
            for at, cell in enumerate(row):
                head = f"{heads[at]}: " if at < len(heads) else ""
                lines += wrap(head + cell, width, "• " if at == 0 else "  ", "    ")
        return lines or wrap(" ".join(heads), width)
