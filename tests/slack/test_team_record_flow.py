"""How a team has answered over the weeks, in `/okr team` and at the top of its digest; never who."""

from datetime import time, timedelta

import pytest

from bot.okr.days.attendance import TeamRecord
from bot.okr.model import FRIDAY as FRIDAYS
from bot.okr.model import CheckInTimes
from bot.practice import Fault
from bot.services.answering import checkins
from bot.services.away import absence
from bot.services.sending import asks
from bot.storage import deliveries
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, TeeBee, at
from tests.slack.friday import Friday, quiet
from tests.slack.looked_up import okrs
from tests.slack.samples import words_of
from tests.slack.test_command import okr
from tests.slack.test_okrs_blocks import somebody_elses
from tests.slack.test_two_teams_flow import WEB, both_teams


def week(friday: Friday, teebee: TeeBee, number: int, *answering: str) -> None:
    """The round of that week, from the prompt to the digest."""
    day = FRIDAY + timedelta(weeks=number)
    friday.tick(10, day=day)
    for who, person in ((HANNAH, teebee.hannah), (JACK, teebee.jack)):
        if who in answering:
            values = teebee.answers(person, 50 + number, 7, 38)
            checkins.record(friday.okra.database, who, values, at(11, day=day))
    friday.tick(16, 30, day=day)


def summaries(friday: Friday) -> list[str]:
    """The line of figures of every digest, the oldest first."""
    digests = [one for one in friday.hannah.messages(CHANNEL) if not one.is_reply]
    return [next(said for said in quiet(one).text.split("\n") if "pace" in said) for one in digests]


def test_weeks_away_and_skipped_ones_are_not_counted(friday: Friday) -> None:
    teebee = friday.move_in()
    week(friday, teebee, 0, HANNAH)
    assert "50 % answered at the last check-in" in okr(friday, friday.jack, "team").text
    checkins.record(friday.okra.database, JACK, teebee.answers(teebee.jack, 50, 7, 38), at(20))
    assert "100 % answered at the last check-in" in okr(friday, friday.jack, "team").text  # late is answered
    absence.say(friday.okra.database, JACK, "27 Nov", at(20))
    week(friday, teebee, 1, HANNAH)
    week(friday, teebee, 3)  # in the week before it the bot was down
    week(friday, teebee, 4, HANNAH, JACK)
    said = okr(friday, friday.jack, "team").text
    assert "71 % answered over the last 4 check-ins, 100 % at the last, 0 % at the lowest" in said
    assert "██∙▁█" in "".join(words_of(okr(friday, friday.jack, "team").blocks))
    assert "a digest 2 weeks in a row" in said
    assert ["digest in a row" in one for one in summaries(friday)] == [False, True, False, True]
    assert summaries(friday)[1].endswith("2nd digest in a row")
    assert not any(name in said.split("\n")[1] for name in ("Hannah", "Jack"))


def test_a_digest_that_never_got_out_ends_the_run(friday: Friday) -> None:
    teebee = friday.move_in()
    week(friday, teebee, 0, HANNAH)
    refused = Fault(perform=False, body={"ok": False, "error": "is_archived"})
    posting = "chat.postMessage"
    friday.slack.set_faults(
        lambda method, said: refused if method == posting and said["channel"] == CHANNEL else None
    )
    week(friday, teebee, 1, HANNAH)
    friday.slack.set_faults(None)
    week(friday, teebee, 2, HANNAH)
    assert "in a row" not in okr(friday, friday.jack, "team").text.split("\n")[1]
    assert "in a row" not in summaries(friday)[-1]


def test_an_earlier_digest_keeps_its_place_in_the_row(friday: Friday) -> None:
    teebee = friday.move_in()
    for number in range(3):
        week(friday, teebee, number, HANNAH)
    with friday.okra.database.transaction() as connection:
        deliveries.mark_stale(connection, [asks.digest_key(2)])
    friday.tick(16, 31, day=FRIDAY + timedelta(weeks=2))
    assert CHANNEL in [one["payload"]["channel"] for one in friday.calls("chat.update")]
    assert [one.rsplit(" · ", 1)[-1] for one in summaries(friday)[1:]] == [
        "2nd digest in a row",
        "3rd digest in a row",
    ]


def test_each_team_has_its_own(friday: Friday) -> None:
    times = CheckInTimes(FRIDAYS, prompt=time(10), digest=time(16, 30))
    two = both_teams(friday, times, "Asia/Shanghai")
    week(friday, two.teebee, 0, HANNAH, JACK)
    friday.settle()
    assert "100 % answered at the last" in okr(friday, friday.jack, "team TeeBee").text
    assert "0 % answered at the last" in okr(friday, friday.jack, "team Web").text
    assert "row" not in friday.jack.messages(WEB)[0].text


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (TeamRecord(1, 100, 1, (100,)), "100 % answered at the last check-in"),
        (
            TeamRecord(2, 100, 2, (100, None, 100)),
            "100 % answered at each of the last 2 check-ins █∙█ · a digest 2 weeks in a row",
        ),
        (
            TeamRecord(3, 67, 8, (50, 50, 100)),
            "67 % answered over the last 3 check-ins, 100 % at the last, 50 % at the lowest ▅▅█ · a digest 8 ",
        ),
        (TeamRecord(2, 75, 0, (100, 50)), "75 % answered over the last 2 check-ins, 50 % at the last █▅"),
    ],
)
def test_the_words_say_what_is_drawn(record: TeamRecord, words: str) -> None:
    shown = okrs(somebody_elses(record=record))
    assert words in "".join(words_of(shown.blocks))
    assert not set(shown.text) & set("▁▂▃▄▅▆▇█∙░")
