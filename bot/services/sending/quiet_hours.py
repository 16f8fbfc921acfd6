"""How services learn who wants to be left alone: a protocol of their own, which `bot.slack.quiet` fulfils."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.okr.days.quiet import Quiet


class QuietHours(Protocol):
    most: int
    """So many people may be asked about at once."""

    def of(self, slack_ids: Sequence[str]) -> Mapping[str, Quiet]:
        """When each of them wants quiet, now or next; whoever is not named never does, or nothing is
        known of them. Raises NotSent or Unsure, and Refused where nobody may be asked about."""
        ...
