"""Emoji by their names."""

from collections.abc import Mapping
from typing import Final

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
    "palm_tree": "🌴",
    "face_with_thermometer": "🤒",
}
"""The sign of an emoji by its name, for those that people react with most, and wear on leave."""


def emoji(name: str, code: str = "") -> str:
    """The sign where its code points came along ("1f44d-1f3fd") or it is a common one, else `:name:`."""
    if not code:
        return SIGNS.get(name, f":{name}:")
    try:
        return "".join(chr(int(point, 16)) for point in code.split("-"))
    except ValueError:
        return f":{name}:"
