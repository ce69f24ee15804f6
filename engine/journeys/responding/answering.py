"""A colleague answers what a journey asks: checked, kept, and the enrollment goes on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.actions.ask import AskNode, read_answer
from engine.db import change_rows, lock_owner
from engine.errors import Conflict, NotFound
from engine.journeys.deciding.held import Held
from engine.journeys.running.inside import load_held, write_held
from engine.language.say import say
from engine.models.question import Question

LONGEST_NAME = 120


def answer(
    session: Session,
    question_id: int,
    *,
    label: str,
    values: Mapping[str, Any],
    by: str,
    now: datetime,
) -> None:
    """Answer a question: its enrollment goes out by the label, with the values in its context.

    An answer counts as long as the enrollment waits for it. The contact's row decides who is first:
    this answer, another one, the time that is over, or an exit.

    Args:
        label: of the answer chosen.
        values: of the form, by the names of its fields.
        by: who answers, as the audit writes it.

    Raises:
        NotFound: there is no such question.
        Conflict: it has been answered, or nobody waits for an answer any more.
        Invalid: there is no such answer, or the form is not filled in as it asks.
    """
    asked = select(Question.contact_id).where(Question.id == question_id)
    contact_id = lock_owner(session, asked)
    if contact_id is None:
        msg = say("there is no such question")
        raise NotFound(msg)
    question = session.get_one(Question, question_id, populate_existing=True)
    if question.answered_at is not None:
        msg = say("this has been answered already: '{answer}'", answer=question.answer)
        raise Conflict(msg)
    held = _find_waiting(session, question, contact_id)
    if question.closed_at is not None or held is None:
        msg = say("nobody waits for an answer to this any more")
        raise Conflict(msg)
    node = held.plan.get_node(held.node)
    if not isinstance(node, AskNode):
        raise TypeError(node)
    given = read_answer(node, label, values)
    change_rows(
        session,
        update(Question)
        .where(Question.id == question_id)
        .values(
            answered_at=now, answered_by=by[:LONGEST_NAME], answer=label, values=dict(given.values)
        ),
    )
    held.wake(given, rank=0)
    write_held(session, [held], now=now)


def _find_waiting(session: Session, question: Question, contact_id: int) -> Held | None:
    """Return the enrollment that waits for an answer to this; None if it has gone on or left."""
    for held in load_held(session, [contact_id]).get(contact_id, ()):
        is_it = held.enrollment_id == question.enrollment_id
        if is_it and held.is_waiting and held.plan.keys[held.node] == question.node:
            return held
    return None
