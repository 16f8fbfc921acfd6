"""Every table. Times are UTC in the database, aware in Python; constraints are named by one convention."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from bot.okr.measures import Indicator, MeasureKind
from bot.okr.model import (
    ActionOutcome,
    BlockerKind,
    ClearingOutcome,
    DecisionKind,
    DependencyState,
    ObjectiveKind,
    OwedState,
    ProposalKind,
    ProposalOutcome,
    Role,
    RoundState,
)
from bot.okr.questions import QuestionKind

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; a naive one is a programming error and is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its time zone: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Days(sa.types.TypeDecorator[frozenset[int]]):
    """Days of the week as their digits, Monday = 0: "01234"."""

    impl = sa.String(7)
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else "".join(str(day) for day in sorted(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[int] | None:  # noqa: ARG002
        return None if value is None else frozenset(int(day) for day in value)


def word(words: type[StrEnum]) -> sa.Enum:
    """One of an enumeration's words, kept as that word."""
    return sa.Enum(
        words, native_enum=False, length=20, values_callable=lambda kind: [one.value for one in kind]
    )


def _points_to(
    name: str, target: str, *, nullable: bool = False, primary_key: bool = False
) -> sa.Column[Any]:
    return sa.Column(
        name, sa.ForeignKey(target), nullable=nullable, primary_key=primary_key, index=not primary_key
    )


def _only(condition: str) -> dict[str, Any]:
    """Makes an index hold only the rows that meet the condition, on both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _still(condition: str) -> dict[str, Any]:
    """Makes it unique, too."""
    return {"unique": True, **_only(condition)}


# --- who -----------------------------------------------------------------------------------------------

workspaces = sa.Table(
    "workspaces",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("slack_team_id", sa.String(40), nullable=True, unique=True),  # known after the first auth.test
    sa.Column("zone", sa.String(64), nullable=False),
)

people = sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("workspace_id", "workspaces.id"),
    sa.Column("slack_id", sa.String(40), nullable=False),
    sa.Column("name", sa.Text, nullable=False),  # empty until Slack has told it
    sa.Column("email", sa.Text),
    sa.Column("zone", sa.String(64)),
    sa.Column("working_days", Days, nullable=False, server_default="01234"),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("guest", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("own_prompt", sa.Time),
    sa.Column("muted", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("region", sa.String(20)),
    sa.Column("admin", sa.Boolean, nullable=False, server_default=sa.false()),  # Slack says so
    sa.Column("named_admin", sa.Boolean, nullable=False, server_default=sa.false()),  # another admin did
    _points_to("home_team_id", "teams.id", nullable=True),  # the one that they chose
    sa.Column("seen_at", Moment),  # when Slack was last asked about them, in the daily look at everybody
    sa.UniqueConstraint("workspace_id", "slack_id"),
)

teams = sa.Table(
    "teams",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("workspace_id", "workspaces.id"),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("channel", sa.String(40), nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("working_days", Days, nullable=False, server_default="01234"),
    sa.Column("check_in_day", sa.SmallInteger, nullable=False),
    sa.Column("prompt", sa.Time, nullable=False),
    sa.Column("remind", sa.Time, nullable=False),
    sa.Column("answer_by", sa.Time, nullable=False),
    sa.Column("digest", sa.Time),
    sa.Column("meeting_day", sa.SmallInteger),
    sa.Column("meeting_at", sa.Time),
    sa.Column("started_at", Moment),
    sa.Column("digest_pings", sa.Boolean, nullable=False, server_default=sa.false()),
    _points_to("parent_id", "teams.id", nullable=True),
    sa.Column("old_day", sa.SmallInteger),  # the check-in day of the weeks before that Monday
    sa.Column("old_day_until", sa.Date),
    sa.Column("from_channel", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("set_up_by", sa.String(40)),  # a Slack id: people point to teams already
    sa.Column("reconciled_at", Moment),  # when Slack was last asked who is in the channel
    sa.Column("outside_since", Moment),  # since when the bot is known not to be in it
    sa.UniqueConstraint("workspace_id", "name"),
    sa.CheckConstraint("digest IS NULL OR meeting_day IS NULL", name="digest_or_meeting"),
    sa.CheckConstraint("(meeting_day IS NULL) = (meeting_at IS NULL)", name="whole_meeting"),
    sa.CheckConstraint("(old_day IS NULL) = (old_day_until IS NULL)", name="whole_old_day"),
)

memberships = sa.Table(
    "memberships",
    metadata,
    _points_to("team_id", "teams.id", primary_key=True),
    _points_to("person_id", "people.id", primary_key=True),
    sa.Column("role", word(Role), nullable=False),
    sa.Column("left_at", Moment),  # whoever has left is none of the team, and asked nothing for it
)

absences = sa.Table(
    "absences",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("person_id", "people.id"),
    sa.Column("starts", sa.Date, nullable=False),
    sa.Column("ends", sa.Date),
    sa.Column("source", sa.String(20), nullable=False),
)

# --- what they aim at ----------------------------------------------------------------------------------

cycles = sa.Table(
    "cycles",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("workspace_id", "workspaces.id"),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("starts", sa.Date, nullable=False),
    sa.Column("ends", sa.Date, nullable=False),
    sa.UniqueConstraint("workspace_id", "name"),
    sa.CheckConstraint("starts <= ends", name="order"),
)

okr_sets = sa.Table(
    "okr_sets",
    metadata,
    _points_to("team_id", "teams.id", primary_key=True),
    _points_to("cycle_id", "cycles.id", primary_key=True),
    sa.Column("shared_at", Moment),
    sa.Column("started_at", Moment),  # empty: a draft; sets that came by a file and started need no row
    _points_to("started_by_id", "people.id", nullable=True),
)

objectives = sa.Table(
    "objectives",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("team_id", "teams.id"),
    _points_to("cycle_id", "cycles.id"),
    _points_to("owner_id", "people.id"),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("kind", word(ObjectiveKind), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("theme", sa.Text, nullable=False, server_default=sa.text("''")),
    sa.Column("personal", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("private", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("dropped_at", Moment),
    sa.Index("uq_objectives_title", "team_id", "cycle_id", "title", **_still("dropped_at IS NULL")),
)

key_results = sa.Table(
    "key_results",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("objective_id", "objectives.id"),
    _points_to("owner_id", "people.id"),
    _points_to("delegate_id", "people.id", nullable=True),  # asked while the owner is away
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("kind", word(MeasureKind), nullable=False, server_default=MeasureKind.MOVE.value),
    sa.Column("start", sa.Double),  # these two of a way
    sa.Column("target", sa.Double),
    sa.Column("low", sa.Double),  # these two of a state to keep
    sa.Column("high", sa.Double),
    sa.Column("checkpoints", sa.JSON(none_as_null=True)),  # [day, value]
    sa.Column("steps", sa.JSON(none_as_null=True)),  # [id, title, weight, due]
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("weight", sa.Double, nullable=False, server_default="1"),
    sa.Column("indicator", word(Indicator)),
    sa.Column("every", sa.SmallInteger, nullable=False, server_default="1"),  # so many weeks
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("dropped_at", Moment),
    sa.CheckConstraint("start <> target", name="moves"),
    sa.CheckConstraint("weight > 0", name="weighs"),
    sa.CheckConstraint("every >= 1", name="every"),
    sa.Index("uq_key_results_title", "objective_id", "title", **_still("dropped_at IS NULL")),
)

objective_readers = sa.Table(
    "objective_readers",
    metadata,
    _points_to("objective_id", "objectives.id", primary_key=True),
    _points_to("person_id", "people.id", primary_key=True),
)

supports = sa.Table(
    "supports",
    metadata,
    _points_to("objective_id", "objectives.id", primary_key=True),
    _points_to("supported_id", "objectives.id", primary_key=True),
    _points_to("key_result_id", "key_results.id", nullable=True),  # of that one, where it is meant
    sa.Column("parent", sa.Boolean, nullable=False),  # otherwise it is served, too
    sa.Index("uq_supports_parent", "objective_id", **_still("parent")),
)

dependencies = sa.Table(
    "dependencies",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("key_result_id", "key_results.id"),
    _points_to("on_id", "key_results.id"),
    sa.Column("state", word(DependencyState), nullable=False),
    _points_to("asked_by_id", "people.id"),
    sa.Column("asked_at", Moment, nullable=False),
    _points_to("answered_by_id", "people.id", nullable=True),
    sa.Column("answered_at", Moment),
    sa.UniqueConstraint("key_result_id", "on_id"),
)

commitments = sa.Table(
    "commitments",
    metadata,
    _points_to("key_result_id", "key_results.id", primary_key=True),
    _points_to("person_id", "people.id"),
    sa.Column("confidence", sa.SmallInteger, nullable=False),
    sa.Column("aim", sa.Text, nullable=False),  # what it was measured by then
    sa.Column("at", Moment, nullable=False),
    sa.CheckConstraint("confidence BETWEEN 0 AND 10", name="confidence"),
)

proposals = sa.Table(
    "proposals",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("team_id", "teams.id"),
    _points_to("cycle_id", "cycles.id"),
    sa.Column("kind", word(ProposalKind), nullable=False),
    _points_to("by_id", "people.id"),
    sa.Column("at", Moment, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("fields", sa.JSON, nullable=False),
    _points_to("objective_id", "objectives.id", nullable=True),
    _points_to("key_result_id", "key_results.id", nullable=True),
    sa.Column("outcome", word(ProposalOutcome)),
    sa.Column("answer", sa.Text, nullable=False, server_default=sa.text("''")),
    _points_to("answered_by_id", "people.id", nullable=True),
    sa.Column("answered_at", Moment),
)

changes = sa.Table(
    "changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
    _points_to("by_id", "people.id", nullable=True),  # empty: whoever runs the bot, by a file
    _points_to("objective_id", "objectives.id"),
    _points_to("key_result_id", "key_results.id", nullable=True),
    sa.Column("field", sa.String(40), nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

# --- the week ------------------------------------------------------------------------------------------

rounds = sa.Table(
    "rounds",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("team_id", "teams.id"),
    sa.Column("iso_week", sa.String(8), nullable=False),  # "2026-W47": one round a team and ISO week
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("state", word(RoundState), nullable=False),
    sa.Column("opens_at", Moment, nullable=False),
    sa.Column("digest_at", Moment, nullable=False),
    sa.UniqueConstraint("team_id", "iso_week"),
)

check_ins = sa.Table(
    "check_ins",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("person_id", "people.id"),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("prompt_at", Moment, nullable=False),
    sa.Column("remind_at", Moment, nullable=False),
    sa.Column("answer_by", Moment, nullable=False),
    sa.Column("actions_at", Moment),  # when the person said which actions count
    sa.Column("later_at", Moment),  # instead of remind_at, where the person said so
    sa.Column("status_seen_at", Moment),  # when Slack was asked for the person's status
    sa.UniqueConstraint("person_id", "date"),
)

owed = sa.Table(
    "owed",
    metadata,
    _points_to("round_id", "rounds.id", primary_key=True),
    _points_to("key_result_id", "key_results.id", primary_key=True),
    _points_to("person_id", "people.id"),
    _points_to("check_in_id", "check_ins.id"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("state", word(OwedState), nullable=False),
    sa.Column("answered_at", Moment),  # first
    sa.Column("said_at", Moment),  # last: when the person said what counts now
    sa.Column("by_tap", sa.Boolean, nullable=False, server_default=sa.false()),  # on [All unchanged]
)

updates = sa.Table(
    "updates",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("key_result_id", "key_results.id"),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("value", sa.Double, nullable=False),
    sa.Column("steps_done", sa.JSON(none_as_null=True)),  # their ids, of a milestone
    sa.Column("confidence", sa.SmallInteger, nullable=False),
    sa.Column("drove", sa.Text, nullable=False),
    sa.Column("blocker_kind", word(BlockerKind)),
    _points_to("blocker_owner_id", "people.id", nullable=True),
    sa.Column("blocker_fix", sa.Text, nullable=False),
    _points_to("by_id", "people.id", nullable=True),  # empty: it came with a file
    sa.Column("at", Moment, nullable=False),
    sa.Column("withdrawn_at", Moment),  # kept, but as if it had not been said
    sa.UniqueConstraint("key_result_id", "date", "revision"),
    sa.CheckConstraint("confidence BETWEEN 0 AND 10", name="confidence"),
)

clearings = sa.Table(
    "clearings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("key_result_id", "key_results.id"),
    sa.Column("date", sa.Date, nullable=False),  # of the update that names the person
    _points_to("person_id", "people.id"),
    sa.Column("outcome", word(ClearingOutcome), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("key_result_id", "date", "person_id"),
)

digests = sa.Table(
    "digests",
    metadata,
    _points_to("round_id", "rounds.id", primary_key=True),
    sa.Column("note", sa.Text),  # a lead's
    _points_to("note_by_id", "people.id", nullable=True),
    sa.Column("digested_at", Moment),
    sa.Column("shown", sa.JSON),  # what it showed then
)

questions = sa.Table(
    "questions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", word(QuestionKind), nullable=False),
    _points_to("round_id", "rounds.id"),
    _points_to("person_id", "people.id"),
    _points_to("key_result_id", "key_results.id", nullable=True),
    sa.Column("asked_on", sa.Date, nullable=False),
    sa.UniqueConstraint("round_id", "person_id", "kind"),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("round_id", "rounds.id"),
    _points_to("key_result_id", "key_results.id"),
    sa.Column("kind", word(DecisionKind), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    _points_to("person_id", "people.id"),  # whose it is
    _points_to("by_id", "people.id"),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("round_id", "key_result_id", "kind", "person_id", "text"),
)

actions = sa.Table(
    "actions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("person_id", "people.id"),
    sa.Column("text", sa.Text, nullable=False),
    _points_to("key_result_id", "key_results.id", nullable=True),
    sa.Column("set_on", sa.Date, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("outcome", word(ActionOutcome)),
    sa.Column("closed_on", sa.Date),
    sa.Column("kept_on", sa.Date),
    _points_to("decision_id", "decisions.id", nullable=True),  # it was agreed in a meeting
    sa.CheckConstraint("(outcome IS NULL) = (closed_on IS NULL)", name="closed_with_outcome"),
)

kept_words = sa.Table(
    "kept_words",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("person_id", "people.id"),
    _points_to("check_in_id", "check_ins.id", nullable=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

thanks = sa.Table(
    "thanks",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("check_in_id", "check_ins.id"),
    _points_to("from_id", "people.id"),
    _points_to("to_id", "people.id", nullable=True),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

statuses = sa.Table(
    "statuses",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _points_to("person_id", "people.id"),
    _points_to("check_in_id", "check_ins.id"),  # in whose prompt it is asked about
    sa.Column("mark", sa.String(64), nullable=False),  # by which it is known again
    sa.Column("text", sa.Text),  # empty once it was answered, as is the emoji
    sa.Column("emoji", sa.Text),
    sa.Column("until", Moment, nullable=False),
    sa.UniqueConstraint("person_id", "mark"),
)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("view_id", sa.String(40), primary_key=True),  # Slack's, of the form that is being filled in
    _points_to("check_in_id", "check_ins.id"),
    sa.Column("fields", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

# --- what is to be said, and what was said to us -------------------------------------------------------

TO_BE_REDRAWN = "(stale_since IS NOT NULL OR lease_until IS NOT NULL)"
"""Few of many rows have an index of their own; SQLite uses it only where a query says just these words."""

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(200), nullable=False, unique=True),
    sa.Column("kind", sa.String(30), nullable=False),
    sa.Column("subject", sa.JSON, nullable=False),
    sa.Column("address", sa.String(40), nullable=False),  # U... for a direct message, else a channel's id
    _points_to("parent_id", "deliveries.id", nullable=True),  # said in its thread, once it is sent
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("waited_for", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("tried_at", Moment),  # when the last request began; real time, as all that follow but sent_at
    sa.Column("next_attempt_at", Moment),
    sa.Column("lease_until", Moment),
    sa.Column("look_first", sa.Boolean, nullable=False, server_default=sa.false()),  # for quiet hours
    sa.Column("nonce", sa.String(32), nullable=False),  # in the message's metadata, to find it again
    sa.Column("channel", sa.String(40)),
    sa.Column("ts", sa.String(40)),
    sa.Column("stale_since", Moment),
    sa.Column("unreadable", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("error", sa.Text),
    sa.Column("sent_at", Moment),
    sa.CheckConstraint(
        "state IN ('pending', 'sending', 'sent', 'failed', 'dropped', 'unknown')", name="state"
    ),
    sa.Index("ix_deliveries_state_due_at", "state", "due_at"),
    sa.Index("ix_deliveries_address_kind", "address", "kind"),
    sa.Index("ix_deliveries_address_tried_at", "address", "tried_at"),
    sa.Index("ix_deliveries_to_be_redrawn", "state", "stale_since", **_only(TO_BE_REDRAWN)),
)

homes = sa.Table(
    "homes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("slack_id", sa.String(40), nullable=False, unique=True),  # perhaps of somebody nobody has met
    sa.Column("opened_at", Moment, nullable=False),  # real time, as is the other
    sa.Column("looked_at", Moment, nullable=False, index=True),  # when it was last drawn, shown or not
    sa.Column("shown", sa.String(64)),  # by which what it shows is known again
)

pacing = sa.Table(
    "pacing",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(20), nullable=False, unique=True),
    sa.Column("taken_until", Moment, nullable=False),  # by calls that are evenly spaced
    sa.Column("blocked_until", Moment),  # Slack said so
)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("event_id", sa.String(120), nullable=False, unique=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("slack_id", sa.String(40), nullable=False),
    sa.Column("channel", sa.String(40)),
    sa.Column("ts", sa.String(40)),
    sa.Column("client_msg_id", sa.String(120)),
    sa.Column("payload", sa.JSON),  # removed a week after it was handled
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("next_attempt_at", Moment),
    sa.Column("lease_until", Moment),
    sa.Column("error", sa.Text),
    sa.Column("handled_at", Moment),
    sa.CheckConstraint("state IN ('waiting', 'working', 'handled', 'failed')", name="state"),
    sa.Index("uq_inbox_message", "channel", "ts", **_still("kind = 'message'")),
    sa.Index("uq_inbox_client_msg_id", "client_msg_id", **_still("kind IN ('message', 'edit')")),
    sa.Index("ix_inbox_state_slack_id_ts", "state", "slack_id", "ts"),
    sa.Index("ix_inbox_words_of", "handled_at", **_only("payload IS NOT NULL")),
)
