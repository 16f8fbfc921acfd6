"""Rounds in storage: what a heartbeat opens, asks, digests, skips and closes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from bot.okr.measures import Move
from bot.okr.model import (
    CheckInTimes,
    KeyResult,
    Membership,
    Objective,
    OwedState,
    Role,
    RoundState,
    Team,
)
from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.away import pausing
from bot.services.sending import asks
from bot.storage import check_ins, deliveries, okr_cycles, okrs, owing, teams
from bot.storage import rounds as stored
from bot.storage.engine import Connection, Database
from bot.storage.tables import teams as table
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, TIMES, at, move_in, week_later


def test_nothing_opens_before_the_first_prompt_is_due(database: Database) -> None:
    teebee = move_in(database)
    assert rounds.step(database, at(9, 59)) == []
    with database.reading() as connection:
        assert stored.newest(connection, teebee.team.id) == []


def test_the_round_opens_with_everything_it_asks_in_one_go(database: Database) -> None:
    teebee = move_in(database)
    assert rounds.step(database, at(10)) == ["TeeBee: opened the round of 2026-11-20"]
    with database.reading() as connection:
        (opened,) = stored.newest(connection, teebee.team.id)
        owed = owing.in_round(connection, opened.id)
        keys = {one.key for one in deliveries.in_states(connection, ["pending"])}
    assert (opened.date, opened.state, opened.digest_at) == (FRIDAY, RoundState.OPEN, at(16, 30))
    assert [(row.person_id, row.number, row.state) for row in owed] == [
        (person.id, number, OwedState.WAITING)
        for person in (teebee.hannah, teebee.jack)
        for number in (1, 2, 3)
    ]
    assert keys == {
        asks.prompt_key(teebee.hannah.id, FRIDAY),
        asks.reminder_key(teebee.hannah.id, FRIDAY),
        asks.prompt_key(teebee.jack.id, FRIDAY),
        asks.reminder_key(teebee.jack.id, FRIDAY),
    }


def test_the_same_step_again_does_nothing(database: Database) -> None:
    move_in(database)
    rounds.step(database, at(10))
    assert [rounds.step(database, at(10)) for _ in range(9)] == [[]] * 9


def test_a_team_that_was_not_started_is_asked_nothing(database: Database) -> None:
    move_in(database, started_at=None)
    assert rounds.step(database, at(10)) == []


def test_the_digest_is_asked_for_once_it_is_due(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    assert rounds.step(database, at(16, 29)) == []
    assert rounds.step(database, at(16, 30)) == ["TeeBee: digest of 2026-11-20 is due"]
    with database.reading() as connection:
        (round_,) = stored.newest(connection, teebee.team.id)
        asked = deliveries.by_key(connection, asks.digest_key(round_.id))
    assert round_.state is RoundState.DIGESTED
    assert asked is not None
    assert asked.address == CHANNEL


def test_what_nobody_answered_is_missed_when_the_next_round_opens(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    checkins.record(database, HANNAH, teebee.answers(teebee.hannah, 55, 20, 160_000), at(11))
    rounds.step(database, at(16, 30))
    did = rounds.step(database, week_later(at(10)))
    assert did == ["TeeBee: closed the round of 2026-11-20", "TeeBee: opened the round of 2026-11-27"]
    with database.reading() as connection:
        before = stored.newest(connection, teebee.team.id)[1]
        states = {row.person_id: row.state for row in owing.in_round(connection, before.id)}
    assert before.state is RoundState.CLOSED
    assert states == {teebee.hannah.id: OwedState.ANSWERED, teebee.jack.id: OwedState.MISSED}


def test_when_a_round_closes_the_prompts_nobody_finished_answering_are_drawn_closed(
    database: Database,
) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    for person in (teebee.hannah, teebee.jack):
        teebee.sent(asks.prompt_key(person.id, FRIDAY), at(10))
    teebee.sent(asks.reminder_key(teebee.jack.id, FRIDAY), at(15))
    checkins.record(database, HANNAH, teebee.answers(teebee.hannah, 55, 20, 160_000), at(11))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52), at(11))
    teebee.redraws()
    rounds.step(database, at(16, 30))
    assert teebee.redraws() == []
    rounds.step(database, week_later(at(10)))
    assert teebee.redraws() == [
        asks.prompt_key(teebee.jack.id, FRIDAY),
        asks.reminder_key(teebee.jack.id, FRIDAY),
    ]


def _statements(database: Database, does: Callable[[], object]) -> list[str]:
    seen: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    does()
    sa.event.remove(database.engine, "before_cursor_execute", note)
    return seen


def test_a_heartbeat_with_nothing_to_do_takes_no_lock_however_many_teams_there_are(
    database: Database,
) -> None:
    teebee = move_in(database)
    for number in range(3):
        _second_team(database, teebee.jack.id, times=TIMES, name=f"Web {number}")
    rounds.step(database, at(10))
    seen = _statements(database, lambda: rounds.step(database, at(10, 1)))
    assert "BEGIN IMMEDIATE" not in seen
    assert not [one for one in seen if one.startswith(("INSERT", "UPDATE")) or "FOR UPDATE" in one]


def test_weeks_after_the_cycle_are_planned_without_asking_the_database(database: Database) -> None:
    move_in(database)
    rounds.step(database, at(10, day=date(2027, 1, 10)))
    seen = _statements(database, lambda: rounds.step(database, at(10, day=date(2027, 12, 31))))
    assert len(seen) <= 4  # BEGIN, cycles, teams, the newest rounds


def test_one_teams_trouble_does_not_keep_the_others_from_their_friday(database: Database) -> None:
    teebee = move_in(database)
    _second_team(database, teebee.jack.id, times=TIMES)
    with database.transaction() as connection:
        began = datetime.min.replace(tzinfo=UTC)  # a day that does not exist west of Greenwich
        broken = {"started_at": began, "zone": "America/Los_Angeles"}
        connection.execute(sa.update(table).where(table.c.name == "Web").values(broken))
    assert rounds.step(database, at(10)) == ["TeeBee: opened the round of 2026-11-20"]


def test_weeks_in_which_the_bot_was_down_are_skipped_and_only_the_present_one_is_asked(
    database: Database,
) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    assert rounds.step(database, week_later(at(10), 3)) == [
        "TeeBee: closed the round of 2026-11-20",
        "TeeBee: skipped the round of 2026-11-27",
        "TeeBee: skipped the round of 2026-12-04",
        "TeeBee: opened the round of 2026-12-11",
    ]
    with database.reading() as connection:
        states = [(one.date, one.state) for one in stored.newest(connection, teebee.team.id)]
    assert states == [
        (date(2026, 12, 11), RoundState.OPEN),
        (date(2026, 12, 4), RoundState.SKIPPED),
        (date(2026, 11, 27), RoundState.SKIPPED),
        (FRIDAY, RoundState.CLOSED),
    ]


def test_after_the_cycle_nothing_is_asked(database: Database) -> None:
    move_in(database)
    assert rounds.step(database, at(10, day=date(2027, 2, 5)))[-1:] == [
        "TeeBee: skipped the round of 2026-12-25"
    ]


def test_somebody_who_paused_is_passed_by_without_a_prompt(database: Database) -> None:
    teebee = move_in(database)
    pausing.pause(database, JACK, at(9))
    rounds.step(database, at(10))
    with database.reading() as connection:
        (opened,) = stored.newest(connection, teebee.team.id)
        states = {row.person_id: row.state for row in owing.in_round(connection, opened.id)}
        addresses = {one.address for one in deliveries.in_states(connection, ["pending"])}
    assert states == {teebee.hannah.id: OwedState.WAITING, teebee.jack.id: OwedState.AWAY}
    assert addresses == {HANNAH}


def test_an_update_of_the_two_days_before_counts_and_is_not_asked_for_again(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    late = at(18, day=date(2026, 11, 26))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, 7, 41), late)
    rounds.step(database, at(16, 30))
    rounds.step(database, week_later(at(10)))
    with database.reading() as connection:
        newest = stored.newest(connection, teebee.team.id)[0]
        mine = [row for row in owing.in_round(connection, newest.id) if row.person_id == teebee.jack.id]
        prompt = deliveries.by_key(connection, asks.prompt_key(teebee.jack.id, newest.date))
    assert [(row.state, row.answered_at, row.said_at) for row in mine] == [
        (OwedState.ANSWERED, late, late)
    ] * 3
    assert prompt is None


def test_an_update_of_three_days_before_does_not_count(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    early = at(9, day=date(2026, 11, 25))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, 7, 41), early)
    rounds.step(database, week_later(at(10)))
    with database.reading() as connection:
        newest = stored.newest(connection, teebee.team.id)[0]
        prompt = deliveries.by_key(connection, asks.prompt_key(teebee.jack.id, newest.date))
    assert prompt is not None


def _second_team(database: Database, owner_id: int, *, times: CheckInTimes, name: str = "Web") -> None:
    """Jack's own team, with one key result of his."""
    with database.transaction() as connection:
        team = teams.add(
            connection,
            Team(0, name, "C0WEB00001", "Asia/Shanghai", times, started_at=at(9, day=date(2026, 11, 16))),
        )
        teams.set_role(connection, Membership(team.id, owner_id, Role.LEAD))
        (cycle,) = okr_cycles.everything(connection)
        own = okrs.add_objective(
            connection, Objective(0, team.id, cycle.id, "A shop that never falls over", owner_id)
        )
        okrs.add_key_result(connection, KeyResult(0, own.id, "Hours down", owner_id, Move(9, 1), "h"))


def test_two_teams_of_one_person_make_one_check_in_with_one_prompt(database: Database) -> None:
    teebee = move_in(database)
    _second_team(database, teebee.jack.id, times=CheckInTimes(prompt=time(9), remind=time(14)))
    rounds.step(database, at(9))
    rounds.step(database, at(10))
    with database.reading() as connection:
        check_in = check_ins.newest(connection, teebee.jack.id)
        assert check_in is not None
        owed = owing.in_check_in(connection, check_in.id)
        prompts = [one.key for one in deliveries.in_states(connection, ["pending"]) if one.address == JACK]
    assert [row.number for row in owed] == [1, 2, 3, 4]
    assert len({row.round_id for row in owed}) == 2
    assert (check_in.prompt_at, check_in.remind_at) == (at(9), at(15))
    assert prompts == [
        asks.prompt_key(teebee.jack.id, FRIDAY),
        asks.reminder_key(teebee.jack.id, FRIDAY),
    ]


def test_two_teams_key_results_are_numbered_by_their_hours_even_by_a_bot_that_was_late(
    database: Database,
) -> None:
    teebee = move_in(database)
    _second_team(database, teebee.jack.id, times=CheckInTimes(prompt=time(9), remind=time(14)))
    rounds.step(database, at(11))
    with database.reading() as connection:
        check_in = check_ins.newest(connection, teebee.jack.id)
        assert check_in is not None
        owed = owing.in_check_in(connection, check_in.id)
        known = okrs.key_results_by_ids(connection, [row.key_result_id for row in owed])
    assert next(known[row.key_result_id].title for row in owed if row.number == 1) == "Hours down"


@pytest.mark.parametrize(
    ("zone", "prompt_at"),
    [
        ("America/Los_Angeles", at(10) - timedelta(hours=8)),  # Thursday 10:00 there, 02:00 in Shanghai
        ("Pacific/Auckland", at(5)),  # Friday 10:00 there
        ("Middle/Earth", at(10)),  # unknown: the team's
        (None, at(10)),
    ],
)
def test_everybody_is_asked_at_ten_of_their_own_clock(
    database: Database, zone: str | None, prompt_at: object
) -> None:
    teebee = move_in(database, jack_zone=zone)
    rounds.step(database, at(10))
    with database.reading() as connection:
        check_in = check_ins.newest(connection, teebee.jack.id)
    assert check_in is not None
    assert check_in.prompt_at == prompt_at
