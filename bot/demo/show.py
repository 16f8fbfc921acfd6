"""The demo in a terminal: the time, what people do, and what they see.

Text is wrapped here and in the practice Slack's screens, in cells; Rich only adds colour, where there is any.
"""

import difflib
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from bot.demo.words import moment_of
from bot.demo.world import PLACES, World
from bot.practice.ids import stamp_time
from bot.practice.model import Message
from bot.practice.screen import render_message, visible_text
from bot.practice.screen.cells import cells, wrap
from bot.slack.phrases import clock

WIDEST: Final = 80
NARROWEST: Final = 24
BAR: Final = "│ "
COLOURS: Final = {"Hannah": "magenta", "Jack": "cyan", "Jim": "yellow"}
CHANNEL_COLOUR: Final = "green"


class Show:
    """Writes to a console, at most 80 cells wide."""

    def __init__(self, console: Console, world: World) -> None:
        self._console = console
        self._world = world
        self.width = max(NARROWEST, min(WIDEST, console.width))
        self._apart = True

    @property
    def inner(self) -> int:
        """The cells within a panel."""
        return self.width - len(BAR)

    def say(self, text: str, style: str = "") -> None:
        """A paragraph, and an empty line."""
        self._lines(wrap(text, self.width), style)
        self._line("")

    def gap(self) -> None:
        """An empty line: the cursor may stand behind something that a person has not ended."""
        self._line("")

    def time(self, *, name: str = "") -> None:
        """A rule with the time at TeeBee, and with that person's own where it differs."""
        if not self._apart:
            self._line("")
        for line in wrap(moment_of(self._world.clock(), name), self.width - 6):
            self._line(f"── {line} " + "─" * (self.width - cells(line) - 4), "bold")
        self._line("")

    def does(self, name: str, what: str) -> None:
        """ "Hannah taps [Check in]"."""
        self._lines(wrap(f"{name} {what}", self.width, "▸ ", "  "), f"bold {COLOURS[name]}")

    def writes(self, name: str, text: str) -> None:
        """What a person types, as they type it."""
        self.does(name, "writes:")
        for line in text.splitlines():
            self._lines(wrap(line, self.width, "    ", "      "), COLOURS[name])

    def sees(self, name: str, message: Message, where: str = "", *, start: str = "", end: str = "") -> None:
        """A message as the person sees it, in their direct messages with the bot or in a channel; or the
        part of it from the line that holds `start` to before the one that holds `end`."""
        screen = excerpt(self.message(name, message), start, end)
        title = where or f"{name}’s direct messages with Okra"
        self.panel(_in_part(title, start, end), tight(screen), name)

    def channel(self, where: str, message: Message) -> None:
        """A message that everybody in the channel sees, and the pictures in its thread by their titles; the
        times are TeeBee's."""
        pictures = [
            line
            for file in self._world.pictures(message)
            for line in wrap(f"a picture in the thread: {file.title}", self.inner, "↳ ", "  ")
        ]
        self.panel(where, "\n".join([self.message(PLACES[0].name, message), *pictures]))

    def message(self, reader: str, message: Message) -> str:
        """Who says what when, at the reader's own time."""
        place = next(one for one in PLACES if one.name == reader)
        names = self._world.slack.world.workspace.names()
        at = clock(stamp_time(message.ts).astimezone(ZoneInfo(place.zone)))
        marks = " (edited)" if message.edited_ts else ""
        marks += " (only visible to you)" if message.only_for else ""
        body = render_message(list(message.blocks), message.text, width=self.inner, names=names)
        return f"{names[message.user]}  {at}{marks}\n{body}"

    def form(self, name: str, start: str = "", end: str = "") -> None:
        """The form before that person: from the first line that holds `start` to before `end`."""
        screen = self._world.people[name].view_screen(width=self.inner)
        self.panel(_in_part(f"{name}’s form", start, end), tight(excerpt(screen, start, end)), name)

    def changes(self, where: str, before: Message, after: Message) -> None:
        """The lines of a message that have changed, as they were and as they are."""
        names = self._world.slack.world.workspace.names()
        old, new = (
            visible_text(list(one.blocks), one.text, names=names).splitlines() for one in (before, after)
        )
        changed = [line for line in difflib.ndiff(old, new) if line.startswith(("- ", "+ "))]
        self.panel(where, "\n".join(line for one in changed for line in wrap(one, self.inner, rest="  ")))

    def panel(self, title: str, text: str, name: str = "") -> None:
        """Something on a screen: whose it is, a bar at its left, and an empty line."""
        style = COLOURS.get(name, CHANNEL_COLOUR)
        head, *more = wrap(title, self.width - 4)
        self._line(f"┌─ {head}", style)
        for line in more:
            self._line(f"│  {line}", style)
        for line in text.splitlines():
            written = Text(BAR, style)
            written.append(line.rstrip(), "default")
            self._write(written)
        self._line("")

    def _lines(self, lines: Sequence[str], style: str = "") -> None:
        for line in lines:
            self._line(line, style)

    def _line(self, line: str, style: str = "") -> None:
        self._write(Text(line, style))

    def _write(self, text: Text) -> None:
        self._apart = not text.plain
        self._console.print(text, no_wrap=True, overflow="ignore", crop=False, highlight=False)


def excerpt(screen: str, start: str = "", end: str = "") -> str:
    """The lines from the first that holds `start` to before the first after it that holds `end`. Raises
    LookupError if one of them is not there."""
    lines = screen.splitlines()
    first = _line_with(lines, start, 0) if start else 0
    last = _line_with(lines, end, first + 1) if end else len(lines)
    return "\n".join(lines[first:last])


def tight(screen: str) -> str:
    """The lines that say something."""
    return "\n".join(line for line in screen.splitlines() if line.strip())


def _in_part(title: str, start: str, end: str) -> str:
    return f"{title} (a part)" if start or end else title


def _line_with(lines: Sequence[str], words: str, after: int) -> int:
    found = next((number for number in range(after, len(lines)) if words in lines[number]), None)
    if found is None:
        raise LookupError(f"Nothing on the screen says {words!r}")
    return found
