"""Who asked for no more texts, and what a text costs."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Instant

revision = "sms"
down_revision = "caps"
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
    op.add_column("message", sa.Column("parts", sa.SmallInteger(), nullable=True))
    op.add_column("message", sa.Column("price_micro", sa.BigInteger(), nullable=True))
    op.add_column("message", sa.Column("currency", sa.String(length=3), nullable=True))


def downgrade() -> None:
    for column in ("currency", "price_micro", "parts"):
        op.drop_column("message", column)
    op.drop_table("sms_opt_out")
