"""Records, throttles, questions, late entries, back-fills, pauses, and what a pass was decided by."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant, Json

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_refusal",
        sa.Column("journey_id", Id, nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("entry_key", sa.String(length=200), nullable=False),
        sa.Column("details", Json, nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_entry_refusal_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["journey_id"],
            ["journey.id"],
            name=op.f("fk_entry_refusal_journey_id_journey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("journey_id", "contact_id", name=op.f("pk_entry_refusal")),
    )
    op.create_table(
        "late_entry",
        sa.Column("journey_id", Id, nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("entry_key", sa.String(length=200), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_late_entry_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["journey_id"],
            ["journey.id"],
            name=op.f("fk_late_entry_journey_id_journey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "journey_id", "contact_id", "entry_key", name=op.f("pk_late_entry")
        ),
    )
    op.create_index(op.f("ix_late_entry_until"), "late_entry", ["until"], unique=False)
    op.create_table(
        "record",
        sa.Column("id", Id, nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("state", sa.String(length=64), nullable=True),
        sa.Column("fields", Json, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("state_since", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_record_contact_id_contact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("type", "key", name=op.f("uq_record_type_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_record_contact_id"), "record", ["contact_id"], unique=False)
    op.create_table(
        "throttle_slot",
        sa.Column("journey_id", Id, nullable=False),
        sa.Column("node", sa.String(length=64), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.Column("given", sa.BigInteger(), nullable=False),
        sa.Column("called", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["journey_id"],
            ["journey.id"],
            name=op.f("fk_throttle_slot_journey_id_journey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("journey_id", "node", name=op.f("pk_throttle_slot")),
    )
    op.create_table(
        "backfill",
        sa.Column("id", Id, nullable=False),
        sa.Column("journey_id", Id, nullable=False),
        sa.Column("version_id", Id, nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=True),
        sa.Column("since", Instant(), nullable=True),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("started_by", sa.String(length=120), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("cancelled_by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["journey_id"],
            ["journey.id"],
            name=op.f("fk_backfill_journey_id_journey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["journey_version.id"],
            name=op.f("fk_backfill_version_id_journey_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backfill")),
    )
    op.create_index(
        "ix_backfill_open",
        "backfill",
        ["journey_id"],
        unique=True,
        postgresql_where=sa.text("done_at IS NULL"),
        sqlite_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "question",
        sa.Column("id", Id, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("enrollment_id", Id, nullable=False),
        sa.Column("journey_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("node", sa.String(length=64), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("addressee", sa.String(length=128), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("form", Json, nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("escalate_at", Instant(), nullable=True),
        sa.Column("escalate_to", sa.String(length=128), nullable=True),
        sa.Column("escalated_at", Instant(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by", sa.String(length=120), nullable=True),
        sa.Column("answer", sa.String(length=60), nullable=True),
        sa.Column("values", Json, nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollment.id"],
            name=op.f("fk_question_enrollment_id_enrollment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("key", name=op.f("uq_question_key")),
    )
    op.create_index(op.f("ix_question_contact_id"), "question", ["contact_id"], unique=False)
    op.create_index(op.f("ix_question_enrollment_id"), "question", ["enrollment_id"], unique=False)
    op.create_index(
        "ix_question_escalation",
        "question",
        ["escalate_at"],
        unique=False,
        postgresql_where=sa.text(
            "answered_at IS NULL AND closed_at IS NULL AND escalated_at IS NULL"
        ),
        sqlite_where=sa.text("answered_at IS NULL AND closed_at IS NULL AND escalated_at IS NULL"),
    )
    op.create_index(
        "ix_question_open",
        "question",
        ["id"],
        unique=False,
        postgresql_where=sa.text("answered_at IS NULL AND closed_at IS NULL"),
        sqlite_where=sa.text("answered_at IS NULL AND closed_at IS NULL"),
    )
    op.create_table(
        "experiment",
        sa.Column("journey_id", Id, nullable=False),
        sa.Column("node", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=160), nullable=False),
        sa.Column("design", sa.String(length=64), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("first_at", Instant(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("winner", sa.String(length=60), nullable=True),
        sa.Column("details", Json, nullable=True),
        sa.ForeignKeyConstraint(
            ["journey_id"],
            ["journey.id"],
            name=op.f("fk_experiment_journey_id_journey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("journey_id", "node", name=op.f("pk_experiment")),
    )
    op.create_table(
        "journey_minute",
        sa.Column("journey_id", Id, nullable=False),
        sa.Column("minute", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["journey_id"],
            ["journey.id"],
            name=op.f("fk_journey_minute_journey_id_journey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("journey_id", "minute", name=op.f("pk_journey_minute")),
    )
    op.add_column(
        "contact",
        sa.Column("is_held_out", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("contact", sa.Column("erased_at", Instant(), nullable=True))
    op.add_column("journey", sa.Column("paused_at", Instant(), nullable=True))
    op.add_column("journey", sa.Column("paused_for", sa.String(length=120), nullable=True))
    for name in ("entries_paused", "sends_paused"):
        op.add_column(
            "journey",
            sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False),
        )
    op.add_column(
        "enrollment",
        sa.Column("is_recalled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.execute("UPDATE enrollment SET is_recalled = true WHERE status = 3")
    op.add_column("journey_version", sa.Column("moves", Json, nullable=True))
    op.add_column("pass_log", sa.Column("notes", Json, nullable=True))
    _keep_documents_as("json")


def _keep_documents_as(kind: str) -> None:
    """Change how PostgreSQL keeps documents; their keys stay in the order in which they are."""
    if op.get_context().dialect.name == "postgresql":
        for table, column in (("journey", "draft"), ("journey_version", "document")):
            op.execute(f"ALTER TABLE {table} ALTER {column} TYPE {kind} USING {column}::{kind}")


def downgrade() -> None:
    _keep_documents_as("jsonb")
    op.drop_column("pass_log", "notes")
    op.drop_column("journey_version", "moves")
    op.drop_column("enrollment", "is_recalled")
    op.drop_column("journey", "sends_paused")
    op.drop_column("journey", "entries_paused")
    op.drop_column("journey", "paused_for")
    op.drop_column("journey", "paused_at")
    op.drop_column("contact", "erased_at")
    op.drop_column("contact", "is_held_out")
    op.drop_table("journey_minute")
    op.drop_table("experiment")
    op.drop_index(
        "ix_question_open",
        table_name="question",
        postgresql_where=sa.text("answered_at IS NULL AND closed_at IS NULL"),
        sqlite_where=sa.text("answered_at IS NULL AND closed_at IS NULL"),
    )
    op.drop_index(
        "ix_question_escalation",
        table_name="question",
        postgresql_where=sa.text(
            "answered_at IS NULL AND closed_at IS NULL AND escalated_at IS NULL"
        ),
        sqlite_where=sa.text("answered_at IS NULL AND closed_at IS NULL AND escalated_at IS NULL"),
    )
    op.drop_index(op.f("ix_question_enrollment_id"), table_name="question")
    op.drop_index(op.f("ix_question_contact_id"), table_name="question")
    op.drop_table("question")
    op.drop_index(
        "ix_backfill_open",
        table_name="backfill",
        postgresql_where=sa.text("done_at IS NULL"),
        sqlite_where=sa.text("done_at IS NULL"),
    )
    op.drop_table("backfill")
    op.drop_table("throttle_slot")
    op.drop_index(op.f("ix_record_contact_id"), table_name="record")
    op.drop_table("record")
    op.drop_index(op.f("ix_late_entry_until"), table_name="late_entry")
    op.drop_table("late_entry")
    op.drop_table("entry_refusal")
