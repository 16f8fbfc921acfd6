"""What stands below a message's words: its files, and the emoji that people put on it."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from bot.practice.screen.cells import wrap
from bot.practice.screen.emoji import emoji
from bot.practice.screen.parts import Row


class Picture(Protocol):
    """What is told of a file."""

    @property
    def name(self) -> str: ...

    @property
    def mimetype(self) -> str: ...

    @property
    def alt_txt(self) -> str: ...


def render_below(
    files: Iterable[Picture], reactions: Mapping[str, tuple[str, ...]], *, width: int
) -> list[str]:
    """A line for each file, and one for the reactions: `(picture: a.png – KR1 rises)`, `👍 2  :okr: 1`."""
    lines = [line for file in files for line in wrap(_file(file), width)]
    counted = [f"{emoji(name)} {len(users)}" for name, users in reactions.items()]
    return lines + Row(counted).lines(width)


def _file(file: Picture) -> str:
    kind = "picture" if file.mimetype.startswith("image/") else "file"
    return f"({kind}: {file.name}{f' – {file.alt_txt}' if file.alt_txt else ''})"
