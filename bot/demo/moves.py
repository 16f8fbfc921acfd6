"""How time moves on: from one thing that is due to the next, so that each has its own time."""

from datetime import datetime, time, timedelta

from bot.demo.news import Lookout, Said
from bot.demo.world import ZONE, World

FRIDAY = 4
"""As `datetime.weekday` counts."""
IDLE_STEPS = 20
"""So many moments may pass without a word of the bot before `next_thing` gives up."""


def next_thing(world: World) -> list[Said]:
    """Goes to the next moment at which the bot says something; gives what. Nothing if it has no more to
    say. Raises DemoFailed."""
    lookout = Lookout(world)
    for _ in range(IDLE_STEPS):
        due = world.next_due()
        if due is None:
            break
        arrive(world, due)
        if said := lookout.posted():
            return said
    return []


def go_to(world: World, moment: datetime) -> list[Said]:
    """Goes there through everything that is due on the way; gives what the bot said, in the words it then
    had. Raises DemoFailed."""
    lookout = Lookout(world)
    said: list[Said] = []
    while world.clock() < moment:
        due = world.next_due()
        arrive(world, min(due or moment, moment))
        said += lookout.posted()
        lookout.mark_seen()
    return said


def arrive(world: World, moment: datetime) -> None:
    """It is now that moment, or already later, and the bot has done what there is to do."""
    world.at(max(moment, world.clock()))
    world.rest()


def next_friday(now: datetime) -> datetime:
    """The next Friday's 10:00 at TeeBee, when it asks; a week from now if it is just that."""
    local = now.astimezone(ZONE)
    day = local.date() + timedelta(days=(FRIDAY - local.weekday()) % 7)
    friday = datetime.combine(day, time(10), tzinfo=ZONE)
    return friday if friday > now else friday + timedelta(weeks=1)


def next_week(now: datetime) -> datetime:
    """The same hour at TeeBee, a week later."""
    return now.astimezone(ZONE) + timedelta(weeks=1)
