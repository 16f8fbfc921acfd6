"""Reading channels back: to find a message of ours again, and what people said while we did not hear them."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.services.answering.catching_up import Missed
from bot.services.sending.messenger import Found
from bot.slack.outcomes import say
from bot.slack.reading.events import said_before
from bot.storage.deliveries import Delivery
from bot.storage.inbox import Arrival, moment_of, stamp

METADATA_EVENT: Final = "okra_delivery"
PAGE: Final = 999
CLOCKS_APART: Final = timedelta(hours=1)
"""So long before it could have been posted a message is looked for: our clock may be ahead of Slack's."""

Json = dict[str, Any]


class SlackHistory:
    """Fulfils `bot.services.answering.catching_up.History`. Every method raises Refused where the bot may not
    read, NotSent or Unsure where it could not be found out just now."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def find(self, delivery: Delivery, known_channel: str | None) -> Found | None:
        """As `Messenger.find`: by the random id, in the metadata or in a file's name."""
        channel = known_channel or self.channel_to(delivery.address)
        began = min(filter(None, (delivery.due_at, delivery.tried_at)))
        oldest = stamp(began - CLOCKS_APART)
        if delivery.thread_ts is None:
            messages = self._messages(channel, oldest)
        else:
            messages = self._thread(channel, delivery.thread_ts, oldest)
        for message in messages:
            if delivery.nonce == _id_of(message) or _shows(message, delivery.nonce):
                ts = str(message["ts"])
                return Found(channel=channel, ts=ts, at=moment_of(ts))
        return None

    def said(self, missed: Missed) -> list[Arrival]:
        """What a person said in their direct messages since then, and in the threads there."""
        channel = missed.channel or self.channel_to(missed.slack_id)
        found: list[Arrival] = []
        for message in self._messages(channel, missed.since):
            found += said_before(channel, message)
            if float(message.get("latest_reply") or 0) > float(missed.since):
                thread = self._thread(channel, str(message["ts"]), missed.since)
                # It begins with the message that it hangs on.
                found += (one for reply in thread for one in said_before(channel, reply))
        return found

    def channel_to(self, address: str) -> str:
        """Where messages to a person stand; a channel is its own place."""
        if not address.startswith(("U", "W")):
            return address
        return str(say(self._client.conversations_open, users=address)["channel"]["id"])

    def _messages(self, channel: str, oldest: str) -> Iterator[Json]:
        return _pages(
            self._client.conversations_history,
            channel=channel,
            oldest=oldest,
            inclusive=True,
            include_all_metadata=True,
        )

    def _thread(self, channel: str, ts: str, oldest: str) -> Iterator[Json]:
        return _pages(
            self._client.conversations_replies,
            channel=channel,
            ts=ts,
            oldest=oldest,
            inclusive=True,
            include_all_metadata=True,
        )


def _id_of(message: Json) -> Any:
    metadata = message.get("metadata") or {}
    ours = metadata.get("event_type") == METADATA_EVENT
    return (metadata.get("event_payload") or {}).get("id") if ours else None


def _shows(message: Json, nonce: str) -> bool:
    return any(nonce in str(file.get("name")) for file in message.get("files") or ())


def _pages(method: Callable[..., SlackResponse], **arguments: Any) -> Iterator[Json]:
    cursor: str | None = None
    while cursor != "":
        page = say(method, limit=PAGE, cursor=cursor, **arguments)
        yield from page.get("messages") or ()
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
