"""Weeks 7 and 8 of 13 at TeeBee and its designers: shown as they happen. The numbers are invented.

Each scene moves the clock, lets people act, waits for what the bot does, and shows it. Nothing of what is
shown is written here but what people type.
"""

from datetime import datetime

from bot.demo.history import WEEKS, choose_confidence, play_history, type_value
from bot.demo.show import Show
from bot.demo.week_seven import JACKS_ACTIONS, tell_week_seven
from bot.demo.world import CHANNEL, DESIGN, ZONE, World

PREFACE = (
    "TeeBee sells fine tea to restaurants: Hannah runs it, Jack designs the product, Jim has invested. Each "
    "Friday Okra asks how their key results (KRs) are doing and tells each team what to talk about."
)
REALLY = "Now come weeks 7 and 8: they really happen, in a practice Slack."
JACKS_WORDS = """\
1 84; 2 17.5
3 60% confidence 8, the renew button is on the first screen
4 7.2 confidence 7
5 14 confidence 3, order status only by phone
could we talk about the hotel fair some time?
next: KR5: status page by Tuesday"""
JACKS_NOTE = "Bring one portrait each, please."
AGREED = "Ask ten callers what they wanted to know"
LATE_WORDS = "3 186k confidence 6, one more order came in"


def tell(world: World, show: Show) -> None:
    """The whole story. Raises DemoFailed, or LookupError where a screen lacks what a person looks for."""
    show.say("Okra, for two weeks", "bold")
    show.say(PREFACE)
    play_history(world, WEEKS[:6])
    show.say(f"{_so_far(world)} {REALLY}")
    tell_week_seven(world, show)
    for scene in (
        _away,
        _prompts,
        _form,
        _reminder,
        _correction,
        _early,
        _digest,
        _decision,
        _late,
        _investor,
    ):
        scene(world, show)


def _so_far(world: World) -> str:
    calls = [record["method"] for record in world.slack.records if record["direction"] == "to_slack"]
    acts = [record for record in world.slack.records if record["direction"] == "to_bot"]
    sent = calls.count("chat.postMessage")
    return (
        f"Six Fridays have just been played, with {sent} messages from Okra and {len(acts)} acts of people."
    )


def _away(world: World, show: Show) -> None:
    jim = world.people["Jim"]
    world.said_at(_friday(2), "Jim")
    world.clock.set(_friday(2, 10))
    show.time(name="Jim")
    show.does("Jim", "is asked, taps [Away] and chooses his last day away:")
    jim.tap(world.prompt("Jim"), label="Away")
    world.expect("Jim’s form", jim.view)
    jim.choose("Last day away", "2026-11-27")
    jim.submit()
    show.sees("Jim", world.expect_message("Jim", "You are away"), end="1 Success")


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

    show.does("Hannah", "answers: it is Jack’s to clear. She adds an action for next week, and sends.")
    hannah.fill("What drove KR2?", "the renewal page asks for carrier data that nobody has")
    hannah.choose("What is in the way of KR2?", "Dependency: waiting for somebody")
    hannah.choose("Who can clear the way for KR2?", world.people["Jack"].id)
    hannah.fill("What would fix KR2?", "make carrier data optional")
    type_value(world, hannah, 3, "178k")
    choose_confidence(world, hannah, 3, 5)
    hannah.fill("What will you do next week?", "Call the five that lapsed")
    hannah.submit()
    show.sees("Hannah", world.expect_prompt("Hannah"), start="Answered", end="1 Customers")
    show.say("The action that she left open is carried into next week.")


def _reminder(world: World, show: Show) -> None:
    reminder = world.said_at(_friday(14), "Jack")
    show.time(name="Jack")
    show.say("Jack has not answered, so he is reminded, once. What Hannah waits for has travelled to him:")
    show.sees("Jack", reminder, start="Hannah waits for you")
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
    show.form("Jack", "5 Phone calls", "How sure")
    show.does("Jack", "writes 41, says what is in the way, ticks what is done, and sends.")
    type_value(world, jack, 5, "41")
    jack.choose("What is in the way of KR5?", "Dependency: waiting for somebody")
    jack.choose("Who can clear the way for KR5?", world.people["Hannah"].id)
    jack.fill("What would fix KR5?", "status page on Tuesday")
    jack.choose("Done since last week?", JACKS_ACTIONS)
    jack.submit()
    world.expect_prompt("Jack", "41 → 20 a week")


def _early(world: World, show: Show) -> None:
    jack = world.people["Jack"]
    world.clock.set(_friday(15))
    show.time(name="Jack")
    show.does("Jack", "leads Design. He types /okr digest, adds a note, and taps [Post it now].")
    jack.command("/okr", "digest")
    world.expect("Jack’s preview", jack.view)
    jack.fill("A note from you", JACKS_NOTE)
    jack.tap(label="Post it now")
    posted = world.expect_message("Hannah", JACKS_NOTE, DESIGN)
    jack.close()
    show.sees("Jack", posted, DESIGN, end="TO TALK ABOUT")


def _digest(world: World, show: Show) -> None:
    world.at(_friday(16))
    digest = world.said_at(_friday(16, 30), "Hannah", CHANNEL)
    world.expect("the picture in the digest’s thread", lambda: world.pictures(digest))
    show.time()
    show.say("Time for TeeBee’s digest: what the team should talk about, the largest gap first.")
    show.channel(CHANNEL, digest)


def _decision(world: World, show: Show) -> None:
    hannah = world.people["Hannah"]
    world.clock.set(_friday(16, 50))
    before = world.from_okra("Hannah", CHANNEL)[-1]
    show.does("Hannah", "taps [Decide] at the first item and writes down what the meeting agrees.")
    hannah.tap(before, label="Decide")
    world.expect("Hannah’s form", hannah.view)
    hannah.fill("What did you agree on?", AGREED)
    hannah.submit()
    after = world.expect_message("Hannah", f"Decided: {AGREED}", CHANNEL)
    show.changes(f"{CHANNEL}: the digest has changed", before, after)


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
    show.say("Jim observes TeeBee: there he is asked nothing, and may look at everything.")
    show.does("Jim", "types /okr team TeeBee")
    jim.command("/okr", "team TeeBee", channel=CHANNEL)
    show.sees("Jim", jim.messages(CHANNEL)[-1], f"{CHANNEL}, as Jim sees it", end="Make ordering")


def _friday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 20, hour, minute, tzinfo=ZONE)
