"""Answers of any length stand on pages: nothing is lost, everything fits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack import ids
from bot.slack.blocks.pages import Asked, Pages, page_of, shared_page, split
from bot.slack.richtext import line
from tests.slack.looked_up import all_pages
from tests.slack.samples import button_texts, check, said


def paragraph(title: str, lines: int, length: int = 100) -> list:  # type: ignore[type-arg]
    return [line(title), *(line(f"{title}.{number} ".ljust(length, "x")) for number in range(lines))]


def test_a_paragraph_that_is_cut_begins_with_its_title_again() -> None:
    first, second = all_pages(Pages(("Head",), (paragraph("A", 50),)))
    assert said(first).startswith("Head\nA\nA.0 ")
    assert said(second).startswith("Head\nA\nA.")
    assert said(first).count("A.0 ") + said(second).count("A.0 ") == 1


def test_a_title_does_not_stand_alone_at_the_end_of_a_page() -> None:
    pages = all_pages(Pages(("Head",), tuple(paragraph(f"T{number}", 3) for number in range(20))))
    assert len(pages) > 1
    for page in pages:
        assert not said(page).split("\n")[-2].startswith("T") or "." in said(page).split("\n")[-2]


def test_what_comes_first_and_last_comes_once() -> None:
    pages = all_pages(
        Pages(("Head",), (paragraph("A", 60),), first=([line("first")],), last=([line("last")],))
    )
    assert [said(one).count("first") for one in pages] == [1, *[0] * (len(pages) - 1)]
    assert [said(one).count("last") for one in pages] == [*[0] * (len(pages) - 1), 1]


def test_a_first_page_may_be_full_of_other_things() -> None:
    full = [line("y" * 1240) for _ in range(3)]
    first, second = all_pages(Pages(("Head",), (paragraph("A", 5),), first=(full,)))
    assert "A.0" not in said(first)
    assert "A.4" in said(second)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 70), max_size=30), st.integers(5, 700))
def test_no_line_is_lost_and_every_page_fits(lengths: list[int], length: int) -> None:
    body = tuple(paragraph(f"P{number}", lines, length) for number, lines in enumerate(lengths))
    pages = Pages(("Head",), body)
    everything = [one for page in split(pages) for part in page for one in part]
    for each in body:
        for one in each[1:]:
            assert everything.count(one) == 1
        assert each[0] in everything
    for page in all_pages(pages):
        check(page)


@pytest.mark.parametrize("number", [0, 1, 7, 10**9])
def test_a_page_beyond_the_last_is_the_last(number: int) -> None:
    pages = Pages(("Head",), (paragraph("A", 50),))
    assert ("A.49" in said(page_of(pages, number))) is (number > 0)
    assert ("A.49" in said(shared_page(pages, number, "Jack")[0])) is (number > 0)


def test_buttons_carry_the_words_and_the_page() -> None:
    pages = Pages(("Head",), (paragraph("A", 50),))
    shown = page_of(pages, 0, Asked("team TeeBee", may_share=True))
    row = shown.blocks[-1]
    assert button_texts(shown) == ["More", "Share"]
    assert [ids.read_page_value(one["value"]) for one in row["elements"]] == [
        (1, "team TeeBee"),
        (0, "team TeeBee"),
    ]


@pytest.mark.parametrize("value", [None, "", "x", "team", "-1 team", "99999999999 team", 7])
def test_what_no_button_of_ours_carries_means_nothing(value: object) -> None:
    assert ids.read_page_value(value) == (0, "")


def test_long_words_are_cut_in_a_button() -> None:
    assert len(ids.page_value(3, "x" * 4000)) < 600
