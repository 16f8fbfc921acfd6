"""last week's actions: kept on purpose; thanks; drafts of long forms"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("actions") as table:
        table.add_column(sa.Column("kept_on", sa.Date(), nullable=True))
    op.create_table(
        "thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_ins.id"], name=op.f("fk_thanks_check_in_id_check_ins")),
        sa.ForeignKeyConstraint(["from_id"], ["people.id"], name=op.f("fk_thanks_from_id_people")),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name=op.f("fk_thanks_to_id_people")),
    )
    for column in ("check_in_id", "from_id", "to_id"):
        op.create_index(op.f(f"ix_thanks_{column}"), "thanks", [column], unique=False)
    op.create_table(
        "drafts",
        sa.Column("view_id", sa.String(length=40), nullable=False),
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("view_id", name=op.f("pk_drafts")),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_ins.id"], name=op.f("fk_drafts_check_in_id_check_ins")),
    )
    op.create_index(op.f("ix_drafts_check_in_id"), "drafts", ["check_in_id"], unique=False)


def downgrade() -> None:
    op.drop_table("drafts")
    op.drop_table("thanks")
    with op.batch_alter_table("actions") as table:
        table.drop_column("kept_on")
