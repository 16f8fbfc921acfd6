"""The quarter plays on: time moves from thing to thing, and the sample's people answer as scripted here.

The numbers are invented. Whoever has answered by themselves, or is just about to, is left alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog

from bot.demo.history import WEEKS, Answer, Form, Unchanged, Week, Words, after_another_team, give
from bot.demo.moves import arrive
from bot.demo.news import Lookout
from bot.demo.world import DESIGN, ZONE, DemoFailed, World
from bot.practice.ids import stamp_time
from bot.practice.model import Message

THINKS = timedelta(minutes=5)
"""So long after being asked people answer."""

# The key results are numbered as in `history.WEEKS`; week 8 is the story's.
LAST_WEEKS = (
    Week(
        date(2026, 11, 27),
        hannah=Words("1 58% confidence 7, both hotels took the winter blends; 2 12% confidence 4; 3 195k"),
        jack=Form(
            {1: "64", 2: "7.3", 3: "36"},
            {3: 5},
            {3: "the status page is up since Tuesday"},
            done=("KR5: status page by Tuesday",),
            actions=("Link the status page in every mail",),
        ),
        design={1: "95", 2: "17"},
    ),
    Week(
        date(2026, 12, 4),
        hannah=Form(
            {1: "62", 2: "18", 3: "204k"},
            {1: 8, 2: 5},
            {2: "carrier data is optional now"},
            done=("Get carrier data", "Call the five that lapsed"),
            actions=("Write to all who have not renewed",),
        ),
        jack=None,
        jim=Form({1: "7", 2: "44"}, {2: 7}),
    ),
    Week(
        date(2026, 12, 11),
        hannah=Words("1 65% confidence 9; 2 26% confidence 6, the mail helped; 3 214k confidence 7"),
        jack=Form(
            {1: "70", 2: "7.6", 3: "29"},
            {3: 7},
            {3: "callers look at the status page now"},
            done=("Link the status page in every mail", "KR5: Ask ten callers what they wanted to know"),
            actions=("Show the order’s status beside it",),
        ),
        jim=Words("1 8; 2 48 confidence 7"),
        design={1: "112", 2: "16"},
    ),
    Week(
        date(2026, 12, 18),
        hannah=Form(
            {1: "68", 2: "33", 3: "226k"},
            {2: 7, 3: 8},
            done=("Write to all who have not renewed",),
            actions=("Thank everybody who renewed",),
        ),
        jack=Unchanged(),
        jim=Unchanged(),
    ),
    Week(
        date(2026, 12, 25),
        hannah=Form(
            {1: "72", 2: "38", 3: "241k"},
            {1: 10, 2: 7, 3: 8},
            {1: "three chains came back"},
            done=("Thank everybody who renewed",),
        ),
        jack=Form(
            {1: "78", 2: "7.9", 3: "22"},
            {1: 9, 2: 9, 3: 8},
            done=("Show the order’s status beside it",),
        ),
        jim=Words("1 11 confidence 9, two more trades; 2 57 confidence 8"),
        design={1: "136", 2: "15"},
    ),
)
SCRIPT = {week.friday: week for week in (*WEEKS, *LAST_WEEKS)}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """At that moment the person answers this prompt."""

    at: datetime
    name: str
    prompt: Message
    answer: Answer


def play_on(world: World, wait: Callable[[], bool]) -> None:
    """Plays until nothing is due any more. `wait` is called whenever there is something new to look at;
    once it gives True, that was it. Raises DemoFailed."""
    lookout = Lookout(world)
    had_turns: set[str] = set()
    while True:
        turn = _next_turn(world, had_turns)
        due = world.next_due()
        if turn and (due is None or turn.at <= due):
            had_turns.add(turn.prompt.ts)
            arrive(world, turn.at)
            take(world, turn)
        elif due:
            arrive(world, due)
        else:
            return
        if (lookout.posted() or turn) and wait():
            return
        lookout.mark_seen()


def take(world: World, turn: Turn) -> None:
    """The person answers, unless somebody who acts as them in the meantime comes first."""
    if not _untouched(world, turn.name, world.prompt(turn.name)):
        return
    try:
        give(world, turn.name, turn.answer)
    except (DemoFailed, LookupError) as problem:
        log.info("somebody else was at it", who=turn.name, problem=str(problem))
    world.rest()


def _next_turn(world: World, had_turns: set[str]) -> Turn | None:
    """Whose turn it is next to answer, of those who were asked today and have not touched their prompt."""
    now = world.clock()
    turns = []
    for name in world.people:
        prompt = next(iter(world.prompts(name)[-1:]), None)
        if prompt is None or prompt.ts in had_turns or not _untouched(world, name, prompt):
            continue
        asked = stamp_time(prompt.ts).astimezone(ZONE)
        answer = _scripted(world, asked.date(), name)
        if answer and asked.date() == now.astimezone(ZONE).date():
            turns.append(Turn(max(now, asked + THINKS), name, prompt, answer))
    return min(turns, key=lambda turn: turn.at, default=None)


def _untouched(world: World, name: str, prompt: Message) -> bool:
    """Whoever answers or pauses changes the prompt; whoever is about to answer has a form open."""
    return prompt.edited_ts is None and world.people[name].view() is None


def _scripted(world: World, friday: date, name: str) -> Answer:
    week = SCRIPT.get(friday)
    if week is None:
        return None
    answer = {"Hannah": week.hannah, "Jack": week.jack, "Jim": week.jim}[name]
    in_both = name == "Jack" and DESIGN in world.channels
    return after_another_team(week.design, answer) if in_both and isinstance(answer, Form) else answer
