"""What somebody may have meant who typed a command wrongly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.finding.nearest import distance, nearest

KNOWN = (
    *("team", "company", "at risk", "waiting", "history", "last quarter", "last cycle", "search", "help"),
    *("away", "pause", "resume", "settings", "digest", "new", "start", "setup", "tree", "needs"),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("histroy", [("history", "")]),
        ("HISTROY 2", [("history", "2")]),
        ("tema TeeBee Europe", [("team", "TeeBee Europe")]),
        ("atrisk", [("at risk", "")]),
        ("at rsik Logistics", [("at risk", "Logistics")]),
        ("wating", [("waiting", "")]),
        ("hlep", [("help", "")]),
        ("hist phone calls", [("history", "phone calls")]),
        ("lastquarter", [("last quarter", "")]),
        ("last", [("last quarter", ""), ("last cycle", "")]),
        ("pause now", [("pause", "now")]),
        ("nwe", [("new", "")]),
        ("serach tea", [("search", "tea")]),
        ("nonsense", []),
        ("dashboard", []),
        ("x", []),
        ("", []),
        ("<!channel> @here", []),
        ("قيمة 🍵", []),
        ("x" * 3000, []),
    ],
)
def test_the_nearest_command_and_what_was_typed_behind_it(typed: str, meant: list[tuple[str, str]]) -> None:
    assert sorted(nearest(typed, KNOWN)) == sorted(meant)


@pytest.mark.parametrize("words", KNOWN)
def test_what_is_typed_rightly_is_meant(words: str) -> None:
    assert (words, "") in nearest(words, KNOWN)


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [("team", "team", 0), ("tema", "team", 1), ("wating", "waiting", 1), ("", "ab", 2), ("abc", "cab", 2)],
)
def test_letters_are_put_in_taken_out_replaced_or_swapped(one: str, other: str, letters: int) -> None:
    assert distance(one, other, 5) == letters


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 9))
def test_the_distance_is_the_same_both_ways_and_never_more_than_asked_for(
    one: str, other: str, most: int
) -> None:
    found = distance(one, other, most)
    assert found == distance(other, one, most)
    assert found == min(distance(one, other, 99), most + 1)
    assert (found == 0) == (one == other)
