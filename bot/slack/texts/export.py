"""What is said when somebody has their team's files sent."""

from collections.abc import Sequence
from typing import Final

COMING: Final = (
    "The files of {team} come into your direct messages with me: its OKRs, and what was said of them week by "
    "week as a table."
)
TITLES: Final = {"yaml": "{team}: OKRs on {day}.yaml", "csv": "{team}: check-ins until {day}.csv"}
WORDS: Final = (
    "OKRs of {team} as a file, and what was said of them as a table. What is private and not for you to see "
    "is in neither."
)
NOT_SENT: Final = (
    "I could not send you the files of {team}: {why}. Once that is mended, /okr export tries again."
)
NO_TEAMS: Final = "There is no team yet whose files I could send."


def which_team(name: str, known: Sequence[str]) -> str:
    """There is none of that name, or none was named."""
    if not known:
        return NO_TEAMS
    which = f"There is no team “{name}”." if name else "Which team’s files?"
    return f"{which} Write /okr export and one of: {', '.join(known)}"
