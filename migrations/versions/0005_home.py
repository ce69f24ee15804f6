"""What happened by day; topics and endpoints that two people edit."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SENT = """
INSERT INTO day_count (what, day, shard, n)
SELECT channel, CAST(floor(extract(epoch FROM sent_at) / 86400) AS INTEGER), 0, count(*)
FROM message WHERE sent_at IS NOT NULL AND direction = 'out' AND channel IN ('email', 'sms')
GROUP BY 1, 2
"""
SENT_ON_SQLITE = """
INSERT INTO day_count (what, day, shard, n)
SELECT channel, CAST(julianday(date(sent_at)) - 2440587.5 AS INTEGER), 0, count(*)
FROM message WHERE sent_at IS NOT NULL AND direction = 'out' AND channel IN ('email', 'sms')
GROUP BY 1, 2
"""
EVENTS = """
INSERT INTO day_count (what, day, shard, n)
SELECT 'events', CAST(floor(extract(epoch FROM received_at) / 86400) AS INTEGER), 0, count(*)
FROM event WHERE actor <> 'system' GROUP BY 2
"""
EVENTS_ON_SQLITE = """
INSERT INTO day_count (what, day, shard, n)
SELECT 'events', CAST(julianday(date(received_at)) - 2440587.5 AS INTEGER), 0, count(*)
FROM event WHERE actor <> 'system' GROUP BY 2
"""


def upgrade() -> None:
    op.create_table(
        "day_count",
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("what", "day", "shard", name=op.f("pk_day_count")),
    )
    op.add_column("topic", sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    op.add_column("topic", sa.Column("archived_at", Instant(), nullable=True))
    op.add_column(
        "endpoint", sa.Column("revision", sa.Integer(), server_default="1", nullable=False)
    )
    op.create_index(op.f("ix_goal_reached_at"), "goal_reached", ["at"], unique=False)
    _count_what_was()


def _count_what_was() -> None:
    """Count, once, what happened before days were counted."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(SENT_ON_SQLITE if is_sqlite else SENT)
    op.execute(EVENTS_ON_SQLITE if is_sqlite else EVENTS)


def downgrade() -> None:
    op.drop_index(op.f("ix_goal_reached_at"), table_name="goal_reached")
    op.drop_column("endpoint", "revision")
    op.drop_column("topic", "archived_at")
    op.drop_column("topic", "revision")
    op.drop_table("day_count")
