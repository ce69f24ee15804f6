"""No secret stands in the database in clear (promise P21)."""

from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import MetaData, select, text

from channels.webhook.guard import Guard
from engine.accounts import instance
from engine.contacts.suppression import find_suppressed, suppress
from engine.db import Database
from engine.messages.webhooks.endpoints import (
    EndpointDraft,
    get_endpoint,
    make_endpoint,
    rotate_secret,
)
from engine.models.message import Endpoint
from engine.sealing import Unsealable, build_seal, generate_key
from server.migrating import build_config, migrate
from server.opening import prepare
from tests.seal import SECRET_KEY

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CANARY = "canary-e4f1c7"
BEFORE = "0019"
ADDRESS = ("email", "ann@example.com")


def dump(database):
    """Return every value of every row, as text."""
    tables = MetaData()
    with database.engine.connect() as connection:
        tables.reflect(connection)
        return "\n".join(
            repr(tuple(row))
            for table in tables.sorted_tables
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table.name}"')
        )


def fill(database):
    """Make every secret that a database holds; answers them as they are in memory."""
    with database.transaction() as session:
        draft = EndpointDraft("crm", None, {"X-Token": CANARY})
        made = make_endpoint(session, draft, guard=Guard(), now=NOW)
        old = made.secret
        rotate_secret(session, "crm", revision=1, keep=timedelta(days=1), now=NOW)
        signing = instance.get_secret(session, instance.UNSUBSCRIBE)
        token = instance.ensure_setup_token(session)
        suppress(session, *ADDRESS, reason="by_hand", now=NOW)
        return {
            "new": get_endpoint(session, "crm").secret,
            "old": old,
            "token": token,
            "signing": instance.find_secret(session, instance.UNSUBSCRIBE),
            "hashes": instance.find_secret(session, "suppression"),
        }, signing


def look(database):
    with database.reading() as session:
        endpoint = get_endpoint(session, "crm")
        return (
            {
                "new": endpoint.secret,
                "old": endpoint.old_secret,
                "token": instance.find_secret(session, "setup_token"),
                "signing": instance.find_secret(session, instance.UNSUBSCRIBE),
                "hashes": instance.find_secret(session, "suppression"),
            },
            endpoint.headers,
            find_suppressed(session, [ADDRESS]),
        )


def test_a_dump_of_the_database_holds_none_of_them(database):
    known, signing = fill(database)
    dumped = dump(database)
    for secret in (CANARY, *known.values(), signing.hex()):
        assert secret and secret not in dumped
    assert look(database) == (known, {"X-Token": CANARY}, {ADDRESS})


def test_what_stood_in_clear_is_sealed_by_the_migration_and_comes_back(database):
    known, _ = fill(database)
    with database.transaction() as session:
        command.downgrade(build_config(session.connection()), BEFORE)
    dumped = dump(database)
    assert all(secret in dumped for secret in (CANARY, *known.values()))
    migrate(database, now=NOW)
    dumped = dump(database)
    assert not any(secret in dumped for secret in (CANARY, *known.values()))
    assert look(database) == (known, {"X-Token": CANARY}, {ADDRESS})


def reopen(database, key):
    return Database(database.url.render_as_string(hide_password=False), seal=build_seal(key, None))


def test_another_key_is_refused_before_anything_happens(house):
    fill(house.database)
    prepare(house)
    other = reopen(house.database, generate_key())
    with pytest.raises(Unsealable, match="bring back"), other.transaction() as session:
        instance.check_seal(session)
    other.close()


def test_after_a_rotation_the_older_key_is_needed_no_more(database):
    known, _ = fill(database)
    new = generate_key()
    both = reopen(database, f"{new},{SECRET_KEY}")
    with both.transaction() as session:
        assert instance.reseal(session) == 1 + len(session.scalars(_NAMES).all())
    both.close()
    alone = reopen(database, new)
    assert look(alone) == (known, {"X-Token": CANARY}, {ADDRESS})
    alone.close()
    with pytest.raises(Unsealable), database.reading() as session:
        session.scalars(select(Endpoint)).all()


_NAMES = text("SELECT name FROM instance_secret")
