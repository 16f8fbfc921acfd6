"""Doctor's findings as text: the level is a word, its colour only helps."""

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from bot.doctor.finding import Finding, Level

_STYLES = {Level.OK: "green", Level.WARNING: "yellow", Level.PROBLEM: "bold red"}
_WIDTH = max(len(level) for level in Level) + 2


def show(findings: Iterable[Finding], console: Console) -> bool:
    """Prints each as it comes, and a summary; whether all is free of problems."""
    seen: Counter[Level] = Counter()
    for one in findings:
        seen[one.level] += 1
        _print(console, Text(f"{one.level:{_WIDTH}}", _STYLES[one.level]) + Text(one.says))
        if one.fix:
            _print(console, Text(f"{'':{_WIDTH}}Fix: {one.fix}"))
    _print(
        console,
        Text(f"\n{_count(seen[Level.PROBLEM], 'problem')}, {_count(seen[Level.WARNING], 'warning')}."),
    )
    return not seen[Level.PROBLEM]


def _print(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=True)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
