from datetime import date, timedelta

import pytest

from bot.okr.measures import Move
from bot.okr.model import Update
from bot.okr.unmoved import asks, check_ins


@pytest.mark.parametrize(
    ("said", "running"),
    [
        ([], 0),
        ([(40, 6)], 0),
        ([(40, 5)], 1),
        ([(40, 5), (40, 5), (40, 5)], 3),
        ([(40, 5), (41, 5), (41, 5), (41, 5), (41, 5)], 3),
        ([(41, 5), (41, 6), (41, 6)], 1),
        ([(41, 6), (41, 6), (42, 6)], 0),
    ],
)
def test_check_ins_without_a_change_are_counted_from_the_last_one_back(
    said: list[tuple[float, int]], running: int
) -> None:
    first = date(2026, 10, 2)
    history = [
        Update(1, first + timedelta(weeks=week), value, confidence)
        for week, (value, confidence) in enumerate(said)
    ]
    assert check_ins(history, Move(40, 20)) == running


def test_every_third_asks_what_would_move_it_unless_that_was_said() -> None:
    assert [asks(running, "") for running in range(8)] == [*[False] * 3, True, False, False, True, False]
    assert asks(3, "  ")
    assert not asks(3, "the new carrier will")
