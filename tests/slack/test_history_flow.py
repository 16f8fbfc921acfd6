"""`/okr history`, and what stays readable of what a person sent."""

from datetime import date, timedelta
from typing import Any

from bot.okr.model import Update
from bot.practice import Message
from bot.practice.limits import check_blocks
from bot.slack import texts
from bot.storage import updates
from tests.services.teebee import FRIDAY, JACK, TeeBee, at
from tests.slack.friday import Friday, quiet
from tests.slack.samples import HOSTILE


def history(friday: Friday, which: str = "", actor: Any = None) -> Message:
    (reply,) = (actor or friday.jack).command("/okr", f"history {which}").messages
    assert reply.only_for is not None
    return quiet(reply)


def weeks_said(teebee: TeeBee, key_result: int, values: list[float], drove: str = "because") -> None:
    """An update a week up to now, the oldest first."""
    with teebee.database.transaction() as connection:
        for back, value in enumerate(reversed(values)):
            on = FRIDAY - timedelta(weeks=back)
            said = Update(key_result, on, value, 7, drove, by_id=teebee.jack.id, at=at(11, day=on))
            updates.record(connection, said)


def test_it_shows_the_weeks_of_each_of_ones_own(friday: Friday) -> None:
    teebee = friday.move_in()
    first, second, _ = teebee.of(teebee.jack)
    weeks_said(teebee, first, [30, 40, 52], "two chains signed")
    weeks_said(teebee, second, [float(one) for one in range(20)])
    friday.clock.now = at(12)
    shown = history(friday).text
    assert "1 Renewed online → 80 %" in shown
    assert "20 November: 52 %, confidence 7 · two chains signed" in shown
    assert "6 November: 30 %" in shown
    assert "3 Phone calls → 20 a week\n" + texts.NO_UPDATES_YET in shown
    assert shown.count("pts, confidence") == 12
    assert "Customers who renew" not in shown


def test_one_is_meant_by_its_number_or_words(friday: Friday) -> None:
    teebee = friday.move_in()
    weeks_said(teebee, teebee.of(teebee.jack)[1], [6, 7])
    friday.clock.now = at(12)
    for which in ("2", "KR2", "satisfaction", "Satis"):
        shown = history(friday, which).text
        assert "7 pts, confidence 7" in shown
        assert "Phone calls" not in shown
    for which in ("9", "<!channel> nothing", "x" * 3000):
        shown = history(friday, which).text
        assert "No key result that you can see is called" in shown
        assert "3 Phone calls" in shown


def test_what_was_dropped_is_still_there_and_who_said_it_too(friday: Friday) -> None:
    teebee = friday.move_in()
    third = teebee.of(teebee.jack)[2]
    with teebee.database.transaction() as connection:
        said = Update(third, FRIDAY, 35, 6, "fewer", by_id=teebee.hannah.id, at=at(11))
        updates.record(connection, said)
    teebee.drop(third)
    friday.clock.now = at(13)
    shown = history(friday, "phone").text
    assert "dropped" in shown
    assert "35 a week, confidence 6 · fewer · by Hannah" in shown


def test_whoever_owns_nothing_gets_a_sentence(friday: Friday) -> None:
    friday.move_in()
    assert history(friday, actor=friday.jim).text == texts.NO_HISTORY


def test_however_much_was_said_it_fits(friday: Friday) -> None:
    teebee = friday.move_in()
    for words in HOSTILE:
        for one in teebee.of(teebee.jack):
            weeks_said(teebee, one, [float(value) for value in range(12)], words)
        friday.clock.now = at(12)
        for which in ("", "2"):
            shown = history(friday, which)
            assert len(shown.text) <= 4000
            assert check_blocks(list(shown.blocks), "message") == []
    assert friday.jack.id == JACK


def test_what_was_sent_stays_readable_in_the_direct_messages(friday: Friday) -> None:
    """Receipts and a person's own words are not overwritten, and the answered prompt shows the answers."""
    friday.move_in()
    friday.tick(10)
    for words in ("1 62, two chains signed", "2 7", "3 41", "1 64, three chains signed"):
        friday.clock.now += timedelta(minutes=1)
        friday.jack.say(words)
        friday.settle()
    friday.tick(16, 30)
    friday.tick(10, day=date(2026, 11, 27))
    every = friday.jack.messages()
    own = [one.text for one in every if not one.from_bot]
    assert own == ["1 62, two chains signed", "2 7", "3 41", "1 64, three chains signed"]
    said = [one.text for one in friday.said_to(friday.jack)]
    assert "1 Renewed online 62 %" in said[1]
    assert "1 Renewed online 64 %" in said[4]
    for shown in ("1 Renewed online 64 → 80 %", "2 Satisfaction 7 → 8 pts", "3 Phone calls 41 → 20 a week"):
        assert shown in said[0]


def test_a_quarter_reads_as_it_was(friday: Friday) -> None:
    """Missed, away, with a blocker, corrected; what was meant to be done and who was thanked."""
    teebee = friday.move_in()
    said = (
        (
            "1 52, two chains signed; next: call five; KR2: visit two",
            "thanks Hannah for the list",
            "1 55",
        ),
        (),
        ("/away",),
        ("1 60; 3 41 confidence 3, blocked: dependency, Hannah; fix: status page; done 1",),
    )
    for number, words in enumerate(said):
        day = FRIDAY + timedelta(weeks=number)
        friday.tick(10, day=day)
        for one in words:
            friday.clock.now += timedelta(minutes=1)
            if one == "/away":
                assert friday.jack.command("/okr", "away today").ok
            else:
                friday.jack.say(one)
            friday.settle()
        friday.tick(16, 30, day=day)
    shown = history(friday).text.split("\n")
    first = shown.index("1 Renewed online → 80 %")
    assert shown[first + 1 : first + 5] == [
        "11 December: 60 %, confidence 5",
        "4 December: away",
        "27 November: no answer",
        "20 November: 55 %, confidence 5 · two chains signed · edited",
    ]
    third = shown.index("3 Phone calls → 20 a week")
    assert shown[third + 1] == (
        "11 December: 41 a week, confidence 3 · In the way: dependency, Hannah · Fix: status page"
    )
    assert shown[shown.index("What you meant to do") :] == [
        "What you meant to do",
        "20 November: call five · done ✓, 11 December",
        "20 November: visit two · still open after 3 weeks",
        "Whom you thanked",
        "20 November: Hannah for the list",
    ]
    of_one = history(friday, "satisfaction").text
    assert "visit two" in of_one
    assert "call five" not in of_one
    assert "thanked" not in of_one
    assert "call five" not in history(friday, actor=friday.hannah).text
    later = FRIDAY + timedelta(weeks=13)
    friday.clock.now = at(12, day=later)
    long_after = history(friday).text
    assert "20 November" in long_after.split("What you meant to do")[1]  # still open
    assert "call five" in long_after  # closed within these weeks
    assert "Hannah for the list" not in long_after
    assert teebee.jack.slack_id == JACK
