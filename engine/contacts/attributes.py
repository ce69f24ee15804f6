"""What is known of a contact by name: the last writer by the time it was said wins (rule 6). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from engine.when.zones import find_zone

PROTECTED: Final = frozenset(
    {
        "id",
        "uid",
        "consent",
        "consents",
        "unsubscribed",
        "subscribed",
        "suppressed",
        "role",
        "owner_id",
        "email_confirmed",
        "phone_confirmed",
        "merged_into",
    }
)
"""Names that mean something to the product; a trait of this name is ignored and counted."""
ADDRESSES: Final = frozenset({"email", "phone"})
MOST_ATTRIBUTES: Final = 2_000
SAME_UNDER: Final[Mapping[str, str]] = {
    "firstName": "first_name",
    "lastName": "last_name",
    "createdAt": "created_at",
}
"""Segment's reserved traits that are also kept in the form the product's own names have."""


@dataclass(slots=True)
class Dossier:
    """A contact's row in memory, while a chunk is gone through.

    Attributes:
        times: when each attribute was said, in microseconds since 1970.
        ignored: traits that were not taken.
    """

    contact_id: int
    attributes: dict[str, Any]
    times: dict[str, int]
    email: str | None = None
    phone: str | None = None
    timezone: str | None = None
    email_confirmed: bool = False
    phone_confirmed: bool = False
    is_changed: bool = False
    ignored: int = 0


def apply_traits(
    dossier: Dossier, traits: Mapping[str, Any], *, said_at: datetime, is_trusted: bool
) -> dict[str, tuple[Any, Any]]:
    """Take what was said into the dossier; answer what changed: name → (before, after).

    Args:
        is_trusted: said by a server or signed; what a page says never changes an address that is
            known, and never makes one that letters go to (security: forged identify).
    """
    changes: dict[str, tuple[Any, Any]] = {}
    micros = int(said_at.timestamp() * 1_000_000)
    for name, value in _spread(traits):
        if name in PROTECTED or not _may_say(dossier, name, is_trusted=is_trusted):
            dossier.ignored += 1
            continue
        if micros < dossier.times.get(name, -1):
            continue  # older than what is known: it stays in the events' history
        if name not in dossier.attributes and len(dossier.attributes) >= MOST_ATTRIBUTES:
            dossier.ignored += 1
            continue
        before = dossier.attributes.get(name)
        if name in dossier.attributes and before == value and type(before) is type(value):
            dossier.times[name] = micros
            _keep_address(dossier, name, value, is_trusted=is_trusted)
            continue
        dossier.attributes[name] = value
        dossier.times[name] = micros
        dossier.is_changed = True
        changes[name] = (before, value)
        _keep_address(dossier, name, value, is_trusted=is_trusted)
    return changes


def _spread(traits: Mapping[str, Any]) -> list[tuple[str, Any]]:
    spread = list(traits.items())
    spread += [
        (ours, traits[theirs])
        for theirs, ours in SAME_UNDER.items()
        if theirs in traits and ours not in traits
    ]
    return spread


def _may_say(dossier: Dossier, name: str, *, is_trusted: bool) -> bool:
    return is_trusted or name not in ADDRESSES or name not in dossier.attributes


def _keep_address(dossier: Dossier, name: str, value: Any, *, is_trusted: bool) -> None:
    """Set the columns that sending reads; what is no address counts as none."""
    match name:
        case "email":
            address = find_email(value)
            if (address, is_trusted) != (dossier.email, dossier.email_confirmed):
                confirmed = is_trusted or (address == dossier.email and dossier.email_confirmed)
                dossier.email, dossier.email_confirmed = address, confirmed
                dossier.is_changed = True
        case "phone":
            number = find_phone(value)
            if (number, is_trusted) != (dossier.phone, dossier.phone_confirmed):
                confirmed = is_trusted or (number == dossier.phone and dossier.phone_confirmed)
                dossier.phone, dossier.phone_confirmed = number, confirmed
                dossier.is_changed = True
        case "timezone":
            zone = find_zone(value)
            dossier.timezone = None if zone is None else zone.key
            dossier.is_changed = True
        case _:
            pass


def find_email(value: object) -> str | None:
    """Return the address in the form it is written to; None if it is none."""
    if not isinstance(value, str) or not 3 <= len(value) <= 254:
        return None
    return _normalize_email(value.strip())


@lru_cache(maxsize=10_000)
def _normalize_email(address: str) -> str | None:
    """Return what `find_email` does; one call asks about its address several times over."""
    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return None


def find_phone(value: object) -> str | None:
    """Return the number as E.164; None if it is none, or has no country code."""
    if not isinstance(value, str) or not 5 <= len(value) <= 30:
        return None
    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
