"""A yes that is confirmed by a letter, pages of one's own choices, and a rest from marketing."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant, Json

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contact", sa.Column("paused_until", Instant(), nullable=True))
    op.add_column(
        "topic",
        sa.Column("is_public", sa.Boolean(), server_default=sa.text("true"), nullable=False),
    )
    op.create_table(
        "consent_request",
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("proof", Json, nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_consent_request_contact_id_contact"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contact_id", "topic", "channel", name=op.f("pk_consent_request")),
    )
    op.create_index(
        "ix_consent_request_due",
        "consent_request",
        ["due_at"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "confirmation_turn",
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_confirmation_turn")),
    )
    op.create_index(op.f("ix_confirmation_turn_taken_at"), "confirmation_turn", ["taken_at"])


def downgrade() -> None:
    op.drop_table("confirmation_turn")
    op.drop_table("consent_request")
    op.drop_column("topic", "is_public")
    op.drop_column("contact", "paused_until")
