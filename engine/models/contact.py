"""Rows of contacts: who they are, what is counted of them, what they allow."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant, Json


class Contact(Base):
    """One person we hold data on. Its row is the lock under which all its affairs are settled."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    uid: Mapped[UUID] = mapped_column(Uuid, unique=True)  # shown outside, hashed for splits
    created_at: Mapped[datetime] = mapped_column(Instant)
    attributes: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    # When each attribute was said, in microseconds since 1970: the last writer wins (rule 6).
    attribute_times: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))  # E.164
    timezone: Mapped[str | None] = mapped_column(String(64))
    # Only an address said by somebody we trust, or confirmed by its owner, is written to.
    email_confirmed: Mapped[bool] = mapped_column(default=False)
    phone_confirmed: Mapped[bool] = mapped_column(default=False)
    # A server, or a page whose visitor it vouches for, has spoken of it: no other page gives it
    # an address.
    is_vouched: Mapped[bool] = mapped_column(default=False)
    # Joined with somebody of the global holdout: held out too, and left out of what is compared.
    is_held_out: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    # Its name and the last word of it, folded and cut, by whose beginning it is found.
    name_key: Mapped[str | None] = mapped_column(String(80))
    surname_key: Mapped[str | None] = mapped_column(String(80))
    # Since when nothing is left but this row, on which figures and messages of before stand.
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
    # Until when it asked for a rest from all marketing.
    paused_until: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index(None, "created_at"),
        # These operators order by code points whatever the database's language, so that what
        # begins with something is one stretch of the index. SQLite orders so by itself.
        Index("ix_contact_email", "email", postgresql_ops={"email": "varchar_pattern_ops"}),
        Index(
            "ix_contact_name_key", "name_key", postgresql_ops={"name_key": "varchar_pattern_ops"}
        ),
        Index(
            "ix_contact_surname_key",
            "surname_key",
            postgresql_ops={"surname_key": "varchar_pattern_ops"},
        ),
        Index(
            "ix_contact_merged_into",
            "merged_into",
            postgresql_where=text("merged_into IS NOT NULL"),
            sqlite_where=text("merged_into IS NOT NULL"),
        ),
    )


class Identity(Base):
    """What recognises a contact."""

    __tablename__ = "identity"
    __table_args__ = (
        CheckConstraint("kind IN ('external', 'anonymous', 'email', 'phone')", name="kind"),
        Index("ix_identity_value", "value", postgresql_ops={"value": "varchar_pattern_ops"}),
    )

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    value: Mapped[str] = mapped_column(String(254), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey(Contact.id, ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class ContactState(Base):
    """What a contact did, counted: one row, written once a chunk.

    `counters` is `engine.rules.counters.PackedHistory` as MessagePack.
    """

    __tablename__ = "contact_state"
    __table_args__ = ({"postgresql_with": {"fillfactor": "80"}},)

    contact_id: Mapped[int] = mapped_column(
        ForeignKey(Contact.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    counters: Mapped[bytes] = mapped_column(LargeBinary)
    active_at: Mapped[datetime | None] = mapped_column(Instant)  # the last thing it did itself


class Topic(Base):
    """A kind of message that a contact can choose or refuse."""

    __tablename__ = "topic"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(500), default="")
    # explicit: only who said yes; double: and confirmed it by a letter; implied: who did not say no
    # (an existing customer relation).
    opt_in: Mapped[str] = mapped_column(String(10), default="explicit")
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(Instant)
    archived_at: Mapped[datetime | None] = mapped_column(Instant)  # since when none is offered it
    # People see it, and choose it, on their own page; the others are known to colleagues alone.
    is_public: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    sender: Mapped[str | None] = mapped_column(String(64))  # registered: from whom its letters come


class Consent(Base):
    """A contact's present choice for a topic and channel."""

    __tablename__ = "consent"
    __table_args__ = (CheckConstraint("choice IN ('subscribed', 'unsubscribed')", name="choice"),)

    contact_id: Mapped[int] = mapped_column(
        ForeignKey(Contact.id, ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    choice: Mapped[str] = mapped_column(String(12))
    changed_at: Mapped[datetime] = mapped_column(Instant)


class ConsentProof(Base):
    """The ledger behind the choices: who said what, where, when. Never changed."""

    __tablename__ = "consent_proof"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey(Contact.id, ondelete="CASCADE"), index=True)
    topic: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(10))
    choice: Mapped[str] = mapped_column(String(12))
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    source: Mapped[str] = mapped_column(String(40))  # tracking, api, import, unsubscribe_link, ...
    proof: Mapped[dict[str, Any] | None] = mapped_column(Json)  # key, IP, words shown


class SmsOptOut(Base):
    """Who asked a sender for no more texts. Kept by keyed hash, so that it outlives the contact."""

    __tablename__ = "sms_opt_out"

    # The brand that texts come from: one instance speaks for one, whatever numbers it writes from.
    sender: Mapped[str] = mapped_column(String(64), primary_key=True)
    address_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    source: Mapped[str] = mapped_column(String(20))  # text, provider
    number: Mapped[str] = mapped_column(String(40), default="")  # of ours, that was written to
    created_at: Mapped[datetime] = mapped_column(Instant)


class PushDevice(Base):
    """A browser that takes a contact's pushes: one subscription at its push service."""

    __tablename__ = "push_device"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey(Contact.id, ondelete="CASCADE"), index=True)
    endpoint_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    endpoint: Mapped[str] = mapped_column(String(1000))  # whoever knows it may send there
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    agent: Mapped[str] = mapped_column(String(40))  # the browser's name
    # The site's server has vouched for who is at it.
    is_confirmed: Mapped[bool] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)  # when it last said that it is there
    worked_at: Mapped[datetime | None] = mapped_column(Instant)  # when it last took a push
    gone_at: Mapped[datetime | None] = mapped_column(Instant)  # since when it takes none any more


class ConsentRequest(Base):
    """A yes that nobody has confirmed yet: it counts only once its owner says so by a letter's link.

    `due_at`: when to write that letter; none is due: it was written, or may not be now.
    """

    __tablename__ = "consent_request"

    contact_id: Mapped[int] = mapped_column(
        ForeignKey(Contact.id, ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    source: Mapped[str] = mapped_column(String(40))
    proof: Mapped[dict[str, Any] | None] = mapped_column(Json)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    letters: Mapped[int] = mapped_column(default=0)  # so many were written for it
    message_id: Mapped[int | None] = mapped_column(BigInteger)  # the latest of them
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index(
            "ix_consent_request_due",
            "due_at",
            postgresql_where=text("due_at IS NOT NULL"),
            sqlite_where=text("due_at IS NOT NULL"),
        ),
    )


class ConfirmationTurn(Base):
    """When an address, by its keyed hash, last got a letter that asks: whose contact it was for."""

    __tablename__ = "confirmation_turn"

    address_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Suppression(Base):
    """An address never written to. Kept by keyed hash, so that it outlives the contact."""

    __tablename__ = "suppression"

    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    address_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    reason: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(Instant)
