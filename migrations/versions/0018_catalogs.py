"""Catalogs: data sets that letters look things up in."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant, Json

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalog",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("key_field", sa.String(length=64), nullable=False),
        sa.Column("category_field", sa.String(length=64), nullable=True),
        sa.Column("interest_event", sa.String(length=128), nullable=True),
        sa.Column("interest_property", sa.String(length=128), nullable=True),
        sa.Column("owned_event", sa.String(length=128), nullable=True),
        sa.Column("owned_property", sa.String(length=128), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("upload", Json, nullable=True),
        sa.Column("counted_day", sa.Integer(), nullable=True),
        sa.Column("counted_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog")),
        sa.UniqueConstraint("name", name=op.f("uq_catalog_name")),
    )
    op.create_table(
        "catalog_item",
        sa.Column("catalog_id", Id, autoincrement=False, nullable=False),
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["catalog_id"],
            ["catalog.id"],
            name=op.f("fk_catalog_item_catalog_id_catalog"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("catalog_id", "generation", "key", name=op.f("pk_catalog_item")),
    )
    op.create_table(
        "catalog_interest",
        sa.Column("catalog_id", Id, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["catalog_id"],
            ["catalog.id"],
            name=op.f("fk_catalog_interest_catalog_id_catalog"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("catalog_id", "day", "key", name=op.f("pk_catalog_interest")),
    )


def downgrade() -> None:
    op.drop_table("catalog_interest")
    op.drop_table("catalog_item")
    op.drop_table("catalog")
