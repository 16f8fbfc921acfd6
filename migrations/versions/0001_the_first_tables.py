"""the first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("ts", sa.String(length=40), nullable=True),
        sa.Column("stale", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'failed', 'dropped', 'unknown')",
            name=op.f("ck_deliveries_state"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["deliveries.id"], name=op.f("fk_deliveries_parent_id_deliveries")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("key", name=op.f("uq_deliveries_key")),
    )
    op.create_index(op.f("ix_deliveries_parent_id"), "deliveries", ["parent_id"], unique=False)
    op.create_index("ix_deliveries_state_due_at", "deliveries", ["state", "due_at"], unique=False)
    op.create_index("ix_deliveries_address_kind", "deliveries", ["address", "kind"], unique=False)
    op.create_index(
        "ix_deliveries_to_be_redrawn",
        "deliveries",
        ["state", "id"],
        unique=False,
        sqlite_where=sa.text("(stale OR lease_until IS NOT NULL)"),
        postgresql_where=sa.text("(stale OR lease_until IS NOT NULL)"),
    )

    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("slack_id", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("ts", sa.String(length=40), nullable=True),
        sa.Column("client_msg_id", sa.String(length=60), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'working', 'handled', 'failed')", name=op.f("ck_inbox_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("event_id", name=op.f("uq_inbox_event_id")),
    )
    op.create_index("ix_inbox_state_slack_id_ts", "inbox", ["state", "slack_id", "ts"], unique=False)
    op.create_index(
        "ix_inbox_words_of",
        "inbox",
        ["handled_at"],
        unique=False,
        sqlite_where=sa.text("payload IS NOT NULL"),
        postgresql_where=sa.text("payload IS NOT NULL"),
    )
    op.create_index(
        "uq_inbox_client_msg_id",
        "inbox",
        ["client_msg_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'message'"),
        postgresql_where=sa.text("kind = 'message'"),
    )
    op.create_index(
        "uq_inbox_message",
        "inbox",
        ["channel", "ts"],
        unique=True,
        sqlite_where=sa.text("kind = 'message'"),
        postgresql_where=sa.text("kind = 'message'"),
    )

    op.create_table(
        "workspaces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slack_team_id", sa.String(length=40), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
        sa.UniqueConstraint("slack_team_id", name=op.f("uq_workspaces_slack_team_id")),
    )
    op.create_table(
        "cycles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.CheckConstraint("starts <= ends", name=op.f("ck_cycles_order")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_cycles_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycles")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_cycles_workspace_id_name")),
    )
    op.create_index(op.f("ix_cycles_workspace_id"), "cycles", ["workspace_id"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("slack_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("working_days", sa.String(length=7), server_default="01234", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("guest", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_people_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("workspace_id", "slack_id", name=op.f("uq_people_workspace_id_slack_id")),
    )
    op.create_index(op.f("ix_people_workspace_id"), "people", ["workspace_id"], unique=False)

    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("working_days", sa.String(length=7), server_default="01234", nullable=False),
        sa.Column("check_in_day", sa.SmallInteger(), nullable=False),
        sa.Column("prompt", sa.Time(), nullable=False),
        sa.Column("remind", sa.Time(), nullable=False),
        sa.Column("answer_by", sa.Time(), nullable=False),
        sa.Column("digest", sa.Time(), nullable=True),
        sa.Column("meeting_day", sa.SmallInteger(), nullable=True),
        sa.Column("meeting_at", sa.Time(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(meeting_day IS NULL) = (meeting_at IS NULL)", name=op.f("ck_teams_whole_meeting")
        ),
        sa.CheckConstraint("digest IS NULL OR meeting_day IS NULL", name=op.f("ck_teams_digest_or_meeting")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_teams_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_teams_workspace_id_name")),
    )
    op.create_index(op.f("ix_teams_workspace_id"), "teams", ["workspace_id"], unique=False)

    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_absences_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_person_id"), "absences", ["person_id"], unique=False)

    op.create_table(
        "check_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("prompt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_check_ins_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint("person_id", "date", name=op.f("uq_check_ins_person_id_date")),
    )
    op.create_index(op.f("ix_check_ins_person_id"), "check_ins", ["person_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_memberships_person_id_people")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_memberships_team_id_teams")),
        sa.PrimaryKeyConstraint("team_id", "person_id", name=op.f("pk_memberships")),
    )
    op.create_table(
        "objectives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_objectives_cycle_id_cycles")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_objectives_owner_id_people")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_objectives_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objectives")),
    )
    op.create_index(op.f("ix_objectives_cycle_id"), "objectives", ["cycle_id"], unique=False)
    op.create_index(op.f("ix_objectives_owner_id"), "objectives", ["owner_id"], unique=False)
    op.create_index(op.f("ix_objectives_team_id"), "objectives", ["team_id"], unique=False)
    op.create_index(
        "uq_objectives_title",
        "objectives",
        ["team_id", "cycle_id", "title"],
        unique=True,
        sqlite_where=sa.text("dropped_at IS NULL"),
        postgresql_where=sa.text("dropped_at IS NULL"),
    )

    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("iso_week", sa.String(length=8), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_rounds_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("team_id", "iso_week", name=op.f("uq_rounds_team_id_iso_week")),
    )
    op.create_index(op.f("ix_rounds_team_id"), "rounds", ["team_id"], unique=False)

    op.create_table(
        "kept_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("check_in_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_ins.id"], name=op.f("fk_kept_words_check_in_id_check_ins")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_kept_words_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_words")),
    )
    op.create_index(op.f("ix_kept_words_check_in_id"), "kept_words", ["check_in_id"], unique=False)
    op.create_index(op.f("ix_kept_words_person_id"), "kept_words", ["person_id"], unique=False)

    op.create_table(
        "key_results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("start", sa.Double(), nullable=False),
        sa.Column("target", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("start <> target", name=op.f("ck_key_results_moves")),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objectives.id"], name=op.f("fk_key_results_objective_id_objectives")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_key_results_owner_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_results")),
    )
    op.create_index(op.f("ix_key_results_objective_id"), "key_results", ["objective_id"], unique=False)
    op.create_index(op.f("ix_key_results_owner_id"), "key_results", ["owner_id"], unique=False)
    op.create_index(
        "uq_key_results_title",
        "key_results",
        ["objective_id", "title"],
        unique=True,
        sqlite_where=sa.text("dropped_at IS NULL"),
        postgresql_where=sa.text("dropped_at IS NULL"),
    )

    op.create_table(
        "actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key_result_id", sa.Integer(), nullable=True),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(outcome IS NULL) = (closed_on IS NULL)", name=op.f("ck_actions_closed_with_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["key_results.id"], name=op.f("fk_actions_key_result_id_key_results")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_actions_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
    )
    op.create_index(op.f("ix_actions_key_result_id"), "actions", ["key_result_id"], unique=False)
    op.create_index(op.f("ix_actions_person_id"), "actions", ["person_id"], unique=False)

    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("key_result_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_changes_by_id_people")),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["key_results.id"], name=op.f("fk_changes_key_result_id_key_results")
        ),
        sa.ForeignKeyConstraint(
            ["objective_id"], ["objectives.id"], name=op.f("fk_changes_objective_id_objectives")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_at"), "changes", ["at"], unique=False)
    op.create_index(op.f("ix_changes_by_id"), "changes", ["by_id"], unique=False)
    op.create_index(op.f("ix_changes_key_result_id"), "changes", ["key_result_id"], unique=False)
    op.create_index(op.f("ix_changes_objective_id"), "changes", ["objective_id"], unique=False)

    op.create_table(
        "owed",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("key_result_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_ins.id"], name=op.f("fk_owed_check_in_id_check_ins")
        ),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["key_results.id"], name=op.f("fk_owed_key_result_id_key_results")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_owed_person_id_people")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_owed_round_id_rounds")),
        sa.PrimaryKeyConstraint("round_id", "key_result_id", name=op.f("pk_owed")),
    )
    op.create_index(op.f("ix_owed_check_in_id"), "owed", ["check_in_id"], unique=False)
    op.create_index(op.f("ix_owed_person_id"), "owed", ["person_id"], unique=False)

    op.create_table(
        "updates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_result_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("confidence", sa.SmallInteger(), nullable=False),
        sa.Column("drove", sa.Text(), nullable=False),
        sa.Column("blocker_kind", sa.String(length=20), nullable=True),
        sa.Column("blocker_owner_id", sa.Integer(), nullable=True),
        sa.Column("blocker_fix", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("confidence BETWEEN 0 AND 10", name=op.f("ck_updates_confidence")),
        sa.ForeignKeyConstraint(
            ["blocker_owner_id"], ["people.id"], name=op.f("fk_updates_blocker_owner_id_people")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_updates_by_id_people")),
        sa.ForeignKeyConstraint(
            ["key_result_id"], ["key_results.id"], name=op.f("fk_updates_key_result_id_key_results")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_updates")),
        sa.UniqueConstraint(
            "key_result_id", "date", "revision", name=op.f("uq_updates_key_result_id_date_revision")
        ),
    )
    op.create_index(op.f("ix_updates_blocker_owner_id"), "updates", ["blocker_owner_id"], unique=False)
    op.create_index(op.f("ix_updates_by_id"), "updates", ["by_id"], unique=False)
    op.create_index(op.f("ix_updates_key_result_id"), "updates", ["key_result_id"], unique=False)
    # One database serves one Slack workspace: its row is there from the start.
    op.execute("INSERT INTO workspaces (id, zone) VALUES (1, 'UTC')")


def downgrade() -> None:
    op.drop_index(op.f("ix_updates_key_result_id"), "updates")
    op.drop_index(op.f("ix_updates_by_id"), "updates")
    op.drop_index(op.f("ix_updates_blocker_owner_id"), "updates")

    op.drop_table("updates")
    op.drop_index(op.f("ix_owed_person_id"), "owed")
    op.drop_index(op.f("ix_owed_check_in_id"), "owed")

    op.drop_table("owed")
    op.drop_index(op.f("ix_changes_objective_id"), "changes")
    op.drop_index(op.f("ix_changes_key_result_id"), "changes")
    op.drop_index(op.f("ix_changes_by_id"), "changes")
    op.drop_index(op.f("ix_changes_at"), "changes")

    op.drop_table("changes")
    op.drop_index(op.f("ix_actions_person_id"), "actions")
    op.drop_index(op.f("ix_actions_key_result_id"), "actions")

    op.drop_table("actions")
    op.drop_index(
        "uq_key_results_title",
        "key_results",
        sqlite_where=sa.text("dropped_at IS NULL"),
        postgresql_where=sa.text("dropped_at IS NULL"),
    )
    op.drop_index(op.f("ix_key_results_owner_id"), "key_results")
    op.drop_index(op.f("ix_key_results_objective_id"), "key_results")

    op.drop_table("key_results")
    op.drop_index(op.f("ix_kept_words_person_id"), "kept_words")
    op.drop_index(op.f("ix_kept_words_check_in_id"), "kept_words")

    op.drop_table("kept_words")
    op.drop_index(op.f("ix_rounds_team_id"), "rounds")

    op.drop_table("rounds")
    op.drop_index(
        "uq_objectives_title",
        "objectives",
        sqlite_where=sa.text("dropped_at IS NULL"),
        postgresql_where=sa.text("dropped_at IS NULL"),
    )
    op.drop_index(op.f("ix_objectives_team_id"), "objectives")
    op.drop_index(op.f("ix_objectives_owner_id"), "objectives")
    op.drop_index(op.f("ix_objectives_cycle_id"), "objectives")

    op.drop_table("objectives")
    op.drop_table("memberships")
    op.drop_index(op.f("ix_check_ins_person_id"), "check_ins")

    op.drop_table("check_ins")
    op.drop_index(op.f("ix_absences_person_id"), "absences")

    op.drop_table("absences")
    op.drop_index(op.f("ix_teams_workspace_id"), "teams")

    op.drop_table("teams")
    op.drop_index(op.f("ix_people_workspace_id"), "people")

    op.drop_table("people")
    op.drop_index(op.f("ix_cycles_workspace_id"), "cycles")

    op.drop_table("cycles")
    op.drop_table("workspaces")
    op.drop_index(
        "uq_inbox_message",
        "inbox",
        sqlite_where=sa.text("kind = 'message'"),
        postgresql_where=sa.text("kind = 'message'"),
    )
    op.drop_index(
        "uq_inbox_client_msg_id",
        "inbox",
        sqlite_where=sa.text("kind = 'message'"),
        postgresql_where=sa.text("kind = 'message'"),
    )
    op.drop_index(
        "ix_inbox_words_of",
        "inbox",
        sqlite_where=sa.text("payload IS NOT NULL"),
        postgresql_where=sa.text("payload IS NOT NULL"),
    )
    op.drop_index("ix_inbox_state_slack_id_ts", "inbox")

    op.drop_table("inbox")
    op.drop_index(
        "ix_deliveries_to_be_redrawn",
        "deliveries",
        sqlite_where=sa.text("(stale OR lease_until IS NOT NULL)"),
        postgresql_where=sa.text("(stale OR lease_until IS NOT NULL)"),
    )
    op.drop_index("ix_deliveries_address_kind", "deliveries")
    op.drop_index("ix_deliveries_state_due_at", "deliveries")
    op.drop_index(op.f("ix_deliveries_parent_id"), "deliveries")

    op.drop_table("deliveries")
