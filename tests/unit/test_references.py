"""What a file supports, serves and needs, and whom it keeps to: read, and every mistake with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files.fields import FieldReader
from bot.files.marked import Complaints, Fields, Text
from bot.files.references import in_a_cell, read_reference
from bot.files.yaml_file import read_yaml
from bot.okr.measures import Indicator
from bot.okr.outline import NOWHERE, Outline, Reference
from tests.unit.okr_files import GOOD, changed, troubles

KIND = "        kind: committed\n"
CALLS = "{title: Phone calls, owner: jack, start: 40, target: 20, unit: a week}"


def objective_with(lines: str) -> str:
    return changed(KIND, KIND + "".join(f"        {line}\n" for line in lines.splitlines()))


def key_result_with(more: str) -> str:
    return changed(CALLS, CALLS.replace("}", f", {more}}}", 1))


def test_everything_of_an_objective_is_read() -> None:
    text = objective_with(
        "theme: business\n"
        "personal: yes\n"
        "private: true\n"
        "readers: [jack]\n"
        "supports: {team: Company, objective: Grow, key_result: Sales}\n"
        "serves:\n"
        "  - Another of ours\n"
        "  - {cycle: 2026, team: Web, objective: A shop}\n"
        "  - {id: 12}"
    )
    (objective,) = read_yaml(text).teams[0].objectives
    assert (objective.theme, objective.personal, objective.private) == ("business", True, True)
    assert objective.readers == ("jack",)
    assert objective.supports == Reference("Grow", "Sales", "Company")
    assert objective.serves == (
        Reference("Another of ours"),
        Reference("A shop", "", "Web", "2026"),
        Reference(id=12),
    )
    assert objective.serves[1].place.line == 23


def test_everything_of_a_key_result_is_read() -> None:
    text = key_result_with(
        "indicator: Leading, every: 4, depends_on: [{id: 7}, {objective: A, key_result: B}]"
    )
    found = read_yaml(text).teams[0].objectives[0].key_results[1]
    assert (found.indicator, found.every) == (Indicator.PROCESS, 4)
    assert found.depends_on == (Reference(id=7), Reference("A", "B"))


def test_objectives_of_several_cycles_stand_in_one_file() -> None:
    text = changed("people:", "cycles: [{name: 2027 Q1, starts: 2027-01-01, ends: 2027-03-31}]\npeople:")
    text += (
        "      - {title: Prove our tea, owner: hannah, cycle: 2027 Q1, key_results: [{title: Sales, "
        "owner: jack, start: 1, target: 2, checkpoints: ['2027-02-01: 1.5']}]}\n"
        "    drafts: [2027 Q1]\n"
    )
    outline = read_yaml(text)
    (team,) = outline.teams
    assert [one.name for one in outline.all_cycles] == ["2026 Q4", "2027 Q1"]
    assert [outline.cycle_of(one) for one in team.objectives] == ["2026 Q4", "2027 Q1"]
    assert (team.drafts, team.parent) == (("2027 Q1",), "")


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        ("readers: [jack]", 16, "only a private objective has readers"),
        ("private: true\nreaders: [jim]", 17, "“jim” is not in people"),
        ("private: true\nreaders: [jack, jack]", 17, "“jack” is already a reader of this objective"),
        ("private: perhaps", 16, "“perhaps” is neither true nor false"),
        ("supports: [Grow]", 16, "a set of fields is expected here, not a list"),
        ("supports: {team: Company}", 16, "objective is missing"),
        ("supports: {id: x}", 16, "“x” is not an id"),
        ("supports: {id: 3, team: Company}", 16, "an id needs no team beside it"),
        ("supports: {objektive: Grow}", 16, "Did you mean “objective”?"),
        ("serves: Grow", 16, ""),
        ("cycle: 2026 Q3", 16, "“2026 Q3” is not a cycle of this file; add it at the top, to cycles."),
    ],
)
def test_a_mistake_about_an_objective_has_its_line(lines: str, line: int, said: str) -> None:
    text = objective_with(lines)
    if not said:  # one alone needs no brackets
        assert read_yaml(text).teams[0].objectives[0].serves == (Reference("Grow"),)
        return
    found = troubles(text)
    assert any(one.startswith(f"line {line}, ") and said in one for one in found), found


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("indicator: lag", "“lag” is not a kind of indicator; it is result or process."),
        ("every: 0", "a whole number from 1 to 52"),
        ("every: 1.5", "a whole number from 1 to 52"),
        ("every: 53", "a whole number from 1 to 52"),
        ("depends_on: [{team: Web, objective: A shop}]", "key_result is missing"),
        ("depends_on: [A shop]", "key_result is missing"),
        (f"depends_on: [{', '.join(['{id: 1}'] * 21)}]", "21 depends_on are too many; 20 is the most"),
        ("weight: 0", "the weight is above 0"),
        ("at_most: 4", "start and at_most do not go together"),
    ],
)
def test_a_mistake_about_a_key_result_has_its_line(more: str, said: str) -> None:
    found = troubles(key_result_with(more))
    assert any(one.startswith("line 18, ") and said in one for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            "people:",
            "cycles: [{name: 2026 Q4, starts: 2027-01-01, ends: 2027-03-31}]\npeople:",
            3,
            "already the name of a cycle",
        ),
        (
            "    leads: [hannah]",
            "    leads: [hannah]\n    drafts: [2027]",
            10,
            "“2027” is not a cycle of this file",
        ),
        (
            "    leads: [hannah]",
            "    leads: [hannah]\n    parent: [Company]",
            10,
            "a single value is expected here",
        ),
    ],
)
def test_a_mistake_about_cycles_and_teams_has_its_line(old: str, new: str, line: int, said: str) -> None:
    found = troubles(changed(old, new))
    assert any(one.startswith(f"line {line}, ") and said in one for one in found), found


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20).map(str.strip)
NAMES = st.one_of(WORDS, st.sampled_from(["›", "a › b", "››", "id 7", "› a", "a ›", "; ;"]))
REFERENCES = st.one_of(
    st.builds(Reference, NAMES.filter(bool), NAMES, NAMES, NAMES).filter(
        lambda one: bool(one.team) or not one.objective.startswith("id ")
    ),
    st.builds(Reference, st.just(""), NAMES, id=st.integers(1, 99)),
)


@given(REFERENCES)
def test_any_reference_comes_back_out_of_a_cell(reference: Reference) -> None:
    if reference.team.startswith("id "):
        return
    complaints = Complaints()
    fields = Fields(NOWHERE, {"supports": Text(NOWHERE, in_a_cell(reference).strip())})
    assert read_reference(FieldReader(complaints), fields, "supports", in_table=True) == reference
    complaints.raise_if_any(Outline())


def test_the_good_file_names_nobody_else() -> None:
    (objective,) = read_yaml(GOOD).teams[0].objectives
    assert (objective.supports, objective.serves, objective.private) == (None, (), False)
