"""Finding titles by words."""

import pytest

from bot.okr.finding.choosing import found
from bot.okr.finding.search import folded

TITLES = (
    *("Renewals without our help", "Customers who renew", "Phone calls", "Überzeuge Händler"),
    *("提高客户续约率", "Help desk calls answered", "Calls", "가격을 낮춘다"),
)
LISTED = [(title, title) for title in TITLES]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("renew", ["Renewals without our help", "Customers who renew"]),
        ("RENEW customers", ["Customers who renew"]),
        ("calls", ["Calls", "Phone calls", "Help desk calls answered"]),
        ("alls", ["Phone calls", "Help desk calls answered", "Calls"]),
        ("help", ["Help desk calls answered", "Renewals without our help"]),
        ("uberzeuge handler", ["Überzeuge Händler"]),
        ("ÜBERZEUGE", ["Überzeuge Händler"]),
        ("客户续约", ["提高客户续约率"]),
        ("ｃａｌｌｓ", ["Calls", "Phone calls", "Help desk calls answered"]),
        ("가격", ["가격을 낮춘다"]),
        ("  ", list(TITLES)),
        ("renew phone", []),
        ("renewls", ["Renewals without our help", "Customers who renew"]),
        ("hepl desk", ["Help desk calls answered"]),
        ("halls", ["Phone calls", "Help desk calls answered", "Calls"]),
        ("nothing", []),
    ],
)
def test_the_best_come_first(words: str, titles: list[str]) -> None:
    assert found(words, LISTED) == titles


def test_no_more_than_wanted() -> None:
    assert found("", LISTED, 3) == list(TITLES[:3])
    assert found("calls", LISTED, 1) == ["Calls"]


def test_what_is_typed_rightly_is_all_that_is_meant() -> None:
    assert found("tales", [(1, "Tales of tea"), (2, "Sales of tea")]) == [1]
    assert found("talse", [(1, "Tales of tea"), (2, "Sales of tea")]) == [1]


def test_signs_alone_find_what_holds_them() -> None:
    assert found("%", [(1, "Renewed online, %"), (2, "Phone calls")]) == [1]
    assert folded("  Straße\u00a0 Nº 5 ") == "strasse no 5"
    assert found("*", LISTED) == []
