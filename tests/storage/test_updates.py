"""Updates: every revision kept, the last one counting."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.okr.model import Blocker, BlockerKind, Update
from bot.storage import updates
from bot.storage.engine import Database
from tests.services.teebee import FRIDAY, TeeBee, move_in

THURSDAY_BEFORE = date(2026, 11, 12)
SAID_AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def teebee(database: Database) -> TeeBee:
    return move_in(database)


def _update(teebee: TeeBee, value: float = 55, on: date = FRIDAY) -> Update:
    return Update(
        teebee.key_results[0].id, on, value, 8, "two chains signed", None, teebee.hannah.id, SAID_AT
    )


@pytest.mark.parametrize(
    "blocker",
    [
        None,
        Blocker(BlockerKind.DEPENDENCY),
        Blocker(fix="status page Tuesday"),
        Blocker(BlockerKind.PRIORITY, 1, "ask"),
    ],
)
def test_an_update_comes_back_as_it_was_said(teebee: TeeBee, blocker: Blocker | None) -> None:
    said = replace(_update(teebee, 55.25), blocker=blocker)
    with teebee.database.transaction() as connection:
        assert updates.record(connection, said)
        assert updates.revisions(connection, said.key_result_id, FRIDAY) == [said]


def test_saying_the_same_again_changes_nothing_whoever_says_it(teebee: TeeBee) -> None:
    said = _update(teebee)
    again = replace(said, by_id=teebee.jack.id, at=datetime(2026, 11, 21, tzinfo=UTC))
    with teebee.database.transaction() as connection:
        updates.record(connection, said)
        assert not updates.record(connection, again)
        assert updates.revisions(connection, said.key_result_id, FRIDAY) == [said]


@pytest.mark.parametrize(
    "changed",
    [{"value": 56.0}, {"confidence": 7}, {"drove": ""}, {"blocker": Blocker(BlockerKind.CLARITY)}],
)
def test_saying_something_else_adds_a_revision_that_counts(
    teebee: TeeBee, changed: dict[str, object]
) -> None:
    said = _update(teebee)
    corrected = replace(said, **changed)  # type: ignore[arg-type]
    with teebee.database.transaction() as connection:
        updates.record(connection, said)
        assert updates.record(connection, corrected)
        history = updates.of_key_results(connection, [said.key_result_id])
        kept = updates.revisions(connection, said.key_result_id, FRIDAY)
    second = replace(corrected, revision=2)
    assert history == {said.key_result_id: (second,)}
    assert kept == [said, second]


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ("A", 0),
        ("AA", 0),
        ("AB", 1),
        ("ABB", 1),
        ("A-A", 2),
        ("ABA", 2),
        ("A.A", 0),  # taken back, and said again
    ],
)
def test_a_blocker_stands_since_it_was_first_said_so(teebee: TeeBee, said: str, since: int) -> None:
    blockers = {"A": Blocker(fix="page"), "B": Blocker(fix="people"), "-": None}
    key_result = teebee.key_results[0].id
    with teebee.database.transaction() as connection:
        for minute, letter in enumerate(said):
            moment = SAID_AT + timedelta(minutes=minute)
            if letter == ".":
                updates.withdraw(connection, [key_result], FRIDAY, moment)
                continue
            one = replace(_update(teebee, 55 + minute), at=moment, blocker=blockers[letter])
            updates.record(connection, one)
        latest = updates.of_key_results(connection, [key_result])[key_result][-1]
        assert updates.revisions(connection, key_result, FRIDAY)[-1].blocked_since == latest.blocked_since
    assert latest.blocked_since == SAID_AT + timedelta(minutes=since)


def test_taking_a_correction_back_is_a_revision_too(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        recorded = [updates.record(connection, _update(teebee, value)) for value in (55, 56, 55, 55)]
        kept = updates.revisions(connection, teebee.key_results[0].id, FRIDAY)
    assert recorded == [True, True, True, False]
    assert [(one.revision, one.value) for one in kept] == [(1, 55), (2, 56), (3, 55)]


def test_a_history_goes_from_the_oldest_date_to_the_newest(teebee: TeeBee) -> None:
    first, second = teebee.key_results[:2]
    with teebee.database.transaction() as connection:
        updates.record(connection, _update(teebee, 55))
        updates.record(connection, _update(teebee, 47, THURSDAY_BEFORE))
        updates.record(connection, _update(teebee, 56))
        found = updates.of_key_results(connection, [first.id, second.id])
        nothing = updates.of_key_results(connection, [])
    assert [(one.date, one.value) for one in found[first.id]] == [(THURSDAY_BEFORE, 47), (FRIDAY, 56)]
    assert found[second.id] == ()
    assert nothing == {}


def test_two_who_answer_at_the_same_time_are_both_kept(teebee: TeeBee) -> None:
    together = threading.Barrier(4)

    def say(value: int) -> bool:
        with teebee.database.reading() as connection:  # so that all have a connection when they begin
            updates.revisions(connection, teebee.key_results[0].id, FRIDAY)
        together.wait(20)
        with teebee.database.transaction() as connection:
            return updates.record(connection, _update(teebee, value))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(say, range(4), timeout=20))
    with teebee.database.reading() as connection:
        kept = updates.revisions(connection, teebee.key_results[0].id, FRIDAY)
    assert [one.revision for one in kept] == [1, 2, 3, 4]
    assert {one.value for one in kept} == {0, 1, 2, 3}
