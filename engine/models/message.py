"""Rows of messages: templates, what is to be sent, and what became of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant, Json, Sealed, SealedJson
from engine.models.contact import Contact

OPEN = "state IN (0, 1)"
"""Messages not yet settled: queued, or being handed over (engine.messages.states)."""


ASIDE = "state IN (4, 6, 7)"
"""Messages that somebody should look at: failed, uncertain, set aside."""
LEFT = "channel = 'email' AND sent_at IS NOT NULL"
"""Letters that a provider took: the brakes look at the last of them (engine.messages.feedback.streams)."""
UNSENT = "state IN (3, 4, 5, 6, 7)"
"""Messages that did not leave, or of which nobody knows: few, and looked for by their state."""


READ = "opened_at IS NOT NULL OR clicked_at IS NOT NULL"
"""Letters that somebody read: by their hours the best one is found (engine.messages.tracking.readings)."""


class Template(Base):
    """What letters or texts are made from; its words are in its versions."""

    __tablename__ = "template"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(128), unique=True)
    channel: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    version_id: Mapped[int | None] = mapped_column(BigInteger)  # the one in use
    created_at: Mapped[datetime] = mapped_column(Instant)


class TemplateVersion(Base):
    """The words as they once stood, compiled once. Immutable."""

    __tablename__ = "template_version"
    __table_args__ = (UniqueConstraint("template_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey(Template.id, ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(Text)
    compiled: Mapped[dict[str, Any]] = mapped_column(Json)
    # Sources for those who read some language, by its tag, and the same compiled; of none: NULL.
    variants: Mapped[dict[str, str] | None] = mapped_column(Json)
    compiled_variants: Mapped[dict[str, Any] | None] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(120))
    note: Mapped[str | None] = mapped_column(String(120))  # the partial that it was renewed for
    sender: Mapped[str | None] = mapped_column(String(64))  # registered; None: the topic's, or ours
    files: Mapped[list[str] | None] = mapped_column(Json)  # digests of what goes with the letter


class Partial(Base):
    """A piece that letters share; what stands in it is in its versions."""

    __tablename__ = "partial"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    version_id: Mapped[int | None] = mapped_column(BigInteger)  # the one in use
    created_at: Mapped[datetime] = mapped_column(Instant)


class PartialVersion(Base):
    """A partial as it once stood. Immutable."""

    __tablename__ = "partial_version"
    __table_args__ = (UniqueConstraint("partial_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    partial_id: Mapped[int] = mapped_column(ForeignKey(Partial.id, ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(120))


class TemplatePreview(Base):
    """A letter that somebody looks at while writing it, for a few minutes.

    Shown by an address of its own: only an answer brings the policy under which it may do nothing.
    """

    __tablename__ = "template_preview"

    uid: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    html: Mapped[bytes] = mapped_column(LargeBinary)  # zlib
    created_at: Mapped[datetime] = mapped_column(Instant, index=True)


class TestLetter(Base):
    """A letter or text by which a colleague tried a template: no message of anybody, counted nowhere.

    Written before it is handed over, so that how many somebody sends is known; kept for some days.
    """

    __test__ = False  # to pytest: no test
    __tablename__ = "test_letter"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    uid: Mapped[UUID] = mapped_column(Uuid, unique=True)
    channel: Mapped[str] = mapped_column(String(10))
    template: Mapped[str | None] = mapped_column(String(128))  # key; None: of none that is saved
    # For whom it was made up; it goes when they are forgotten.
    contact_id: Mapped[int | None] = mapped_column(ForeignKey(Contact.id), index=True)
    by: Mapped[str] = mapped_column(String(120))
    sent_at: Mapped[datetime] = mapped_column(Instant)  # by the product's clock
    created_at: Mapped[datetime] = mapped_column(Instant, index=True)  # by the machine's
    verdict: Mapped[str | None] = mapped_column(String(20))  # None: nobody heard of it yet
    provider: Mapped[str] = mapped_column(String(20))
    provider_id: Mapped[str | None] = mapped_column(String(200))
    details: Mapped[str | None] = mapped_column(Text)  # the provider's words
    files: Mapped[list[str] | None] = mapped_column(Json)  # names of what went with it
    # What was handed over, where the mailbox keeps it.
    sender: Mapped[str] = mapped_column(String(320), default="")
    recipient: Mapped[str] = mapped_column(String(2000), default="")
    subject: Mapped[str] = mapped_column(String(998), default="")
    text: Mapped[bytes | None] = mapped_column(LargeBinary)  # zlib
    html: Mapped[bytes | None] = mapped_column(LargeBinary)  # zlib
    headers: Mapped[list[list[str]]] = mapped_column(Json, default=list)


class Endpoint(Base):
    """A target of webhooks, with its secret. Without a URL its calls are kept in the mailbox."""

    __tablename__ = "endpoint"

    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    url: Mapped[str | None] = mapped_column(String(2000))
    secret: Mapped[str] = mapped_column(Sealed)  # whsec_…, Standard Webhooks
    secret_at: Mapped[datetime | None] = mapped_column(Instant)  # since when it is this one
    # The one before it, by which calls are signed as well until then.
    old_secret: Mapped[str | None] = mapped_column(Sealed)
    old_secret_until: Mapped[datetime | None] = mapped_column(Instant)
    headers: Mapped[dict[str, str]] = mapped_column(SealedJson, default=dict)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)  # its calls are held since
    disabled_for: Mapped[str | None] = mapped_column(
        String(20)
    )  # engine.messages.webhooks.endpoints.Off


class Message(Base):
    """One intended letter, text or call, written before anything leaves.

    `uid` is derived from (enrollment, node, visit), and from the channel where another was tried
    before: the same intent is the same row.
    """

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    uid: Mapped[UUID] = mapped_column(Uuid, unique=True)
    direction: Mapped[str] = mapped_column(String(3), default="out")  # in or out
    visibility: Mapped[str] = mapped_column(String(8), default="public")  # public or internal
    channel: Mapped[str] = mapped_column(String(10))
    message_class: Mapped[str] = mapped_column(String(13))  # marketing or transactional
    topic: Mapped[str | None] = mapped_column(String(64))
    contact_id: Mapped[int] = mapped_column(ForeignKey(Contact.id))
    journey_id: Mapped[int | None] = mapped_column(BigInteger)
    version_id: Mapped[int | None] = mapped_column(BigInteger)
    enrollment_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    node: Mapped[str | None] = mapped_column(String(64))
    visit: Mapped[int] = mapped_column(Integer, default=1)
    cause_id: Mapped[int | None] = mapped_column(BigInteger)  # the event behind it
    template: Mapped[str | None] = mapped_column(String(128))  # key
    template_version_id: Mapped[int | None] = mapped_column(BigInteger)
    # The node's data, or the call's method, endpoint, headers and body; the answer's map.
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    target: Mapped[str | None] = mapped_column(String(300))  # of a call: whose fate it shares
    state: Mapped[int] = mapped_column(SmallInteger)  # engine.messages.states.MessageState
    reason: Mapped[str | None] = mapped_column(String(40))  # of a skip, failure or cancellation
    details: Mapped[str | None] = mapped_column(Text)  # the provider's words, without addresses
    created_at: Mapped[datetime] = mapped_column(Instant)
    # When to hand it over; while it is being handed over, when its lease runs out.
    due_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    # Set in the transaction right before the hand-over: from here on it may have left.
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    lease_owner: Mapped[str | None] = mapped_column(String(60))
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    crashes: Mapped[int] = mapped_column(SmallInteger, default=0)  # leases that ran out
    provider: Mapped[str | None] = mapped_column(String(20))
    provider_id: Mapped[str | None] = mapped_column(String(200))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    delivered_at: Mapped[datetime | None] = mapped_column(Instant)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    clicked_at: Mapped[datetime | None] = mapped_column(Instant)
    bounced_at: Mapped[datetime | None] = mapped_column(Instant)
    replied_at: Mapped[datetime | None] = mapped_column(Instant)
    complained_at: Mapped[datetime | None] = mapped_column(Instant)
    bounce: Mapped[str | None] = mapped_column(
        String(6)
    )  # the gravest: channels.feedback.BounceKind
    # Of a text: parts on the air, and what the provider takes for them, in millionths of a unit.
    parts: Mapped[int | None] = mapped_column(SmallInteger)
    price_micro: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None] = mapped_column(String(3))

    __table_args__ = (
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        CheckConstraint("visibility IN ('public', 'internal')", name="visibility"),
        Index(
            "ix_message_due",
            "channel",
            "state",
            "message_class",
            "due_at",
            postgresql_where=text(OPEN),
            sqlite_where=text(OPEN),
        ),
        Index(
            "ix_message_target",
            "target",
            "state",
            "due_at",
            postgresql_where=text("target IS NOT NULL"),
            sqlite_where=text("target IS NOT NULL"),
        ),
        Index("ix_message_contact", "contact_id", "id"),
        Index(
            "ix_message_read",
            "contact_id",
            "id",
            postgresql_where=text(READ),
            sqlite_where=text(READ),
        ),
        Index("ix_message_read_id", "id", postgresql_where=text(READ), sqlite_where=text(READ)),
        Index("ix_message_template", "template", "contact_id"),
        Index("ix_message_provider", "provider_id"),
        Index("ix_message_version", "version_id", "node", "state"),
        Index("ix_message_created", "created_at"),
        Index("ix_message_journey", "journey_id", "id"),
        Index(
            "ix_message_stream",
            "message_class",
            "sent_at",
            postgresql_where=text(LEFT),
            sqlite_where=text(LEFT),
        ),
        Index(
            "ix_message_unsent",
            "state",
            "id",
            postgresql_where=text(UNSENT),
            sqlite_where=text(UNSENT),
        ),
        Index(
            "ix_message_aside",
            "channel",
            postgresql_where=text(ASIDE),
            sqlite_where=text(ASIDE),
        ),
    )


class MessageContent(Base):
    """What was handed over, word for word; kept for the mailbox page, or by setting."""

    __tablename__ = "message_content"

    message_id: Mapped[int] = mapped_column(
        ForeignKey(Message.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    files: Mapped[list[str] | None] = mapped_column(Json)  # names of what went with it
    sender: Mapped[str] = mapped_column(String(320), default="")
    recipient: Mapped[str] = mapped_column(String(2000), default="")
    subject: Mapped[str] = mapped_column(String(998), default="")
    text: Mapped[bytes | None] = mapped_column(LargeBinary)  # zlib
    html: Mapped[bytes | None] = mapped_column(LargeBinary)  # zlib
    headers: Mapped[list[list[str]]] = mapped_column(Json, default=list)
