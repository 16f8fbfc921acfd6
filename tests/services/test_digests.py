"""The digest's facts: silence over rounds, who is away, what changed, what was carried."""

from datetime import date, datetime

import pytest
import sqlalchemy as sa

from bot.okr.answers import BlockerAnswer
from bot.okr.digest.agenda import Digest, Thanks
from bot.okr.health import Health, Standing
from bot.okr.measures import Move
from bot.okr.model import BlockerKind, Cycle, KeyResult, Objective
from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.away import pausing
from bot.services.digest import digests
from bot.storage import okr_cycles, okrs, people, tables, thanks
from bot.storage import rounds as stored
from bot.storage.engine import Database
from tests.services.teebee import HANNAH, JACK, JIM, TeeBee, at, move_in, week_later


def weeks(database: Database, count: int = 1) -> TeeBee:
    """So many rounds in which only Hannah answers, each with its digest."""
    teebee = move_in(database)
    for week in range(count):
        rounds.step(database, week_later(at(10), week))
        answers = teebee.answers(teebee.hannah, 55, 30, 180_000, actions=(f"carrier data {week}",))
        checkins.record(database, HANNAH, answers, week_later(at(11), week))
        rounds.step(database, week_later(at(16, 30), week))
    return teebee


def digest(teebee: TeeBee) -> Digest:
    with teebee.database.reading() as connection:
        newest = stored.newest(connection, teebee.team.id)[0]
    return digests.load(teebee.database, newest.id)


def every_standing(shown: Digest) -> list[Standing]:
    owned = [*shown.on_track, *shown.not_judged]
    return [*(one.standing for one in shown.talk), *(one.standing for one in owned)]


def silence(shown: Digest) -> dict[str, tuple[Health, int]]:
    standings = every_standing(shown)
    return {one.key_result.title: (one.health, one.weeks_silent) for one in standings}


def change(teebee: TeeBee, reason: str, when: datetime, *, by_id: int | None) -> None:
    with teebee.database.transaction() as connection:
        connection.execute(
            sa.insert(tables.changes).values(
                objective_id=teebee.key_results[0].objective_id,
                key_result_id=teebee.key_results[0].id,
                by_id=by_id,
                at=when,
                field="target",
                before="75 %",
                after="70 %",
                reason=reason,
            )
        )


def test_it_says_who_answered_and_how_it_stands(database: Database) -> None:
    shown = digest(weeks(database))
    assert (shown.team, shown.week, shown.weeks) == ("TeeBee", 8, 13)
    assert (shown.answered, shown.asked, shown.waiting_for, shown.away) == (1, 2, ("Jack",), ())
    assert [(one.person, [action.text for action in one.actions]) for one in shown.actions] == [
        ("Hannah", ["carrier data 0"])
    ]


def test_silence_is_counted_over_the_rounds_in_a_row(database: Database) -> None:
    teebee = weeks(database, 2)
    shown = silence(digest(teebee))
    assert shown["Phone calls"] == (Health.SILENT, 2)
    assert shown["Customers who renew"][1] == 0
    checkins.record(database, JACK, teebee.answers(teebee.jack, 50, 7, 30), week_later(at(17)))
    shown = silence(digest(teebee))
    assert shown["Phone calls"][1] == 0
    assert shown["Phone calls"][0] is not Health.SILENT


def test_a_round_that_is_still_open_is_nobodys_silence(database: Database) -> None:
    teebee = weeks(database, 1)
    rounds.step(database, week_later(at(10)))
    assert silence(digest(teebee))["Phone calls"] == (Health.SILENT, 1)


def test_away_is_neither_silent_nor_waiting(database: Database) -> None:
    teebee = weeks(database, 1)
    pausing.pause(database, JACK, week_later(at(9)))
    rounds.step(database, week_later(at(10)))
    answers = teebee.answers(teebee.hannah, 55, 30, 180_000)
    checkins.record(database, HANNAH, answers, week_later(at(11)))
    shown = digest(teebee)
    assert (shown.answered, shown.asked, shown.waiting_for, shown.away) == (1, 1, (), ("Jack",))
    assert silence(shown)["Phone calls"][0] is Health.AWAY


def test_actions_are_carried_until_they_are_done(database: Database) -> None:
    teebee = weeks(database, 2)
    shown = digest(teebee)
    assert (shown.done, shown.carried) == (0, 1)
    (hannahs,) = shown.actions
    assert [(one.text, one.weeks) for one in hannahs.actions] == [
        ("carrier data 0", 2),
        ("carrier data 1", 1),
    ]


def test_changes_since_the_last_digest_are_listed_and_older_ones_are_not(database: Database) -> None:
    teebee = weeks(database, 1)
    hannah = teebee.hannah.id
    change(teebee, "in time for the first", at(16), by_id=hannah)
    assert [one.reason for one in digest(teebee).changes] == ["in time for the first"]
    change(teebee, "after the first", at(17), by_id=hannah)
    assert [one.reason for one in digest(teebee).changes] == ["in time for the first"]
    rounds.step(database, week_later(at(10)))
    change(teebee, "after the second", week_later(at(17)), by_id=hannah)
    (listed,) = digest(teebee).changes
    assert (listed.reason, listed.by_name, listed.subject) == (
        "after the first",
        "Hannah",
        "Customers who renew",
    )


@pytest.mark.parametrize(("whose", "shown_as"), [("nobody's", ""), ("a stranger's", "U0NOBODY01")])
def test_a_change_is_its_makers_by_name_by_id_or_nobodys(
    database: Database, whose: str, shown_as: str
) -> None:
    teebee = weeks(database, 1)
    with database.transaction() as connection:
        stranger = people.ensure(connection, "U0NOBODY01")
    change(teebee, "a file said so", at(16), by_id=stranger.id if whose == "a stranger's" else None)
    assert [one.by_name for one in digest(teebee).changes] == [shown_as]


def test_with_overlapping_cycles_each_objective_keeps_its_own(database: Database) -> None:
    teebee = weeks(database, 1)
    with database.transaction() as connection:
        year = okr_cycles.add(connection, Cycle(0, "2026", date(2026, 1, 1), date(2026, 12, 31)))
        aim = Objective(0, teebee.team.id, year.id, "Be known for tea", teebee.jack.id)
        known = okrs.add_objective(connection, aim)
        okrs.add_key_result(connection, KeyResult(0, known.id, "Fame", teebee.jack.id, Move(0, 100)))
    shown = digest(teebee)
    every = every_standing(shown)
    expected = {one.key_result.title: one.expected for one in every}
    assert (expected["Fame"], expected["Phone calls"]) == (89, 55)
    assert (shown.week, shown.weeks) == (8, 13)


def test_whoever_is_to_clear_the_way_is_named_even_without_a_name(database: Database) -> None:
    teebee = weeks(database, 1)
    for slack_id, name in ((JIM, "Jim"), ("U0NOBODY01", "U0NOBODY01")):
        answers = teebee.answers(teebee.jack, 31, confidence=2)
        blocked = [
            type(one)(
                one.key_result_id, one.value, 2, "", BlockerAnswer(BlockerKind.RESOURCE, slack_id, "a pair")
            )
            for one in answers.updates
        ]
        checkins.record(database, JACK, type(answers)(answers.check_in_id, tuple(blocked)), at(17))
        item = next(one for one in digest(teebee).talk if one.standing.key_result.title == "Renewed online")
        assert (item.blocker_kind, item.blocker_owner, item.fix) == (BlockerKind.RESOURCE, name, "a pair")


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("Hannah for the data", "for the data"),
        ("@hannah, for the data", "for the data"),
        ("Hannah", ""),
        ("Hannahs data", "Hannahs data"),
    ],
)
def test_thanks_name_whom_they_are_for_once(database: Database, words: str, after: str) -> None:
    teebee = weeks(database)
    jack, hannah = teebee.jack.id, teebee.hannah.id
    with database.transaction() as connection:
        thanks.keep(connection, teebee.check_in_id(teebee.jack), jack, hannah, words, at=at(12))
        thanks.keep(connection, teebee.check_in_id(teebee.hannah), hannah, None, "everybody", at=at(13))
    assert digest(teebee).thanks == (Thanks("Jack", "Hannah", after), Thanks("Hannah", "", "everybody"))


def test_without_objectives_there_is_no_digest(database: Database) -> None:
    teebee = weeks(database, 1)
    with database.transaction() as connection:
        connection.execute(sa.update(tables.objectives).values(dropped_at=at(17)))
    with pytest.raises(LookupError, match="TeeBee has no objectives"):
        digest(teebee)
