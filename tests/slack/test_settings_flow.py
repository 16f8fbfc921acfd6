"""`/okr settings`: shown, changed in the form, and what is said beside its fields."""

from bot.services.away import settings
from bot.slack import texts
from tests.services.teebee import JACK
from tests.slack.friday import Friday, locked
from tests.slack.test_command import okr


def test_settings_are_shown_changed_and_kept(friday: Friday) -> None:
    friday.move_in()
    shown = okr(friday, friday.jack, "settings")
    assert "You work on Monday, Tuesday, Wednesday, Thursday and Friday." in shown.text
    assert "I ask you at 10:00 by your own clock." in shown.text
    form = friday.form(friday.jack, shown, "settings")
    assert "Left empty: 10:00, as your team does." in form
    friday.jack.choose("working_days", ["0", "1", "2", "3"])
    friday.jack.choose("own_prompt", "09:15")
    friday.jack.choose("muted", ["on"])
    friday.jack.fill("region", "de-by")
    assert friday.jack.submit().ok
    changed = okr(friday, friday.jack, "settings").text
    assert "You work on Monday, Tuesday, Wednesday and Thursday." in changed
    assert "I ask you at 09:15" in changed
    assert "Reminders: none." in changed
    assert "Public holidays: DE-BY." in changed
    friday.form(friday.jack, shown, "settings")  # an old button shows what is so now
    assert friday.jack.submit().ok
    assert okr(friday, friday.jack, "settings").text == changed


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(friday: Friday) -> None:
    friday.move_in()
    friday.form(friday.jack, okr(friday, friday.jack, "settings"), "settings")
    friday.jack.choose("working_days", [])
    friday.jack.choose("own_prompt", "16:00")
    for typed, sentence in (
        ("Mars <!here>", texts.UNKNOWN_REGION.format(region="Mars <!here>")),
        ("CN-SH", texts.NO_REGIONS.format(country="CN")),
        ("DE-XX", "Of DE I know these regions: BB, BE, BW"),
    ):
        friday.jack.fill("region", typed)
        errors = friday.jack.submit().errors
        assert errors["region"].startswith(sentence)
        assert errors["working_days"] == texts.NO_WORKING_DAY
        assert errors["own_prompt"] == texts.TOO_LATE_TO_ASK.format(latest="15:30")
    friday.jack.choose("working_days", ["4"])
    friday.jack.choose("own_prompt", None)
    friday.jack.fill("region", "DE")
    with locked(friday.okra.database):
        assert friday.jack.submit().errors == {"working_days": texts.STORAGE_AWAY}
    view = friday.slack.world.workspace.top_view(JACK)
    assert view is not None
    view.values["own_prompt"]["own_prompt"]["selected_time"] = "25:99"  # forged
    view.values["working_days"]["working_days"]["selected_options"] = [
        {"value": one} for one in ("4", "9", "x")
    ]
    assert friday.jack.submit().ok
    week = settings.load(friday.okra.database, JACK).week
    assert (week.working_days, week.own_prompt, week.region) == (frozenset({4}), None, "DE")
