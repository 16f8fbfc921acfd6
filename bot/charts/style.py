"""What all pictures have in common: their colours, letters and size, and how one is made of a description.

Colours are those of Okabe and Ito, which people tell apart whatever their eyes. The card is light and solid,
so that it reads on dark ground too. There are fonts for Latin letters alone.
"""

from typing import Any, Final

import vl_convert

Json = dict[str, Any]

VEGA_LITE: Final = "6.4"
SCALE: Final = 2.0
"""Pixels a point."""
EDGE: Final = 10
LETTERS, SMALL_LETTERS, BIG_LETTERS = 14, 13, 16
FONT: Final = "Liberation Sans"
"""Comes with vl_convert, so that pictures are the same on every machine."""

CARD, INK, PALE, LINES = "#fbfbf8", "#1d1c1d", "#54534f", "#dcdbd5"
BLUE, VERMILLION, GREY = "#0072b2", "#d55e00", "#5f5f5f"


def png(chart: Json) -> bytes:
    """Of a Vega-Lite description; the same for the same one. Fetches nothing; may be called by any thread."""
    made: bytes = vl_convert.vegalite_to_png(
        chart, vl_version=VEGA_LITE, scale=SCALE, allowed_base_urls=[], show_warnings=False
    )
    return made


def title_style() -> Json:
    """Of the picture's own title, and the line below it."""
    return {
        "color": INK,
        "fontSize": BIG_LETTERS,
        "subtitleColor": PALE,
        "subtitleFontSize": SMALL_LETTERS,
        "subtitlePadding": 4,
    }
