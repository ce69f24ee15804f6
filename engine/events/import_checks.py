"""What a piece of a file would do to those already there, found out without doing it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bulk import is_any
from engine.contacts.addresses import fold
from engine.contacts.attributes import CONSENTS, apply_traits
from engine.contacts.choices import EVERYTHING, read_choices
from engine.contacts.dossiers import Dossiers
from engine.contacts.identify import Directory, Known
from engine.contacts.suppression import Address, find_suppressed
from engine.events.entries import Entry
from engine.events.incoming import Incoming, Trust
from engine.ids import derive_digest
from engine.models.contact import Consent

DIGEST: Final = 8
Choices = dict[tuple[int, str, str], str]


def check_calls(
    session: Session,
    calls: Sequence[Incoming],
    before: set[bytes],
    counts: dict[str, Any],
    *,
    now: datetime,
) -> bytes:
    """Count who is new, changed, the same, or stood in the file before; write nothing.

    Args:
        calls: of the rows of a piece.
        before: the digests of who is new in earlier pieces.
        counts: added to.

    Returns:
        The digests of who is new in this one.
    """
    entries = [Entry("import", Trust.WRITE, now, one.message_id, call=one) for one in calls]
    directory = Directory(session, {key for one in entries for key in one.list_keys()}, now=now)
    found = [
        (
            one,
            directory.identify(
                external=call.external,
                anonymous=call.anonymous,
                addresses=one.list_addresses(),
            ),
        )
        for one, call in zip(entries, calls, strict=True)
    ]
    known = {who.resolve().contact_id for _, who in found} - {0}
    dossiers, choices = Dossiers(session, known), _load_choices(session, known)
    met: set[int] = set()
    people: set[bytes] = set()
    for entry, told in found:
        who = told.resolve()
        chosen = _count_choices(entry, who, choices, counts)
        mine = {derive_digest(*key)[:DIGEST] for key in entry.list_keys()}
        if id(who) in met or (not who.contact_id and mine & before):
            _add(counts, "repeated")
        elif not who.contact_id:
            _add(counts, "new")
        else:
            applied = apply_traits(
                dossiers.get(who.contact_id), entry.list_traits(), said_at=now, speaker="trusted"
            )
            _add(counts, "changed" if applied.changes or chosen else "same")
        met.add(id(who))
        if not who.contact_id:
            people |= mine - before
    return b"".join(sorted(people))


def check_listed(
    session: Session,
    listed: Sequence[Sequence[Address]],
    before: set[bytes],
    counts: dict[str, Any],
) -> bytes:
    """Count which addresses of a list are not suppressed yet; write nothing.

    Returns:
        The digests of those that are not.
    """
    addresses = [(channel, fold(channel, one)) for row in listed for channel, one in row]
    held = find_suppressed(session, set(addresses))
    people: set[bytes] = set()
    for one in addresses:
        digest = derive_digest(*one)[:DIGEST]
        if one in held:
            _add(counts, "same")
        elif digest in before or digest in people:
            _add(counts, "repeated")
        else:
            _add(counts, "new")
            people.add(digest)
    return b"".join(sorted(people))


def _load_choices(session: Session, contact_ids: Iterable[int]) -> Choices:
    ids = list(contact_ids)
    if not ids:
        return {}
    rows = session.execute(
        select(Consent.contact_id, Consent.topic, Consent.channel, Consent.choice).where(
            is_any(session, Consent.contact_id, ids)
        )
    )
    return {(contact_id, topic, channel): choice for contact_id, topic, channel, choice in rows}


def _count_choices(entry: Entry, who: Known, choices: Choices, counts: dict[str, Any]) -> bool:
    """Count what a row says of consents; answer whether any would be another."""
    is_other = False
    for stated in read_choices(entry.list_traits().get(CONSENTS)):
        standing = choices.get((who.contact_id, stated.topic, stated.channel))
        everything = choices.get((who.contact_id, EVERYTHING, stated.channel))
        is_no = "unsubscribed" in (standing, everything if standing is None else None)
        if stated.choice == "subscribed" and is_no:
            _add(counts, "kept_no")
            continue
        _add(counts, "yes" if stated.choice == "subscribed" else "no")
        is_other = is_other or standing != stated.choice
    return is_other


def _add(counts: dict[str, Any], name: str) -> None:
    counts[name] = counts.get(name, 0) + 1
