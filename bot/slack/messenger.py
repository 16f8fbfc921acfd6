"""Draws deliveries from the freshest state and hands them to Slack."""

import time
from collections.abc import Callable
from datetime import datetime

import structlog
from slack_sdk import WebClient

from bot.services import asks, digests, prompts, receipts, troubles
from bot.services.messenger import Found, NotSent, Posted, Refused
from bot.slack.blocks import digest as digest_blocks
from bot.slack.blocks.notice import notice
from bot.slack.blocks.prompt import prompt, reminder
from bot.slack.blocks.receipt import receipt
from bot.slack.history import METADATA_EVENT, SlackHistory
from bot.slack.message import Message
from bot.slack.outcomes import say
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database, StorageUnavailable

log = structlog.get_logger(__name__)


class SlackMessenger:
    """Fulfils `bot.services.messenger.Messenger`."""

    def __init__(self, database: Database, client: WebClient, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._client = client
        self._clock = clock
        self._history = SlackHistory(client)

    def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
        message, more = self._drawn(delivery, begin_by)
        response = say(
            self._client.chat_postMessage,
            channel=delivery.address,
            text=message.text,
            blocks=list(message.blocks),
            thread_ts=delivery.thread_ts,
            # Others in the workspace can read metadata: it holds nothing but the random id.
            metadata={"event_type": METADATA_EVENT, "event_payload": {"id": delivery.nonce}},
            unfurl_links=False,
            unfurl_media=False,
            mrkdwn=False,  # what screen readers are given is words, not markup
        )
        return Posted(channel=str(response["channel"]), ts=str(response["ts"]), more=more)

    def update(self, delivery: Delivery, *, begin_by: float) -> Posted:
        message, more = self._drawn(delivery, begin_by)
        if delivery.channel is None or delivery.ts is None:
            raise Refused("it was never posted")
        say(
            self._client.chat_update,
            channel=delivery.channel,
            ts=delivery.ts,
            text=message.text,
            blocks=list(message.blocks),
        )
        return Posted(channel=delivery.channel, ts=delivery.ts, more=more)

    def find(self, delivery: Delivery, known_channel: str | None) -> Found | None:
        return self._history.find(delivery, known_channel)

    def _drawn(self, delivery: Delivery, begin_by: float) -> tuple[Message, bool]:
        """The message, and whether more of it has to follow in its thread; NotSent if that took too long."""
        try:
            drawn = self._draw(delivery)
        except StorageUnavailable as error:
            raise NotSent(f"the database could not be read: {error}") from error
        except Exception as error:  # what cannot be drawn is our mistake, and must not hold up other messages
            log.exception("delivery cannot be drawn", delivery=delivery.id, key=delivery.key)
            raise Refused(f"it could not be drawn: {type(error).__name__}: {error}") from error
        if time.monotonic() > begin_by:
            raise NotSent("drawing it took too long")
        return drawn

    def _draw(self, delivery: Delivery) -> tuple[Message, bool]:
        subject = delivery.subject
        match delivery.kind:
            case asks.PROMPT:
                return prompt(prompts.load(self._database, subject["check_in"])), False
            case asks.REMINDER:
                return reminder(prompts.load(self._database, subject["check_in"])), False
            case asks.RECEIPT:
                view = receipts.load(self._database, delivery.address, subject, self._clock())
                return receipt(view), False
            case asks.DIGEST:
                digest = digests.load(self._database, subject["round"])
                page = subject["page"]
                return digest_blocks.digest(digest, page), page + 1 < digest_blocks.pages(digest)
            case asks.NOTICE:
                return notice(troubles.load(self._database, subject["round"])), False
            case _:
                raise LookupError(f"no such kind of message: {delivery.kind}")
