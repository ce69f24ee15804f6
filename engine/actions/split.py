"""Divide by chance: hashed, so that a contact takes the same way in any process (rules 59-62)."""

import hashlib
from typing import Final, Literal

from pydantic import Field
from typing_extensions import override

from engine.decision import Advance, AssignArm, Decision, Facts
from engine.document.base import Maybe
from engine.nodes.paths import Label, NodeBase, Path, Way

BUCKETS: Final = 10_000


class SplitPath(Way):
    """One arm."""

    label: Label
    weight: int = Field(ge=0, le=100, description="Per cent; the arms of a node add up to 100.")
    control: bool = Field(
        default=False, description="The arm with which the others are compared in reports."
    )


class SplitNode(NodeBase):
    """Divide by chance; an arm once taken is kept."""

    kind: Literal["split"]
    paths_: tuple[SplitPath, ...] = Field(default=(), alias="paths", max_length=20)
    salt: Maybe[str] = Field(
        default=None,
        min_length=1,
        max_length=64,
        description="Absent: journey and node key. Equal salts divide equally.",
    )

    @override
    def paths(self) -> tuple[Path, ...]:
        return tuple(
            Path(path.label, path.next, ("paths", place)) for place, path in enumerate(self.paths_)
        )


def get_salt(node: SplitNode, *, journey: str, key: str) -> str:
    """Return what the node's hash is salted with."""
    return node.salt or f"{journey}/{key}"


def derive_bucket(salt: str, contact_uid: str) -> int:
    """Return the contact's bucket, 0 to 9,999: first 8 bytes of SHA-256, modulo (rule 59).

    Test vectors: ("welcome/offer", "a") is 5387 and ("welcome/offer", "b") is 3786.
    """
    digest = hashlib.sha256(f"{salt}:{contact_uid}".encode()).digest()
    return int.from_bytes(digest[:8]) % BUCKETS


def decide(node: SplitNode, facts: Facts) -> Decision:
    """Advance by the arm held already, else by the bucket's, which is remembered."""
    salt = get_salt(node, journey=facts.journey, key=facts.node)
    held = facts.arms.get(salt)
    if held is not None and any(path.label == held for path in node.paths_):
        return Decision(Advance(held))
    bucket = derive_bucket(salt, facts.contact_uid)
    upper = 0
    label = node.paths_[-1].label
    for path in node.paths_:
        upper += path.weight * (BUCKETS // 100)
        if bucket < upper:
            label = path.label
            break
    return Decision(Advance(label), (AssignArm(salt, label),))
