"""How services reach people: a protocol of their own, which `bot.slack.sending.messenger` fulfils."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.storage.deliveries import Delivery


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands now."""

    channel: str
    ts: str | None
    """None where Slack does not say: a picture is never changed."""
    more: bool = False
    """Whether it did not fit, and another page has to follow in its thread."""
    chart: bool = False
    """Whether there is something to be drawn of it, which has to follow in its thread."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a message stands that nobody knew of."""

    channel: str
    ts: str
    at: datetime
    """When it was posted, by Slack's clock."""


class NotSent(Exception):  # noqa: N818 - it says how it went
    """It was certainly not posted, and a later attempt may work."""

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        """Seconds that Slack asked us to wait; None: ours to choose."""


class Refused(Exception):  # noqa: N818 - it says how it went
    """It was not posted, and never will be as things are: a person has to mend something."""


class Unsure(Exception):  # noqa: N818 - it says how it went
    """It may have been posted: the answer did not come, or was an error on Slack's side."""


class Messenger(Protocol):
    """Draws a delivery from the freshest state and hands it to Slack."""

    def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
        """Raises NotSent, Refused or Unsure. The request does not begin after `begin_by`
        (`time.monotonic`): by then somebody else may think that it never will."""
        ...

    def update(self, delivery: Delivery, *, begin_by: float) -> Posted:
        """Draws a sent message anew, which may safely be repeated; raises NotSent, Refused or Unsure.
        `begin_by` as for `post`: by then somebody else may have drawn something newer."""
        ...

    def find(self, delivery: Delivery, known_channel: str | None) -> Found | None:
        """Looks in the channel, or the thread, whether the message was posted; None: it was not. Raises
        Refused where that may not be read, NotSent or Unsure where it could not be found out just now.

        `known_channel` is where messages to the same address have been posted, if there were any.
        """
        ...
