"""What the coach asks about real sets of OKRs: each remark read aloud, and none missing."""

import re
from collections.abc import Iterator, Sequence

import pytest
import yaml

from bot.files.yaml_file import read_yaml
from bot.okr.outline import OutlineKeyResult, OutlineObjective
from bot.okr.quality.coach import DraftKeyResult, DraftObjective, Remark, of_key_result, of_objective, of_set
from tests.unit.seed_okrs import FILES, TEEBEE, TEEBEE_AS_FIRST_SAID, TEN_GOALS, UED, UED_AS_FIRST_SAID

FIGURE = "What would the figure prove? Let the aim say that, and a key result hold the figure."
ISLAND = "Which aim of the level above does this help? So far it is an island."
NO_KEY_RESULTS = "How will you know that you got there? 2 to 5 key results would tell."
START = "Where does it stand today, and where should it get to? Steps to be done are fine, too."
START_OF_FIGURE = "Is the figure in the title the target? And where does it stand today?"
BOTH_INDICATORS = "Which key results tell you early on, and which prove it in the end? A good set has both."


def output(verb: str) -> str:
    return f"“{verb}” says what to do. If that is done and nothing changes, did we succeed?"


def read_aloud(objectives: Sequence[DraftObjective]) -> list[str]:
    """Each remark as a reader finds it: "where, beside which field: question"; O2 KR1 is a key result."""
    return [f"{where}, {remark.about}: {remark.question}" for where, remark in _remarks(objectives)]


def _remarks(objectives: Sequence[DraftObjective]) -> Iterator[tuple[str, Remark]]:
    yield from (("all", remark) for remark in of_set(objectives))
    for number, objective in enumerate(objectives, start=1):
        yield from ((f"O{number}", remark) for remark in of_objective(objective))
        for place, key_result in enumerate(objective.key_results, start=1):
            yield from ((f"O{number} KR{place}", remark) for remark in of_key_result(key_result))


def test_about_teebees_set_there_is_nothing_to_ask() -> None:
    assert read_aloud(TEEBEE) == []


def test_as_teebee_first_said_it_each_key_result_lacks_a_start() -> None:
    assert read_aloud(TEEBEE_AS_FIRST_SAID) == [
        f"all, set: {BOTH_INDICATORS}",
        *(f"O{n} KR{place}, measure: {START_OF_FIGURE}" for n in (1, 2) for place in (1, 2, 3)),
    ]


def test_the_design_team_is_asked_what_building_the_team_is_for() -> None:
    assert read_aloud(UED) == [f"O2, supports: {ISLAND}"]


def test_as_the_design_team_first_said_it_the_aim_is_a_figure_and_the_key_results_are_work() -> None:
    assert read_aloud(UED_AS_FIRST_SAID) == [
        f"all, set: {BOTH_INDICATORS}",
        f"O1, title: {FIGURE}",
        *(f"O1 KR{place}, measure: {START}" for place in (1, 2, 3)),
        f"O2, title: {output('Build')}",
        f"O2, supports: {ISLAND}",
        f"O2 KR1, measure: {START_OF_FIGURE}",
        f"O2 KR2, measure: {START}",
    ]


def test_somebodys_own_year_is_a_long_list_of_things_to_do() -> None:
    assert read_aloud(TEN_GOALS) == [
        "all, set: 11 objectives at once: if only 3 came true, which should they be?",
        f"O1, title: {output('Finish')}",
        "O1, key results: 6 key results are many to watch. Which 5 prove it best?",
        f"O3, title: {FIGURE}",
        f"O4, title: {output('Deliver')}",
        f"O4, key results: {NO_KEY_RESULTS}",
        f"O6, title: {output('Complete')}",
        f"O7, title: {output('Complete')}",
        f"O8, title: {FIGURE}",
        f"O8, key results: {NO_KEY_RESULTS}",
        *(f"O{private}, key results: {NO_KEY_RESULTS}" for private in (9, 10, 11)),
    ]


@pytest.mark.parametrize(
    ("file", "team", "drafts"),
    [
        ("teebee.yaml", "TeeBee", TEEBEE),
        ("ued.yaml", "UED", UED),
        ("ten_goals.yaml", "Wu Jun", TEN_GOALS),
    ],
)
def test_the_files_say_the_same_as_the_drafts(
    file: str, team: str, drafts: tuple[DraftObjective, ...]
) -> None:
    text = (FILES / file).read_text(encoding="utf-8")
    said = next(one for one in yaml.safe_load(text)["teams"] if one["name"] == team)["objectives"]
    read = next(one for one in read_yaml(_of_old(text)).teams if one.name == team).objectives
    assert len(said) == len(read) == len(drafts)
    for fields, outline, draft in zip(said, read, drafts, strict=True):
        assert _plainly(outline) == _plainly(draft)
        assert (fields.get("private", False), "supports" in fields) == (draft.private, draft.supports)
        indicators = [one["indicator"] for one in fields.get("key_results", ())]
        assert indicators == [one.indicator for one in draft.key_results]


def _of_old(text: str) -> str:
    """Without what these files say beyond plain OKRs: each on a line or in braces of its own."""
    text = re.sub(r", (?:indicator: \w+|every: \d+)", "", text)
    text = re.sub(r"\n +(?:theme|personal|private|readers|supports|indicator): .*", "", text)
    return re.sub(r"\n +(?:serves|depends_on):(?:\n +- \{team: .*)+", "", text)


def _plainly(objective: OutlineObjective | DraftObjective) -> tuple[object, ...]:
    return (objective.title, *map(_key_result, objective.key_results))


def _key_result(one: OutlineKeyResult | DraftKeyResult) -> tuple[object, ...]:
    return one.title, one.measure, one.unit, one.owner
