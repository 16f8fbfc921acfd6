"""What has changed since a digest was posted, and the week before it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.okr.digest.agenda import DigestFacts, build
from bot.okr.digest.people import PersonActions
from bot.okr.digest.since import Snapshot, edited, moved, snapshot
from bot.okr.model import Action, ActionOutcome, Owed, OwedState, Team, Update
from tests.unit.okrs import FRIDAY, HANNAH, JACK, QUARTER, key_result, update
from tests.unit.test_digest import CALLS, NAMES, PLATFORM, RENEWALS, VALUE, facts

AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
LAST_WEEK = FRIDAY - timedelta(weeks=1)
FIRST = update(41, 5, kr_id=6)
AGAIN = replace(update(38, 5, kr_id=6), revision=2)
DOUBTED = replace(update(41, 4, kr_id=6), revision=2)
REWORDED = replace(FIRST, drove="two chains signed", revision=2)
OLD = update(44, 5, kr_id=6, on=LAST_WEEK)


def shown(*updates: Update, state: OwedState = OwedState.ANSWERED, answered: Sequence[int] = ()) -> Snapshot:
    return snapshot(AT, {6: updates}, [Owed(1, 6, JACK, 1, 1, state)], answered)


@pytest.mark.parametrize(
    ("then", "now", "changed", "is_edited"),
    [
        (shown(FIRST), FIRST, None, False),
        (shown(OLD, FIRST), AGAIN, ((41, 5), (38, 5)), True),
        (shown(FIRST), DOUBTED, ((41, 5), (41, 4)), True),
        (shown(FIRST), REWORDED, None, True),
        (shown(OLD, state=OwedState.WAITING), FIRST, ((44, 5), (41, 5)), False),  # a late first answer
        (shown(state=OwedState.WAITING), FIRST, (None, (41, 5)), False),
        (shown(FIRST), None, None, False),  # no update counts any more
    ],
)
def test_what_is_another_figure_has_moved_and_what_was_answered_before_is_edited(
    then: Snapshot,
    now: Update | None,
    changed: object,
    is_edited: bool,  # noqa: FBT001 a column of the table
) -> None:
    found = moved(then, [CALLS], {6: now} if now else {})
    assert [(one.before, one.now) for one in found] == ([changed] if changed else [])
    assert edited(then, now) is is_edited


def late(*updates: Update, before: Snapshot | None, answered_at: datetime = AT + HOUR) -> DigestFacts:
    owed = [Owed(1, 6, JACK, 1, 1, OwedState.ANSWERED, answered_at)]
    return replace(facts(PLATFORM, updates=updates, owed=owed), before=before)


def test_what_a_delegate_had_answered_for_somebody_who_is_back_since_is_no_answer_since() -> None:
    assert build(late(FIRST, before=shown(FIRST), answered_at=AT - HOUR)).since is None


def test_a_digest_names_who_has_answered_and_what_has_moved_since_in_the_teams_hours() -> None:
    since = build(late(FIRST, before=shown(OLD, state=OwedState.WAITING))).since
    assert since is not None
    assert (f"{since.at:%H:%M}", since.answered) == ("16:30", ("Jack",))
    assert [(one.key_result.title, one.now) for one in since.moved] == [("KR 6", (41, 5))]


def test_a_digest_that_nothing_has_changed_in_says_nothing_of_it() -> None:
    assert build(late(FIRST, before=shown(FIRST, answered=[JACK]))).since is None
    assert build(late(FIRST, before=None)).since is None


def test_progress_is_compared_with_the_one_before_this_weeks_answers() -> None:
    both = [update(55, kr_id=1), update(46, kr_id=1, on=LAST_WEEK)]
    digest = build(facts(VALUE, updates=both))
    assert (digest.progress, digest.progress_before) == (17, 7)
    assert build(facts(VALUE, updates=both[:1])).progress_before is None


def test_last_weeks_outcome_stands_with_whoever_it_was() -> None:
    def closed(number: int, person: int, outcome: ActionOutcome) -> Action:
        return Action(number, person, f"action {number}", LAST_WEEK, None, outcome, FRIDAY)

    actions = [closed(1, HANNAH, ActionOutcome.DONE), closed(2, HANNAH, ActionOutcome.DROPPED)]
    digest = build(facts(VALUE, actions=[*actions, closed(3, JACK, ActionOutcome.DONE)]))
    assert digest.actions == (
        PersonActions("Hannah", (), ("action 1",), ("action 2",)),
        PersonActions("Jack", (), ("action 3",)),
    )
    assert (digest.done, digest.dropped) == (2, 1)


def test_only_whoever_has_an_action_for_next_week_is_pinged() -> None:
    actions = [
        Action(1, HANNAH, "carrier data", FRIDAY),
        Action(2, JACK, "done", LAST_WEEK, None, ActionOutcome.DONE, FRIDAY),
    ]
    known = replace(facts(VALUE, actions=actions), slack_ids={HANNAH: "U1", JACK: "U2"})
    assert [(one.person, one.pinged) for one in build(known).actions] == [("Hannah", "U1"), ("Jack", "")]


def test_without_a_team_of_its_own_zone_hours_are_utc() -> None:
    nowhere = Team(1, "TeeBee", "C012", "Mars/Olympus")
    known = DigestFacts(
        nowhere, {1: QUARTER}, FRIDAY, [VALUE], {1: [update(50)]}, NAMES, before=Snapshot(AT, (), ())
    )
    since = build(known).since
    assert since is not None
    assert (f"{since.at:%H:%M}", since.moved[0].key_result) == ("08:30", RENEWALS)
    assert key_result(40, 70, kr_id=1, position=1) == RENEWALS
