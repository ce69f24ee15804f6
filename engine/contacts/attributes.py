"""What is known of a contact by name: the last writer by the time it was said wins (rule 6). Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from engine.contacts.addresses import find_email, find_phone
from engine.when.zones import find_zone_key

CONSENTS: Final = "consents"
"""The trait in which a trusted call states choices; see `engine.contacts.consent`."""
PROTECTED: Final = frozenset(
    {
        "id",
        "uid",
        "consent",
        CONSENTS,
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
"""Names that mean something to the product; a trait of this name is not taken."""
ADDRESSES: Final = ("email", "phone")
MOST_ATTRIBUTES: Final = 2_000
SAME_UNDER: Final[Mapping[str, str]] = {
    "firstName": "first_name",
    "lastName": "last_name",
    "createdAt": "created_at",
}
"""Segment's reserved traits that are also kept in the form the product's own names have."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)

Speaker = Literal["trusted", "page", "stranger"]
"""Who says it: whom we trust; a page, of a visitor nobody else has spoken of; a page, of a contact
that a server knows: it may be anybody's page, so it gives that contact no address (rule A12)."""


@dataclass(slots=True)
class Dossier:
    """A contact's row in memory, while a chunk is gone through.

    Attributes:
        times: when each attribute was said, in microseconds since 1970.
        is_changed: it has to be written.
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

    def is_confirmed(self, name: str) -> bool:
        """Return whether letters, or texts, may go to the address."""
        return self.email_confirmed if name == "email" else self.phone_confirmed

    def set_address(self, name: str, value: Any, *, is_confirmed: bool) -> None:
        """Set the columns that sending reads; what is no address counts as none."""
        if name == "email":
            self.email = find_email(value)
            self.email_confirmed = is_confirmed and self.email is not None
        else:
            self.phone = find_phone(value)
            self.phone_confirmed = is_confirmed and self.phone is not None

    def set_attribute(self, name: str, value: Any, said: int) -> None:
        """Set an attribute, and the zone that waiting reads with it."""
        self.attributes[name] = value
        self.times[name] = said
        self.is_changed = True
        if name == "timezone":
            self.timezone = find_zone_key(value)


@dataclass(slots=True)
class Applied:
    """What became of traits.

    Attributes:
        changes: name → (before, after).
        ignored: names that were not taken.
    """

    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)


def apply_traits(
    dossier: Dossier, traits: Mapping[str, Any], *, said_at: datetime, speaker: Speaker
) -> Applied:
    """Take what was said into the dossier.

    What is older than what is known changes nothing; it stays in the events' history. Only of
    addresses a trusted word is worth more than a page's, whenever each was said.
    """
    applied = Applied()
    said = (said_at - _EPOCH) // _TICK
    for name, value in _spread(traits):
        if not _may_say(dossier, name, value, speaker):
            if name != CONSENTS or speaker != "trusted":
                applied.ignored.append(name)
            continue
        is_address = name in ADDRESSES
        is_settling = is_address and speaker == "trusted" and not dossier.is_confirmed(name)
        if said < dossier.times.get(name, said) and not is_settling:
            continue
        before = dossier.attributes.get(name)
        is_new = name not in dossier.attributes or not _is_same(before, value)
        dossier.set_attribute(name, value, said)
        if is_address:
            is_confirmed = speaker == "trusted" or (not is_new and dossier.is_confirmed(name))
            dossier.set_address(name, value, is_confirmed=is_confirmed)
        if is_new:
            applied.changes[name] = (before, value)
    return applied


def merge_dossiers(kept: Dossier, lost: Dossier, *, is_kept_vouched: bool) -> None:
    """Take into one dossier what is known of the other: of each name what was said last.

    An address that the one has stays, unless only the other's is confirmed; a page's word gives no
    address to a contact that a server knows.
    """
    for name, value in lost.attributes.items():
        said = lost.times.get(name, 0)
        if name in ADDRESSES:
            is_better = lost.is_confirmed(name) and not kept.is_confirmed(name)
            is_free = name not in kept.attributes and not is_kept_vouched
            if is_better or is_free:
                kept.set_attribute(name, value, said)
                kept.set_address(name, value, is_confirmed=lost.is_confirmed(name))
        elif name not in kept.attributes or said > kept.times.get(name, 0):
            kept.set_attribute(name, value, said)


def _spread(traits: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from traits.items()
    for theirs, ours in SAME_UNDER.items():
        if theirs in traits and ours not in traits:
            yield ours, traits[theirs]


def _may_say(dossier: Dossier, name: str, value: Any, speaker: Speaker) -> bool:
    if name in PROTECTED:
        return False
    if name not in dossier.attributes and len(dossier.attributes) >= MOST_ATTRIBUTES:
        return False
    if name not in ADDRESSES or speaker == "trusted":
        return True
    if name in dossier.attributes:
        return _is_same(dossier.attributes[name], value)
    return speaker == "page"


def _is_same(one: Any, other: Any) -> bool:
    """Return whether two values are one; 1, 1.0 and true are three."""
    return type(one) is type(other) and bool(one == other)
