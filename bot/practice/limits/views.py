"""What a modal or Home view may carry around its blocks."""

from collections.abc import Mapping
from typing import Final

from bot.practice.limits.objects import ID, plain
from bot.practice.limits.rules import Boolean, Rule, String, Thing, typed

_BOTH: Final[Mapping[str, Rule]] = {
    "private_metadata": String(most=3000),
    "callback_id": ID,
    "external_id": ID,
}

FRAMES: Final[Mapping[str, Thing]] = {
    "modal": typed(
        {"title": plain(24)},
        {
            **_BOTH,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": Boolean(),
            "notify_on_close": Boolean(),
        },
    ),
    "home": typed(None, _BOTH),
}
"""View type → its keys, `blocks` (required in both) apart: those are read by the rules of the surface."""
