"""[All unchanged] can be taken back until the next round opens, unless something newer was said."""

from datetime import date
from typing import Any

from bot.okr.model import OwedState
from bot.slack import texts
from bot.storage import owing, updates
from tests.services.teebee import TeeBee
from tests.slack.friday import Friday

FIGURES = (30, 6, 40)
NEXT_FRIDAY = date(2026, 11, 27)


def asked(friday: Friday) -> TeeBee:
    teebee = friday.move_in()
    friday.tick(10)
    return teebee


def prompt(friday: Friday) -> Any:
    return friday.jack.messages()[0]


def tap(friday: Friday, label: str) -> None:
    assert friday.jack.tap(prompt(friday), label=label).ok
    friday.settle()


def counting(teebee: TeeBee) -> list[float | None]:
    """What counts of Jack's key results, one after the other."""
    with teebee.database.reading() as connection:
        found = updates.of_key_results(connection, teebee.of(teebee.jack))
        return [found[one][-1].value if found[one] else None for one in teebee.of(teebee.jack)]


def waiting(teebee: TeeBee) -> int:
    with teebee.database.reading() as connection:
        owed = owing.in_check_in(connection, teebee.check_in_id(teebee.jack))
        return [one.state for one in owed].count(OwedState.WAITING)


def test_it_waits_again_and_every_revision_is_kept(friday: Friday) -> None:
    teebee = asked(friday)
    tap(friday, "All unchanged")
    assert counting(teebee) == list(FIGURES)
    tap(friday, "Undo")
    assert (counting(teebee), waiting(teebee)) == ([None] * 3, 3)
    assert "answer by 16:30" in prompt(friday).text
    assert [[one.withdrawn for one in teebee.said(kr)] for kr in teebee.of(teebee.jack)] == [[True]] * 3
    tap(friday, "All unchanged")
    assert (counting(teebee), waiting(teebee)) == (list(FIGURES), 0)
    assert [len(teebee.said(kr)) for kr in teebee.of(teebee.jack)] == [2] * 3


def test_the_reminder_comes_as_if_nothing_had_been_said(friday: Friday) -> None:
    asked(friday)
    tap(friday, "All unchanged")
    tap(friday, "Undo")
    friday.tick(15)
    friday.heard(friday.jack, "3 key results still wait")


def test_what_was_answered_otherwise_before_or_since_stays(friday: Friday) -> None:
    teebee = asked(friday)
    friday.jack.say("1 62%")
    friday.heard(friday.jack, "noted")
    friday.settle()
    tap(friday, "Rest unchanged")
    friday.jack.say("2 7")
    friday.until(lambda: counting(teebee) == [62, 7, 40])
    friday.settle()
    tap(friday, "Undo")
    assert (counting(teebee), waiting(teebee)) == ([62, 7, None], 1)


def test_after_a_form_there_is_nothing_to_take_back(friday: Friday) -> None:
    teebee = asked(friday)
    tap(friday, "All unchanged")
    old = prompt(friday)
    friday.form(friday.jack, old)
    assert friday.jack.submit().ok
    friday.settle()
    assert "[Undo]" not in friday.jack.screen()
    assert friday.forge(friday.jack, old, "undo_unchanged", str(teebee.check_in_id(teebee.jack))).acked
    friday.heard(friday.jack, texts.NOTHING_TO_TAKE_BACK)
    assert counting(teebee) == list(FIGURES)


def test_it_goes_until_the_next_round_opens_and_the_digest_follows(friday: Friday) -> None:
    teebee = asked(friday)
    tap(friday, "All unchanged")
    friday.tick(16, 30)
    friday.settle()
    assert "1 of 2 answered" in friday.digest().text
    old, check_in = prompt(friday), str(teebee.check_in_id(teebee.jack))
    tap(friday, "Undo")
    friday.a_minute_passes()
    friday.until(lambda: "0 of 2 answered" in friday.digest().text)
    friday.tick(10, day=NEXT_FRIDAY)
    assert friday.forge(friday.jack, old, "undo_unchanged", check_in).acked
    friday.heard(friday.jack, texts.CLOSED_FORM)


def test_whoever_is_away_by_then_is_passed_by_and_not_reminded(friday: Friday) -> None:
    teebee = asked(friday)
    tap(friday, "All unchanged")
    friday.jack.command("/okr", "away until 27 Nov")
    tap(friday, "Undo")
    with teebee.database.reading() as connection:
        owed = owing.in_check_in(connection, teebee.check_in_id(teebee.jack))
    assert {one.state for one in owed} == {OwedState.AWAY}
    assert "passes you by" in prompt(friday).text
    friday.tick(16, 30)
    assert "away: Jack" in friday.digest().text


def test_somebody_elses_button_does_nothing(friday: Friday) -> None:
    teebee = asked(friday)
    assert friday.hannah.tap(friday.hannah.messages()[0], label="All unchanged").ok
    tap(friday, "All unchanged")
    hannahs = str(teebee.check_in_id(teebee.hannah))
    assert friday.forge(friday.jack, prompt(friday), "undo_unchanged", hannahs).acked
    friday.heard(friday.jack, texts.NOT_YOURS)
    assert [bool(teebee.said(kr)[-1].withdrawn) for kr in teebee.of(teebee.hannah)] == [False] * 3


def test_a_double_tap_takes_back_once(friday: Friday) -> None:
    teebee = asked(friday)
    tap(friday, "All unchanged")
    old = prompt(friday)
    for _ in range(2):
        friday.jack.tap(old, label="Undo")
    friday.heard(friday.jack, texts.NOTHING_TO_TAKE_BACK)
    assert (counting(teebee), waiting(teebee)) == ([None] * 3, 3)
    assert [[one.withdrawn for one in teebee.said(kr)] for kr in teebee.of(teebee.jack)] == [[True]] * 3
