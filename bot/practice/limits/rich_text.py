"""The rich_text block: sections, lists, quotes and preformatted text, and the leaves within them."""

from collections.abc import Mapping
from typing import Final

from bot.practice.limits.objects import ID, NAME, URL
from bot.practice.limits.rules import Array, Boolean, ByType, Integer, Rule, String, Thing, typed

TEXT_STYLE: Final = Thing(
    {}, dict.fromkeys(("bold", "italic", "strike", "underline", "code", "unlink"), Boolean())
)
MENTION_STYLE: Final = Thing(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink"),
        Boolean(),
    ),
)
BORDER: Final = Integer(least=0, most=1)


def _leaf(
    required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None, style: Thing = TEXT_STYLE
) -> Thing:
    return typed(required, {"style": style, **(optional or {})})


LEAVES: Final = {
    "text": _leaf({"text": String(least=1)}),
    "link": _leaf({"url": URL}, {"text": String(), "unsafe": Boolean()}),
    "emoji": _leaf({"name": NAME}, {"unicode": String(), "skin_tone": Integer(least=1, most=6)}),
    "user": _leaf({"user_id": NAME}, style=MENTION_STYLE),
    "usergroup": _leaf({"usergroup_id": NAME}, style=MENTION_STYLE),
    "team": _leaf({"team_id": NAME}, style=MENTION_STYLE),
    "channel": _leaf({"channel_id": NAME}, style=MENTION_STYLE),
    "broadcast": _leaf({"range": String(among=("here", "channel", "everyone"))}, style=MENTION_STYLE),
    "color": _leaf({"value": NAME}),
    "date": _leaf({"timestamp": Integer(), "format": NAME}, {"url": URL, "fallback": String()}),
}
ANY_LEAF: Final = ByType(LEAVES)
SECTION: Final = typed({"elements": Array(ANY_LEAF)})

RICH_TEXT_PARTS: Final = ByType(
    {
        "rich_text_section": SECTION,
        "rich_text_list": typed(
            {
                "style": String(among=("bullet", "ordered")),
                "elements": Array(ByType({"rich_text_section": SECTION}), least=1),
            },
            {"indent": Integer(least=0, most=8), "offset": Integer(least=0), "border": BORDER},
        ),
        "rich_text_quote": typed({"elements": Array(ANY_LEAF)}, {"border": BORDER}),
        "rich_text_preformatted": typed(
            {"elements": Array(ByType({kind: LEAVES[kind] for kind in ("text", "link")}))},
            {"border": BORDER, "language": String()},
        ),
    }
)

RICH_TEXT: Final = typed({"elements": Array(RICH_TEXT_PARTS)}, {"block_id": ID})
