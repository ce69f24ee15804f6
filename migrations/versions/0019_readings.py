"""Letters that were read are found by contact, and the newest of all."""

import sqlalchemy as sa
from alembic import op

from engine.models.message import READ

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = {"postgresql_where": sa.text(READ), "sqlite_where": sa.text(READ)}
    op.create_index("ix_message_read", "message", ["contact_id", "id"], unique=False, **where)
    op.create_index("ix_message_read_id", "message", ["id"], unique=False, **where)


def downgrade() -> None:
    op.drop_index("ix_message_read_id", table_name="message")
    op.drop_index("ix_message_read", table_name="message")
