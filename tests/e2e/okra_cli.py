"""The command line as people use it: TeeBee's OKR file, an environment, and what a command said."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import time_machine
import yaml
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.practice import PracticeSlack

WEDNESDAY = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
FRIDAY_AT_TEN = "2026-11-20T10:00:00+08:00"
FRIDAY_DIGEST = "2026-11-20T16:30:00+08:00"
SAMPLE = Path(__file__).parents[2] / "bot/demo/teebee.yaml"


@dataclass
class Cli:
    """`okra …` in an environment of its own and a folder of its own."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(one) for one in arguments], env=self.env)

    def process(self, *arguments: str) -> "subprocess.Popen[str]":
        """The same as a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-c", "from bot.cli import main; main()", *arguments],
            cwd=self.folder,
            env={**os.environ, **self.env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def imports(self, *arguments: str | Path) -> Result:
        """`okra import` on the Wednesday before the Friday."""
        with time_machine.travel(WEDNESDAY):
            return self("import", *arguments)


def cli_for(folder: Path, slack: PracticeSlack, database_url: str = "") -> Cli:
    """Without `database_url`, the database is a file in a data folder that is not there yet."""
    env = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.url,
        "OKRA_DATA_DIR": str(folder / "data"),
    }
    return Cli(folder, env | ({"DATABASE_URL": database_url} if database_url else {}))


def teebee_moves_in(slack: PracticeSlack) -> None:
    """Hannah, Jack, Jim and #okrs, as the sample names them."""
    people = [
        slack.add_person(name, email=f"{name.lower()}@teebee.example", tz="Asia/Shanghai")
        for name in ("Hannah", "Jack", "Jim")
    ]
    slack.add_channel("okrs", members=people)


def posted(slack: PracticeSlack) -> list[tuple[str, str]]:
    """Where each message went that the bot posted, and its text, in order."""
    sent = [one["payload"] for one in slack.records if one.get("method") == "chat.postMessage"]
    return [(one["channel"], one["text"]) for one in sent]


def changed_sample(folder: Path, **changes: object) -> Path:
    """The sample with other values at the top: `cycle={…}`."""
    content = yaml.safe_load(SAMPLE.read_text(encoding="utf-8")) | changes
    path = folder / "changed.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path
