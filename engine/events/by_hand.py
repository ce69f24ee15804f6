"""What a colleague changes of a contact by hand.

It is written at once, under the contact's row, so that nobody's change is lost; triggers, segments
and the timeline hear of it by an event of the product's own, as they do of what a journey changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.contacts.addresses import find_email, find_phone
from engine.contacts.attributes import PROTECTED, Applied, Dossier, apply_traits
from engine.contacts.choices import Choice, ConsentChange
from engine.contacts.consent import record_consents
from engine.contacts.dossiers import Dossiers, list_address_keys
from engine.contacts.identify import Directory, Key
from engine.contacts.suppression import BY_HAND, lift, suppress
from engine.db import lock_contacts
from engine.errors import Conflict, Invalid, LostUpdate, NotFound
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import CONTACT_UPDATED, SUBSCRIBED, UNSUBSCRIBED, USER
from engine.events.incoming import LONGEST_ID, LONGEST_NAME, check_value
from engine.events.ingest import take_turn
from engine.ids import new_id
from engine.language.say import say
from engine.models.contact import Contact, Topic
from engine.when.zones import find_zone_key

SOURCE: Final = "by_hand"
ADDRESS_SUPPRESSED: Final = "Address Suppressed"
ADDRESS_RELEASED: Final = "Address Released"
"""The product's own events for what was done to an address by hand."""
MOST_TAGS: Final = 200
TAGS: Final = "tags"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to become of a contact's attributes; what is not named stays as it is.

    Attributes:
        given: attributes with their new values.
        unset: attributes that are to be no more.
        seen: the values that were there when somebody began to edit; of what is changed and stands
            not in it, that there was none. None: whatever is there is overwritten.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    unset: tuple[str, ...] = ()
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    seen: Mapping[str, Any] | None = None


def create_contact(
    session: Session,
    external_id: str | None,
    attributes: Mapping[str, Any],
    *,
    by: str,
    now: datetime,
) -> int:
    """Make a contact that nobody has spoken of yet, and answer the id of its row.

    Args:
        external_id: by which the site knows it; None: its address will have to do.
        attributes: its e-mail address and telephone number among them.
        by: who makes it.

    Raises:
        Invalid: nothing recognises it, or an attribute cannot be taken.
        Conflict: somebody has this id or address already.
    """
    take_turn(session)  # what is on its way in may make the very same contact
    external = (external_id or "").strip() or None
    if external is not None and len(external) > LONGEST_ID:
        raise Invalid(
            say("an external id has at most {longest_id} characters", longest_id=LONGEST_ID)
        )
    _check(attributes)
    addresses = _list_addresses(attributes)
    if external is None and not addresses:
        raise Invalid(say("an external id, an e-mail address or a telephone number says who it is"))
    keys = [*([("external", external)] if external else []), *addresses]
    directory = Directory(session, keys, now=now)
    for key in keys:
        if directory.find(key) is not None:
            raise Conflict(say("there is a contact with this {key} already", key=_name_kind(key)))
    known = directory.identify(external=external, anonymous=None, addresses=addresses)
    directory.vouch(known)
    directory.write_contacts()
    dossiers = Dossiers(session, [known.contact_id])
    applied = _apply(dossiers.get(known.contact_id), Edit(attributes), now=now)
    dossiers.write(directory)
    directory.write_identities()
    _tell(session, known.contact_id, applied, by=by, now=now)
    return known.contact_id


def change_contact(
    session: Session, contact_id: int, edit: Edit, *, by: str, now: datetime
) -> list[str]:
    """Change attributes of a contact; answer the names of those that are another by that.

    Raises:
        NotFound: there is no such contact any more.
        LostUpdate: somebody else changed one of them meanwhile.
        Invalid: an attribute cannot be taken.
        Conflict: another contact has this address.
    """
    hold_contact(session, contact_id)
    _check(edit.given)
    addresses = _list_addresses(edit.given)
    directory = Directory(session, addresses, [contact_id], now=now)
    mine = directory.get(contact_id)
    for key in addresses:
        if directory.find(key) not in (None, mine):
            raise Conflict(say("another contact has this {key}", key=_name_kind(key)))
    directory.vouch(mine)
    directory.write_contacts()
    dossiers = Dossiers(session, [contact_id])
    dossier = dossiers.get(contact_id)
    _compare(dossier, edit)
    applied = _apply(dossier, edit, now=now)
    dossiers.write(directory)
    directory.write_identities()
    _tell(session, contact_id, applied, by=by, now=now)
    return sorted(applied.changes)


def choose_by_hand(
    session: Session,
    contact_id: int,
    topic: str,
    channel: str,
    choice: Choice,
    *,
    proof: Mapping[str, str],
    now: datetime,
) -> None:
    """Keep what a contact chose by word of mouth, with how a colleague came to know of it.

    Raises:
        NotFound: there is no such contact any more, or no such topic.
    """
    hold_contact(session, contact_id)
    if session.get(Topic, topic) is None:
        raise NotFound(say("there is no topic {topic!r}", topic=topic))
    change = ConsentChange(contact_id, topic, channel, choice, now, SOURCE, dict(proof))
    record_consents(session, [change], now=now)
    event = OwnEvent(
        contact_id=contact_id,
        name=SUBSCRIBED if choice == "subscribed" else UNSUBSCRIBED,
        occurred_at=now,
        properties={"topic": topic},
        context={"by": proof["by"]},
        actor=USER,
        channel=channel,
        message_id=f"hand:{new_id()}",
    )
    append_own(session, [event], now=now)


def suppress_by_hand(
    session: Session, contact_id: int, channel: str, *, by: str, note: str, now: datetime
) -> None:
    """Never write to a contact's address again, whoever it belongs to one day.

    Raises:
        NotFound: there is no such contact any more, or it has no such address.
    """
    address = _get_address(session, contact_id, channel)
    suppress(session, channel, address, reason=BY_HAND, now=now)
    _tell_of_address(session, contact_id, ADDRESS_SUPPRESSED, channel, by=by, note=note, now=now)


def lift_by_hand(
    session: Session, contact_id: int, channel: str, *, by: str, note: str, now: datetime
) -> None:
    """Let a contact's address be written to again.

    Raises:
        NotFound: there is no such contact any more, or its address is not suppressed.
        Conflict: whoever had it asked to be forgotten.
    """
    lift(session, channel, _get_address(session, contact_id, channel))
    _tell_of_address(session, contact_id, ADDRESS_RELEASED, channel, by=by, note=note, now=now)


def _get_address(session: Session, contact_id: int, channel: str) -> str:
    hold_contact(session, contact_id)
    contact = session.get_one(Contact, contact_id)
    address = contact.email if channel == "email" else contact.phone
    if address is None:
        raise NotFound(say("this contact has no such address"))
    return address


def _tell_of_address(
    session: Session, contact_id: int, name: str, channel: str, *, by: str, note: str, now: datetime
) -> None:
    event = OwnEvent(
        contact_id=contact_id,
        name=name,
        occurred_at=now,
        properties={"note": note},
        context={"by": by},
        actor=USER,
        channel=channel,
        message_id=f"hand:{new_id()}",
    )
    append_own(session, [event], now=now)


def hold_contact(session: Session, contact_id: int) -> None:
    """Take a contact's affairs into this transaction.

    Raises:
        NotFound: it was merged or erased meanwhile.
    """
    lock_contacts(session, [contact_id])
    is_there = select(Contact.id).where(
        Contact.id == contact_id, Contact.merged_into.is_(None), Contact.erased_at.is_(None)
    )
    if session.scalar(is_there) is None:
        raise NotFound(say("there is no such contact any more"))


def _apply(dossier: Dossier, edit: Edit, *, now: datetime) -> Applied:
    """Take an edit into the dossier, as said just now, whatever was said ahead of time."""
    touched = {*edit.given, *edit.unset, TAGS}
    latest = max((dossier.times.get(name, 0) for name in touched), default=0)
    said_at = max(now, _EPOCH + timedelta(microseconds=latest + 1))
    given = dict(edit.given)
    if edit.add_tags or edit.remove_tags:
        given[TAGS] = _change_tags(dossier, edit)
    applied = apply_traits(dossier, given, said_at=said_at, speaker="trusted")
    if applied.ignored:
        raise Invalid(say("{ignored}: cannot be set", ignored=", ".join(applied.ignored)))
    for name in edit.unset:
        if name in PROTECTED:
            raise Invalid(say("{name}: belongs to the product", name=name))
        if name in dossier.attributes:
            applied.changes[name] = (dossier.attributes[name], None)
            _unset(dossier, name, said_at)
    return applied


def _change_tags(dossier: Dossier, edit: Edit) -> list[Any]:
    held = dossier.attributes.get(TAGS)
    kept = [one for one in (held if isinstance(held, list) else []) if one not in edit.remove_tags]
    tags = [*kept, *(one for one in dict.fromkeys(edit.add_tags) if one not in kept)]
    if len(tags) > MOST_TAGS:
        raise Invalid(say("a contact has at most {most_tags} tags", most_tags=MOST_TAGS))
    return tags


def _unset(dossier: Dossier, name: str, said_at: datetime) -> None:
    dossier.set_attribute(name, None, (said_at - _EPOCH) // timedelta(microseconds=1))
    if name in ("email", "phone"):
        dossier.set_address(name, None, is_confirmed=False)
    del dossier.attributes[name]


def _compare(dossier: Dossier, edit: Edit) -> None:
    """Refuse to overwrite what nobody has seen."""
    if edit.seen is None:
        return
    for name in (*edit.given, *edit.unset):
        was_there, is_there = name in edit.seen, name in dossier.attributes
        if was_there != is_there or (is_there and edit.seen[name] != dossier.attributes[name]):
            raise LostUpdate(
                say("{name} was changed by somebody else meanwhile: look at it again", name=name)
            )


def _check(given: Mapping[str, Any]) -> None:
    """Refuse what no attribute can be."""
    check_value(dict(given), "attributes")
    for name, value in given.items():
        if not name.strip() or len(name) > LONGEST_NAME:
            raise Invalid(
                say(
                    "an attribute's name has 1 to {longest_name} characters",
                    longest_name=LONGEST_NAME,
                )
            )
        if name in PROTECTED:
            raise Invalid(say("{name}: belongs to the product", name=name))
        if value is None:
            continue
        if name == "email" and find_email(value) is None:
            raise Invalid(say("this is no e-mail address"))
        if name == "phone" and find_phone(value) is None:
            raise Invalid(say("a telephone number begins with + and its country code"))
        if name == "timezone" and find_zone_key(value) is None:
            raise Invalid(
                say("there is no such time zone: give an IANA name such as Europe/Vienna")
            )
        if name == TAGS and not _is_tags(value):
            raise Invalid(say("tags are a list of texts"))


def _is_tags(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)


def _list_addresses(given: Mapping[str, Any]) -> list[Key]:
    return list_address_keys(find_email(given.get("email")), find_phone(given.get("phone")))


def _name_kind(key: Key) -> str:
    return {"external": "external id", "email": "e-mail address"}.get(key[0], "telephone number")


def _tell(session: Session, contact_id: int, applied: Applied, *, by: str, now: datetime) -> None:
    if not applied.changes:
        return
    event = OwnEvent(
        contact_id=contact_id,
        name=CONTACT_UPDATED,
        occurred_at=now,
        properties={"changes": {name: list(pair) for name, pair in applied.changes.items()}},
        context={"by": by},
        actor=USER,
        message_id=f"hand:{new_id()}",
    )
    append_own(session, [event], now=now)
