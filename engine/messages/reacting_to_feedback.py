"""What follows from feedback for people: suppressions, choices, events on their timelines, alarms."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.feedback import BounceKind, Feedback, FeedbackKind
from engine.accounts.notices import OWNER, NewNotice, add_notices
from engine.contacts.addresses import fold as fold_address
from engine.contacts.choices import EVERYTHING, ConsentChange
from engine.contacts.consent import list_new, record_consents
from engine.contacts.suppression import (
    COMPLAINED,
    HARD_BOUNCE,
    SOFT_BOUNCES,
    Address,
    hash_addresses,
    suppress,
)
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import UNSUBSCRIBED
from engine.ids import derive_id
from engine.language.say import Sentence
from engine.messages.judging_feedback import (
    SOFT_WITHIN,
    Marks,
    clean_words,
    find_domain,
    is_worn_out,
)
from engine.models.contact import Consent, Contact, Topic
from engine.models.feedback import Saying
from engine.models.journey import Journey
from engine.models.message import Message

WORDS: Final = {"email": "Email", "sms": "SMS"}
BY_PROVIDER: Final = "provider"
BY_COMPLAINT: Final = "complaint"
"""Sources of a choice: a provider's own link to unsubscribe, and a reader who called it spam."""
PROVIDER: Final = "provider"
"""Whose doing these events are: none of them is an activity of the contact."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was newly said of one message, and what was known of it before and after."""

    message: Message
    contact: Contact
    sayings: tuple[Feedback, ...]
    before: Marks
    after: Marks

    @property
    def address(self) -> Address | None:
        """Where the message went, as far as that is where its contact is reached today."""
        channel = self.message.channel
        own = self.contact.email if channel == "email" else self.contact.phone
        return (channel, own) if own else None

    @property
    def is_known(self) -> bool:
        """Whether its contact is still somebody."""
        return self.contact.erased_at is None


def is_of(saying: Feedback, channel: str, address: str) -> bool:
    """Return whether a saying speaks of this address; one that names none speaks of it.

    One that names another is of a forwarder's target, or of an address that the contact left:
    the message is marked, and nobody's address is closed.
    """
    named = saying.recipient
    return not named or fold_address(channel, named) == fold_address(channel, address)


def react(session: Session, account: str, several: Sequence[Heard], *, now: datetime) -> None:
    """Do for people what their providers said. The caller holds their contacts' rows."""
    known = [one for one in several if one.is_known]
    _suppress(session, known, now=now)
    unsubscribed = _withdraw(session, account, known, now=now)
    journeys = _load_journeys(session, known)
    events = [event for one in known for event in _list_events(one, journeys)]
    append_own(session, [*events, *unsubscribed], now=now)
    _alarm(session, several, now=now)


def _suppress(session: Session, several: Sequence[Heard], *, now: datetime) -> None:
    worn: set[Address] = set()
    for one in several:
        address = one.address
        if address is None:
            continue
        for saying in one.sayings:
            if not is_of(saying, *address):
                continue
            match saying.kind, saying.bounce:
                case FeedbackKind.BOUNCED, BounceKind.HARD:
                    suppress(session, *address, reason=HARD_BOUNCE, now=now)
                case FeedbackKind.BOUNCED, BounceKind.POLICY:
                    pass  # they refuse us, not the person (rule 119)
                case FeedbackKind.BOUNCED, _:
                    worn.add(address)
                case FeedbackKind.COMPLAINED, _:
                    suppress(session, *address, reason=COMPLAINED, now=now)
                case _:
                    pass
    for address in _find_worn_out(session, worn, several):
        suppress(session, *address, reason=SOFT_BOUNCES, now=now)


def _find_worn_out(
    session: Session, addresses: set[Address], several: Sequence[Heard]
) -> list[Address]:
    """Return those whose letters bounced softly too often; a letter counts once."""
    if not addresses:
        return []
    times = [saying.occurred_at for one in several for saying in one.sayings]
    hashes = hash_addresses(session, addresses)
    rows = session.execute(
        select(Saying.address_hash, Saying.message_id, Saying.occurred_at).where(
            Saying.bounce == BounceKind.SOFT.value,
            Saying.address_hash.in_(list(hashes.values())),
            Saying.occurred_at >= min(times) - SOFT_WITHIN,
            Saying.occurred_at <= max(times) + SOFT_WITHIN,
        )
    )
    first: dict[bytes, dict[int, datetime]] = defaultdict(dict)
    for digest, message_id, at in rows:
        seen = first[bytes(digest or b"")]
        seen[message_id] = min(at, seen.get(message_id, at))
    return [
        address
        for address, digest in sorted(hashes.items())
        if is_worn_out(list(first[digest].values()))
    ]


def _withdraw(
    session: Session, account: str, several: Sequence[Heard], *, now: datetime
) -> list[OwnEvent]:
    """Record that readers want no more: of a topic, or, by calling it spam, of any marketing ever."""
    stated: list[tuple[Heard, ConsentChange]] = []
    every: list[str] | None = None
    for one in several:
        for saying in one.sayings:
            topics: list[str] = []
            if saying.kind is FeedbackKind.UNSUBSCRIBED:
                topics = [one.message.topic] if one.message.topic else []
            elif saying.kind is FeedbackKind.COMPLAINED:
                if every is None:
                    every = list(session.scalars(select(Topic.key).order_by(Topic.key)))
                topics = sorted(
                    {*every, EVERYTHING, *([one.message.topic] if one.message.topic else [])}
                )
            by_reader = saying.kind is FeedbackKind.UNSUBSCRIBED
            stated += [
                (one, _build_change(one, saying, topic, account, by_reader=by_reader))
                for topic in topics
            ]
    if not stated:
        return []
    new = list_new(session, [change for _, change in stated])
    choices = _load_choices(session, {change.contact_id for change in new})
    record_consents(session, new, now=now)
    behind = {id(change): heard for heard, change in stated}
    events: dict[tuple[int, str, str], OwnEvent] = {}
    for change in new:
        choice, changed_at = choices.get(change.key, ("", None))
        is_later = changed_at is not None and changed_at > change.occurred_at
        if choice == "unsubscribed" or is_later or change.topic == EVERYTHING:
            continue
        message = behind[id(change)].message
        events.setdefault(
            change.key,
            OwnEvent(
                contact_id=change.contact_id,
                name=UNSUBSCRIBED,
                occurred_at=change.occurred_at,
                properties={"topic": change.topic},
                actor=PROVIDER,
                channel=change.channel,
                cause_id=message.cause_id,
                message_id=f"unsubscribed:{message.id}:{change.topic}:{change.source}",
            ),
        )
    return list(events.values())


def _build_change(
    one: Heard, saying: Feedback, topic: str, account: str, *, by_reader: bool
) -> ConsentChange:
    return ConsentChange(
        contact_id=one.message.contact_id,
        topic=topic,
        channel=one.message.channel,
        choice="unsubscribed",
        occurred_at=saying.occurred_at,
        source=BY_PROVIDER if by_reader else BY_COMPLAINT,
        proof={"message_id": one.message.id, "account": account},
    )


def _load_choices(
    session: Session, contact_ids: set[int]
) -> dict[tuple[int, str, str], tuple[str, datetime]]:
    rows = session.execute(
        select(
            Consent.contact_id, Consent.topic, Consent.channel, Consent.choice, Consent.changed_at
        ).where(Consent.contact_id.in_(contact_ids))
    )
    return {(contact, topic, channel): (said, at) for contact, topic, channel, said, at in rows}


def _load_journeys(session: Session, several: Sequence[Heard]) -> dict[int, str]:
    ids = {one.message.journey_id for one in several if one.message.journey_id is not None}
    if not ids:
        return {}
    return dict(session.execute(select(Journey.id, Journey.key).where(Journey.id.in_(ids))).all())


def _list_events(one: Heard, journeys: dict[int, str]) -> Iterator[OwnEvent]:
    """Yield what journeys may wait for: each of it once of a message, at its first telling."""
    fates = (
        ("Delivered", one.before.delivered_at, one.after.delivered_at),
        ("Bounced", one.before.bounced_at, one.after.bounced_at),
        ("Marked As Spam", one.before.complained_at, one.after.complained_at),
    )
    message = one.message
    for fate, before, after in fates:
        if before is not None or after is None:
            continue
        about: dict[str, Any] = {
            "message": str(message.uid),
            "journey": journeys.get(message.journey_id or 0),
            "node": message.node,
            "template": message.template,
            "enrollment_id": message.enrollment_id,
        }
        if fate == "Bounced":
            about |= _describe_bounce(one)
        yield OwnEvent(
            contact_id=message.contact_id,
            name=f"{WORDS[message.channel]} {fate}",
            occurred_at=after,
            properties={name: value for name, value in about.items() if value is not None},
            actor=PROVIDER,
            channel=message.channel,
            cause_id=message.cause_id,
            message_id=f"{message.uid}:{fate.lower()}",
        )


def _describe_bounce(one: Heard) -> dict[str, str | None]:
    told = [saying for saying in one.sayings if saying.kind is FeedbackKind.BOUNCED]
    return {
        "bounce": one.after.bounce.value if one.after.bounce else None,
        "code": clean_words(told[0].code) if told and told[0].code else None,
        "reason": clean_words(told[0].text) if told and told[0].text else None,
    }


def _alarm(session: Session, several: Sequence[Heard], *, now: datetime) -> None:
    """Tell whoever runs the instance who refuses us; once a day of each domain."""
    notices: list[NewNotice] = []
    for one in several:
        for saying in one.sayings:
            if saying.kind is FeedbackKind.BOUNCED and saying.bounce is BounceKind.POLICY:
                whom = find_domain(saying.recipient or one.contact.email or "") or Sentence(
                    "a server"
                )
                said = clean_words(f"{saying.code or ''} {saying.text}")
                words = Sentence(
                    "Letters to {whom} are refused for what we send or who we are, and not for "
                    "whom they are for: {said}. Nobody is suppressed; look at Deliverability.",
                    whom=whom,
                    said=said,
                )
                key = str(derive_id("policy", str(whom), now.date().isoformat()))
                notices.append(NewNotice(key, OWNER, words))
    add_notices(session, notices, now=now)
