"""What people type, tap and send that nobody meant them to, while OKRs are shaped: each gets a sentence, and
nothing half is kept."""

from datetime import date

import pytest

from bot.okr.model import Cycle
from bot.practice import Fault
from bot.slack import ids, texts
from bot.slack.texts import drafts, writing
from bot.storage import okr_cycles
from tests.services.drafted import draft_of
from tests.slack.drafting import opened, shown, tapped
from tests.slack.friday import Friday, locked
from tests.slack.test_draft_flow import field_of
from tests.slack.test_proposals_flow import propose_a_key_result, shared
from tests.slack.test_setup_flow import NAME, setup, team_names
from tests.slack.test_writing_flow import form, objectives

UNSEEN = "\u200b\u200b"
"""Characters in which there is nothing to read."""


def typed(friday: Friday, field: str, text: str) -> None:
    """Into Hannah's form, as no keyboard would."""
    view = friday.slack.world.workspace.top_view(friday.hannah.id)
    assert view is not None
    view.values[field] = {field: {"type": "plain_text_input", "value": text}}


@pytest.mark.parametrize("text", ["T\x00e\ud800a", "Tea"])
def test_a_name_loses_what_no_database_takes(friday: Friday, text: str) -> None:
    setup(friday, friday.hannah)
    typed(friday, NAME, text)
    assert friday.hannah.submit().ok
    assert team_names(friday) == ["Tea"]


def test_what_is_said_of_a_draft_loses_what_no_database_takes(friday: Friday) -> None:
    draft_of(friday.move_in())
    opened(friday, friday.hannah, "draft")
    tapped(friday, friday.hannah, None, ids.DRAFT_COMMENT, "comment")
    typed(friday, ids.COMMENT, UNSEEN)
    assert ids.COMMENT in friday.hannah.submit().errors
    typed(friday, ids.COMMENT, "so\x00 be it")
    assert friday.hannah.submit().ok
    assert "“so be it” Hannah" in shown(friday, friday.hannah, "so be it")


def test_a_name_in_which_there_is_nothing_to_read_is_none(friday: Friday) -> None:
    setup(friday, friday.hannah)
    typed(friday, NAME, UNSEEN)
    assert NAME in friday.hannah.submit().errors
    friday.hannah.close()
    friday.move_in()
    opened(friday, friday.hannah, "draft")
    typed(friday, ids.CYCLE_NAME, UNSEEN)
    assert ids.CYCLE_NAME in friday.hannah.submit().errors


def places(friday: Friday) -> list[str]:
    """Where the form that Hannah has open offers to write."""
    for block in friday.hannah.view()["blocks"]:  # type: ignore[index]
        if str(block.get("block_id")).startswith(ids.OKR_PLACE):
            return [one["text"]["text"] for one in block["element"]["options"]]
    return []


def test_a_cycle_that_overlaps_one_of_the_teams_own_is_no_place_for_its_okrs(friday: Friday) -> None:
    friday.move_in()
    with friday.okra.database.transaction() as connection:
        okr_cycles.add(connection, Cycle(0, "2026 H2", date(2026, 7, 1), date(2026, 12, 31)))
        okr_cycles.add(connection, Cycle(0, "2027 Q1", date(2027, 1, 1), date(2027, 3, 31)))
    form(friday, friday.hannah, "new Win the hotels over")
    assert places(friday) == ["TeeBee, 2026 Q4", "TeeBee, 2027 Q1"]
    view = friday.slack.world.workspace.top_view(friday.hannah.id)
    assert view is not None
    forged = {"value": ids.place_value(1, 2, asks_reason=False)}
    field = f"{ids.OKR_PLACE}:0"
    view.values[field] = {field: {"type": "static_select", "selected_option": forged}}
    typed(friday, "okr_reason:0", "why not")
    assert friday.hannah.submit().errors
    assert "Win the hotels over" not in [one.title for one in objectives(friday)]


def test_what_is_written_after_a_draft_was_given_up_is_a_draft_again(friday: Friday) -> None:
    cycle, *_ = draft_of(friday.move_in())
    opened(friday, friday.hannah, "draft")
    tapped(friday, friday.hannah, None, ids.DRAFT_GIVE_UP)
    friday.hannah.close(everything=True)
    form(friday, friday.hannah, "new Win the hotels over")
    friday.hannah.choose(f"{ids.OKR_PLACE}:0", ids.place_value(1, cycle, asks_reason=False))
    friday.until(lambda: "okr_reason:0" not in str(friday.hannah.view()))
    assert friday.hannah.submit().ok
    friday.until(lambda: writing.NO_KEY_RESULTS in friday.hannah.view_screen(width=200))
    assert "Win the hotels over" in opened(friday, friday.hannah, "draft")


def test_a_commitment_that_cannot_be_kept_stays_in_its_form(friday: Friday) -> None:
    draft_of(friday.move_in())
    opened(friday, friday.jack, "draft tee")
    tapped(friday, friday.jack, None, ids.DRAFT_COMMIT, drafts.COMMIT_INTRO[:12])
    field = field_of(friday)
    friday.jack.choose(field, "8")
    with locked(friday.okra.database):
        assert friday.jack.submit().errors == {field: texts.STORAGE_AWAY}
    assert friday.jack.submit().ok
    assert "confidence 8/10" in shown(friday, friday.jack, "confidence")


def test_a_word_that_cannot_be_kept_stays_in_its_form(friday: Friday) -> None:
    _, _, posted = shared(friday)
    propose_a_key_result(friday, friday.jack, posted)
    tapped(friday, friday.hannah, friday.said_to(friday.hannah)[-1], ids.PROPOSAL_ACCEPT)
    friday.hannah.fill(ids.PROPOSAL_WORD, "Good idea")
    with locked(friday.okra.database):
        assert friday.hannah.submit().errors == {ids.PROPOSAL_WORD: texts.STORAGE_AWAY}
    assert "Good idea" in friday.hannah.view_screen()
    assert friday.hannah.submit().ok


def test_guests_are_offered_no_teams(friday: Friday) -> None:
    friday.move_in()
    setup(friday, friday.hannah)
    assert "TeeBee" in friday.hannah.suggest("team_parent:0", "tee").texts
    friday.hannah.change(is_restricted=True)
    friday.settle()
    assert "TeeBee" not in friday.hannah.suggest("team_parent:0", "tee").texts


def test_where_slack_does_not_say_who_somebody_is_the_form_waits(friday: Friday) -> None:
    kim = friday.slack.person(friday.slack.add_person("Kim"))
    kim.open_home()
    friday.settle()
    with friday.okra.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE people SET name = '' WHERE name = 'Kim'")
    away = Fault(perform=False, status=500)
    friday.slack.set_faults(lambda method, _: away if method == "users.info" else None)
    assert kim.tap("home", action_id=ids.SET_UP_TEAM).ok
    assert texts.SLACK_AWAY in shown(friday, kim)
