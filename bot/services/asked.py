"""What a person is asked in a check-in, as they know it: numbered, with the last known figures."""

from collections.abc import Sequence

from bot.okr.defaults import NEW_CONFIDENCE
from bot.okr.model import CheckIn, KeyResult, Owed, OwedState, RoundState, Update
from bot.okr.views import AskedKeyResult
from bot.storage import okrs, people, rounds, updates
from bot.storage.engine import Connection


def is_open(connection: Connection, check_in: CheckIn) -> bool:
    """Whether it can still be answered: until the next round of every one of its teams has opened."""
    states = {one.state for one in rounds.of_check_in(connection, check_in.id)}
    return bool(states & {RoundState.OPEN, RoundState.DIGESTED})


def load(connection: Connection, check_in: CheckIn) -> tuple[AskedKeyResult, ...]:
    """All of it, answered or not; what was dropped or handed over meanwhile is not asked any more."""
    owed = rounds.owed_in_check_in(connection, check_in.id)
    known = okrs.key_results_by_ids(connection, [row.key_result_id for row in owed])
    history = updates.of_key_results(connection, known)
    return tuple(
        _asked(connection, check_in, row, known[row.key_result_id], history[row.key_result_id])
        for row in owed
        if not known[row.key_result_id].dropped and known[row.key_result_id].owner_id == check_in.person_id
    )


def waiting(asked: Sequence[AskedKeyResult]) -> tuple[AskedKeyResult, ...]:
    return tuple(one for one in asked if not one.answered)


def _asked(
    connection: Connection, check_in: CheckIn, row: Owed, key_result: KeyResult, history: Sequence[Update]
) -> AskedKeyResult:
    latest = history[-1] if history else None
    earlier = [one for one in history if one.date < check_in.date]
    before = earlier[-1] if earlier else None
    said_now = latest is not None and latest.date == check_in.date
    blocker = latest.blocker if latest else None
    return AskedKeyResult(
        key_result_id=key_result.id,
        number=row.number,
        title=key_result.title,
        unit=key_result.unit,
        start=key_result.start,
        target=key_result.target,
        value=latest.value if latest else key_result.start,
        confidence=latest.confidence if latest else NEW_CONFIDENCE,
        answered=row.state is OwedState.ANSWERED,
        value_before=before.value if before else None,
        confidence_before=before.confidence if before else None,
        drove=latest.drove if latest and said_now else "",
        blocker=blocker,
        blocker_slack_id=_slack_id(connection, blocker.owner_id) if blocker else None,
    )


def _slack_id(connection: Connection, person_id: int | None) -> str | None:
    return None if person_id is None else people.by_ids(connection, [person_id])[person_id].slack_id
