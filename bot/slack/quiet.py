"""Do Not Disturb, as Slack tells it of others: their hours, or a snooze, as one stretch of time."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_sdk import WebClient

from bot.okr.days.quiet import Quiet
from bot.services.sending.messenger import Refused
from bot.slack.outcomes import MAY_NOT, call

log = structlog.get_logger(__name__)


class SlackQuietHours:
    """Fulfils `bot.services.sending.quiet_hours.QuietHours`."""

    most = 50
    """As many as dnd.teamInfo takes."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def of(self, slack_ids: Sequence[str]) -> Mapping[str, Quiet]:
        try:
            found = self._told(slack_ids)
        except Refused as refusal:
            if str(refusal).partition(" ")[0] in MAY_NOT:
                raise
            # It is about one of these people; others may be asked about all the same.
            log.warning("quiet hours of some are not told", error=str(refusal))
            return {}
        read = {one: quiet_of(found[one]) for one in slack_ids if isinstance(found.get(one), dict)}
        return {one: quiet for one, quiet in read.items() if quiet is not None}

    def _told(self, slack_ids: Sequence[str]) -> dict[str, Any]:
        """By Slack id. Of one person dnd.teamInfo may say that there have to be more."""
        if len(slack_ids) == 1:
            response = call(self._client.dnd_info, user=slack_ids[0])
            return {slack_ids[0]: response.data}
        response = call(self._client.dnd_teamInfo, users=list(slack_ids))
        return response.get("users") or {}


def quiet_of(told: dict[str, Any]) -> Quiet | None:
    """None for somebody who has no such hours: then both ends are 1."""
    try:
        starts, ends = (
            datetime.fromtimestamp(int(told[field]), UTC)
            for field in ("next_dnd_start_ts", "next_dnd_end_ts")
        )
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    return Quiet(starts, ends) if starts < ends else None
