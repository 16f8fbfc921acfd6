"""The blocks, the surfaces each may stand on, and how many of them a surface holds."""

from collections.abc import Mapping
from typing import Final, Literal

from bot.practice.limits.elements import ELEMENTS, elements_of
from bot.practice.limits.objects import ID, plain, text
from bot.practice.limits.relations import AnyOf
from bot.practice.limits.rich_text import RICH_TEXT
from bot.practice.limits.rules import Array, Boolean, ByType, Rule, String, Thing, typed

Surface = Literal["message", "modal", "home"]

_ID: Final[Mapping[str, Rule]] = {"block_id": ID}
_CELL: Final = ByType({"raw_text": typed({"text": String(least=1)}), "rich_text": RICH_TEXT})

BLOCKS: Final[Mapping[str, Thing]] = {
    "section": typed(
        None,
        {
            **_ID,
            "text": text(3000),
            "fields": Array(text(2000), most=10, least=1),
            "accessory": elements_of("section"),
            "expand": Boolean(),
        },
        (AnyOf(("text", "fields")),),
    ),
    "header": typed({"text": plain(150)}, _ID),
    "divider": typed(None, _ID),
    "context": typed({"elements": Array(elements_of("context"), most=10, least=1)}, _ID),
    "actions": typed({"elements": Array(elements_of("actions"), most=25, least=1)}, _ID),
    "input": typed(
        {"label": plain(2000), "element": elements_of("input")},
        {**_ID, "hint": plain(2000), "optional": Boolean(), "dispatch_action": Boolean()},
    ),
    "image": typed(
        ELEMENTS["image"].required,
        {**_ID, **ELEMENTS["image"].optional, "title": plain(2000)},
        ELEMENTS["image"].relations,
    ),
    "rich_text": RICH_TEXT,
    "markdown": typed({"text": String(most=12_000, least=1)}, _ID),
    "table": typed(
        {"rows": Array(Array(_CELL, most=20, least=1), most=100, least=1)},
        {
            **_ID,
            "column_settings": Array(
                Thing({}, {"align": String(among=("left", "center", "right")), "is_wrapped": Boolean()}),
                most=20,
            ),
        },
    ),
    "alert": typed(
        {"text": text(3000)},
        {**_ID, "level": String(among=("default", "info", "warning", "error", "success"))},
    ),
}

_EVERYWHERE: Final[frozenset[Surface]] = frozenset({"message", "modal", "home"})
SURFACES: Final[Mapping[str, frozenset[Surface]]] = {
    **dict.fromkeys(BLOCKS, _EVERYWHERE),
    "markdown": frozenset({"message"}),
    "table": frozenset({"message", "home"}),
    "alert": frozenset({"modal"}),
}
"""Block type → where it may stand."""

MOST_BLOCKS: Final[Mapping[Surface, int]] = {"message": 50, "modal": 100, "home": 100}
MOST_TABLES: Final = 1  # a message; a Home tab may hold several
MOST_MARKDOWN: Final = 12_000  # characters, in all markdown blocks of a message together
MOST_IN_TABLE: Final = 10_000  # characters, in all raw_text cells of a table together
MOST_FOCUSED: Final = 1  # elements with focus_on_load, on one surface
