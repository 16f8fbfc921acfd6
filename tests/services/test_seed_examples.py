"""The three sets of OKRs that people told us of, as files: they are taken, and come out again as they were."""

from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from bot.files.csv_export import write_csv
from bot.files.csv_file import read_csv
from bot.files.export import write_yaml
from bot.files.okr_file import read_okr_file
from bot.files.yaml_file import read_yaml
from bot.okr.model import Objective, Profile, Team
from bot.okr.outline import Outline
from bot.services.files.exporting import export_outline
from bot.services.files.importing import NOTHING, import_outline
from bot.services.people import Channel
from bot.services.permissions import public, visible
from bot.storage import needing, okr_cycles, okrs, people, teams
from bot.storage.engine import Database
from tests.services.okr_imports import everything
from tests.services.teebee import at
from tests.unit.seed_okrs import FILES


@dataclass(frozen=True)
class Anybody:
    """Fulfils `bot.services.people.Directory` for all whom a file names."""

    outline: Outline

    def profile(self, slack_id: str) -> Profile | None:
        return next((one for one in self._everybody() if one.slack_id == slack_id), None)

    def profile_by_email(self, email: str) -> Profile | None:
        return next((one for one in self._everybody() if one.email == email), None)

    def channel(self, name: str) -> Channel | None:
        letters = name.strip("#").replace("-", "").upper()
        return Channel(name if name.startswith("C0") else f"C0{letters:0<8}", has_bot=True)

    def members(self, channel_id: str) -> frozenset[str] | None:
        raise NotImplementedError(channel_id)

    def _everybody(self) -> Iterable[Profile]:
        return (
            Profile(f"U0SEED{n:04}", one.key.capitalize(), one.email)
            for n, one in enumerate(self.outline.people)
        )


def moved_in(database: Database, name: str) -> Anybody:
    outline = read_okr_file(FILES / f"{name}.yaml")
    desk = Anybody(outline)
    import_outline(database, desk, outline, now=at(9))
    return desk


def kept(database: Database) -> tuple[dict[int, Team], list[Objective]]:
    with database.reading() as connection:
        cycles = [one.id for one in okr_cycles.everything(connection)]
        known = {one.id: one for one in teams.everything(connection)}
        return known, okrs.of_cycles(connection, cycles, drafts=True)


@pytest.mark.parametrize("name", ["teebee", "ued", "ten_goals"])
def test_each_is_imported_and_its_exports_change_nothing(database: Database, name: str) -> None:
    desk = moved_in(database, name)
    before = everything(database)
    outline = export_outline(database)
    assert read_yaml(write_yaml(outline)) == outline
    for again in (read_okr_file(FILES / f"{name}.yaml"), outline, read_csv(write_csv(outline))):
        assert import_outline(database, desk, again, now=at(10)).lines[0] == NOTHING
        assert everything(database) == before


def test_the_design_teams_business_aim_supports_three_other_teams(database: Database) -> None:
    moved_in(database, "ued")
    known, found = kept(database)
    (business,) = (one for one in found if known[one.team_id].name == "UED" and one.theme == "business")
    by_id = {one.id: one for one in found}
    assert {known[by_id[one].team_id].name for one in business.serves} == {"Shoppers", "Sellers", "Data"}
    assert business.parent is not None
    assert known[by_id[business.parent.objective_id].team_id].name == "Marketplace"
    with database.reading() as connection:
        (needed,) = needing.everything(connection)
        names = okrs.key_results_by_ids(connection, [needed.key_result_id, needed.on_id])
    assert names[needed.key_result_id].title == "Traits that tell who may buy again"
    assert names[needed.on_id].title == "A year of orders ready for analysis"
    assert needed.state == "asked"


def test_three_of_the_ten_goals_stay_private(database: Database) -> None:
    moved_in(database, "ten_goals")
    _, found = kept(database)
    with database.reading() as connection:
        everybody = people.everyone(connection)
    owner, other = sorted(everybody, key=lambda one: one.id)
    assert len(found) == 11, "he counts to eleven"
    assert len(public(found)) == 8
    assert len(visible(owner, found)) == 11
    assert len(visible(other, found)) == 8 + sum(other.id in one.readers for one in found)
    assert all(one.personal for one in found)
