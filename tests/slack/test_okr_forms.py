"""The forms in which OKRs are written: what is read in them, whatever stands there, and how they are redrawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.measures import Indicator, Keep, Milestone, Move, Step, Unmeasurable
from bot.okr.model import ObjectiveKind
from bot.okr.writing.drafts import KeyResultDraft, ObjectiveDraft
from bot.practice.limits import check_view
from bot.slack import ids
from bot.slack.blocks.writing import key_result_form as key_results
from bot.slack.blocks.writing import objective_form as objectives
from bot.slack.blocks.writing.okr_form import Clash, Frame
from bot.slack.reading.check_in_form import FieldErrors
from bot.slack.reading.okr_fields import (
    FilledKeyResult,
    FilledObjective,
    Metadata,
    read_key_result,
    read_metadata,
    read_objective,
)
from bot.slack.texts import writing
from tests.unit.test_drafts import KEY_RESULTS, OBJECTIVES

KEY_RESULT = Frame("Change the key result", ids.KEY_RESULT_FORM, Metadata(key_result_id=7), asks_reason=True)
OBJECTIVE = Frame("Change the objective", ids.OBJECTIVE_FORM, Metadata(objective_id=3))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def with_state(view: Mapping[str, Any], **entered: Any) -> dict[str, Any]:
    """As Slack hands it back; what is entered, by the field's name without "okr_"."""
    number = read_metadata(view).generation
    values = {}
    for name, held in entered.items():
        block_id = ids.field(f"okr_{name}", number)
        key = "selected_option" if isinstance(held, dict) else "value"
        key = "selected_options" if isinstance(held, list) else key
        key = "selected_user" if name in {"owner", "delegate"} else key
        values[block_id] = {block_id: {key: held}}
    return {**view, "state": {"values": values}}


def chosen(value: str) -> dict[str, Any]:
    return {"value": value, "text": {"type": "plain_text", "text": value}}


def blank(**entered: Any) -> FilledKeyResult | FieldErrors:
    """A new key result's form, filled in."""
    view = key_results.key_result_form(None, Frame("New", ids.KEY_RESULT_FORM), owner="U1")
    if "measure" in entered:
        view = key_results.redrawn(with_state(view, measure=chosen(entered["measure"])), {})
        entered["measure"] = chosen(entered["measure"])
    return read_key_result(with_state(view, **entered))


def read(**entered: Any) -> KeyResultDraft:
    found = blank(**({"title": "Renewals"} | entered))
    assert isinstance(found, FilledKeyResult), found
    return found.draft


def wrong(**entered: Any) -> dict[str, str]:
    found = blank(**({"title": "Renewals"} | entered))
    assert isinstance(found, FieldErrors), found
    return {one.removeprefix("okr_").partition(":")[0]: words for one, words in found.errors.items()}


def measurable(draft: KeyResultDraft) -> bool:
    match draft.measure:
        case Move(start, target, checkpoints):
            days = [one.on for one in checkpoints]
            return start != target and days == sorted(set(days))
        case Keep(low, high):
            return (low, high) != (None, None) and (low is None or high is None or low <= high)
        case Milestone():
            return draft.unit == ""


@given(KEY_RESULTS.filter(measurable))
def test_what_a_key_results_form_shows_is_read_as_just_that(draft: KeyResultDraft) -> None:
    view = key_results.key_result_form(draft, KEY_RESULT, owner="U1")
    found = read_key_result(view)
    if draft.owner is None:  # a field of the form that has to be filled in
        assert found == FieldErrors({"okr_owner:0": writing.NO_OWNER})
    else:
        assert found == FilledKeyResult(draft)


@given(OBJECTIVES)
def test_what_an_objectives_form_shows_is_read_as_just_that(draft: ObjectiveDraft) -> None:
    found = read_objective(objectives.objective_form(draft, OBJECTIVE))
    if draft.owner is None:
        assert found == FieldErrors({"okr_owner:0": writing.NO_OWNER})
    else:
        seen = draft.readers if draft.private else frozenset()
        assert found == FilledObjective(ObjectiveDraft.from_fields(draft.to_fields() | {"readers": seen}))


@given(
    st.dictionaries(
        st.sampled_from([ids.field(name, 0) for name in dir(ids) if name.startswith("OKR_")])
        | st.sampled_from(["okr_title:0", "okr_start:0", "okr_steps:0", "okr_measure:0", "okr_readers:0"]),
        st.dictionaries(
            st.sampled_from(
                ["value", "selected_option", "selected_options", "selected_user", "selected_users"]
            ),
            st.text(max_size=40) | st.builds(lambda one: {"value": one}, ANYTHING),
            max_size=3,
        ),
    ),
    ANYTHING,
)
def test_whatever_comes_back_it_is_read_or_refused(values: dict[str, Any], metadata: Any) -> None:
    state = {"values": {block_id: {block_id: held} for block_id, held in values.items()}}
    for view in (
        key_results.key_result_form(None, KEY_RESULT),
        objectives.objective_form(ObjectiveDraft(""), OBJECTIVE),
    ):
        forged = {**view, "state": state, "private_metadata": metadata if isinstance(metadata, str) else "{}"}
        assert isinstance(read_key_result(forged), FilledKeyResult | FieldErrors)
        assert isinstance(read_objective(forged), FilledObjective | FieldErrors)


def test_each_kind_is_read_from_its_own_fields() -> None:
    assert read(start="40", target="70 %").measure == Move(40, 70)
    assert read(start="40", target="70 %").unit == "%"
    assert read(start="¥120,000", target="¥250k").unit == "¥"
    assert read(start="30", target="20", unit="a week").measure == Move(30, 20)
    assert read(measure="at_least", low="99.5%") == KeyResultDraft("Renewals", Keep(99.5), "U1", "%")
    assert read(measure="at_most", high="5").measure == Keep(None, 5)
    assert read(measure="within", low="2", high="4").measure == Keep(2, 4)
    assert read(measure="milestone", steps="").measure == Milestone()
    steps = read(measure="milestone", steps="Draft\n\n  Ship x2 by 2026-12-01  \n").measure
    assert isinstance(steps, Milestone)
    assert [(one.id, one.title, one.weight, str(one.due)) for one in steps.steps] == [
        (1, "Draft", 1.0, "None"),
        (2, "Ship", 2.0, "2026-12-01"),
    ]
    found = read(
        start="0", target="9", indicator=chosen("process"), every=chosen("4"), weight="2", delegate="U2"
    )
    assert (found.indicator, found.every, found.weight, found.delegate) == (Indicator.PROCESS, 4, 2.0, "U2")


@pytest.mark.parametrize(
    ("start", "target", "measure"),
    [
        ("0.1", "0.30000000000000004", Move(0.1, 0.1 + 0.2)),
        ("-0", "1", Move(0.0, 1.0)),
        ("1e308", "-1e308", Move(1e308, -1e308)),
        ("1e-308", "2e-308", Move(1e-308, 2e-308)),
    ],
)
def test_numbers_at_the_edges_are_taken_as_they_are(start: str, target: str, measure: Move) -> None:
    assert read(start=start, target=target).measure == measure
    assert str(read(start=start, target=target).measure) == str(measure)  # not −0


@pytest.mark.parametrize(
    ("entered", "errors"),
    [
        (
            {"title": "   "},
            {"title": writing.NO_TITLE, "start": writing.NO_VALUE, "target": writing.NO_VALUE},
        ),
        ({"title": "\u200b\x00", "start": "1", "target": "2"}, {"title": writing.NO_TITLE}),
        (
            {"title": "x" * 2000, "start": "1", "target": "2"},
            {"title": writing.TITLE_TOO_LONG.format(length=2000, most=300)},
        ),
        ({"start": "40", "target": "40.0"}, {"target": writing.UNMEASURABLE[Unmeasurable.NO_WAY]}),
        ({"start": "0", "target": "-0"}, {"target": writing.UNMEASURABLE[Unmeasurable.NO_WAY]}),
        ({"start": "1,250", "target": "2"}, {"start": "“1,250” can mean 1250 or 1.25"}),
        ({"start": "lots", "target": "1e400"}, {"start": "“lots” is not a number", "target": "too large"}),
        ({"start": "NaN", "target": "¥2", "unit": "%"}, {"start": "not a number", "target": "is in ¥"}),
        ({"start": "1", "target": "2", "weight": "0"}, {"weight": writing.WEIGHT_ABOVE_ZERO}),
        ({"start": "1", "target": "2", "weight": "-2"}, {"weight": writing.WEIGHT_ABOVE_ZERO}),
        ({"start": "1", "target": "2", "weight": "heavy"}, {"weight": "Write a weight like"}),
        ({"start": "1", "target": "2", "unit": "u" * 41}, {"unit": "41 characters"}),
        ({"start": "1", "target": "2", "owner": None}, {"owner": writing.NO_OWNER}),
        ({"start": "1", "target": "2", "reason": "x" * 1001}, {"reason": "1001 characters"}),
        (
            {"start": "1", "target": "2", "checkpoints": "2026-11-15: 5\n2026-11-01: 6"},
            {"checkpoints": writing.UNMEASURABLE[Unmeasurable.CHECKPOINT_ORDER]},
        ),
        ({"start": "1", "target": "2", "checkpoints": "mid November 5"}, {"checkpoints": "is no checkpoint"}),
        ({"start": "1", "target": "2", "checkpoints": "2026-02-31: 5"}, {"checkpoints": "no 2026-02-31"}),
        ({"start": "1", "target": "2", "checkpoints": "2026-11-15: lots"}, {"checkpoints": "“lots” is not"}),
        (
            {"start": "1", "target": "2", "checkpoints": "2026-11-15: 5\n" * 21},
            {"checkpoints": "21 checkpoints are too many"},
        ),
        ({"measure": "at_least", "low": ""}, {"low": writing.NO_VALUE}),
        (
            {"measure": "within", "low": "4", "high": "2"},
            {"high": writing.UNMEASURABLE[Unmeasurable.BOUNDS_CROSS]},
        ),
        ({"measure": "milestone", "steps": "Ship\nx2"}, {"steps": writing.STEP_TITLE.format(number=2)}),
        ({"measure": "milestone", "steps": "Ship x0"}, {"steps": writing.UNMEASURABLE[Unmeasurable.WEIGHT]}),
        ({"measure": "milestone", "steps": "Ship x-1"}, {"steps": writing.UNMEASURABLE[Unmeasurable.WEIGHT]}),
        (
            {"measure": "milestone", "steps": "Ship\nShip x2"},
            {"steps": writing.STEP_TWICE.format(title="Ship")},
        ),
        ({"measure": "milestone", "steps": "Ship by 2026-02-30"}, {"steps": "no 2026-02-30"}),
        ({"measure": "milestone", "steps": "s" * 251}, {"steps": "251 characters"}),
        (
            {"measure": "milestone", "steps": "\n".join(f"Step {n}" for n in range(11))},
            {"steps": writing.TOO_MANY_STEPS.format(count=11)},
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(entered: dict[str, Any], errors: dict[str, str]) -> None:
    found = wrong(**entered)
    assert set(found) == set(errors)
    for name, words in errors.items():
        assert words in found[name]


def test_what_an_objective_says_is_read() -> None:
    view = objectives.objective_form(ObjectiveDraft("", "U1"), Frame("New", ids.OBJECTIVE_FORM))
    filled = read_objective(
        with_state(
            view,
            title=" Prove our tea’s\nvalue ",
            kind=chosen("committed"),
            theme="business",
            whose=chosen("own"),
            private=[chosen("private")],
        )
    )
    assert isinstance(filled, FilledObjective)
    wanted = ObjectiveDraft("Prove our tea’s value", "U1", ObjectiveKind.COMMITTED, "business", True, True)
    assert filled.draft == wanted
    refused = read_objective(with_state(view, title=" ", theme="t" * 61))
    assert isinstance(refused, FieldErrors)
    assert set(refused.errors) == {"okr_title:0", "okr_theme:0"}


def test_another_kind_has_other_fields_and_what_was_typed_comes_back() -> None:
    draft = KeyResultDraft("Renewals", Move(40, 70), "U1", "%")
    view = key_results.key_result_form(draft, KEY_RESULT)
    typed = with_state(view, start="45", target="75", measure=chosen("milestone"), title="Renewed")
    changed = key_results.redrawn(typed, {})
    fields = [one.get("block_id") for one in changed["blocks"]]
    assert "okr_steps:0" in fields
    assert not {"okr_start:0", "okr_target:0", "okr_unit:0", "okr_checkpoints:0"} & set(fields)
    assert fields.index("okr_steps:0") == fields.index("okr_measure:0") + 1
    assert changed["blocks"][0] == view["blocks"][0]  # Slack keeps what was typed in it
    back = key_results.redrawn(with_state(changed, measure=chosen("move")), {})
    starts = {
        one["block_id"]: one["element"].get("initial_value") for one in back["blocks"] if "element" in one
    }
    assert (starts["okr_start:0"], starts["okr_target:0"], starts["okr_unit:0"]) == ("45", "75", "%")
    assert [one.get("block_id") for one in back["blocks"]] == [one.get("block_id") for one in view["blocks"]]


def test_what_the_coach_says_stands_below_its_field_until_it_says_it_no_more() -> None:
    view = key_results.key_result_form(None, KEY_RESULT, owner="U1")
    advised = key_results.redrawn(view, {ids.OKR_TITLE: "What comes of it?", ids.OKR_UNIT: "Which?"})
    hints = {one["block_id"]: one["hint"]["text"] for one in advised["blocks"] if "hint" in one}
    assert hints["okr_title:0"] == "What comes of it?"
    assert hints["okr_unit:0"] == "Which?"
    quiet = key_results.redrawn(advised, {})
    hints = {one["block_id"]: one["hint"]["text"] for one in quiet["blocks"] if "hint" in one}
    assert "okr_title:0" not in hints
    assert hints["okr_unit:0"] == writing.UNIT_HINT
    assert hints["okr_reason:0"] == writing.WHY_HINT


def test_who_may_see_it_is_asked_of_a_private_one_and_why_where_it_has_started() -> None:
    places = [objectives.Place(1, 2, "TeeBee, 2026 Q4", True), objectives.Place(1, 3, "TeeBee, 2027 Q1")]
    view = objectives.objective_form(
        ObjectiveDraft("", "U1"), Frame("New", ids.OBJECTIVE_FORM), places=places
    )
    fields = [one.get("block_id") for one in view["blocks"]]
    assert "okr_reason:0" in fields
    assert "okr_readers:0" not in fields
    chosen_q1 = chosen(ids.place_value(1, 3, asks_reason=False))
    drawn = objectives.redrawn(with_state(view, place=chosen_q1, private=[chosen("private")]), {})
    fields = [one.get("block_id") for one in drawn["blocks"]]
    assert "okr_reason:0" not in fields
    assert fields.index("okr_readers:0") == fields.index("okr_private:0") + 1
    filled = read_objective(with_state(drawn, title="Prove it", place=chosen_q1))
    assert isinstance(filled, FilledObjective)
    assert filled.place == (1, 3)


def test_every_form_fits_slacks_limits() -> None:
    steps = Milestone(
        tuple(Step(n, f"{n}" + "s" * 248, 1.2345678901234567e-300, date(2026, 12, 1)) for n in range(1, 11))
    )
    draft = KeyResultDraft("t" * 300, steps, "U1", "", 1.0, Indicator.RESULT, 13, "U2")
    clashes = (Clash("title", "Title", "t" * 300, "m" * 300), Clash("unit", "Unit", "%"))
    frame = Frame(
        "Change the key result", ids.KEY_RESULT_FORM, KEY_RESULT.metadata, about="a" * 5000, clashes=clashes
    )
    view = key_results.key_result_form(draft, frame, advice={ids.OKR_TITLE: "w" * 1900})
    assert not list(check_view(view))
    assert read_key_result(view) == FilledKeyResult(draft)
    typed = with_state(view, steps="x" * 3000, measure=chosen("move"))
    drawn = key_results.redrawn(typed, {})
    assert not list(check_view(drawn))
    assert len(drawn["private_metadata"]) <= 3000
    places = [objectives.Place(1, n, f"Team, cycle {n}" * 9) for n in range(300)]
    whole = objectives.objective_form(
        ObjectiveDraft(
            "t" * 300, "U1", theme="x" * 60, private=True, readers=frozenset(f"U{n}" for n in range(300))
        ),
        Frame("New objective", ids.OBJECTIVE_FORM),
        places=places,
        themes=["theme" * 12] * 40,
    )
    assert not list(check_view(whole))


def test_whose_change_counts_is_chosen_field_by_field() -> None:
    clashes = (Clash("title", "Title", "Theirs", "Mine"), Clash("weight", "Weight", "2", "3"))
    frame = Frame("Change", ids.KEY_RESULT_FORM, Metadata(generation=1), clashes=clashes)
    view = key_results.key_result_form(KeyResultDraft("Mine", Move(1, 2), "U1"), frame)
    state = {
        "okr_clash_title:1": {"okr_clash_title:1": {"selected_option": chosen("theirs")}},
        "okr_clash_weight:1": {"okr_clash_weight:1": {"selected_option": chosen("mine")}},
    }
    found = read_key_result({**view, "state": {"values": state}})
    assert isinstance(found, FilledKeyResult)
    assert found.theirs == {"title"}
