"""Rows of journeys: plans, their published versions, who passes through, and what is counted."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.account import User
from engine.models.base import Base, Id, Instant, Json, WrittenJson
from engine.models.contact import Contact

ACTIVE = "status IN (0, 1)"
"""Enrollments still under way: due, or waiting (engine.journeys.deciding.states)."""


class Journey(Base):
    """A plan: its draft, and which version is live."""

    __tablename__ = "journey"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(10))  # engine.journeys.deciding.states.JourneyState
    draft: Mapped[dict[str, Any]] = mapped_column(WrittenJson)
    draft_revision: Mapped[int] = mapped_column(Integer, default=1)  # the ETag of the draft
    version_id: Mapped[int | None] = mapped_column(BigInteger)  # the live one
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    # Up to where a schedule trigger has been looked at; only ever raised (rule 39).
    schedule_mark_at: Mapped[datetime | None] = mapped_column(Instant)
    paused_at: Mapped[datetime | None] = mapped_column(Instant)  # since when nobody moves
    paused_for: Mapped[str | None] = mapped_column(String(120))  # by whom, or by which brake
    entries_paused: Mapped[bool] = mapped_column(default=False)  # nobody enters; the rest goes on
    sends_paused: Mapped[bool] = mapped_column(default=False)  # messages are kept back
    folder: Mapped[str] = mapped_column(String(60), default="", server_default="")
    archived_at: Mapped[datetime | None] = mapped_column(Instant)  # since when it is put away


class JourneyVersion(Base):
    """A published plan. Immutable (rule 95)."""

    __tablename__ = "journey_version"
    __table_args__ = (UniqueConstraint("journey_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey(Journey.id, ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    document: Mapped[dict[str, Any]] = mapped_column(WrittenJson)
    digest: Mapped[str] = mapped_column(String(64))  # of the document without layout (rule 104)
    published_at: Mapped[datetime] = mapped_column(Instant)
    published_by: Mapped[str] = mapped_column(String(120))
    # Who was moved here from older versions: at, by, and each place as it was planned (rule 96).
    moves: Mapped[dict[str, Any] | None] = mapped_column(Json)


class Enrollment(Base):
    """One subject's passage through one version. Narrow and hot; its contact's row is its lock."""

    __tablename__ = "enrollment"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey(Journey.id, ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey(JourneyVersion.id, ondelete="CASCADE"))
    contact_id: Mapped[int] = mapped_column(ForeignKey(Contact.id))
    subject_kind: Mapped[str] = mapped_column(String(12), default="contact")
    subject_id: Mapped[int] = mapped_column(BigInteger)
    entry_key: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[int] = mapped_column(
        SmallInteger
    )  # engine.journeys.deciding.states.EnrollmentStatus
    node: Mapped[int] = mapped_column(SmallInteger)  # place of the node in the version's document
    seq: Mapped[int] = mapped_column(Integer, default=0)  # passes so far; raised by each
    entered_at: Mapped[datetime] = mapped_column(Instant)
    arrived_at: Mapped[datetime] = mapped_column(Instant)  # at the node
    wake_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str | None] = mapped_column(String(60))  # why it was left, or set aside
    # An exit took it out: what it has not begun to send does not leave any more (rule 80).
    is_recalled: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # What a wait was ended by, before its time; read and cleared by the next pass.
    signal: Mapped[dict[str, Any] | None] = mapped_column(Json)
    # trigger (the event that let it in), context, visits per node, event ids of the cause chain.
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)

    __table_args__ = (
        Index(
            "uq_enrollment_active",
            "journey_id",
            "subject_kind",
            "subject_id",
            "entry_key",
            unique=True,
            postgresql_where=text(ACTIVE),
            sqlite_where=text(ACTIVE),
        ),
        Index(
            "ix_enrollment_due",
            "wake_at",
            postgresql_where=text(ACTIVE),
            sqlite_where=text(ACTIVE),
        ),
        Index("ix_enrollment_contact", "contact_id"),
        Index("ix_enrollment_version", "version_id", "node"),
        {
            # Messages of a deleted journey go on naming its enrollments: none of their ids comes again.
            "sqlite_autoincrement": True,
            "postgresql_with": {
                "fillfactor": "90",
                "autovacuum_vacuum_scale_factor": "0.02",
            },
        },
    )


class JourneyEntry(Base):
    """That a subject has entered a journey, under which key, and when last (rules 12 to 15)."""

    __tablename__ = "journey_entry"

    journey_id: Mapped[int] = mapped_column(
        ForeignKey(Journey.id, ondelete="CASCADE"), primary_key=True
    )
    subject_kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    entry_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    entered_at: Mapped[datetime] = mapped_column(Instant)
    entries: Mapped[int] = mapped_column(Integer, default=1)


class Watch(Base):
    """What a trigger waits for: a silence, a date of the contact, the clock of a record."""

    __tablename__ = "watch"

    journey_id: Mapped[int] = mapped_column(
        ForeignKey(Journey.id, ondelete="CASCADE"), primary_key=True
    )
    contact_id: Mapped[int] = mapped_column(
        ForeignKey(Contact.id, ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(
        String(200), primary_key=True
    )  # an entry key; record:ID; else ""
    # None: this one has let in; what begins another sets it again (rule 140).
    due_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    data: Mapped[dict[str, Any] | None] = mapped_column(Json)  # what began it, or what was let in


class Occurrence(Base):
    """One firing of a schedule: it lets its audience in once, however often it is looked at."""

    __tablename__ = "occurrence"

    journey_id: Mapped[int] = mapped_column(
        ForeignKey(Journey.id, ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(80), primary_key=True)  # zone, local date and time
    at: Mapped[datetime] = mapped_column(Instant)
    cursor: Mapped[int] = mapped_column(BigInteger, default=0)  # contacts up to here have entered
    done_at: Mapped[datetime | None] = mapped_column(Instant)


class Pass(Base):
    """From one wait to the next: one row with the path gone. Append-only; cut by month.

    `path` reads `node.way node.way …`: the places of node and way out in the version's document;
    a node without a way out is where it stopped.
    """

    __tablename__ = "pass_log"

    enrollment_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    version_id: Mapped[int] = mapped_column(BigInteger)
    path: Mapped[str] = mapped_column(Text)
    # What its nodes read and decided by, for "why?": place of the node → name → value.
    notes: Mapped[dict[str, Any] | None] = mapped_column(Json)

    __table_args__ = ({"postgresql_partition_by": "RANGE (at)"},)


class Tally(Base):
    """Counts of one node (or, as -1, of the whole version): entered, each way out, each reason."""

    __tablename__ = "tally"

    version_id: Mapped[int] = mapped_column(
        ForeignKey(JourneyVersion.id, ondelete="CASCADE"), primary_key=True
    )
    node: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    label: Mapped[str] = mapped_column(String(80), primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger)


class TallyDay(Base):
    """What of a count was added on one day (UTC): so reports can tell of a time, rows are few."""

    __tablename__ = "tally_day"

    version_id: Mapped[int] = mapped_column(
        ForeignKey(JourneyVersion.id, ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)  # since 1970
    node: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    label: Mapped[str] = mapped_column(String(80), primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger)


class Assignment(Base):
    """The arm of a split that a contact got on its first visit (rule 60)."""

    __tablename__ = "assignment"

    salt: Mapped[str] = mapped_column(String(160), primary_key=True)
    contact_id: Mapped[int] = mapped_column(
        ForeignKey(Contact.id, ondelete="CASCADE"), primary_key=True
    )
    label: Mapped[str] = mapped_column(String(60))
    assigned_at: Mapped[datetime] = mapped_column(Instant)


class Experiment(Base):
    """A split of a live version whose arms are compared, and which of them won (rules 64 and 65)."""

    __tablename__ = "experiment"

    journey_id: Mapped[int] = mapped_column(
        ForeignKey(Journey.id, ondelete="CASCADE"), primary_key=True
    )
    node: Mapped[str] = mapped_column(String(64), primary_key=True)
    salt: Mapped[str] = mapped_column(String(160))
    design: Mapped[str] = mapped_column(String(64))  # of the arms: another one begins anew
    began_at: Mapped[datetime] = mapped_column(Instant)  # published so
    first_at: Mapped[datetime | None] = mapped_column(Instant)  # the first arm given since
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    winner: Mapped[str | None] = mapped_column(String(60))  # None: divided as before
    details: Mapped[dict[str, Any] | None] = mapped_column(Json)  # the test, and each arm's figures


class JourneyMinute(Base):
    """How many messages a journey intended in one minute since 1970: what a brake compares."""

    __tablename__ = "journey_minute"

    journey_id: Mapped[int] = mapped_column(
        ForeignKey(Journey.id, ondelete="CASCADE"), primary_key=True
    )
    minute: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(BigInteger)


class GoalReached(Base):
    """A goal counts once per enrollment (rule 128)."""

    __tablename__ = "goal_reached"

    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey(Enrollment.id, ondelete="CASCADE"), primary_key=True
    )
    goal: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    value: Mapped[str | None] = mapped_column(String(40))  # as decimal text, exactly as sent
    event_id: Mapped[int | None] = mapped_column(BigInteger)


class ThrottleSlot(Base):
    """The line at a throttle: whoever calls up from it holds the row (engine.journeys.deciding.turns)."""

    __tablename__ = "throttle_slot"

    journey_id: Mapped[int] = mapped_column(
        ForeignKey(Journey.id, ondelete="CASCADE"), primary_key=True
    )
    node: Mapped[str] = mapped_column(String(64), primary_key=True)
    next_at: Mapped[datetime] = mapped_column(Instant)  # when the next may go
    given: Mapped[int] = mapped_column(BigInteger)  # tickets so far
    called: Mapped[int] = mapped_column(BigInteger)  # the highest whose holder has gone


class Notice(Base):
    """Something a colleague is told, by a journey's notify node or by the product itself."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)  # derived: told once
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    to: Mapped[str] = mapped_column("addressee", String(128))
    words: Mapped[str] = mapped_column(Text)  # in English, or as its author wrote them
    said: Mapped[list[Any] | None] = mapped_column(Json)  # a sentence, as `Sentence.dump` gives it
    enrollment_id: Mapped[int | None] = mapped_column(BigInteger)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    # Of what a chat is told: when to try; None once it is told, or given up.
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    trouble: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (
        Index(
            "ix_notice_due",
            "due_at",
            postgresql_where=text("due_at IS NOT NULL"),
            sqlite_where=text("due_at IS NOT NULL"),
        ),
    )


class NoticeMail(Base):
    """A notice on its way to an administrator's inbox, or there."""

    __tablename__ = "notice_mail"

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    notice_id: Mapped[int] = mapped_column(
        ForeignKey(Notice.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    planned_at: Mapped[datetime] = mapped_column(Instant)  # by the machine's clock, as all here
    due_at: Mapped[datetime | None] = mapped_column(Instant)  # None: under way, sent, or given up
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    mailed_at: Mapped[datetime | None] = mapped_column(Instant)
    trouble: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (
        Index(
            "ix_notice_mail_due",
            "due_at",
            postgresql_where=text("due_at IS NOT NULL"),
            sqlite_where=text("due_at IS NOT NULL"),
        ),
    )
