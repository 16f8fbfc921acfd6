"""Where key results stand, and what okr.health needs to know of the past rounds for that: how long one has
been silent, who is away."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.okr.health import Standing, standing
from bot.okr.measures import Keep
from bot.okr.model import Cycle, Objective, OwedState, RoundState
from bot.storage import owing, rounds, updates
from bot.storage.engine import Connection

JUDGED = (RoundState.DIGESTED, RoundState.CLOSED)
"""The states of rounds in which silence counts: their digest was due."""


def of(
    connection: Connection, objectives: Sequence[Objective], cycles: Mapping[int, Cycle], on: date
) -> dict[int, Standing]:
    """Of every key result of these objectives, by its id; `cycles` are theirs, by id."""
    ids = [one.id for objective in objectives for one in objective.key_results]
    history = updates.of_key_results(connection, ids)
    silent = rounds_without(connection, ids)
    absent = away(connection, ids)
    passed = passed_by(connection, objectives)
    return {
        one.id: standing(
            one,
            objective.kind,
            cycles[objective.cycle_id],
            history[one.id],
            on,
            rounds_without=silent.get(one.id, 0),
            away=one.id in absent,
            passed_by=passed.get(one.id, ()),
        )
        for objective in objectives
        for one in objective.key_results
    }


def rounds_without(connection: Connection, key_results: Iterable[int]) -> dict[int, int]:
    """By key result, in how many of its latest digested rounds in a row nobody updated it.

    Rounds that passed the owner by (away) neither count nor end the run; a late answer ends it.
    """
    silent: dict[int, int] = {}
    ended: set[int] = set()
    for row in owing.for_key_results(connection, key_results, states=JUDGED):
        if row.state is OwedState.ANSWERED:
            ended.add(row.key_result_id)
        elif row.state is not OwedState.AWAY and row.key_result_id not in ended:
            silent[row.key_result_id] = silent.get(row.key_result_id, 0) + 1
    return silent


def away(connection: Connection, key_results: Iterable[int]) -> set[int]:
    """Those whose newest round passed their owner by."""
    newest: dict[int, OwedState] = {}
    for row in owing.for_key_results(connection, key_results, states=tuple(RoundState)):
        newest.setdefault(row.key_result_id, row.state)
    return {key_result for key_result, state in newest.items() if state is OwedState.AWAY}


def passed_by(connection: Connection, objectives: Iterable[Objective]) -> dict[int, set[date]]:
    """By key result that keeps a state, the dates of rounds that passed it by: its owner was away, or the bot
    was down."""
    kept = {
        one.id: objective.team_id
        for objective in objectives
        for one in objective.key_results
        if isinstance(one.measure, Keep)
    }
    if not kept:
        return {}
    away = owing.dates_away(connection, kept)
    skipped = rounds.dates_skipped(connection, set(kept.values()))
    return {one: away.get(one, set()) | skipped.get(team, set()) for one, team in kept.items()}
