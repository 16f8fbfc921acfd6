"""What has changed in a digest since it was posted, against what it showed then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.okr.model import KeyResult, Owed, OwedState, Update


@dataclass(frozen=True, slots=True)
class Shown:
    """One key result's last update as the digest had it."""

    key_result_id: int
    date: date
    revision: int
    value: float
    confidence: int
    answered: bool
    """Whether it had been answered in that round."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    at: datetime
    shown: tuple[Shown, ...]
    """Key results without any update are left out."""
    answered: tuple[int, ...]
    """Ids of the people who had answered everything they owed."""


@dataclass(frozen=True, slots=True)
class Moved:
    key_result: KeyResult
    before: tuple[float, int] | None
    """Value and confidence; None: there was no update."""
    now: tuple[float, int]


@dataclass(frozen=True, slots=True)
class Since:
    """Never both empty."""

    at: datetime
    """In the team's zone."""
    answered: tuple[str, ...]
    """Names of those who have answered since."""
    moved: tuple[Moved, ...]


def snapshot(
    at: datetime, history: Mapping[int, Sequence[Update]], owed: Iterable[Owed], answered: Iterable[int]
) -> Snapshot:
    """`history` are all updates up to the round's date by key result, in the order of their dates."""
    in_the_round = {row.key_result_id for row in owed if row.state is OwedState.ANSWERED}
    latest = (said[-1] for said in history.values() if said)
    shown = (
        Shown(
            *(one.key_result_id, one.date, one.revision, one.value, one.confidence),
            one.key_result_id in in_the_round,
        )
        for one in latest
    )
    return Snapshot(at, tuple(shown), tuple(answered))


def edited(before: Snapshot | None, latest: Update | None) -> bool:
    """Whether an answer that the digest had shown was changed afterwards."""
    if before is None or latest is None:
        return False
    shown = _shown(before, latest.key_result_id)
    if shown is None or not shown.answered:
        return False
    return (shown.date, shown.revision) != (latest.date, latest.revision)


def moved(
    before: Snapshot, key_results: Iterable[KeyResult], latest: Mapping[int, Update]
) -> tuple[Moved, ...]:
    """Those whose value or confidence is another one, in that order."""
    found = []
    for key_result in key_results:
        if key_result.id in latest:
            update, shown = latest[key_result.id], _shown(before, key_result.id)
            now = (update.value, update.confidence)
            then = None if shown is None else (shown.value, shown.confidence)
            if now != then:
                found.append(Moved(key_result, then, now))
    return tuple(found)


def _shown(before: Snapshot, key_result_id: int) -> Shown | None:
    return next((one for one in before.shown if one.key_result_id == key_result_id), None)
