"""Partials of one's own, and variants of templates by language."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant, Json

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "partial",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partial")),
        sa.UniqueConstraint("name", name=op.f("uq_partial_name")),
    )
    op.create_table(
        "partial_version",
        sa.Column("id", Id, nullable=False),
        sa.Column("partial_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["partial_id"],
            ["partial.id"],
            name=op.f("fk_partial_version_partial_id_partial"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partial_version")),
        sa.UniqueConstraint(
            "partial_id", "number", name=op.f("uq_partial_version_partial_id_number")
        ),
    )
    op.add_column("template_version", sa.Column("variants", Json, nullable=True))
    op.add_column("template_version", sa.Column("compiled_variants", Json, nullable=True))
    op.add_column("template_version", sa.Column("note", sa.String(length=120), nullable=True))


def downgrade() -> None:
    op.drop_column("template_version", "note")
    op.drop_column("template_version", "compiled_variants")
    op.drop_column("template_version", "variants")
    op.drop_table("partial_version")
    op.drop_table("partial")
