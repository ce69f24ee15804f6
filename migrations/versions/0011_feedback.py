"""What providers say of messages afterwards, and what is counted and decided from it."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant, Json

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LEFT = "channel = 'email' AND sent_at IS NOT NULL"
IS_BOUNCE = "kind = 'bounced'"
IS_SOFT = "bounce = 'soft'"


def upgrade() -> None:
    op.add_column("message", sa.Column("complained_at", Instant(), nullable=True))
    op.add_column("message", sa.Column("bounce", sa.String(length=6), nullable=True))
    op.create_index(
        "ix_message_stream",
        "message",
        ["message_class", "sent_at"],
        unique=False,
        postgresql_where=sa.text(LEFT),
        sqlite_where=sa.text(LEFT),
    )
    op.create_table(
        "feedback",
        sa.Column("id", Id, nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("said_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("message_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("bounce", sa.String(length=6), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("occurred_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name=op.f("fk_feedback_message_id_message"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("account", "said_id", name=op.f("uq_feedback_account_said_id")),
    )
    op.create_index(op.f("ix_feedback_message_id"), "feedback", ["message_id"], unique=False)
    op.create_index(op.f("ix_feedback_received_at"), "feedback", ["received_at"], unique=False)
    op.create_index(
        "ix_feedback_soft",
        "feedback",
        ["address_hash", "occurred_at"],
        unique=False,
        postgresql_where=sa.text(IS_SOFT),
        sqlite_where=sa.text(IS_SOFT),
    )
    op.create_index(
        "ix_feedback_bounced",
        "feedback",
        ["id"],
        unique=False,
        postgresql_where=sa.text(IS_BOUNCE),
        sqlite_where=sa.text(IS_BOUNCE),
    )
    op.create_table(
        "feedback_source",
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("heard_at", Instant(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("strays", sa.BigInteger(), nullable=False),
        sa.Column("conflicts", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_feedback_source")),
    )
    op.create_table(
        "domain_day",
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("sent", "delivered", "hard", "soft", "policy", "complained")
        ),
        sa.PrimaryKeyConstraint("domain", "day", "shard", name=op.f("pk_domain_day")),
    )
    op.create_index("ix_domain_day_day", "domain_day", ["day"], unique=False)
    op.create_table(
        "stream",
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("message_class", sa.String(length=13), nullable=False),
        sa.Column("held_at", Instant(), nullable=True),
        sa.Column("why", sa.String(length=12), nullable=True),
        sa.Column("figures", Json, nullable=True),
        sa.Column("resumed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "message_class", name=op.f("pk_stream")),
    )
    op.create_table(
        "sender_domain",
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("checked_at", Instant(), nullable=False),
        sa.Column("is_aligned", sa.Boolean(), nullable=False),
        sa.Column("checks", Json, nullable=False),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_sender_domain")),
    )


def downgrade() -> None:
    for table in ("sender_domain", "stream", "domain_day", "feedback_source", "feedback"):
        op.drop_table(table)
    op.drop_index("ix_message_stream", table_name="message")
    op.drop_column("message", "bounce")
    op.drop_column("message", "complained_at")
