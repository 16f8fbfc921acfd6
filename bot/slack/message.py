"""A message as Slack takes it: blocks to look at, and the same in words for screen readers."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    """At most 4,000 characters; says in words what the blocks say."""
    blocks: tuple[dict[str, Any], ...]
