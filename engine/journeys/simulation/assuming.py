"""What is assumed of a journey's nodes: read, and held against what the nodes can take. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.actions.ask import AskNode, read_answer
from engine.errors import Invalid
from engine.journeys.deciding.plan import Plan
from engine.journeys.definition.case_file import AssumedChoice, AssumedFate, GivenAnswer
from engine.journeys.simulation.setting import USUAL_PAUSE, Assumed, AssumedAnswer
from engine.language.say import say


@dataclass(frozen=True, slots=True)
class Assumptions:
    """By node: what becomes of its messages and calls, and what colleagues answer."""

    fates: Mapping[str, Assumed] = field(default_factory=dict)
    answers: Mapping[str, AssumedAnswer] = field(default_factory=dict)


def read_assumptions(
    plan: Plan, several: Mapping[str, str | AssumedFate | AssumedChoice]
) -> Assumptions:
    """Return what is assumed; what `list_unfit` finds fault with is left out."""
    fates: dict[str, Assumed] = {}
    answers: dict[str, AssumedAnswer] = {}
    for key, one in several.items():
        if any(list_unfit(plan, {key: one})):
            continue
        if isinstance(one, AssumedChoice):
            signal = read_answer(_get_asking(plan, key), one.chooses, one.form)
            answers[key] = AssumedAnswer(signal, USUAL_PAUSE if one.after is None else one.after)
        else:
            fates[key] = _read_fate(one)
    return Assumptions(fates, answers)


def list_unfit(
    plan: Plan, several: Mapping[str, str | AssumedFate | AssumedChoice]
) -> Iterator[str]:
    """Yield what is wrong with assumptions, in words."""
    for key, one in several.items():
        if key not in plan.places:
            yield f"there is no node {key!r}"
        elif isinstance(one, AssumedChoice):
            yield from _find_fault(plan, key, one)
        elif isinstance(plan.document.nodes[key], AskNode):
            yield f"{key} asks a colleague: say what that one 'chooses'"


def list_wrong_answers(plan: Plan, several: Iterable[GivenAnswer]) -> Iterator[str]:
    """Yield what is wrong with answers that are given, in words; a node must be there."""
    for one in several:
        yield from _find_fault(plan, one.question, one)


def _find_fault(plan: Plan, key: str, one: AssumedChoice | GivenAnswer) -> Iterator[str]:
    try:
        read_answer(_get_asking(plan, key), one.chooses, one.form)
    except Invalid as error:
        yield f"{key}: {error}"


def _get_asking(plan: Plan, key: str) -> AskNode:
    """Return the node that asks.

    Raises:
        Invalid: it asks nobody.
    """
    node = plan.document.nodes[key]
    if not isinstance(node, AskNode):
        raise Invalid(say("this node asks nobody"))
    return node


def _read_fate(one: str | AssumedFate) -> Assumed:
    """Return an assumption, with a mere word written out."""
    fate = one if isinstance(one, AssumedFate) else AssumedFate.model_validate({"fate": one})
    answer: dict[str, Any] = {str(name): value for name, value in (fate.answer or {}).items()}
    return Assumed(fate.fate, after=fate.after, answer=answer)
