"""Call another system, and keep named pieces of its answer in the enrollment's context."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator
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
from engine.nodes.filling import fill_structure
from engine.nodes.paths import OnTrouble, Path, Step, build_corner
from engine.nodes.sending import choose_way
from engine.nodes.structures import Structure

LONGEST_CALL: Final = timedelta(days=3)
"""After so long without any answer, all tries included, the call has failed."""
FAILED: Final = "webhook_failed"


class WebhookNode(Step):
    """Call another system. Named pieces of its answer are kept in the enrollment's context."""

    kind: Literal["webhook"]
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "POST"
    endpoint: Maybe[Name] = Field(
        default=None, description="A target kept in the settings, with its secrets."
    )
    url: Maybe[str] = Field(default=None, max_length=2000, pattern=r"^https?://[^\s]+$")
    headers: Mapping[str, str] = Field(
        default={}, max_length=20, description="No secrets: those belong to endpoints."
    )
    body: Structure = None
    timeout: Elapsed = timedelta(seconds=10)
    save: Mapping[FieldPath, Annotated[str, Field(pattern=r"^(status|headers\.|body)")]] = Field(
        default={},
        max_length=50,
        description=(
            "Context name: place in the answer, such as {'tier': 'body.customer.tier'} or "
            "{'code': 'status'}."
        ),
    )
    on_error: OnTrouble = Field(default="exit", description="No good answer after all tries.")

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if (self.endpoint is None) == (self.url is None):
            raise ValueError("a webhook has either 'endpoint' or 'url'")
        return self

    @override
    def paths(self) -> tuple[Path, ...]:
        certain = frozenset() if self.on_error == "continue" else frozenset(self.save)
        return (
            Path("next", self.next, sets=certain),
            *build_corner("error", self.on_error, "on_error"),
        )


def decide(node: WebhookNode, facts: Facts) -> Decision:
    """Intend the call on arrival, and wait for its answer."""
    if isinstance(facts.signal, MessageSettled):
        if facts.signal.fate != "sent":
            return Decision(choose_way(node.on_error, "error", FAILED))
        saved = read_answer(node.save, facts.signal.answer)
        return Decision(Advance(), (SaveContext(saved),) if saved else ())
    deadline = facts.arrived_at + LONGEST_CALL
    if not facts.is_first:
        if facts.now < deadline:
            return Decision(Await(deadline))
        return Decision(choose_way(node.on_error, "error", FAILED))
    call = CallWebhook(
        method=node.method,
        endpoint=node.endpoint,
        url=node.url,
        headers=node.headers,
        body=fill_structure(node.body, facts),
        timeout=node.timeout.total_seconds(),
    )
    return Decision(Await(deadline), (call,))


def read_answer(save: Mapping[str, str], answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of an answer is kept, by context name; what is not there is left out."""
    found = {name: get_path(answer, place) for name, place in save.items()}
    return {name: value for name, value in found.items() if value is not MISSING}
