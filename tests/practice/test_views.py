"""views.* over the Web API: triggers, the stack, hashes, and what a person had filled in."""

from typing import Any

import pytest

from tests.practice.blocks import button, buttons, field, home, modal, section, select, text_input
from tests.practice.conftest import TeeBee
from tests.practice.test_calls import refusal

Json = dict[str, Any]
NOTE = field("note", "Note", text_input())


def trigger(teebee: TeeBee, *, in_view: bool = False) -> str:
    return teebee.slack.world.triggers.new(teebee.hannah.id, in_view=in_view)


def opened(teebee: TeeBee, *blocks: Json, **more: Any) -> Json:
    view = modal(*(blocks or (NOTE,)), **more)
    answer = teebee.web.views_open(trigger_id=trigger(teebee), view=view)
    shown: Json = answer["view"]
    return shown


def shown(teebee: TeeBee) -> Json:
    view = teebee.hannah.view()
    assert view is not None
    return view


def test_an_opened_form_is_what_the_person_sees(teebee: TeeBee) -> None:
    view = opened(teebee, callback_id="check_in", private_metadata="42")
    assert shown(teebee) == view
    assert view["root_view_id"] == view["id"]
    assert view["state"] == {"values": {"note": {"typed": {"type": "plain_text_input", "value": None}}}}
    assert (view["callback_id"], view["private_metadata"]) == ("check_in", "42")


def test_a_trigger_opens_one_form(teebee: TeeBee) -> None:
    spent = trigger(teebee)
    teebee.web.views_open(trigger_id=spent, view=modal(NOTE))
    answer = refusal(teebee.web, "views.open", trigger_id=spent, view=modal(NOTE))
    assert answer["error"] == "exchanged_trigger_id"


def test_a_trigger_lasts_three_seconds(teebee: TeeBee) -> None:
    good, late = trigger(teebee), trigger(teebee)
    teebee.times.move(3)
    assert teebee.web.views_open(trigger_id=good, view=modal(NOTE))["ok"]
    teebee.times.move(0.1)
    answer = refusal(teebee.web, "views.open", trigger_id=late, view=modal(NOTE))
    assert answer["error"] == "expired_trigger_id"


def test_a_trigger_must_be_one(teebee: TeeBee) -> None:
    answer = refusal(teebee.web, "views.open", trigger_id="1.2.x", view=modal(NOTE))
    assert answer["error"] == "invalid_trigger_id"


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (modal(NOTE, title="x" * 25), "[json-pointer:/view/title/text]"),
        (modal(section("x" * 3001)), "[json-pointer:/view/blocks/0/text/text]"),
        (home(section("x")), "[json-pointer:/view/type]"),
        ([], "[json-pointer:/view]"),
    ],
)
def test_a_form_that_slack_refuses_is_named_and_leaves_the_trigger_good(
    teebee: TeeBee, view: Any, message: str
) -> None:
    again = trigger(teebee)
    answer = refusal(teebee.web, "views.open", trigger_id=again, view=view)
    assert answer["error"] == "invalid_arguments"
    assert message in answer["response_metadata"]["messages"][0]
    assert teebee.web.views_open(trigger_id=again, view=modal(NOTE))["ok"]


def test_a_view_of_a_quarter_megabyte_is_too_large(teebee: TeeBee) -> None:
    huge = modal(*(section("x" * 2999) for _ in range(90)))
    assert (
        refusal(teebee.web, "views.open", trigger_id=trigger(teebee), view=huge)["error"] == "view_too_large"
    )


def test_three_forms_stand_on_each_other_and_no_more(teebee: TeeBee) -> None:
    first = opened(teebee)
    for _ in range(2):
        pushed = teebee.web.views_push(trigger_id=trigger(teebee, in_view=True), view=modal(NOTE))["view"]
        assert pushed["root_view_id"] == first["id"]
    fourth = {"trigger_id": trigger(teebee, in_view=True), "view": modal(NOTE)}
    assert refusal(teebee.web, "views.push", **fourth)["error"] == "push_limit_reached"
    assert shown(teebee)["id"] == pushed["id"]
    teebee.hannah.close()
    assert shown(teebee)["id"] == pushed["previous_view_id"]


def test_pushing_needs_a_form_and_a_trigger_from_it(teebee: TeeBee) -> None:
    from_form = {"trigger_id": trigger(teebee, in_view=True), "view": modal(NOTE)}
    assert refusal(teebee.web, "views.push", **from_form)["error"] == "not_found"
    opened(teebee)
    from_message = {"trigger_id": trigger(teebee), "view": modal(NOTE)}
    assert refusal(teebee.web, "views.push", **from_message)["error"] == "not_found"


def test_an_update_with_an_old_hash_conflicts(teebee: TeeBee) -> None:
    view = opened(teebee)
    changed = teebee.web.views_update(view_id=view["id"], hash=view["hash"], view=modal(NOTE))["view"]
    assert changed["hash"] != view["hash"]
    old = {"view_id": view["id"], "hash": view["hash"], "view": modal(NOTE)}
    assert refusal(teebee.web, "views.update", **old)["error"] == "hash_conflict"


def test_only_what_is_open_is_updated(teebee: TeeBee) -> None:
    view = opened(teebee)
    teebee.hannah.close()
    assert teebee.hannah.view() is None
    gone = {"view_id": view["id"], "view": modal(NOTE)}
    assert refusal(teebee.web, "views.update", **gone)["error"] == "not_found"
    assert refusal(teebee.web, "views.update", view=modal(NOTE))["error"] == "invalid_arguments"


def test_external_ids_find_a_form_and_are_unique(teebee: TeeBee) -> None:
    view = opened(teebee, external_id="one")
    changed = teebee.web.views_update(external_id="one", view=modal(NOTE, external_id="one"))["view"]
    assert changed["id"] == view["id"]
    twice = {"trigger_id": trigger(teebee, in_view=True), "view": modal(NOTE, external_id="one")}
    assert refusal(teebee.web, "views.push", **twice)["error"] == "duplicate_external_id"
    other = teebee.web.views_push(trigger_id=trigger(teebee, in_view=True), view=modal(NOTE))["view"]
    taken = {"view_id": other["id"], "view": modal(NOTE, external_id="one")}
    assert refusal(teebee.web, "views.update", **taken)["error"] == "duplicate_external_id"
    assert refusal(teebee.web, "views.update", external_id="two", view=modal(NOTE))["error"] == "not_found"


def test_what_was_typed_stays_where_the_ids_stay(teebee: TeeBee) -> None:
    more = field("more", "More", text_input(initial_value="old"))
    view = opened(teebee, NOTE, more)
    teebee.hannah.fill("Note", "typed")
    teebee.hannah.fill("more", "typed too")
    fresh = field("more2", "More", text_input(initial_value="new"))
    same = field("note", "Note", text_input(initial_value="ignored"))
    teebee.web.views_update(view_id=view["id"], view=modal(same, fresh))
    values = shown(teebee)["state"]["values"]
    assert values["note"]["typed"]["value"] == "typed"
    assert values["more2"]["typed"]["value"] == "new"
    assert "more" not in values


def test_what_was_typed_goes_where_slack_makes_up_the_ids(teebee: TeeBee) -> None:
    nameless = {key: held for key, held in NOTE.items() if key != "block_id"}
    view = opened(teebee, nameless)
    teebee.hannah.fill("Note", "typed")
    again = teebee.web.views_update(view_id=view["id"], view=modal(nameless))["view"]
    assert again["blocks"][0]["block_id"] != view["blocks"][0]["block_id"]
    assert "typed" not in teebee.hannah.view_screen()


def test_what_was_typed_does_not_stay_in_another_kind_of_field(teebee: TeeBee) -> None:
    view = opened(teebee)
    teebee.hannah.fill("Note", "typed")
    teebee.web.views_update(view_id=view["id"], view=modal(field("note", "Note", select("typed", "A"))))
    assert shown(teebee)["state"]["values"]["note"]["typed"]["selected_option"] is None


def test_a_home_is_published_and_changed(teebee: TeeBee) -> None:
    assert teebee.hannah.home() is None
    with pytest.raises(LookupError, match="no Home"):
        teebee.hannah.tap("home", label="Go")
    view = home(section("Your KRs"), buttons(button("Go", "go")))
    first = teebee.web.views_publish(user_id=teebee.hannah.id, view=view)["view"]
    second = teebee.web.views_publish(user_id=teebee.hannah.id, view=view, hash=first["hash"])["view"]
    assert (second["id"], second["type"]) == (first["id"], "home")
    assert teebee.hannah.home() == second
    assert teebee.hannah.home_screen() == "Your KRs\n[Go]"
    old = {"user_id": teebee.hannah.id, "view": view, "hash": first["hash"]}
    assert refusal(teebee.web, "views.publish", **old)["error"] == "hash_conflict"
    nobody = {"user_id": "UNOBODY", "view": view}
    assert refusal(teebee.web, "views.publish", **nobody)["error"] == "invalid_arguments"
    assert refusal(teebee.web, "views.update", view_id=first["id"], view=modal(NOTE))["error"] == "not_found"


def test_a_form_is_drawn_with_what_is_in_it_and_nothing_without_one(teebee: TeeBee) -> None:
    assert teebee.hannah.view_screen() == ""
    assert teebee.hannah.view_errors() == {}
    opened(teebee)
    teebee.hannah.fill("Note", "two chains signed")
    assert "two chains signed" in teebee.hannah.view_screen(width=40)
