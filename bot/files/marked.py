"""What a file holds, each value with its place: the one shape that YAML and tables are brought into.

Also the list of complaints, because every mistake of a file is reported at once.
"""

from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.okr.outline import Outline, Place, Trouble

TYPES_IN_WORDS = {"Text": "a single value", "Items": "a list", "Fields": "a set of fields"}


class BadFile(Exception):  # noqa: N818 - reads as what it says; "Error" would add nothing
    """A file with mistakes: all of them, ordered by line, and what could be read in spite of them.

    In `outline` whatever could not be read is empty: it is good for looking for further mistakes only.
    """

    def __init__(self, troubles: tuple[Trouble, ...], outline: Outline | None = None) -> None:
        super().__init__("\n".join(str(trouble) for trouble in troubles))
        self.troubles = troubles
        self.outline = outline


@dataclass(frozen=True, slots=True)
class Text:
    """One value, in the words of the file: `10:00` is "10:00", `yes` is "yes"."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    place: Place
    items: tuple["Marked", ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    place: Place
    values: dict[str, "Marked"] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    """What the file calls a field, where that is not the field's own name."""

    def called(self, name: str) -> str:
        return self.columns.get(name, name)

    @property
    def whole(self) -> Place:
        """The place, with the places of its fields inside."""
        inside = tuple((name, value.place) for name, value in self.values.items())
        return Place(self.place.line, self.place.path, self.place.counts, inside)


@dataclass(frozen=True, slots=True)
class Nothing:
    """A key without a value."""

    place: Place


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that has been complained about already."""

    place: Place


Marked = Text | Items | Fields | Nothing | Unread


class Complaints:
    """Collects the mistakes of one file."""

    def __init__(self) -> None:
        self._troubles: list[Trouble] = []

    def add(self, place: Place, message: str) -> None:
        self._troubles.append(Trouble(Place(place.line, place.path, place.counts), message))

    def raise_if_any(self, outline: Outline) -> None:
        """Raises BadFile with everything said so far, ordered by line, or does nothing."""
        if self._troubles:
            raise BadFile(tuple(sorted(self._troubles, key=lambda trouble: trouble.place.line or 0)), outline)


def bad_file(message: str, place: Place) -> BadFile:
    """A BadFile with a single mistake, after which there is nothing more to read."""
    return BadFile((Trouble(place, message),))


def did_you_mean(word: str, known: list[str]) -> str:
    """ " Did you mean “target”?" or nothing."""
    by_lower = {each.lower(): each for each in known}
    near = get_close_matches(word.lower(), list(by_lower), n=1, cutoff=0.6)
    return f" Did you mean “{by_lower[near[0]]}”?" if near else ""


def shown(text: str, most: int = 40) -> str:
    """`text` on one line, at most `most` characters long, for use in a message or a path."""
    line = "".join(character if character.isprintable() else " " for character in text).strip()
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
