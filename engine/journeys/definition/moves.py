"""What is to become of people at nodes that are no more, as files and calls write it."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from engine.document.base import Document
from engine.parts.paths import NodeKey

Target = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9_-]{0,63}$",
        description="continue: by the node's ordinary way out; exit; or the key of a node.",
    ),
]


class MoveTo(Document):
    """Where those at a node go."""

    to: Target


MovesFile = dict[NodeKey, MoveTo]
"""By the key of the node at which they are: `{"old": {"to": "continue"}}`."""


def read_moves(given: Mapping[str, MoveTo]) -> dict[str, str]:
    """Return where those at each node go."""
    return {node: move.to for node, move in given.items()}
