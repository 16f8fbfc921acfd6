"""The form, drawn and read back: as it opens, as people fill it in, and as somebody might forge it."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.okr.actions import Closing, NewAction
from bot.okr.answers import BlockerAnswer, CheckInAnswers, KeyResultAnswer
from bot.okr.model import Blocker, BlockerKind
from bot.okr.views import AskedKeyResult, FormView, OpenAction
from bot.practice.limits import check_view
from bot.practice.screen import pings, render_view
from bot.slack import ids
from bot.slack.blocks.check_in.form import check_in_form, closed_view, drawn_anew, filled_anew, notice_view
from bot.slack.reading.check_in_form import (
    FieldErrors,
    check_in_of,
    drafted,
    read_check_in,
    shown_confidences,
    shown_moved,
    whole,
)
from tests.slack.samples import HOSTILE, PHONE, RENEWED, THREE, asked, form_view

LOW = replace(
    PHONE,
    confidence=3,
    blocker=Blocker(BlockerKind.DEPENDENCY, 1, "status page"),
    blocker_slack_id="U0HANNAH",
)


def text(value: str | None) -> dict[str, Any]:
    return {"type": "plain_text_input", "value": value}


def chosen(value: str | None) -> dict[str, Any]:
    option = {"text": {"type": "plain_text", "text": "any"}, "value": value} if value is not None else None
    return {"type": "static_select", "selected_option": option}


def user(slack_id: str | None) -> dict[str, Any]:
    return {"type": "users_select", "selected_user": slack_id}


def ticked(*values: str) -> dict[str, Any]:
    return {"type": "checkboxes", "selected_options": [{"value": value} for value in values]}


def filled_in(view: FormView, fields: Mapping[str, Mapping[str, Any] | None]) -> dict[str, Any]:
    """The form as Slack sends it, with these fields touched; the others are absent from its state."""
    sent = copy.deepcopy(check_in_form(view))
    sent["state"] = {"values": {field: {field: held} for field, held in fields.items()}}
    return sent


def answers(view: FormView, fields: Mapping[str, Mapping[str, Any] | None]) -> CheckInAnswers:
    read = read_check_in(filled_in(view, fields), view.asked)
    assert isinstance(read, CheckInAnswers)
    return read


def errors(
    view: FormView,
    fields: Mapping[str, Mapping[str, Any] | None],
    among: Sequence[AskedKeyResult] | None = None,
) -> Mapping[str, str]:
    read = read_check_in(filled_in(view, fields), among or view.asked)
    assert isinstance(read, FieldErrors)
    return read.errors


def field_ids(view: Mapping[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def check(view: dict[str, Any]) -> None:
    assert check_view(view) == []
    assert pings(view["blocks"], "") == []


# Drawn


def test_the_form_asks_in_the_order_of_the_method_with_last_times_answers() -> None:
    form = check_in_form(form_view(asked=(RENEWED, LOW), kept_words=("the weather was nice",)))
    check(form)
    assert form["callback_id"] == ids.CHECK_IN_FORM
    assert check_in_of(form) == 17
    screen = render_view(form, width=200)
    in_order = [
        "TeeBee · Friday 20 November",
        "“the weather was nice”",
        "Done since last week?",
        "[ ] Carrier data – still open after 2 weeks",
        "[x] Call the five that lapsed",
        "1 Renewed online",
        "last: 47 % → target 80 %",
        "47 %",
        "8 – high",
        "3 Phone calls",
        "3 – low",
        "Dependency: waiting for somebody",
        "status page",
        "What will you do next week?",
        "Status page",
    ]
    places = [screen.index(words) for words in in_order]
    assert places == sorted(places)


def test_what_is_in_the_way_is_asked_only_where_confidence_is_low() -> None:
    form = check_in_form(form_view(asked=(RENEWED, LOW)))
    assert "blocker_kind:103" in field_ids(form)
    assert "blocker_kind:101" not in field_ids(form)


def test_a_changed_confidence_brings_the_questions_and_keeps_all_other_ids() -> None:
    view = form_view(asked=(RENEWED, PHONE))
    before, after = check_in_form(view), check_in_form(view, {RENEWED.key_result_id: 2})
    check(after)
    extra = [one for one in field_ids(after) if one not in field_ids(before)]
    assert extra == ["blocker_kind:101", "blocker_owner:101", "fix:101"]
    kept = [block for block in after["blocks"] if block.get("block_id") not in extra]
    assert kept == before["blocks"]


def test_value_confidence_and_who_can_clear_the_way_tell_the_bot_while_the_form_is_open() -> None:
    telling = [
        block["block_id"] for block in check_in_form(form_view())["blocks"] if block.get("dispatch_action")
    ]
    assert telling == ["value:101", "confidence:101", "value:103", "confidence:103", "blocker_owner:103"]
    assert all(ids.STANDING_CHANGED.match(one) for one in telling)


def test_an_answered_key_result_shows_its_answer() -> None:
    form = check_in_form(form_view(asked=(replace(RENEWED, answered=True, value=52.0, drove="two chains"),)))
    screen = render_view(form, width=100)
    assert "now: 52 % → target 80 %" in screen
    assert "two chains" in screen


def test_what_drove_it_last_week_is_not_this_weeks_answer() -> None:
    assert "old news" not in render_view(
        check_in_form(form_view(asked=(replace(RENEWED, drove="old news"),)))
    )


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_form_full_of_hostile_words_is_still_a_form(typed: str) -> None:
    many = tuple(
        asked(
            number,
            typed,
            unit=typed[:60],
            confidence=1,
            answered=True,
            drove=typed,
            blocker=Blocker(None, None, typed),
        )
        for number in range(1, 13)
    )
    form = check_in_form(
        form_view(
            teams=(typed,) * 9,
            asked=many,
            open_actions=tuple(
                OpenAction(number, typed, number, number, "done", keep_or_drop=number % 2 == 0)
                for number in range(1, 200)
            ),
            next_actions=(typed,) * 3,
            kept_words=(typed,) * 9,
        )
    )
    check(form)
    assert render_view(form)


def test_more_key_results_than_fit_stand_on_pages_one_after_the_other() -> None:
    view = form_view(asked=tuple(asked(number) for number in range(1, 31)))
    shown = [check_in_form(view, page=page) for page in range(3)]
    for page, form in enumerate(shown):
        check(form)
        assert ids.read_page(form["private_metadata"]) == page
        assert check_in_of(form) == 17
    values = [[one for one in field_ids(form) if one.startswith("value:")] for form in shown]
    assert [len(one) for one in values] == [12, 12, 6]
    assert [form["submit"]["text"] for form in shown] == ["Next", "Next", "Send"]
    assert [ids.NEXT_ACTIONS in field_ids(form) for form in shown] == [False, False, True]
    assert ["done:0" in field_ids(form) for form in shown] == [True, False, False]
    assert ["Back" in render_view(form, width=100) for form in shown] == [False, True, True]
    assert "page 2 of 3" in render_view(shown[1], width=100)
    assert check_in_form(view, page=99) == shown[2]


def test_a_page_shows_again_what_was_entered_on_it() -> None:
    view = form_view(asked=(RENEWED, LOW))
    entered = {
        "value:101": text("lots"),
        "confidence:101": chosen("2"),
        "fix:103": text(None),
        "done:0": ticked(),
    }
    first = filled_in(view, entered)
    fields = drafted(first, {})
    again = filled_anew(check_in_form(view), fields)
    elements = {one["block_id"]: one["element"] for one in again["blocks"] if one["type"] == "input"}
    assert elements["value:101"]["initial_value"] == "lots"
    assert elements["confidence:101"]["initial_option"]["value"] == "2"
    assert elements["blocker_kind:103"]["initial_option"]["value"] == "dependency"
    assert "initial_value" not in elements["fix:103"]
    assert "initial_options" not in elements["done:0"]
    kept = drafted(again | {"state": {"values": {}}}, fields)
    assert {field: one["block"] for field, one in kept.items()} == {
        one["block_id"]: one for one in first["blocks"] if one["type"] == "input"
    }
    assert read_check_in(whole(first, kept), ()) == read_check_in(first, ())


def test_all_pages_are_read_as_one_form() -> None:
    view = form_view(asked=(RENEWED, LOW))
    sent = filled_in(view, {"value:101": text("62%"), "done:0": ticked("5")})
    assert read_check_in(whole(sent, drafted(sent, {})), view.asked) == read_check_in(sent, view.asked)


@pytest.mark.parametrize(
    ("fields", "moved"),
    [
        ({}, set()),
        ({"value:101": text("47")}, set()),
        ({"value:101": text("lots")}, set()),
        ({"value:101": text(None)}, set()),
        ({"value:101": text("48")}, {101}),
        ({"confidence:101": chosen("7")}, {101}),
        ({"drove:101": text("x")}, {101}),
    ],
)
def test_what_drove_it_is_asked_where_something_moved(
    fields: Mapping[str, Mapping[str, Any]], moved: set[int]
) -> None:
    view = form_view(asked=(RENEWED,))
    assert shown_moved(filled_in(view, fields), view.asked) == moved
    assert "drove:101" not in field_ids(check_in_form(view))
    assert "drove:101" in field_ids(check_in_form(view, moved={101}))


@pytest.mark.parametrize(
    ("changes", "asks"),
    [
        ({"value": 45.0}, False),
        ({"value": 48.0}, True),
        ({"value": 45.0, "confidence": 7}, True),
        ({"value": 45.0, "drove": "x"}, True),
    ],
)
def test_an_answer_is_asked_again_what_drove_it_if_it_moved(changes: dict[str, Any], *, asks: bool) -> None:
    answered = replace(RENEWED, answered=True, **changes)
    assert ("drove:101" in field_ids(check_in_form(form_view(asked=(answered,))))) is asks


def test_a_note_written_in_words_stays_where_the_form_did_not_ask_for_it() -> None:
    view = form_view(asked=(RENEWED,))
    said_meanwhile = replace(RENEWED, answered=True, drove="two chains")
    read = read_check_in(filled_in(view, {"value:101": text("48")}), (said_meanwhile,))
    assert isinstance(read, CheckInAnswers)
    assert read.updates[0].drove == "two chains"


def test_no_key_results_still_leave_next_weeks_actions() -> None:
    form = check_in_form(form_view(asked=(), open_actions=()))
    check(form)
    assert field_ids(form) == [ids.NEXT_ACTIONS]


def test_a_notice_says_one_thing() -> None:
    check(notice_view("A title that is far too long for Slack", "Something."))
    check(closed_view())
    assert "This check-in is closed" in render_view(closed_view())


# Read


def test_a_form_sent_untouched_means_what_it_showed() -> None:
    view = form_view(asked=(replace(RENEWED, value=1234.5678), LOW))
    assert answers(view, {}) == CheckInAnswers(
        17,
        (
            KeyResultAnswer(101, 1234.5678, 8),
            KeyResultAnswer(
                103, 40.0, 3, "", BlockerAnswer(BlockerKind.DEPENDENCY, "U0HANNAH", "status page")
            ),
        ),
        (NewAction("Status page"),),
        untouched=frozenset({101, 103}),
        actions_untouched=True,
    )


@pytest.mark.parametrize("said_by_slack", [True, False])
@pytest.mark.parametrize(
    ("touched", "left"),
    [
        ({}, {101, 103}),
        ({"value:101": text("48")}, {103}),
        ({"confidence:101": chosen("7")}, {103}),
        ({"drove:101": text("two chains")}, {103}),
        ({"fix:103": text(None)}, {101}),
        ({"blocker_kind:103": chosen(None)}, {101}),
        ({"blocker_owner:103": user("U0JACK")}, {101}),
    ],
)
def test_what_was_left_as_it_was_shown_is_told_from_what_was_touched(
    touched: Mapping[str, Mapping[str, Any]], left: set[int], *, said_by_slack: bool
) -> None:
    """Slack may say what stands in an untouched field, or leave it out."""
    shown = {
        "value:101": text("47 %"),
        "confidence:101": chosen("8"),
        "drove:101": text(None),
        "value:103": text("40 a week"),
        "confidence:103": chosen("3"),
        "drove:103": text(None),
        "blocker_kind:103": chosen("dependency"),
        "blocker_owner:103": user("U0HANNAH"),
        "fix:103": text("status page"),
        "next_actions": text("Status page"),
    }
    fields = shown | dict(touched) if said_by_slack else touched
    read = answers(form_view(asked=(RENEWED, LOW)), fields)
    assert (read.untouched, read.actions_untouched) == (frozenset(left), True)


@pytest.mark.parametrize("typed", ["Status page\ncall", None])
def test_actions_that_were_changed_or_taken_out_are_touched(typed: str | None) -> None:
    assert not answers(form_view(), {"next_actions": text(typed)}).actions_untouched


def test_drawn_anew_each_field_starts_as_it_started() -> None:
    opened = check_in_form(form_view(asked=(RENEWED, PHONE)))
    newer = form_view(asked=(replace(RENEWED, value=60.0), PHONE), next_actions=("newer",))
    anew = drawn_anew(check_in_form(newer, {PHONE.key_result_id: 2}), opened)
    check(anew)
    elements = {one["block_id"]: one["element"] for one in anew["blocks"] if one["type"] == "input"}
    starts = {one["block_id"]: one["element"] for one in opened["blocks"] if one["type"] == "input"}
    assert {field: elements[field] for field in starts} == starts
    assert set(elements) - set(starts) == {"blocker_kind:103", "blocker_owner:103", "fix:103"}


def test_what_was_filled_in_is_read() -> None:
    read = answers(
        form_view(asked=(RENEWED, LOW)),
        {
            "value:101": text(" 62% "),
            "confidence:101": chosen("7"),
            "drove:101": text("two chains signed"),
            "blocker_kind:103": chosen("priority conflict"),
            "blocker_owner:103": user("U0JACK"),
            "fix:103": text("ask\nHannah"),
            "done:0": ticked("5"),
            "next_actions": text("- call the five\n\n  • status page \n"),
        },
    )
    assert read == CheckInAnswers(
        17,
        (
            KeyResultAnswer(101, 62.0, 7, "two chains signed"),
            KeyResultAnswer(103, 40.0, 3, "", BlockerAnswer(BlockerKind.PRIORITY, "U0JACK", "ask\nHannah")),
        ),
        (NewAction("call the five"), NewAction("status page")),
        {5: Closing.DONE, 6: Closing.OPEN},
    )
    assert read.untouched == frozenset()


def test_an_action_is_done_dropped_or_carried_by_its_boxes() -> None:
    view = form_view()
    assert answers(view, {"done:0": ticked("6"), "dropped:0": ticked()}).closings == {}
    assert answers(view, {"dropped:0": ticked("5")}).closings == {5: Closing.DROPPED}
    moved = {"done:0": ticked("5"), "dropped:0": ticked("6")}
    assert answers(view, moved).closings == {5: Closing.DONE, 6: Closing.DROPPED}


def test_an_action_cannot_be_done_and_dropped() -> None:
    assert errors(form_view(), {"dropped:0": ticked("6")}) == {
        "dropped:0": "“Call the five that lapsed” is ticked as done, too. Which is it?"
    }


def test_what_was_carried_for_long_is_asked_about_by_itself() -> None:
    view = form_view(
        open_actions=(OpenAction(5, "Carrier data", 3, 1, keep_or_drop=True), OpenAction(6, "Mail", 1, 2))
    )
    form = check_in_form(view)
    check(form)
    assert "“Carrier data” is still open after 3 weeks. Keep or drop?" in render_view(form, width=200)
    assert [one["options"][0]["value"] for one in options_in(form)] == ["done", "6", "6"]
    assert answers(view, {}).closings == {}
    for chosen_ in ("done", "kept", "dropped"):
        assert answers(view, {"decided:5": chosen(chosen_)}).closings == {5: Closing(chosen_)}
    assert answers(view, {"decided:5": chosen("burnt")}).closings == {5: Closing.OPEN}
    kept = replace(view, open_actions=(replace(view.open_actions[0], closing="kept"),))
    assert answers(kept, {"decided:5": chosen("kept")}).closings == {}


def options_in(form: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The radio buttons and boxes."""
    kinds = {"checkboxes", "radio_buttons"}
    fields = [one["element"] for one in form["blocks"] if one["type"] == "input"]
    return [one for one in fields if one["type"] in kinds]


def test_an_action_for_a_key_result_is_tied_to_it() -> None:
    read = answers(form_view(asked=(RENEWED, PHONE)), {"next_actions": text("KR3: call five\nkr 9: mail")})
    assert read.actions == (NewAction("call five", 103), NewAction("kr 9: mail"))


def test_null_means_cleared() -> None:
    read = answers(
        form_view(asked=(replace(LOW, answered=True, drove="old"),)),
        {
            "drove:103": text(None),
            "blocker_kind:103": chosen(None),
            "blocker_owner:103": user(None),
            "fix:103": text(None),
            "done:0": ticked(),
            "next_actions": text(None),
        },
    )
    assert read == CheckInAnswers(17, (KeyResultAnswer(103, 40.0, 3),), closings={6: Closing.OPEN})


def test_only_spaces_are_nothing() -> None:
    read = answers(
        form_view(asked=(RENEWED,)),
        {"drove:101": text("  \n "), "next_actions": text(" \n\t\n"), "done:0": None},
    )
    assert (read.updates[0].drove, read.actions) == ("", ())


def test_what_was_in_the_way_is_over_once_confidence_is_back() -> None:
    read = answers(form_view(asked=(LOW,)), {"confidence:103": chosen("7")})
    assert read.updates[0].blocker is None


@pytest.mark.parametrize("typed", [one for one in HOSTILE if len(one) <= 3000 and one.strip()])
def test_hostile_words_are_kept_as_typed(typed: str) -> None:
    read = answers(form_view(asked=(RENEWED,)), {"drove:101": text(typed)})
    assert read.updates[0].drove == typed.strip()


@pytest.mark.parametrize("unit", ["", "%", "¥", "pts", "a week", "EUR", "<!channel>", "أسبوع", "`x`"])
def test_a_value_filled_in_reads_back_the_same(unit: str) -> None:
    for value in (-1234.125, 1250.0, 1.125, -2.5):
        view = form_view(asked=(replace(RENEWED, unit=unit, value=value),))
        assert answers(view, {}).updates[0].value == value


@pytest.mark.parametrize(
    ("field", "held", "sentence"),
    [
        ("value:101", text("lots"), "“lots” is not a number. Write it like 47 %."),
        ("value:101", text("1,250"), "“1,250” can mean 1250 or 1.25. Write it like 47 %."),
        ("value:101", text("1.250 %"), "“1.250 %” can mean 1.25 or 1250. Write it like 47 %."),
        ("value:101", text("NaN"), "“NaN” is not a number I can use. Write it like 47 %."),
        ("value:101", text("   "), "What is it now? If nothing changed, keep 47 %."),
        ("value:101", text(None), "What is it now? If nothing changed, keep 47 %."),
        ("confidence:101", chosen("11"), "Confidence goes from 0 to 10."),
        ("confidence:101", chosen("-1"), "Confidence goes from 0 to 10."),
        ("confidence:101", chosen("high"), "Confidence goes from 0 to 10."),
        ("confidence:101", chosen(None), "Confidence goes from 0 to 10."),
        ("drove:101", text("x" * 4000), "That is too long: 4000 characters of at most 3000."),
        (
            "next_actions",
            text("a\nb\nc\nd"),
            "Up to three actions, please: here are 4. Which three matter most?",
        ),
        ("next_actions", text("a\n" + "x" * 301), "Action 2 is too long: 301 characters of at most 300."),
    ],
)
def test_a_mistake_is_named_beside_its_field(field: str, held: dict[str, Any], sentence: str) -> None:
    assert errors(form_view(asked=(RENEWED,)), {field: held}) == {field: sentence}


def test_a_fix_that_is_too_long_is_refused_beside_it() -> None:
    assert list(errors(form_view(asked=(LOW,)), {"fix:103": text("x" * 3001)})) == ["fix:103"]


def test_all_mistakes_are_named_at_once() -> None:
    found = errors(
        form_view(asked=(RENEWED, PHONE)),
        {"value:101": text("lots"), "value:103": text("?"), "confidence:103": chosen("99")},
    )
    assert list(found) == ["value:101", "value:103", "confidence:103"]


def test_a_mistake_is_quoted_briefly_whatever_it_is() -> None:
    unit = "x" * 3000
    found = errors(form_view(asked=(replace(RENEWED, unit=unit),)), {"value:101": text("5 y")})
    assert len(found["value:101"]) < 500


def test_fields_of_key_results_that_are_not_asked_are_not_looked_at() -> None:
    view = form_view(asked=THREE)
    sent = filled_in(view, {"value:102": text("nonsense"), "value:999": text("1")})
    read = read_check_in(sent, (RENEWED,))
    assert isinstance(read, CheckInAnswers)
    assert [update.key_result_id for update in read.updates] == [101]


def test_a_key_result_without_a_field_in_the_form_has_no_update() -> None:
    read = read_check_in(filled_in(form_view(asked=(RENEWED,)), {}), THREE)
    assert isinstance(read, CheckInAnswers)
    assert [update.key_result_id for update in read.updates] == [101]


def test_forged_options_are_no_answers() -> None:
    read = answers(
        form_view(asked=(LOW,)),
        {
            "blocker_kind:103": chosen("laziness"),
            "blocker_owner:103": {"type": "users_select", "selected_user": 7},
            "fix:103": {"type": "plain_text_input", "value": ["x"]},
            "done:0": {"type": "checkboxes", "selected_options": [{"value": "x"}, "y", {"value": 3}]},
        },
    )
    assert read.updates[0].blocker is None
    assert read.closings == {6: Closing.OPEN}


def test_a_view_that_is_no_form_of_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="not a check-in form"):
        read_check_in({"private_metadata": "", "blocks": []}, THREE)


def test_confidences_are_read_while_the_form_is_being_filled_in() -> None:
    view = form_view(asked=(RENEWED, LOW))
    sent = filled_in(view, {"confidence:101": chosen("2"), "confidence:x": chosen("1")})
    assert shown_confidences(sent) == {101: 2, 103: 3}
    assert shown_confidences({}) == {}


def test_drawing_it_anew_with_the_confidences_read_shows_the_questions() -> None:
    view = form_view(asked=(RENEWED, LOW))
    sent = filled_in(view, {"confidence:101": chosen("2"), "confidence:103": chosen("8")})
    drawn = field_ids(check_in_form(view, shown_confidences(sent)))
    assert "fix:101" in drawn
    assert "fix:103" not in drawn


def test_a_forged_form_that_nests_without_end_carries_nothing() -> None:
    endless = "[" * 2900
    assert ids.read_page(endless) == 0
    assert ids.read_team_metadata(endless) == (0, 0, {})
