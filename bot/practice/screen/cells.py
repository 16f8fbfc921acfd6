"""Text in a terminal's cells: how wide it stands there, and how it wraps without losing a letter."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_JOINER: Final = "\u200d"
_EMOJI_LOOK: Final = "\ufe0f"
_SKIN: Final = range(0x1F3FB, 0x1F400)
_CLOSING: Final = "，。、；：！？）」』】》"  # no line begins with these

_PICTURES: Final = {code: chr(0x2400 + code) for code in range(0x20) if code not in b"\n\t\r"} | {0x0D: None}


def clusters(text: str) -> Iterator[str]:
    """The text in pieces that must stay whole: a letter with its accents, a joined emoji."""
    piece = ""
    for letter in text:
        if piece and (_clings(letter) or piece.endswith(_JOINER)):
            piece += letter
            continue
        if piece:
            yield piece
        piece = letter
    if piece:
        yield piece


def cells(text: str) -> int:
    """How many cells a terminal gives this text: 2 for wide letters and emoji, 0 for what combines."""
    return sum(_cluster_cells(piece) for piece in clusters(text))


def pad(text: str, width: int) -> str:
    """The text, filled up with spaces to this many cells."""
    return text + " " * (width - cells(text))


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most `width` cells, `first` before the first and `rest` before the others.

    Breaks at spaces and between wide letters (Chinese and Japanese have no spaces). A word that is wider than
    a line goes on in the next one. Indentation and empty lines stay. Control characters, which could move
    the cursor or colour the terminal, become their pictures.
    """
    lines: list[str] = []
    for paragraph in text.translate(_PICTURES).split("\n"):
        lines += _wrap_line(paragraph, width, first if not lines else rest, rest)
    return lines


def _wrap_line(text: str, width: int, first: str, rest: str) -> list[str]:
    lines, line, gap, bare = [], first, "", True  # bare: nothing of the text stands in the line yet
    for piece in _pieces(text, max(1, width - max(cells(first), cells(rest)))):
        if piece.isspace():
            gap = piece
        elif bare or cells(line + gap + piece) <= width:
            line, gap, bare = line + gap + piece, "", False
        else:  # the break stands for the gap
            lines.append(line)
            line, gap = rest + piece, ""
    return [*lines, line.rstrip(" ")]


def _pieces(text: str, room: int) -> Iterator[str]:
    """Runs of spaces, words, single wide letters, and parts of words that are wider than `room`."""
    for run in re.findall(r"[ \t]+|[^ \t]+", text.replace("\t", "    ")):
        if run.isspace():
            yield run
            continue
        word = ""
        for piece in clusters(run):
            narrow = max(_cluster_cells(piece), _cluster_cells(word[:1] or "-")) < 2
            if word and not ((narrow or piece in _CLOSING) and cells(word + piece) <= room):
                yield word
                word = ""
            word += piece
        yield word


def _clings(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me", "Cf") or ord(letter) in _SKIN


def _cluster_cells(piece: str) -> int:
    base = piece[0]
    if unicodedata.category(base) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    wide = unicodedata.east_asian_width(base) in ("W", "F") or _EMOJI_LOOK in piece
    return 2 if wide else 1
