"""The form while it is filled in: questions that come as something moves, and pages that lose nothing."""

from dataclasses import replace
from threading import Thread

from bot.okr.model import KeyResult
from bot.slack import texts
from bot.slack.listeners.form_pages import Newest
from bot.storage import okrs
from tests.services.teebee import TeeBee
from tests.slack.friday import Friday, locked, quiet


def many_key_results(friday: Friday) -> TeeBee:
    """Jack owns fifteen, and is asked."""
    teebee = friday.move_in()
    mine = [one for one in teebee.key_results if one.owner_id == teebee.jack.id]
    with friday.okra.database.transaction() as connection:
        more = [
            okrs.add_key_result(
                connection, replace(mine[0], id=0, title=f"Another {number}", position=10 + number)
            )
            for number in range(12)
        ]
    friday.tick(10)
    friday.settle()
    key_results: tuple[KeyResult, ...] = (*teebee.key_results, *more)
    return replace(teebee, key_results=key_results)


def opened(friday: Friday) -> str:
    return friday.form(friday.jack, friday.said_to(friday.jack)[0])


def next_page(friday: Friday, words: str) -> None:
    assert friday.jack.submit().ok
    friday.until(lambda: words in str(friday.jack.view()))


def test_one_changed_of_three_takes_three_taps_and_one_number(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    friday.settle()
    first, second, third = teebee.of(teebee.jack)
    assert "What drove" not in opened(friday)  # the first tap
    friday.jack.fill(f"value:{first}", "52")  # the second, and the number
    friday.until(lambda: f"drove:{first}" in str(friday.jack.view()))
    assert f"drove:{second}" not in str(friday.jack.view())
    assert friday.jack.submit().ok  # the third
    assert [teebee.said(one)[0].value for one in (first, second, third)] == [52, 6, 40]


def test_a_number_and_a_confidence_in_one_go_bring_all_their_questions(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    friday.settle()
    first, second, _ = teebee.of(teebee.jack)
    opened(friday)
    for value in ("5", "52", "52%"):
        friday.jack.fill(f"value:{first}", value)
    friday.jack.fill(f"value:{second}", "7")
    friday.jack.choose(f"confidence:{second}", "2")
    wanted = (f"drove:{first}", f"drove:{second}", f"fix:{second}")
    friday.until(lambda: all(field in str(friday.jack.view()) for field in wanted))
    friday.jack.fill(f"drove:{first}", "two chains")
    assert "52%" in friday.jack.view_screen()
    assert friday.jack.submit().ok
    assert [(one.value, one.drove) for one in teebee.said(first)] == [(52, "two chains")]


def test_more_than_fit_on_a_page_are_answered_on_the_next_and_sent_at_once(friday: Friday) -> None:
    teebee = many_key_results(friday)
    mine = teebee.of(teebee.jack)
    first, last = mine[0], mine[-1]
    assert "page 1 of 2" in opened(friday)
    friday.jack.fill(f"value:{first}", "lots")
    assert set(friday.jack.submit().errors) == {f"value:{first}"}
    friday.jack.fill(f"value:{first}", "52")
    friday.until(lambda: f"drove:{first}" in str(friday.jack.view()))
    friday.jack.fill(f"drove:{first}", "two chains")
    next_page(friday, "page 2 of 2")
    assert teebee.said(first) == []
    friday.jack.fill(f"value:{last}", "nonsense")
    friday.jack.fill("next_actions", "call five")
    assert friday.jack.tap(action_id="form_back").ok
    friday.until(lambda: "page 1 of 2" in str(friday.jack.view()))
    shown = friday.jack.view_screen(width=100)
    assert "52" in shown
    assert "two chains" in shown
    friday.jack.fill(f"drove:{first}", "three chains")
    next_page(friday, "page 2 of 2")
    shown = friday.jack.view_screen(width=100)
    assert "nonsense" in shown
    assert "call five" in shown
    friday.jack.fill(f"value:{last}", "33")
    assert friday.jack.submit().ok
    friday.settle()
    assert [(one.value, one.drove) for one in teebee.said(first)] == [(52, "three chains")]
    assert [teebee.said(one)[0].value for one in (mine[1], last)] == [6, 33]
    assert teebee.actions_of(teebee.jack) == {"call five": False}
    assert "Answered" in quiet(friday.said_to(friday.jack)[0]).text


def test_a_leads_open_form_keeps_its_pages_when_the_owner_sends_theirs(friday: Friday) -> None:
    teebee = many_key_results(friday)
    mine = teebee.of(teebee.jack)
    (reply,) = friday.hannah.command("/okr", "@Jack").messages
    friday.form(friday.hannah, reply)
    friday.hannah.fill(f"value:{mine[0]}", "52")
    friday.until(lambda: f"drove:{mine[0]}" in str(friday.hannah.view()))
    friday.hannah.fill(f"drove:{mine[0]}", "two chains")
    assert friday.hannah.submit().ok
    friday.until(lambda: "page 2 of 2" in str(friday.hannah.view()))
    opened(friday)
    friday.jack.fill(f"value:{mine[1]}", "7")
    next_page(friday, "page 2 of 2")
    assert friday.jack.submit().ok
    friday.settle()
    assert friday.hannah.submit().ok
    friday.settle()
    assert [(one.value, one.drove) for one in teebee.said(mine[0])][-1] == (52, "two chains")
    assert {one.value for one in teebee.said(mine[1])} == {7}


def test_pages_of_a_closed_check_in_and_a_database_that_is_away_are_said_so(friday: Friday) -> None:
    teebee = many_key_results(friday)
    opened(friday)
    with locked(friday.okra.database):
        refused = friday.jack.submit()
    assert texts.STORAGE_AWAY in refused.errors.values()
    next_page(friday, "page 2 of 2")
    for key_result in teebee.of(teebee.jack):
        teebee.drop(key_result)
    refused = friday.jack.submit()
    assert texts.KEY_RESULTS_GONE in refused.errors.values()
    assert friday.jack.tap(action_id="form_back").ok
    friday.until(lambda: texts.KEY_RESULTS_GONE in str(friday.jack.view()))


def test_an_older_look_of_a_form_never_comes_after_a_newer_one() -> None:
    newest, shown = Newest(), list[str]()

    def draws(at: str) -> None:
        with newest.turn("V1", at) as is_newest:
            if is_newest:
                shown.append(at)

    newest.saw("V1", "1.0")
    with newest.turn("V1", "1.0") as is_newest:
        assert is_newest  # and Slack takes its time
        newest.saw("V1", "2.0")
        beside = Thread(target=draws, args=("2.0",))
        beside.start()
        beside.join(0.1)
        shown.append("1.0")
    beside.join(10)
    draws("1.0")
    assert shown == ["1.0", "2.0"]
