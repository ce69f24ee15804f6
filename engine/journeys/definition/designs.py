"""What makes two splits the same experiment: salt, arms, and how a winner is chosen. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from engine.actions.split import SplitNode, get_salt
from engine.journeys.definition.journey import Journey


@dataclass(frozen=True, slots=True)
class Design:
    """A split whose arms people keep, so that they can be compared.

    Attributes:
        digest: SHA-256 of all that an edit may not touch while it runs.
    """

    node: SplitNode
    salt: str
    digest: str


def list_designs(journey: Journey) -> Mapping[str, Design]:
    """Return the experiments of a journey, by the key of their node."""
    return {
        key: Design(
            node, get_salt(node, journey=journey.key, key=key), _derive_digest(journey, key, node)
        )
        for key, node in journey.nodes.items()
        if isinstance(node, SplitNode) and node.rerandomize == "never"
    }


def _derive_digest(journey: Journey, key: str, node: SplitNode) -> str:
    """Return the digest of arms, salt, and how a winner is chosen, its goal included."""
    wanted = node.winner.goal if node.winner is not None else None
    parts = {
        "salt": get_salt(node, journey=journey.key, key=key),
        "node": node.model_dump(mode="json", by_alias=True, exclude={"note", "salt"}),
        "goal": [
            goal.model_dump(mode="json", by_alias=True)
            for goal in journey.goals
            if goal.name == wanted
        ],
    }
    return hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()
