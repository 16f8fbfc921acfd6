"""Which key result somebody means by a number or by words of its title."""

from collections.abc import Iterable


def matching(which: str, known: Iterable[tuple[int, str]]) -> set[int]:
    """The numbers of those meant: by "2" or "KR2", else by titles in which every word stands; a title that is
    just that is meant alone."""
    rows = list(known)
    said = " ".join(which.casefold().split())
    number = said.removeprefix("kr").strip()
    if number.isascii() and number.isdecimal():
        return {one for one, _ in rows if str(one) == number.lstrip("0")}
    same = {one for one, title in rows if " ".join(title.casefold().split()) == said}
    return same or {one for one, title in rows if all(word in title.casefold() for word in said.split())}
