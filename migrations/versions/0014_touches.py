"""Opens and clicks: each as it came, and where the links of one letter lead."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant, Json
from engine.models.touch import UNJUDGED

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_links",
        sa.Column("message_id", Id, autoincrement=False, nullable=False),
        sa.Column("targets", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name=op.f("fk_message_links_message_id_message"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_message_links")),
    )
    op.create_table(
        "touch",
        sa.Column("id", Id, nullable=False),
        sa.Column("message_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("link", sa.String(length=40), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("network", sa.String(length=45), nullable=False),
        sa.Column("hints", sa.SmallInteger(), nullable=False),
        sa.Column("made_by", sa.String(length=7), nullable=True),
        sa.Column("why", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name=op.f("fk_touch_message_id_message"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touch")),
    )
    op.create_index("ix_touch_message", "touch", ["message_id", "at"], unique=False)
    op.create_index("ix_touch_at", "touch", ["at"], unique=False)
    where = sa.text(UNJUDGED)
    op.create_index(
        "ix_touch_due",
        "touch",
        ["due_at"],
        unique=False,
        postgresql_where=where,
        sqlite_where=where,
    )


def downgrade() -> None:
    op.drop_table("touch")
    op.drop_table("message_links")
