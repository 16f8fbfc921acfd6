"""What is in the way, in words: "blocked: dependency, Jack; fix: status page"."""

import re
from dataclasses import dataclass

from bot.okr.model import BlockerKind
from bot.okr.typed import Typed

_MARK = re.compile(r"(?<![^\s,;.])(?:blocked(?:\s{1,2}by)?|in\s{1,2}the\s{1,2}way)\s{0,2}:", re.IGNORECASE)
_FIX = re.compile(r"fix\s{0,2}:\s{0,3}", re.IGNORECASE)
_KINDS = {
    "resource": BlockerKind.RESOURCE,
    "dependenc": BlockerKind.DEPENDENCY,
    "clarity": BlockerKind.CLARITY,
    "priorit": BlockerKind.PRIORITY,
    "external": BlockerKind.EXTERNAL,
}
_NAME = r"@?[^\W\d_][\w.'-]*(?:\s[^\W\d_][\w.'-]*)?"
_PERSON = re.compile(rf"{_NAME}(?:\s{{0,2}}(?:&|\+|/|\sand\s|\sor\s)\s{{0,2}}{_NAME})*")
"""Or several, of whom nobody can tell which: their author is asked to choose one."""


@dataclass(frozen=True, slots=True)
class ReplyBlocker:
    """Each part as typed, and perhaps unsaid."""

    kind: BlockerKind | None = None
    whose: str = ""
    """Somebody's name, known to us or not."""
    fix: str = ""


def begins(text: str, start: int) -> bool:
    """Whether what is in the way is said from there on."""
    return _MARK.match(text, start) is not None


def split(note: Typed) -> tuple[Typed, ReplyBlocker | None]:
    """The note before "blocked:", and what follows it; all of its words are in one or the other."""
    mark = _MARK.search(note.plain)
    if mark is None:
        return note, None
    blocker = _blocker(note.part(mark.end(), len(note.plain)))
    return note.part(0, mark.start()), blocker if blocker != ReplyBlocker() else None


def _blocker(text: Typed) -> ReplyBlocker:
    kind: BlockerKind | None = None
    whose, others = "", list[str]()
    start = 0
    for piece in re.split(r"[,;]", text.plain):
        at = start + len(piece) - len(piece.lstrip())
        if fix := _FIX.match(text.plain, at):
            others.append(text.words(fix.end(), len(text.plain)))
            break
        words = text.words(start, start + len(piece))
        known = next((one for word, one in _KINDS.items() if piece.strip().lower().startswith(word)), None)
        if known and kind is None:
            kind = known
        elif not whose and _PERSON.fullmatch(piece.strip()):
            whose = words
        elif words:
            others.append(words)
        start += len(piece) + 1
    return ReplyBlocker(kind, whose, "; ".join(one for one in others if one))


def written(blocker: ReplyBlocker) -> str:
    """The words that are read as this."""
    kind = blocker.kind.value if blocker.kind else ""
    what = ", ".join(one for one in (kind, blocker.whose) if one)
    fix = f"fix: {blocker.fix}" if blocker.fix else ""
    return "blocked: " + "; ".join(one for one in (what, fix) if one)
