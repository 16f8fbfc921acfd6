"""Draws deliveries from the freshest state and hands them to Slack."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import structlog
from slack_sdk import WebClient

from bot.services.sending import asks
from bot.services.sending.messenger import Found, NotSent, Posted, Refused, Unsure
from bot.slack.history import METADATA_EVENT, SlackHistory
from bot.slack.outcomes import say
from bot.slack.sending.drawing import Drawing, Drawn
from bot.slack.sending.upload import upload
from bot.slack.sending.uploads import Makers, Uploads
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database, StorageUnavailable

T = TypeVar("T")

log = structlog.get_logger(__name__)


class SlackMessenger:
    """Fulfils `bot.services.sending.messenger.Messenger`."""

    def __init__(
        self, database: Database, client: WebClient, clock: Callable[[], datetime], makers: Makers
    ) -> None:
        self._client = client
        self._history = SlackHistory(client)
        self._drawing = Drawing(database, clock)
        self._uploads = Uploads(database, clock, makers)

    def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
        if delivery.kind == asks.CHART:
            return self._upload(delivery, begin_by)
        if delivery.kind in asks.UPLOADED:
            return self._upload_or_say(delivery, begin_by)
        return self._say(delivery, self._drawn(self._drawing.draw, delivery, begin_by))

    def _say(self, delivery: Delivery, drawn: Drawn) -> Posted:
        response = say(
            self._client.chat_postMessage,
            channel=delivery.address,
            text=drawn.message.text,
            blocks=list(drawn.message.blocks),
            thread_ts=delivery.thread_ts,
            # Others in the workspace can read metadata: it holds nothing but the random id.
            metadata={"event_type": METADATA_EVENT, "event_payload": {"id": delivery.nonce}},
            unfurl_links=False,
            unfurl_media=False,
            mrkdwn=False,  # what screen readers are given is words, not markup
        )
        return drawn.posted(str(response["channel"]), str(response["ts"]))

    def update(self, delivery: Delivery, *, begin_by: float) -> Posted:
        drawn = self._drawn(self._drawing.draw, delivery, begin_by)
        if delivery.channel is None or delivery.ts is None:
            raise Refused("it was never posted")
        say(
            self._client.chat_update,
            channel=delivery.channel,
            ts=delivery.ts,
            text=drawn.message.text,
            blocks=list(drawn.message.blocks),
        )
        return drawn.posted(delivery.channel, delivery.ts)

    def find(self, delivery: Delivery, known_channel: str | None) -> Found | None:
        return self._history.find(delivery, known_channel)

    def _upload(self, delivery: Delivery, begin_by: float) -> Posted:
        """Slack does not say where it stands."""
        made = self._drawn(self._uploads.make, delivery, begin_by)
        try:
            channel = self._history.channel_to(delivery.address)
        except Unsure as unsure:  # nothing was posted yet
            raise NotSent(str(unsure)) from unsure
        thread = delivery.thread_ts
        upload(self._client, made.files, made.words, channel=channel, thread_ts=thread, begin_by=begin_by)
        return Posted(channel=channel, ts=None)

    def _upload_or_say(self, delivery: Delivery, begin_by: float) -> Posted:
        """Whoever waits for what Slack does not take reads so, and of a picture the same in words."""
        try:
            return self._upload(delivery, begin_by)
        except Refused as refusal:
            reason = str(refusal)
        log.warning("file refused", delivery=delivery.id, error=reason)
        message = self._drawn(lambda one: self._uploads.instead(one, reason), delivery, begin_by)
        return self._say(delivery, Drawn(message))

    def _drawn(self, draw: Callable[[Delivery], T], delivery: Delivery, begin_by: float) -> T:
        """What `draw` gives; NotSent if that took too long, Refused if it cannot be."""
        try:
            drawn = draw(delivery)
        except StorageUnavailable as error:
            raise NotSent(f"the database could not be read: {error}") from error
        except Exception as error:  # what cannot be drawn is our mistake, and must not hold up other messages
            log.exception("delivery cannot be drawn", delivery=delivery.id, key=delivery.key)
            raise Refused(f"it could not be drawn: {type(error).__name__}: {error}") from error
        if time.monotonic() > begin_by:
            raise NotSent("drawing it took too long")
        return drawn
