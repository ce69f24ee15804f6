"""Accounts at providers; messages are found by their class, too, when they are due."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Instant
from engine.models.message import OPEN

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provider_account",
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("paused_at", Instant(), nullable=True),
        sa.Column("paused_for", sa.String(length=300), nullable=True),
        sa.Column("next_at", Instant(), nullable=True),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("carried", sa.Integer(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("closed_until", Instant(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("recovering_since", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "name", name=op.f("pk_provider_account")),
    )
    _index("channel", "state", "message_class", "due_at")


def downgrade() -> None:
    _index("channel", "due_at")
    op.drop_table("provider_account")


def _index(*columns: str) -> None:
    op.drop_index("ix_message_due", table_name="message")
    where = sa.text(OPEN)
    op.create_index(
        "ix_message_due", "message", columns, postgresql_where=where, sqlite_where=where
    )
