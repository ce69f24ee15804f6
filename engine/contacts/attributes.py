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
class Profile:
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
    profile: Profile, traits: Mapping[str, Any], *, said_at: datetime, is_trusted: bool
) -> dict[str, tuple[Any, Any]]:
    """Take what was said into the profile; answer what changed: name → (before, after).

    Args:
        is_trusted: said by a server or signed; what a page says never changes an address that is
            known, and never makes one that letters go to (security: forged identify).
    """
    changes: dict[str, tuple[Any, Any]] = {}
    micros = int(said_at.timestamp() * 1_000_000)
    for name, value in _spread(traits):
        if name in PROTECTED or not _may_say(profile, name, is_trusted=is_trusted):
            profile.ignored += 1
            continue
        if micros < profile.times.get(name, -1):
            continue  # older than what is known: it stays in the events' history
        if name not in profile.attributes and len(profile.attributes) >= MOST_ATTRIBUTES:
            profile.ignored += 1
            continue
        before = profile.attributes.get(name)
        if name in profile.attributes and before == value and type(before) is type(value):
            profile.times[name] = micros
            _keep_address(profile, name, value, is_trusted=is_trusted)
            continue
        profile.attributes[name] = value
        profile.times[name] = micros
        profile.is_changed = True
        changes[name] = (before, value)
        _keep_address(profile, name, value, is_trusted=is_trusted)
    return changes


def _spread(traits: Mapping[str, Any]) -> list[tuple[str, Any]]:
    spread = list(traits.items())
    spread += [
        (ours, traits[theirs])
        for theirs, ours in SAME_UNDER.items()
        if theirs in traits and ours not in traits
    ]
    return spread


def _may_say(profile: Profile, name: str, *, is_trusted: bool) -> bool:
    return is_trusted or name not in ADDRESSES or name not in profile.attributes


def _keep_address(profile: Profile, name: str, value: Any, *, is_trusted: bool) -> None:
    """Set the columns that sending reads; what is no address counts as none."""
    match name:
        case "email":
            address = find_email(value)
            if (address, is_trusted) != (profile.email, profile.email_confirmed):
                confirmed = is_trusted or (address == profile.email and profile.email_confirmed)
                profile.email, profile.email_confirmed = address, confirmed
                profile.is_changed = True
        case "phone":
            number = find_phone(value)
            if (number, is_trusted) != (profile.phone, profile.phone_confirmed):
                confirmed = is_trusted or (number == profile.phone and profile.phone_confirmed)
                profile.phone, profile.phone_confirmed = number, confirmed
                profile.is_changed = True
        case "timezone":
            zone = find_zone(value)
            profile.timezone = None if zone is None else zone.key
            profile.is_changed = True
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
