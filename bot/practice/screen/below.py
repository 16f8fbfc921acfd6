"""What stands below a message's words: its files, and the emoji that people put on it."""

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from bot.practice.screen.cells import wrap
from bot.practice.screen.parts import Row

SIGNS: Final[Mapping[str, str]] = {
    "+1": "👍",
    "thumbsup": "👍",
    "-1": "👎",
    "thumbsdown": "👎",
    "heart": "❤️",
    "tada": "🎉",
    "clap": "👏",
    "eyes": "👀",
    "rocket": "🚀",
    "fire": "🔥",
    "pray": "🙏",
    "raised_hands": "🙌",
    "white_check_mark": "✅",
    "100": "💯",
    "joy": "😂",
    "thinking_face": "🤔",
}
"""The sign of an emoji by its name, for those that people react with most."""


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
    counted = [f"{SIGNS.get(name, f':{name}:')} {len(users)}" for name, users in reactions.items()]
    return lines + Row(counted).lines(width)


def _file(file: Picture) -> str:
    kind = "picture" if file.mimetype.startswith("image/") else "file"
    return f"({kind}: {file.name}{f' – {file.alt_txt}' if file.alt_txt else ''})"
