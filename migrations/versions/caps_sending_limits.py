"""Sending limits, and the messages that count towards them."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant

revision = "caps"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sending_limit",
        sa.Column("id", Id, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=True),
        sa.Column("topic", sa.String(length=64), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("window", sa.String(length=40), nullable=False),
        sa.Column("policy", sa.String(length=4), nullable=False),
        sa.Column("hold_for", sa.String(length=40), nullable=True),
        sa.Column("counts_transactional", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("policy IN ('skip', 'hold')", name=op.f("ck_sending_limit_policy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending_limit")),
        sa.UniqueConstraint("key", name=op.f("uq_sending_limit_key")),
    )
    op.create_table(
        "sending_use",
        sa.Column("message_id", Id, autoincrement=False, nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=True),
        sa.Column("is_transactional", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_sending_use_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name=op.f("fk_sending_use_message_id_message"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_sending_use")),
    )
    op.create_index(op.f("ix_sending_use_at"), "sending_use", ["at"], unique=False)
    op.create_index("ix_sending_use_contact", "sending_use", ["contact_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_table("sending_use")
    op.drop_table("sending_limit")
