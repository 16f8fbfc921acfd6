"""Rounds, check-ins and what is owed, as they are stored."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.okr.model import CheckIn, Owed, OwedState, Round, RoundState
from bot.storage import check_ins, owing, rounds
from bot.storage.engine import Connection, Database, StorageUnavailable, open_database
from bot.storage.tables import check_ins as table
from tests.services.teebee import FRIDAY, TeeBee, at, move_in, week_later

HOUR = timedelta(hours=1)
SECONDS_TO_FINISH = 20
TEN = at(10)


@pytest.fixture
def teebee(database: Database) -> TeeBee:
    return move_in(database)


def _add(
    connection: Connection, teebee: TeeBee, weeks: int = 0, state: RoundState = RoundState.OPEN
) -> Round:
    opens = week_later(at(10), weeks)
    added = rounds.add(
        connection,
        teebee.team.id,
        opens.date(),
        state,
        opens_at=opens,
        digest_at=week_later(at(16, 30), weeks),
    )
    assert added is not None
    return added


def _check_in(
    connection: Connection, teebee: TeeBee, prompt_at: datetime = TEN, on: date = FRIDAY
) -> CheckIn:
    asked = CheckIn(0, teebee.jack.id, on, prompt_at, prompt_at + 5 * HOUR, prompt_at + 6 * HOUR)
    return check_ins.add(connection, asked)


def _owe(connection: Connection, teebee: TeeBee, round_: Round, check_in: CheckIn, number: int = 1) -> Owed:
    row = Owed(round_.id, teebee.key_results[number + 2].id, teebee.jack.id, check_in.id, number)
    owing.add(connection, row)
    return row


# --- rounds --------------------------------------------------------------------------------------------


def test_a_team_has_one_round_a_week_and_the_second_to_come_is_told(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        first = _add(connection, teebee)
        again = rounds.add(
            connection,
            teebee.team.id,
            FRIDAY - timedelta(days=1),
            RoundState.OPEN,
            opens_at=at(10),
            digest_at=at(16),
        )
        assert rounds.newest(connection, teebee.team.id) == [first]
    assert first == Round(first.id, teebee.team.id, FRIDAY, RoundState.OPEN, at(10), at(16, 30))
    assert again is None


def test_the_newest_rounds_come_first_and_not_all_of_them(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        added = [_add(connection, teebee, weeks) for weeks in (2, 0, 4, 1, 3)]
        four = rounds.newest(connection, teebee.team.id)
        one = rounds.newest(connection, teebee.team.id, limit=1)
    assert four == [added[2], added[4], added[0], added[3]]
    assert one == [added[2]]


def test_the_round_before_is_the_last_in_which_people_were_asked(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        first = _add(connection, teebee, 0, RoundState.CLOSED)
        _add(connection, teebee, 1, RoundState.SKIPPED)
        newest = _add(connection, teebee, 2)
        assert rounds.before(connection, newest) == first
        assert rounds.before(connection, first) is None


def test_a_round_is_found_by_its_id_or_said_not_to_be_there(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        added = _add(connection, teebee)
        assert rounds.by_id(connection, added.id) == added
        with pytest.raises(LookupError, match="no round 99"):
            rounds.by_id(connection, 99)


def test_a_round_is_moved_once_by_whoever_comes_first(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        added = _add(connection, teebee)
        moved = [
            rounds.move(connection, added.id, RoundState.DIGESTED, of=[RoundState.OPEN]) for _ in range(2)
        ]
        assert rounds.by_id(connection, added.id).state is RoundState.DIGESTED
    assert moved == [True, False]


# --- check-ins -----------------------------------------------------------------------------------------


def test_a_check_in_of_several_teams_begins_with_the_earliest_and_ends_with_the_latest(
    teebee: TeeBee,
) -> None:
    with teebee.database.transaction() as connection:
        first = _check_in(connection, teebee)
        earlier = _check_in(connection, teebee, at(9))
        later = _check_in(connection, teebee, at(11))
        assert check_ins.find(connection, first.id) == later
        assert check_ins.find(connection, 99) is None
    assert {first.id, earlier.id, later.id} == {first.id}
    assert (earlier.prompt_at, earlier.remind_at, earlier.answer_by) == (at(9), at(15), at(16))
    assert (later.prompt_at, later.remind_at, later.answer_by) == (at(9), at(16), at(17))


def until_somebody_waits(connection: Connection) -> None:
    """On PostgreSQL; on SQLite nobody can be seen waiting."""
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    deadline = time.monotonic() + SECONDS_TO_FINISH
    while connection.dialect.name == "postgresql" and not connection.execute(waiting).scalar_one():
        assert time.monotonic() < deadline


def test_teams_that_widen_a_check_in_at_the_same_time_do_not_forget_each_other(teebee: TeeBee) -> None:
    def widen() -> CheckIn:
        with teebee.database.transaction() as connection:
            return _check_in(connection, teebee, at(12))

    with teebee.database.transaction() as connection:
        _check_in(connection, teebee)
    with ThreadPoolExecutor(1) as pool:
        with teebee.database.transaction() as connection:
            connection.execute(sa.select(table).with_for_update())
            other = pool.submit(widen)
            until_somebody_waits(connection)
            _check_in(connection, teebee, at(8))
        widest = other.result(SECONDS_TO_FINISH)
    assert (widest.prompt_at, widest.remind_at) == (at(8), at(17))


def test_the_newest_check_in_is_a_persons_own(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        newer = _check_in(connection, teebee, week_later(at(10)), week_later(at(10)).date())
        _check_in(connection, teebee)
        assert check_ins.newest(connection, teebee.jack.id) == newer
        assert check_ins.newest(connection, teebee.hannah.id) is None


def test_when_it_was_said_which_actions_count_is_the_last_time(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        check_in, other = _check_in(connection, teebee), _check_in(connection, teebee, on=date(2026, 11, 27))
        assert check_in.actions_at is None
        for moment in (at(11), at(12)):
            check_ins.actions_said(connection, check_in.id, moment)
        found = [check_ins.find(connection, one.id) for one in (check_in, other)]
    assert found == [replace(check_in, actions_at=at(12)), other]


def test_a_check_in_knows_the_rounds_that_it_answers(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        check_in, other = _check_in(connection, teebee), _check_in(connection, teebee, on=date(2026, 11, 27))
        first, second, third = (_add(connection, teebee, weeks) for weeks in range(3))
        for round_, number in ((second, 1), (second, 2), (first, 3)):
            _owe(connection, teebee, round_, check_in, number)
        _owe(connection, teebee, third, other)
        assert rounds.of_check_in(connection, check_in.id) == [first, second]


def test_everybody_who_can_still_answer_is_known_with_their_dates(teebee: TeeBee) -> None:
    next_friday = week_later(at(10)).date()
    with teebee.database.transaction() as connection:
        for weeks, state in enumerate([RoundState.DIGESTED, RoundState.OPEN, RoundState.CLOSED]):
            round_ = _add(connection, teebee, weeks, state)
            check_in = _check_in(connection, teebee, on=week_later(at(10), weeks).date())
            for number in (1, 2):
                _owe(connection, teebee, round_, check_in, number)
            if state is RoundState.CLOSED:
                hers = check_ins.add(connection, replace(check_in, person_id=teebee.hannah.id))
                row = Owed(round_.id, teebee.key_results[0].id, teebee.hannah.id, hers.id, 1)
                owing.add(connection, row)
        found = check_ins.people_with_open(connection)
    assert found == {teebee.jack.slack_id: (teebee.jack.id, [FRIDAY, next_friday])}


def test_a_round_that_is_held_keeps_its_state_until_the_commit(teebee: TeeBee, database_url: str) -> None:
    other = open_database(database_url, lock_wait=0.05)
    with teebee.database.transaction() as connection:
        check_in, round_ = _check_in(connection, teebee), _add(connection, teebee)
        _owe(connection, teebee, round_, check_in)
    with teebee.database.transaction() as connection:
        assert rounds.of_check_in(connection, check_in.id, hold=True) == [round_]
        with pytest.raises(StorageUnavailable), other.transaction() as elsewhere:
            rounds.move(elsewhere, round_.id, RoundState.DIGESTED, of=[RoundState.OPEN])
    with other.transaction() as elsewhere:
        assert rounds.move(elsewhere, round_.id, RoundState.DIGESTED, of=[RoundState.OPEN])
    other.close()


# --- what is owed --------------------------------------------------------------------------------------


def test_when_something_was_first_answered_stays_and_when_it_was_said_follows(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        check_in, round_ = _check_in(connection, teebee), _add(connection, teebee)
        second, first = (_owe(connection, teebee, round_, check_in, number) for number in (2, 1))
        for heard, said in ((at(11), at(10, 55)), (at(12), at(11, 50))):
            owing.answer(connection, check_in.id, first.key_result_id, heard, said_at=said)
        in_check_in = owing.in_check_in(connection, check_in.id)
        assert owing.in_round(connection, round_.id) == in_check_in
    assert in_check_in == [
        replace(first, state=OwedState.ANSWERED, answered_at=at(11), said_at=at(11, 50)),
        second,
    ]


@pytest.mark.parametrize("before", [OwedState.AWAY, OwedState.MISSED, OwedState.WAITING])
def test_what_was_not_answered_before_is_answered_first_now(teebee: TeeBee, before: OwedState) -> None:
    with teebee.database.transaction() as connection:
        check_in, round_ = _check_in(connection, teebee), _add(connection, teebee)
        mine = teebee.key_results[3].id
        row = Owed(round_.id, mine, teebee.jack.id, check_in.id, 1, before, at(9), at(9))
        owing.add(connection, row)
        owing.answer(connection, check_in.id, mine, at(12), said_at=at(11))
        (found,) = owing.in_check_in(connection, check_in.id)
    assert found == replace(row, state=OwedState.ANSWERED, answered_at=at(12), said_at=at(11))


@pytest.mark.parametrize(
    ("before", "turned", "missed"),
    [
        (OwedState.WAITING, OwedState.AWAY, OwedState.MISSED),
        (OwedState.ANSWERED, OwedState.ANSWERED, OwedState.ANSWERED),
        (OwedState.AWAY, OwedState.AWAY, OwedState.AWAY),
        (OwedState.MISSED, OwedState.MISSED, OwedState.MISSED),
    ],
)
def test_only_what_is_waiting_turns_to_away_or_missed(
    teebee: TeeBee, before: OwedState, turned: OwedState, missed: OwedState
) -> None:
    with teebee.database.transaction() as connection:
        seen = []
        for weeks in (0, 1):
            check_in = _check_in(connection, teebee, on=week_later(at(10), weeks).date())
            round_ = _add(connection, teebee, weeks)
            _owe(connection, teebee, round_, check_in)
            owing.turn(connection, check_in.id, of=OwedState.WAITING, to=before)
            if weeks:
                owing.miss_waiting(connection, round_.id)
            else:
                owing.turn(connection, check_in.id, of=OwedState.WAITING, to=OwedState.AWAY)
            seen += [row.state for row in owing.in_round(connection, round_.id)]
    assert seen == [turned, missed]


def test_what_a_key_result_was_asked_comes_newest_first(teebee: TeeBee) -> None:
    states = [RoundState.CLOSED, RoundState.DIGESTED, RoundState.OPEN]
    with teebee.database.transaction() as connection:
        check_in = _check_in(connection, teebee)
        owed = []
        for weeks, state in enumerate(states):
            round_ = _add(connection, teebee, weeks, state)
            owed.append(_owe(connection, teebee, round_, check_in))
            _owe(connection, teebee, round_, check_in, 2)
        found = owing.for_key_results(
            connection, [owed[0].key_result_id], states=[RoundState.DIGESTED, RoundState.CLOSED]
        )
    assert found == [owed[1], owed[0]]


def test_what_is_handed_over_is_owed_by_somebody_else_from_then_on(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        check_in, round_ = _check_in(connection, teebee), _add(connection, teebee)
        first, second = (_owe(connection, teebee, round_, check_in, number) for number in (1, 2))
        hers = check_ins.add(connection, replace(check_in, person_id=teebee.hannah.id))
        owing.hand_over(connection, first, hers, number=4, state=OwedState.AWAY)
        moved = replace(
            first, person_id=teebee.hannah.id, check_in_id=hers.id, number=4, state=OwedState.AWAY
        )
        assert owing.in_check_in(connection, hers.id) == [moved]
        assert owing.in_check_in(connection, check_in.id) == [second]
