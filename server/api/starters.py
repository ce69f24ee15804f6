"""The letters to begin with, over HTTP."""

from typing import Any, Literal

from flask import Blueprint

from engine.accounts.permissions import Permission
from engine.messages.library.starters import load_starters
from server.auth import requires
from server.endpoints import Answer, endpoint

blueprint = Blueprint("starters", __name__, url_prefix="/api/v1/letter-starters")


class StarterShown(Answer):
    """A letter to begin with; `name` and `about` are by language, `sample` is what a journey would bring."""

    key: str
    purpose: Literal["start", "news", "shop", "relation", "account"]
    message_class: Literal["marketing", "transactional"]
    name: dict[str, str]
    about: dict[str, str]
    source: str
    variants: dict[str, str]
    sample: dict[str, Any]


class Starters(Answer):
    """All of them, in the order in which they are shown."""

    starters: list[StarterShown]


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show_all() -> Starters:
    """List the letters to begin with, each with its words in every language."""
    return Starters(
        starters=[
            StarterShown.model_validate(
                {name: getattr(one, name) for name in StarterShown.model_fields}
            )
            for one in load_starters()
        ]
    )
