"""The table of roles and permissions, written out a second time."""

import pytest

from engine.accounts import audit
from engine.accounts.permissions import PERMISSIONS, SCOPES, Permission, Role, may
from engine.models.account import AuditEntry

TABLE = """
                    owner admin publisher editor analyst viewer
journeys:read       x     x     x         x      x       x
operations:read     x     x     x         x      x       x
contacts:read       x     x     x         -      -       -
journeys:write      x     x     x         x      -       -
journeys:publish    x     x     x         -      -       -
contacts:write      x     x     x         -      -       -
contacts:erase      x     x     -         -      -       -
questions:answer    x     x     x         -      -       -
keys:manage         x     x     -         -      -       -
users:manage        x     x     -         -      -       -
settings:manage     x     x     -         -      -       -
clock:move          x     -     -         -      -       -
events:write        -     -     -         -      -       -
"""


def _read_table():
    header, *rows = TABLE.strip("\n").splitlines()
    roles = header.split()
    for row in rows:
        permission, *marks = row.split()
        for role, mark in zip(roles, marks, strict=True):
            yield Permission(permission), Role(role), mark == "x"


@pytest.mark.parametrize(("permission", "role", "expected"), list(_read_table()))
def test_a_role_holds_what_the_table_says(permission, role, expected):
    assert may(role, permission) is expected


def test_the_table_is_complete():
    assert {(p, r) for p, r, _ in _read_table()} == {(p, r) for p in Permission for r in Role}
    assert set(PERMISSIONS) == set(Role)


def test_no_key_can_make_keys_or_users_change_settings_or_move_the_clock():
    assert frozenset(Permission) - SCOPES == {
        Permission.MANAGE_KEYS,
        Permission.MANAGE_USERS,
        Permission.MANAGE_SETTINGS,
        Permission.MOVE_CLOCK,
    }


def test_what_is_done_by_hand_is_written_down(database):
    from datetime import UTC, datetime

    now = datetime(2026, 3, 1, tzinfo=UTC)
    with database.transaction() as session:
        audit.record(session, actor="user:1", action="key.revoked", target="key:2", now=now)
        audit.record(
            session,
            actor=audit.CONSOLE,
            action="queues.replayed",
            target="2 of 3",
            details={"ids": ["batch:1"]},
            now=now,
        )
    with database.reading() as session:
        first, second = session.query(AuditEntry).order_by(AuditEntry.id).all()
    assert (first.at, first.actor, first.action, first.target, first.details) == (
        now,
        "user:1",
        "key.revoked",
        "key:2",
        None,
    )
    assert second.details == {"ids": ["batch:1"]}
