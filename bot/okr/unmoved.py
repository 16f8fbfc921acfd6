"""Key results that stay as they are: after some check-ins without a change their owner is asked, gently."""

from collections.abc import Sequence

from bot.okr.defaults import NEW_CONFIDENCE, UNMOVED_ASKED
from bot.okr.measures import Keep, Measure, begins_at
from bot.okr.model import Update


def check_ins(history: Sequence[Update], measure: Measure, began_with: int = NEW_CONFIDENCE) -> int:
    """How many of the last check-ins running changed neither value nor confidence, which was `began_with`;
    `history` is one update a check-in, the oldest first. A state that is kept should not move."""
    if isinstance(measure, Keep):
        return 0
    standings = [(begins_at(measure), began_with), *((one.value, one.confidence) for one in history)]
    running = 0
    while running < len(history) and standings[-1 - running] == standings[-2 - running]:
        running += 1
    return running


def asks(running: int, drove: str) -> bool:
    """Whether to ask what would move it: every third check-in without a change, unless its owner says so
    already."""
    return running > 0 and running % UNMOVED_ASKED == 0 and not drove.strip()
