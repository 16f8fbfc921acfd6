"""Drafts: kept as JSON and read again, brought together where two people wrote at once."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.measures import Checkpoint, Indicator, Keep, Milestone, Move, Step
from bot.okr.model import ObjectiveKind
from bot.okr.numbers.unit_in import unit_in
from bot.okr.writing.drafts import (
    KeyResultDraft,
    ObjectiveDraft,
    marks,
    merged,
    numbered,
    one_line,
    same_name,
    with_theirs,
)
from bot.okr.writing.measure_lines import StepWords, checkpoint_line, checkpoint_words, step_line, step_words

RENEWED = KeyResultDraft("Customers who renew", Move(40, 70), "U1", "%")
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
TITLES = st.text(min_size=1, max_size=60).map(one_line).filter(bool)
DAYS = st.dates(date(2026, 10, 2), date(2026, 12, 30))
STEPS = st.lists(
    st.tuples(TITLES, st.floats(1e-9, 1e9), st.none() | DAYS), max_size=10, unique_by=lambda one: one[0]
)
MEASURES = st.one_of(
    st.builds(Move, NUMBERS, NUMBERS, st.lists(st.builds(Checkpoint, DAYS, NUMBERS), max_size=5).map(tuple)),
    st.builds(Keep, st.none() | NUMBERS, st.none() | NUMBERS),
    STEPS.map(lambda found: Milestone(tuple(Step(n, *one) for n, one in enumerate(found, start=1)))),
)
KEY_RESULTS = st.builds(
    KeyResultDraft,
    TITLES,
    MEASURES,
    st.none() | st.just("U1"),
    st.sampled_from(["", "%", "¥", "pts"]),
    st.floats(1e-9, 1e9),
    st.none() | st.sampled_from(Indicator),
    st.integers(1, 13),
    st.none() | st.just("U2"),
)
OBJECTIVES = st.builds(
    ObjectiveDraft,
    TITLES,
    st.none() | st.just("U1"),
    st.sampled_from(ObjectiveKind),
    TITLES | st.just(""),
    st.booleans(),
    st.booleans(),
    st.frozensets(st.sampled_from(["U1", "U2", "U3"])),
)


@given(KEY_RESULTS)
def test_a_key_result_comes_back_from_json_as_it_was(draft: KeyResultDraft) -> None:
    assert KeyResultDraft.from_fields(json.loads(json.dumps(draft.to_fields()))) == draft


@given(OBJECTIVES)
def test_an_objective_comes_back_from_json_as_it_was(draft: ObjectiveDraft) -> None:
    assert ObjectiveDraft.from_fields(json.loads(json.dumps(draft.to_fields()))) == draft


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Ship", StepWords("Ship")),
        ("Ship by 2026-12-01", StepWords("Ship", due="2026-12-01")),
        ("Ship x2 by 2026-12-01", StepWords("Ship", "2", "2026-12-01")),
        ("Ship x0.5", StepWords("Ship", "0.5")),
        ("Ship ×3", StepWords("Ship", "3")),
        ("Ship x-2", StepWords("Ship", "-2")),
        ("Stand by me", StepWords("Stand by me")),
        ("Draft by 1 December", StepWords("Draft by 1 December")),
        ("Ship by 2026-02-31", StepWords("Ship", due="2026-02-31")),
        ("Max2 and x", StepWords("Max2 and x")),
        ("x2 by 2026-12-01", StepWords("", "2", "2026-12-01")),
    ],
)
def test_a_step_is_read_as_it_is_written(line: str, words: StepWords) -> None:
    assert step_words(line) == words


@given(TITLES, st.floats(1e-9, 1e9), st.none() | DAYS)
def test_a_step_is_written_so_that_it_is_read_as_the_same(
    title: str, weight: float, due: date | None
) -> None:
    words = step_words(step_line(Step(1, title, weight, due)))
    assert words.title == title
    assert words.due == (str(due) if due else None)
    assert float((words.weight or "1").replace("−", "-").replace(",", "")) == weight


def test_even_a_step_that_is_called_like_a_weight_or_a_day() -> None:
    for title in ("x2", "Pay x2", "Ship by 2026-12-01", "by 2026-12-01", "Pay x2 by 2026-12-01"):
        for due in (None, date(2026, 12, 5)):
            assert step_words(step_line(Step(1, title, 1.0, due))).title == title


def test_a_checkpoint_is_a_day_and_a_value() -> None:
    assert checkpoint_words(checkpoint_line(Checkpoint(date(2026, 11, 15), 1250))) == ("2026-11-15", "1250")
    assert checkpoint_words("2026-11-15 55") is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("70", ""),
        ("70 %", "%"),
        ("¥250,000", "¥"),
        ("-€1.2M", "€"),
        ("USD 20", "USD"),
        ("40 calls a week", "calls a week"),
        ("250k users", "users"),
        ("250k", ""),
        ("8 of 10", ""),
        ("lots", ""),
        ("", ""),
        ("9" * 300, ""),
        ("7 " + "x" * 60, ""),
    ],
)
def test_a_unit_may_stand_beside_the_number(text: str, unit: str) -> None:
    assert unit_in(text, 40) == unit


@given(st.text(max_size=250))
def test_whatever_stands_there_a_unit_is_read_or_not(text: str) -> None:
    assert len(unit_in(text, 40)) <= 40


def test_a_step_keeps_its_id_as_long_as_its_title_stays() -> None:
    known = Milestone((Step(1, "Draft"), Step(2, "Ship")))
    wanted = Milestone((Step(1, "Ship", 2.0), Step(2, "Tell")))
    assert numbered(wanted, known) == Milestone((Step(2, "Ship", 2.0), Step(3, "Tell")))
    assert numbered(wanted, known, used={2, 5}) == Milestone((Step(2, "Ship", 2.0), Step(6, "Tell")))
    assert numbered(wanted, Move(0, 1)) == Milestone((Step(1, "Ship", 2.0), Step(2, "Tell")))


def changed(draft: KeyResultDraft, **fields: object) -> KeyResultDraft:
    return KeyResultDraft.from_fields(draft.to_fields() | fields)


def test_what_only_one_of_two_has_changed_is_brought_together() -> None:
    theirs, mine = changed(RENEWED, title="Renewals"), changed(RENEWED, weight=2.0)
    found = merged(marks(RENEWED), theirs, mine)
    assert found.draft == changed(RENEWED, title="Renewals", weight=2.0)
    assert (found.changed, found.clashes) == (("title",), ())


def test_what_both_have_changed_is_theirs_to_decide() -> None:
    theirs = changed(RENEWED, title="Renewals", unit="pts", owner="U2")
    mine = changed(RENEWED, title="Who renews", unit="pts")
    found = merged(marks(RENEWED), theirs, mine)
    assert found.clashes == ("title",)
    assert found.changed == ("title", "owner", "unit")
    assert found.draft == changed(mine, owner="U2")
    assert with_theirs(found.draft, theirs, {"title"}) == theirs


def test_nothing_has_changed_where_nobody_changed_anything() -> None:
    found = merged(marks(RENEWED), RENEWED, changed(RENEWED, title="Renewals"))
    assert (found.changed, found.clashes) == ((), ())


@given(KEY_RESULTS, KEY_RESULTS, KEY_RESULTS)
def test_nobodys_change_is_lost_unseen(
    seen: KeyResultDraft, theirs: KeyResultDraft, mine: KeyResultDraft
) -> None:
    found = merged(marks(seen), theirs, mine)
    before, now, wanted, both = (one.to_fields() for one in (seen, theirs, mine, found.draft))
    for name in before:
        if now[name] != before[name]:
            assert name in found.changed
        if both[name] != wanted[name]:
            assert both[name] == now[name]
            assert wanted[name] == before[name]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Renewals ", "Renewals"),
        ("a\nb\tc", "a b c"),
        ("a  b", "a  b"),
        ("nul\x00", "nul"),
        ("\ud800", ""),
        ("\u200b\u200f ", ""),
        (" \n ", ""),
        ("שלום", "שלום"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
    ],
)
def test_a_title_is_one_line_that_can_be_kept(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


def test_capitals_and_blanks_make_no_other_name() -> None:
    assert same_name("Customers  who renew", "customers who RENEW ")
    assert not same_name("Customers who renew", "Customers who stay")
