"""Whatever a workspace holds is exported, and imported again as it was: into itself and into an empty one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from bot.files.csv_export import write_csv
from bot.files.csv_file import read_csv
from bot.files.export import write_yaml
from bot.files.yaml_file import read_yaml
from bot.okr.outline import Outline, OutlineTeam
from bot.services.files.exporting import export_outline
from bot.services.files.importing import NOTHING, import_outline
from bot.storage.engine import Database, open_database
from tests.services.okr_imports import everything
from tests.services.teebee import at
from tests.services.workspaces import AnyDirectory, workspaces

QUIETLY = settings(
    suppress_health_check=list(HealthCheck),
    max_examples=12,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # making such a workspace smaller takes minutes
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> tuple[Path, Path]:
    return migrated_sqlite, tmp_path_factory.mktemp("room")


@contextmanager
def empty_database(room: tuple[Path, Path], name: str) -> Iterator[Database]:
    template, folder = room
    path = folder / f"{name}.db"
    for old in folder.glob(f"{name}.db*"):
        old.unlink()
    path.write_bytes(template.read_bytes())
    database = open_database(f"sqlite:///{path}")
    try:
        yield database
    finally:
        database.close()


def take(database: Database, outline: Outline) -> tuple[str, ...]:
    return import_outline(database, AnyDirectory(), outline, now=at(9)).lines


def exported(database: Database) -> Outline:
    return export_outline(database, everything=True)


def without_ids(outline: Outline) -> Outline:
    def bare(team: OutlineTeam) -> OutlineTeam:
        return replace(
            team,
            objectives=tuple(
                replace(one, id=None, key_results=tuple(replace(each, id=None) for each in one.key_results))
                for one in team.objectives
            ),
        )

    return replace(outline, teams=tuple(bare(team) for team in outline.teams))


@given(workspaces())
@QUIETLY
def test_a_file_of_everything_says_it_all_again(room: tuple[Path, Path], said: Outline) -> None:
    with empty_database(room, "one") as one, empty_database(room, "other") as other:
        take(one, said)
        first = exported(one)
        written = write_yaml(first)
        assert read_yaml(written) == first
        before = everything(one)
        assert take(one, read_yaml(written)) == (NOTHING,)
        assert take(one, first) == (NOTHING,), "nor does what is left out take anything away"
        assert everything(one) == before
        take(other, read_yaml(write_yaml(without_ids(first))))
        assert without_ids(exported(other)) == without_ids(first)


@given(workspaces())
@QUIETLY
def test_so_does_a_table_of_everything(room: tuple[Path, Path], said: Outline) -> None:
    with empty_database(room, "one") as one:
        take(one, said)
        before = everything(one)
        assert take(one, read_csv(write_csv(exported(one)))) == (NOTHING,)
        assert everything(one) == before
