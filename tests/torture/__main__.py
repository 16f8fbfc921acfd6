"""`python -m tests.torture --kills N`: prints one line, and exits 1 unless nothing was lost or doubled."""

import signal
import sys
from collections.abc import Sequence

from tests.torture.options import parse
from tests.torture.run import torture

SHOWN = 20
INTERRUPTED, STOPPED = 130, 143


def main(words: Sequence[str]) -> int:
    options = parse(words)
    signal.signal(signal.SIGTERM, _stop)
    try:
        result = torture(options)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return INTERRUPTED
    for finding in result.findings[:SHOWN]:
        sys.stderr.write(f"{finding}\n")
    if len(result.findings) > SHOWN:
        sys.stderr.write(f"… and {len(result.findings) - SHOWN} more\n")
    sys.stdout.write(f"{result}\n")
    return 1 if result.findings else 0


def _stop(*_: object) -> None:
    """Everything is cleaned up, however often we are told to stop."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(STOPPED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
