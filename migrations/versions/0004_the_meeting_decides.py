"""what the meeting decides, and what a lead adds to a digest"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
POINTS_TO = (
    ("round_id", "rounds"),
    ("key_result_id", "key_results"),
    ("person_id", "people"),
    ("by_id", "people"),
)


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("key_result_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_decisions_{column}_{target}"))
            for column, target in POINTS_TO
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint(
            *("round_id", "key_result_id", "kind", "person_id", "text"),
            name=op.f("uq_decisions_round_id_key_result_id_kind_person_id_text"),
        ),
    )
    for column, _ in POINTS_TO:
        op.create_index(op.f(f"ix_decisions_{column}"), "decisions", [column], unique=False)
    op.create_table(
        "digests",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("note_by_id", sa.Integer(), nullable=True),
        sa.Column("digested_at", MOMENT, nullable=True),
        sa.Column("shown", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_digests_round_id_rounds")),
        sa.ForeignKeyConstraint(["note_by_id"], ["people.id"], name=op.f("fk_digests_note_by_id_people")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_digests")),
    )
    op.create_index(op.f("ix_digests_note_by_id"), "digests", ["note_by_id"], unique=False)
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key_result_id", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_questions_{column}_{target}"))
            for column, target in POINTS_TO[:3]
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint(
            *("round_id", "person_id", "kind"), name=op.f("uq_questions_round_id_person_id_kind")
        ),
    )
    for column, _ in POINTS_TO[:3]:
        op.create_index(op.f(f"ix_questions_{column}"), "questions", [column], unique=False)
    with op.batch_alter_table("teams") as table:
        table.add_column(sa.Column("digest_pings", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("actions") as table:
        table.add_column(sa.Column("decision_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_actions_decision_id_decisions"), "decisions", ["decision_id"], ["id"])
        table.create_index(op.f("ix_actions_decision_id"), ["decision_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("actions") as table:
        table.drop_index(op.f("ix_actions_decision_id"))
        table.drop_constraint(op.f("fk_actions_decision_id_decisions"), type_="foreignkey")
        table.drop_column("decision_id")
    with op.batch_alter_table("teams") as table:
        table.drop_column("digest_pings")
    op.drop_table("questions")
    op.drop_table("digests")
    op.drop_table("decisions")
