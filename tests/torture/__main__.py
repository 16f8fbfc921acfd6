"""`python -m tests.torture --kills N`: prints one line, and exits 1 unless nothing was lost or doubled."""

import sys
from collections.abc import Sequence

from tests.torture.options import parse
from tests.torture.run import torture

SHOWN = 20


def main(words: Sequence[str]) -> int:
    result = torture(parse(words))
    for finding in result.findings[:SHOWN]:
        sys.stderr.write(f"{finding}\n")
    if len(result.findings) > SHOWN:
        sys.stderr.write(f"… and {len(result.findings) - SHOWN} more\n")
    sys.stdout.write(f"{result}\n")
    return 1 if result.findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
