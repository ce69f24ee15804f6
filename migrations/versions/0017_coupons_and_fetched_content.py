"""Coupons in pools, and content that letters fetch."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant, SealedJson
from engine.models.coupon import DRAWN, LEFT, OWN_CODE, UNSETTLED

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coupon_pool",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("low_water", sa.Integer(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("common_code", sa.String(length=64), nullable=True),
        sa.Column("per_contact", sa.Boolean(), nullable=False),
        sa.Column("told", sa.SmallInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupon_pool")),
        sa.UniqueConstraint("name", name=op.f("uq_coupon_pool_name")),
    )
    op.create_table(
        "coupon_code",
        sa.Column("id", Id, nullable=False),
        sa.Column("pool_id", Id, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("is_common", sa.Boolean(), nullable=False),
        sa.Column("drawn_at", Instant(), nullable=True),
        sa.Column("message_uid", sa.Uuid(), nullable=True),
        sa.Column("contact_id", Id, nullable=True),
        sa.Column("is_unsettled", sa.Boolean(), nullable=False),
        sa.Column("redeemed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_coupon_code_contact_id_contact")
        ),
        sa.ForeignKeyConstraint(
            ["pool_id"],
            ["coupon_pool.id"],
            name=op.f("fk_coupon_code_pool_id_coupon_pool"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupon_code")),
    )
    op.create_index(op.f("ix_coupon_code_contact_id"), "coupon_code", ["contact_id"])
    op.create_index("ix_coupon_code_code", "coupon_code", ["code"])
    op.create_index(
        "uq_coupon_code_message", "coupon_code", ["pool_id", "message_uid"], unique=True
    )
    own = sa.text(OWN_CODE)
    op.create_index(
        "uq_coupon_code_code",
        "coupon_code",
        ["pool_id", "code"],
        unique=True,
        postgresql_where=own,
        sqlite_where=own,
    )
    for name, columns, condition in (
        ("ix_coupon_code_left", ["pool_id", "id"], LEFT),
        ("ix_coupon_code_drawn", ["pool_id", "id"], DRAWN),
        ("ix_coupon_code_unsettled", ["id"], UNSETTLED),
    ):
        where = sa.text(condition)
        op.create_index(name, "coupon_code", columns, postgresql_where=where, sqlite_where=where)
    op.create_table(
        "fetch_source",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("headers", SealedJson(), nullable=False),
        sa.Column("answers", sa.String(length=4), nullable=False),
        sa.Column("timeout_ms", sa.Integer(), nullable=False),
        sa.Column("fresh_seconds", sa.Integer(), nullable=False),
        sa.Column("stale_hours", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("silences", sa.Integer(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("recovering_since", Instant(), nullable=True),
        sa.Column("closed_until", Instant(), nullable=True),
        sa.Column("failing_since", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_fetch_source")),
    )
    op.create_table(
        "fetched_answer",
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("fetched_at", Instant(), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.Column("failed_at", Instant(), nullable=True),
        sa.Column("may_pass", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.Column("asked_until", Instant(), nullable=True),
        sa.Column("used_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"],
            ["fetch_source.name"],
            name=op.f("fk_fetched_answer_source_fetch_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_fetched_answer")),
    )
    op.create_index(op.f("ix_fetched_answer_used_at"), "fetched_answer", ["used_at"])
    op.create_index(op.f("ix_fetched_answer_source"), "fetched_answer", ["source"])


def downgrade() -> None:
    for name in ("fetched_answer", "fetch_source", "coupon_code", "coupon_pool"):
        op.drop_table(name)
