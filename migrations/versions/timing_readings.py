"""Letters that were read are found by contact, and the newest of all."""

import sqlalchemy as sa
from alembic import op

from engine.models.message import READ

revision = "timing_readings"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_read = sa.text(READ)
    op.create_index(
        "ix_message_read",
        "message",
        ["contact_id", "id"],
        unique=False,
        postgresql_where=is_read,
        sqlite_where=is_read,
    )
    op.create_index(
        "ix_message_read_id",
        "message",
        ["id"],
        unique=False,
        postgresql_where=is_read,
        sqlite_where=is_read,
    )


def downgrade() -> None:
    op.drop_index("ix_message_read_id", table_name="message")
    op.drop_index("ix_message_read", table_name="message")
