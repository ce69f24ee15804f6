"""What letters ask for that stands outside of their message, and rendering them with the answers.

Touches no database: who makes letters says by `Resolve` where answers come from.
"""

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from engine.language.say import say
from engine.messages.compose.compile_template import CompiledTemplate
from engine.messages.compose.lookup_calls import ANSWERS
from engine.messages.compose.lookup_functions import (
    FUNCTIONS,
    LARGEST_ANSWERS,
    LONGEST_DETAIL,
    MOST_ROUNDS,
)
from engine.messages.compose.render_pool import (
    FailureReason,
    Rendered,
    RenderFailed,
    RenderPool,
    Wants,
)
from engine.messages.parcels import Parcel


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """One call that a letter makes. Those that are equal have one answer.

    Attributes:
        function: its name, such as `catalog`.
        call: the call as the renderer writes it; see `arguments`.
        message: whose it is, of functions whose answer is a message's alone.
        contact_id: for whom, of functions whose answer is a contact's alone; 0: nobody who is known.
        is_rehearsal: a preview or a test: nothing is taken away by it.
    """

    function: str
    call: str
    message: UUID | None = None
    contact_id: int | None = None
    is_rehearsal: bool = False

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What it was given, by the names of the function's parameters."""
        return _read_call(self.call)[1]


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """An answer: JSON."""

    value: Any


@dataclasses.dataclass(frozen=True, slots=True)
class Failed:
    """Why there is none: such a letter is not made, unless the template gives a default.

    Attributes:
        may_pass: asked again a little later there may be one.
    """

    words: str
    may_pass: bool = False


Answer = Found | Failed
Resolve = Callable[[Sequence[Request]], Mapping[Request, Answer]]
"""Answers several requests at once; what it leaves out has no answer."""


def resolve_nothing(requests: Sequence[Request]) -> Mapping[Request, Answer]:
    """Answer that nothing is looked up here."""
    return {one: Failed(say("nothing can be looked up here")) for one in requests}


def render_answered(
    template: CompiledTemplate,
    parcels: Sequence[Parcel],
    contexts: Sequence[Mapping[str, Any]],
    *,
    pool: RenderPool,
    resolve: Resolve,
    lenient: bool = False,
) -> list[Rendered | RenderFailed]:
    """Return what comes of each parcel's context, in order, with what it looks up.

    A template that looks nothing up is rendered once, and nothing is asked.

    Args:
        template: the version to render.
        parcels: of one template's version.
        contexts: of each.
        pool: renders.
        resolve: answers.
        lenient: see `RenderPool.render`.
    """
    results: list[Rendered | RenderFailed | Wants] = list(
        pool.render(template, contexts, lenient=lenient)
    )
    answers: dict[Request, Answer] = {}
    asked: dict[int, dict[str, Request]] = {}
    for _ in range(MOST_ROUNDS):
        wanting = {at: one for at, one in enumerate(results) if isinstance(one, Wants)}
        if not wanting:
            break
        for at, wants in wanting.items():
            own = {call: build_request(call, parcels[at]) for call in wants.calls}
            asked.setdefault(at, {}).update(own)
        new = {request: None for at in wanting for request in asked[at].values()}
        if unknown := [request for request in new if request not in answers]:
            answers |= resolve(unknown)
        again = []
        for at in wanting:
            given = _give(asked[at], answers)
            if isinstance(given, RenderFailed):
                results[at] = given
            else:
                again.append((at, {**contexts[at], ANSWERS: given}))
        rendered = pool.render(template, [context for _, context in again], lenient=lenient)
        for (at, _context), result in zip(again, rendered, strict=True):
            results[at] = _note_passing(result, asked[at].values(), answers)
    words = say("what it looks up depends on one another more than {n} times", n=MOST_ROUNDS)
    failed = RenderFailed(FailureReason.TEMPLATE, words)
    return [failed if isinstance(one, Wants) else one for one in results]


def build_request(call: str, parcel: Parcel) -> Request:
    """Return the request of a call in this parcel's letter: alike for all, where the answer is. Pure."""
    function = FUNCTIONS[_read_call(call)[0]]
    return Request(
        function=function.name,
        call=call,
        message=parcel.uid if function.of_message else None,
        contact_id=parcel.contact_id if function.of_contact else None,
        is_rehearsal=function.of_message and parcel.id == 0,
    )


def _note_passing(
    result: Rendered | RenderFailed | Wants,
    asked: Iterable[Request],
    answers: Mapping[Request, Answer],
) -> Rendered | RenderFailed | Wants:
    """Return the result; of a failure for want of an answer, whether there may be one later."""
    if not isinstance(result, RenderFailed):
        return result
    given = (answers.get(request) for request in asked)
    failed = (one.words for one in given if isinstance(one, Failed) and one.may_pass)
    is_one = any(words[:LONGEST_DETAIL] == result.detail for words in failed)
    return dataclasses.replace(result, may_pass=True) if is_one else result


def _give(
    asked: Mapping[str, Request], answers: Mapping[Request, Answer]
) -> dict[str, tuple[bool, Any]] | RenderFailed:
    given: dict[str, tuple[bool, Any]] = {}
    size = 0
    for call, request in asked.items():
        match answers.get(request):
            case Found(value):
                given[call] = True, value
                size += len(json.dumps(value, default=str))
            case Failed(words):
                given[call] = False, words
            case None:
                given[call] = False, _NO_ANSWER
    if size > LARGEST_ANSWERS:
        words = say("what it looks up has more than {n} kB", n=LARGEST_ANSWERS // 1024)
        return RenderFailed(FailureReason.TOO_LARGE, words)
    return given


_NO_ANSWER: Final = "there is no answer"


@lru_cache(maxsize=1_000)
def _read_call(call: str) -> tuple[str, Mapping[str, Any]]:
    name, arguments = json.loads(call)
    return name, arguments
