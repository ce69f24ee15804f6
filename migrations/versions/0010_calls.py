"""Webhooks: how targets fare, every attempt, two secrets at a time, endpoints that are off."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant, Json

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TARGET_KNOWN = "target IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "call_target",
        sa.Column("target", sa.String(length=300), nullable=False),
        sa.Column("endpoint", sa.String(length=128), nullable=True),
        sa.Column("served_at", Instant(), nullable=False),
        sa.Column("window_at", Instant(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("silences", sa.Integer(), server_default="0", nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("rest_until", Instant(), nullable=True),
        sa.Column("failing_since", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("target", name=op.f("pk_call_target")),
    )
    op.create_table(
        "call_attempt",
        sa.Column("id", Id, nullable=False),
        sa.Column("message_id", Id, nullable=False),
        sa.Column("target", sa.String(length=300), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("next_at", Instant(), nullable=True),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("headers", Json, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name=op.f("fk_call_attempt_message_id_message"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_attempt")),
    )
    op.create_index(op.f("ix_call_attempt_message_id"), "call_attempt", ["message_id"])
    op.create_index("ix_call_attempt_target", "call_attempt", ["target", "id"])
    op.create_index("ix_call_attempt_fate", "call_attempt", ["target", "is_good", "id"])
    op.add_column("endpoint", sa.Column("secret_at", Instant(), nullable=True))
    op.add_column("endpoint", sa.Column("old_secret", sa.String(length=120), nullable=True))
    op.add_column("endpoint", sa.Column("old_secret_until", Instant(), nullable=True))
    op.add_column("endpoint", sa.Column("disabled_at", Instant(), nullable=True))
    op.add_column("endpoint", sa.Column("disabled_for", sa.String(length=20), nullable=True))
    # Calls that wait get theirs from the scheduler, a minute after the start.
    op.add_column("message", sa.Column("target", sa.String(length=300), nullable=True))
    op.create_index(
        "ix_message_target",
        "message",
        ["target", "state", "due_at"],
        postgresql_where=sa.text(TARGET_KNOWN),
        sqlite_where=sa.text(TARGET_KNOWN),
    )


def downgrade() -> None:
    op.drop_index("ix_message_target", table_name="message")
    op.drop_column("message", "target")
    for name in ("disabled_for", "disabled_at", "old_secret_until", "old_secret", "secret_at"):
        op.drop_column("endpoint", name)
    op.drop_table("call_attempt")
    op.drop_table("call_target")
