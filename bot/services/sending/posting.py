"""Posting a message for the first time: claim it (is it still wanted?), commit, post it, say how it went."""

from datetime import datetime, timedelta

import structlog

from bot.services.looking_up import sharing
from bot.services.sending import asks, pacing
from bot.services.sending.attempts import NAP, Clock, Means, Problem, attempt, clocks_of, hold_back, told
from bot.services.sending.messenger import NotSent, Posted, Refused, Unsure
from bot.services.sending.pacing import Call
from bot.services.sending.wanted import is_wanted
from bot.storage import sending
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, StorageUnavailable

log = structlog.get_logger(__name__)


def post_next(means: Means, clock: Clock, *, waited_for: bool) -> str | timedelta:
    """Posts one message and says what became of it, or how long to wait before there may be one.

    What is waited for does not wait for Slack's pace, except where Slack itself has told us to.
    """
    claimed = _claim(means, clock, waited_for=waited_for)
    if isinstance(claimed, timedelta):
        return claimed
    delivery, begin_by = claimed
    posted = attempt(lambda: means.messenger.post(delivery, begin_by=begin_by), delivery)
    with means.database.transaction() as connection:
        if not isinstance(posted, Posted):
            return _not_sent(connection, delivery, posted, clock())
        sending.mark_sent(connection, delivery.id, channel=posted.channel, ts=posted.ts, at=clock())
        asks.reminder_is_over(connection, delivery)
        if posted.chart:
            asks.chart(connection, delivery)
        if posted.more:
            asks.next_page(connection, delivery)
    return told("sent", delivery)


def _claim(means: Means, clock: Clock, *, waited_for: bool) -> tuple[Delivery, float] | timedelta:
    """The next message that is still wanted, and by when to begin posting it; those that are not are dropped
    on the way. Else how long to wait."""
    limits = means.limits
    while True:
        begin_by = means.begin_by()
        with means.database.transaction() as connection:
            clocks = clocks_of(connection, clock)
            wait = pacing.wait(connection, limits, Call.POST, real_now=clocks.real, in_a_hurry=waited_for)
            if wait:
                return wait
            claimed = sending.claim(
                connection,
                clocks,
                lease=means.timing.lease,
                waited_for=waited_for,
                one_channel=limits.one_channel,
            )
            if claimed is None:
                return NAP
            if is_still_wanted(connection, claimed, clocks.now):
                pacing.spend(connection, limits, Call.POST, real_now=clocks.real)
                return claimed, begin_by


def is_still_wanted(connection: Connection, claimed: Delivery, now: datetime) -> bool:
    """Whether it is; else it is dropped, or, where it makes no sense, has failed."""
    try:
        if is_wanted(connection, claimed, now):
            return True
        sending.drop(connection, claimed)
        asks.reminder_is_over(connection, claimed)
        log.info("delivery dropped", delivery=claimed.id, key=claimed.key)
    except StorageUnavailable:
        raise
    except Exception as error:  # a row that makes no sense must not be in the way of all the others
        sending.fail(connection, claimed, f"{type(error).__name__}: {error}")
        log.exception("delivery makes no sense", delivery=claimed.id, key=claimed.key)
    return False


def _not_sent(connection: Connection, delivery: Delivery, problem: Problem, now: datetime) -> str:
    error = str(problem)
    match problem:
        case NotSent():
            # Uploading is another kind of call than posting: that one is told to wait holds up nothing else.
            call = None if delivery.kind in asks.UPLOADED else Call.POST
            again = hold_back(connection, call, delivery, problem)
            sending.retry(connection, delivery, at=again, error=error)
            return told("will try again", delivery, error)
        case Refused():
            sending.fail(connection, delivery, error)
            asks.trouble(connection, delivery, now)
            sharing.tell_refused(connection, delivery, now)
            return told("failed", delivery, error)
        case Unsure():
            sending.mark_unknown(connection, delivery, error)
            return told("unknown", delivery, error)
