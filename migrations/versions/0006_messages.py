"""Messages found by journey, by time, and by why they did not leave; letters sent to try them."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant, Json

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UNSENT = "state IN (3, 4, 5, 6, 7)"


def upgrade() -> None:
    op.create_index("ix_message_created", "message", ["created_at"], unique=False)
    op.create_index("ix_message_journey", "message", ["journey_id", "id"], unique=False)
    op.create_index(
        "ix_message_unsent",
        "message",
        ["state", "id"],
        unique=False,
        postgresql_where=sa.text(UNSENT),
        sqlite_where=sa.text(UNSENT),
    )
    op.create_table(
        "test_letter",
        sa.Column("id", Id, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("template", sa.String(length=128), nullable=True),
        sa.Column("contact_id", Id, nullable=True),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("provider_id", sa.String(length=200), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column("recipient", sa.String(length=2000), nullable=False),
        sa.Column("subject", sa.String(length=998), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("html", sa.LargeBinary(), nullable=True),
        sa.Column("headers", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_test_letter_contact_id_contact")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_letter")),
        sa.UniqueConstraint("uid", name=op.f("uq_test_letter_uid")),
    )
    op.create_index(op.f("ix_test_letter_contact_id"), "test_letter", ["contact_id"], unique=False)
    op.create_index(op.f("ix_test_letter_created_at"), "test_letter", ["created_at"], unique=False)


def downgrade() -> None:
    op.drop_table("test_letter")
    op.drop_index("ix_message_unsent", table_name="message")
    op.drop_index("ix_message_journey", table_name="message")
    op.drop_index("ix_message_created", table_name="message")
