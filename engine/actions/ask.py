"""Ask a colleague, and wait for the answer: approve, review, fill in a form."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Self

from pydantic import Field, model_validator
from typing_extensions import override

from engine.decision import (
    Advance,
    Answered,
    AskColleague,
    Await,
    CloseQuestion,
    Decision,
    Facts,
    SaveContext,
)
from engine.document.base import Document, FieldPath, Maybe, Name
from engine.document.values import Structure
from engine.errors import Invalid
from engine.language.say import say
from engine.parts.forms import FormField, read_form
from engine.parts.holes import fill_values
from engine.parts.paths import Label, NodeBase, Path, Timeout, Way, build_corner
from engine.parts.times import Wait, add_span
from engine.parts.words import LONGEST_WORDS, fill_words

DUE: Final = "due"


class AnswerPath(Way):
    """An answer to choose, and where it leads."""

    label: Label


class Escalation(Document):
    """Who else is told when nobody has answered for so long."""

    after: Wait
    to: Name


class AskNode(NodeBase):
    """Ask a colleague, and wait for the answer. What the form holds is kept in the context.

    It is kept under the node's key: `context.NODE.FIELD`. The time until it is due is mandatory
    when publishing.
    """

    kind: Literal["ask"]
    to: Name = Field(description="owner, team:NAME, role:NAME or user:NAME.")
    text: str = Field(
        max_length=LONGEST_WORDS, description="Words; {{ name }} stands for a value of data."
    )
    data: Mapping[FieldPath, Structure] = {}
    paths_: tuple[AnswerPath, ...] = Field(default=(), alias="paths", max_length=20)
    form: tuple[FormField, ...] = Field(default=(), max_length=50)
    due: Maybe[Timeout] = None
    escalate: Maybe[Escalation] = None

    @model_validator(mode="after")
    def _form_and_times_fit(self) -> Self:
        names = [field.name for field in self.form]
        if len(set(names)) < len(names):
            msg = say("two fields of a form have the same name")
            raise ValueError(msg)
        if self.due and self.escalate and self.escalate.after.shortest >= self.due.after.shortest:
            msg = say("'escalate' comes only when it is 'due', so nobody else would be told")
            raise ValueError(msg)
        return self

    @override
    def paths(self) -> tuple[Path, ...]:
        certain = frozenset(field.name for field in self.form if field.required)
        after = self.due.after.shortest if self.due else timedelta()
        return (
            *(
                Path(path.label, path.next, ("paths", place), fields=certain)
                for place, path in enumerate(self.paths_)
            ),
            *build_corner(DUE, self.due, "due", after),
        )


def read_answer(node: AskNode, label: str, values: Mapping[str, Any]) -> Answered:
    """Return an answer as the node takes it.

    Args:
        label: of the answer chosen.
        values: of the form, by the names of its fields.

    Raises:
        Invalid: there is no such answer, or the form is not filled in as it asks.
    """
    labels = [path.label for path in node.paths_]
    if label not in labels:
        msg = say("there is no such answer; it is one of {labels}", labels=", ".join(labels))
        raise Invalid(msg)
    return Answered(label, read_form(node.form, values))


def decide(node: AskNode, facts: Facts) -> Decision:
    """Ask, then go out by the answer; or, when nobody has answered in time, by `due`.

    Raises:
        MissingValue: a value of `data` is missing.
        ValueError: this version does not offer the answer that was given.
    """
    due_at = _derive_due(node, facts)
    if facts.is_first:
        return Decision(Await(due_at), (_ask(node, facts, due_at),))
    if isinstance(facts.signal, Answered):
        return _take(node, facts, facts.signal)
    if facts.now >= due_at:
        return Decision(Advance(DUE), (CloseQuestion(),))
    return Decision(Await(due_at))


def _ask(node: AskNode, facts: Facts, due_at: datetime) -> AskColleague:
    escalate = node.escalate
    return AskColleague(
        to=node.to,
        words=fill_words(node.text, fill_values(node.data, facts)),
        answers=tuple(path.label for path in node.paths_),
        form=tuple(field.model_dump(mode="json") for field in node.form),
        due_at=due_at,
        escalate_at=add_span(facts.arrived_at, escalate.after, facts.zone) if escalate else None,
        escalate_to=escalate.to if escalate else None,
    )


def _take(node: AskNode, facts: Facts, given: Answered) -> Decision:
    if all(path.label != given.label for path in node.paths_):
        msg = say("the answer '{label}' is not offered any more", label=given.label)
        raise ValueError(msg)
    kept = (SaveContext({facts.node: dict(given.values)}),) if node.form else ()
    return Decision(Advance(given.label), kept)


def _derive_due(node: AskNode, facts: Facts) -> datetime:
    if node.due is None:  # a draft; publishing asks for one
        return facts.arrived_at
    return add_span(facts.arrived_at, node.due.after, facts.zone)
