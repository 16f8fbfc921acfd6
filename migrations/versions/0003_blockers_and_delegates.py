"""what became of blockers; who is asked while an owner is away"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("key_results") as table:
        table.add_column(sa.Column("delegate_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_key_results_delegate_id_people"), "people", ["delegate_id"], ["id"])
        table.create_index(op.f("ix_key_results_delegate_id"), ["delegate_id"], unique=False)
    op.create_table(
        "clearings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_result_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["key_results.id"], name=op.f("fk_clearings_key_result_id_key_results")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_clearings_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearings")),
        sa.UniqueConstraint("key_result_id", "date", "person_id", name=op.f("uq_clearings_key_result_id_date_person_id")),
    )
    op.create_index(op.f("ix_clearings_key_result_id"), "clearings", ["key_result_id"], unique=False)
    op.create_index(op.f("ix_clearings_person_id"), "clearings", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("clearings")
    with op.batch_alter_table("key_results") as table:
        table.drop_index(op.f("ix_key_results_delegate_id"))
        table.drop_constraint(op.f("fk_key_results_delegate_id_people"), type_="foreignkey")
        table.drop_column("delegate_id")
