"""How somebody has answered: on time, late or not at all; and when their lead is told, once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.okr.figures import percent
from bot.okr.model import OwedState, RoundState
from bot.okr.rounds import is_on_time

TOLD_AT = 2
"""So many missed rounds in a row; what follows without an answer between is not told again."""
LOOKED_BACK = 12
"""So many check-ins does a person see of theirs."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One key result asked in one check-in, judged: its digest was due."""

    check_in_id: int
    state: OwedState
    answered_at: datetime | None
    digest_at: datetime
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class Attendance:
    on_time: int = 0
    late: int = 0
    missed: int = 0

    @property
    def all(self) -> int:
        return self.on_time + self.late + self.missed


def attendance(asked: Iterable[Asked]) -> Attendance:
    """Of the last check-ins, `asked` the newest first; one is as its worst key result. Those that passed the
    person by do not count, nor do those that they can still answer."""
    by_check_in: dict[int, list[Asked]] = {}
    for one in asked:
        if one.state is not OwedState.AWAY:
            by_check_in.setdefault(one.check_in_id, []).append(one)
    counted = [rows for rows in by_check_in.values() if OwedState.WAITING not in {row.state for row in rows}]
    found = [_judged(rows) for rows in counted[:LOOKED_BACK]]
    return Attendance(found.count("on time"), found.count("late"), found.count("missed"))


@dataclass(frozen=True, slots=True)
class TeamRecord:
    """How a team has answered lately, all together."""

    rounds: int
    """So many of its last ones, in which anybody was asked."""
    response: int
    """Percent of those asked who answered all that they owed, late or not; over these rounds."""
    run: int
    """So many weeks with a digest in a row, up to the last one whose time has come."""


def team_record(rounds: Sequence[tuple[RoundState, Mapping[int, set[OwedState]]]]) -> TeamRecord | None:
    """`rounds` are the team's, the newest first, with what became of what each person owed; None where
    no digest was due yet."""
    judged = [(state, owed) for state, owed in rounds if state is not RoundState.OPEN]
    run = next((n for n, (state, _) in enumerate(judged) if state is RoundState.SKIPPED), len(judged))
    asked = [[states for states in owed.values() if states != {OwedState.AWAY}] for _, owed in judged]
    asked = [people for people in asked if people][:LOOKED_BACK]
    everybody = [states for people in asked for states in people]
    if not everybody:
        return None
    answered = sum(not states & {OwedState.WAITING, OwedState.MISSED} for states in everybody)
    return TeamRecord(len(asked), percent(answered / len(everybody)), run)


def is_told(weeks: Iterable[Iterable[OwedState]]) -> bool:
    """Whether a person's lead is told now: `weeks` are what their rounds became, the newest first."""
    run = 0
    for states in weeks:
        said = set(states)
        if said == {OwedState.AWAY}:
            continue
        if OwedState.MISSED not in said:
            break
        run += 1
    return run == TOLD_AT


def _judged(rows: Sequence[Asked]) -> str:
    if any(row.state is OwedState.MISSED for row in rows):
        return "missed"
    in_time = all(
        row.answered_at is not None
        and is_on_time(row.answered_at, digest_at=row.digest_at, answer_by=row.answer_by)
        for row in rows
    )
    return "on time" if in_time else "late"
