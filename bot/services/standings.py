"""What okr.health needs to know of the past rounds: how long a key result has been silent, who is away."""

from collections.abc import Iterable

from bot.okr.model import OwedState, RoundState
from bot.storage import owing
from bot.storage.engine import Connection

JUDGED = (RoundState.DIGESTED, RoundState.CLOSED)
"""The states of rounds in which silence counts: their digest was due."""


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
