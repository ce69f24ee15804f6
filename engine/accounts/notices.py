"""What colleagues are told: by a journey's notify node, or by the product itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.db import change_rows, insert_into
from engine.ids import derive_id
from engine.language.say import Sentence, load_sentence
from engine.models.contact import Contact
from engine.models.journey import Enrollment, Journey, Notice
from engine.models.question import Question

CHAT: Final = "chat:"
"""With this begins the name of a chat, as the setting has it."""
OWNER: Final = "owner"
"""Whom the product itself tells that something is wrong."""
ADMINS: Final = "admins"
"""Name of the chat that hears it, too, if the operator has one of this name."""
MOST_PASSED_ON: Final = 100


@dataclass(frozen=True, slots=True)
class NewNotice:
    """Something to be told, once.

    Attributes:
        key: derived from what it is about.
        to: owner, team:NAME, role:NAME, user:NAME, or chat:NAME, which is told at once.
        words: an author's own, or a sentence of the product, which is said to each in their language.
        enrollment_id: whose node tells it; its words may hold personal data. None: the product
            tells it, and names nobody.
    """

    key: str
    to: str
    words: str | Sentence
    enrollment_id: int | None = None


def add_notices(session: Session, notices: Sequence[NewNotice], *, now: datetime) -> None:
    """Keep these notices, unread. Repeating it is harmless because each key is told once."""
    if not notices:
        return
    rows = [
        {
            "key": one.key,
            "at": now,
            "to": one.to,
            "words": one.words.english if isinstance(one.words, Sentence) else one.words,
            "said": one.words.dump() if isinstance(one.words, Sentence) else None,
            "enrollment_id": one.enrollment_id,
            "read_at": None,
            "due_at": now if one.to.startswith(CHAT) else None,
        }
        for one in notices
    ]
    session.execute(insert_into(session, Notice).on_conflict_do_nothing(), rows)


def say_notice(notice: Notice) -> str:
    """Return what a notice says, in the language that is spoken now."""
    return notice.words if notice.said is None else str(load_sentence(notice.said))


def list_notices(
    session: Session,
    *,
    limit: int,
    before: int | None = None,
    to: str | None = None,
    unread: bool = False,
    with_contacts: bool = False,
) -> Sequence[Notice]:
    """Return notices, the newest first.

    Args:
        session: for reading.
        limit: how many at most.
        before: only those of a lower id.
        to: only those to this addressee.
        unread: only those that nobody has read.
        with_contacts: also those of journeys, which may hold personal data.
    """
    asked = select(Notice).order_by(Notice.id.desc()).limit(limit)
    if before is not None:
        asked = asked.where(Notice.id < before)
    if to is not None:
        asked = asked.where(Notice.to == to)
    if unread:
        asked = asked.where(Notice.read_at.is_(None))
    if not with_contacts:
        asked = asked.where(Notice.enrollment_id.is_(None))
    return session.scalars(asked).all()


def pass_on(session: Session, chat: str, *, since: datetime, now: datetime) -> None:
    """Tell a chat what the product itself has told administrators; each of it once.

    Args:
        chat: its name.
        since: what was told before is news no more.
    """
    rows = session.scalars(
        select(Notice)
        .where(Notice.to == OWNER, Notice.enrollment_id.is_(None), Notice.at >= since)
        .order_by(Notice.id.desc())
        .limit(MOST_PASSED_ON)
    )
    told = [
        NewNotice(
            str(derive_id("passed on", chat, one.key)),
            f"{CHAT}{chat}",
            one.words if one.said is None else load_sentence(one.said),
        )
        for one in rows
    ]
    add_notices(session, told, now=now)


@dataclass(frozen=True, slots=True)
class About:
    """What a journey's notice is about.

    Attributes:
        question: id of what is asked, if the notice asks for an answer.
    """

    journey: str
    contact: UUID
    question: int | None


def find_about(session: Session, notices: Sequence[Notice]) -> dict[int, About]:
    """Return what notices of journeys are about, by their ids; nothing of the product's own."""
    ids = {one.enrollment_id for one in notices if one.enrollment_id is not None}
    if not ids:
        return {}
    asked = (
        select(Enrollment.id, Journey.key, Contact.uid)
        .join(Journey, Journey.id == Enrollment.journey_id)
        .join(Contact, Contact.id == Enrollment.contact_id)
        .where(Enrollment.id.in_(ids))
    )
    enrollments = {row.id: (row.key, row.uid) for row in session.execute(asked)}
    keys = [key for one in notices if (key := _find_question(one))]
    rows = session.execute(select(Question.key, Question.id).where(Question.key.in_(keys)))
    questions = {row.key: row.id for row in rows}
    return {
        one.id: About(*enrollments[one.enrollment_id], questions.get(_find_question(one) or ""))
        for one in notices
        if one.enrollment_id in enrollments
    }


def _find_question(notice: Notice) -> str | None:
    """Return the key of the question that a notice is about: `question:KEY`, or `…:escalated`."""
    kind, _, key = notice.key.partition(":")
    return key.partition(":")[0] if kind == "question" else None


def mark_read(
    session: Session, ids: Collection[int], *, now: datetime, with_contacts: bool = False
) -> int:
    """Mark notices as read by somebody; answer how many were unread before.

    Args:
        session: of a transaction.
        ids: which.
        now: the present instant.
        with_contacts: also those of journeys, for who may see them.
    """
    change = (
        update(Notice).where(Notice.id.in_(list(ids)), Notice.read_at.is_(None)).values(read_at=now)
    )
    if not with_contacts:
        change = change.where(Notice.enrollment_id.is_(None))
    return change_rows(session, change)
