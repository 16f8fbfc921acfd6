"""Week 8 of 13 at TeeBee: a Friday, shown as it happens. The numbers are invented.

Each scene moves the clock, lets people act, waits for what the bot does, and shows it. Nothing of what is
shown is written here but what people type.
"""

from datetime import datetime

from bot.demo.history import choose_confidence, play_history, type_value
from bot.demo.show import Show
from bot.demo.world import CHANNEL, ZONE, World

PREFACE = (
    "TeeBee sells fine tea to restaurants: Hannah runs it, Jack designs the product, Jim has invested. Each "
    "Friday Okra asks how their six key results (KRs) are doing and tells the team what to talk about."
)
REALLY = "Now comes week 8: it really happens, in a practice Slack."
JACKS_WORDS = """\
1 60% confidence 8, the renew button is on the first screen
2 7.2 confidence 7
3 14 confidence 3, order status only by phone
could we talk about the hotel fair some time?
next: status page by Tuesday"""
LATE_WORDS = "3 186k confidence 6, one more order came in"


def tell(world: World, show: Show) -> None:
    """The whole story. Raises DemoFailed, or LookupError where a screen lacks what a person looks for."""
    show.say("Okra, on a Friday", "bold")
    show.say(PREFACE)
    play_history(world)
    show.say(f"{_so_far(world)} {REALLY}")
    for scene in (_prompts, _form, _reminder, _correction, _digest, _late, _investor):
        scene(world, show)


def _so_far(world: World) -> str:
    calls = [record["method"] for record in world.slack.records if record["direction"] == "to_slack"]
    acts = [record for record in world.slack.records if record["direction"] == "to_bot"]
    sent = calls.count("chat.postMessage")
    return (
        f"Seven Fridays have just been played, with {sent} messages from Okra and {len(acts)} acts of people."
    )


def _prompts(world: World, show: Show) -> None:
    world.said_at(_friday(9), "Jack")
    prompt = world.said_at(_friday(10), "Hannah")
    show.time()
    show.say("Okra asks Hannah. Jack was asked at his own 10:00, in Tokyo, but is travelling.")
    show.sees("Hannah", prompt)


def _form(world: World, show: Show) -> None:
    hannah = world.people["Hannah"]
    world.clock.set(_friday(10, 4))
    show.does("Hannah", "taps [Check in]. A form opens, filled in from last time:")
    hannah.tap(world.prompt("Hannah"), label="Check in")
    world.expect("Hannah’s form", hannah.view)
    show.form("Hannah", end="2 Self-service")

    show.does("Hannah", "ticks what is done, writes 55% for KR1, “lots” for KR2, and sends:")
    hannah.choose("Done since last week?", ["Offer the winter blends to two hotels"])
    type_value(world, hannah, 1, "55%")
    hannah.fill("Where is KR2 now?", "lots")
    hannah.submit()
    show.form("Hannah", "Where is KR2", "How sure")

    show.does("Hannah", "writes 9% and chooses confidence 3. That is low, so the form asks:")
    type_value(world, hannah, 2, "9%")
    choose_confidence(world, hannah, 2, 3)
    show.form("Hannah", "What is in the way", "3 Transaction")

    show.does("Hannah", "answers, fills in the rest, adds an action for next week, and sends.")
    hannah.fill("What drove KR2?", "the renewal page asks for carrier data that nobody has")
    hannah.choose("What is in the way of KR2?", "Dependency: waiting for somebody")
    hannah.choose("Who can clear the way for KR2?", world.people["Jack"].id)
    hannah.fill("What would fix KR2?", "make carrier data optional")
    type_value(world, hannah, 3, "178k")
    choose_confidence(world, hannah, 3, 5)
    hannah.fill("What will you do next week?", "Call the five that lapsed")
    hannah.submit()
    show.sees("Hannah", world.expect_prompt("Hannah"), start="Answered", end="1 Customers")


def _reminder(world: World, show: Show) -> None:
    reminder = world.said_at(_friday(14), "Jack")
    show.time(name="Jack")
    show.say("Jack has not answered, so he is reminded, once. Hannah is left in peace.")
    show.sees("Jack", reminder)
    world.clock.set(_friday(14, 10))
    show.writes("Jack", JACKS_WORDS)
    world.people["Jack"].say(JACKS_WORDS)
    show.sees("Jack", world.expect_message("Jack", "Thank you, noted"))


def _correction(world: World, show: Show) -> None:
    jack = world.people["Jack"]
    world.clock.set(_friday(14, 12))
    show.does("Jack", "notices: it was 41 calls, not 14. He taps [Correct it]:")
    jack.tap(world.from_okra("Jack")[-1], label="Correct it")
    world.expect("Jack’s form", jack.view)
    show.form("Jack", "3 Phone calls", "How sure")
    show.does("Jack", "writes 41, says what is in the way, ticks what is done, and sends.")
    type_value(world, jack, 3, "41")
    jack.choose("What is in the way of KR3?", "Dependency: waiting for somebody")
    jack.choose("Who can clear the way for KR3?", world.people["Hannah"].id)
    jack.fill("What would fix KR3?", "status page on Tuesday")
    done = ["Put the renew button on the first screen", "Test the order form with a supplier"]
    jack.choose("Done since last week?", done)
    jack.submit()
    world.expect_prompt("Jack", "41 → 20 a week")


def _digest(world: World, show: Show) -> None:
    digest = world.said_at(_friday(16, 30), "Hannah", CHANNEL)
    world.expect("the picture in the digest’s thread", lambda: world.pictures(digest))
    show.time()
    show.say("Time for the digest: what the team should talk about, the largest gap first.")
    show.channel(CHANNEL, digest)


def _late(world: World, show: Show) -> None:
    world.clock.set(_friday(17, 5))
    show.time()
    before = world.from_okra("Hannah", CHANNEL)[-1]
    show.writes("Hannah", LATE_WORDS)
    world.people["Hannah"].say(LATE_WORDS)
    world.expect_message("Hannah", "noted")
    after = world.expect_message("Hannah", "¥186,000", CHANNEL)
    show.changes(f"{CHANNEL}: the digest has changed", before, after)


def _investor(world: World, show: Show) -> None:
    jim = world.people["Jim"]
    world.clock.set(_friday(23, 30))
    show.time(name="Jim")
    show.say("Jim observes: he is asked nothing, and may look at everything.")
    for command, end in (("team", ""), ("@Hannah", "• Self-service")):
        show.does("Jim", f"types /okr {command}")
        jim.command("/okr", command, channel=CHANNEL)
        show.sees("Jim", jim.messages(CHANNEL)[-1], f"{CHANNEL}, as Jim sees it", end=end)


def _friday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 20, hour, minute, tzinfo=ZONE)
