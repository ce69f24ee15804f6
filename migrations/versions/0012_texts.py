"""Who asked for no more texts, what a text costs, and notices that are told to chats."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sms_opt_out",
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("sender", "address_hash", name=op.f("pk_sms_opt_out")),
    )
    op.add_column("notice", sa.Column("due_at", Instant(), nullable=True))
    op.add_column(
        "notice", sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False)
    )
    op.add_column("notice", sa.Column("told_at", Instant(), nullable=True))
    op.add_column("notice", sa.Column("trouble", sa.String(length=200), nullable=True))
    is_due = sa.text("due_at IS NOT NULL")
    op.create_index(
        "ix_notice_due", "notice", ["due_at"], postgresql_where=is_due, sqlite_where=is_due
    )
    op.add_column("message", sa.Column("parts", sa.SmallInteger(), nullable=True))
    op.add_column("message", sa.Column("price_micro", sa.BigInteger(), nullable=True))
    op.add_column("message", sa.Column("currency", sa.String(length=3), nullable=True))


def downgrade() -> None:
    for column in ("currency", "price_micro", "parts"):
        op.drop_column("message", column)
    op.drop_index("ix_notice_due", table_name="notice")
    for column in ("trouble", "told_at", "attempts", "due_at"):
        op.drop_column("notice", column)
    op.drop_table("sms_opt_out")
