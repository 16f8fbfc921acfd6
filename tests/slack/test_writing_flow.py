"""Writing OKRs by `/okr new` and `/okr edit`, from an empty form to what the team reads; and what goes wrong."""

from datetime import date
from typing import Any

import pytest

from bot.okr.measures import Keep, Milestone, Move, Unmeasurable
from bot.okr.model import Cycle, KeyResult, Objective
from bot.practice import Fault
from bot.slack import ids, texts
from bot.slack.texts import writing
from bot.storage import okr_cycles, okrs
from tests.services.teebee import CHANNEL, HANNAH, JACK, JIM, TeeBee, at, week_later
from tests.slack.friday import Friday, locked
from tests.slack.test_command import okr

WHY = "the market has moved"


def form(friday: Friday, actor: Any, text: str) -> str:
    """Types the command, and waits for the form that opens; gives what it shows."""
    assert actor.command("/okr", text).ok
    friday.until(actor.view)
    return str(actor.view_screen(width=120))


def shows(friday: Friday, actor: Any, words: str) -> None:
    friday.until(lambda: actor.view() and words in " ".join(actor.view_screen(width=200).split()))


def opens(friday: Friday, actor: Any, callback_id: str) -> None:
    friday.until(lambda: (actor.view() or {}).get("callback_id") == callback_id)


def objectives(friday: Friday) -> list[Objective]:
    with friday.okra.database.reading() as connection:
        cycles = [one.id for one in okr_cycles.everything(connection)]
        return okrs.of_team(connection, 1, cycles, drafts=True)


def key_result(friday: Friday, number: int) -> KeyResult:
    with friday.okra.database.reading() as connection:
        return okrs.key_results_by_ids(connection, [number])[number]


def row(number: int) -> str:
    return ids.field(ids.OKR_ROW, number)


def test_an_objective_and_its_key_results_of_each_kind_are_written(friday: Friday) -> None:
    friday.move_in()
    hannah = friday.hannah
    shown = form(friday, hannah, "new Win the hotels over")
    assert "Win the hotels over" in shown
    assert "TeeBee, 2026 Q4" in shown
    assert writing.WHY in shown
    hannah.choose("okr_kind:0", "committed")
    hannah.fill("okr_theme:0", "business")
    hannah.fill("okr_reason:0", WHY)
    assert hannah.submit().ok
    shows(friday, hannah, writing.NO_KEY_RESULTS)
    new = objectives(friday)[-1]
    assert (new.title, new.theme, new.kind) == ("Win the hotels over", "business", "committed")
    for kind, fields in (
        ("move", {"okr_start:0": "0", "okr_target:0": "20 hotels"}),
        ("at_least", {"okr_low:0": "99.5 %"}),
        ("milestone", {"okr_steps:0": "Draft\nShip x2 by 2026-12-01"}),
    ):
        assert hannah.tap(action_id=ids.OKR_ADD).ok
        opens(friday, hannah, ids.KEY_RESULT_FORM)
        hannah.fill("okr_title:0", f"Proof by {kind}")
        if kind != "move":
            hannah.choose("okr_measure:0", kind)
            friday.until(lambda fields=fields: next(iter(fields)) in str(hannah.view()))
        for field, text in fields.items():
            hannah.fill(field, text)
        hannah.choose("okr_owner:0", JACK)
        hannah.fill("okr_reason:0", WHY)
        assert hannah.submit().ok
        shows(friday, hannah, f"Proof by {kind}")
    move, keep, milestone = objectives(friday)[-1].key_results
    assert (move.measure, move.unit) == (Move(0, 20), "hotels")
    assert (keep.measure, keep.unit) == (Keep(99.5), "%")
    assert isinstance(milestone.measure, Milestone)
    assert "Jack" in hannah.view_screen()
    told = okr(friday, friday.jack, "changes").text
    assert "Win the hotels over: added: committed, Hannah. Why: the market has moved" in told
    assert "Proof by move: added: 0 → 20 hotels, Jack" in told
    assert "Win the hotels over" in okr(friday, friday.jack, "team").text


def test_a_key_result_is_edited_by_words_of_its_title_and_the_week_follows(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    shown = form(friday, friday.jack, "edit phone")
    assert "Phone calls" in shown
    assert "a week" in shown
    friday.jack.fill("okr_target:0", "10")
    friday.jack.choose("okr_delegate:0", HANNAH)
    refused = friday.jack.submit()
    assert (refused.sent, set(refused.errors)) == (False, {"okr_reason:0"})  # Slack asks for it by itself
    friday.jack.fill("okr_reason:0", WHY)
    assert friday.jack.submit().ok
    shows(friday, friday.jack, "Phone calls 40 → 10 a week")
    friday.jack.close()
    friday.settle()
    assert "40 → 10 a week" in friday.said_to(friday.jack)[0].text
    friday.tick(16, 30)
    friday.settle()
    assert "Phone calls: target 20 a week → 10 a week (Jack: the market has moved)" in friday.digest().text
    assert "Phone calls: delegate nobody → Hannah" in friday.digest().text


def test_what_is_meant_is_found_by_number_by_nearly_its_words_or_chosen(friday: Friday) -> None:
    friday.move_in()
    jack = friday.jack
    assert "Satisfaction" in form(friday, jack, "edit KR2")
    jack.close()
    assert "Satisfaction" in form(friday, jack, "edit satisfation")
    jack.close()
    assert "Nothing that you may change is called “xyz”" in " ".join(form(friday, jack, "edit xyz").split())
    jack.choose(ids.OKR_CHOSEN, ids.deed_value(ids.EDIT_DEED, "k", 6))
    shows(friday, jack, writing.KEY_RESULT_TITLE)
    assert "Phone calls" in jack.view_screen()
    jack.close()
    assert writing.CHOOSE_WHICH in form(friday, jack, "edit")
    assert "Customers who renew" not in str(jack.view())  # not his to change
    jack.choose(ids.OKR_CHOSEN, ids.deed_value(ids.EDIT_DEED, "o", 2))
    shows(friday, jack, writing.ADD_KEY_RESULT)
    assert okr(friday, friday.jim, "edit").text.startswith("There is nothing")


def test_two_at_once_the_second_sees_what_has_changed_and_decides(friday: Friday) -> None:
    friday.move_in()
    jack, hannah = friday.jack, friday.hannah
    for who in (jack, hannah):
        form(friday, who, "edit phone")
        who.fill("okr_reason:0", WHY)
    jack.fill("okr_target:0", "10")
    jack.fill("okr_title:0", "Calls")
    assert jack.submit().ok
    hannah.fill("okr_title:0", "Calls by phone")
    hannah.fill("okr_weight:0", "2")
    assert hannah.submit().ok
    shows(friday, hannah, "so I have not saved yet")
    shown = " ".join(hannah.view_screen(width=200).split())
    assert "How it is measured: 40 → 10 a week" in shown
    assert "Theirs: Calls" in shown
    assert "Mine: Calls by phone" in shown
    assert key_result(friday, 6).title == "Calls"
    hannah.choose("okr_clash_title:1", "mine")
    assert hannah.submit().ok
    shows(friday, hannah, "Calls by phone 40 → 10 a week")
    found = key_result(friday, 6)
    assert (found.title, found.measure, found.weight) == ("Calls by phone", Move(40, 10), 2.0)


def test_theirs_stays_where_one_says_so(friday: Friday) -> None:
    friday.move_in()
    for who in (friday.jack, friday.hannah):
        form(friday, who, "edit ordering")
        who.tap(action_id=ids.OKR_EDIT, block_id=row(0))
        opens(friday, who, ids.OBJECTIVE_FORM)
    for who in (friday.jack, friday.hannah):
        who.fill("okr_reason:0", WHY)
        who.fill("okr_title:0", f"Ordering by {who.id}")
        assert who.submit().ok
    shows(friday, friday.hannah, "so I have not saved yet")
    assert friday.hannah.submit().ok  # theirs, unless one says otherwise
    shows(friday, friday.hannah, f"Ordering by {JACK}")
    assert objectives(friday)[1].title == f"Ordering by {JACK}"


def test_the_coach_remarks_beside_the_field_and_blocks_nothing(friday: Friday) -> None:
    friday.move_in()
    hannah = friday.hannah
    form(friday, hannah, "new")
    hannah.fill("okr_title:0", "Launch 3 new tea shops for suppliers")
    shows(friday, hannah, "an objective is said in words, without figures")
    shows(friday, hannah, "an objective is a change, not something to be made")
    hannah.fill("okr_title:0", "Suppliers come to love our tea")
    friday.until(lambda: "coach" not in hannah.view_screen())
    hannah.fill("okr_title:0", "Launch 3 new tea shops for suppliers")
    hannah.fill("okr_reason:0", WHY)
    assert hannah.submit().ok
    shows(friday, hannah, "How will you know that you got there?")
    hannah.tap(action_id=ids.OKR_ADD)
    opens(friday, hannah, ids.KEY_RESULT_FORM)
    hannah.fill("okr_title:0", "Sales calls")
    shows(friday, hannah, "Where does it stand today")
    hannah.fill("okr_start:0", "0")
    hannah.fill("okr_target:0", "100 calls")
    shows(friday, hannah, "Calls are what you put in.")
    friday.until(lambda: "Where does it stand today" not in " ".join(hannah.view_screen(width=300).split()))


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(friday: Friday) -> None:
    friday.move_in()
    jack = friday.jack
    form(friday, jack, "edit phone")
    jack.fill("okr_title:0", "satisfaction")
    jack.fill("okr_checkpoints:0", "2027-01-15: 30")
    jack.choose("okr_delegate:0", JACK)
    jack.fill("okr_reason:0", WHY)
    days = "Thursday 1 October to Thursday 31 December"
    assert jack.submit().errors == {
        "okr_title:0": writing.TITLE_TAKEN,
        "okr_delegate:0": writing.OWN_DELEGATE,
        "okr_checkpoints:0": writing.UNMEASURABLE[Unmeasurable.CHECKPOINT_OUTSIDE].format(days=days),
    }
    jack.fill("okr_checkpoints:0", "9999-12-31: 30")
    assert days in jack.submit().errors["okr_checkpoints:0"]
    jack.fill("okr_title:0", "x" * 2000)
    jack.fill("okr_start:0", "20")
    jack.fill("okr_weight:0", "-1")
    errors = jack.submit().errors
    assert errors["okr_title:0"].startswith("That is 2000 characters long")
    assert errors["okr_target:0"] == writing.UNMEASURABLE[Unmeasurable.NO_WAY]
    assert errors["okr_weight:0"] == writing.WEIGHT_ABOVE_ZERO
    jack.fill("okr_title:0", "مكالمات \u202eالهاتف\u0000")
    jack.fill("okr_start:0", "1e308")
    jack.fill("okr_checkpoints:0", "")
    jack.fill("okr_weight:0", "1e-308")
    jack.choose("okr_delegate:0", None)
    with locked(friday.okra.database):
        assert jack.submit().errors == {"okr_title:0": texts.STORAGE_AWAY}
    assert jack.submit().ok
    found = key_result(friday, 6)
    assert (found.title, found.measure, found.weight) == ("مكالمات \u202eالهاتف", Move(1e308, 20), 1e-308)
    assert okr(friday, jack).text
    assert okr(friday, friday.hannah, "changes").text
    friday.tick(10)
    friday.tick(16, 30)
    friday.settle()
    assert friday.digest().text


def test_dropping_says_what_it_means_and_keeps_what_was_said(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    jack = friday.jack
    shown = " ".join(form(friday, jack, "drop phone").split())
    assert writing.DROPPED_IS_KEPT in shown
    jack.fill("okr_reason:0", WHY)
    assert jack.submit().ok
    shows(friday, jack, "Satisfaction")
    assert key_result(friday, 6).dropped
    jack.close()
    friday.settle()
    assert "Phone calls" not in friday.said_to(jack)[0].text
    for words in ("renewed", "satis"):
        form(friday, jack, f"drop {words}")
        jack.fill("okr_reason:0", WHY)
        assert jack.submit().ok
        jack.close(everything=True)
    assert "Phone calls: dropped. Why: the market has moved" in okr(friday, jack, "changes").text
    friday.tick(16, 30)
    friday.settle()
    said = friday.digest().text
    assert "waiting for Jack" not in said
    assert "Phone calls: dropped (Jack: the market has moved)" in said


def test_the_last_key_result_and_what_others_count_on_are_pointed_out(friday: Friday) -> None:
    friday.move_in()
    jack = friday.jack
    for words in ("phone", "satis"):
        form(friday, jack, f"drop {words}")
        jack.fill("okr_reason:0", WHY)
        assert jack.submit().ok
        jack.close(everything=True)
    with friday.okra.database.transaction() as connection:
        okrs.add_objective(
            connection, Objective(0, 1, 1, "Learn to call back", 2, serves=frozenset({2}), position=2)
        )
    assert writing.LAST_ONE in " ".join(form(friday, jack, "drop renewed").split())
    jack.close()
    shown = " ".join(form(friday, jack, "drop ordering").split())
    assert (
        "These support it, and will support something that was dropped: “Learn to call back (TeeBee)”."
        in shown
    )
    assert "With it goes what it has: 1 key result." in shown
    jack.fill("okr_reason:0", WHY)
    assert jack.submit().ok
    assert jack.view() is None


def test_handing_over_moves_the_question_to_the_new_owner(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    jack = friday.jack
    form(friday, jack, "hand over phone")
    jack.choose("okr_owner:0", HANNAH)
    jack.fill("okr_reason:0", WHY)
    assert jack.submit().ok
    jack.close()
    friday.settle()
    assert "Phone calls" in friday.said_to(friday.hannah)[0].text
    assert "Phone calls" not in friday.said_to(jack)[0].text
    assert "owner Jack → Hannah" in okr(friday, jack, "changes").text
    form(friday, friday.hannah, "edit ordering")
    friday.hannah.tap(
        action_id=ids.OKR_MORE, block_id=row(0), choice=ids.deed_value(ids.HAND_OVER_DEED, "o", 2)
    )
    opens(friday, friday.hannah, ids.HAND_OVER_FORM)
    friday.hannah.choose("okr_owner:0", JIM)
    friday.hannah.fill("okr_reason:0", WHY)
    assert friday.hannah.submit().ok
    shows(friday, friday.hannah, "committed · Jim")


def test_only_people_with_an_account_can_own_anything(friday: Friday) -> None:
    friday.move_in()
    hannah, bot = friday.hannah, friday.slack.bot_user_id
    newcomer = friday.slack.add_person("Mei Ling")
    form(friday, hannah, "hand over phone")
    hannah.fill("okr_reason:0", WHY)
    for nobody, called in ((bot, "Bot"), ("USLACKBOT", "Slackbot")):
        hannah.choose("okr_owner:0", nobody)
        assert hannah.submit().errors == {"okr_owner:0": writing.NOT_ACTIVE.format(who=called)}
    hannah.choose("okr_owner:0", newcomer)
    assert hannah.submit().ok
    shows(friday, hannah, "Mei Ling")
    hannah.close(everything=True)
    form(friday, hannah, "edit prove our tea")
    assert hannah.tap(action_id=ids.OKR_ADD).ok
    opens(friday, hannah, ids.KEY_RESULT_FORM)
    for field, text in {"title": "Hotel chains", "start": "0", "target": "3", "reason": WHY}.items():
        hannah.fill(f"okr_{field}:0", text)
    hannah.choose("okr_owner:0", HANNAH)
    hannah.choose("okr_delegate:0", bot)
    assert set(hannah.submit().errors) == {"okr_delegate:0"}


def test_a_form_is_kept_in_time_though_slack_does_not_say_who_somebody_is(friday: Friday) -> None:
    friday.move_in()
    newcomer = friday.slack.add_person("Mei Ling")
    form(friday, friday.hannah, "hand over phone")
    friday.hannah.fill("okr_reason:0", WHY)
    friday.hannah.choose("okr_owner:0", newcomer)
    friday.slack.set_faults(lambda method, *_: Fault(delay=15) if method == "users.info" else None)
    assert friday.hannah.submit().ok
    friday.slack.set_faults(None)
    friday.tick(9, 1)
    assert "Mei Ling" in okr(friday, friday.jack, "team").text


def test_the_order_follows_the_buttons(friday: Friday) -> None:
    friday.move_in()
    form(friday, friday.hannah, "edit prove our tea")
    assert friday.hannah.tap(action_id=ids.OKR_DOWN, block_id=row(1)).ok
    shows(friday, friday.hannah, "2 Customers who renew")
    assert friday.hannah.tap(action_id=ids.OKR_DOWN, block_id=row(0)).ok
    friday.until(lambda: objectives(friday)[0].id == 2)
    assert [one.id for one in objectives(friday)[1].key_results] == [2, 1, 3]


def test_old_and_forged_forms_get_a_sentence_and_change_nothing(friday: Friday) -> None:
    friday.move_in()
    jack = friday.jack
    form(friday, jack, "edit phone")
    jack.fill("okr_reason:0", WHY)
    jack.fill("okr_weight:0", "3")
    view = friday.slack.world.workspace.top_view(JACK)
    assert view is not None
    for metadata, said in (
        ('{"key_result_id": 1, "objective_id": 1}', "You cannot change this key result. Hannah can."),
        ('{"key_result_id": 99}', writing.GONE),
        ('{"key_result_id": 99999999999}', writing.GONE),
        ('{"objective_id": 1}', "You cannot change this objective. Hannah can."),
        ("[]", writing.GONE),
        ("nonsense", writing.GONE),
    ):
        view.source["private_metadata"] = metadata
        errors = jack.submit().errors
        assert said in errors["okr_title:0"], metadata
    view.source["private_metadata"] = '{"key_result_id": 6}'
    with friday.okra.database.transaction() as connection:
        okrs.drop_key_result(connection, 6, at(9))
    assert jack.submit().errors["okr_title:0"] == writing.GONE
    assert {one.weight for one in objectives(friday)[0].key_results} == {1.0}


@pytest.mark.parametrize("value", [None, "", "k", "x6", "k99", "o99999999999", "1"])
def test_forged_buttons_open_nothing_of_others(friday: Friday, value: str | None) -> None:
    friday.move_in()
    reply = okr(friday, friday.jack, "settings")
    for action in (ids.OKR_EDIT, ids.OKR_ADD):
        assert friday.forge(friday.jack, reply, ids.SETTINGS, value, to_action=action).acked
        friday.until(friday.jack.view)
        shown = " ".join(friday.jack.view_screen(width=200).split())
        assert writing.GONE in shown or "You cannot change this objective. Hannah can." in shown
        friday.jack.close(everything=True)


def test_whoever_is_in_no_team_or_whose_cycles_are_over_is_told_what_to_do(friday: Friday) -> None:
    friday.move_in()
    assert okr(friday, friday.jim, "new").text.startswith("You are in no team")
    friday.clock.now = week_later(at(9), 8)
    assert okr(friday, friday.hannah, "new").text == writing.NO_CYCLE
    assert okr(friday, friday.hannah, "edit phone").text == writing.NOTHING_TO_CHANGE


def test_a_member_writes_an_aim_of_their_own(friday: Friday) -> None:
    friday.move_in()
    shown = form(friday, friday.jack, "new Learn to taste tea")
    assert writing.OWNER not in shown
    friday.jack.choose("okr_private:0", ["private"])
    friday.until(lambda: "okr_readers:0" in str(friday.jack.view()))
    friday.jack.choose("okr_readers:0", [HANNAH])
    friday.jack.fill("okr_reason:0", WHY)
    assert friday.jack.submit().ok
    new = objectives(friday)[-1]
    assert (new.personal, new.private, len(new.readers)) == (True, True, 1)
    assert "Learn to taste" in okr(friday, friday.hannah, "changes").text
    friday.slack.change_channel(CHANNEL, members=(HANNAH, JACK, JIM))
    assert "Learn to taste" not in okr(friday, friday.jim, "changes TeeBee").text


def test_a_draft_is_written_without_reasons_and_asked_of_nobody(friday: Friday) -> None:
    teebee = friday.move_in()
    draft(friday, teebee)
    hannah = friday.hannah
    form(friday, hannah, "new Win the hotels over")
    hannah.choose("okr_place:0", ids.place_value(1, 2, asks_reason=False))
    friday.until(lambda: "okr_reason:0" not in str(hannah.view()))
    assert hannah.submit().ok
    shows(friday, hannah, writing.NOBODY_ASKED_YET)
    hannah.close()
    form(friday, hannah, "drop hotels")
    assert writing.DELETED_IS_GONE in " ".join(hannah.view_screen(width=200).split())
    assert hannah.submit().ok
    assert [one.id for one in objectives(friday)] == [1, 2]
    assert "Win the hotels" not in okr(friday, hannah, "changes").text


def draft(friday: Friday, teebee: TeeBee) -> None:
    """Begins one of the next quarter."""
    with friday.okra.database.transaction() as connection:
        cycle = okr_cycles.add(connection, Cycle(0, "2027 Q1", date(2027, 1, 1), date(2027, 3, 31)))
        okr_cycles.begin_draft(connection, teebee.team.id, cycle.id)


def test_a_set_that_has_started_while_the_form_was_open_asks_why(friday: Friday) -> None:
    teebee = friday.move_in()
    draft(friday, teebee)
    hannah = friday.hannah
    form(friday, hannah, "new Win the hotels over")
    hannah.choose("okr_place:0", ids.place_value(1, 2, asks_reason=False))
    friday.until(lambda: "okr_reason:0" not in str(hannah.view()))
    with friday.okra.database.transaction() as connection:
        drafted = okr_cycles.set_of(connection, 1, 2)
        assert drafted is not None
        okr_cycles.start(connection, drafted, 1, at(9))
    friday.clock.now = week_later(at(9), 7)
    assert hannah.submit().ok
    shows(friday, hannah, writing.NO_REASON)
    hannah.fill("okr_reason:0", WHY)
    assert hannah.submit().ok
    assert objectives(friday)[-1].title == "Win the hotels over"


def test_many_changes_stand_on_pages(friday: Friday) -> None:
    friday.move_in()
    for number in range(20):
        form(friday, friday.jack, "edit KR3")
        friday.jack.fill("okr_title:0", f"Phone calls {number} " + "and more " * 20)
        friday.jack.fill("okr_reason:0", "because " * 30)
        assert friday.jack.submit().ok
        friday.jack.close()
    first = okr(friday, friday.hannah, "changes")
    assert "Phone calls 19" in first.text
    assert friday.hannah.tap(first, label=writing.OLDER).ok
    older = friday.until(
        lambda: next(
            (one for one in friday.hannah.messages() if one.text != first.text and "Changes to" in one.text),
            None,
        )
    )
    assert "title Phone calls and" not in older.text
    assert friday.hannah.tap(older, label=writing.NEWEST).ok
    friday.until(lambda: any(one.text == first.text for one in friday.hannah.messages()))
    assert okr(friday, friday.hannah, "changes nobody").text.startswith("There is no team")


def test_what_is_edited_can_be_aligned_and_ask_other_teams_from_there(friday: Friday) -> None:
    friday.move_in()
    for action_id, block, opened in ((ids.ALIGN, 0, ids.ALIGN_FORM), (ids.NEEDS, 1, ids.NEEDS_FORM)):
        form(friday, friday.hannah, "edit prove our tea")
        assert friday.hannah.tap(action_id=action_id, block_id=row(block)).ok
        opens(friday, friday.hannah, opened)
        friday.hannah.close()
        shows(friday, friday.hannah, "1 Customers who renew")  # it lay on top of it
        friday.hannah.close()
