from pathlib import Path

import pytest

import bot.demo
from bot.files.marked import BadFile
from bot.files.okr_file import LARGEST, decode, read_okr_file
from bot.okr.measures import Move
from bot.okr.outline import NOWHERE, Place, Trouble
from tests.unit.okr_files import GOOD


def test_the_sample_is_teebees_okrs() -> None:
    outline = read_okr_file(Path(bot.demo.__path__[0]) / "teebee.yaml")
    (team,) = outline.teams
    key_results = [each for objective in team.objectives for each in objective.key_results]
    assert (outline.zone, team.leads, team.members, team.observers) == (
        "Asia/Shanghai",
        ("hannah",),
        ("jack",),
        ("jim",),
    )
    assert [(each.measure, each.owner) for each in key_results] == [
        (Move(40, 70), "hannah"),
        (Move(5, 50), "hannah"),
        (Move(120_000, 250_000), "hannah"),
        (Move(30, 80), "jack"),
        (Move(6, 8), "jack"),
        (Move(40, 20), "jack"),
    ]
    assert all(each.current is None for each in key_results)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x" * (LARGEST + 1), "teebee.yaml: the file is larger than 5,000 kB"),
        ("a: b".encode("utf-16"), "teebee.yaml: the file is in UTF-16; save it as UTF-8"),
        ("a: b\nc: Caf\u00e9\n".encode("latin-1"), "line 2: there is a character that is not UTF-8"),
        (b"PK\x03\x04abc", "teebee.yaml: this is a spreadsheet"),
        (b"\x7fELF\x00\x00", "teebee.yaml: this is not a text file"),
    ],
)
def test_bytes_that_are_no_utf_8_are_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        decode(content, "teebee.yaml")


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode("\ufeffa: b".encode(), "teebee.yaml") == "a: b"


def test_files_are_read_by_their_name_or_else_their_first_line(tmp_path: Path) -> None:
    table = (
        "team,channel,lead,objective,objective owner,key result,owner,start,target,cycle,starts,ends\n"
        "T,#t,a@b,O,a@b,K,a@b,1,2,Q,2026-10-01,2026-12-31\n"
    )
    for name, text, team in [
        ("a.yaml", "\ufeff" + GOOD, "TeeBee"),
        ("b.YML", GOOD, "TeeBee"),
        ("c.csv", table, "T"),
        ("d.tsv", table.replace(",", "\t"), "T"),
        ("e.txt", table, "T"),
        ("f", GOOD, "TeeBee"),
    ]:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        assert read_okr_file(path).teams[0].name == team


def test_a_path_without_a_readable_file_is_said_in_words(tmp_path: Path) -> None:
    for path, said in [
        (tmp_path / "none.yaml", "there is no such file"),
        (tmp_path, "this is a folder"),
        (tmp_path / ("x" * 300), "the file cannot be read: File name too long"),
    ]:
        with pytest.raises(BadFile, match=said):
            read_okr_file(path)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (NOWHERE, "sad"),
        (Place(3), "line 3: sad"),
        (Place(None, "x"), "x: sad"),
        (Place(3, "x", "row"), "row 3, x: sad"),
    ],
)
def test_a_trouble_is_a_sentence(place: Place, said: str) -> None:
    assert str(Trouble(place, "sad")) == said
