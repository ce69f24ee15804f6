"""How Alembic reaches the database: by the connection it is given (see server/migrating.py)."""

from alembic import context

from engine.models import account, contact, event, journey, message, operation, segment
from engine.models.base import Base

del account, contact, event, journey, message, operation, segment  # imported for their tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
