from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.okr.digest.agenda import DigestFacts, NextAction, TalkItem, build
from bot.okr.digest.people import PersonActions
from bot.okr.health import Health, standing
from bot.okr.model import (
    Action,
    ActionOutcome,
    Blocker,
    BlockerKind,
    Change,
    Cycle,
    KeyResult,
    Objective,
    ObjectiveKind,
    Owed,
    OwedState,
    Team,
    Update,
)
from tests.unit.okrs import FRIDAY, HANNAH, JACK, JIM, QUARTER, key_result, update

TEEBEE = Team(1, "TeeBee", "C012", "Asia/Shanghai")
NAMES = {HANNAH: "Hannah", JACK: "Jack", JIM: "Jim"}
LAST_FRIDAY = FRIDAY - timedelta(weeks=1)
WAITING, ANSWERED, AWAY, MISSED = OwedState.WAITING, OwedState.ANSWERED, OwedState.AWAY, OwedState.MISSED

RENEWALS = key_result(40, 70, kr_id=1, position=1)
SELF_SERVICE = key_result(0, 50, kr_id=2, position=2)
SALES = key_result(100, 250, kr_id=3, position=3)
ONLINE = key_result(47, 80, kr_id=4, owner=JACK, position=1)
SATISFACTION = key_result(7, 8, kr_id=5, owner=JACK, position=2)
CALLS = key_result(40, 20, kr_id=6, owner=JACK, position=3)


def objective(*key_results: KeyResult, objective_id: int = 1, position: int = 0) -> Objective:
    return Objective(
        objective_id, 1, 1, f"O{objective_id}", HANNAH, position=position, key_results=key_results
    )


VALUE = objective(RENEWALS, SELF_SERVICE, SALES, position=1)
PLATFORM = objective(ONLINE, SATISFACTION, CALLS, objective_id=2, position=2)


def owed(kr_id: int, person: int, state: OwedState = ANSWERED) -> Owed:
    return Owed(1, kr_id, person, 1, kr_id, state)


def facts(
    *objectives: Objective,
    updates: Sequence[Update] = (),
    owed: Sequence[Owed] = (),
    rounds_without: Mapping[int, int] | None = None,
    actions: Sequence[Action] = (),
    changes: Sequence[Change] = (),
) -> DigestFacts:
    by_kr: dict[int, list[Update]] = {}
    for one in updates:
        by_kr.setdefault(one.key_result_id, []).append(one)
    return DigestFacts(
        TEEBEE,
        {1: QUARTER},
        FRIDAY,
        objectives,
        by_kr,
        NAMES,
        owed,
        rounds_without=rounds_without or {},
        actions=actions,
        changes=changes,
    )


def test_the_header_says_who_answered_and_where_the_team_is() -> None:
    digest = build(
        facts(
            PLATFORM,
            VALUE,
            updates=[
                update(55, 7, kr_id=1),  # 50 %
                update(5, 4, kr_id=2),  # 10 %
                update(130, 6, kr_id=3),  # 20 %
                update(63.5, 8, kr_id=4),  # 50 %
                update(8.5, 7, kr_id=5),  # 150 %, counts as 100 %
                update(41, 3, kr_id=6),  # −5 %, counts as 0
            ],
            owed=[owed(6, JACK), owed(1, HANNAH), owed(2, HANNAH), owed(3, HANNAH)],
        )
    )
    assert (digest.team, digest.date, digest.week, digest.weeks) == ("TeeBee", FRIDAY, 8, 13)
    assert (digest.answered, digest.asked) == (2, 2)
    assert (digest.waiting_for, digest.away) == ((), ())
    assert (digest.progress, digest.pace) == (38, 55)  # the mean of 26.7 % and 50 %
    assert (digest.confidence, digest.confidence_before) == (5.8, None)  # 35 / 6


def test_a_team_without_key_results_has_a_digest_all_the_same() -> None:
    digest = build(facts(objective()))
    assert (digest.progress, digest.confidence, digest.confidence_before) == (None, None, None)
    assert (digest.answered, digest.asked, digest.talk, digest.on_track, digest.actions) == (0, 0, (), (), ())


@pytest.mark.parametrize(
    ("states", "answered", "asked", "waiting", "away"),
    [
        ({1: ANSWERED, 2: ANSWERED, 6: ANSWERED}, 2, 2, (), ()),
        ({1: ANSWERED, 2: WAITING, 6: ANSWERED}, 1, 2, ("Hannah",), ()),
        ({1: MISSED, 2: MISSED, 6: WAITING}, 0, 2, ("Hannah", "Jack"), ()),
        ({1: AWAY, 2: AWAY, 6: ANSWERED}, 1, 1, (), ("Hannah",)),
        ({1: AWAY, 2: ANSWERED, 6: WAITING}, 1, 2, ("Jack",), ()),  # away for one of two
        ({1: AWAY, 2: AWAY, 6: AWAY}, 0, 0, (), ("Hannah", "Jack")),
    ],
)
def test_people_count_once_whatever_they_owe(
    states: dict[int, OwedState], answered: int, asked: int, waiting: tuple[str, ...], away: tuple[str, ...]
) -> None:
    owners = {1: HANNAH, 2: HANNAH, 6: JACK}
    rows = [owed(kr_id, owners[kr_id], state) for kr_id, state in states.items()]
    digest = build(facts(PLATFORM, VALUE, owed=rows[::-1]))
    assert (digest.answered, digest.asked) == (answered, asked)
    assert (digest.waiting_for, digest.away) == (waiting, away)


def test_somebody_asked_in_the_owners_place_counts_too() -> None:
    digest = build(facts(VALUE, owed=[owed(1, JIM, WAITING), owed(9, JACK, WAITING)]))
    assert digest.waiting_for == ("Jim", "Jack")  # KR 9 has been dropped since


@pytest.mark.parametrize(
    ("updates", "states", "now", "before"),
    [
        # METHOD: 5.5, was 6.5
        ([(1, LAST_FRIDAY, 8), (1, FRIDAY, 8), (2, LAST_FRIDAY, 5), (2, FRIDAY, 3)], {}, 5.5, 6.5),
        ([(1, FRIDAY, 8), (2, FRIDAY, 3)], {}, 5.5, None),
        # KR 2 is new: it counts now, and had nothing before.
        ([(1, LAST_FRIDAY, 6), (1, FRIDAY, 8), (2, FRIDAY, 3)], {}, 5.5, 6.0),
        # Nothing new was said about KR 2: it counts as it stands, on both sides.
        ([(1, LAST_FRIDAY, 6), (1, FRIDAY, 8), (2, LAST_FRIDAY, 3)], {}, 5.5, 4.5),
        # Wednesday's update has answered this round.
        ([(1, LAST_FRIDAY, 6), (1, FRIDAY - timedelta(days=2), 8)], {1: ANSWERED}, 8.0, 6.0),
        ([(1, LAST_FRIDAY, 6), (1, FRIDAY - timedelta(days=2), 8)], {1: WAITING}, 8.0, 8.0),
        # 17 / 4 = 4.25
        ([(1, FRIDAY, 4), (2, FRIDAY, 4), (3, FRIDAY, 4), (4, FRIDAY, 5)], {}, 4.3, None),
        # Tomorrow has not come.
        ([(1, FRIDAY, 8), (1, FRIDAY + timedelta(days=1), 2)], {}, 8.0, None),
    ],
)
def test_confidence_is_compared_over_the_same_key_results(
    updates: list[tuple[int, date, int]], states: dict[int, OwedState], now: float, before: float | None
) -> None:
    digest = build(
        facts(
            VALUE,
            PLATFORM,
            updates=[update(50, confidence, on=on, kr_id=kr_id) for kr_id, on, confidence in updates],
            owed=[owed(kr_id, HANNAH, state) for kr_id, state in states.items()],
        )
    )
    assert (digest.confidence, digest.confidence_before) == (now, before)


@dataclass(frozen=True)
class Told:
    """One key result from 0 to 100 of an aspirational objective; pace is 55 %, held to 38 %."""

    value: float | None
    confidence: int = 6
    before: int | None = None
    silent: int = 0
    away: bool = False


def told(*key_results: Told) -> DigestFacts:
    """Key results 1, 2, … in that order."""
    updates: list[Update] = []
    for kr_id, kr in enumerate(key_results, 1):
        if kr.value is None:
            continue
        updates.append(update(kr.value, kr.confidence, kr_id=kr_id))
        if kr.before is not None:
            updates.append(update(kr.value, kr.before, on=LAST_FRIDAY, kr_id=kr_id))
    return facts(
        objective(
            *(key_result(0, 100, kr_id=kr_id, position=kr_id) for kr_id in range(1, len(key_results) + 1))
        ),
        updates=updates,
        owed=[owed(kr_id, HANNAH, AWAY) for kr_id, kr in enumerate(key_results, 1) if kr.away],
        rounds_without={kr_id: kr.silent for kr_id, kr in enumerate(key_results, 1) if kr.silent},
    )


GREEN = Told(60)
YELLOW = Told(25)  # 30 pp behind, 13 held
RED = Told(50, confidence=3)  # 5 pp behind
FELL = Told(60, confidence=7, before=9)
AGAINST_PACE = Told(30, confidence=8)  # 25 pp behind, held 8: green
SILENT = Told(60, silent=1)


@pytest.mark.parametrize(
    ("key_results", "talk", "on_track", "not_judged"),
    [
        ([GREEN], [], [1], []),
        ([YELLOW, SILENT, AGAINST_PACE, FELL, RED], [5, 4, 3, 2, 1], [], []),
        ([GREEN, Told(None), RED, Told(0, confidence=1, away=True), YELLOW], [3, 5], [1], [2, 4]),
        ([Told(60, away=True), GREEN], [], [2], [1]),
        # Within a group the largest gap comes first, then the order of the objectives.
        ([Told(20), Told(15), Told(20)], [2, 1, 3], [], []),
        ([Told(60, 3), Told(12), Told(60, 3)], [2, 1, 3], [], []),
        # The first group that fits: a red one whose confidence fell is red; a silent one is not.
        ([Told(0, silent=2), FELL, Told(60, confidence=3, before=9)], [3, 2, 1], [], []),
        ([Told(None, silent=1), YELLOW], [1, 2], [], []),
        # Somebody away is not talked about, whatever they said last.
        ([Told(60, confidence=7, before=9, away=True)], [], [], [1]),
        # What was said before it fell silent still counts.
        ([FELL, Told(25, confidence=7, before=9, silent=1), SILENT], [2, 1, 3], [], []),
    ],
)
def test_the_most_pressing_comes_first_and_only_what_is_green_is_on_track(
    key_results: list[Told], talk: list[int], on_track: list[int], not_judged: list[int]
) -> None:
    digest = build(told(*key_results))
    assert [item.standing.key_result.id for item in digest.talk] == talk
    assert [item.standing.key_result.id for item in digest.on_track] == on_track
    assert [item.standing.key_result.id for item in digest.not_judged] == not_judged


def test_each_key_result_is_measured_by_its_own_cycle_and_the_week_is_the_newest_ones() -> None:
    year = Cycle(2, "2026", date(2026, 1, 1), date(2026, 12, 31))
    of_the_year = replace(objective(key_result(0, 100, kr_id=2)), id=2, cycle_id=2)
    of_the_quarter = objective(key_result(0, 100, kr_id=1))
    loaded = facts(of_the_year, of_the_quarter, updates=[update(90, 7, kr_id=1), update(90, 7, kr_id=2)])
    for cycles in ({1: QUARTER, 2: year}, {2: year, 1: QUARTER}):
        digest = build(replace(loaded, cycles=cycles))
        gaps = {item.standing.key_result.id: item.standing.expected for item in digest.on_track}
        assert gaps == {1: 55, 2: 89}
        assert (digest.week, digest.weeks, digest.pace) == (8, 13, 55)


def test_key_results_and_objectives_that_were_dropped_are_left_out() -> None:
    dropped = replace(PLATFORM, dropped=True)
    kept = replace(VALUE, key_results=(RENEWALS, replace(SELF_SERVICE, dropped=True)))
    digest = build(facts(dropped, kept, updates=[update(55, 8, kr_id=kr_id) for kr_id in range(1, 7)]))
    assert [item.standing.key_result.id for item in digest.on_track] == [1]
    assert (digest.progress, digest.confidence) == (50, 8.0)


def test_key_results_stand_in_the_order_of_their_positions() -> None:
    shuffled = replace(VALUE, key_results=(SALES, RENEWALS, SELF_SERVICE))
    digest = build(facts(PLATFORM, shuffled))
    assert [(item.standing.key_result.id, item.owner) for item in digest.not_judged] == [
        (1, "Hannah"),
        (2, "Hannah"),
        (3, "Hannah"),
        (4, "Jack"),
        (5, "Jack"),
        (6, "Jack"),
    ]


def test_an_item_to_talk_about_says_why_and_what_is_in_the_way() -> None:
    said = replace(
        update(41, 3, kr_id=6),
        drove="order status only by phone",
        blocker=Blocker(BlockerKind.DEPENDENCY, HANNAH, "status page Tuesday"),
    )
    [item] = build(facts(PLATFORM, updates=[said])).talk
    assert item == TalkItem(
        standing=standing(CALLS, ObjectiveKind.ASPIRATIONAL, QUARTER, [said], FRIDAY),
        owner="Jack",
        why="order status only by phone",
        blocker_kind=BlockerKind.DEPENDENCY,
        blocker_owner="Hannah",
        fix="status page Tuesday",
    )


def test_a_blocker_may_be_nobodys_yet() -> None:
    said = replace(update(41, 3, kr_id=6), blocker=Blocker(BlockerKind.CLARITY))
    [item] = build(facts(PLATFORM, updates=[said])).talk
    assert (item.blocker_kind, item.blocker_owner, item.fix) == (BlockerKind.CLARITY, None, "")


def test_a_silent_one_without_any_update_has_nothing_to_quote() -> None:
    [item] = build(facts(objective(CALLS), rounds_without={6: 2})).talk
    assert (item.standing.health, item.standing.weeks_silent) == (Health.SILENT, 2)
    assert (item.why, item.blocker_kind, item.blocker_owner, item.fix) == ("", None, None, "")


def action(
    action_id: int,
    person: int,
    *,
    weeks_ago: int = 0,
    outcome: ActionOutcome | None = None,
    closed_on: date | None = None,
) -> Action:
    return Action(
        action_id,
        person,
        f"action {action_id}",
        FRIDAY - timedelta(weeks=weeks_ago),
        None,
        outcome,
        closed_on,
    )


def test_next_weeks_actions_stand_by_person_the_oldest_first() -> None:
    digest = build(
        facts(
            PLATFORM,
            VALUE,
            actions=[
                action(1, JIM),  # owns nothing
                action(2, JACK),
                action(3, HANNAH),
                action(4, HANNAH, weeks_ago=1),
                action(5, HANNAH),
                action(6, JACK, weeks_ago=2),
            ],
        )
    )
    assert digest.actions == (
        PersonActions(
            "Hannah", (NextAction("action 4", 2), NextAction("action 3", 1), NextAction("action 5", 1))
        ),
        PersonActions("Jack", (NextAction("action 6", 3), NextAction("action 2", 1))),
        PersonActions("Jim", (NextAction("action 1", 1),)),
    )


@pytest.mark.parametrize(("days", "weeks"), [(0, 1), (6, 1), (7, 2), (8, 2), (14, 3)])
def test_an_actions_weeks_are_whole_ones(days: int, weeks: int) -> None:
    old = replace(action(1, HANNAH), set_on=FRIDAY - timedelta(days=days))
    assert build(facts(VALUE, actions=[old])).actions == (
        PersonActions("Hannah", (NextAction("action 1", weeks),)),
    )


NEXT_FRIDAY = FRIDAY + timedelta(weeks=1)
DONE, DROPPED = ActionOutcome.DONE, ActionOutcome.DROPPED


@pytest.mark.parametrize(
    ("one", "done", "carried", "listed"),
    [
        (action(1, HANNAH), 0, 0, True),
        (action(1, HANNAH, weeks_ago=1), 0, 1, True),
        (action(1, HANNAH, weeks_ago=1, outcome=DONE, closed_on=FRIDAY), 1, 0, False),
        (action(1, HANNAH, weeks_ago=3, outcome=DONE, closed_on=FRIDAY), 1, 0, False),
        (action(1, HANNAH, weeks_ago=1, outcome=DROPPED, closed_on=FRIDAY), 0, 0, False),
        (action(1, HANNAH, weeks_ago=2, outcome=DONE, closed_on=LAST_FRIDAY), 0, 0, False),
        # Built again a week later, the digest is the same.
        (action(1, HANNAH, weeks_ago=1, outcome=DONE, closed_on=NEXT_FRIDAY), 0, 1, True),
        (action(1, HANNAH, outcome=DROPPED, closed_on=NEXT_FRIDAY), 0, 0, True),
        (action(1, HANNAH, weeks_ago=-1), 0, 0, False),
        (action(1, HANNAH, weeks_ago=1, outcome=DONE), 0, 0, False),  # nobody knows when
    ],
)
def test_last_weeks_actions_are_done_or_carried(one: Action, done: int, carried: int, listed: bool) -> None:  # noqa: FBT001 a column of the table
    digest = build(facts(VALUE, actions=[one]))
    assert (digest.done, digest.carried, any(one.actions for one in digest.actions)) == (
        done,
        carried,
        listed,
    )


def test_changes_are_listed_as_they_were_made() -> None:
    change = Change(
        datetime(2026, 11, 18, 9, tzinfo=UTC), "Hannah", "Sales", "target", "300", "250", "a chain closed"
    )
    assert build(facts(VALUE, changes=[change])).changes == (change,)


def test_a_person_without_a_name_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        build(replace(facts(VALUE), names={}))
