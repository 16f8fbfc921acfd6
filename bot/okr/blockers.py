"""What becomes of a blocker that somebody else is to clear (docs/method.md, "Blockers")."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.okr.model import Blocker, Clearing, ClearingOutcome, Update


def said_of(update: Update | None, clearings: Iterable[Clearing]) -> Clearing | None:
    """What the person named in an update's blocker said of it; None: nothing, or nobody is named."""
    if update is None or update.blocker is None or update.blocker.owner_id is None:
        return None
    named = (update.date, update.blocker.owner_id)
    return next((one for one in clearings if (one.date, one.person_id) == named), None)


def waits_for(update: Update | None, clearings: Iterable[Clearing], owner_id: int) -> int | None:
    """Whom a key result waits for, by its newest update; None: nobody, its owner, or they have answered."""
    if update is None or update.blocker is None or said_of(update, clearings):
        return None
    named = update.blocker.owner_id
    return None if named == owner_id else named


def still_in_the_way(update: Update | None, clearings: Iterable[Clearing], on: date) -> Blocker | None:
    """The blocker as the check-in of day `on` starts with it.

    One that was cleared since an earlier check-in is not in the way any more; this check-in's own stays, as
    it was said. One that was not theirs is nobody's until somebody is named.
    """
    blocker = update.blocker if update else None
    clearing = said_of(update, clearings)
    if update is None or blocker is None or clearing is None:
        return blocker
    if clearing.outcome is ClearingOutcome.NOT_MINE:
        return replace(blocker, owner_id=None)
    return blocker if update.date == on else None
