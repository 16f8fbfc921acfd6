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
_PERSON = re.compile(rf"{_NAME}(?:\s{{0,2}}(?:&|\band\b)\s{{0,2}}{_NAME})?", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"\s{0,2}(?:&|\band\b)\s{0,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReplyBlocker:
    """Each part as typed, and perhaps unsaid."""

    kind: BlockerKind | None = None
    whose: str = ""
    """Somebody's name, known to us or not; perhaps two people's, with "&" or "and" between them."""
    fix: str = ""


def begins(text: Typed, start: int) -> bool:
    return _MARK.match(text.plain, start) is not None


def split(note: Typed) -> tuple[tuple[Typed, ...], ReplyBlocker | None]:
    """The parts of a note, without what is said of a blocker after "blocked:", and that. Other words there
    are the author's own about it: they stay in the note, and only "fix:" says what the fix is."""
    mark = _MARK.search(note.plain)
    if mark is None:
        return (note,), None
    blocker, others = _blocker(note.part(mark.end(), len(note.plain)))
    if others and blocker == ReplyBlocker():
        return (note,), None
    return (note.part(0, mark.start()), *others), blocker if blocker != ReplyBlocker() else None


def _blocker(text: Typed) -> tuple[ReplyBlocker, list[Typed]]:
    kind: BlockerKind | None = None
    whose, said, others = "", "", list[Typed]()
    start = 0
    for piece in re.split(r"[,;]", text.plain):
        at = start + len(piece) - len(piece.lstrip())
        if fix := _FIX.match(text.plain, at):
            said = text.words(fix.end(), len(text.plain))
            break
        known = next((one for word, one in _KINDS.items() if piece.strip().lower().startswith(word)), None)
        if known and kind is None:
            kind = known
        elif not whose and _PERSON.fullmatch(piece.strip()):
            whose = text.words(start, start + len(piece))
        elif piece.strip():
            others.append(text.part(start, start + len(piece)))
        start += len(piece) + 1
    return ReplyBlocker(kind, whose, said), others


def written(blocker: ReplyBlocker) -> str:
    """The words that are read as this."""
    kind = blocker.kind.value if blocker.kind else ""
    what = ", ".join(one for one in (kind, blocker.whose) if one)
    fix = f"fix: {blocker.fix}" if blocker.fix else ""
    return "blocked: " + "; ".join(one for one in (what, fix) if one)
