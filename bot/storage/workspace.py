"""The one Slack workspace that a database serves."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.tables import workspaces

THE_WORKSPACE = 1
"""Its row is written by the first migration; every root table points to it."""


class OtherWorkspace(Exception):  # noqa: N818 - it says what was found
    """The token belongs to another Slack workspace than the one whose OKRs are kept here."""


def zone(connection: Connection) -> str:
    return str(connection.execute(sa.select(workspaces.c.zone)).scalar_one())


def set_zone(connection: Connection, name: str) -> None:
    connection.execute(sa.update(workspaces).values(zone=name))


def slack_team(connection: Connection) -> str | None:
    """The Slack workspace whose OKRs are kept here; None until the first start has told."""
    known: str | None = connection.execute(sa.select(workspaces.c.slack_team_id)).scalar_one()
    return known


def require_same(connection: Connection, slack_team_id: str) -> None:
    """Raises OtherWorkspace if the database serves another one; changes nothing."""
    known = slack_team(connection)
    if known not in {None, slack_team_id}:
        raise OtherWorkspace(
            f"This database keeps the OKRs of Slack workspace {known}, but the token is of {slack_team_id}. "
            "Use that workspace's token, or another database."
        )


def belong_to(connection: Connection, slack_team_id: str) -> None:
    """Remembers the Slack workspace at the first start; raises OtherWorkspace if it was another one."""
    require_same(connection, slack_team_id)
    connection.execute(sa.update(workspaces).values(slack_team_id=slack_team_id))


def hold(connection: Connection) -> None:
    """Until the transaction ends, nobody else who holds it goes on: what must be unique in ways that no
    constraint can say is checked and written by one after the other."""
    statement = sa.select(workspaces.c.id).where(workspaces.c.id == THE_WORKSPACE).with_for_update()
    connection.execute(statement)
