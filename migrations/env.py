"""How Alembic reaches the database: by the connection it is given (see server/migrating.py)."""

import re
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from engine.db import PARTITIONED
from engine.models import (
    account,
    asset,
    call,
    catalog,
    contact,
    coupon,
    entry,
    event,
    fetching,
    importing,
    journey,
    limit,
    message,
    operation,
    provider,
    question,
    record,
    segment,
    touch,
)
from engine.models.base import Base, Id, Instant, Json, Sealed, SealedJson

del account, asset, call, catalog, contact, coupon, entry, event, fetching  # for their tables
del importing, journey, limit
del message, operation, provider, question, record, segment, touch

PARTITION = re.compile(rf"({'|'.join(PARTITIONED)})_(\d{{4}}_\d\d|default)")


def is_compared(name: str | None, kind: str, _parents: Any) -> bool:
    """Return whether autogenerate looks at this: at our tables, not at their monthly parts."""
    return kind != "table" or not PARTITION.fullmatch(name or "")


def render_type(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Return how a type of ours is written in a migration; False: as Alembic would."""
    if kind != "type":
        return False
    if isinstance(item, Instant | Sealed | SealedJson):
        name = type(item).__name__
        written = f"{name}()"
    elif item is Json or item is Id:
        name = written = "Json" if item is Json else "Id"
    else:
        return False
    autogen.imports.add(f"from engine.models.base import {name}")
    return written


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    include_name=is_compared,
    render_item=render_type,
)
with context.begin_transaction():
    context.run_migrations()
