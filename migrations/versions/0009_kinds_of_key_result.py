"""key results that keep a state or are milestones; weights, checkpoints, steps"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("key_results") as table:
        table.add_column(sa.Column("kind", sa.String(length=20), server_default="move", nullable=False))
        table.add_column(sa.Column("low", sa.Double(), nullable=True))
        table.add_column(sa.Column("high", sa.Double(), nullable=True))
        table.add_column(sa.Column("checkpoints", sa.JSON(), nullable=True))
        table.add_column(sa.Column("steps", sa.JSON(), nullable=True))
        table.add_column(sa.Column("weight", sa.Double(), server_default="1", nullable=False))
        table.alter_column("start", existing_type=sa.Double(), nullable=True)
        table.alter_column("target", existing_type=sa.Double(), nullable=True)
        table.create_check_constraint("weighs", "weight > 0")
    with op.batch_alter_table("updates") as table:
        table.add_column(sa.Column("steps_done", sa.JSON(), nullable=True))


def downgrade() -> None:
    # What the version before does not know becomes the way from 0 to 1, or to 100 % of a milestone.
    op.execute("UPDATE key_results SET start = 0, target = 100 WHERE kind = 'milestone'")
    op.execute("UPDATE key_results SET start = 0, target = 1 WHERE kind = 'keep'")
    with op.batch_alter_table("updates") as table:
        table.drop_column("steps_done")
    with op.batch_alter_table("key_results") as table:
        table.drop_constraint("weighs", type_="check")
        table.alter_column("target", existing_type=sa.Double(), nullable=False)
        table.alter_column("start", existing_type=sa.Double(), nullable=False)
        for column in ("weight", "steps", "checkpoints", "high", "low", "kind"):
            table.drop_column(column)
