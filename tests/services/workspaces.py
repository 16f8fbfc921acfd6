"""Whole workspaces as hypothesis draws them: teams in a tree, cycles over, running and drafted, every kind of
key result, private aims, and what supports and needs what; text in any script, numbers at the edges.
"""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from hypothesis import strategies as st

from bot.okr.measures import Checkpoint, Indicator, Keep, Measure, Milestone, Move, Step
from bot.okr.model import CheckInTimes, Meeting, ObjectiveKind, Profile
from bot.okr.outline import (
    Outline,
    OutlineCycle,
    OutlineKeyResult,
    OutlineObjective,
    OutlinePerson,
    OutlineTeam,
    Reference,
)
from bot.services.people import Channel

CYCLES = (
    OutlineCycle("2026", date(2026, 1, 1), date(2026, 12, 31)),
    OutlineCycle("2026 Q4", date(2026, 10, 1), date(2026, 12, 31)),
    OutlineCycle("2027 Q1", date(2027, 1, 1), date(2027, 3, 31)),
)
PEOPLE = tuple(
    OutlinePerson(name, None, f"U0PERSON{n}") for n, name in enumerate(("ada", "bo", "chloé", "đức", "名"))
)
KEYS = tuple(one.key for one in PEOPLE)
LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
TEXTS = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
WORDS = st.one_of(
    TEXTS,
    st.sampled_from(
        [
            *("no", "~", "null", "10:00", "2026-10-01", "<<", "#1", "- a", "*a", "a: b", "a, b", "say “it”"),
            *("=1+1", "@here", "'=1", "-", "+1", "a › b", "›", "› ›› ›", "a; b;", ";;", "id 7", "a  b"),
            *("Ship by 2026-12-01", "Ship x2", "x2 by 2026-12-01", 'quoted "so"', "أثبت", "证明茶的价值 🍵"),
        ]
    ),
)
EDGES = st.sampled_from([1e308, -1e308, 5e-324, 0.1, -0.0, 0.0, 1e15, 1e16, 123456789.123, -7.0])
NUMBERS = st.one_of(st.floats(allow_nan=False, allow_infinity=False), EDGES)
WEIGHTS = st.sampled_from([1.0, 2.0, 0.5, 3.25])
ZONES = st.sampled_from(["UTC", "Asia/Shanghai", "Australia/Lord_Howe"])


@dataclass
class AnyDirectory:
    """Fulfils `bot.services.people.Directory`: whoever and whatever is asked for is there."""

    def profile(self, slack_id: str) -> Profile | None:
        names = {one.slack: one.key for one in PEOPLE}
        return Profile(slack_id, names.get(slack_id, slack_id))

    def profile_by_email(self, email: str) -> Profile | None:
        raise NotImplementedError(email)

    def channel(self, name: str) -> Channel | None:
        return Channel(name, has_bot=True)

    def members(self, channel_id: str) -> frozenset[str] | None:
        raise NotImplementedError(channel_id)


@st.composite
def measures(draw: st.DrawFn, cycle: OutlineCycle) -> Measure:
    days = (cycle.ends - cycle.starts).days
    inside = st.integers(1, days - 1).map(lambda day: cycle.starts + timedelta(days=day))
    kind = draw(st.integers(0, 2))
    if kind == 0:
        start, target = draw(st.tuples(NUMBERS, NUMBERS).filter(lambda two: two[0] != two[1]))
        on = sorted(draw(st.lists(inside, max_size=3, unique=True)))
        return Move(start, target, tuple(Checkpoint(day, draw(NUMBERS)) for day in on))
    if kind == 1:
        bounds = sorted(draw(st.lists(NUMBERS, min_size=2, max_size=2)))
        low, high = draw(st.sampled_from([(bounds[0], bounds[1]), (bounds[0], None), (None, bounds[1])]))
        return Keep(low, high)
    titles = draw(st.lists(WORDS, max_size=3, unique=True))
    return Milestone(
        tuple(
            Step(n, title, draw(WEIGHTS), draw(st.one_of(st.none(), inside)))
            for n, title in enumerate(titles, 1)
        )
    )


@st.composite
def objectives(draw: st.DrawFn, title: str, cycle: OutlineCycle, main: str) -> OutlineObjective:
    private = draw(st.booleans())
    people = st.sampled_from(KEYS)
    return OutlineObjective(
        title,
        draw(people),
        draw(st.sampled_from(ObjectiveKind)),
        tuple(
            OutlineKeyResult(
                each,
                draw(people),
                draw(measures(cycle)),
                draw(st.one_of(st.just(""), st.sampled_from(["%", "¥", "a week", "=x"]))),
                delegate=draw(st.one_of(st.none(), people)),
                weight=draw(WEIGHTS),
                indicator=draw(st.one_of(st.none(), st.sampled_from(Indicator))),
                every=draw(st.integers(1, 5)),
            )
            for each in draw(st.lists(WORDS, max_size=3, unique=True))
        ),
        cycle="" if cycle.name == main else cycle.name,
        theme=draw(st.one_of(st.just(""), WORDS)),
        personal=draw(st.booleans()),
        private=private,
        readers=tuple(draw(st.lists(people, max_size=2, unique=True))) if private else (),
    )


@st.composite
def teams(draw: st.DrawFn, name: str, cycles: tuple[OutlineCycle, ...]) -> OutlineTeam:
    order = draw(st.permutations(KEYS))
    first, second = sorted(draw(st.lists(st.integers(1, len(KEYS)), min_size=2, max_size=2)))
    found: list[OutlineObjective] = []
    for cycle in cycles:
        titles = draw(st.lists(WORDS, max_size=2, unique=True))
        found += [draw(objectives(title, cycle, cycles[0].name)) for title in titles]
    drafts = draw(st.lists(st.sampled_from([one.name for one in cycles]), max_size=1))
    times = CheckInTimes(draw(st.integers(0, 6)), time(9), time(14))
    late = draw(
        st.sampled_from(
            [replace(times, digest=time(17)), replace(times, meeting=Meeting(3, time(14))), times]
        )
    )
    return OutlineTeam(
        name,
        draw(st.sampled_from(["C0OKRS0001", "C0WEB00001"])),
        tuple(order[:first]),
        tuple(order[first:second]),
        tuple(order[second:]),
        draw(st.one_of(st.none(), ZONES)),
        late,
        draw(st.booleans()),
        tuple(found),
        drafts=tuple(drafts),
    )


@st.composite
def workspaces(draw: st.DrawFn) -> Outline:
    """References lead from later things to earlier ones, so that there is no circle."""
    number = draw(st.integers(1, len(CYCLES)))
    cycles = tuple(draw(st.permutations(CYCLES)))[:number]
    names = draw(st.lists(WORDS, min_size=1, max_size=3, unique=True))
    found = [draw(teams(name, cycles)) for name in names]
    found = [replace(team, parent=draw(st.sampled_from(["", *names[:n]]))) for n, team in enumerate(found)]
    return Outline(
        draw(ZONES),
        cycles[0],
        PEOPLE,
        tuple(_linked(draw, cycles[0].name, found)),
        cycles[1:],
    )


def _linked(draw: st.DrawFn, main: str, found: list[OutlineTeam]) -> list[OutlineTeam]:
    before: list[tuple[Reference, OutlineObjective]] = []
    return [
        replace(team, objectives=tuple(_link(draw, main, team, one, before) for one in team.objectives))
        for team in found
    ]


def _link(
    draw: st.DrawFn,
    main: str,
    team: OutlineTeam,
    one: OutlineObjective,
    before: list[tuple[Reference, OutlineObjective]],
) -> OutlineObjective:
    own = one.cycle or main
    seen = [(said, other) for said, other in before if one.private or not other.private]
    if seen:
        chosen = draw(st.lists(st.sampled_from(range(len(seen))), max_size=3, unique=True))
        named = [_said(seen[n][0], own) for n in chosen]
        if named and draw(st.sampled_from([True, False])):
            titles = [each.title for each in seen[chosen[0]][1].key_results]
            parent = replace(named[0], key_result=draw(st.sampled_from(["", *titles])))
            one = replace(one, supports=parent)
        one = replace(one, serves=tuple(named[1:]))
        needed = [
            replace(_said(said, own), key_result=each.title)
            for said, other in seen
            for each in other.key_results
        ]
        if needed:
            some = st.lists(st.sampled_from(needed), max_size=2, unique=True)
            one = replace(
                one,
                key_results=tuple(replace(each, depends_on=tuple(draw(some))) for each in one.key_results),
            )
    before.append((Reference(one.title, "", team.name, own), one))
    return one


def _said(said: Reference, own: str) -> Reference:
    return replace(said, cycle="" if said.cycle == own else said.cycle)
