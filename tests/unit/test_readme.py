"""What README says of OKR files is what Okra takes."""

import re
from pathlib import Path

from bot.files.okr_file import read_okr_file
from bot.okr.measures import Move

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
CELLS = {
    "team": "TeeBee",
    "channel": "#okrs",
    "leads": "hannah@teebee.example",
    "members": "jack@teebee.example",
    "objective": "Prove our tea",
    "objective_owner": "hannah@teebee.example",
    "kind": "committed",
    "key_result": "Customers who renew",
    "owner": "jack@teebee.example",
    "delegate": "hannah@teebee.example",
    "start": "40",
    "target": "70",
    "unit": "%",
    "current": "55",
    "cycle": "2026 Q4",
    "starts": "2026-10-01",
    "ends": "2026-12-31",
}


def test_readmes_okr_file_is_taken(tmp_path: Path) -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    file = tmp_path / "okrs.yaml"
    file.write_text(block, "utf-8")
    (team,) = read_okr_file(file).teams
    (objective,) = team.objectives
    (key_result,) = objective.key_results
    assert (team.name, key_result.title, key_result.current) == ("TeeBee", "Customers who renew", 55)


def test_readmes_columns_are_taken(tmp_path: Path) -> None:
    (columns,) = re.findall(r"a row for each key result: `([^`]+)`", README)
    header = columns.split(", ")
    file = tmp_path / "okrs.csv"
    file.write_text(f"{','.join(header)}\n{','.join(CELLS[one] for one in header)}\n", "utf-8")
    (team,) = read_okr_file(file).teams
    (objective,) = team.objectives
    (key_result,) = objective.key_results
    assert (objective.owner, key_result.owner) == ("hannah@teebee.example", "jack@teebee.example")
    assert key_result.delegate == "hannah@teebee.example"
    assert (key_result.measure, key_result.current) == (Move(40, 70), 55)
