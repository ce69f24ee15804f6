"""Counts by day; journeys in folders, and put away; letters to look at while they are written."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "template_preview",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("html", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_template_preview")),
    )
    op.create_index(
        op.f("ix_template_preview_created_at"), "template_preview", ["created_at"], unique=False
    )
    op.add_column(
        "journey",
        sa.Column("folder", sa.String(length=60), server_default="", nullable=False),
    )
    op.add_column("journey", sa.Column("archived_at", Instant(), nullable=True))
    op.create_table(
        "tally_day",
        sa.Column("version_id", Id, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("node", sa.SmallInteger(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["journey_version.id"],
            name=op.f("fk_tally_day_version_id_journey_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "day", "node", "label", name=op.f("pk_tally_day")),
    )


def downgrade() -> None:
    op.drop_table("tally_day")
    op.drop_index(op.f("ix_template_preview_created_at"), table_name="template_preview")
    op.drop_table("template_preview")
    op.drop_column("journey", "archived_at")
    op.drop_column("journey", "folder")
