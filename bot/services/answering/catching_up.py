"""Catching up: what people said while nobody heard them is read from the history of their direct messages.

Slack tells an event again for about six minutes only. After a start, after each reconnection, and when events
could not be written down, the direct messages of everybody with an open check-in are read from the last one
heard on, and what is new goes through the inbox like any event; what is known is recognised there.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

import structlog

from bot.services.sending import asks, pacing
from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.services.sending.pacing import Call, Limits
from bot.storage import check_ins, deliveries, inbox
from bot.storage.engine import Connection, Database, StorageUnavailable, real_now
from bot.storage.inbox import Arrival

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Missed:
    """Where to read, and from when on."""

    slack_id: str
    channel: str | None
    """Where the person's direct messages are; None where nothing was ever posted to them."""
    since: str
    """Slack's ts."""


class History(Protocol):
    def said(self, missed: Missed) -> Iterable[Arrival]:
        """What people said there since then, and in the threads there; some of it is known already.
        Raises Refused where that may not be read, NotSent or Unsure where it cannot be just now."""
        ...


class CatchingUp:
    """Reads when it is wanted; what cannot be read just now is left for the next time it is run."""

    def __init__(
        self, database: Database, history: History, wake_inbox: Callable[[], None], limits: Limits
    ) -> None:
        self.began = threading.Event()
        """Set once everything that was missed before the start has been read."""
        self.ever_wanted = False
        self._database = database
        self._history = history
        self._wake_inbox = wake_inbox
        self._limits = limits
        self._wanted = threading.Event()
        self._left: dict[str, Missed] = {}
        self._stopping = threading.Event()

    def want(self) -> None:
        """Something may have been missed."""
        self.ever_wanted = True
        self._wanted.set()

    @property
    def due(self) -> bool:
        return self._wanted.is_set() or bool(self._left)

    def stop(self) -> None:
        """Reads nothing further."""
        self._stopping.set()
        self.began.set()

    def run(self) -> None:
        """Raises StorageUnavailable; then everything is still to be done."""
        if self._wanted.is_set():
            self._wanted.clear()
            self._left = self._look_round() | self._left
        read = new = 0
        for person, missed in list(self._left.items()):
            while self._waited():
                pass
            if self._stopping.is_set():
                return
            arrivals = self._said(missed)
            if arrivals is None:
                continue  # one person's trouble does not hold up the others
            new += self._take_in(arrivals)
            del self._left[person]
            read += 1
        if read:
            log.info("caught up with direct messages", people=read, messages=new)
        if not self._left:
            self.began.set()

    def _look_round(self) -> dict[str, Missed]:
        try:
            with self._database.reading() as connection:
                return _missed(connection)
        except StorageUnavailable:
            self._wanted.set()
            raise

    def _waited(self) -> bool:
        """Takes the right to one look, or waits a while; there is nothing to wait for once we stop."""
        if self._stopping.is_set():
            return False
        with self._database.transaction() as connection:
            clock = real_now(connection)
            wait = pacing.wait(connection, self._limits, Call.LOOK, real_now=clock)
            if not wait:
                pacing.spend(connection, self._limits, Call.LOOK, real_now=clock)
                return False
        self._stopping.wait(wait.total_seconds())
        return True

    def _said(self, missed: Missed) -> list[Arrival] | None:
        """None: not to be had just now."""
        try:
            return list(self._history.said(missed))
        except Refused as refusal:
            log.warning("direct messages cannot be read", person=missed.slack_id, error=str(refusal))
            return []
        except (NotSent, Unsure) as problem:
            log.warning("direct messages cannot be read yet", person=missed.slack_id, error=str(problem))
            if isinstance(problem, NotSent) and problem.retry_after is not None:
                with self._database.transaction() as connection:
                    until = real_now(connection) + timedelta(seconds=problem.retry_after)
                    pacing.block(connection, Call.LOOK, until=until)
            return None

    def _take_in(self, arrivals: list[Arrival]) -> int:
        """How many are new. An edited message is only kept to be recognised: its first words are gone, and
        those it has now were said when it was edited, perhaps after other messages; so the edit says them."""
        if not arrivals:
            return 0
        edited = {(one.channel, one.payload["edited"]) for one in arrivals if one.kind == inbox.EDIT}
        with self._database.transaction() as connection:
            clock = real_now(connection)
            new = 0
            for one in arrivals:
                said_by_edit = one.kind == inbox.MESSAGE and (one.channel, one.ts) in edited
                if inbox.take_in(connection, one, clock, handled=said_by_edit) and not said_by_edit:
                    new += 1
        if new:
            self._wake_inbox()
        return new


def _missed(connection: Connection) -> dict[str, Missed]:
    """By Slack id. From the last message heard of a person, or the prompt that is open, on, whichever is
    earlier: they may have gone on in its thread, and not all that came before the last one heard need have
    been heard. Whoever was never heard is read from our first message to them on, or from the week in which
    they are asked."""
    open_ = check_ins.people_with_open(connection)
    posted = deliveries.posted_to(connection, open_)
    heard = inbox.last_heard(connection, [channel for channel, _ in posted.values()])
    missed = {}
    for slack_id, (person_id, dates) in open_.items():
        channel, first_ts = posted.get(slack_id) or (None, _week_before(min(dates)))
        prompts = (deliveries.by_key(connection, asks.prompt_key(person_id, on)) for on in dates)
        prompted = [prompt.ts for prompt in prompts if prompt and prompt.ts]
        since = min([heard.get(channel or "", first_ts), *prompted], key=float)
        missed[slack_id] = Missed(slack_id, channel, since)
    return missed


def _week_before(day: date) -> str:
    return inbox.stamp(datetime.combine(day - timedelta(weeks=1), time(), UTC))
