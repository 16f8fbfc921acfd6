"""Which key result a person means."""

import pytest

from bot.okr.history import matching

KNOWN = [(1, "Renewed online"), (2, "Renewed online by phone"), (3, "Phone calls"), (10, "Größe der Straße")]


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        ("1", {1}),
        ("kr3", {3}),
        ("KR 03", {3}),
        ("10", {10}),
        ("4", set()),
        ("0", set()),
        ("²", set()),
        ("phone", {2, 3}),
        ("calls PHONE", {3}),
        ("renewed online", {1}),
        ("  renewed   online ", {1}),
        ("GRÖSSE", {10}),
        ("nothing like it", set()),
    ],
)
def test_by_number_or_by_words(which: str, expected: set[int]) -> None:
    assert matching(which, KNOWN) == expected
