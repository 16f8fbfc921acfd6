"""Slack statuses that were asked about; whose quiet hours are looked up before a message"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("check_ins", sa.Column("status_seen_at", MOMENT, nullable=True))
    # Not in a batch, which would write the table anew, and its indexes in another order.
    op.add_column(
        "deliveries", sa.Column("look_first", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "statuses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("emoji", sa.Text(), nullable=True),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statuses")),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_ins.id"], name=op.f("fk_statuses_check_in_id_check_ins")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_statuses_person_id_people")),
        sa.UniqueConstraint("person_id", "mark", name=op.f("uq_statuses_person_id_mark")),
    )
    for column in ("check_in_id", "person_id"):
        op.create_index(op.f(f"ix_statuses_{column}"), "statuses", [column], unique=False)


def downgrade() -> None:
    op.drop_table("statuses")
    with op.batch_alter_table("deliveries") as table:
        table.drop_column("look_first")
    with op.batch_alter_table("check_ins") as table:
        table.drop_column("status_seen_at")
