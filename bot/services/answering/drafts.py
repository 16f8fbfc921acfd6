"""A form with more key results than fit on one page: what was entered on the others."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.services.answering.checkins import open_check_in
from bot.storage import drafts
from bot.storage.engine import Database


def keep(
    database: Database,
    slack_id: str,
    check_in_id: int,
    fields: Mapping[str, Any],
    *,
    view_id: str,
    now: datetime,
) -> None:
    """What was entered so far in the form whose id in Slack is `view_id`; raises CannotAnswer."""
    with database.transaction() as connection:
        mine = open_check_in(connection, slack_id, check_in_id, hold=True, for_others=True)
        drafts.keep(connection, view_id, mine.check_in.id, fields, now)


def load(database: Database, check_in_id: int, view_id: str) -> dict[str, Any]:
    """What was entered so far; the caller has seen to it that the check-in is the person's."""
    with database.reading() as connection:
        return drafts.of_view(connection, view_id, check_in_id)
