"""`okra demo` as a process of its own, in a home of its own."""

import os
import subprocess
import sys
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


def play(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`okra demo --play` until its end, without a terminal; settings that make no sense are not its business."""
    return subprocess.run(
        [sys.executable, "-c", START, "demo", "--play", *options],
        env=environment(home) | {"OKRA_SENDER_THREADS": "nonsense", "DATABASE_URL": "nonsense"},
        cwd=home,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
