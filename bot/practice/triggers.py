"""The short-lived rights that come with an interaction: to open a form, and to answer at an address."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.practice.errors import SlackError
from bot.practice.ids import Ids

TRIGGER_SECONDS = 3.0
ANSWER_SECONDS = 30 * 60.0
ANSWER_USES = 5


@dataclass
class Trigger:
    """Lets the bot open one form for `user`, once. `channel` is where they were, "" in a form or Home."""

    user: str
    made: float
    in_view: bool
    channel: str = ""
    used: bool = False


@dataclass
class AnswerAddress:
    """What stands behind a response_url: where it answers and, if a message was tapped, which one."""

    user: str
    channel: str
    made: float
    message_ts: str | None = None
    uses: int = 0


class Triggers:
    """Gives out trigger ids and takes them back. `timer` gives seconds that only grow."""

    def __init__(self, ids: Ids, timer: Callable[[], float]) -> None:
        self._ids = ids
        self._timer = timer
        self._known: dict[str, Trigger] = {}

    def new(self, user: str, *, in_view: bool = False, channel: str = "") -> str:
        number = self._ids.number()
        trigger_id = f"{number}.{number:010d}.{self._ids.new('', 20).lower()}"
        self._known[trigger_id] = Trigger(user, self._timer(), in_view, channel)
        return trigger_id

    def check(self, trigger_id: str) -> Trigger:
        """The trigger, still unused; SlackError if it is unknown, used or older than three seconds."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._timer() - trigger.made > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        return trigger


class AnswerAddresses:
    """The response addresses given out: five uses within thirty minutes each."""

    def __init__(self, ids: Ids, timer: Callable[[], float]) -> None:
        self._ids = ids
        self._timer = timer
        self._known: dict[str, AnswerAddress] = {}

    def new(self, user: str, channel: str, message_ts: str | None = None) -> str:
        key = self._ids.new("", 24)
        self._known[key] = AnswerAddress(user, channel, self._timer(), message_ts)
        return key

    def use(self, key: str) -> AnswerAddress:
        address = self._known.get(key)
        if address is None:
            raise SlackError("invalid_url")
        if self._timer() - address.made > ANSWER_SECONDS:
            raise SlackError("expired_url")
        if address.uses >= ANSWER_USES:
            raise SlackError("used_url")
        address.uses += 1
        return address
