"""Messages found by journey, by time, and by why they did not leave."""

import sqlalchemy as sa
from alembic import op

revision = "letters1"
down_revision = "0004"
branch_labels = None
depends_on = None

UNSENT = "state IN (3, 4, 5, 6, 7)"


def upgrade() -> None:
    op.create_index("ix_message_created", "message", ["created_at"], unique=False)
    op.create_index("ix_message_journey", "message", ["journey_id", "id"], unique=False)
    op.create_index(
        "ix_message_unsent",
        "message",
        ["state", "id"],
        unique=False,
        postgresql_where=sa.text(UNSENT),
        sqlite_where=sa.text(UNSENT),
    )


def downgrade() -> None:
    op.drop_index("ix_message_unsent", table_name="message")
    op.drop_index("ix_message_journey", table_name="message")
    op.drop_index("ix_message_created", table_name="message")
