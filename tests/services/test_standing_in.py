"""When a delegate is asked, and when the digest waits for them: their own hours, wherever they are; and what
becomes of it when the owner is back, whoever else comes and goes at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.okr.model import CheckInTimes, OwedState, Person, Profile
from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.asking.planner import Planner
from bot.services.away import absence, coming_back, pausing
from bot.storage import check_ins, okr_cycles, okrs, owing, people
from bot.storage.engine import Database
from tests.services.saying import say
from tests.services.teebee import FRIDAY, HANNAH, JACK, JIM, TeeBee, at, move_in
from tests.services.test_words_order import SECONDS_TO_FINISH, until_somebody_waits

MONDAY = date(2026, 11, 23)


def delegated(database: Database, zone: str, times: CheckInTimes) -> tuple[TeeBee, Person]:
    """TeeBee in Shanghai; all of Jack's are Jim's while Jack is away, and Jim lives there."""
    teebee = move_in(database, times=times)
    with database.transaction() as connection:
        jim = people.learn(connection, Profile(JIM, "Jim", "jim@teebee.example", zone))
        for one in okrs.key_results_by_ids(connection, teebee.of(teebee.jack)).values():
            okrs.save_key_result(connection, replace(one, delegate_id=jim.id))
    return teebee, jim


def asked(database: Database, person: Person) -> list[tuple[datetime, OwedState]]:
    with database.reading() as connection:
        found = check_ins.of_person(connection, person.id, FRIDAY)
        owed = owing.in_check_in(connection, found.id) if found else []
        return sorted({(found.prompt_at, row.state) for row in owed if found})


# Where Jim lives, the team's hours, when the digest is due with Jack away before it all, and when Jim is asked.
AWAY_BEFORE = [
    pytest.param("Asia/Shanghai", CheckInTimes(), at(16, 30), at(10), id="in the same zone: nothing changes"),
    pytest.param("Pacific/Auckland", CheckInTimes(), at(16, 30), at(5), id="Auckland's 10:00 is 05:00: the round opens for it"),
    pytest.param("Asia/Dhaka", CheckInTimes(), at(9, day=MONDAY), at(12), id="Dhaka's 16:30 is 18:30: the digest waits for it until Monday"),
    pytest.param("America/Los_Angeles", CheckInTimes(), at(9, day=MONDAY), at(2, day=date(2026, 11, 21)), id="San Francisco's Friday is Saturday: Monday"),
    pytest.param("America/Los_Angeles", CheckInTimes(digest=time(16, 30)), at(16, 30), at(2), id="with a fixed hour it is San Francisco's Thursday"),
    pytest.param("Pacific/Honolulu", CheckInTimes(digest=time(12)), at(12), at(4), id="Honolulu's Thursday ends at 10:30, before a digest at noon"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "times", "digest_at", "prompt_at"), AWAY_BEFORE)
def test_a_digest_waits_for_whoever_answers_instead(
    database: Database, zone: str, times: CheckInTimes, digest_at: datetime, prompt_at: datetime
) -> None:
    teebee, jim = delegated(database, zone, times)
    pausing.pause(database, JACK, at(9, day=date(2026, 11, 17)))
    with database.reading() as connection:
        plan = Planner(connection, teebee.team, okr_cycles.everything(connection)).plan(FRIDAY)
    assert plan is not None
    assert [one.person_id for one in plan.asked] == [teebee.hannah.id]
    assert (plan.opens_at, plan.digest_at) == (min(prompt_at, plan.asked[0].prompt_at), digest_at)
    rounds.step(database, plan.opens_at)
    assert asked(database, jim) == [(prompt_at, OwedState.WAITING)]


# Jack says at 11:00 on Friday that he is away: the digest's hour stays, and who is asked before it is asked.
AWAY_LATER = [
    pytest.param("Asia/Dhaka", CheckInTimes(), at(12), id="Dhaka's 10:00 is noon: before the digest at 16:30"),
    pytest.param("Europe/London", CheckInTimes(), None, id="London's 10:00 is 18:00: nobody is asked in time"),
    pytest.param("Europe/London", CheckInTimes(digest=time(18, 30)), at(18, day=date(2026, 11, 19)), id="a fixed 18:30: London's Thursday, so at once"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "times", "prompt_at"), AWAY_LATER)
def test_whoever_steps_in_late_is_asked_only_if_their_hour_comes_before_the_digest(
    database: Database, zone: str, times: CheckInTimes, prompt_at: datetime | None
) -> None:
    teebee, jim = delegated(database, zone, times)
    rounds.step(database, at(10))
    absence.say(database, JACK, "today", at(11))
    expected = [] if prompt_at is None else [(prompt_at, OwedState.WAITING)]
    assert asked(database, jim) == expected
    assert asked(database, teebee.jack) == ([(at(10), OwedState.AWAY)] if prompt_at is None else [])


def test_what_its_owner_cannot_be_asked_in_time_stays_with_the_delegate(database: Database) -> None:
    """Their 16:30 comes after the digest at noon, and they were away on the days before it."""
    teebee, jim = delegated(database, "Asia/Shanghai", CheckInTimes(digest=time(12)))
    absence.say(database, JACK, "17 Nov to 19 Nov", at(9, day=date(2026, 11, 16)))
    rounds.step(database, at(10))
    asked_first = asked(database, jim)
    assert [state for _, state in asked_first] == [OwedState.WAITING]
    say(teebee, "here again", said_at=at(10, 5))
    assert asked(database, jim) == asked_first
    back = coming_back.come_back(database, JACK, at(10, 10))
    assert back is not None
    assert checkins.load_form(database, JACK, back.check_in_id or 0).for_whom == "Jim"  # for there it stands


def comes_back(teebee: TeeBee) -> None:
    assert coming_back.come_back(teebee.database, HANNAH, at(11)) is not None


def writes(teebee: TeeBee) -> None:
    say(teebee, "here again", who=HANNAH, said_at=at(9, day=MONDAY))


def goes(teebee: TeeBee) -> None:
    absence.say(teebee.database, JACK, "today", at(11))


@pytest.mark.parametrize("does", [comes_back, writes, goes])
def test_two_who_are_each_others_delegates_never_wait_for_each_other(
    database: Database, does: Callable[[TeeBee], None]
) -> None:
    """Whoever concerns Hannah's check-in and Jack's takes hers first, as it is the older one."""
    teebee = move_in(database)
    with database.transaction() as connection:
        for one, other in ((teebee.hannah, teebee.jack), (teebee.jack, teebee.hannah)):
            for mine in okrs.key_results_by_ids(connection, teebee.of(one)).values():
                okrs.save_key_result(connection, replace(mine, delegate_id=other.id))
    rounds.step(database, at(10))
    if does is not goes:
        absence.say(database, HANNAH, "today", at(10, 30))
    hers, his = teebee.check_in_id(teebee.hannah), teebee.check_in_id(teebee.jack)
    assert hers < his
    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as connection:
            check_ins.hold(connection, hers)
            other_one = pool.submit(does, teebee)
            until_somebody_waits(connection)
            check_ins.hold(connection, his)
        other_one.result(SECONDS_TO_FINISH)
