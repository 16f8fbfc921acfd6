"""The digest as messages: the first in the channel is the agenda, the others follow in its thread.

Whatever the first message has to leave out or cut short stands whole in the thread.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.okr.defaults import TALK_LIMIT
from bot.okr.digest.agenda import Digest, TalkItem
from bot.slack import ids, phrases, texts
from bot.slack.blocks.compose import TEXT_MOST, Button, Part, buttons, grouped, message, room, weight
from bot.slack.blocks.digest import lines as digest_lines
from bot.slack.blocks.digest.lines import WHOLE, Entry, Lengths
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, line

LENGTHS: Final = (
    Lengths(title=150, note=300, person=60, people=15, decisions=5, changes=8),
    Lengths(title=100, note=160, person=40, people=10, decisions=3, changes=5),
    Lengths(title=60, note=80, person=30, people=5, decisions=2, changes=3),
)
"""Of the first message, tried in order until all of it fits."""
MORE_ROOM: Final = 60
"""Characters kept free for the line that says how many more there are."""
PAGE_MOST: Final = TEXT_MOST - 500
"""Characters of a page of the thread, beside its header."""
PARTS_MOST: Final = 40
"""Paragraphs of a page of the thread, so that it stays well within 50 blocks."""


_Left = tuple[list[Line], tuple[dict[str, Any], ...]]
"""An entry that is left for the thread, and its row of buttons, if it has any."""


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str
    entries: tuple[Entry, ...]
    share: float
    """What part of the room that is left it may take in the first message, if not everything fits."""
    apart: bool = False
    """Whether each entry is a paragraph of its own."""
    empty: str = ""
    """What stands in the first message if there are no entries; without it the section is left out."""
    hidden: int = 0
    """How many of the last entries stand in the thread in any case."""
    buttons: tuple[dict[str, Any], ...] = ()
    """A row of buttons for each entry, if it has any; it stands below the entry, and only once."""

    def row(self, number: int) -> tuple[dict[str, Any], ...]:
        return self.buttons[number : number + 1]

    def shown(self) -> tuple[Entry, ...]:
        return self.entries[: len(self.entries) - self.hidden]


def messages(view: Digest) -> tuple[Message, ...]:
    """All of it: the message in the channel, then those that follow in its thread."""
    sections = _sections(view)
    lengths = next((one for one in LENGTHS if _fits(view, sections, one)), None)
    if lengths is not None:
        shown = [[entry(lengths) for entry in section.shown()] for section in sections]
    else:
        lengths = LENGTHS[-1]
        shown = _shared_out(sections, lengths, room(_head(view, lengths)))
    rest = list(_rest(view, sections, shown, lengths))
    thread = _thread(rest)
    head = f"{digest_lines.title(view)} · more"
    return (
        message(_first(_head(view, lengths), sections, shown, whole=not rest)),
        *(
            message([f"{head} ({page} of {len(thread)})", *parts])
            for page, parts in enumerate(thread, start=1)
        ),
    )


def digest(view: Digest, page: int = 0) -> Message:
    """One page: 0 is the message in the channel, 1 to `pages(view) - 1` follow in its thread.

    A later page was needed when it was asked for, and late answers have made the digest shorter since: it
    says so, so that nothing stands there that does not hold any more.
    """
    every = messages(view)
    return every[page] if page < len(every) else message([[line(texts.NO_SUCH_PAGE)]])


def pages(view: Digest) -> int:
    """How many messages the digest takes, the first included."""
    return len(messages(view))


def _sections(view: Digest) -> list[_Section]:
    """In the order of docs/method.md ("The digest")."""
    talk = tuple(digest_lines.talk(number, item) for number, item in enumerate(view.talk, start=1))
    actions = tuple(digest_lines.next_week(one) for one in view.actions)
    on_track = tuple(digest_lines.in_a_line(one) for one in view.on_track)
    not_judged = tuple(digest_lines.in_a_line(one) for one in view.not_judged)
    changes = tuple(digest_lines.change(one) for one in view.changes)
    thanks = tuple(digest_lines.thanks(one) for one in view.thanks)
    hidden = max(0, len(talk) - TALK_LIMIT)
    return [
        _Section(
            *(texts.TO_TALK_ABOUT, talk, 0.65, True, texts.NOTHING_TO_TALK_ABOUT, hidden),
            tuple(_decide(view.decide_in, one) for one in view.talk) if view.decide_in else (),
        ),
        _Section(texts.NEXT_WEEK_HEADING, actions, 0.5, empty=texts.NO_ACTIONS),
        _Section(texts.ON_TRACK, on_track, 0.6),
        _Section(texts.AWAY_OR_NEW, not_judged, 0.6),
        _Section(texts.CHANGES, changes, 0.7),
        _Section(texts.THANKS, thanks, 1.0),
    ]


def _decide(round_id: int, item: TalkItem) -> dict[str, Any]:
    key_result_id = item.standing.key_result.id
    button = Button(texts.DECIDE, ids.DECIDE, ids.decide_value(round_id, key_result_id))
    return buttons(button, block_id=ids.field(ids.BUTTONS, key_result_id))


def _head(view: Digest, lengths: Lengths) -> list[Part]:
    return [
        digest_lines.heading(view),
        digest_lines.note_on_top(view, lengths),
        [
            digest_lines.summary(view),
            *digest_lines.missing(view, lengths),
            *digest_lines.since(view, lengths),
        ],
    ]


def _fits(view: Digest, sections: Sequence[_Section], lengths: Lengths) -> bool:
    shown = [[entry(lengths) for entry in section.shown()] for section in sections]
    return room(_first(_head(view, lengths), sections, shown, whole=False)) >= 0


def _shared_out(sections: Sequence[_Section], lengths: Lengths, left: int) -> list[list[list[Line]]]:
    """As many entries of each section as fit into its share of the room."""
    left -= sum(len(section.heading) + MORE_ROOM for section in sections) + len(texts.IN_THE_THREAD)
    shown = []
    for section in sections:
        share, kept = int(left * section.share), []
        for entry in section.shown():
            lines = entry(lengths)
            if weight(lines) > share:
                break
            share -= weight(lines)
            left -= weight(lines)
            kept.append(lines)
        shown.append(kept)
    return shown


def _first(
    head: list[Part], sections: Sequence[_Section], shown: Sequence[list[list[Line]]], *, whole: bool
) -> list[Part]:
    parts = list(head)
    for section, entries in zip(sections, shown, strict=True):
        if section.entries:
            more = len(section.entries) - len(entries)
            tail = [[line(f"{phrases.more(more)} in the thread")]] if more else []
            parts += _laid_out(section, entries, tail)
        elif section.empty:
            parts += _laid_out(section, [], [[line(section.empty)]])
    return parts if whole else [*parts, [line(texts.IN_THE_THREAD)]]


def _laid_out(section: _Section, entries: Sequence[list[Line]], tail: Sequence[list[Line]]) -> list[Part]:
    heading = [line(bold(section.heading))]
    if not section.apart:
        return [[*heading, *(one for entry in (*entries, *tail) for one in entry)]]
    parts: list[Part] = [heading]
    for number, entry in enumerate(entries):
        parts += [entry, *section.row(number)]
    return [*parts, *tail]


def _rest(
    view: Digest, sections: Sequence[_Section], shown: Sequence[list[list[Line]]], lengths: Lengths
) -> Iterable[tuple[_Section, list[_Left]]]:
    """What the first message does not show whole, by section, and the buttons that do not stand there."""
    for heading, lines in (
        (texts.NOTE, digest_lines.note_on_top),
        (texts.NOT_ANSWERED, digest_lines.missing),
        (texts.CHANGED_SINCE_THEN, digest_lines.since),
    ):
        if lines(view, WHOLE) != lines(view, lengths):
            yield _Section(heading, (), 0), [(lines(view, WHOLE), ())]
    for section, entries in zip(sections, shown, strict=True):
        whole = [entry(WHOLE) for entry in section.entries]
        left_out = [
            (lines, section.row(number)) if number >= len(entries) else (_unpinged(lines), ())
            for number, lines in enumerate(whole)
            if lines not in entries[number : number + 1]
        ]
        if left_out:
            yield section, left_out


def _unpinged(lines: list[Line]) -> list[Line]:
    """Whoever is mentioned in the first message is named here."""
    return [tuple(replace(run, user="") for run in one) for one in lines]


def _thread(rest: Iterable[tuple[_Section, list[_Left]]]) -> list[list[Part]]:
    """The rest in pages; a section that runs over begins again with its heading on the next one."""
    thread: list[list[Part]] = []
    left = 0
    for section, entries in rest:
        heading = line(bold(section.heading))
        begun = False
        for lines, row in (group for entry in entries for group in _groups(*entry)):
            need = weight(lines) + (0 if begun else weight([heading]))
            if not thread or need > left or len(thread[-1]) >= PARTS_MOST:
                thread.append([])
                left, begun = PAGE_MOST, False
            if not begun:
                thread[-1].append([heading])
                left -= weight([heading])
            _append(thread[-1], lines, apart=section.apart)
            thread[-1].extend(row)
            left -= weight(lines)
            begun = True
    return thread


def _groups(lines: list[Line], row: tuple[dict[str, Any], ...]) -> list[_Left]:
    """An entry cut so that each piece fits into a page, with its buttons below the last of them."""
    groups = grouped(lines, PAGE_MOST - 100)
    return [*((group, ()) for group in groups[:-1]), (groups[-1], row)]


def _append(page: list[Part], lines: list[Line], *, apart: bool) -> None:
    last = page[-1]
    if apart or not isinstance(last, list):
        page.append(lines)
    else:
        page[-1] = [*last, *lines]
