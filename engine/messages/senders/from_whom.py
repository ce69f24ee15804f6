"""From whom letters come: those that an instance has registered, and who is chosen for a letter.

The order: whom the node names, else the template, else the topic, else who is set for the class,
else who is set for the instance. A registered one counts only while the settings vouch for its domain.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.base import EmailAddress
from channels.email.header_gates import (
    HeaderRefused,
    encode_address,
    encode_mailbox,
    parse_mailbox,
)
from engine.db import check_revision, insert_into
from engine.errors import Conflict, Invalid, NotFound
from engine.language.say import say
from engine.messages.library.assets import Use
from engine.models.asset import LetterSender
from engine.models.contact import Topic
from engine.models.message import Template, TemplateVersion

LONGEST_NAME: Final = 70
_MISLEADING: Final = re.compile(
    r"[@<>\"\\]|[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\bvia\b", re.IGNORECASE
)
"""In a name: what would make it look like an address or another sender, or turn its reading."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A registered sender; `reply_to` is an address or empty."""

    key: str
    name: str
    address: str
    reply_to: str


@dataclass(frozen=True, slots=True)
class OwnSenders:
    """Who is set for the instance.

    Attributes:
        sender: `Name <address>`.
        marketing: of marketing; "": as `sender`.
        reply_to: where answers go; "": to the sender.
        domains: of registered senders.
    """

    sender: str
    marketing: str = ""
    reply_to: str = ""
    domains: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class FromWhom:
    """From whom one letter comes, and where answers to it go; None: to the sender."""

    sender: EmailAddress
    reply_to: EmailAddress | None = None


def choose_sender(own: OwnSenders, named: Registered | None, message_class: str) -> FromWhom:
    """Return from whom a letter comes. Pure.

    Args:
        own: who is set for the instance.
        named: by the node, else by the template, else by the topic.
        message_class: marketing or transactional.
    """
    answers = read_mailbox(own.reply_to) if own.reply_to else None
    if named is not None and read_domain(named.address) in own.domains:
        reply_to = EmailAddress(named.reply_to) if named.reply_to else answers
        return FromWhom(EmailAddress(named.address, named.name), reply_to)
    of_class = own.marketing if message_class == "marketing" else ""
    return FromWhom(read_mailbox(of_class or own.sender), answers)


@lru_cache(maxsize=50)
def read_mailbox(written: str) -> EmailAddress:
    """Return the one mailbox that a setting names.

    Raises:
        HeaderRefused: it is none.
    """
    return parse_mailbox(written)


@lru_cache(maxsize=200)
def read_domain(address: str) -> str:
    """Return an address's domain, in ASCII and small letters.

    Raises:
        HeaderRefused: it is no plain address.
    """
    return encode_address(address).rpartition("@")[2].lower()


def list_domains(sender: str, marketing: str, further: Collection[str]) -> frozenset[str]:
    """Return the domains at which senders may be registered, as the settings vouch for them."""
    own = {read_domain(read_mailbox(one).address) for one in (sender, marketing) if one}
    return frozenset(own | {_encode_domain(one) for one in further})


def _encode_domain(domain: str) -> str:
    return read_domain(f"x@{domain}")


def check_registered(draft: Registered, domains: Collection[str]) -> None:
    """Look whether somebody may be registered as a sender. Pure.

    Raises:
        Invalid: the name misleads, an address is not exactly one, or nobody vouches for its domain.
    """
    if not draft.name.strip() or len(draft.name) > LONGEST_NAME or _MISLEADING.search(draft.name):
        raise Invalid(
            say(
                "a sender's name has 1 to {most} characters: no address, no quotes, no 'via'",
                most=LONGEST_NAME,
            )
        )
    for address in filter(None, (draft.address, draft.reply_to)):
        try:
            encode_mailbox(EmailAddress(address, draft.name))
        except HeaderRefused as refused:
            raise Invalid(say("{address}: {why}", address=address, why=refused)) from None
    if not draft.address:
        raise Invalid(say("a sender has an address"))
    domain = read_domain(draft.address)
    if domain not in domains:
        raise Invalid(
            say(
                "letters may not come from {domain}: whoever runs the instance adds it to "
                "SOJOURN_SENDER_DOMAINS, once its records are set",
                domain=domain,
            )
        )


def list_registered(session: Session) -> Sequence[LetterSender]:
    """Return the registered senders by key."""
    return session.scalars(select(LetterSender).order_by(LetterSender.key)).all()


def load_registered(session: Session, keys: Collection[str]) -> dict[str | None, Registered]:
    """Return registered senders by key; who is gone is not among them."""
    if not keys:
        return {}
    rows = session.scalars(select(LetterSender).where(LetterSender.key.in_(list(keys))))
    return {row.key: Registered(row.key, row.name, row.address, row.reply_to) for row in rows}


def check_named(session: Session, key: str | None) -> None:
    """Look whether a sender that is named is registered.

    Raises:
        Invalid: there is none of this key.
    """
    if key is not None and session.get(LetterSender, key) is None:
        raise Invalid(say("there is no sender {key!r}", key=key))


def save_registered(
    session: Session,
    draft: Registered,
    *,
    domains: Collection[str],
    revision: int,
    now: datetime,
) -> LetterSender:
    """Register a sender (revision 0), or change one.

    Raises:
        Invalid: see `check_registered`.
        Conflict: there is one of this key already.
        NotFound: there is none to be changed.
        LostUpdate: somebody else changed it meanwhile.
    """
    check_registered(draft, domains)
    words = {"name": draft.name, "address": draft.address, "reply_to": draft.reply_to}
    if revision == 0:
        made = insert_into(session, LetterSender).values(
            key=draft.key, **words, revision=1, created_at=now
        )
        if session.scalar(made.on_conflict_do_nothing().returning(LetterSender.key)) is None:
            raise Conflict(say("there is a sender {key!r} already", key=draft.key))
        return session.get_one(LetterSender, draft.key)
    row = session.get(LetterSender, draft.key, with_for_update={"key_share": True})
    if row is None:
        raise NotFound(say("there is no sender {key!r}", key=draft.key))
    check_revision(row.revision, edited=revision)
    for name, value in words.items():
        setattr(row, name, value)
    row.revision += 1
    session.flush()
    return row


def delete_registered(session: Session, key: str) -> None:
    """Take a registered sender away.

    Raises:
        NotFound: there is none of this key.
        Conflict: a template or topic names it.
    """
    row = session.get(LetterSender, key)
    if row is None:
        raise NotFound(say("there is no sender {key!r}", key=key))
    uses = list_sender_uses(session).get(key, [])
    if uses:
        users = ", ".join(use.name for use in uses)
        raise Conflict(say("{key} is used by {users}", key=key, users=users))
    session.delete(row)
    session.flush()


def list_sender_uses(session: Session) -> Mapping[str, list[Use]]:
    """Return the templates and topics that name a sender, by its key."""
    found: dict[str, list[Use]] = {}
    templates = session.execute(
        select(TemplateVersion.sender, Template.key, Template.name)
        .join(Template, Template.version_id == TemplateVersion.id)
        .where(TemplateVersion.sender.is_not(None))
        .order_by(Template.key)
    )
    topics = session.execute(
        select(Topic.sender, Topic.key, Topic.name)
        .where(Topic.sender.is_not(None))
        .order_by(Topic.key)
    )
    for sender, key, name in [*templates, *topics]:
        found.setdefault(sender, []).append(Use(key, name))
    return found
