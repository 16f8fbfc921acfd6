"""Somebody in two teams of other hours, days and zones: one prompt a date, and each team's digest its own."""

from dataclasses import dataclass
from datetime import time, timedelta

import pytest

from bot.okr.measures import Move
from bot.okr.model import FRIDAY as FRIDAYS
from bot.okr.model import THURSDAY, CheckInTimes, KeyResult, Membership, Objective, Role, Team
from bot.practice import Message
from bot.storage import okr_cycles, okrs, owing, teams
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, TeeBee
from tests.slack.friday import Friday, quiet

WEB = "C0WEB00001"


@dataclass(frozen=True)
class Two:
    teebee: TeeBee
    visits: int
    """Jack's key result in the other team."""


def both_teams(friday: Friday, times: CheckInTimes, zone: str) -> Two:
    """TeeBee, asked on Friday at 10:00 in Shanghai; and Web, where Jack owns a key result."""
    teebee = friday.move_in()
    friday.slack.add_channel("web", id=WEB, members=[HANNAH, JACK])
    with teebee.database.transaction() as connection:
        started = teebee.team.started_at
        web = teams.add(connection, Team(0, "Web", WEB, zone, times, started_at=started))
        teams.set_role(connection, Membership(web.id, teebee.jack.id, Role.LEAD))
        (cycle,) = okr_cycles.everything(connection)
        objective = okrs.add_objective(
            connection, Objective(0, web.id, cycle.id, "Be found by restaurants", teebee.jack.id)
        )
        visits = okrs.add_key_result(
            connection, KeyResult(0, objective.id, "Visits", teebee.jack.id, Move(100, 900), "a day")
        )
    return Two(teebee, visits.id)


def prompts(friday: Friday) -> list[Message]:
    friday.settle()
    return friday.said_to(friday.jack)


def digests(friday: Friday) -> dict[str, list[str]]:
    friday.settle()
    return {
        channel: [one.text for one in friday.jack.messages(channel) if not one.is_reply]
        for channel in (CHANNEL, WEB)
    }


def test_on_one_day_one_prompt_at_the_earliest_hour_and_each_digest_its_own(friday: Friday) -> None:
    times = CheckInTimes(FRIDAYS, prompt=time(9), remind=time(16), answer_by=time(17), digest=time(12))
    two = both_teams(friday, times, "Europe/London")  # its digest comes at 20:00 in Shanghai
    friday.tick(9)
    friday.tick(10)
    (prompt,) = prompts(friday)
    assert "Web and TeeBee" in prompt.text or "TeeBee and Web" in prompt.text
    assert "4 key results" in quiet(prompt).text
    assert "Visits" in prompt.text
    assert "Phone calls" in prompt.text
    friday.tick(15)
    assert len(prompts(friday)) == 1
    friday.tick(16)
    assert len(prompts(friday)) == 2  # one reminder, at the later hour
    friday.jack.say(answers(friday, two))
    friday.settle()
    friday.tick(16, 30)
    assert [len(said) for said in digests(friday).values()] == [1, 0]
    friday.tick(20)
    (own,), (others,) = digests(friday).values()
    assert "Phone calls" in own
    assert "Visits" not in own
    assert "Visits 300 → 900 a day" in others
    assert "Phone calls" not in others
    assert "1 of 1 answered" in others


def test_an_action_for_a_key_result_stands_in_its_own_teams_digest_only(friday: Friday) -> None:
    times = CheckInTimes(FRIDAYS, prompt=time(9), remind=time(16), answer_by=time(17), digest=time(12))
    two = both_teams(friday, times, "Europe/London")
    friday.tick(10)
    with friday.okra.database.reading() as connection:
        rows = owing.in_check_in(connection, two.teebee.check_in_id(two.teebee.jack))
    number = {row.key_result_id: row.number for row in rows}
    calls, visits = number[two.teebee.of(two.teebee.jack)[2]], number[two.visits]
    friday.jack.say(f"next:\nKR{calls}: status page\nKR{visits}: tea map\nsleep more")
    friday.tick(16, 30)
    friday.tick(20)
    (own,), (others,) = digests(friday).values()
    assert "Jack: status page; sleep more" in own
    assert "Jack: tea map; sleep more" in others


def answers(friday: Friday, two: Two) -> str:
    """Values for all that Jack's prompt asks, by its numbers."""
    said = dict(zip([*two.teebee.of(two.teebee.jack), two.visits], (52, 7, 38, 300), strict=True))
    with friday.okra.database.reading() as connection:
        rows = owing.in_check_in(connection, two.teebee.check_in_id(two.teebee.jack))
    return "\n".join(f"{row.number} {said[row.key_result_id]}" for row in rows)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Asia/Shanghai"])
def test_on_other_days_other_prompts_and_each_digest_its_own(friday: Friday, zone: str) -> None:
    thursday = FRIDAY - timedelta(days=1)
    two = both_teams(friday, CheckInTimes(THURSDAY), zone)
    for day in (thursday, FRIDAY):
        for hour in range(24):
            friday.tick(hour, day=day)
            if (day, hour) == (thursday, 11):
                friday.jack.say("300")
                friday.settle()
            if (day, hour) == (FRIDAY, 11):
                assert friday.jack.tap(prompts(friday)[-1], label="All unchanged").ok
                friday.settle()
    for hour in range(3):
        friday.tick(hour, day=FRIDAY + timedelta(days=1))
    said = [one.text for one in prompts(friday)]
    assert [one.split(" check-in")[0] for one in said if "check-in" in one] == ["Web", "TeeBee"]
    (own,), (others,) = digests(friday).values()
    assert "Visits" not in own
    assert "Visits 300 → 900 a day" in others
    assert "1 of 1 answered" in others
    assert [one.value for one in two.teebee.said(two.visits, thursday)] == [300]
