"""What people have on their screens: looked at again and again, and only at what is new."""

import contextlib
import re
import threading
from datetime import date
from http.client import HTTPException
from typing import Self

from bot.practice.ids import stamp_time
from bot.practice.model import Message
from bot.practice.remote import RemoteSlack
from tests.torture.company import ZONE

LOOK_SECONDS = 0.25
ASKING = re.compile(r"^(Reminder: )?.* check-in (·|of) ")
"""How a prompt or a reminder begins, in whichever state it is."""


def asks(message: Message) -> bool:
    """Whether it is a prompt or a reminder, by what a person reads."""
    return message.from_bot and ASKING.match(message.text.partition("\n")[0]) is not None


def day_of(ts: str) -> date:
    return stamp_time(ts).astimezone(ZONE).date()


def latest(message: Message) -> str:
    """When it was posted or changed last."""
    return message.edited_ts or message.ts


class Watch:
    """The newest prompt or reminder of each person, from entering to leaving."""

    def __init__(self, slack: RemoteSlack) -> None:
        self._slack = slack
        self._asked: dict[tuple[str, date], Message] = {}
        self._seen = "0"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, name="watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def asked(self, person: str, on: date) -> Message | None:
        """What asks that person for that day, as it stands now; None while they see nothing of it."""
        return self._asked.get((person, on))

    def answered(self, person: str, on: date) -> bool:
        """Whether they can see there that they have answered."""
        message = self.asked(person, on)
        return message is not None and "Answered " in message.text

    def _look_on(self) -> None:
        """Until Slack is gone, which everybody else notices, too."""
        with contextlib.suppress(OSError, HTTPException):
            while not self._over.wait(LOOK_SECONDS):
                self._look()

    def _look(self) -> None:
        news = self._slack.conversations(blocks=False, since=self._seen)
        if not news:
            return
        people = {channel: person for person, channel in self._slack.direct_messages().items()}
        for channel, messages in news.items():
            for message in messages:
                self._seen = max(self._seen, latest(message))
                if channel in people and asks(message):
                    self._see(people[channel], message)

    def _see(self, person: str, message: Message) -> None:
        place = person, day_of(message.ts)
        known = self._asked.get(place)
        if known is None or message.ts >= known.ts:
            self._asked[place] = message
