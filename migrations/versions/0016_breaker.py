"""Accounts and the targets of calls stand by one breaker, and it says since when it is open."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_RENAMED = {
    "window_at": "begun_at",
    "closed_at": "recovering_since",
    "rest_until": "closed_until",
}


def upgrade() -> None:
    for old, new in _RENAMED.items():
        op.alter_column("call_target", old, new_column_name=new)
    op.add_column("provider_account", sa.Column("opened_at", Instant(), nullable=True))
    op.execute("UPDATE provider_account SET opened_at = closed_until WHERE is_open")
    with op.batch_alter_table("provider_account") as table:
        table.drop_column("is_open")


def downgrade() -> None:
    op.add_column(
        "provider_account",
        sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.execute("UPDATE provider_account SET is_open = (opened_at IS NOT NULL)")
    with op.batch_alter_table("provider_account") as table:
        table.drop_column("opened_at")
    for old, new in _RENAMED.items():
        op.alter_column("call_target", new, new_column_name=old)
