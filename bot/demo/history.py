"""Weeks 1 to 7 of the sample's quarter: who answered what, and how. The numbers are invented.

Played through Slack like everything else, only without being shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from bot.demo.moves import arrive
from bot.demo.world import CHANNEL, ZONE, World
from bot.okr.defaults import MEDIUM_CONFIDENCE
from bot.okr.numbers.values import parse_value
from bot.practice.forms import Control, controls, options_of
from bot.practice.people import Actor

T = TypeVar("T")

DONE = "Done since last week?"


@dataclass(frozen=True, slots=True)
class Form:
    """Filled in and sent. Keys of `values`, `confidences` and `notes` are numbers of key results."""

    values: Mapping[int, str] = field(default_factory=dict)
    confidences: Mapping[int, int] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    """Last week's actions that are ticked."""
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A plain message."""

    text: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """One tap on [All unchanged]."""


Answer = Form | Words | Unchanged | None
"""None: no answer at all."""


@dataclass(frozen=True, slots=True)
class Week:
    friday: date
    hannah: Answer
    jack: Answer
    jim: Answer = None
    design: Mapping[int, str] = field(default_factory=dict)
    """What Jack adds to his for his other team, where it has begun (design.yaml)."""


JACKS_SEVENTH = Form(
    {1: "56", 2: "7", 3: "40"},
    {3: 5},
    done=("Interview two suppliers",),
    actions=("Put the renew button on the first screen", "Test the order form with a supplier"),
)
# Hannah's are 1 renewals (%), 2 self-service renewals (%), 3 transaction amount (¥);
# Jack's are 1 renewed online (%), 2 satisfaction (points), 3 phone calls (a week).
WEEKS = (
    Week(
        date(2026, 10, 2),
        hannah=Form({1: "41", 2: "5", 3: "124k"}, {1: 6, 2: 6, 3: 6}),
        jack=Words("1 31 confidence 7; 2 6 confidence 7; 3 40 confidence 6"),
    ),
    Week(
        date(2026, 10, 9),
        hannah=Words("KR1 43% confidence 7, autumn tasting; KR2 5% confidence 6; KR3 130k"),
        jack=Words("1 35; 2 6.2; 3 39"),
    ),
    Week(
        date(2026, 10, 16),
        hannah=Form({1: "45", 2: "6", 3: "138k"}, actions=("Ask three chains why they renew",)),
        jack=None,
    ),
    Week(
        date(2026, 10, 23),
        hannah=Form({1: "47", 3: "145k"}, done=("Ask three chains why they renew",)),
        jack=Words("1 43 confidence 8, the new order page is live; 2 6.5; 3 40"),
    ),
    Week(
        date(2026, 10, 30),
        hannah=Words("1 50%, two chains signed; 3 152k confidence 7"),
        jack=Unchanged(),
    ),
    Week(
        date(2026, 11, 6),
        hannah=Words("1 52%; 3 160k"),
        jack=Form({1: "51", 2: "6.8", 3: "41"}, {2: 8}, actions=("Interview two suppliers",)),
    ),
    Week(
        date(2026, 11, 13),
        hannah=Form(
            {1: "53", 2: "7", 3: "169k"},
            {2: 5, 3: 6},
            {2: "few finish the renewal page"},
            actions=("Get carrier data", "Offer the winter blends to two hotels"),
        ),
        jack=JACKS_SEVENTH,
    ),
)


def play_history(world: World, weeks: Sequence[Week] = WEEKS) -> None:
    """These Fridays, from Jack's prompt in the morning to the digest. Raises DemoFailed."""
    for week in weeks:
        for hour, name, answer in ((9, "Jack", week.jack), (10, "Hannah", week.hannah)):
            morning = _at(week.friday, hour)
            world.said_at(morning, name)
            world.clock.set(morning + timedelta(minutes=5))
            give(world, name, answer)
        for hour in (14, 15):
            arrive(world, _at(week.friday, hour))
        world.said_at(_at(week.friday, 16, 30), "Hannah", CHANNEL)


def after_another_team(values: Mapping[int, str], form: Form) -> Form:
    """The same where another team's key results come first, with these values; the form's are numbered on."""

    def on(by_number: Mapping[int, T]) -> dict[int, T]:
        return {number + len(values): one for number, one in by_number.items()}

    every = {**values, **on(form.values)}
    return replace(form, values=every, confidences=on(form.confidences), notes=on(form.notes))


def give(world: World, name: str, answer: Answer) -> None:
    """The person answers their newest prompt, and the bot has taken it."""
    actor = world.people[name]
    match answer:
        case Words(text):
            before = len(world.from_okra(name))
            actor.say(text)
            what = f"a receipt for {name}’s words"
            world.expect(what, lambda: [m for m in world.from_okra(name)[before:] if "noted" in m.text])
        case Unchanged():
            actor.tap(world.prompt(name), label="All unchanged")
            world.expect_prompt(name)
        case Form():
            actor.tap(world.prompt(name), label="Check in")
            world.expect(f"{name}’s form", actor.view)
            fill_in(world, actor, answer)
            actor.submit()
            world.expect_prompt(name)
        case None:
            return


def fill_in(world: World, actor: Actor, form: Form) -> None:
    """Types and picks what the form says, but does not send it."""
    for number, value in form.values.items():
        type_value(world, actor, number, value)
    for number, level in form.confidences.items():
        choose_confidence(world, actor, number, level)
    for number, note in form.notes.items():
        actor.fill(f"What drove KR{number}?", note)
    if done := [action for action in form.done if action in _offered(actor, DONE)]:
        actor.choose(DONE, done)
    if form.actions:
        actor.fill("What will you do next week?", "\n".join(form.actions))


def type_value(world: World, actor: Actor, number: int, value: str) -> None:
    """Types it, and waits until the bot asks what drove it, if it is another than before."""
    label = f"Where is KR{number} now?"
    shown = str(_field(actor, label).element.get("initial_value", "0"))
    actor.fill(label, value)
    if parse_value(value) != parse_value(shown.split(maxsplit=1)[0]):
        _asked(world, actor, f"What drove KR{number}?")


def choose_confidence(world: World, actor: Actor, number: int, level: int) -> None:
    """Picks it, and waits for the questions that it brings."""
    label = f"How sure are you that KR{number} will land? (0–10)"
    shown = _field(actor, label).element["initial_option"]["value"]
    actor.choose(label, str(level))
    if str(level) != shown:
        _asked(world, actor, f"What drove KR{number}?")
    if level < MEDIUM_CONFIDENCE:
        _asked(world, actor, f"What is in the way of KR{number}?")


def _asked(world: World, actor: Actor, question: str) -> None:
    world.expect(f"“{question}”", lambda: any(one.label == question for one in _fields(actor)))


def _field(actor: Actor, label: str) -> Control:
    found = next((one for one in _fields(actor) if one.label == label), None)
    if found is None:
        raise LookupError(f"There is no field called {label!r}")
    return found


def _fields(actor: Actor) -> list[Control]:
    return list(controls((actor.view() or {"blocks": []})["blocks"]))


def _offered(actor: Actor, label: str) -> list[str]:
    """What can be ticked there: what was planned, by whoever answered last week."""
    shown = [one for one in _fields(actor) if one.label == label]
    return [str(one["text"]["text"]) for field in shown for one in options_of(field.element)]


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)
