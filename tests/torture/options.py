"""What can be asked for on the command line."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from tests.torture.bot import Without
from tests.torture.databases import Kind

OWNERS = 200
PATIENCE_SECONDS = 90.0


@dataclass(frozen=True)
class Options:
    """`patience` is how long everything may take to come to rest once nothing goes wrong any more, in
    seconds. `folder` is where everything is kept; without it nothing is."""

    kills: int
    seed: int = 1
    database: Kind = "sqlite"
    replicas: int = 1
    owners: int = OWNERS
    patience: float = PATIENCE_SECONDS
    without: Without = ""
    folder: Path | None = None
    calm: bool = False


def parse(words: Sequence[str]) -> Options:
    """Ends the process with a sentence if the words make no sense."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.torture", description="Plays Fridays while everything goes wrong."
    )
    add = parser.add_argument
    add("--kills", type=int, required=True, metavar="N", help="how many times a bot is killed")
    add("--seed", type=int, default=1, help="another one, another course of events")
    add("--database", choices=get_args(Kind), default="sqlite")
    add("--replicas", type=int, default=1, metavar="R", help="so many bots at once, on PostgreSQL")
    add("--owners", type=int, default=OWNERS, help="how many people have key results")
    add("--patience", type=float, default=PATIENCE_SECONDS, help="seconds to come to rest in the end")
    add("--without", choices=get_args(Without), default="", help="bots that have this switched off")
    add("--calm", action="store_true", help="nothing goes wrong but the kills")
    add("--folder", type=Path, help="keep the database, the logs, what people did and saw there")
    given = parser.parse_args(words)
    if given.replicas > 1 and given.database == "sqlite":
        parser.error("on SQLite there is one bot at a time")
    if given.folder and given.folder.exists() and any(given.folder.iterdir()):
        parser.error(f"there is something in {given.folder} already")
    if given.kills < 0 or given.replicas < 1 or given.owners < 1:
        parser.error("there is at least one bot and one owner")
    return Options(**vars(given))
