"""A Friday by form: the real App on the practice Slack, from the prompt to the digest, and what goes wrong."""

from datetime import date
from typing import Any

from bot.okr.model import BlockerKind
from bot.practice import Fault
from bot.services.sending import asks
from bot.slack import texts
from bot.storage import deliveries
from tests.services.teebee import CHANNEL, JACK, TeeBee
from tests.slack.friday import Friday, locked, quiet
from tests.slack.samples import HOSTILE

NEXT_FRIDAY = date(2026, 11, 27)


def asked(friday: Friday) -> TeeBee:
    """TeeBee at ten o'clock, everybody prompted."""
    teebee = friday.move_in()
    friday.tick(10)
    return teebee


def prompt(friday: Friday, actor: Any) -> Any:
    """The person's first message from the bot, as it stands now."""
    return friday.said_to(actor)[0]


def test_a_friday_from_the_prompt_to_a_late_answer(friday: Friday) -> None:
    teebee = friday.move_in()
    assert friday.tick(9, 59) == []
    for _ in range(10):
        friday.tick(10)
    assert [len(friday.said_to(one)) for one in (friday.hannah, friday.jack, friday.jim)] == [1, 1, 0]
    assert "Hannah added you to TeeBee" in quiet(prompt(friday, friday.jack)).text

    first, second, third = teebee.of(teebee.hannah)
    friday.form(friday.hannah, prompt(friday, friday.hannah))
    friday.hannah.fill(f"value:{first}", "55%")
    friday.until(lambda: f"drove:{first}" in str(friday.hannah.view()))
    friday.hannah.fill(f"drove:{first}", "two chains signed")
    friday.hannah.fill(f"value:{third}", "¥160,000")
    assert f"fix:{second}" not in str(friday.hannah.view())
    before = friday.hannah.view()
    friday.hannah.choose(f"confidence:{second}", "3")
    friday.until(lambda: f"blocker_kind:{second}" in str(friday.hannah.view()))
    shown = friday.hannah.view_screen(width=100)
    assert "two chains signed" in shown
    assert "¥160,000" in shown
    assert before is not None
    friday.hannah.choose(f"blocker_kind:{second}", BlockerKind.DEPENDENCY.value)
    friday.hannah.choose(f"blocker_owner:{second}", JACK)
    friday.hannah.fill(f"fix:{second}", "status page Tuesday")
    friday.hannah.fill("next_actions", "- carrier data\n* call the five that lapsed")
    assert friday.hannah.submit().ok
    assert friday.hannah.view() is None
    friday.settle()
    assert "Answered at 10:00 – thank you." in prompt(friday, friday.hannah).text
    assert len(friday.said_to(friday.hannah)) == 1

    friday.tick(15)
    friday.tick(15, 1)
    friday.settle()  # a sender may have taken the reminder before the tick did
    assert [len(friday.said_to(one)) for one in (friday.hannah, friday.jack)] == [1, 2]
    assert friday.said_to(friday.jack)[1].text.startswith("Reminder: TeeBee check-in")

    for _ in range(10):
        friday.tick(16, 30)
    posted = quiet(friday.digest())
    assert "1 of 2 answered" in posted.text
    assert "call the five that lapsed" in posted.text
    assert "status page Tuesday" in posted.text

    friday.clock.now = friday.clock.now.replace(hour=17, minute=0)
    assert friday.jack.tap(prompt(friday, friday.jack), action_id="all_unchanged").ok
    friday.settle()
    assert friday.digest().ts == posted.ts
    assert "2 of 2 answered" in friday.digest().text
    assert "Answered at 17:00" in prompt(friday, friday.jack).text
    assert "Reminder" not in friday.said_to(friday.jack)[1].text
    friday.tick(17, 30)
    assert len(friday.calls("chat.postMessage")) == 4  # two prompts, a reminder, a digest
    assert all(one["response"]["ok"] for one in friday.slack.records if one["direction"] == "to_slack")


def test_the_form_says_what_is_wrong_beside_each_field_and_keeps_what_was_typed(friday: Friday) -> None:
    teebee = asked(friday)
    first, second, third = teebee.of(teebee.jack)
    friday.form(friday.jack, prompt(friday, friday.jack))
    friday.jack.fill(f"value:{first}", "lots")
    friday.jack.fill(f"value:{second}", "   ")
    friday.jack.choose(f"confidence:{first}", "6")
    friday.until(lambda: f"drove:{first}" in str(friday.jack.view()))
    friday.jack.fill(f"drove:{first}", "who knows?")
    friday.jack.fill("next_actions", "a\nb\nc\nd")
    view = friday.slack.world.workspace.top_view(JACK)
    assert view is not None
    view.values[f"confidence:{third}"][f"confidence:{third}"]["selected_option"]["value"] = "11"  # forged
    refused = friday.jack.submit()
    assert refused.acked
    assert set(refused.errors) == {f"value:{first}", f"value:{second}", f"confidence:{third}", "next_actions"}
    assert "lots" in refused.errors[f"value:{first}"]
    assert refused.errors[f"value:{second}"] == texts.EMPTY_VALUE.format(last="6 pts")
    assert refused.errors[f"confidence:{third}"] == texts.CONFIDENCE_RANGE
    assert refused.errors["next_actions"] == texts.TOO_MANY_ACTIONS.format(count=4)
    assert "who knows?" in friday.jack.view_screen()
    assert teebee.said(first) == []
    friday.jack.fill(f"value:{first}", "52%")
    friday.jack.fill(f"value:{second}", "7")
    friday.jack.choose(f"confidence:{third}", "6")
    friday.jack.fill("next_actions", "a\nb\nc")
    assert friday.jack.submit().ok
    assert [one.value for one in teebee.said(first)] == [52]
    assert teebee.actions_of(teebee.jack) == {"a": False, "b": False, "c": False}


def test_a_form_that_was_open_meanwhile_does_not_undo_a_message(friday: Friday) -> None:
    teebee = asked(friday)
    first, second, third = teebee.of(teebee.jack)
    assert friday.jack.tap(prompt(friday, friday.jack), action_id="all_unchanged").ok
    friday.form(friday.jack, prompt(friday, friday.jack))
    friday.clock.now = friday.clock.now.replace(minute=5)
    friday.jack.say("1 62; next: call")
    friday.heard(friday.jack, "62 %")
    friday.clock.now = friday.clock.now.replace(minute=6)
    friday.jack.fill(f"value:{second}", "7")
    friday.jack.choose(f"confidence:{third}", "3")  # draws it anew
    friday.until(lambda: f"blocker_kind:{third}" in str(friday.jack.view()))
    assert friday.jack.submit().ok
    assert [[one.value for one in teebee.said(kr)] for kr in (first, second)] == [[30, 62], [6, 7]]
    assert [one.confidence for one in teebee.said(third)][-1] == 3
    assert teebee.actions_of(teebee.jack) == {"call": False}


def test_all_unchanged_takes_one_tap(friday: Friday) -> None:
    teebee = asked(friday)
    tapped = prompt(friday, friday.jack)
    for _ in range(2):
        assert friday.jack.tap(tapped, label="All unchanged").ok
    friday.settle()
    assert [[one.value for one in teebee.said(kr)] for kr in teebee.of(teebee.jack)] == [[30], [6], [40]]
    assert len(friday.said_to(friday.jack)) == 1
    assert "Answered at 10:00" in prompt(friday, friday.jack).text
    assert "3 Phone calls" in friday.form(friday.jack, prompt(friday, friday.jack))


def test_old_buttons_say_that_their_check_in_is_closed(friday: Friday) -> None:
    teebee = asked(friday)
    old, check_in = prompt(friday, friday.jack), str(teebee.check_in_id(teebee.jack))
    friday.form(friday.jack, old)
    friday.jack.fill("next_actions", "still mine")
    friday.tick(16, 30)
    friday.tick(10, day=NEXT_FRIDAY)
    kept_open = friday.jack.submit()
    assert list(kept_open.errors.values()) == [texts.CLOSED_FORM]
    assert "still mine" in friday.jack.view_screen()
    friday.jack.close()
    assert friday.forge(friday.jack, old, "check_in_open", check_in).acked  # before it was drawn anew
    friday.until(friday.jack.view)
    opened = friday.jack.view_screen(width=100)
    assert texts.CLOSED_TITLE in opened
    assert texts.CLOSED_FORM in opened.replace("\n", " ")
    friday.jack.close()
    assert friday.forge(friday.jack, old, "all_unchanged", check_in).acked
    told = friday.heard(friday.jack, texts.CLOSED_FORM)
    assert told.only_for == JACK
    assert teebee.said(teebee.of(teebee.jack)[0]) == []


def test_dropped_key_results_leave_a_sentence_instead_of_a_form(friday: Friday) -> None:
    teebee = asked(friday)
    friday.form(friday.jack, prompt(friday, friday.jack))
    for one in teebee.of(teebee.jack):
        teebee.drop(one)
    friday.jack.choose(f"confidence:{teebee.of(teebee.jack)[0]}", "2")  # the form stays as it is
    assert list(friday.jack.submit().errors.values()) == [texts.KEY_RESULTS_GONE]
    friday.jack.close()
    assert "Your key results have changed" in friday.form(friday.jack, prompt(friday, friday.jack))


def test_a_button_with_somebody_elses_value_or_nonsense_does_nothing(friday: Friday) -> None:
    teebee = asked(friday)
    hannahs = str(teebee.check_in_id(teebee.hannah))
    for number, value in enumerate((hannahs, "0", "-1", "999999999999", "1e3", "", "x" * 2000), start=1):
        assert friday.forge(friday.jack, prompt(friday, friday.jack), "all_unchanged", value).acked
        friday.until(lambda number=number: len(friday.said_to(friday.jack)) == 1 + number)
        assert texts.NOT_YOURS in friday.said_to(friday.jack)[-1].text
        friday.forge(friday.jack, prompt(friday, friday.jack), "check_in_open", value)
        friday.until(friday.jack.view)
        assert "not yours" in friday.jack.view_screen()
        friday.jack.close()
    assert [teebee.said(one.id) for one in teebee.key_results] == [[]] * 6


def test_a_form_of_somebody_elses_check_in_is_not_taken(friday: Friday) -> None:
    teebee = asked(friday)
    friday.form(friday.jack, prompt(friday, friday.jack))
    view = friday.slack.world.workspace.top_view(JACK)
    assert view is not None
    for metadata in (
        f'{{"check_in": {teebee.check_in_id(teebee.hannah)}}}',
        "{}",
        '{"check_in": 9999999999}',
    ):
        view.source["private_metadata"] = metadata
        assert list(friday.jack.submit().errors.values()) == [texts.NOT_YOURS]
    assert [teebee.said(one.id) for one in teebee.key_results] == [[]] * 6


def test_while_the_database_is_locked_the_form_stays_open_with_the_persons_words(friday: Friday) -> None:
    teebee = asked(friday)
    first = teebee.of(teebee.jack)[0]
    friday.form(friday.jack, prompt(friday, friday.jack))
    friday.jack.fill(f"value:{first}", "52%")
    friday.until(lambda: f"drove:{first}" in str(friday.jack.view()))
    friday.jack.fill(f"drove:{first}", "two chains signed")
    with locked(friday.okra.database):
        refused = friday.jack.submit()
        assert refused.acked
        assert list(refused.errors.values()) == [texts.STORAGE_AWAY]
        assert friday.jack.tap(prompt(friday, friday.jack), action_id="all_unchanged").acked
        friday.heard(friday.jack, texts.STORAGE_AWAY)
    assert "two chains signed" in friday.jack.view_screen()
    assert teebee.said(first) == []
    assert friday.jack.submit().ok
    assert [(one.value, one.drove) for one in teebee.said(first)] == [(52, "two chains signed")]


def test_hostile_words_are_shown_as_typed_and_disturb_nobody(friday: Friday) -> None:
    teebee = asked(friday)
    first, second, third = teebee.of(teebee.jack)
    friday.form(friday.jack, prompt(friday, friday.jack))
    for key_result, level in ((first, "1"), (second, "2"), (third, "3")):
        friday.jack.choose(f"confidence:{key_result}", level)
        friday.until(lambda key_result=key_result: f"fix:{key_result}" in str(friday.jack.view()))
    friday.until(lambda: f"drove:{first}" in str(friday.jack.view()))
    friday.jack.fill(f"drove:{first}", "<!channel> @here <@U0HANNAH01> & *bold*")
    friday.jack.fill(f"fix:{first}", "```rm -rf``` @everyone")
    friday.until(lambda: f"drove:{second}" in str(friday.jack.view()))
    friday.jack.fill(f"drove:{second}", "قيمة الشاي 100% 🍵")
    friday.until(lambda: f"drove:{third}" in str(friday.jack.view()))
    friday.jack.fill(f"drove:{third}", "x" * 3000)
    friday.jack.fill("next_actions", "<!here> call\n🍵 @channel\n> quote")
    assert friday.jack.submit().ok
    friday.tick(16, 30)
    assert teebee.said(third)[0].drove == "x" * 3000
    said = friday.jack.messages() + friday.hannah.messages(CHANNEL)
    shown = friday.jack.screen(CHANNEL, width=200) + friday.jack.screen(width=200)
    for message in said:
        quiet(message)
    for words in ("<!channel> @here <@U0HANNAH01> & *bold*", "```rm -rf``` @everyone", "قيمة الشاي 100% 🍵"):
        assert words in shown
    for words in ("<!here> call", "🍵 @channel", "> quote"):
        assert words in shown
    assert friday.jack.command("/okr").ok
    quiet(friday.jack.messages()[-1])
    assert "<!channel> @here" in friday.form(friday.jack, prompt(friday, friday.jack))


def test_every_sort_of_words_fits_into_the_form_the_messages_and_the_digest(friday: Friday) -> None:
    teebee = asked(friday)
    first = teebee.of(teebee.jack)[0]
    for number, words in enumerate(HOSTILE):
        friday.form(friday.jack, prompt(friday, friday.jack))
        friday.jack.choose(f"confidence:{first}", str(8 + number % 2))
        friday.until(lambda: f"drove:{first}" in str(friday.jack.view()))
        friday.jack.fill(f"drove:{first}", words[:3000])
        friday.jack.fill("next_actions", words[:290])
        assert friday.jack.submit().ok
    friday.settle()
    friday.tick(16, 30)
    assert friday.digest().text
    answers = [one["response"] for one in friday.slack.records if one["direction"] == "to_slack"]
    assert [one for one in answers if not one["ok"]] == []


def test_pause_stops_the_questions_and_resume_brings_them_back(friday: Friday) -> None:
    asked(friday)
    assert friday.jack.tap(prompt(friday, friday.jack), label="Pause").ok
    friday.settle()
    assert texts.PAUSED in prompt(friday, friday.jack).text
    friday.tick(15)
    assert len(friday.said_to(friday.jack)) == 1
    assert friday.jack.tap(prompt(friday, friday.jack), label="Resume").ok
    friday.settle()
    assert texts.PAUSED not in prompt(friday, friday.jack).text
    friday.tick(15, 1)
    friday.tick(16, 30)
    assert "Hannah and Jack" in friday.digest().text


def test_a_view_that_cannot_be_shown_harms_nobody(friday: Friday) -> None:
    asked(friday)
    from_prompt = prompt(friday, friday.jack)
    expired = Fault(perform=False, body={"ok": False, "error": "expired_trigger_id"})
    friday.slack.set_faults(lambda method, _arguments: expired if method == "views.open" else None)
    assert friday.jack.tap(from_prompt, action_id="check_in_open").ok
    friday.until(lambda: friday.calls("views.open"))
    friday.slack.set_faults(None)
    assert friday.jack.view() is None
    assert "Where is KR1 now?" in friday.form(friday.jack, from_prompt)


def test_a_prompt_that_slack_limits_is_sent_later_and_once(friday: Friday) -> None:
    teebee = friday.move_in()
    limited = Fault(perform=False, body={"ok": False, "error": "ratelimited"})
    friday.slack.set_faults(lambda method, _arguments: limited if method == "chat.postMessage" else None)
    friday.tick(10)
    friday.slack.set_faults(None)
    with friday.okra.database.reading() as connection:
        waiting = deliveries.by_key(connection, asks.prompt_key(teebee.jack.id, date(2026, 11, 20)))
    assert waiting is not None
    assert (waiting.state, waiting.error) == ("pending", "ratelimited")
    assert friday.said_to(friday.jack) == []
