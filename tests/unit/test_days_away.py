"""Days away, as people write them: what they mean, what is asked about, and what cannot be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.days.away import Days, NotDays, Why, read_days
from tests.unit.when import day

TODAY = day("Fri 2026-11-20")

MEANT = [
    ("today", "2026-11-20", "2026-11-20"),
    ("Tomorrow", "2026-11-21", "2026-11-21"),
    ("friday", "2026-11-20", "2026-11-20"),
    ("on Monday", "2026-11-23", "2026-11-23"),
    ("until Tue", "2026-11-20", "2026-11-24"),
    ("Thursday to Tuesday", "2026-11-26", "2026-12-01"),
    ("monday - wednesday", "2026-11-23", "2026-11-25"),
    ("this week", "2026-11-20", "2026-11-22"),
    ("next week", "2026-11-23", "2026-11-29"),
    ("until 2 Jan", "2026-11-20", "2027-01-02"),
    ("till the 2nd of January", "2026-11-20", "2027-01-02"),
    ("24 Dec to 2 Jan", "2026-12-24", "2027-01-02"),
    ("from 24 Dec until 2 Jan", "2026-12-24", "2027-01-02"),
    ("24 december–2 january", "2026-12-24", "2027-01-02"),
    ("December 24th - January 2nd", "2026-12-24", "2027-01-02"),
    ("Dec 24, 2026 to Jan 2, 2027", "2026-12-24", "2027-01-02"),
    ("24 Dec 2026 to 2 Jan", "2026-12-24", "2027-01-02"),
    ("24 Dec to 2 Jan 2027", "2026-12-24", "2027-01-02"),
    ("24-Dec-2026", "2026-12-24", "2026-12-24"),
    ("24-26 Dec", "2026-12-24", "2026-12-26"),
    ("Dec 24-26", "2026-12-24", "2026-12-26"),
    ("24 to 26 Dec 2026", "2026-12-24", "2026-12-26"),
    ("sept 1 to 3 2027", "2027-09-01", "2027-09-03"),
    ("2026-12-24", "2026-12-24", "2026-12-24"),
    ("2026-12-24 to 2027-01-02", "2026-12-24", "2027-01-02"),
    ("2026-12-24..2027-01-02", "2026-12-24", "2027-01-02"),
    ("24.12. - 2.1.", "2026-12-24", "2027-01-02"),
    ("24.12.2026 to 02.01.27", "2026-12-24", "2027-01-02"),
    ("24/12 to 2/1", "2026-12-24", "2027-01-02"),
    ("12/24 to 1/2", "2026-12-24", "2027-01-02"),
    ("4/4", "2027-04-04", "2027-04-04"),
    ("1 Nov to 30 Nov", "2026-11-01", "2026-11-30"),
    ("2 Jan", "2027-01-02", "2027-01-02"),
    ("19 May", "2027-05-19", "2027-05-19"),
    ("tomorrow to 2 Dec", "2026-11-21", "2026-12-02"),
    ("I am away from 24 Dec to 2 Jan", "2026-12-24", "2027-01-02"),
]


@pytest.mark.parametrize(("text", "starts", "ends"), MEANT)
def test_it_means_these_days(text: str, starts: str, ends: str) -> None:
    assert read_days(text, TODAY) == (Days(date.fromisoformat(starts), date.fromisoformat(ends)),)


@pytest.mark.parametrize(
    ("text", "today", "starts", "ends"),
    [
        ("24 Dec to 2 Jan", "Sat 2026-12-26", "2026-12-24", "2027-01-02"),
        ("24 Dec to 2 Jan", "Fri 2027-01-01", "2026-12-24", "2027-01-02"),
        ("until 2 Jan", "Thu 2026-12-31", "2026-12-31", "2027-01-02"),
        ("31 Dec", "Thu 2026-12-31", "2026-12-31", "2026-12-31"),
        ("1 Jan", "Thu 2026-12-31", "2027-01-01", "2027-01-01"),
        ("29 Feb", "Thu 2027-12-30", "2028-02-29", "2028-02-29"),
        ("tomorrow", "Thu 2026-12-31", "2027-01-01", "2027-01-01"),
    ],
)
def test_around_new_year_the_year_is_the_nearest(text: str, today: str, starts: str, ends: str) -> None:
    assert read_days(text, day(today)) == (Days(date.fromisoformat(starts), date.fromisoformat(ends)),)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("3/4", ["2027-04-03 2027-04-03", "2027-03-04 2027-03-04"]),
        ("3/4/2027", ["2027-04-03 2027-04-03", "2027-03-04 2027-03-04"]),
        ("until 12/1", ["2026-11-20 2027-01-12", "2026-11-20 2026-12-01"]),
        ("2/3 to 4/3", ["2027-03-02 2027-03-04", "2027-02-03 2027-04-03"]),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_about(text: str, readings: list[str]) -> None:
    found = read_days(text, TODAY)
    assert [f"{one.starts} {one.ends}" for one in found] == readings


@pytest.mark.parametrize(
    ("text", "why", "said"),
    [
        ("31 Feb", Why.NO_SUCH_DAY, "31 February"),
        ("29 Feb", Why.NO_SUCH_DAY, "29 February"),
        ("until 31 Nov 2026", Why.NO_SUCH_DAY, "31 November 2026"),
        ("2026-02-30", Why.NO_SUCH_DAY, "30 February 2026"),
        ("2026-13-01", Why.NO_SUCH_DAY, "month 13"),
        ("from Monday", Why.NO_END, ""),
        ("away from 24 Dec", Why.NO_END, ""),
        ("13/13", Why.NO_SUCH_DAY, "13/13"),
        ("0 Dec", Why.NO_SUCH_DAY, "0 December"),
        ("2 Jan 2027 to 24 Dec 2026", Why.ENDS_FIRST, ""),
        ("5 Dec to 3 Dec", Why.ENDS_FIRST, ""),
        ("26-24 Dec", Why.ENDS_FIRST, ""),
        ("2026-12-24 to 2026-12-23", Why.ENDS_FIRST, ""),
        ("tomorrow to today", Why.ENDS_FIRST, ""),
        ("10 Nov", Why.OVER, ""),
        ("1 Nov to 10 Nov", Why.OVER, ""),
        ("2025-12-24 to 2025-12-31", Why.OVER, ""),
        ("until 10 Nov 2026", Why.OVER, ""),
        ("until 10 Nov", Why.OVER, ""),
        ("24 Dec 2026 to 24 Dec 2027", Why.TOO_LONG, ""),
        ("until 2027-11-20", Why.TOO_LONG, ""),
        ("24 Dec 2036", Why.TOO_FAR, ""),
        ("", Why.NOT_UNDERSTOOD, ""),
        ("until", Why.NOT_UNDERSTOOD, ""),
        ("until the cows come home", Why.NOT_UNDERSTOOD, ""),
        ("next Friday", Why.NOT_UNDERSTOOD, ""),
        ("24", Why.NOT_UNDERSTOOD, ""),
        ("24 to 26", Why.NOT_UNDERSTOOD, ""),
        ("Dec", Why.NOT_UNDERSTOOD, ""),
        ("24 Dec 2 Jan", Why.NOT_UNDERSTOOD, ""),
        ("2026-12-24 2027-01-02", Why.NOT_UNDERSTOOD, ""),
        ("24 Dec to 26 Dec to 28 Dec", Why.NOT_UNDERSTOOD, ""),
        ("24.12", Why.NOT_UNDERSTOOD, ""),
        ("a year", Why.NOT_UNDERSTOOD, ""),
        ("🌴", Why.NOT_UNDERSTOOD, ""),
    ],
)
def test_what_cannot_be_is_told_apart(text: str, why: Why, said: str) -> None:
    with pytest.raises(NotDays) as wrong:
        read_days(text, TODAY)
    assert (wrong.value.why, wrong.value.said) == (why, said)


@given(
    st.text() | st.from_regex(r"[\d a-zA-Z./-]{1,30}", fullmatch=True),
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
)
def test_whatever_is_written_is_read_or_refused(text: str, today: date) -> None:
    try:
        found = read_days(text, today)
    except NotDays:
        return
    assert len(found) in {1, 2}
    assert all(one.starts <= one.ends >= today for one in found)


@given(st.dates(date(2026, 11, 20), date(2027, 5, 1)), st.dates(date(2026, 11, 20), date(2027, 5, 1)))
def test_every_range_ahead_is_understood_in_words_and_in_figures(one: date, other: date) -> None:
    starts, ends = sorted((one, other))
    for form in ("%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%d %b", "%d.%m.%Y"):
        text = f"{starts.strftime(form)} to {ends.strftime(form)}"
        assert read_days(text, TODAY) == (Days(starts, ends),), text
