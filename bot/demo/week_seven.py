"""Week 7 of 13: a second team begins, whose meeting decides when it is asked. The numbers are invented.

Only what is new that week is shown; the rest is played and told in a line.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.demo.history import JACKS_SEVENTH, WEEKS, Unchanged, after_another_team, give
from bot.demo.show import Show
from bot.demo.world import CHANNEL, DESIGN, DESIGN_SAMPLE, ZONE, World

JACKS_DESIGN = {1: "70", 2: "18"}
"""Restaurants with a portrait, and days that a project takes: the team that asks first comes first."""
JACKS_ACTIONS = ("KR3: Put the renew button on the first screen", "KR3: Test the order form with a supplier")
"""For a key result of TeeBee's, so that only its digest shows them."""


def tell_week_seven(world: World, show: Show) -> None:
    """From the Monday to Saturday morning. Raises DemoFailed or LookupError."""
    for scene in (_second_team, _meeting_decides, _one_prompt, _late_by_a_tap):
        scene(world, show)


def _second_team(world: World, show: Show) -> None:
    world.clock.set(datetime(2026, 11, 9, 9, 30, tzinfo=ZONE))
    world.begin_team(DESIGN, DESIGN_SAMPLE)
    show.time()
    show.say(
        "A second team begins: Design, led by Jack, with Jim’s help; Hannah looks on. It meets on Fridays at "
        "17:00, so its digest comes an hour before."
    )


def _meeting_decides(world: World, show: Show) -> None:
    prompt = world.said_at(_friday(2), "Jim")
    show.time(name="Jim")
    show.say("Jim’s Friday ends after that meeting, so he is asked on his Thursday.")
    show.sees("Jim", prompt, end="Hello")
    world.said_at(_friday(7), "Jim")
    show.say("Jim does not answer. At his 15:00 he is reminded, once.")


def _one_prompt(world: World, show: Show) -> None:
    world.said_at(_friday(9), "Jack")
    prompt = world.expect_prompt("Jack", "Design and TeeBee check-in")
    show.time(name="Jack")
    show.say("Jack is in both teams, and gets one prompt with all that is his.")
    show.sees("Jack", prompt, end="Last week you")
    world.clock.set(_friday(9, 5))
    give(world, "Jack", after_another_team(JACKS_DESIGN, replace(JACKS_SEVENTH, actions=JACKS_ACTIONS)))
    world.said_at(_friday(10), "Hannah")
    world.clock.set(_friday(10, 5))
    give(world, "Hannah", WEEKS[6].hannah)
    world.said_at(_friday(16), "Hannah", DESIGN)
    world.said_at(_friday(16, 30), "Hannah", CHANNEL)
    show.say(f"Jack and Hannah answer by form; {DESIGN} and {CHANNEL} get a digest each, of their own team.")


def _late_by_a_tap(world: World, show: Show) -> None:
    world.clock.set(_friday(16) + timedelta(hours=9))
    show.time(name="Jim")
    before = world.from_okra("Hannah", DESIGN)[-1]
    show.does("Jim", "is late. He taps [All unchanged], and the digest follows.")
    give(world, "Jim", Unchanged())
    after = world.expect_message("Hannah", "Jim answered", DESIGN)
    show.changes(f"{DESIGN}: the digest has changed", before, after)


def _friday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 13, hour, minute, tzinfo=ZONE)
