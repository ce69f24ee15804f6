"""Divide by chance: hashed, so that the same contact takes the same way in any process."""

import hashlib
from datetime import timedelta
from itertools import accumulate
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from typing_extensions import override

from engine.decision import Advance, AssignArm, Decision, Facts
from engine.document.base import Document, Maybe, Name
from engine.document.durations import Elapsed
from engine.language.say import say
from engine.parts.paths import Label, NodeBase, Path, Way

BUCKETS: Final = 10_000
PER_CENT: Final = BUCKETS // 100
KEEP_SPLITTING: Final = "keep_splitting"
HOLDOUT_PREFIX: Final = "holdout:"
"""Salts that begin so are those of holdouts (engine.journeys.running.holdouts)."""


def _own_word(salt: str) -> str:
    if salt.startswith(HOLDOUT_PREFIX):
        msg = say("a salt cannot begin with '{holdout_prefix}'", holdout_prefix=HOLDOUT_PREFIX)
        raise ValueError(msg)
    return salt


def _some_time(after: timedelta) -> timedelta:
    if after <= timedelta():
        msg = say("people need some time to reach the goal")
        raise ValueError(msg)
    return after


BUCKET: Final = "bucket"
KEPT: Final = "kept"
WON: Final = "won"
"""Names of notes: the bucket drawn; whether the arm was held before; whether it is the winner."""


class SplitPath(Way):
    """One arm."""

    label: Label
    weight: int = Field(ge=0, le=100, description="Per cent; the arms of a node add up to 100.")
    control: bool = Field(
        default=False, description="What the other arms are compared with; one arm at most."
    )


class Winner(Document):
    """Which arm all new arrivals take, once a test has shown that it is the better one."""

    goal: Name = Field(description="A goal of this journey; the arm that reaches it more wins.")
    after: Annotated[Elapsed, AfterValidator(_some_time)] = Field(
        description="So long after the first arm was given it is decided, once."
    )
    at_least: int = Field(default=100, ge=1, description="People that each arm needs for that.")
    confidence: float = Field(default=0.95, ge=0.5, lt=1)
    fallback: str = Field(
        default=KEEP_SPLITTING,
        max_length=60,
        description="Too few people, or no arm better for sure: keep_splitting, or an arm's label.",
    )


class SplitNode(NodeBase):
    """Divide by chance: hashed, so the same contact takes the same way; kept once taken."""

    kind: Literal["split"]
    paths_: tuple[SplitPath, ...] = Field(default=(), alias="paths", max_length=20)
    salt: Maybe[Annotated[str, Field(min_length=1, max_length=64), AfterValidator(_own_word)]] = (
        Field(
            default=None,
            description="Absent: journey and node key. Equal salts divide equally.",
        )
    )
    rerandomize: Literal["never", "each_run"] = Field(
        default="never", description="each_run: another draw for each enrollment."
    )
    winner: Maybe[Winner] = None

    @model_validator(mode="after")
    def _can_be_compared(self) -> Self:
        if sum(path.control for path in self.paths_) > 1:
            msg = say("one arm at most is the control")
            raise ValueError(msg)
        if self.winner is not None and self.rerandomize != "never":
            msg = say(
                "a 'winner' is chosen among arms that people keep, so leave 'rerandomize' out"
            )
            raise ValueError(msg)
        return self

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the arms, in order."""
        return tuple(path.label for path in self.paths_)

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
    """Take the arm this contact holds; else the winner, or draw one; and remember it.

    Who held an arm that is not there any more gets another one now (rules 60, 62 and 64).
    """
    salt = get_salt(node, journey=facts.journey, key=facts.node)
    if node.rerandomize == "each_run":
        run = f"{salt}:{facts.entered_at.isoformat()}:{facts.entry_key}"
        bucket = derive_bucket(run, facts.contact_uid)
        return Decision(Advance(_draw(node, bucket)), notes={BUCKET: bucket})
    held = facts.arms.get(salt)
    if held in node.labels:
        return Decision(Advance(held), notes={KEPT: True})
    won = facts.winners.get(facts.node) if node.winner is not None else None
    if won is not None and won in node.labels:
        return Decision(Advance(won), (AssignArm(salt, won, instead_of=held),), {WON: True})
    bucket = derive_bucket(salt, facts.contact_uid)
    label = _draw(node, bucket)
    return Decision(Advance(label), (AssignArm(salt, label, instead_of=held),), {BUCKET: bucket})


def _draw(node: SplitNode, bucket: int) -> str:
    ends = accumulate(path.weight * PER_CENT for path in node.paths_)
    last = len(node.paths_) - 1
    drawn = next((place for place, end in enumerate(ends) if bucket < end), last)
    return node.paths_[drawn].label
