"""What becomes of a blocker that somebody else is to clear (docs/method.md, "Blockers")."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from bot.okr.model import Blocker, Clearing, ClearingOutcome, Objective, Person, Update
from bot.okr.rights import may_see


class NotTold(StrEnum):
    """Why somebody who is to clear the way hears nothing of it."""

    GUEST = "guest"
    NO_ACCOUNT = "no account"
    """It was deactivated, or there never was one."""
    PRIVATE = "private"
    """The objective is, and they are not among those who may see it."""


def not_told(named: Person | None, owner_id: int, objective: Objective | None = None) -> NotTold | None:
    """Why the person named in a blocker is not told; None: they are, nobody is named, the key result is
    theirs, or Slack has not told us yet who they are. `objective`: the whole of what it belongs to."""
    if named is None or named.id == owner_id or not named.name:
        return None
    if not named.active:
        return NotTold.NO_ACCOUNT
    if named.guest:
        return NotTold.GUEST
    return NotTold.PRIVATE if objective is not None and not may_see(named, objective) else None


def said_of(update: Update | None, clearings: Iterable[Clearing]) -> Clearing | None:
    """What the person named in an update's blocker said of it; None: nothing, or nobody is named. What they
    said before it became another blocker was said of that one."""
    if update is None or update.blocker is None or update.blocker.owner_id is None:
        return None
    named, since = (update.date, update.blocker.owner_id), update.blocked_since
    of_this = (one for one in clearings if (one.date, one.person_id) == named)
    return next((one for one in of_this if since is None or one.at >= since), None)


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
