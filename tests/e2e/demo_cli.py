"""`okra demo` as a process of its own, in a home of its own."""

import os
from pathlib import Path

START = "from bot.cli import main; main()"
ROOT = Path(__file__).parents[2]


def environment(home: Path) -> dict[str, str]:
    """Nobody's settings, and the bot of this checkout."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home),
        "COLUMNS": "80",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
