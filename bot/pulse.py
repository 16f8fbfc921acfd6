"""The sign of life that `okra run` leaves in the data folder at each heartbeat, and `okra healthy` reads."""

import time
from pathlib import Path

MISSED_BEATS = 3
"""So many in a row may be missing before the process counts as stuck."""
_NAME = "heartbeat"


def leave(folder: Path) -> None:
    """Raises OSError where the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _NAME).touch()


def age(folder: Path) -> float | None:
    """Seconds of real time since the last heartbeat; None if there was none."""
    try:
        return time.time() - (folder / _NAME).stat().st_mtime
    except OSError:
        return None


def is_beating(folder: Path, heartbeat_seconds: float) -> bool:
    seconds = age(folder)
    return seconds is not None and seconds <= MISSED_BEATS * heartbeat_seconds
