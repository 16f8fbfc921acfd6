"""Do Not Disturb: a person's daily quiet hours and snoozes, as the bot is told of them."""

from datetime import datetime, time, timedelta

from bot.practice.model import Person

NEVER = (1, 1)
"""Both ends, as Slack says it of somebody who has no such hours."""


def hour(word: str) -> time | None:
    """The hour of a clock; None for no words, ValueError for others."""
    return time.fromisoformat(word) if word else None


def window(person: Person, now: datetime) -> tuple[int, int]:
    """The stretch of quiet that it is now, or that comes next, in seconds since 1970.

    What others see of a snooze is no more than that: the stretch that it makes.
    """
    if person.snoozed_from <= now.timestamp() < person.snoozed_to:
        return person.snoozed_from, person.snoozed_to
    starts, ends = hour(person.quiet_from), hour(person.quiet_to)
    if starts is None or ends is None:
        return NEVER
    local = now.astimezone(person.zone)
    for ago in (1, 0, -1):
        day = local.date() - timedelta(days=ago)
        first = datetime.combine(day, starts, person.zone)
        last = datetime.combine(day + timedelta(days=ends <= starts), ends, person.zone)
        if last > local:
            return int(first.timestamp()), int(last.timestamp())
    return NEVER
