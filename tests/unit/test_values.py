import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.numbers.values import (
    NotAValue,
    format_change,
    format_exactly,
    format_value,
    parse_confidence,
    parse_value,
    write_plainly,
)

UNITS = [
    "",
    "%",
    "pts",
    "¥",
    "$",
    "USD",
    "a week",
    "k€",
    "¥k",
    "¥ a month",
    "USD a month",
    "m",
    "new customers",
]
ODD_UNITS = ["/10", "of 5", "000s", "kr", "€/call", "per 100 calls", "R$", "°C", "x, y", "e5"]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("62%", "%", 62),
        ("62 %", "%", 62),
        ("62％", "%", 62),
        ("62%", "", 62),
        ("62 percent", "%", 62),
        ("  62\t", "", 62),
        ("62\N{NO-BREAK SPACE}%", "%", 62),
        ("\u200f62\u200f%", "%", 62),
        ("6\u200b2", "", 62),
        ("６２", "", 62),
        ("٦٢", "", 62),
        ("٦٢٫٥", "", 62.5),
        ("1,250", "", 1250),
        ("1 250", "", 1250),
        ("1\N{NARROW NO-BREAK SPACE}250", "", 1250),
        ("1'250", "", 1250),
        ("1’250.5", "", 1250.5),
        ("1,250,000", "", 1_250_000),
        ("12,50,000", "", 1_250_000),
        ("1.234.567", "", 1_234_567),
        ("1.250,5", "", 1250.5),
        ("1,250.5", "", 1250.5),
        ("1 250,75", "", 1250.75),
        ("1.250", "", 1.25),
        ("1,25", "", 1.25),
        ("1,2", "", 1.2),
        ("1,2345", "", 1.2345),
        ("1250,375", "", 1250.375),
        ("0,125", "", 0.125),
        (".5", "", 0.5),
        ("007", "", 7),
        ("1e5", "", 100_000),
        ("1.5e−3", "", 0.0015),
        ("-3", "", -3),
        ("−3", "", -3),
        ("–3", "", -3),
        ("+5", "", 5),
        ("250k", "", 250_000),
        ("250 K", "", 250_000),
        ("1.1M", "", 1_100_000),
        ("2 million", "", 2_000_000),
        ("3bn", "", 3_000_000_000),
        ("¥250,000", "¥", 250_000),
        ("￥250,000", "¥", 250_000),
        ("¥250,000", "", 250_000),
        ("250k¥", "¥", 250_000),
        ("$1.5m", "$", 1_500_000),
        ("1.2M €", "€", 1_200_000),
        ("-¥5", "¥", -5),
        ("¥-5", "¥", -5),
        ("USD 5", "$", 5),
        ("5 USD", "USD", 5),
        ("$5", "AUD", 5),
        ("5 euros", "€", 5),
        ("JPY 5", "¥", 5),
        ("TRY 5", "", 5),
        ("52 pts", "pts", 52),
        ("52 points", "pts", 52),
        ("52PTS", "pts", 52),
        ("20 a week", "a week", 20),
        ("20/week", "a week", 20),
        ("20 per week", "a week", 20),
        ("20 weeks", "a week", 20),
        ("20", "a week", 20),
        ("7 calls", "phone calls", 7),
        ("5 m", "m", 5),
        ("250k", "k€", 250),
        ("¥250k", "¥k", 250),
        ("7/10", "/10", 7),
    ],
)
def test_a_number_is_understood_as_people_write_it(text: str, unit: str, value: float) -> None:
    assert parse_value(text, unit) == value


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        ("", "", "Write a number"),
        (" \u200b ", "", "Write a number"),
        ("lots", "", "“lots” is not a number"),
        ("NaN", "", "“NaN” is not a number I can use"),
        ("-inf", "", "“-inf” is not a number I can use"),
        ("∞", "", "“∞” is not a number I can use"),
        ("1e999", "", "“1e999” is too large a number"),
        ("9" * 90, "", f"“{'9' * 39}…” is too large a number"),
        ("9" * 400, "", f"“{'9' * 39}…” is too long for a number"),
        ("1e99999", "", "“1e99999” is not a number"),
        ("1.2.3", "", "“1.2.3” is not a number I can read"),
        ("1,2,3", "", "“1,2,3” is not a number I can read"),
        ("24.12.2025", "", "“24.12.2025” is not a number I can read"),
        ("10:30", "", "“10:30” is not a number"),
        ("5-7", "", "“5-7” is not a number"),
        ("3rd", "", "“3rd” is not a number"),
        ("+-5", "", "“+-5” is not a number"),
        ("+¥-5", "¥", "“+¥-5” is not a number"),
        ("for 5", "", "“for 5” is not a number"),
        ("²", "", "“²” is not a number"),
        ("½", "", "“½” is not a number"),
        ("0.0'0", "", "“0.0'0” is not a number I can read"),
        ("1,2,3 /10", "/10", "“1,2,3” is not a number I can read"),
        ("$62", "¥", "“$62” is in $, but this is counted in ¥"),
        ("62 USD", "AUD", "“62 USD” is in USD, but this is counted in AUD"),
        ("62%", "pts", "“62%” is in %, but this is counted in pts"),
        ("1 62", "", "“1 62” is not just a number: I do not know “62”"),
        ("5 try", "", "“5 try” is not just a number: I do not know “try”"),
        (
            "52 apples",
            "pts",
            "“52 apples” is not just a number: I do not know “apples”; this is counted in pts",
        ),
    ],
)
def test_what_is_no_number_is_refused_in_a_sentence(text: str, unit: str, sentence: str) -> None:
    with pytest.raises(NotAValue) as refused:
        parse_value(text, unit)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (62, "%", "62 %"),
        (250_000, "¥", "¥250,000"),
        (1_234_567.891, "USD", "USD 1,234,567.89"),
        (7, "pts", "7 pts"),
        (41, "a week", "41 a week"),
        (5, "¥ a month", "¥5 a month"),
        (250, "¥k", "¥250k"),
        (5, "k€", "5 k€"),
        (62.5, "", "62.5"),
        (62.50, "  % ", "62.5 %"),
        (100, "", "100"),
        (62.999, "", "63"),
        (-3.5, "%", "−3.5 %"),
        (-3, "¥", "−¥3"),
        (0, "", "0"),
        (-0.0, "", "0"),
        (0.125, "", "0.125"),
        (0.00012345, "", "0.000123"),
        (0.1 + 0.2, "", "0.3"),
        (1e20, "", "1e20"),
        (1.5e-9, "$", "$1.5e−9"),
    ],
)
def test_a_value_is_shown_with_its_unit_as_written(value: float, unit: str, shown: str) -> None:
    assert format_value(value, unit) == shown


@pytest.mark.parametrize(
    ("before", "after", "unit", "shown"),
    [
        (47, 80, "%", "47 → 80 %"),
        (120_000, 250_000, "¥", "¥120,000 → ¥250,000"),
        (7, 8, "pts", "7 → 8 pts"),
        (41, 20, "a week", "41 → 20 a week"),
        (5, 6, "¥ a month", "¥5 → ¥6 a month"),
        (5, 6, "¥k", "¥5k → ¥6k"),
        (-1, 1, "", "−1 → 1"),
    ],
)
def test_a_change_names_a_unit_after_it_once_and_one_before_it_twice(
    before: float, after: float, unit: str, shown: str
) -> None:
    assert format_change(before, after, unit) == shown


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(UNITS))
def test_what_is_shown_parses_back_to_what_was_shown(value: float, unit: str) -> None:
    shown = format_value(value, unit)
    again = parse_value(shown, unit)
    assert format_value(again, unit) == shown
    assert math.isclose(again, value, rel_tol=0.006, abs_tol=0)
    assert len(shown) <= 26 + len(unit)


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(UNITS + ODD_UNITS))
def test_what_is_shown_exactly_parses_back_to_the_same_number(value: float, unit: str) -> None:
    assert parse_value(format_exactly(value, unit), unit) == value


@given(
    st.text() | st.text("0123456789.,' -+%¥$ekM/"), st.sampled_from(UNITS + ODD_UNITS) | st.text(max_size=10)
)
def test_any_text_is_a_finite_number_or_refused_in_words(text: str, unit: str) -> None:
    try:
        answer = f"{parse_value(text, unit):f}"
    except NotAValue as refused:
        answer = str(refused)
    assert answer not in {"", "inf", "-inf", "nan"}


@pytest.mark.parametrize(
    ("text", "confidence"),
    [("7", 7), ("7/10", 7), ("7 / 10", 7), (" ７ ", 7), ("0", 0), ("10", 10), ("10/10", 10), ("\u200f٧", 7)],
)
def test_a_confidence_is_a_whole_number_perhaps_of_ten(text: str, confidence: int) -> None:
    assert parse_confidence(text) == confidence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("11", "11 is not a confidence: it goes from 0 to 10"),
        ("−1", "-1 is not a confidence: it goes from 0 to 10"),
        ("7.5", "7.5 is not a confidence: it is a whole number from 0 to 10"),
        ("7,5", "7,5 is not a confidence: it is a whole number from 0 to 10"),
        ("high", "“high” is not a confidence: it is a whole number from 0 to 10"),
        ("7/12", "“7/12” is not a confidence: it is a whole number from 0 to 10"),
        ("70%", "“70%” is not a confidence: it is a whole number from 0 to 10"),
        ("9" * 5000, f"{'9' * 39}… is not a confidence: it is a whole number from 0 to 10"),
        ("", "Write a confidence from 0 to 10"),
    ],
)
def test_what_is_no_confidence_is_refused_with_its_range(text: str, sentence: str) -> None:
    with pytest.raises(NotAValue) as refused:
        parse_confidence(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("text", "unit", "figures", "told"),
    [
        ("1,250", "", (), "“1,250” can mean 1250 or 1.25"),
        ("1.250 %", "%", (), "“1.250 %” can mean 1.25 or 1250"),
        ("−1,125", "", (), "“−1,125” can mean −1125 or −1.1250"),
        ("1,250k", "¥", (), "“1,250k” can mean 1250000 or 1250"),
        ("¥1,250", "", (), 1250),
        ("1,250", "$", (), 1250),
        ("1,250", "", (1250,), 1250),
        ("1.250", "", (1.25,), "“1.250” can mean 1.25 or 1250"),
        ("1,25", "", (), 1.25),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_where_somebody_can_be_asked(
    text: str, unit: str, figures: tuple[float, ...], told: str | float
) -> None:
    try:
        read: str | float = parse_value(text, unit, figures=figures)
    except NotAValue as problem:
        read = str(problem)
    assert read == told


@given(
    st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-9_999_999, 9_999_999).map(lambda n: n / 1000)
)
def test_a_number_written_plainly_can_be_read_in_one_way_only(value: float) -> None:
    assert parse_value(write_plainly(value), figures=()) == value
