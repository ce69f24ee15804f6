"""Who may do what: the permissions, and the table of roles that hold them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a user is to the organisation. One user has one role."""

    OWNER = "owner"
    ADMIN = "admin"
    PUBLISHER = "publisher"
    EDITOR = "editor"
    ANALYST = "analyst"
    VIEWER = "viewer"


class Permission(StrEnum):
    """One thing that may be allowed. The value is also the scope of a server key."""

    SEE_JOURNEYS = "journeys:read"  # journeys, templates, segments, reports: no personal data
    SEE_CONTACTS = "contacts:read"  # contacts and letters, with personal data
    SEE_OPERATIONS = "operations:read"  # lanes, processes, what is set aside: no personal data
    EDIT_DRAFTS = "journeys:write"  # drafts of journeys, templates and segments
    PUBLISH = "journeys:publish"  # publish, start, pause, resume, enter, replay
    EDIT_CONTACTS = "contacts:write"  # change contacts and their consent, import
    ERASE_CONTACTS = "contacts:erase"  # forget a person, for good
    ANSWER_QUESTIONS = "questions:answer"  # see and answer what journeys ask, with personal data
    SEND_EVENTS = "events:write"  # a server key on the tracking door
    MANAGE_KEYS = "keys:manage"  # make and revoke keys
    MANAGE_USERS = "users:manage"  # add users, change their roles, let them in no more
    MANAGE_SETTINGS = "settings:manage"  # topics, endpoints; see what colleagues did
    MOVE_CLOCK = "clock:move"  # move a virtual clock ahead


_EVERYONE: Final = frozenset({Permission.SEE_JOURNEYS, Permission.SEE_OPERATIONS})
_EDITOR: Final = _EVERYONE | {Permission.EDIT_DRAFTS}
_PUBLISHER: Final = _EDITOR | {
    Permission.SEE_CONTACTS,
    Permission.PUBLISH,
    Permission.EDIT_CONTACTS,
    Permission.ANSWER_QUESTIONS,
}
_ADMIN: Final = _PUBLISHER | {
    Permission.MANAGE_KEYS,
    Permission.MANAGE_USERS,
    Permission.MANAGE_SETTINGS,
    Permission.ERASE_CONTACTS,
}

PERMISSIONS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.OWNER: _ADMIN | {Permission.MOVE_CLOCK},
    Role.ADMIN: _ADMIN,
    Role.PUBLISHER: _PUBLISHER,
    Role.EDITOR: _EDITOR,
    Role.ANALYST: _EVERYONE,
    Role.VIEWER: _EVERYONE,
}

SCOPES: Final = frozenset(Permission) - {
    Permission.MANAGE_KEYS,
    Permission.MANAGE_USERS,
    Permission.MANAGE_SETTINGS,
    Permission.MOVE_CLOCK,
}
"""What a server key may be given. Keys and users are made, settings changed and clocks moved by people."""


def may(role: Role, permission: Permission) -> bool:
    """Return whether users of this role hold the permission."""
    return permission in PERMISSIONS[role]
