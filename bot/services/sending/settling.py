"""Settling: finding out whether a message was posted of which nobody knows, before anybody posts it again."""

from datetime import datetime, timedelta

from bot.services.sending import asks, pacing
from bot.services.sending.attempts import NAP, Clock, Means, Problem, attempt, clocks_of, hold_back, told
from bot.services.sending.messenger import Found, NotSent, Refused, Unsure
from bot.services.sending.pacing import Call
from bot.storage import deliveries, sending
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, real_now

UNREADABLE_WAIT = timedelta(hours=1)
"""The bot may have been let into the channel meanwhile, or been given the scope."""


def settle_next(means: Means, clock: Clock) -> str | timedelta:
    """Looks for one message, no sooner than a lease after the request for it began, and says what became of
    it; or how long to wait before there may be one."""
    lease = means.timing.lease
    with means.database.transaction() as connection:
        clocks = clocks_of(connection, clock)
        wait = pacing.wait(connection, means.limits, Call.LOOK, real_now=clocks.real)
        if wait:
            return wait
        unknown = sending.claim_unknown(connection, clocks, lease=lease, settle_after=lease)
        if unknown is None:
            return NAP
        pacing.spend(connection, means.limits, Call.LOOK, real_now=clocks.real)
        channel = deliveries.channel_of(connection, unknown.address)
    found = attempt(lambda: means.messenger.find(unknown, channel), unknown)
    with means.database.transaction() as connection:
        said = _settled(connection, unknown, found, clock())
        if unknown.unreadable:
            asks.redraw_notices(connection, unknown)
        return said


def _settled(connection: Connection, unknown: Delivery, found: Found | Problem | None, now: datetime) -> str:
    match found:
        case Found():
            at = min(now, found.at)
            redraw = unknown.kind not in asks.UPLOADED  # a picture cannot be drawn anew
            sending.settle_found(
                connection, unknown, channel=found.channel, ts=found.ts, at=at, redraw=redraw
            )
            asks.reminder_is_over(connection, unknown)
            return told("it had been sent", unknown)
        case None:
            sending.settle_absent(connection, unknown)
            return told("it had not been sent", unknown)
        case Refused():
            again = real_now(connection) + UNREADABLE_WAIT
            sending.look_again(connection, unknown, at=again, error=str(found), unreadable=True)
            asks.trouble(connection, unknown, now)
            return told("nobody can tell whether it was sent", unknown, str(found))
        case NotSent() | Unsure():
            again = hold_back(connection, Call.LOOK, unknown, found)
            unreadable = unknown.unreadable
            sending.look_again(connection, unknown, at=again, error=str(found), unreadable=unreadable)
            return told("will look for it again", unknown, str(found))
