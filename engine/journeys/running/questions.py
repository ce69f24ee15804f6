"""What journeys ask colleagues: asked, shown, taken back, told to somebody else after a while.

How one is answered stands in `engine.journeys.responding.answering`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from engine.actions.ask import AskNode
from engine.db import insert_into
from engine.decision import AskColleague
from engine.errors import NotFound
from engine.ids import derive_id
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.walk import Intent, Passage
from engine.journeys.running.live import list_paused
from engine.language.say import say
from engine.models.contact import Contact
from engine.models.journey import Journey, Notice
from engine.models.question import Question

ESCALATED_AT_ONCE: Final = 1000
"""Questions that one look escalates at most; the next look goes on."""
_IS_OPEN: Final = (Question.answered_at.is_(None), Question.closed_at.is_(None))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, with the names of what it is about."""

    question: Question
    journey: str
    contact: UUID


def is_asking(plan: Plan, place: int) -> bool:
    """Return whether the node at a place asks a colleague."""
    return isinstance(plan.get_node(place), AskNode)


def list_questions(
    session: Session, *, only_open: bool, before: int | None, limit: int
) -> Sequence[Asked]:
    """Return questions, the newest first.

    Args:
        before: only those with a smaller id.
    """
    asked = _select().order_by(Question.id.desc()).limit(limit)
    if only_open:
        asked = asked.where(*_IS_OPEN)
    if before is not None:
        asked = asked.where(Question.id < before)
    return [Asked(*row) for row in session.execute(asked)]


def get_question(session: Session, question_id: int) -> Asked:
    """Return a question.

    Raises:
        NotFound: there is none.
    """
    row = session.execute(_select().where(Question.id == question_id)).one_or_none()
    if row is None:
        msg = say("there is no such question")
        raise NotFound(msg)
    return Asked(*row)


def ask(session: Session, asked: Sequence[tuple[Passage, Intent]], *, now: datetime) -> None:
    """Write these questions, each once, and tell whom they are for."""
    questions = [_build_question(*one, now=now) for one in asked]
    if not questions:
        return
    session.execute(insert_into(session, Question).on_conflict_do_nothing(), questions)
    _tell(session, ((one["key"], one["to"], one) for one in questions), now=now)


def close_questions(session: Session, enrollment_ids: Collection[int], *, now: datetime) -> None:
    """Take back what these enrollments still ask: nobody can answer it any more."""
    if not enrollment_ids:
        return
    session.execute(
        update(Question)
        .where(Question.enrollment_id.in_(list(enrollment_ids)), *_IS_OPEN)
        .values(closed_at=now)
        .execution_options(synchronize_session=False)
    )


def escalate_due(session: Session, *, now: datetime) -> int:
    """Tell the second addressee of questions that nobody answered for long; answer how many.

    Each is told once, however many look at the same time. Where a journey is paused nobody is told.
    """
    due = (
        select(
            Question.id,
            Question.key,
            Question.escalate_to,
            Question.words,
            Question.enrollment_id,
        )
        .where(Question.escalate_at <= now, Question.escalated_at.is_(None), *_IS_OPEN)
        .order_by(Question.escalate_at)
        .limit(ESCALATED_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    if paused := list_paused(session):
        due = due.where(Question.journey_id.not_in(paused))
    rows = session.execute(due).all()
    if not rows:
        return 0
    session.execute(
        update(Question)
        .where(Question.id.in_([row.id for row in rows]), Question.escalated_at.is_(None))
        .values(escalated_at=now)
        .execution_options(synchronize_session=False)
    )
    told = ((f"{row.key}:escalated", row.escalate_to, row._asdict()) for row in rows)
    _tell(session, told, now=now)
    return len(rows)


def _select() -> Select[Question, str, UUID]:
    return (
        select(Question, Journey.key, Contact.uid)
        .join(Journey, Journey.id == Question.journey_id)
        .join(Contact, Contact.id == Question.contact_id)
    )


def _build_question(passage: Passage, intent: Intent, *, now: datetime) -> dict[str, Any]:
    traveller, effect = passage.traveller, intent.effect
    if not isinstance(effect, AskColleague):
        raise TypeError(effect)
    node = traveller.plan.keys[intent.node]
    return {
        "key": str(derive_id("question", traveller.enrollment_id, node, intent.visit)),
        "enrollment_id": traveller.enrollment_id,
        "journey_id": traveller.plan.journey_id,
        "contact_id": traveller.contact_id,
        "node": node,
        "asked_at": now,
        "to": effect.to,
        "words": effect.words,
        "answers": list(effect.answers),
        "form": [dict(field) for field in effect.form],
        "due_at": effect.due_at,
        "escalate_at": effect.escalate_at,
        "escalate_to": effect.escalate_to,
    }


def _tell(
    session: Session, told: Iterable[tuple[str, str | None, dict[str, Any]]], *, now: datetime
) -> None:
    """Write a notice for each (key, addressee, question)."""
    notices = [
        {
            "key": f"question:{key}",
            "at": now,
            "to": to,
            "words": question["words"],
            "enrollment_id": question["enrollment_id"],
            "read_at": None,
        }
        for key, to, question in told
    ]
    session.execute(insert_into(session, Notice).on_conflict_do_nothing(), notices)
