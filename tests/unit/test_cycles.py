"""Which cycle comes next, and what cannot be one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.model import Cycle
from bot.okr.writing.cycles import NoCycle, Odd, odd, overlap, problems, proposed, quarter

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
Q4 = Cycle(1, "2026 Q4", date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("today", "taken", "name"),
    [
        (date(2026, 11, 20), [Q4], "2027 Q1"),
        (date(2026, 11, 20), [], "2027 Q1"),  # this one is half over
        (date(2026, 10, 20), [], "2026 Q4"),  # young, and nothing is in it
        (date(2026, 10, 20), [Q4], "2027 Q1"),
        (date(2026, 11, 20), [Cycle(2, "Long", date(2026, 7, 1), date(2027, 3, 31))], "2027 Q2"),
        (date(2026, 11, 20), [Cycle(2, "Odd", date(2026, 7, 1), date(2027, 1, 15))], "2027 Q2"),
        (date(2026, 12, 31), [Q4], "2027 Q1"),
    ],
)
def test_the_next_quarter_in_which_nothing_is_is_proposed(today: date, taken: list[Cycle], name: str) -> None:
    assert proposed(today, taken).name == name


@pytest.mark.parametrize(
    ("name", "starts", "ends", "found"),
    [
        ("2027 Q1", date(2027, 1, 1), date(2027, 3, 31), ()),
        ("One day", date(2027, 1, 1), date(2027, 1, 1), ()),
        ("Today is its last", date(2026, 10, 1), date(2026, 11, 20), ()),
        (" ", date(2027, 3, 31), date(2027, 1, 1), (NoCycle.NO_NAME, NoCycle.ENDS_FIRST)),
        ("x" * 61, date(2027, 1, 1), date(2027, 3, 31), (NoCycle.NAME_TOO_LONG,)),
        ("Yesterday was its last", date(2026, 10, 1), date(2026, 11, 19), (NoCycle.OVER,)),
    ],
)
def test_what_cannot_be_a_cycle(name: str, starts: date, ends: date, found: tuple[NoCycle, ...]) -> None:
    assert problems(Cycle(0, name, starts, ends), date(2026, 11, 20)) == found


@pytest.mark.parametrize(
    ("starts", "ends", "found"),
    [
        (date(2027, 1, 1), date(2027, 3, 31), ()),
        (date(2027, 1, 1), date(2027, 12, 31), ()),
        (date(2027, 1, 1), date(2027, 1, 1), (Odd.SHORT,)),
        (date(2027, 1, 1), date(2027, 1, 14), ()),
        (date(2027, 1, 1), date(2029, 12, 31), (Odd.LONG,)),
        (date(2026, 10, 1), date(2026, 12, 31), (Odd.BEGUN,)),
        (date(2026, 11, 1), date(2026, 12, 31), ()),
        (date(2037, 1, 1), date(2037, 3, 31), (Odd.FAR,)),
    ],
)
def test_what_is_asked_about(starts: date, ends: date, found: tuple[Odd, ...]) -> None:
    assert odd(Cycle(0, "x", starts, ends), date(2026, 11, 20)) == found


@given(DAYS)
def test_each_day_is_in_its_quarter_and_the_next_one_follows_without_a_gap(day: date) -> None:
    now = quarter(day)
    following = quarter(now.ends + timedelta(days=1))
    assert now.starts <= day <= now.ends
    assert following.starts == now.ends + timedelta(days=1)
    assert now.name != following.name


@given(DAYS, st.lists(st.tuples(DAYS, st.integers(0, 500)), max_size=5))
def test_what_is_proposed_never_overlaps_what_is_there(today: date, spans: list[tuple[date, int]]) -> None:
    taken = [Cycle(1, "x", first, first + timedelta(days=days)) for first, days in spans]
    new = proposed(today, taken)
    assert not any(overlap(new, one) for one in taken)
    assert new.ends >= today


@given(st.tuples(DAYS, DAYS), st.tuples(DAYS, DAYS))
def test_two_cycles_overlap_where_a_day_is_in_both(one: tuple[date, date], other: tuple[date, date]) -> None:
    first, second = (Cycle(0, "x", *sorted(days)) for days in (one, other))
    latest_start, earliest_end = max(first.starts, second.starts), min(first.ends, second.ends)
    assert overlap(first, second) == overlap(second, first) == (latest_start <= earliest_end)
