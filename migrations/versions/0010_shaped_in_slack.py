"""teams in a tree, OKRs as drafts, what supports and needs what, private aims, proposals"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "okr_sets",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_okr_sets_cycle_id_cycles")),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["people.id"], name=op.f("fk_okr_sets_started_by_id_people")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_okr_sets_team_id_teams")),
        sa.PrimaryKeyConstraint("team_id", "cycle_id", name=op.f("pk_okr_sets")),
    )
    op.create_index(op.f("ix_okr_sets_started_by_id"), "okr_sets", ["started_by_id"], unique=False)

    op.create_table(
        "objective_readers",
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objectives.id"], name=op.f("fk_objective_readers_objective_id_objectives")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_objective_readers_person_id_people")
        ),
        sa.PrimaryKeyConstraint("objective_id", "person_id", name=op.f("pk_objective_readers")),
    )
    op.create_table(
        "commitments",
        sa.Column("key_result_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.SmallInteger(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("confidence BETWEEN 0 AND 10", name=op.f("ck_commitments_confidence")),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["key_results.id"], name=op.f("fk_commitments_key_result_id_key_results")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_commitments_person_id_people")),
        sa.PrimaryKeyConstraint("key_result_id", name=op.f("pk_commitments")),
    )
    op.create_index(op.f("ix_commitments_person_id"), "commitments", ["person_id"], unique=False)

    op.create_table(
        "dependencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_result_id", sa.Integer(), nullable=False),
        sa.Column("on_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_dependencies_answered_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_dependencies_asked_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["key_results.id"], name=op.f("fk_dependencies_key_result_id_key_results")
        ),
        sa.ForeignKeyConstraint(
            ["on_id"], ["key_results.id"], name=op.f("fk_dependencies_on_id_key_results")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependencies")),
        sa.UniqueConstraint("key_result_id", "on_id", name=op.f("uq_dependencies_key_result_id_on_id")),
    )
    op.create_index(op.f("ix_dependencies_answered_by_id"), "dependencies", ["answered_by_id"], unique=False)
    op.create_index(op.f("ix_dependencies_asked_by_id"), "dependencies", ["asked_by_id"], unique=False)
    op.create_index(op.f("ix_dependencies_key_result_id"), "dependencies", ["key_result_id"], unique=False)
    op.create_index(op.f("ix_dependencies_on_id"), "dependencies", ["on_id"], unique=False)

    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("key_result_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("answer", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_proposals_answered_by_id_people")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_proposals_by_id_people")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_proposals_cycle_id_cycles")),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["key_results.id"], name=op.f("fk_proposals_key_result_id_key_results")
        ),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objectives.id"], name=op.f("fk_proposals_objective_id_objectives")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_proposals_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index(op.f("ix_proposals_answered_by_id"), "proposals", ["answered_by_id"], unique=False)
    op.create_index(op.f("ix_proposals_by_id"), "proposals", ["by_id"], unique=False)
    op.create_index(op.f("ix_proposals_cycle_id"), "proposals", ["cycle_id"], unique=False)
    op.create_index(op.f("ix_proposals_key_result_id"), "proposals", ["key_result_id"], unique=False)
    op.create_index(op.f("ix_proposals_objective_id"), "proposals", ["objective_id"], unique=False)
    op.create_index(op.f("ix_proposals_team_id"), "proposals", ["team_id"], unique=False)

    op.create_table(
        "supports",
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("supported_id", sa.Integer(), nullable=False),
        sa.Column("key_result_id", sa.Integer(), nullable=True),
        sa.Column("parent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["key_results.id"], name=op.f("fk_supports_key_result_id_key_results")
        ),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objectives.id"], name=op.f("fk_supports_objective_id_objectives")
        ),
        sa.ForeignKeyConstraint(
            ["supported_id"], ["objectives.id"], name=op.f("fk_supports_supported_id_objectives")
        ),
        sa.PrimaryKeyConstraint("objective_id", "supported_id", name=op.f("pk_supports")),
    )
    op.create_index(op.f("ix_supports_key_result_id"), "supports", ["key_result_id"], unique=False)
    op.create_index(
        op.f("uq_supports_parent"),
        "supports",
        ["objective_id"],
        unique=True,
        sqlite_where=sa.text("parent"),
        postgresql_where=sa.text("parent"),
    )

    op.create_table(
        "homes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slack_id", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homes")),
        sa.UniqueConstraint("slack_id", name=op.f("uq_homes_slack_id")),
    )
    op.create_index(op.f("ix_homes_looked_at"), "homes", ["looked_at"], unique=False)

    with op.batch_alter_table("key_results") as table:
        table.add_column(sa.Column("indicator", sa.String(length=20), nullable=True))
        table.add_column(sa.Column("every", sa.SmallInteger(), server_default="1", nullable=False))
        table.create_check_constraint("every", "every >= 1")

    with op.batch_alter_table("objectives") as table:
        table.add_column(sa.Column("theme", sa.Text(), server_default=sa.text("''"), nullable=False))
        table.add_column(sa.Column("personal", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("private", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("admin", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("named_admin", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("home_team_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
        table.create_index(table.f("ix_people_home_team_id"), ["home_team_id"], unique=False)
        table.create_foreign_key(table.f("fk_people_home_team_id_teams"), "teams", ["home_team_id"], ["id"])

    with op.batch_alter_table("teams") as table:
        table.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        table.create_index(table.f("ix_teams_parent_id"), ["parent_id"], unique=False)
        table.create_foreign_key(table.f("fk_teams_parent_id_teams"), "teams", ["parent_id"], ["id"])
        table.add_column(sa.Column("old_day", sa.SmallInteger(), nullable=True))
        table.add_column(sa.Column("old_day_until", sa.Date(), nullable=True))
        table.add_column(sa.Column("from_channel", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("set_up_by", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("reconciled_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("outside_since", sa.DateTime(timezone=True), nullable=True))
        table.create_check_constraint("whole_old_day", "(old_day IS NULL) = (old_day_until IS NULL)")

    with op.batch_alter_table("memberships") as table:
        table.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    # The version before would ask for drafts, and show everybody what is private.
    op.execute("UPDATE objectives SET dropped_at = CURRENT_TIMESTAMP WHERE private AND dropped_at IS NULL")
    op.execute(
        "UPDATE objectives SET dropped_at = CURRENT_TIMESTAMP WHERE dropped_at IS NULL AND EXISTS "
        "(SELECT 1 FROM okr_sets WHERE okr_sets.team_id = objectives.team_id "
        "AND okr_sets.cycle_id = objectives.cycle_id AND okr_sets.started_at IS NULL)"
    )
    op.execute("DELETE FROM memberships WHERE left_at IS NOT NULL")
    with op.batch_alter_table("memberships") as table:
        table.drop_column("left_at")
    with op.batch_alter_table("teams") as table:
        table.drop_constraint(op.f("fk_teams_parent_id_teams"), type_="foreignkey")
        table.drop_index(op.f("ix_teams_parent_id"))
        table.drop_constraint(op.f("ck_teams_whole_old_day"), type_="check")
        for column in ("parent_id", "old_day", "old_day_until", "from_channel", "set_up_by"):
            table.drop_column(column)
        for column in ("reconciled_at", "outside_since"):
            table.drop_column(column)
    with op.batch_alter_table("people") as table:
        table.drop_constraint(op.f("fk_people_home_team_id_teams"), type_="foreignkey")
        table.drop_index(op.f("ix_people_home_team_id"))
        for column in ("seen_at", "home_team_id", "named_admin", "admin"):
            table.drop_column(column)
    with op.batch_alter_table("objectives") as table:
        for column in ("private", "personal", "theme"):
            table.drop_column(column)
    with op.batch_alter_table("key_results") as table:
        table.drop_constraint(op.f("ck_key_results_every"), type_="check")
        for column in ("every", "indicator"):
            table.drop_column(column)
    for table_name in (
        "homes",
        "proposals",
        "commitments",
        "dependencies",
        "supports",
        "objective_readers",
        "okr_sets",
    ):
        op.drop_table(table_name)
