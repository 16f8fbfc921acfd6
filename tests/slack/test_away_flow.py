"""Days away: by command, by the prompt's button and its form, taken back, and what goes wrong."""

from typing import Any

from bot.okr.days.away import Why
from bot.practice import Message
from bot.slack import texts
from bot.storage import absences
from tests.services.teebee import TeeBee
from tests.slack.friday import Friday, locked, quiet
from tests.slack.test_command import okr


def asked(friday: Friday) -> TeeBee:
    teebee = friday.move_in()
    friday.tick(10)
    return teebee


def prompt(friday: Friday, actor: Any) -> Any:
    return friday.said_to(actor)[0]


def days(friday: Friday, teebee: TeeBee) -> list[tuple[str, str]]:
    with friday.okra.database.reading() as connection:
        known = absences.of_people(connection, [teebee.jack.id])
    return [(str(one.starts), str(one.ends)) for one in known]


def said_after(friday: Friday, actor: Any, tapped: Message, **which: Any) -> str:
    """What the bot says to a tap, to them alone."""
    before = {(one.ts, one.text) for one in actor.messages()}
    assert actor.tap(tapped, **which).ok
    found = friday.until(
        lambda: next((o for o in actor.messages() if o.only_for and (o.ts, o.text) not in before), None)
    )
    return str(quiet(found).text)


def test_away_from_the_prompt_and_back_again(friday: Friday) -> None:
    teebee = asked(friday)
    shown = friday.form(friday.jack, prompt(friday, friday.jack), "away")
    assert "First day away" in shown
    assert friday.jack.submit().ok
    assert friday.jack.view() is None
    friday.settle()
    assert days(friday, teebee) == [("2026-11-20", "2026-11-20")]
    passed = quiet(prompt(friday, friday.jack))
    assert "You are away Friday 20 November, so this check-in passes you by." in passed.text
    said = said_after(friday, friday.jack, passed, label=texts.HERE_AFTER_ALL)
    assert "you are here Friday 20 November" in said
    friday.settle()
    assert days(friday, teebee) == []
    assert "answer by 16:30" in prompt(friday, friday.jack).text


def test_the_digest_says_who_is_away_and_not_why(friday: Friday) -> None:
    asked(friday)
    okr(friday, friday.jack, "away today")
    friday.tick(16, 30)
    friday.settle()
    assert "away: Jack" in friday.digest().text
    assert len(friday.said_to(friday.jack)) == 2  # the prompt and the command's reply: no reminder


def test_the_form_says_beside_its_field_what_is_wrong(friday: Friday) -> None:
    teebee = asked(friday)
    friday.form(friday.jack, prompt(friday, friday.jack), "away")
    friday.jack.choose("last_day", "2026-11-19")
    assert friday.jack.submit().errors == {"last_day": texts.NOT_DAYS[Why.OVER]}
    friday.jack.choose("first_day", "2026-11-27")
    friday.jack.choose("last_day", "2026-11-26")
    assert friday.jack.submit().errors == {"last_day": texts.NOT_DAYS[Why.ENDS_FIRST]}
    view = friday.slack.world.workspace.top_view(friday.jack.id)
    assert view is not None
    view.values["last_day"]["last_day"]["selected_date"] = "soon"  # forged
    assert not friday.jack.submit().ok
    friday.jack.choose("last_day", "2026-12-04")
    with locked(friday.okra.database):
        assert friday.jack.submit().errors == {"first_day": texts.STORAGE_AWAY}
    assert friday.jack.submit().ok
    assert days(friday, teebee) == [("2026-11-27", "2026-12-04")]


def test_the_command_notes_shows_and_cancels(friday: Friday) -> None:
    teebee = asked(friday)
    assert texts.NONE_COMING in okr(friday, friday.jack, "away").text
    noted = okr(friday, friday.jack, "away 24 Dec to 2 Jan")
    assert "You are away Thursday 24 December to Saturday 2 January" in noted.text
    okr(friday, friday.jack, "away until Monday")
    listed = okr(friday, friday.jack, "AWAY")
    assert "Friday 20 November to Monday 23 November" in listed.text
    assert "Cancelled" in said_after(friday, friday.jack, listed, label=texts.CANCEL_DAYS)
    assert days(friday, teebee) == [("2026-11-20", "2026-11-23")]
    assert said_after(friday, friday.jack, noted, label=texts.CANCEL_DAYS) == (texts.GONE_ALREADY)
    listed = okr(friday, friday.jack, "away")
    friday.form(friday.jack, listed, "away")
    assert friday.jack.submit().ok


def test_who_is_still_away_by_other_days_is_told_so(friday: Friday) -> None:
    asked(friday)
    first = okr(friday, friday.jack, "away 24 Dec to 2 Jan")
    okr(friday, friday.jack, "away 28 Dec to 5 Jan")
    said = said_after(friday, friday.jack, first, label=texts.CANCEL_DAYS)
    assert said == "Cancelled; you are still away Monday 28 December to Tuesday 5 January."


def test_nothing_waits_for_whoever_is_away(friday: Friday) -> None:
    asked(friday)
    assert "wait for you" in okr(friday, friday.jack).text
    okr(friday, friday.jack, "away today")
    assert "wait for you" not in okr(friday, friday.jack).text


def test_an_ambiguous_date_is_asked_about(friday: Friday) -> None:
    teebee = asked(friday)
    question = okr(friday, friday.jack, "away 3/4")
    assert question.text == texts.WHICH_DAYS
    assert days(friday, teebee) == []
    assert "You are away Thursday 4 March" in said_after(
        friday, friday.jack, question, label="Thursday 4 March"
    )
    assert days(friday, teebee) == [("2027-03-04", "2027-03-04")]


def test_what_cannot_be_days_gets_a_sentence(friday: Friday) -> None:
    asked(friday)
    for text, sentence in (
        ("31 Feb", "There is no 31 February."),
        ("5 Dec to 3 Dec", texts.NOT_DAYS[Why.ENDS_FIRST]),
        ("10 Nov", texts.NOT_DAYS[Why.OVER]),
        ("until 2027-11-20", texts.NOT_DAYS[Why.TOO_LONG]),
        ("<!channel> *now*", "I could not read days in “"),
        ("x" * 3000, "I could not read days in"),
    ):
        assert sentence in okr(friday, friday.jack, f"away {text}").text


def test_forged_and_foreign_buttons_change_nothing(friday: Friday) -> None:
    teebee = asked(friday)
    okr(friday, friday.jack, "away today")
    friday.settle()
    here = prompt(friday, friday.jack)
    for value in ("", "x", "2147483648", "99", None):
        outcome = friday.forge(friday.jack, here, "here_after_all", value)
        assert outcome.acked
    theirs = prompt(friday, friday.hannah)
    assert friday.forge(friday.hannah, theirs, "all_unchanged", "1", to_action="here_after_all").acked
    for value in ("2026-12-24", "2026-12-24/x", "2020-01-01/2020-01-02", "2026-12-24/2028-01-01", "", None):
        assert friday.forge(friday.hannah, theirs, "all_unchanged", value, to_action="away_days:0").acked
    assert days(friday, teebee) == [("2026-11-20", "2026-11-20")]
    with friday.okra.database.reading() as connection:
        assert absences.of_people(connection, [teebee.hannah.id]) == []


def test_home_says_until_when_and_takes_it_back(friday: Friday) -> None:
    asked(friday)
    okr(friday, friday.jack, "away until Tuesday")
    friday.jack.open_home()
    friday.until(lambda: "You are away until Tuesday 24 November." in friday.jack.home_screen())
    assert friday.jack.tap("home", label=texts.HERE_AFTER_ALL).ok
    friday.until(lambda: "You are away until" not in friday.jack.home_screen())


def test_a_locked_database_gets_a_sentence(friday: Friday) -> None:
    asked(friday)
    noted = okr(friday, friday.jack, "away today")
    with locked(friday.okra.database):
        assert okr(friday, friday.jack, "away tomorrow").text == texts.STORAGE_AWAY
        assert said_after(friday, friday.jack, noted, label=texts.HERE_AFTER_ALL) == texts.STORAGE_AWAY
