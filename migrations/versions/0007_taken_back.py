"""[All unchanged] can be taken back: what was answered by it, and revisions that do not count any more"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("owed") as table:
        table.add_column(sa.Column("by_tap", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("updates") as table:
        table.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    # No row is lost: what was taken back counts as said again, which is all that this version can say.
    with op.batch_alter_table("updates") as table:
        table.drop_column("withdrawn_at")
    with op.batch_alter_table("owed") as table:
        table.drop_column("by_tap")
