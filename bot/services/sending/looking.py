"""Before a prompt or a reminder is posted: does the person want to be disturbed now?

All that are due are looked up together, each once. Where Slack's pace has us wait for a moment, so do they,
as long as there is time left to answer in. Where Slack does not say, or may not be asked so soon, they are
posted as if nobody wanted quiet.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.okr.days.later import LEAST_LEFT
from bot.okr.days.quiet import Quiet
from bot.services.sending import asks, pacing
from bot.services.sending.attempts import NAP, Clock, Means, clocks_of, told
from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.services.sending.pacing import Call
from bot.services.sending.posting import is_still_wanted
from bot.services.sending.wanted import due_at
from bot.storage import check_ins, quiet, sending
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, real_now
from bot.storage.sending import Clocks

AT_ONCE = 50
"""So many messages are taken up together where nobody can be asked anyway."""
AT_ONCE_AGAIN = timedelta(0)
LONGEST_HOLD = timedelta(seconds=10)
"""Far longer than the pace of our own calls has us wait; for the end of a longer block nobody waits."""
REFUSED_RESTS = timedelta(hours=1)
"""Slack lets us ask about nobody: somebody has to mend that first."""

log = structlog.get_logger(__name__)


def look_next(means: Means, clock: Clock) -> str | timedelta:
    """Lets go of the messages that are due, some of them for later; says which are put off, or how long to
    wait before going on."""
    claimed = _claim(means, clock)
    if isinstance(claimed, timedelta):
        return claimed
    taken, may_ask = claimed
    found = _ask(means, [one.address for one in taken]) if taken and may_ask else {}
    with means.database.transaction() as connection:
        now = clock()
        done = [_heed(connection, one, found.get(one.address), now) for one in taken]
    return "\n".join(filter(None, done)) or AT_ONCE_AGAIN


def _claim(means: Means, clock: Clock) -> tuple[list[Delivery], bool] | timedelta:
    """Those that are wanted, and whether Slack may be asked about them; the others are dropped on the way.
    Else how long to wait: then those alone are taken up that cannot, and not asked about."""
    most = means.quiet_hours.most if means.quiet_hours else AT_ONCE
    with means.database.transaction() as connection:
        clocks = clocks_of(connection, clock)
        wait = _wait(connection, means, clocks)
        holds = timedelta(0) < wait <= LONGEST_HOLD
        taken = quiet.claim(
            connection,
            now=clocks.now,
            real_now=clocks.real,
            lease=means.timing.lease,
            most=most,
            answers_due_by=clocks.now + LEAST_LEFT if holds else None,
        )
        if not taken:
            return wait if holds else NAP  # somebody else was faster
        wanted = [one for one in taken if is_still_wanted(connection, one, clocks.now)]
        may_ask = means.quiet_hours is not None and not wait
        if wanted and may_ask:
            pacing.spend(connection, means.limits, Call.QUIET, real_now=clocks.real)
        return wanted, may_ask


def _wait(connection: Connection, means: Means, clocks: Clocks) -> timedelta:
    if means.quiet_hours is None:
        return timedelta(0)
    return pacing.wait(connection, means.limits, Call.QUIET, real_now=clocks.real)


def _ask(means: Means, slack_ids: Sequence[str]) -> Mapping[str, Quiet]:
    """Empty where Slack does not say; then it is not asked again for a while."""
    if means.quiet_hours is None:
        return {}
    try:
        return means.quiet_hours.of(sorted(set(slack_ids)))
    except Refused as refusal:
        rests, problem = REFUSED_RESTS, str(refusal)
    except (NotSent, Unsure) as silence:
        asked = silence.retry_after if isinstance(silence, NotSent) else None
        rests, problem = pacing.resting(asked), str(silence)
    except Exception as error:  # a mistake of ours over an odd answer must not hold up what it is asked for
        log.exception("quiet hours cannot be read")
        rests, problem = REFUSED_RESTS, type(error).__name__
    log.warning("quiet hours cannot be looked up", error=problem)
    with means.database.transaction() as connection:
        pacing.block(connection, Call.QUIET, until=real_now(connection) + rests)
    return {}


def _heed(connection: Connection, taken: Delivery, wish: Quiet | None, now: datetime) -> str:
    """What became of it, where it waits or is not said at all: it says by when to answer, and comes before
    that. A reminder that the person has put off themselves comes when they said."""
    check_in = check_ins.find(connection, taken.subject["check_in"])
    if wish is None or not wish.covers(now) or check_in is None or due_at(connection, check_in) is None:
        quiet.release(connection, taken)
        return ""
    reminds = taken.kind == asks.REMINDER
    if reminds and check_in.later_at is not None:
        quiet.release(connection, taken)
        return ""
    if wish.leaves_time(check_in.answer_by):
        quiet.release(connection, taken, due_at=wish.ends)
        return told("put off", taken)
    if reminds:
        sending.drop(connection, taken)
        return told("dropped", taken)
    quiet.release(connection, taken)
    return ""
