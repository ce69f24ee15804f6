"""Contacts found by name; segments' sizes by day; calls that were refused."""

import sqlalchemy as sa
from alembic import op

from engine.models.base import Id, Instant, Json

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BATCH = 2_000
LONGEST = 80
OPERATORS = "varchar_pattern_ops"


def upgrade() -> None:
    op.create_table(
        "refused_call",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("path", sa.String(length=40), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("message", sa.String(length=300), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("origin", sa.String(length=200), nullable=True),
        sa.Column("event", sa.String(length=128), nullable=True),
        sa.Column("message_id", sa.String(length=128), nullable=True),
        sa.Column("unsaid", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_call")),
    )
    op.create_table(
        "segment_day",
        sa.Column("segment", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segment"],
            ["segment.key"],
            name=op.f("fk_segment_day_segment_segment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segment", "day", name=op.f("pk_segment_day")),
    )
    op.create_index(
        "ix_identity_value",
        "identity",
        ["value"],
        unique=False,
        postgresql_ops={"value": OPERATORS},
    )
    op.drop_index("ix_contact_email", table_name="contact")
    op.create_index(
        "ix_contact_email",
        "contact",
        ["email"],
        unique=False,
        postgresql_ops={"email": OPERATORS},
    )
    for name in ("name_key", "surname_key"):
        op.add_column("contact", sa.Column(name, sa.String(length=LONGEST), nullable=True))
    name_contacts()
    for name in ("name_key", "surname_key"):
        op.create_index(
            f"ix_contact_{name}", "contact", [name], unique=False, postgresql_ops={name: OPERATORS}
        )


def name_contacts() -> None:
    """Fill both columns, a batch at a time; the database's own `lower` is not Unicode's folding."""
    connection = op.get_bind()
    contact = sa.table(
        "contact",
        sa.column("id", sa.BigInteger),
        sa.column("attributes", Json),
        sa.column("name_key", sa.String),
        sa.column("surname_key", sa.String),
    )
    change = (
        sa.update(contact)
        .where(contact.c.id == sa.bindparam("whose"))
        .values(name_key=sa.bindparam("name"), surname_key=sa.bindparam("surname"))
    )
    last = 0
    while True:
        rows = connection.execute(
            sa.select(contact.c.id, contact.c.attributes)
            .where(contact.c.id > last)
            .order_by(contact.c.id)
            .limit(BATCH)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        named = [build_keys(row.id, row.attributes) for row in rows]
        if changed := [one for one in named if one["name"]]:
            connection.execute(change, changed)


def build_keys(whose: int, attributes: dict[str, object]) -> dict[str, object]:
    name = attributes.get("name")
    parts = [name] if name else [attributes.get("first_name"), attributes.get("last_name")]
    words = " ".join(str(part) for part in parts if part).casefold().split()
    return {
        "whose": whose,
        "name": " ".join(words)[:LONGEST] or None,
        "surname": words[-1][:LONGEST] if words else None,
    }


def downgrade() -> None:
    for name in ("surname_key", "name_key"):
        op.drop_index(f"ix_contact_{name}", table_name="contact")
        op.drop_column("contact", name)
    op.drop_index("ix_contact_email", table_name="contact")
    op.create_index("ix_contact_email", "contact", ["email"], unique=False)
    op.drop_index("ix_identity_value", table_name="identity")
    op.drop_table("segment_day")
    op.drop_table("refused_call")
