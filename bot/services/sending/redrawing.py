"""Bringing a posted message up to date. That may safely be repeated, so it is until it has worked."""

from datetime import timedelta

from bot.services.sending import asks, pacing
from bot.services.sending.attempts import NAP, Clock, Means, Problem, attempt, clocks_of, hold_back, told
from bot.services.sending.messenger import Posted, Refused, Unsure
from bot.services.sending.pacing import Call
from bot.storage import sending
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection


def redraw_next(means: Means, clock: Clock, *, waited_for: bool) -> str | timedelta:
    """Draws one message anew and says what became of it, or how long to wait before there may be one. With
    `waited_for`, only what somebody waits for at their screen."""
    begin_by = means.begin_by()
    with means.database.transaction() as connection:
        clocks = clocks_of(connection, clock)
        wait = pacing.wait(connection, means.limits, Call.UPDATE, real_now=clocks.real)
        if wait:
            return wait
        timing = means.timing
        stale = sending.claim_stale(
            connection, clocks, lease=timing.lease, rest=timing.rest, waited_for=waited_for
        )
        if stale is None:
            return NAP
        pacing.spend(connection, means.limits, Call.UPDATE, real_now=clocks.real)
    posted = attempt(lambda: means.messenger.update(stale, begin_by=begin_by), stale)
    with means.database.transaction() as connection:
        if not isinstance(posted, Posted):
            return _not_redrawn(connection, stale, posted)
        sending.mark_updated(connection, stale)
        if posted.chart:
            asks.chart(connection, stale)
        if posted.more:
            asks.next_page(connection, stale)
    return told("updated", stale)


def _not_redrawn(connection: Connection, delivery: Delivery, problem: Problem) -> str:
    """Nothing else would ever put the message right, so it is tried for as long as it takes. After an unknown
    outcome it waits until what is under way has arrived: an old drawing never comes on top of a newer one."""
    error = str(problem)
    if isinstance(problem, Refused):
        sending.give_up_update(connection, delivery, error)
        return told("update given up", delivery, error)
    again = hold_back(connection, Call.UPDATE, delivery, problem)
    if isinstance(problem, Unsure) and delivery.lease_until is not None:
        again = max(again, delivery.lease_until)
    sending.retry_update(connection, delivery, at=again, error=error)
    return told("update will be tried again", delivery, error)
