"""Refused imports: every mistake at once, nothing written; and what an import leaves for people to do."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.practice import PracticeSlack
from tests.e2e.okra_cli import SAMPLE, Cli, changed_sample

HEAD = """\
people:
  hannah: {email: nobody@teebee.example}
cycle: {name: 2026 Q4, starts: 2026-10-01, ends: 2026-12-31}
teams:
  - name: TeeBee
    channel: "#nope"
    leads: [hannah]
    objectives:
      - title: Prove our tea
        owner: hannah
        key_results:
          - {title: Sales, owner: hannah, start: 7, target: 7}
"""


def _owner_of_database(okra: Cli) -> str | None:
    """The Slack workspace to which the database belongs."""
    with closing(sqlite3.connect(Path(okra.env["OKRA_DATA_DIR"]) / "okra.db")) as connection:
        (found,) = connection.execute("SELECT slack_team_id FROM workspaces").fetchone()
    return found if found is None else str(found)


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_mistakes_in_the_file_and_those_that_slack_knows_of_come_together(
    okra: Cli, tmp_path: Path, options: tuple[str, ...]
) -> None:
    path = tmp_path / "okrs.yaml"
    path.write_text(HEAD, encoding="utf-8")
    result = okra.imports(path, *options)
    assert result.exit_code == 1
    *mistakes, last = [line.removeprefix(f"{path}: ") for line in result.stderr.splitlines()]
    assert [one.split(",")[0] for one in mistakes] == ["line 2", "line 6", "line 12"]
    assert ["nobody@teebee.example" in mistakes[0], "#nope" in mistakes[1], "both 7" in mistakes[2]] == [
        True
    ] * 3
    assert last == "Nothing was imported."
    assert not Path(okra.env["OKRA_DATA_DIR"]).exists()


def test_a_refused_import_leaves_the_database_to_no_workspace(
    okra: Cli, slack: PracticeSlack, tmp_path: Path
) -> None:
    people = {name: {"email": f"{name}@elsewhere.example"} for name in ("hannah", "jack", "jim")}
    assert okra.imports(changed_sample(tmp_path, people=people)).exit_code == 1
    assert _owner_of_database(okra) is None
    assert okra.imports(SAMPLE).exit_code == 0
    assert _owner_of_database(okra) == slack.team_id


def test_a_team_whose_channel_is_without_the_bot_is_told_to_invite_it(
    okra: Cli, slack: PracticeSlack, tmp_path: Path
) -> None:
    slack.add_channel("secret", bot_is_member=False)
    path = tmp_path / "okrs.yaml"
    path.write_text(SAMPLE.read_text(encoding="utf-8").replace("#okrs", "#secret"), encoding="utf-8")
    result = okra.imports(path)
    assert result.exit_code == 0, result.output
    assert "the bot is not in #secret yet: /invite it there\n" in result.output
