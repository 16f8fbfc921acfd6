"""What a person answers in a check-in, whichever way they answered it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.okr.actions import Closing, NewAction
from bot.okr.model import BlockerKind


@dataclass(frozen=True, slots=True)
class BlockerAnswer:
    """What is in the way, as said; whose it is to clear comes as a Slack id, known to us or not."""

    kind: BlockerKind | None = None
    owner_slack_id: str | None = None
    fix: str = ""


@dataclass(frozen=True, slots=True)
class KeyResultAnswer:
    key_result_id: int
    value: float
    confidence: int
    drove: str = ""
    blocker: BlockerAnswer | None = None
    steps_done: frozenset[int] = frozenset()
    """As an update has them."""


@dataclass(frozen=True, slots=True)
class CheckInAnswers:
    """A whole check-in: it replaces what was said for it before.

    `updates` are those key results that were answered; `actions` are next week's;
    `closings` say by id what becomes of earlier actions: of those that are not named nothing was said.
    `untouched` are key results of `updates` that came back just as the form showed them when it opened,
    `actions_untouched` says so of the actions: what was said of them since is not undone.
    """

    check_in_id: int
    updates: tuple[KeyResultAnswer, ...]
    actions: tuple[NewAction, ...] = ()
    closings: Mapping[int, Closing] = field(default_factory=dict)
    untouched: frozenset[int] = frozenset()
    actions_untouched: bool = False
    left_over: tuple[str, ...] = ()
    """What was typed about key results that are not asked any more: it is kept for its author."""
