"""An answer of any length: as many messages as it takes, with buttons from one to the next.

Nothing is cut silently: what does not fit on a page stands on the next.
"""

from dataclasses import dataclass
from typing import Any, Final

from bot.slack import ids
from bot.slack.blocks.compose import Button, Part, buttons, message, room, weight
from bot.slack.blocks.words import person
from bot.slack.message import Message
from bot.slack.richtext import Line, line
from bot.slack.texts import looking

PARAGRAPHS_MOST: Final = 25
"""On one page, whose message takes 50 blocks."""
FOOT: Final = 160
"""Characters kept free for the page's number, or for who shares it."""


@dataclass(frozen=True, slots=True)
class Pages:
    head: tuple[Part, ...]
    """Stands on every page."""
    body: tuple[list[Line], ...]
    """Paragraphs, which fill the pages; one that is cut begins with its first line again on the next."""
    first: tuple[Part, ...] = ()
    """Below the head of the first page."""
    last: tuple[Part, ...] = ()
    """At the end of the last page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the buttons of a page carry."""

    words: str
    """What was typed behind /okr."""
    may_share: bool = False


def page_of(pages: Pages, number: int = 0, asked: Asked = Asked("")) -> Message:
    """The page of that number, from 0, or the last one that there is, with its buttons."""
    every = split(pages)
    number = min(number, len(every) - 1)
    parts = [*_parts(pages, every, number), *_numbered(number, len(every))]
    row = (
        Button(looking.BACK, ids.PAGE_BACK, ids.page_value(number - 1, asked.words)) if number else None,
        Button(looking.MORE, ids.PAGE_MORE, ids.page_value(number + 1, asked.words))
        if number + 1 < len(every)
        else None,
        Button(looking.SHARE, ids.SHARE, ids.page_value(0, asked.words)) if asked.may_share else None,
    )
    return message([*parts, *in_a_row(*row, block_id=ids.PAGE_BUTTONS)])


def shared_page(pages: Pages, number: int, by: str) -> tuple[Message, bool]:
    """The same for everybody in a channel, and whether another page follows; `by` is who shares it."""
    every = split(pages)
    number = min(number, len(every) - 1)
    said: list[Part] = [] if number else [[line(looking.SHARED_BY.format(who=person(by)))]]
    parts = [*_parts(pages, every, number), *_numbered(number, len(every)), *said]
    return message(parts), number + 1 < len(every)


def split(pages: Pages) -> list[list[list[Line]]]:
    """The paragraphs of each page; there is always one, be it empty."""
    usual = room([*pages.head, *pages.last]) - FOOT
    left = room([*pages.head, *pages.first, *pages.last]) - FOOT
    done: list[list[list[Line]]] = [[]]
    for paragraph in pages.body:
        begun: list[Line] = []
        for number, one in enumerate(paragraph):
            # A paragraph's first line, its title, does not stand alone at the end of a page.
            needs = weight([one, *(paragraph[1:2] if number == 0 else [])])
            full = needs > left or (number == 0 and len(done[-1]) == PARAGRAPHS_MOST)
            if full and (left < usual or done[-1]):
                done.append([])
                left = usual
                if begun:
                    begun = [paragraph[0]]
                    left -= weight(begun)
                    done[-1].append(begun)
            if not begun:
                done[-1].append(begun)
            begun.append(one)
            left -= weight([one])
    return done


def _parts(pages: Pages, every: list[list[list[Line]]], number: int) -> list[Part]:
    return [
        *pages.head,
        *(pages.first if number == 0 else ()),
        *every[number],
        *(pages.last if number + 1 == len(every) else ()),
    ]


def _numbered(number: int, of: int) -> list[Part]:
    return [[line(looking.PAGE.format(page=number + 1, pages=of))]] if of > 1 else []


def run_button(number: int, text: str, words: str) -> Button:
    """Runs a command; the number tells it from others in its row."""
    return Button(text, ids.field(ids.RUN, number), ids.page_value(0, words))


def in_a_row(*row: Button | None, block_id: str = ids.BUTTONS) -> list[dict[str, Any]]:
    """No row without buttons, which Slack would refuse."""
    return [buttons(*row, block_id=block_id)] if any(row) else []
