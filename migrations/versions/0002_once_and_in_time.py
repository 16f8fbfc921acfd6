"""sending once and in time: settling, pacing, the order of what was said"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BEFORE = {"to_be_redrawn": "(stale OR lease_until IS NOT NULL)", "client_msg_id": "kind = 'message'"}
AFTER = {
    "to_be_redrawn": "(stale_since IS NOT NULL OR lease_until IS NOT NULL)",
    "client_msg_id": "kind IN ('message', 'edit')",
}


def upgrade() -> None:
    _drop_indexes()
    with op.batch_alter_table("deliveries") as table:
        table.add_column(sa.Column("waited_for", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("tried_at", MOMENT, nullable=True))
        table.add_column(sa.Column("stale_since", MOMENT, nullable=True))
        table.add_column(sa.Column("unreadable", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE deliveries SET stale_since = CURRENT_TIMESTAMP WHERE stale")
    op.execute("UPDATE deliveries SET waited_for = (kind = 'receipt')")
    with op.batch_alter_table("deliveries") as table:
        table.drop_column("stale")
    op.create_index("ix_deliveries_address_tried_at", "deliveries", ["address", "tried_at"], unique=False)
    _make_indexes(AFTER, "stale_since")
    op.create_table(
        "pacing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("taken_until", MOMENT, nullable=False),
        sa.Column("blocked_until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pacing")),
        sa.UniqueConstraint("kind", name=op.f("uq_pacing_kind")),
    )
    with op.batch_alter_table("owed") as table:
        table.add_column(sa.Column("said_at", MOMENT, nullable=True))
    op.execute("UPDATE owed SET said_at = answered_at")
    with op.batch_alter_table("check_ins") as table:
        table.alter_column("answered_at", new_column_name="actions_at")
    _widen_ids(60, 120)


def downgrade() -> None:
    # Longer ids than the version before can hold are cut, and stay unique.
    for column in ("event_id", "client_msg_id"):
        op.execute(f"UPDATE inbox SET {column} = substr({column}, 1, 40) || id WHERE length({column}) > 60")
    _widen_ids(120, 60)
    with op.batch_alter_table("check_ins") as table:
        table.alter_column("actions_at", new_column_name="answered_at")
    with op.batch_alter_table("owed") as table:
        table.drop_column("said_at")
    op.drop_table("pacing")
    op.drop_index("ix_deliveries_address_tried_at", "deliveries")
    _drop_indexes()
    with op.batch_alter_table("deliveries") as table:
        table.add_column(sa.Column("stale", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE deliveries SET stale = (stale_since IS NOT NULL)")
    with op.batch_alter_table("deliveries") as table:
        for column in ("unreadable", "stale_since", "tried_at", "waited_for"):
            table.drop_column(column)
    _make_indexes(BEFORE, "id")


def _widen_ids(before: int, after: int) -> None:
    with op.batch_alter_table("inbox") as table:
        for column, nullable in (("event_id", False), ("client_msg_id", True)):
            table.alter_column(
                column,
                existing_type=sa.String(length=before),
                type_=sa.String(length=after),
                existing_nullable=nullable,
            )


def _drop_indexes() -> None:
    """Those whose condition changes."""
    op.drop_index("ix_deliveries_to_be_redrawn", "deliveries")
    op.drop_index("uq_inbox_client_msg_id", "inbox")


def _make_indexes(conditions: dict[str, str], order: str) -> None:
    redrawn, client_msg_id = (sa.text(conditions[name]) for name in ("to_be_redrawn", "client_msg_id"))
    op.create_index(
        "ix_deliveries_to_be_redrawn",
        "deliveries",
        ["state", order],
        unique=False,
        sqlite_where=redrawn,
        postgresql_where=redrawn,
    )
    op.create_index(
        "uq_inbox_client_msg_id",
        "inbox",
        ["client_msg_id"],
        unique=True,
        sqlite_where=client_msg_id,
        postgresql_where=client_msg_id,
    )
