"""Call another system, and keep pieces of its answer."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from typing_extensions import override

from engine.decision import (
    Advance,
    Await,
    CallWebhook,
    Decision,
    Facts,
    MessageSettled,
    SaveContext,
)
from engine.document.base import FieldPath, Maybe, Name
from engine.document.durations import Elapsed
from engine.document.paths import MISSING, get_path
from engine.document.values import MissingValue, Structure
from engine.language.say import say
from engine.parts.corners import choose_corner
from engine.parts.holes import fill_structure
from engine.parts.paths import NEXT, OnTrouble, Path, Step, build_corner
from engine.reasons import ExitReason

LONGEST_CALL: Final = timedelta(seconds=60)
LONGEST_WAIT: Final = timedelta(days=4)
"""So long a node waits for an answer, all tries included; then the call counts as failed."""
ERROR: Final = "error"


def _short(timeout: timedelta) -> timedelta:
    if timeout > LONGEST_CALL:
        msg = say("a call takes at most 60 seconds")
        raise ValueError(msg)
    return timeout


Url = Annotated[str, Field(max_length=2000, pattern=r"^https?://[^\s]+$")]
HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$")]
HeaderValue = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00-\x1f\x7f]*$")]
AnswerPlace = Annotated[
    str,
    Field(
        max_length=200,
        pattern=r"^(status|headers\.[A-Za-z0-9-]+|body(\.[A-Za-z0-9_-]+)*)$",
    ),
]


class WebhookNode(Step):
    """Call another system. Named pieces of its answer are kept in the enrollment's context."""

    kind: Literal["webhook"]
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "POST"
    endpoint: Maybe[Name] = Field(
        default=None, description="A target kept in the settings, with its secrets."
    )
    url: Maybe[Url] = None
    headers: Mapping[HeaderName, HeaderValue] = Field(
        default={}, max_length=20, description="No secrets: those belong to endpoints."
    )
    body: Structure = None
    timeout: Annotated[Elapsed, AfterValidator(_short)] = Field(
        default=timedelta(seconds=10), description="For the whole call; at most PT60S."
    )
    save: Mapping[FieldPath, AnswerPlace] = Field(
        default={},
        max_length=50,
        description="Context name: place in the answer, such as {'tier': 'body.customer.tier'} "
        "or {'code': 'status'}. An answer that lacks one of them is no good answer.",
    )
    on_error: OnTrouble = Field(default="exit", description="No good answer after all tries.")

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if (self.endpoint is None) == (self.url is None):
            msg = say("a webhook has either 'endpoint' or 'url'")
            raise ValueError(msg)
        return self

    @override
    def paths(self) -> tuple[Path, ...]:
        certain = frozenset() if self.on_error == "continue" else frozenset(self.save)
        return (
            Path(NEXT, self.next, sets=certain),
            *build_corner(ERROR, self.on_error, "on_error"),
        )


def decide(node: WebhookNode, facts: Facts) -> Decision:
    """Call, then go on with what came back.

    Raises:
        MissingValue: a value for the body is missing, and the journey ends on errors.
    """
    if facts.is_first:
        return _call(node, facts)
    until = facts.arrived_at + LONGEST_WAIT
    match facts.signal:
        case MessageSettled(fate="sent", answer=answer):
            return _take(node, answer)
        case MessageSettled():
            return Decision(choose_corner(node.on_error, ERROR, ExitReason.CALL_FAILED))
        case _ if facts.now >= until:
            return Decision(choose_corner(node.on_error, ERROR, ExitReason.CALL_FAILED))
        case _:
            return Decision(Await(until))


def _call(node: WebhookNode, facts: Facts) -> Decision:
    try:
        body = fill_structure(node.body, facts)
    except MissingValue:
        if node.on_error == "exit":
            raise  # set aside, where a colleague sees what is missing
        return Decision(choose_corner(node.on_error, ERROR, ExitReason.CALL_FAILED))
    effect = CallWebhook(
        method=node.method,
        endpoint=node.endpoint,
        url=node.url,
        headers=dict(node.headers),
        body=body,
        timeout=node.timeout.total_seconds(),
    )
    return Decision(Await(facts.arrived_at + LONGEST_WAIT), (effect,))


def _take(node: WebhookNode, answer: Mapping[str, Any]) -> Decision:
    found = {name: _read(answer, place) for name, place in node.save.items()}
    values = {name: value for name, value in found.items() if value is not MISSING}
    if len(values) < len(found) and node.on_error != "continue":
        return Decision(choose_corner(node.on_error, ERROR, ExitReason.CALL_FAILED))
    effects = (SaveContext(values),) if values else ()
    return Decision(Advance(), effects)


def _read(answer: Mapping[str, Any], place: str) -> Any:
    if place.startswith("headers."):
        place = place.lower()  # names of headers know no case (Source: RFC 9110, 5.1)
    return get_path(answer, place)
