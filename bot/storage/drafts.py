"""What was entered on the pages of a form that is still open, so that nothing is lost between them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.tables import drafts


def keep(
    connection: Connection, view_id: str, check_in_id: int, fields: Mapping[str, Any], at: datetime
) -> None:
    """In place of what was kept of that form before."""
    connection.execute(sa.delete(drafts).where(drafts.c.view_id == view_id))
    connection.execute(
        sa.insert(drafts).values(view_id=view_id, check_in_id=check_in_id, fields=dict(fields), at=at)
    )


def of_view(connection: Connection, view_id: str, check_in_id: int) -> dict[str, Any]:
    """By block_id; empty where nothing was kept, or for another check-in."""
    mine = (drafts.c.view_id == view_id) & (drafts.c.check_in_id == check_in_id)
    return dict(connection.execute(sa.select(drafts.c.fields).where(mine)).scalar() or {})


def forget(connection: Connection, view_id: str, *, before: datetime) -> None:
    """That form's, which was sent, and all that nobody has touched since `before`. Others may still be filled
    in for the same check-in, by its person and by a lead."""
    connection.execute(sa.delete(drafts).where((drafts.c.view_id == view_id) | (drafts.c.at < before)))
