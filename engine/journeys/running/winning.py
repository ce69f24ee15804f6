"""Is one arm better for sure? The stated test of rule 64. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import NormalDist
from typing import Any, Final, Literal

from engine.actions.split import KEEP_SPLITTING, Winner

TEST: Final = "two-proportion z-test, pooled, two-sided, Bonferroni"
Reason = Literal["better", "no_difference", "too_few"]


@dataclass(frozen=True, slots=True)
class Arm:
    """What became of the people of one arm."""

    label: str
    people: int
    successes: int
    is_control: bool = False

    @property
    def rate(self) -> float:
        """The share of them that reached the goal."""
        return self.successes / self.people if self.people else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """The better arm against one other: standard errors apart, and how likely by chance alone."""

    other: str
    z: float
    p: float


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the test said.

    Attributes:
        winner: the arm for new arrivals; None: they are divided as before.
    """

    winner: str | None
    reason: Reason
    compared: list[Comparison] = field(default_factory=list)

    def describe(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "test": TEST,
            "reason": self.reason,
            "compared": [{"with": one.other, "z": one.z, "p": one.p} for one in self.compared],
        }


def compare(one: Arm, other: Arm) -> Comparison:
    """Return how far one arm's rate lies above another's.

    With the common rate p, z = (p1 - p2) / sqrt(p (1 - p) (1/n1 + 1/n2)) is standard normal where
    both arms are equal. Source: NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3.
    """
    common = (one.successes + other.successes) / (one.people + other.people)
    error = sqrt(common * (1 - common) * (1 / one.people + 1 / other.people))
    z = (one.rate - other.rate) / error if error else 0.0
    return Comparison(other.label, z, 2 * NormalDist().cdf(-abs(z)))


def judge(arms: Sequence[Arm], rules: Winner) -> Ruling:
    """Return which arm wins.

    The arm with the highest rate wins if it is better for sure than the control, or, being the
    control or where there is none, than each other arm. With k arms each comparison must be k - 1
    times surer (Bonferroni's correction), since the best of many looks good by chance.

    Args:
        arms: in the document's order; of equal rates the control's counts, then the first.
    """
    fallback = None if rules.fallback == KEEP_SPLITTING else rules.fallback
    if any(arm.people < rules.at_least for arm in arms):
        return Ruling(fallback, "too_few")
    best = max(arms, key=lambda arm: (arm.rate, arm.is_control))
    others = [arm for arm in arms if arm is not best]
    rivals = [arm for arm in others if arm.is_control] or others
    compared = [compare(best, rival) for rival in rivals]
    level = (1 - rules.confidence) / max(len(others), 1)
    if compared and all(one.z > 0 and one.p < level for one in compared):
        return Ruling(best.label, "better", compared)
    return Ruling(fallback, "no_difference", compared)
