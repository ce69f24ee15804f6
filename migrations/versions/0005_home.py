"""What an overview counts by; topics and endpoints that two people edit."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_day",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_event_day")),
    )
    op.add_column("topic", sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    op.add_column("topic", sa.Column("archived_at", Instant(), nullable=True))
    op.add_column(
        "endpoint", sa.Column("revision", sa.Integer(), server_default="1", nullable=False)
    )
    op.create_index(op.f("ix_goal_reached_at"), "goal_reached", ["at"], unique=False)
    op.create_index(
        "ix_message_sent",
        "message",
        ["sent_at"],
        unique=False,
        postgresql_where=sa.text("sent_at IS NOT NULL"),
        sqlite_where=sa.text("sent_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_message_sent", table_name="message")
    op.drop_index(op.f("ix_goal_reached_at"), table_name="goal_reached")
    op.drop_column("endpoint", "revision")
    op.drop_column("topic", "archived_at")
    op.drop_column("topic", "revision")
    op.drop_table("event_day")
