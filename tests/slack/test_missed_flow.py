"""Two missed rounds in a row: the lead hears of it once, and how often only the person themselves."""

from datetime import timedelta

from tests.services.teebee import FRIDAY
from tests.slack.friday import Friday, quiet
from tests.slack.test_command import okr

MISSED = "missed two check-ins in a row"


def week(friday: Friday, number: int) -> None:
    """Hannah answers, Jack does not."""
    on = FRIDAY + timedelta(weeks=number)
    friday.tick(10, day=on)
    newest = [one for one in friday.said_to(friday.hannah) if "check-in ·" in one.text][-1]
    assert friday.hannah.tap(newest, action_id="all_unchanged").ok
    friday.settle()
    friday.tick(16, 30, day=on)
    friday.settle()


def test_nobody_is_told_of_themselves_alone(friday: Friday) -> None:
    friday.move_in()
    for number in range(3):
        on = FRIDAY + timedelta(weeks=number)
        friday.tick(10, day=on)
        newest = [one for one in friday.said_to(friday.jack) if "check-in ·" in one.text][-1]
        assert friday.jack.tap(newest, action_id="all_unchanged").ok
        friday.tick(16, 30, day=on)
        friday.settle()
    assert told(friday) == []
    assert "Your last 2 check-ins: 2 missed." in okr(friday, friday.hannah, "settings").text


def told(friday: Friday) -> list[str]:
    return [quiet(one).text for one in friday.said_to(friday.hannah) if MISSED in one.text]


def test_the_lead_is_told_once_when_the_second_round_closes(friday: Friday) -> None:
    friday.move_in()
    for number in range(2):
        week(friday, number)
    assert told(friday) == []
    week(friday, 2)
    (said,) = told(friday)
    assert "Jack has missed two check-ins in a row." in said
    team = okr(friday, friday.jack, "team").text
    assert "50 % answered at each of the last 3 check-ins · a digest 3 weeks in a row" in team
    for number in (3, 4):
        week(friday, number)
    assert len(told(friday)) == 1
    assert not [one for one in friday.said_to(friday.jack) if MISSED in one.text]
    assert "Your last 4 check-ins: 4 missed. Only you see this." in okr(friday, friday.jack, "settings").text
    assert "Your last 5 check-ins: 5 on time." in okr(friday, friday.hannah, "settings").text
