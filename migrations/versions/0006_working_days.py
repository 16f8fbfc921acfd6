"""people's own weeks: when they want to be asked, reminders put off, whose public holidays they have"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("own_prompt", sa.Time(), nullable=True))
        table.add_column(sa.Column("muted", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("region", sa.String(length=20), nullable=True))
    with op.batch_alter_table("check_ins") as table:
        table.add_column(sa.Column("later_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("check_ins") as table:
        table.drop_column("later_at")
    with op.batch_alter_table("people") as table:
        for column in ("region", "muted", "own_prompt"):
            table.drop_column(column)
