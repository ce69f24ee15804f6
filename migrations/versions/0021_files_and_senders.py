"""Files for letters, from whom letters come, and both as a version of a template names them."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Instant, Json

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asset",
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_asset")),
        sa.UniqueConstraint("name", name=op.f("uq_asset_name")),
    )
    op.create_table(
        "letter_sender",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=70), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("reply_to", sa.String(length=254), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_letter_sender")),
    )
    op.add_column("template_version", sa.Column("sender", sa.String(length=64), nullable=True))
    op.add_column("template_version", sa.Column("files", Json, nullable=True))
    op.add_column("topic", sa.Column("sender", sa.String(length=64), nullable=True))
    op.add_column("test_letter", sa.Column("files", Json, nullable=True))
    op.add_column("message_content", sa.Column("files", Json, nullable=True))


def downgrade() -> None:
    op.drop_column("message_content", "files")
    op.drop_column("test_letter", "files")
    op.drop_column("topic", "sender")
    op.drop_column("template_version", "files")
    op.drop_column("template_version", "sender")
    op.drop_table("letter_sender")
    op.drop_table("asset")
