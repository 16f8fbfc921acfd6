"""Which texts are meant by some words, the best first."""

import pytest

from bot.okr.finding.search import BEGINS, INSIDE, SAME, TYPED_WRONGLY, WORDS, folded, ranks

TITLES = (
    *("Phone calls", "Phone calls for support", "Fewer calls by phone", "Microphones sold"),
    *("Größe der Straße", "Café visits", "提高茶叶续订率", "قيمة الشاي", "Renewals", "A 🍵 a day"),
)


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (
            "phone calls",
            {"Phone calls": SAME, "Phone calls for support": BEGINS, "Fewer calls by phone": WORDS},
        ),
        (
            "PHONE",
            {
                "Phone calls": BEGINS,
                "Phone calls for support": BEGINS,
                "Fewer calls by phone": WORDS,
                "Microphones sold": INSIDE,
            },
        ),
        ("renewls", {"Renewals": TYPED_WRONGLY}),
        ("fone", {}),
        ("grosse strasse", {"Größe der Straße": WORDS}),
        ("cafe", {"Café visits": BEGINS}),
        ("续订", {"提高茶叶续订率": INSIDE}),
        ("茶叶 续订", {"提高茶叶续订率": INSIDE}),
        ("الشاي", {"قيمة الشاي": WORDS}),
        ("ＲＥＮＥＷ", {"Renewals": BEGINS}),
        ("day", {"A 🍵 a day": WORDS}),
        ("nothing like it", {}),
        ("", {}),
        ("!? 🍵", {}),
    ],
)
def test_words_are_found_wherever_they_stand(sought: str, found: dict[str, int]) -> None:
    assert ranks(sought, TITLES) == found


@pytest.mark.parametrize(
    ("text", "is_"), [("Größe", "grosse"), ("ＴＥＡ  time", "tea time"), ("Café", "cafe"), ("茶", "茶")]
)
def test_case_accents_and_width_do_not_matter(text: str, is_: str) -> None:
    assert folded(text) == is_
