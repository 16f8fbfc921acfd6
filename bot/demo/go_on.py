"""After the story: a person goes on by typing, as anybody of the sample."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console

from bot.demo.moves import next_thing
from bot.demo.news import Lookout
from bot.demo.show import Show
from bot.demo.stage import Stage
from bot.demo.words import OVER
from bot.demo.world import World
from bot.practice.forms import TYPED, Control, controls, options_of
from bot.practice.model import Message
from bot.practice.outcome import Outcome
from bot.practice.people import Actor
from bot.practice.screen.cells import wrap

Read = Callable[[str], str]
"""Shows a prompt and gives the line that was typed; raises EOFError at the end."""

REDRAW_SECONDS = 2.0

HELP: Final = """\
1 62%              says that to Okra
be jack            from now on you are Jack
jack: 3 38         the same, and says it as Jack
tap Check in       taps a button
fill KR1 = 60%     fills in the open form
fill sure KR1 = 7  the confidence in it, and so on
send, close        sends or closes the form
/okr, /okr team    asks for OKRs
look, look #okrs   shows what you see
next               goes to what Okra has to do next
quit               ends the demo"""
WELCOME: Final = "Now you: answer, tap, ask, or go to next week. Type “help” for how, “quit” to end."
ANEW: Final = "Everything begins anew."
BYE: Final = "Goodbye. Nothing of this is kept."
ON_SCREEN: Final = 3
"""So many messages `look` shows of a conversation."""
NEWS_SECONDS: Final = 3.0
"""So long an answer of the bot is waited for; not everything gets one."""


class GoOn:
    """Reads lines and does what they say until there are no more. Others may act in a browser meanwhile."""

    def __init__(self, stage: Stage, console: Console, read: Read) -> None:
        self._stage = stage
        self._console = console
        self._read = read
        with stage.acting() as world:
            self._enter(world)
        self._me = "Hannah"
        self._words: dict[str, Callable[[], None]] = {
            "help": self._help,
            "look": self._look,
            "next": self._next,
            "send": self._send,
            "close": self._close,
        }

    def run(self) -> None:
        """Until “quit”, the end of the input, or Ctrl-C."""
        with self._here():
            self._world.rest()
        self._show.say(WELCOME)
        for line in self._lines():
            with self._here():
                try:
                    self._do(line)
                except LookupError as problem:
                    self._show.say(str(problem.args[0]))
        self._show.say(BYE)

    @contextmanager
    def _here(self) -> Iterator[None]:
        """What can be seen at the beginning of a line is not its news."""
        with self._stage.acting() as world:
            if world is not self._world:
                self._enter(world)
                self._show.say(ANEW)
            self._lookout.mark_seen()
            yield

    def _enter(self, world: World) -> None:
        self._world = world
        self._show = Show(self._console, world)
        self._lookout = Lookout(world)

    def _lines(self) -> Iterator[str]:
        while True:
            try:
                line = self._read(f"you are {self._me} ▸ ").strip()
            except (EOFError, KeyboardInterrupt):
                self._show.gap()
                return
            if line.casefold() in ("quit", "exit"):
                return
            if line:
                yield line

    def _do(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        name, colon, said = line.partition(":")
        if line.casefold() in self._words:
            self._words[line.casefold()]()
        elif line.startswith("/"):
            self._after(self._actor.command(word, rest))
        elif word.casefold() == "look" and rest.startswith("#"):
            self._look_into(rest)
        elif word.casefold() == "be":
            self._me = self._named(rest)
        elif word.casefold() == "tap":
            self._tap(rest.strip(" []"))
        elif word.casefold() == "fill":
            self._fill(rest)
        elif colon and name.strip().casefold() in {one.casefold() for one in self._world.people}:
            self._says(self._named(name), said.strip())
        else:
            self._says(self._me, line)

    @property
    def _actor(self) -> Actor:
        return self._world.people[self._me]

    def _named(self, name: str) -> str:
        for one in self._world.people:
            if one.casefold() == name.strip().casefold():
                return one
        raise LookupError(
            f"There is nobody called “{name.strip()}” here, but {', '.join(self._world.people)}."
        )

    def _says(self, name: str, text: str) -> None:
        if not text:
            raise LookupError(f"What does {name} say? Write it after the colon.")
        self._me = name
        self._actor.say(text)
        self._after()

    def _tap(self, label: str) -> None:
        if self._actor.view() is not None:
            buttons = {"send": self._send, "cancel": self._close, "close": self._close}
            if label.casefold() not in buttons:
                raise LookupError("A form is open: fill it in, and type “send” or “close”.")
            buttons[label.casefold()]()
            return
        message, button = self._button(label)
        self._after(self._actor.tap(message, action_id=button.action_id, block_id=button.block_id))

    def _button(self, label: str) -> tuple[Message, Control]:
        common = [one for channel in self._world.channels for one in self._actor.messages(channel)]
        messages = [*sorted(common, key=lambda one: one.ts), *self._actor.messages()]
        there = [(message, one) for message in messages[::-1] for one in controls(message.blocks)]
        for message, button in there:
            if button.label.casefold() == label.casefold():
                return message, button
        names = ", ".join(dict.fromkeys(f"[{button.label}]" for _, button in there)) or "nothing yet"
        raise LookupError(f"{self._me} sees no button “{label}”. You can tap: {names}")

    def _fill(self, rest: str) -> None:
        words, equals, value = (part.strip() for part in rest.partition("="))
        field = self._field(words) if words and equals else None
        if field is None:
            raise LookupError("Write it like: fill KR1 = 60%")
        before = self._form_hash()
        if field.type in TYPED:
            self._actor.fill(field.block_id, value)
        else:
            self._actor.choose(field.block_id, self._choice(field, value))
        if field.block.get("dispatch_action"):
            # It is drawn anew only where that brings or takes a question.
            self._world.slack.wait_for(lambda: self._form_hash() != before, timeout=REDRAW_SECONDS)
        self._show.say(f"“{field.label}” is filled in. Type “look” to see the form, “send” to send it.")

    def _field(self, words: str) -> Control:
        """The first field of the form whose label holds all these words."""
        view = self._actor.view()
        if view is None:
            raise LookupError("No form is open. Try: tap Check in")
        for control in controls(view["blocks"]):
            if all(word in control.label.casefold() for word in words.casefold().split()):
                return control
        raise LookupError(f"The form has no field “{words}”.")

    def _form_hash(self) -> object:
        return (self._actor.view() or {}).get("hash")

    def _choice(self, field: Control, value: str) -> str | list[str]:
        if field.type == "users_select":
            return self._world.people[self._named(value)].id
        if field.type == "checkboxes":
            return [_option(field, one.strip()) for one in value.split(",")]
        return _option(field, value)

    def _send(self) -> None:
        self._after(self._actor.submit())

    def _close(self) -> None:
        self._actor.close()
        self._show.say("The form is closed; nothing was sent.")

    def _look(self) -> None:
        if self._actor.view() is not None:
            self._show.form(self._me)
            return
        for message in self._world.from_okra(self._me)[-ON_SCREEN:]:
            self._show.sees(self._me, message)
        if not self._world.from_okra(self._me):
            self._show.say(f"Okra has not said anything to {self._me}.")

    def _look_into(self, channel: str) -> None:
        for message in self._world.from_okra(self._me, channel.strip())[-1:]:
            self._show.channel(channel.strip(), message)

    def _next(self) -> None:
        with self._stage.moving() as world:
            next_thing(world)
        if not self._show_news(list(self._world.people), edits=False, with_time=True):
            self._show.say(OVER)

    def _help(self) -> None:
        lines = [line for row in HELP.splitlines() for line in wrap(row, self._show.inner, rest="    ")]
        self._show.panel("What you can type", "\n".join(lines))

    def _after(self, outcome: Outcome | None = None) -> None:
        """Shows what came of something the person did."""
        if outcome is not None and outcome.error:
            self._show.say(f"Slack says: {outcome.error}")
        else:
            self._world.slack.wait_for(self._something_new, NEWS_SECONDS)
        self._world.rest()
        if self._actor.view() is not None:
            self._show.form(self._me)
        self._show_news([self._me])

    def _something_new(self) -> bool:
        places = (None, *self._world.channels)
        return bool(self._actor.view() or any(self._lookout.news(self._me, place) for place in places))

    def _show_news(self, names: list[str], *, edits: bool = True, with_time: bool = False) -> bool:
        """What is new in the direct messages of these people, and in the channels; whether there was any."""
        direct = [(name, one) for name in names for one in self._lookout.news(name, edits=edits)]
        common = [
            (channel, one)
            for channel in self._world.channels
            for one in self._lookout.news(names[0], channel, edits=edits)
        ]
        if with_time and (direct or common):
            self._show.time(name=direct[0][0] if direct else names[0])
        for name, message in direct:
            self._show.sees(name, message)
        for channel, message in common:
            self._show.channel(channel, message)
        return bool(direct or common)


def _option(field: Control, words: str) -> str:
    """The option that is called so, or begins so. Raises LookupError."""
    options = options_of(field.element)
    for option in options:
        text = str(option["text"]["text"])
        if words == option.get("value") or (words and text.casefold().startswith(words.casefold())):
            return text
    texts = ", ".join(str(option["text"]["text"]) for option in options)
    raise LookupError(f"There is no “{words}” among: {texts}")
