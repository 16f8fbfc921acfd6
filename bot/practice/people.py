"""Acts for people: what they type, tap and open, and what they see."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.practice import answers, events, interactions, reactions, screens, suggestions
from bot.practice.account import AccountActor
from bot.practice.errors import SlackError
from bot.practice.model import File, Message, OpenView
from bot.practice.objects import view_object
from bot.practice.outcome import NO_RESPONSE, Outcome, command_error, failed
from bot.practice.triggers import AnswerAddress
from bot.practice.typed import Typed, typed
from bot.practice.uploads import types_of
from bot.practice.world import Envelope

Json = dict[str, Any]
HOME = "home"
VIEW = "view"


class Actor(AccountActor):
    """One person at their Slack client. The direct messages with the bot are where they are by default."""

    def say(self, text: str, *, channel: str | None = None, thread_ts: str | None = None) -> str:
        """Types a message; gives its timestamp once the bot took the event or had its first chance to."""
        with self._world.changing() as world:
            message, envelope = self._post(typed(world.workspace, world.ids, text), channel, thread_ts)
        self._await(envelope)
        return message.ts

    def upload(
        self,
        name: str,
        content: bytes,
        text: str = "",
        *,
        channel: str | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """Posts a file, with words if there are any; otherwise like `say`."""
        mimetype, filetype = types_of(name)
        with self._world.changing() as world:
            file = File(
                id=world.ids.new("F"),
                name=name,
                title=name,
                user=self.id,
                mimetype=mimetype,
                filetype=filetype,
                size=len(content),
                created=world.seconds(),
                content=content,
            )
            sent = typed(world.workspace, world.ids, text) if text else Typed("", ())
            message, envelope = self._post(sent, channel, thread_ts, (file,))
            world.workspace.files[file.id] = file
        self._await(envelope)
        return message.ts

    def react(self, ts: str, name: str) -> bool:
        """Puts the emoji of that name on a message, or takes one's own away; whether it stands there now."""
        with self._world.changing() as world:
            message = self._seen(lambda message: message.ts == ts)
            if message.only_for is not None:
                raise LookupError("Nobody can react to a message that only they see")
            try:
                stands = not reactions.reacted(message, self.id, name)
            except SlackError:
                raise LookupError(f"There is no emoji called {name!r}") from None
            change = reactions.add if stands else reactions.remove
            envelope = change(world, message, self.id, name)
            done = {"channel": message.channel, "ts": ts, "name": name, "stands": stands}
            world.deeds.done(self.id, "reaction", done)
        self._await(envelope)
        return stands

    def edit(self, ts: str, text: str) -> None:
        """Changes a message of one's own."""
        with self._world.changing() as world:
            before = self._own(ts)
            sent = typed(world.workspace, world.ids, text)
            after = replace(
                before,
                text=sent.text,
                blocks=sent.blocks,
                edited_ts=world.stamps.next(),
                edited_by=self.id,
            )
            world.workspace.put_message(after)
            said = {"channel": after.channel, "ts": ts, "text": sent.text, "thread_ts": after.thread_ts}
            world.deeds.done(self.id, "edit", said)
            envelope = events.message_changed(world, before, after)
        self._await(envelope)

    def delete(self, ts: str) -> None:
        """Deletes a message of one's own."""
        with self._world.changing() as world:
            before = self._own(ts)
            del world.workspace.messages[before.channel][ts]
            said = {"channel": before.channel, "ts": ts, "text": before.text, "thread_ts": before.thread_ts}
            world.deeds.done(self.id, "deletion", said)
            envelope = events.message_deleted(world, before)
        self._await(envelope)

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
    ) -> Outcome:
        """Taps a control in a message (or its ts), in "home" or in the form on top ("view" or None).

        The control is the one with that label or action id. `choice` is what is picked: the text or value
        of an option (several for checkboxes), a person's or channel's id, a date or a time.
        """
        with self._world.changing():
            place = self._place(target)
            blocks = list(place.blocks)
            control = interactions.find_control(blocks, label=label, action_id=action_id, block_id=block_id)
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

    def _post(
        self, sent: Typed, channel: str | None, thread_ts: str | None, files: tuple[File, ...] = ()
    ) -> tuple[Message, Envelope | None]:
        world = self._world
        where = self._channel(channel)
        message = Message(
            channel=where,
            ts=world.stamps.next(),
            user=self.id,
            text=sent.text,
            blocks=sent.blocks,
            thread_ts=self._thread(where, thread_ts),
            client_msg_id=world.ids.uuid(),
            files=files,
        )
        world.workspace.put_message(message)
        said: Json = {"channel": where, "ts": message.ts, "text": sent.text, "thread_ts": message.thread_ts}
        named = {"files": [file.name for file in files]} if files else {}
        world.deeds.done(self.id, "message", said | named)
        return message, events.message_posted(world, message)

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

    def _thread(self, channel: str, ts: str | None) -> str | None:
        if ts is None:
            return None
        root = self._world.workspace.root_of(channel, ts)
        if root is None:
            raise LookupError("There is no such message to reply to")
        return root

    def _own(self, ts: str) -> Message:
        return self._seen(lambda message: message.ts == ts and message.user == self.id)

    def _seen(self, wanted: Callable[[Message], bool]) -> Message:
        for channel in self._world.workspace.channels:
            for message in self._world.visible_to(self.id, channel):
                if wanted(message):
                    return message
        raise LookupError("This person sees no such message")

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

    def _channel(self, channel: str | None) -> str:
        """The id of a channel given by id or #name; the direct messages with the bot by default."""
        if channel is None:
            return self._world.open_dm(self.id).id
        named = self._world.workspace.channel_named(channel.removeprefix("#"))
        found = named.id if named else channel
        if self.id not in self._world.workspace.channels[found].members:
            raise LookupError(f"{self._person().name} is not in {channel}")
        return found
