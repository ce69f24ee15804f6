"""Divide by chance: hashed, so that the same contact takes the same way in any process."""

import hashlib
from itertools import accumulate
from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import override

from engine.decision import Advance, AssignArm, Decision, Facts
from engine.document.base import Maybe
from engine.parts.paths import Label, NodeBase, Path, Way

BUCKETS: Final = 10_000
PER_CENT: Final = BUCKETS // 100
BUCKET: Final = "bucket"
KEPT: Final = "kept"
"""Names of notes: the bucket drawn; whether the arm was held before."""


class SplitPath(Way):
    """One arm."""

    label: Label
    weight: int = Field(ge=0, le=100, description="Per cent; the arms of a node add up to 100.")


class SplitNode(NodeBase):
    """Divide by chance: hashed, so the same contact takes the same way; kept once taken."""

    kind: Literal["split"]
    paths_: tuple[SplitPath, ...] = Field(default=(), alias="paths", max_length=20)
    salt: Maybe[Annotated[str, Field(min_length=1, max_length=64)]] = Field(
        default=None,
        description="Absent: journey and node key. Equal salts divide equally.",
    )
    rerandomize: Literal["never", "each_run"] = Field(
        default="never", description="each_run: another draw for each enrollment."
    )

    @override
    def paths(self) -> tuple[Path, ...]:
        return tuple(
            Path(path.label, path.next, ("paths", place)) for place, path in enumerate(self.paths_)
        )


def get_salt(node: SplitNode, *, journey: str, key: str) -> str:
    """Return the salt of a split: its own, else made of the journey's and the node's key."""
    return node.salt or f"{journey}/{key}"


def derive_bucket(salt: str, contact_uid: str) -> int:
    """Return 0 to 9,999: the first 8 bytes of SHA-256 of `salt:contact_uid`, modulo (rule 59)."""
    digest = hashlib.sha256(f"{salt}:{contact_uid}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % BUCKETS


def decide(node: SplitNode, facts: Facts) -> Decision:
    """Take the arm this contact holds; else draw one, and remember it (rules 60 and 62)."""
    salt = get_salt(node, journey=facts.journey, key=facts.node)
    if node.rerandomize == "each_run":
        run = f"{salt}:{facts.entered_at.isoformat()}:{facts.entry_key}"
        bucket = derive_bucket(run, facts.contact_uid)
        return Decision(Advance(_draw(node, bucket)), notes={BUCKET: bucket})
    held = facts.arms.get(salt)
    if any(path.label == held for path in node.paths_):
        return Decision(Advance(str(held)), notes={KEPT: True})
    bucket = derive_bucket(salt, facts.contact_uid)
    label = _draw(node, bucket)
    return Decision(Advance(label), (AssignArm(salt, label),), {BUCKET: bucket})


def _draw(node: SplitNode, bucket: int) -> str:
    ends = accumulate(path.weight * PER_CENT for path in node.paths_)
    last = len(node.paths_) - 1
    drawn = next((place for place, end in enumerate(ends) if bucket < end), last)
    return node.paths_[drawn].label
