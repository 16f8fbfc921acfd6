"""Draws deliveries from the freshest state and hands them to Slack."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import structlog
from slack_sdk import WebClient

from bot.okr import chart
from bot.okr.chart import ChartView
from bot.okr.digest import Digest
from bot.services import asks, blockers, digests, pictures, prompts, receipts, team_files, troubles
from bot.services.messenger import Found, NotSent, Posted, Refused, Unsure
from bot.services.team_files import TeamFiles
from bot.slack.blocks import chart as chart_blocks
from bot.slack.blocks import digest as digest_blocks
from bot.slack.blocks import team_files as team_blocks
from bot.slack.blocks.blockers import became, requests
from bot.slack.blocks.notice import notice
from bot.slack.blocks.prompt import prompt, reminder
from bot.slack.blocks.receipt import receipt
from bot.slack.history import METADATA_EVENT, SlackHistory
from bot.slack.message import Message
from bot.slack.outcomes import say
from bot.slack.upload import File, picture_name, upload
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database, StorageUnavailable

T = TypeVar("T")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A message, and what of it has to follow in its thread."""

    message: Message
    more: bool = False
    chart: bool = False

    def posted(self, channel: str, ts: str) -> Posted:
        return Posted(channel=channel, ts=ts, more=self.more, chart=self.chart)


class SlackMessenger:
    """Fulfils `bot.services.messenger.Messenger`."""

    def __init__(
        self,
        database: Database,
        client: WebClient,
        clock: Callable[[], datetime],
        draw_chart: Callable[[ChartView], bytes],
        write_files: Callable[[TeamFiles], dict[str, bytes]],
    ) -> None:
        """`write_files` gives the contents of a team's files by the endings of their names."""
        self._database = database
        self._client = client
        self._clock = clock
        self._draw_chart = draw_chart
        self._write_files = write_files
        self._history = SlackHistory(client)

    def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
        if delivery.kind == asks.CHART:
            return self._upload(delivery, begin_by)
        if delivery.kind in {asks.PICTURE, asks.TEAM_FILES}:
            return self._upload_or_say(delivery, begin_by)
        return self._say(delivery, self._drawn(self._draw, delivery, begin_by))

    def _say(self, delivery: Delivery, drawn: _Drawn) -> Posted:
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
        drawn = self._drawn(self._draw, delivery, begin_by)
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
        files, blocks = self._drawn(self._files, delivery, begin_by)
        try:
            channel = self._history.channel_to(delivery.address)
        except Unsure as unsure:  # nothing was posted yet
            raise NotSent(str(unsure)) from unsure
        upload(self._client, files, blocks, channel=channel, thread_ts=delivery.thread_ts, begin_by=begin_by)
        return Posted(channel=channel, ts=None)

    def _upload_or_say(self, delivery: Delivery, begin_by: float) -> Posted:
        """Whoever waits for what Slack does not take reads so, and of a picture the same in words."""
        try:
            return self._upload(delivery, begin_by)
        except Refused as refusal:
            reason = str(refusal)
        log.warning("file refused", delivery=delivery.id, error=reason)
        message = self._drawn(lambda one: self._instead(one, reason), delivery, begin_by)
        return self._say(delivery, _Drawn(message))

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

    def _draw(self, delivery: Delivery) -> _Drawn:
        subject = delivery.subject
        match delivery.kind:
            case asks.PROMPT:
                return _Drawn(prompt(prompts.load(self._database, subject["check_in"])))
            case asks.REMINDER:
                return _Drawn(reminder(prompts.load(self._database, subject["check_in"])))
            case asks.RECEIPT:
                view = receipts.load(self._database, delivery.address, subject, self._clock())
                return _Drawn(receipt(view))
            case asks.DIGEST:
                return self._page(digests.load(self._database, subject["round"]), subject["page"])
            case asks.REQUESTS | asks.CLEARED:
                return _Drawn(self._of_blockers(delivery))
            case asks.NOTICE:
                return _Drawn(notice(troubles.load(self._database, subject["round"])))
            case _:
                raise LookupError(f"no such kind of message: {delivery.kind}")

    def _of_blockers(self, delivery: Delivery) -> Message:
        person_id = delivery.subject["person"]
        if delivery.kind == asks.REQUESTS:
            return requests(blockers.load_requests(self._database, person_id, self._clock()))
        on = date.fromisoformat(delivery.subject["date"])
        return became(blockers.load_cleared(self._database, person_id, on))

    def _page(self, digest: Digest, page: int) -> _Drawn:
        more = page + 1 < digest_blocks.pages(digest)
        charted = page == 0 and chart.of_digest(digest) is not None
        return _Drawn(digest_blocks.digest(digest, page), more, charted)

    def _files(self, delivery: Delivery) -> tuple[tuple[File, ...], list[dict[str, Any]]]:
        """What is to be uploaded, and the words above it."""
        if delivery.kind == asks.TEAM_FILES:
            team = self._team(delivery)
            files = team_blocks.files(team, self._write_files(team), delivery.nonce)
            return files, team_blocks.words(team)
        view = self._chart(delivery)
        picture = File(
            name=picture_name(delivery.nonce),
            title=chart_blocks.title(view),
            content=self._draw_chart(view),
            alt=chart_blocks.alt_text(view),
        )
        return (picture,), chart_blocks.words(view)

    def _instead(self, delivery: Delivery, reason: str) -> Message:
        if delivery.kind == asks.TEAM_FILES:
            return team_blocks.instead(self._team(delivery), reason)
        return chart_blocks.instead(self._chart(delivery), reason)

    def _team(self, delivery: Delivery) -> TeamFiles:
        subject = delivery.subject
        return team_files.load(self._database, subject["person"], subject["team"], self._clock())

    def _chart(self, delivery: Delivery) -> ChartView:
        subject = delivery.subject
        if delivery.kind == asks.PICTURE:
            return pictures.load(self._database, subject["person"], subject["key_result"], self._clock())
        view = chart.of_digest(digests.load(self._database, subject["round"]))
        if view is None:
            raise LookupError("nothing can be drawn of it any more")
        return view
