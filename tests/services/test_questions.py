"""The gentle questions: where they ride, and that nobody hears one twice in a month."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import sqlalchemy as sa

from bot.okr.model import ActionOutcome
from bot.okr.questions import QuestionKind
from bot.services.answering import checkins
from bot.services.asking import prompts, questions, rounds
from bot.services.digest import early
from bot.storage import tables
from bot.storage.engine import Database
from tests.services.other_teams import add_round
from tests.services.teebee import FRIDAY, HANNAH, JACK, TeeBee, at, move_in, week_later
from tests.storage.test_rounds import SECONDS_TO_FINISH, until_somebody_waits


def week(teebee: TeeBee, number: int, *, tied: bool) -> None:
    """Both answer without moving anything; Jack's action of the week before is done."""
    rounds.step(teebee.database, week_later(at(10), number))
    for person, slack_id, values in (
        (teebee.hannah, HANNAH, (40, 5, 120_000)),
        (teebee.jack, JACK, (30, 6, 40)),
    ):
        answers = teebee.answers(person, *values, actions=(f"call {number}",))
        checkins.record(teebee.database, slack_id, answers, week_later(at(11), number))
    with teebee.database.transaction() as connection:
        mine = tables.actions.c.person_id == teebee.jack.id
        on = week_later(at(11), number).date()
        if tied:
            tie = sa.update(tables.actions).where(mine).values(key_result_id=teebee.of(teebee.jack)[2])
            connection.execute(tie)
        done = sa.update(tables.actions).where(mine, tables.actions.c.set_on < on)
        still_open = tables.actions.c.closed_on.is_(None)
        connection.execute(done.where(still_open).values(outcome=ActionOutcome.DONE, closed_on=on))
    rounds.step(teebee.database, week_later(at(16, 30), number))


def thoughts(teebee: TeeBee, number: int) -> tuple[list[tuple[QuestionKind, str]], ...]:
    """What Hannah and Jack find in their prompts of that week."""
    rounds.step(teebee.database, week_later(at(10), number))
    views = (prompts.load(teebee.database, teebee.check_in_id(one)) for one in (teebee.hannah, teebee.jack))
    return tuple([(one.kind, one.about) for one in view.questions] for view in views)


def test_each_question_comes_after_three_weeks_and_once_a_month(database: Database) -> None:
    teebee = move_in(database)
    for number in range(3):
        assert thoughts(teebee, number) == ([], [])
        week(teebee, number, tied=False)
    asked = [(QuestionKind.OTHER_WORK, "TeeBee")]
    assert thoughts(teebee, 3) == (asked, [])
    for number in (3, 4, 5):
        week(teebee, number, tied=False)
        later = thoughts(teebee, number + 1)
        assert later == ([], [])


def test_whoever_owns_what_does_not_move_is_asked_whether_it_is_the_right_work(database: Database) -> None:
    teebee = move_in(database)
    for number in range(4):
        week(teebee, number, tied=True)
    _, jacks = thoughts(teebee, 4)
    assert jacks == [(QuestionKind.RIGHT_WORK, "Phone calls")]


def test_a_lead_finds_theirs_in_the_preview_too(database: Database) -> None:
    teebee = move_in(database)
    for number in range(3):
        week(teebee, number, tied=False)
    rounds.step(database, week_later(at(10), 3))
    shown = early.load(database, HANNAH, teebee.team.id)
    assert [one.kind for one in shown.questions] == [QuestionKind.OTHER_WORK]


def test_a_week_that_was_skipped_breaks_the_row(database: Database) -> None:
    teebee = move_in(database)
    for number in (0, 1, 3):
        week(teebee, number, tied=False)
    assert thoughts(teebee, 4) == ([], [])


def test_two_teams_that_open_at_the_same_instant_ask_once(database: Database) -> None:
    """The first has asked, and not committed yet, when the second looks."""
    teebee = move_in(database)
    with database.transaction() as connection:
        one, other = (add_round(connection, teebee, on) for on in (FRIDAY, FRIDAY - timedelta(days=1)))
    wanted = [(QuestionKind.RIGHT_WORK, teebee.jack.id, teebee.of(teebee.jack)[0])]

    def ask_too() -> None:
        with database.transaction() as connection:
            questions.ask_each(connection, other, wanted)

    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as connection:
            questions.ask_each(connection, one, wanted)
            second = pool.submit(ask_too)
            until_somebody_waits(connection)
        second.result(SECONDS_TO_FINISH)
    with database.reading() as connection:
        asked = connection.execute(sa.select(tables.questions.c.round_id)).scalars().all()
    assert asked == [one.id]
