"""The form of a management route: its body and query read, its answer written, by its types.

A route names what it takes and gives in its signature, and the same types make the OpenAPI
document:

    @blueprint.post("/queues/replay")
    @requires(Permission.PUBLISH)
    @endpoint(tag="operations")
    def replay(body: Replay) -> Replayed:

`body` and `query` are read from the request; a model answered is written as JSON, None as 204, and
a response goes as it is.
"""

import functools
import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar

import orjson
from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field

from engine.language.say import say
from server.errors import Malformed, WrongMediaType

_OPERATION: Final = "__sojourn_operation__"
RowId = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""An id as the database counts them."""
_Route = Callable[..., Response]
_Model = TypeVar("_Model", bound=BaseModel)


class Given(BaseModel):
    """Base of what callers send: nothing unknown, nothing turned from one type into another."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Answer(BaseModel):
    """Base of what callers get."""

    model_config = ConfigDict(frozen=True)


@dataclass(frozen=True, slots=True)
class Operation:
    """What a route takes and gives, for the OpenAPI document.

    Attributes:
        answers: None: no content, or (with `media_type`) something that is not JSON.
        media_type: of the answer.
    """

    tag: str
    summary: str
    body: type[BaseModel] | None
    query: type[BaseModel] | None
    answers: type[BaseModel] | None
    status: int
    media_type: str


def endpoint(
    *,
    tag: str,
    status: int | None = None,
    answers: type[BaseModel] | None = None,
    media_type: str = "application/json",
) -> Callable[[Callable[..., Any]], _Route]:
    """Read what the route takes and write what it gives, as its signature says.

    Args:
        tag: under which the document lists it.
        status: of a good answer; None: 200, or 204 where there is no content.
        answers: what a route that returns a whole response puts into it, for the document.
        media_type: of such a response.
    """

    def shape(view: Callable[..., Any]) -> _Route:
        hints = typing.get_type_hints(view)
        operation = _describe(
            view, hints, tag=tag, status=status, answers=answers, media_type=media_type
        )

        @functools.wraps(view)
        def shaped(**given: Any) -> Response:
            if operation.body is not None:
                given["body"] = read_body(operation.body)
            if operation.query is not None:
                given["query"] = read_query(operation.query)
            return _write(view(**given), operation.status)

        setattr(shaped, _OPERATION, operation)
        return shaped

    return shape


def find_operation(view: Callable[..., Any] | None) -> Operation | None:
    """Return what a route takes and gives; None of one that is not made by `endpoint`."""
    operation = getattr(view, _OPERATION, None)
    return operation if isinstance(operation, Operation) else None


def read_body(model: type[_Model]) -> _Model:
    """Return the request's JSON as a model.

    Raises:
        WrongMediaType: it does not say that it is JSON.
        Malformed: it is no JSON, or holds a NUL character.
        ValidationError: it is not of this shape.
    """
    if request.mimetype != "application/json":
        msg = say("the body is to be application/json")
        raise WrongMediaType(msg)
    raw = request.get_data(cache=True)
    if rb"\u0000" in raw:
        msg = say("a text holds a NUL character, which cannot be stored")
        raise Malformed(msg)
    try:
        orjson.loads(raw)  # Pydantic's own reader lets NaN and Infinity pass
    except orjson.JSONDecodeError:
        msg = say("the body is not JSON as RFC 8259 says")
        raise Malformed(msg) from None
    return model.model_validate_json(raw)


def read_query(model: type[_Model]) -> _Model:
    """Return the address's query as a model; `strict` is put aside, since all of it is text.

    Raises:
        Malformed: a name comes twice.
        ValidationError: unknown names, or values that can not be.
    """
    if any(len(values) > 1 for _, values in request.args.lists()):
        msg = say("a name comes twice in the address")
        raise Malformed(msg)
    return model.model_validate(request.args.to_dict(), strict=False)


def _describe(
    view: Callable[..., Any],
    hints: dict[str, Any],
    *,
    tag: str,
    status: int | None,
    answers: type[BaseModel] | None,
    media_type: str,
) -> Operation:
    returned = hints.get("return")
    is_empty = returned is type(None)
    if inspect.isclass(returned) and issubclass(returned, BaseModel):
        answers = returned
    return Operation(
        tag=tag,
        summary=(inspect.getdoc(view) or view.__name__).splitlines()[0],
        body=hints.get("body"),
        query=hints.get("query"),
        answers=answers,
        status=status or (204 if is_empty else 200),
        media_type=media_type,
    )


def _write(answer: Any, status: int) -> Response:
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status=status)
    if not isinstance(answer, BaseModel):
        raise TypeError(type(answer))
    return Response(
        answer.model_dump_json(by_alias=True), status=status, content_type="application/json"
    )
