"""Questions that journeys ask colleagues: list, show, answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts import audit
from engine.accounts.permissions import Permission
from engine.accounts.users import find_names
from engine.journeys.responding.answering import answer as answer_question
from engine.journeys.running.questions import Asked, get_question, list_questions
from engine.models.question import Question
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.wiring import get_house

PAGE: Final = 50
State = Literal["open", "answered", "closed"]

blueprint = Blueprint("questions", __name__, url_prefix="/api/v1/questions")


class Shown(Answer):
    """A question: what is asked about whom, and what came of it.

    `state` is open, answered, or closed: too late, or no longer asked.
    """

    id: int
    state: State
    journey: str
    node: str
    contact: UUID
    to: str
    words: str
    answers: list[str]
    form: list[dict[str, Any]]
    asked_at: datetime
    due_at: datetime
    escalated_at: datetime | None
    answered_at: datetime | None
    answered_by: str | None
    answerer: Annotated[str | None, Field(description="The name of the colleague who answered.")]
    answer: str | None
    values: dict[str, Any] | None
    closed_at: datetime | None


class Items(Answer):
    """A page of them, the newest first."""

    items: list[Shown]
    next: int | None


class Page(Given):
    """Which page; `open=1`: only those that can still be answered."""

    before: RowId | None = None
    open: bool = False


class Chosen(Given):
    """The label of an answer, and what is filled in, by the names of the form's fields."""

    label: Annotated[str, Field(min_length=1, max_length=60)]
    values: Annotated[dict[str, Any], Field(default_factory=dict, max_length=50)]


@blueprint.get("")
@requires(Permission.ANSWER_QUESTIONS)
@endpoint(tag="questions")
def show_all(query: Page) -> Items:
    """List questions, the newest first."""
    with get_house().database.reading() as session:
        found = list_questions(session, only_open=query.open, before=query.before, limit=PAGE + 1)
        names = find_names(session, [one.question.answered_by for one in found[:PAGE]])
        items = [_describe(one, names) for one in found[:PAGE]]
    return Items(items=items, next=items[-1].id if len(found) > PAGE else None)


@blueprint.get("/<int:question_id>")
@requires(Permission.ANSWER_QUESTIONS)
@endpoint(tag="questions")
def show(question_id: int) -> Shown:
    """Show a question."""
    with get_house().database.reading() as session:
        return _show(session, question_id)


@blueprint.post("/<int:question_id>/answer")
@requires(Permission.ANSWER_QUESTIONS)
@endpoint(tag="questions")
def answer(question_id: int, body: Chosen) -> Shown:
    """Answer a question; its journey goes on with that."""
    house = get_house()
    by = get_actor().name
    with house.database.transaction() as session:
        answer_question(
            session,
            question_id,
            label=body.label,
            values=body.values,
            by=by,
            now=house.clock.now(),
        )
        audit.record(
            session,
            actor=by,
            action="question.answered",
            target=f"question:{question_id}",
            details={"answer": body.label},
            now=house.wall.now(),
        )
    with house.database.reading() as session:
        return _show(session, question_id)


def _show(session: Session, question_id: int) -> Shown:
    asked = get_question(session, question_id)
    return _describe(asked, find_names(session, [asked.question.answered_by]))


def _describe(asked: Asked, names: Mapping[str | None, str]) -> Shown:
    row = asked.question
    return Shown(
        id=row.id,
        state=_name_state(row),
        journey=asked.journey,
        node=row.node,
        contact=asked.contact,
        to=row.to,
        words=row.words,
        answers=row.answers,
        form=row.form,
        asked_at=row.asked_at,
        due_at=row.due_at,
        escalated_at=row.escalated_at,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        answerer=names.get(row.answered_by),
        answer=row.answer,
        values=row.values,
        closed_at=row.closed_at,
    )


def _name_state(row: Question) -> State:
    if row.answered_at is not None:
        return "answered"
    return "open" if row.closed_at is None else "closed"
