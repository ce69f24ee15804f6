"""Brings a database's schema up to this release."""

from datetime import datetime
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from engine.accounts import instance
from engine.db import Database, ensure_partitions
from engine.errors import Conflict
from engine.resources import find_resource
from engine.sealing import NO_KEY, Unsealable


def build_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration for the migrations that came with this release."""
    config = Config()
    config.set_main_option("script_location", str(find_resource("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migrate(database: Database, *, now: datetime) -> str:
    """Upgrade the schema, make the coming months' partitions, and answer the revision reached.

    Repeating it is harmless. Interrupted half-way it is rolled back whole.

    Raises:
        Conflict: the database was written by a newer release than this one.
        Unsealable: the key to its secrets is missing, or another one.
    """
    refuse_newer_schema(database)
    require_key(database)
    with database.transaction() as session:
        config = build_config(session.connection())
        command.upgrade(config, "head")
        ensure_partitions(session, now=now)
        if database.seal is not None:
            instance.check_seal(session)
        return find_revision(session.connection()) or ""


def require_key(database: Database) -> None:
    """Stop before anything is sealed or opened, where there is no key to do it with.

    Raises:
        Unsealable: there is none.
    """
    if database.seal is not None and not database.seal.is_ready:
        raise Unsealable(NO_KEY)


def find_revision(connection: Connection) -> str | None:
    """Return the revision the database is at; None if it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def is_current(database: Database) -> bool:
    """Return whether the schema is that of this release."""
    with database.reading() as session:
        revision = find_revision(session.connection())
    return revision == ScriptDirectory.from_config(build_config()).get_current_head()


def refuse_newer_schema(database: Database) -> None:
    """Stop before an older release touches what a newer one wrote.

    Raises:
        Conflict: the database is at a revision that this release does not know.
    """
    with database.reading() as session:
        revision = find_revision(session.connection())
    known: set[Any] = {
        script.revision for script in ScriptDirectory.from_config(build_config()).walk_revisions()
    }
    if revision is not None and revision not in known:
        msg = f"the database is at {revision}, which a newer release of Sojourn wrote: use that one"
        raise Conflict(msg)
