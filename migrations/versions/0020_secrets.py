"""Secrets are kept sealed: those of endpoints, with their headers, and the instance's own."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from engine.models.base import Json, Sealed, find_seal

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_FACT = sa.table("instance_fact", sa.column("name", sa.String), sa.column("value", _JSON))
_SECRET = sa.table("instance_secret", sa.column("name", sa.String), sa.column("value", sa.Text))
_ENDPOINT = sa.table(
    "endpoint",
    sa.column("key", sa.String),
    sa.column("secret", sa.Text),
    sa.column("old_secret", sa.Text),
    sa.column("headers", sa.Text),
)
_PREFIX = "secret:"
_OTHERS = ("setup_token", "demo_password")


def upgrade() -> None:
    op.create_table(
        "instance_secret",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", Sealed(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_instance_secret")),
    )
    is_secret = sa.or_(_FACT.c.name.startswith(_PREFIX), _FACT.c.name.in_(_OTHERS))
    connection = op.get_bind()
    for name, value in connection.execute(sa.select(_FACT.c.name, _FACT.c.value).where(is_secret)):
        row = {"name": name.removeprefix(_PREFIX), "value": _close(str(value))}
        connection.execute(sa.insert(_SECRET).values(row))
    connection.execute(sa.delete(_FACT).where(is_secret))
    with op.batch_alter_table("endpoint") as table:
        for name, nullable in (("secret", False), ("old_secret", True)):
            table.alter_column(
                name, existing_type=sa.String(120), type_=sa.Text(), existing_nullable=nullable
            )
        table.alter_column(
            "headers",
            existing_type=Json,
            type_=sa.Text(),
            existing_nullable=False,
            postgresql_using="headers::text",
        )
    _rewrite(_close)


def downgrade() -> None:
    _rewrite(_open)
    with op.batch_alter_table("endpoint") as table:
        table.alter_column(
            "headers",
            existing_type=sa.Text(),
            type_=Json,
            existing_nullable=False,
            postgresql_using="headers::jsonb",
        )
        for name, nullable in (("secret", False), ("old_secret", True)):
            table.alter_column(
                name, existing_type=sa.Text(), type_=sa.String(120), existing_nullable=nullable
            )
    connection = op.get_bind()
    kept = sa.select(_SECRET.c.name, _SECRET.c.value).where(_SECRET.c.name != "proof")
    for name, value in connection.execute(kept).all():
        old = name if name in _OTHERS else f"{_PREFIX}{name}"
        connection.execute(sa.insert(_FACT).values(name=old, value=_open(value)))
    op.drop_table("instance_secret")


def _rewrite(change: Any) -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.select(_ENDPOINT)).mappings().all():
        values = {
            name: None if value is None else change(value)
            for name, value in row.items()
            if name != "key"
        }
        connection.execute(sa.update(_ENDPOINT).where(_ENDPOINT.c.key == row["key"]).values(values))


def _close(text: str) -> str:
    return find_seal(op.get_bind().dialect).close(text)


def _open(text: str) -> str:
    return find_seal(op.get_bind().dialect).open(text)
