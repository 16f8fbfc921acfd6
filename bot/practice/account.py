"""Acts for a person with an account: what their record says, and which channels they are in."""

from dataclasses import replace
from typing import Any

from bot.practice import events, members, quiet
from bot.practice.filling import FormActor
from bot.practice.model import Channel, Person


class AccountActor(FormActor):
    """A person's dealings with their own record, and with the channels of the workspace."""

    def person(self) -> Person:
        with self._world.looking():
            return self._person()

    def change(self, **changes: Any) -> None:
        """Changes the person's record (`tz`, `name`, `is_admin`, `deleted`, …); the bot hears of it.

        Whoever is deactivated is in no channel any more, also once they are back.
        """
        with self._world.changing() as world:
            changed = replace(self._person(), updated=world.seconds(), **changes)
            world.workspace.people[self.id] = changed
            if changed.deleted:
                members.vanish(world, self.id)
            envelope = events.user_changed(world, changed)
        self._await(envelope)

    def set_status(self, text: str, emoji: str = "", until: int = 0) -> None:
        """Puts a status beside the person's name; `until` in seconds since 1970; 0: for good."""
        self.change(status_text=text, status_emoji=emoji, status_expiration=until)

    def quiet_hours(self, start: str, end: str) -> None:
        """From "22:00" to "08:00", every day, by their own clock; no words: none."""
        quiet.hour(start), quiet.hour(end)
        self._rest(quiet_from=start, quiet_to=end)

    def snooze(self, until: int) -> None:
        """Pauses notifications from now on; `until` in seconds since 1970."""
        self._rest(snoozed_from=self._world.seconds(), snoozed_to=until)

    def _rest(self, **changes: Any) -> None:
        """The bot does not hear of it: it would have to ask for another event."""
        with self._world.changing() as world:
            world.workspace.people[self.id] = replace(self._person(), **changes)

    def join(self, channel: str) -> None:
        """Goes into a public channel by themselves; a guest has to be invited."""
        with self._world.changing() as world:
            found = self._named(channel)
            me = self._person()
            if found.kind != "public" or me.is_restricted or me.is_ultra_restricted or me.is_stranger:
                raise LookupError(f"{me.name} has to be invited to {channel}")
            envelope = members.join(world, found, self.id)
        self._await(envelope)

    def leave(self, channel: str) -> None:
        with self._world.changing() as world:
            envelope = members.leave(world, self._inside(channel), self.id, self.id)
        self._await(envelope)

    def invite(self, user: str, channel: str) -> None:
        """Brings somebody, or the bot, into a channel that this person is in; `user` is an id."""
        with self._world.changing() as world:
            envelope = members.join(world, self._inside(channel), user, self.id)
        self._await(envelope)

    def remove(self, user: str, channel: str) -> None:
        """Takes somebody, or the bot, out of a channel that this person is in; `user` is an id."""
        with self._world.changing() as world:
            envelope = members.leave(world, self._inside(channel), user, self.id)
        self._await(envelope)

    def _named(self, channel: str) -> Channel:
        """The channel with that id or #name."""
        workspace = self._world.workspace
        found = workspace.channel_named(channel.removeprefix("#")) or workspace.channels.get(channel)
        if found is None or found.kind == "im":
            raise LookupError(f"There is no channel {channel}")
        return found

    def _inside(self, channel: str) -> Channel:
        found = self._named(channel)
        if self.id not in found.members:
            raise LookupError(f"{self._person().name} is not in {channel}")
        return found
