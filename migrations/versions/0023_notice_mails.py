"""Notices by e-mail: who wants them, in which language, and which were sent."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "user_account",
        sa.Column("wants_notices", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.add_column(
        "user_account",
        sa.Column("language", sa.String(length=8), server_default="en", nullable=False),
    )
    op.create_table(
        "notice_mail",
        sa.Column("notice_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("planned_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("mailed_at", Instant(), nullable=True),
        sa.Column("trouble", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
            name=op.f("fk_notice_mail_notice_id_notice"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_notice_mail_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "notice_id", name=op.f("pk_notice_mail")),
    )
    op.create_index(op.f("ix_notice_mail_notice_id"), "notice_mail", ["notice_id"], unique=False)
    op.create_index(
        "ix_notice_mail_due",
        "notice_mail",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("notice_mail")
    op.drop_column("user_account", "language")
    op.drop_column("user_account", "wants_notices")
