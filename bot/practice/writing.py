"""Acts for a person who writes: messages, files, reactions, and what becomes of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.practice import events, reactions
from bot.practice.account import AccountActor
from bot.practice.errors import SlackError
from bot.practice.model import File, Message
from bot.practice.typed import Typed, typed
from bot.practice.uploads import types_of
from bot.practice.world import Envelope

Json = dict[str, Any]


class WritingActor(AccountActor):
    """A person in channels and in the direct messages with the bot, which are meant by default."""

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

    def read_file(self, file_id: str) -> str:
        """What is in a file that stands in a message this person sees, as text; LookupError if it is none."""
        with self._world.looking():
            seen = self._seen(lambda message: any(file.id == file_id for file in message.files))
        try:
            return next(file for file in seen.files if file.id == file_id).content.decode()
        except UnicodeDecodeError:
            raise LookupError("This file is no text") from None

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

    def _channel(self, channel: str | None) -> str:
        """The id of a channel given by id or #name; the direct messages with the bot by default."""
        if channel is None:
            return self._world.open_dm(self.id).id
        named = self._world.workspace.channel_named(channel.removeprefix("#"))
        found = named.id if named else channel
        if self.id not in self._world.workspace.channels[found].members:
            raise LookupError(f"{self._person().name} is not in {channel}")
        return found
