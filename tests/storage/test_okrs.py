"""Cycles, objectives, key results and the record of their changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.okr.measures import Move
from bot.okr.model import Change, Cycle, KeyResult, Objective, ObjectiveKind
from bot.storage import changes, okr_cycles, okrs
from bot.storage.changes import NewChange
from bot.storage.engine import Database
from bot.storage.tables import objectives as objectives_table
from tests.services.teebee import QUARTER, TeeBee, move_in
from tests.storage.dropping import drop_key_result

DIGEST = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


@pytest.fixture
def teebee(database: Database) -> TeeBee:
    return move_in(database)


def _cycle(database: Database) -> Cycle:
    with database.reading() as connection:
        return next(one for one in okr_cycles.everything(connection) if one.name == "2026 Q4")


def _objectives(teebee: TeeBee) -> list[Objective]:
    with teebee.database.reading() as connection:
        return okrs.of_team(connection, teebee.team.id, [_cycle(teebee.database).id])


# --- cycles --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 9, 30), ["The year"]),
        (date(2026, 10, 1), ["2026 Q4", "The year"]),  # the one that started last first
        (date(2026, 12, 31), ["2026 Q4", "The year"]),
        (date(2027, 1, 1), []),
    ],
)
def test_a_cycle_runs_from_its_first_day_to_its_last(
    database: Database, on: date, expected: list[str]
) -> None:
    with database.transaction() as connection:
        okr_cycles.add(connection, Cycle(0, "2026 Q4", *QUARTER))
        okr_cycles.add(connection, Cycle(0, "The year", date(2026, 1, 1), date(2026, 12, 31)))
        running = okr_cycles.running(connection, on)
    assert [one.name for one in running.values()] == expected
    assert all(one.id == cycle_id for cycle_id, one in running.items())


def test_a_cycles_days_can_be_changed_and_cycles_are_listed_by_their_first_day(database: Database) -> None:
    with database.transaction() as connection:
        first = okr_cycles.add(connection, Cycle(0, "2026 Q4", *QUARTER))
        second = okr_cycles.add(connection, Cycle(0, "2027 Q1", date(2027, 1, 1), date(2027, 3, 31)))
        moved = replace(first, starts=date(2027, 4, 1), ends=date(2027, 6, 30))
        okr_cycles.save(connection, moved)
        assert okr_cycles.everything(connection) == [second, moved]


# --- objectives and key results ------------------------------------------------------------------------


def test_a_teams_objectives_come_with_their_key_results_in_order(teebee: TeeBee) -> None:
    value, online = _objectives(teebee)
    assert (value.title, value.owner_id, value.kind) == (
        "Prove our tea’s value to restaurant suppliers",
        teebee.hannah.id,
        ObjectiveKind.ASPIRATIONAL,
    )
    assert value.key_results == teebee.key_results[:3]
    assert (online.kind, online.key_results) == (ObjectiveKind.COMMITTED, teebee.key_results[3:])


def test_of_other_teams_or_cycles_there_is_nothing(teebee: TeeBee) -> None:
    cycle = _cycle(teebee.database)
    with teebee.database.reading() as connection:
        assert okrs.of_team(connection, teebee.team.id + 1, [cycle.id]) == []
        assert okrs.of_team(connection, teebee.team.id, [cycle.id + 1]) == []
        assert okrs.of_team(connection, teebee.team.id, []) == []


def test_an_owner_sees_their_objectives_whole_and_of_others_what_they_own(teebee: TeeBee) -> None:
    cycle = _cycle(teebee.database)
    value, online = _objectives(teebee)
    with teebee.database.transaction() as connection:
        mine = okrs.add_key_result(
            connection, KeyResult(0, online.id, "Pages in Chinese", teebee.hannah.id, Move(0, 20), position=9)
        )
        hers = okrs.of_owner(connection, teebee.hannah.id, [cycle.id])
        his = okrs.of_owner(connection, teebee.jack.id, [cycle.id])
    assert [(one.title, one.key_results) for one in hers] == [
        (value.title, value.key_results),
        (online.title, (mine,)),
    ]
    assert [(one.title, one.key_results) for one in his] == [(online.title, (*online.key_results, mine))]


def test_a_dropped_key_result_is_left_out_but_still_known_by_its_id(teebee: TeeBee) -> None:
    cycle = _cycle(teebee.database)
    gone, *left = teebee.key_results[:3]
    with teebee.database.transaction() as connection:
        drop_key_result(connection, gone.id, DIGEST)
        known = okrs.key_results_by_ids(connection, [gone.id, left[0].id, 99])
        hers = okrs.of_owner(connection, teebee.hannah.id, [cycle.id])
    assert known == {gone.id: replace(gone, dropped=True), left[0].id: left[0]}
    assert [one.key_results for one in hers] == [tuple(left)]
    assert _objectives(teebee)[0].key_results == tuple(left)


def test_whoever_owned_only_what_was_dropped_owns_nothing(teebee: TeeBee) -> None:
    _, online = _objectives(teebee)
    cycle = _cycle(teebee.database)
    with teebee.database.transaction() as connection:
        okrs.save_objective(connection, replace(online, owner_id=teebee.hannah.id))
        for one in teebee.key_results[3:]:
            drop_key_result(connection, one.id, DIGEST)
        assert okrs.of_owner(connection, teebee.jack.id, [cycle.id]) == []


def test_a_dropped_objective_is_left_out_but_still_known_by_its_id(teebee: TeeBee) -> None:
    value, online = _objectives(teebee)
    with teebee.database.transaction() as connection:
        connection.execute(
            sa.update(objectives_table).where(objectives_table.c.id == value.id).values(dropped_at=DIGEST)
        )
        known = okrs.objectives_by_ids(connection, [value.id, 99])
    assert known == {value.id: replace(value, dropped=True, key_results=())}
    assert [one.id for one in _objectives(teebee)] == [online.id]


def test_what_was_dropped_leaves_its_title_free(teebee: TeeBee) -> None:
    gone = teebee.key_results[0]
    with teebee.database.transaction() as connection:
        drop_key_result(connection, gone.id, DIGEST)
        again = okrs.add_key_result(connection, gone)
    assert again == replace(gone, id=again.id)


def test_two_of_the_same_title_in_one_place_are_refused(teebee: TeeBee) -> None:
    with pytest.raises(sa.exc.IntegrityError), teebee.database.transaction() as connection:
        okrs.add_key_result(connection, teebee.key_results[0])


def test_objectives_and_key_results_can_be_changed_in_everything(teebee: TeeBee) -> None:
    value, online = _objectives(teebee)
    first = teebee.key_results[0]
    new_value = replace(
        value,
        title="Prove it",
        owner_id=teebee.jack.id,
        kind=ObjectiveKind.COMMITTED,
        position=9,
        key_results=(),
    )
    new_first = replace(
        first, title="Stay", owner_id=teebee.jack.id, measure=Move(1, 2), unit="pts", position=9
    )
    with teebee.database.transaction() as connection:
        okrs.save_objective(connection, new_value)
        okrs.save_key_result(connection, new_first)
        assert okrs.objectives_by_ids(connection, [value.id]) == {value.id: new_value}
        assert okrs.key_results_by_ids(connection, [first.id]) == {first.id: new_first}
    last, moved = _objectives(teebee)
    assert (last.id, moved.id, moved.key_results[-1]) == (online.id, value.id, new_first)


# --- changes -------------------------------------------------------------------------------------------


def test_changes_of_a_week_are_told_with_who_what_and_why(teebee: TeeBee) -> None:
    value, _ = _objectives(teebee)
    first = teebee.key_results[0]
    week = timedelta(weeks=1)
    moments = [DIGEST, DIGEST - week, DIGEST - week + timedelta(seconds=1), DIGEST + timedelta(seconds=1)]
    with teebee.database.transaction() as connection:
        for number, moment in enumerate(moments):
            changed = NewChange(
                at=moment,
                by_id=None if number else teebee.hannah.id,
                objective_id=value.id,
                key_result_id=None if number else first.id,
                field="target",
                before="70",
                after=f"{number}",
                reason="the market moved",
            )
            changes.add(connection, changed)
        of_the_week = changes.of_team(connection, teebee.team.id, DIGEST - week, DIGEST)
        so_far = changes.of_team(connection, teebee.team.id, None, DIGEST)
        elsewhere = changes.of_team(connection, teebee.team.id + 1, None, DIGEST)
    why = "the market moved"
    assert of_the_week == [
        Change(moments[2], "", value.title, "target", "70", "2", why),
        Change(DIGEST, "Hannah", first.title, "target", "70", "0", why),
    ]
    assert [one.after for one in so_far] == ["1", "2", "0"]
    assert elsewhere == []
