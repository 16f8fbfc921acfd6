"""Acts for people: what they type, tap and open, and what they see."""

from collections.abc import Sequence
from typing import Any

from bot.practice import answers, events, interactions, screens, suggestions
from bot.practice.errors import SlackError
from bot.practice.model import Message, OpenView
from bot.practice.objects import view_object
from bot.practice.outcome import NO_RESPONSE, Outcome, command_error, failed
from bot.practice.triggers import AnswerAddress
from bot.practice.typed import typed
from bot.practice.world import Envelope
from bot.practice.writing import WritingActor

Json = dict[str, Any]
HOME = "home"
VIEW = "view"


class Actor(WritingActor):
    """One person at their Slack client. The direct messages with the bot are where they are by default."""

    def command(self, name: str, text: str = "", *, channel: str | None = None) -> Outcome:
        """Types a slash command. What the bot says in its acknowledgement is shown; later answers follow."""
        with self._world.changing() as world:
            where = self._channel(channel)
            if world.commands is not None and name not in world.commands:
                return Outcome(sent=False, error=f"{name} is not a valid command.")
            words = typed(world.workspace, world.ids, text.strip(), with_names=True).text
            start = world.stamps.next()
            said = {"channel": where, "name": name, "text": words}
            deed = world.deeds.begin(self.id, "command", said)
            envelope = world.send(interactions.command(world, self._person(), name, words, where))
        self._await(envelope)
        error = command_error(envelope, name)
        if envelope.answer:
            error = self._answered_command(name, where, envelope.answer)
        with self._world.changing() as world:
            world.deeds.end(deed, error)
        return Outcome(acked=envelope.acked, error=error, messages=self._since(start))

    def tap(
        self,
        target: str | Message | None = None,
        *,
        label: str | None = None,
        action_id: str | None = None,
        block_id: str | None = None,
        choice: str | Sequence[str] | None = None,
        sure: bool = True,
    ) -> Outcome:
        """Taps a control in a message (or its ts), in "home" or in the form on top ("view" or None).

        The control is the one with that label or action id. `choice` is what is picked: the text or value
        of an option (several for checkboxes), a person's or channel's name or id, a date or a time. Where
        Slack asks whether they are `sure` and they are not, nothing is sent.
        """
        with self._world.changing():
            place = self._place(target)
            blocks = list(place.blocks)
            control = interactions.find_control(blocks, label=label, action_id=action_id, block_id=block_id)
            if "confirm" in control.element and not sure:
                return Outcome(sent=False)
            value = None if choice is None else self._picked(place, control, choice)
            if isinstance(place, OpenView):
                send = self._act_in_view(place, control, value)
            else:
                send = interactions.tap_in_message(self._world, self._person(), place, control, value)
        return self._sent(send)

    def suggest(
        self,
        field: str,
        text: str,
        *,
        target: str | Message | None = None,
        action_id: str | None = None,
    ) -> suggestions.Suggestions:
        """Types into a menu that the bot fills; one of what it offers can then be chosen.

        `target` is where the menu is, as for `tap`; `field` its block id, label or action id, with
        `action_id` where a block has several.
        """
        with self._world.changing() as world:
            place = self._place(target)
            control = self._field(place, field, action_id)
            if control.type not in suggestions.SEARCHED:
                raise LookupError(f"{control.action_id} is not searched by typing")
            if len(text) < suggestions.shortest_query(control.element):
                return suggestions.too_short(control.element)
            envelope = interactions.suggestion(world, self._person(), place, control, text)
            world.send(envelope)
        self._await(envelope)
        found = suggestions.answered(envelope)
        with self._world.changing() as world:
            suggestions.keep(world, self.id, place, control, found)
        return found

    def open_home(self) -> Json | None:
        """Opens the Home tab; gives what it shows once the bot knows of it."""
        with self._world.changing() as world:
            channel = world.open_dm(self.id)
            envelope = events.home_opened(world, self.id, channel, self.home())
        self._await(envelope)
        return self.home()

    def home(self) -> Json | None:
        """The Home as the bot last published it for this person."""
        with self._world.looking() as world:
            view = world.workspace.homes.get(self.id)
            return view_object(world, view) if view else None

    def messages(self, channel: str | None = None) -> list[Message]:
        """Everything this person sees in a channel, oldest first, replies and ephemeral messages too."""
        with self._world.looking() as world:
            return world.visible_to(self.id, self._channel(channel))

    def screen(self, channel: str | None = None, *, width: int = 60) -> str:
        """The channel as text, as this person sees it."""
        with self._world.looking() as world:
            return screens.channel(world, self._person(), self._channel(channel), width)

    def home_screen(self, *, width: int = 60) -> str:
        with self._world.looking() as world:
            return screens.view(world, world.workspace.homes.get(self.id), width)

    def _answered_command(self, name: str, channel: str, answer: Json) -> str | None:
        """Shows what came with the acknowledgement; what went wrong with that, if anything."""
        with self._world.changing() as world:
            try:
                answers.place(world, AnswerAddress(self.id, channel, world.timer()), answer)
            except SlackError as error:
                return failed(name, error.code)
        return None

    def _place(self, target: str | Message | None) -> Message | OpenView:
        workspace = self._world.workspace
        if isinstance(target, Message):
            target = target.ts
        if target in (None, VIEW):
            return self._top()
        if target == HOME:
            home = workspace.homes.get(self.id)
            if home is None:
                raise LookupError("There is no Home yet")
            return home
        return self._seen(lambda message: message.ts == target)

    def _sent(self, envelope: Envelope) -> Outcome:
        with self._world.changing() as world:
            start = world.stamps.next()
            deed = world.deeds.begin(self.id, "tap", interactions.tapped(envelope))
            world.send(envelope)
        self._await(envelope)
        error = None if envelope.acked else NO_RESPONSE
        with self._world.changing() as world:
            world.deeds.end(deed, error)
        return Outcome(acked=envelope.acked, error=error, messages=self._since(start))

    def _since(self, start: str) -> tuple[Message, ...]:
        with self._world.looking() as world:
            return tuple(
                message
                for channel in world.workspace.channels
                for message in world.visible_to(self.id, channel)
                if message.ts > start and message.user != self.id
            )
