"""What the bot has said since a moment: each who wants to know it looks out for themselves."""

from dataclasses import dataclass

from bot.demo.world import World
from bot.practice.model import Message


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the bot's: to the person of that name, or (no name) in a channel."""

    name: str
    channel: str | None
    message: Message


class Lookout:
    """Knows what can be seen when it is made; what comes later is news, until `mark_seen`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: dict[str, set[str]] = {}
        self.mark_seen()

    def mark_seen(self) -> None:
        """Nothing that anybody can see now is news any more."""
        for name in self._world.people:
            for channel in (None, *self._world.channels):
                for message in self._world.from_okra(name, channel):
                    self._seen.setdefault(message.ts, set()).add(message.text)

    def news(self, name: str, channel: str | None = None, *, edits: bool = True) -> list[Message]:
        """What the bot has said there to that person, oldest first; changed messages, too, if wanted."""
        return [
            message
            for message in self._world.from_okra(name, channel)
            if message.text not in self._seen.get(message.ts, ()) and (edits or message.ts not in self._seen)
        ]

    def posted(self) -> list[Said]:
        """Every new message, whoever sees it, oldest first."""
        direct = [
            Said(name, None, one) for name in self._world.people for one in self.news(name, edits=False)
        ]
        by_ts = {
            one.ts: Said("", channel, one)
            for name in self._world.people
            for channel in self._world.channels
            for one in self.news(name, channel, edits=False)
        }
        return sorted([*direct, *by_ts.values()], key=lambda said: said.message.ts)
