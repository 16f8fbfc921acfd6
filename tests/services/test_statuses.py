"""Slack statuses that look like leave: who is asked, once, what becomes of the answer, and what is kept."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.okr.days.status import Status
from bot.okr.model import OwedState, Profile
from bot.services.answering import checkins
from bot.services.asking import prompts, rounds
from bot.services.away import absence, statuses
from bot.services.away.statuses import NotAsked, Why
from bot.services.sending.pacing import UNPACED, Call, Limits
from bot.storage import absences, owing, people
from bot.storage.engine import Database
from bot.storage.tables import statuses as table
from tests.services.directory import Desk
from tests.services.sending import blocked_until, clock, locked, pass_time
from tests.services.teebee import FRIDAY, HANNAH, JACK, TeeBee, at, move_in

MONDAY = date(2026, 11, 23)
NEXT_FRIDAY = date(2026, 11, 27)
WORDS = "On leave"


def palm(until: datetime | None = None, words: str = WORDS) -> Status:
    """Until Monday evening where nothing else is said."""
    return Status(words, "palm_tree", until or at(18, day=MONDAY))


def tells(teebee: TeeBee, status: Status | None, now: datetime | None = None, who: str = JACK) -> None:
    """As Slack's event does, at half past ten where nothing else is said."""
    profile = Profile(who, "Jack", None, "Asia/Shanghai", status=status)
    statuses.learn(teebee.database, profile, now or at(10, 30))


def asked(teebee: TeeBee) -> str:
    """What Jack's newest prompt asks about his status, with the last day; empty: nothing."""
    question = prompts.load(teebee.database, teebee.check_in_id(teebee.jack)).status
    return f"{question.words} until {question.last_day}" if question else ""


def shown(teebee: TeeBee) -> tuple[int, date]:
    """What the buttons of the question say."""
    question = prompts.load(teebee.database, teebee.check_in_id(teebee.jack)).status
    assert question is not None
    return question.id, question.last_day


def kept(database: Database) -> list[tuple[str | None, str | None]]:
    with database.reading() as connection:
        return [(row.text, row.emoji) for row in connection.execute(sa.select(table).order_by(table.c.id))]


def states(teebee: TeeBee) -> set[OwedState]:
    with teebee.database.reading() as connection:
        rows = owing.in_check_in(connection, teebee.check_in_id(teebee.jack))
        return {row.state for row in rows}


def days_away(teebee: TeeBee) -> list[tuple[str, str]]:
    with teebee.database.reading() as connection:
        return [(str(one.starts), str(one.ends)) for one in absences.of_people(connection, [teebee.jack.id])]


@pytest.fixture
def teebee(database: Database) -> TeeBee:
    """At ten o'clock, prompted."""
    moved_in = move_in(database)
    rounds.step(database, at(10))
    moved_in.sent(f"prompt:{moved_in.jack.id}:{FRIDAY}", at(10))
    return moved_in


def test_a_status_that_arrives_while_they_are_asked_stands_in_the_prompt(teebee: TeeBee) -> None:
    tells(teebee, palm())
    assert asked(teebee) == "🌴 On leave until 2026-11-23"
    assert teebee.redraws() == [f"prompt:{teebee.jack.id}:{FRIDAY}"]
    assert states(teebee) == {OwedState.WAITING}
    assert days_away(teebee) == []


def test_the_same_status_told_again_changes_nothing(teebee: TeeBee) -> None:
    tells(teebee, palm())
    teebee.redraws()
    tells(teebee, palm())
    assert teebee.redraws() == []
    assert len(kept(teebee.database)) == 1


@pytest.mark.parametrize("status", [None, palm(at(16, 29)), palm(at(9)), palm(at(18, day=date(2027, 11, 1)))])
def test_what_ends_before_the_answer_is_due_or_lies_too_far_off_is_not_asked(
    teebee: TeeBee, status: Status | None
) -> None:
    tells(teebee, status)
    assert asked(teebee) == ""
    assert kept(teebee.database) == []


def test_nothing_is_kept_of_somebody_who_is_not_asked_anything(teebee: TeeBee) -> None:
    tells(teebee, palm(), who="U0STRANGER")
    tells(teebee, palm(), now=at(9, 59))  # the prompt is not due yet: it looks itself
    checkins.record(teebee.database, JACK, teebee.answers(teebee.jack, 52, 7, 41), at(11))
    tells(teebee, palm(), now=at(11, 30))
    assert kept(teebee.database) == []
    with teebee.database.reading() as connection:
        assert people.by_slack_id(connection, "U0STRANGER") is None


def test_a_status_that_goes_takes_the_question_along(teebee: TeeBee) -> None:
    tells(teebee, palm())
    teebee.redraws()
    tells(teebee, None)
    assert asked(teebee) == ""
    assert teebee.redraws() == [f"prompt:{teebee.jack.id}:{FRIDAY}"]
    assert kept(teebee.database) == []


def test_another_status_takes_its_place(teebee: TeeBee) -> None:
    tells(teebee, palm())
    tells(teebee, palm(at(18, day=NEXT_FRIDAY)))
    assert asked(teebee) == "🌴 On leave until 2026-11-27"
    assert len(kept(teebee.database)) == 1


def test_yes_is_days_away_as_if_they_had_said_so(teebee: TeeBee) -> None:
    tells(teebee, palm())
    said = statuses.answer(teebee.database, JACK, shown(teebee), at(11), away=True)
    assert said.absence is not None
    assert days_away(teebee) == [("2026-11-20", "2026-11-23")]
    assert states(teebee) == {OwedState.AWAY}
    absence.cancel(teebee.database, JACK, said.absence.id, at(11, 5))
    assert states(teebee) == {OwedState.WAITING}
    assert asked(teebee) == ""
    assert kept(teebee.database) == [(None, None)]


def test_no_is_remembered_and_its_words_are_not(teebee: TeeBee) -> None:
    tells(teebee, palm())
    teebee.redraws()
    said = statuses.answer(teebee.database, JACK, shown(teebee), at(11), away=False)
    assert said.absence is None
    assert teebee.redraws() == [f"prompt:{teebee.jack.id}:{FRIDAY}"]
    assert (asked(teebee), days_away(teebee), states(teebee)) == ("", [], {OwedState.WAITING})
    assert kept(teebee.database) == [(None, None)]
    tells(teebee, None)
    tells(teebee, palm())
    assert asked(teebee) == ""
    tells(teebee, palm(words="On leave!"))
    assert asked(teebee) == "🌴 On leave! until 2026-11-23"


def test_an_unanswered_question_is_not_asked_in_the_next_round_again(teebee: TeeBee) -> None:
    long = palm(at(18, day=date(2026, 12, 31)))
    tells(teebee, long)
    before = teebee.check_in_id(teebee.jack)
    rounds.step(teebee.database, at(16, 30))
    rounds.step(teebee.database, at(10, day=NEXT_FRIDAY))
    assert teebee.check_in_id(teebee.jack) != before
    tells(teebee, long, at(10, 30, day=NEXT_FRIDAY))
    assert asked(teebee) == ""


def test_what_comes_when_an_answer_would_be_late_waits_for_the_next_prompt(teebee: TeeBee) -> None:
    long = palm(at(18, day=date(2026, 12, 31)))
    rounds.step(teebee.database, at(16, 30))
    tells(teebee, long, at(16, 30))
    assert kept(teebee.database) == []
    rounds.step(teebee.database, at(10, day=NEXT_FRIDAY))
    tells(teebee, long, at(10, day=NEXT_FRIDAY))
    assert asked(teebee) == "🌴 On leave until 2026-12-31"


@pytest.mark.parametrize("away", [True, False])
def test_a_double_tap_is_told_so(teebee: TeeBee, *, away: bool) -> None:
    tells(teebee, palm())
    one = shown(teebee)
    statuses.answer(teebee.database, JACK, one, at(11), away=True)
    with pytest.raises(NotAsked) as problem:
        statuses.answer(teebee.database, JACK, one, at(11), away=away)
    assert problem.value.why is Why.ANSWERED
    assert len(days_away(teebee)) == 1


def test_a_button_means_the_days_that_it_named(teebee: TeeBee) -> None:
    tells(teebee, palm())
    before = shown(teebee)
    tells(teebee, palm(at(18, day=date(2027, 3, 1))))
    with pytest.raises(NotAsked) as problem:
        statuses.answer(teebee.database, JACK, before, at(11), away=True)
    assert problem.value.why is Why.OVER
    assert days_away(teebee) == []
    statuses.answer(teebee.database, JACK, shown(teebee), at(11), away=True)
    assert len(days_away(teebee)) == 1


def test_nobody_answers_for_somebody_else_or_what_is_over(teebee: TeeBee) -> None:
    tells(teebee, palm())
    one, last_day = shown(teebee)
    for who, which, when in (
        (HANNAH, one, at(11)),
        ("U0STRANGER", one, at(11)),
        (JACK, one + 1, at(11)),
        (JACK, 2**40, at(11)),
        (JACK, one, at(9, day=NEXT_FRIDAY)),
    ):
        with pytest.raises(NotAsked) as problem:
            statuses.answer(teebee.database, who, (which, last_day), when, away=True)
        assert problem.value.why is Why.OVER
    assert days_away(teebee) == []
    assert kept(teebee.database) == [(WORDS, "palm_tree")]


def test_what_is_over_is_forgotten_answered_or_not(teebee: TeeBee) -> None:
    tells(teebee, palm())
    statuses.forget_over(teebee.database, at(17, 59, day=MONDAY))
    assert len(kept(teebee.database)) == 1
    statuses.forget_over(teebee.database, at(18, day=MONDAY))
    assert kept(teebee.database) == []


# --- looking up what was set before --------------------------------------------------------------------


def desk(status: Status | None = None) -> Desk:
    jack = Profile(JACK, "Jack", "jack@teebee.example", "Asia/Shanghai", status=status)
    return Desk((jack, Profile(HANNAH, "Hannah", None, "Asia/Shanghai")))


def look(teebee: TeeBee, directory: Desk, now: datetime, limits: Limits = UNPACED) -> list[str]:
    return statuses.look(teebee.database, directory, limits, now)


def test_a_status_that_was_there_before_is_found_when_the_prompt_is_due(teebee: TeeBee) -> None:
    slack = desk(palm())
    assert look(teebee, slack, at(9, 59)) == []
    assert slack.asked == []
    assert look(teebee, slack, at(10)) == ["statuses that look like leave: 1"]
    assert asked(teebee) == "🌴 On leave until 2026-11-23"


def test_everybody_is_looked_up_once_a_prompt(teebee: TeeBee) -> None:
    slack = desk()
    for minute in (0, 1, 2):
        look(teebee, slack, at(10, minute))
    assert sorted(slack.asked) == sorted([HANNAH, JACK])
    rounds.step(teebee.database, at(16, 30))
    rounds.step(teebee.database, at(10, day=NEXT_FRIDAY))
    look(teebee, slack, at(10, day=NEXT_FRIDAY))
    assert len(slack.asked) == 4


def test_whoever_has_answered_is_not_looked_up(teebee: TeeBee) -> None:
    checkins.record(teebee.database, JACK, teebee.answers(teebee.jack, 52, 7, 41), at(10))
    slack = desk(palm())
    look(teebee, slack, at(10, 1))
    assert slack.asked == [HANNAH]


def test_as_many_as_the_pace_allows_and_the_others_later(teebee: TeeBee) -> None:
    slack, one_a_minute = desk(), Limits(statuses=1)
    look(teebee, slack, at(10), one_a_minute)
    assert len(slack.asked) == 1
    look(teebee, slack, at(10), one_a_minute)
    assert len(slack.asked) == 1
    pass_time(teebee.database, timedelta(minutes=1))
    look(teebee, slack, at(10), one_a_minute)
    assert len(slack.asked) == 2


def test_trouble_asks_nobody_anything(teebee: TeeBee) -> None:
    slack = desk(palm())
    slack.closed = frozenset({"people"})
    assert look(teebee, slack, at(10)) == []
    assert len(slack.asked) == 1
    assert asked(teebee) == ""


@pytest.mark.parametrize(("retry_after", "seconds"), [(30, 30), (None, 60)])
def test_after_trouble_slack_is_left_alone_for_a_while(
    teebee: TeeBee, retry_after: float | None, seconds: float
) -> None:
    slack = desk()
    slack.closed, slack.retry_after = frozenset({"people"}), retry_after
    for minute in (0, 1, 2):
        look(teebee, slack, at(10, minute))
    assert len(slack.asked) == 1
    left = blocked_until(teebee.database)[Call.STATUS] - clock(teebee.database)
    assert seconds - 20 < left.total_seconds() <= seconds


@pytest.mark.parametrize(("retry_after", "asked_again"), [(30, True), (None, False)])
def test_a_look_counts_unless_slack_only_wants_us_to_wait(
    teebee: TeeBee, retry_after: float | None, *, asked_again: bool
) -> None:
    slack = desk()
    slack.closed, slack.retry_after = frozenset({"people"}), retry_after
    look(teebee, slack, at(10))
    pass_time(teebee.database, timedelta(minutes=1))
    slack.closed = frozenset()
    look(teebee, slack, at(10, 1))
    first, *others = slack.asked
    assert (first in others) is asked_again
    assert set(slack.asked) == {HANNAH, JACK}


def test_where_nothing_is_over_nobody_has_to_wait_for_the_database(teebee: TeeBee) -> None:
    tells(teebee, palm())
    with locked(teebee.database):
        statuses.forget_over(teebee.database, at(11))
