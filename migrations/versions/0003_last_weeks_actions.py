"""last week's actions: kept on purpose"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("actions") as table:
        table.add_column(sa.Column("kept_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("actions") as table:
        table.drop_column("kept_on")
