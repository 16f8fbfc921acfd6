"""Slack's limits on blocks and views, as tables, and the checker that reads them.

`rules` and `relations` are the kinds of rows; `objects`, `rich_text`, `elements`, `blocks` and `views` the
tables; `whole` what must hold between blocks. Lengths are counted in code points.
"""

from bot.practice.limits.blocks import BLOCKS, MOST_BLOCKS, SURFACES, Surface
from bot.practice.limits.objects import SUGGESTIONS
from bot.practice.limits.rules import Array, ByType, Problem, Thing
from bot.practice.limits.views import FRAMES
from bot.practice.limits.whole import check_submit, check_together

__all__ = ["Problem", "check_blocks", "check_suggestions", "check_view"]


def check_blocks(blocks: object, surface: Surface) -> list[Problem]:
    """Everything that Slack would refuse of a list of blocks on this surface; empty if it takes them."""
    return _check_blocks(blocks, surface, "/blocks")


def check_view(view: object) -> list[Problem]:
    """Everything that Slack would refuse of a modal or Home view (a dict), its blocks included."""
    if not isinstance(view, dict):
        return [Problem("/view", "must provide an object")]
    frame = {key: held for key, held in view.items() if key != "blocks"}
    problems = list(ByType(FRAMES).check(frame, "/view"))
    if "blocks" not in view:
        problems.append(Problem("/view", "missing required field: blocks"))
    elif view.get("type") == "modal":
        problems += _check_blocks(view["blocks"], "modal", "/view/blocks")
        if "submit" not in view and isinstance(view["blocks"], list):
            problems += check_submit(view["blocks"], "/view/blocks")
    elif view.get("type") == "home":
        problems += _check_blocks(view["blocks"], "home", "/view/blocks")
    return problems


def check_suggestions(answer: object) -> list[Problem]:
    """Everything that Slack would refuse of an answer to what was typed into an external menu."""
    return list(SUGGESTIONS.check(answer, ""))


def _check_blocks(blocks: object, surface: Surface, where: str) -> list[Problem]:
    allowed: dict[str, Thing] = {kind: BLOCKS[kind] for kind in BLOCKS if surface in SURFACES[kind]}
    problems = list(Array(ByType(allowed), most=MOST_BLOCKS[surface]).check(blocks, where))
    if isinstance(blocks, list):
        problems += check_together(blocks, surface, where)
    return problems
