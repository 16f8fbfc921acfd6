"""What a person gets for what they did."""

from dataclasses import dataclass, field

from bot.practice.model import Message
from bot.practice.world import Envelope

TROUBLE = "We had some trouble connecting. Try again?"
NO_RESPONSE = "This app did not respond. Try again?"


@dataclass(frozen=True)
class Outcome:
    """`sent` is False if Slack's client held it back; `acked` tells whether the bot answered in time.

    `error` is Slack's sentence for a failure, `errors` the sentences next to fields by block id, and
    `messages` what had newly come up for the person, in any channel, when the bot acknowledged.
    """

    sent: bool = True
    acked: bool = False
    error: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()

    @property
    def ok(self) -> bool:
        return self.error is None and not self.errors


def command_error(envelope: Envelope, name: str) -> str | None:
    """What Slackbot tells the person whose command came to nothing."""
    if envelope.acked:
        return None
    return failed(name, "dispatch_failed" if envelope.unreachable else "operation_timeout")


def failed(name: str, code: str) -> str:
    return f"{name} failed with the error “{code}”"
