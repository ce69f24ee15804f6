"""Conditions as documents hold them: no deeper and no wider than people can read."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import AfterValidator
from typing_extensions import TypeAliasType

from engine.rules.conditions import DEEPEST, MOST_LEAVES, All, AnyOf, Condition, NoneOf
from engine.rules.filters import AllWhere, AnyWhere, NoneWhere, Where


def _list_members(part: Any) -> Sequence[Any] | None:
    """Return what a group holds; None for a leaf."""
    match part:
        case All() | AllWhere():
            return part.all
        case AnyOf() | AnyWhere():
            return part.any
        case NoneOf() | NoneWhere():
            return part.none
        case _:
            return None


def _measure(part: Any) -> tuple[int, int]:
    """Return how many groups stand inside each other, filters included, and how many leaves."""
    members = _list_members(part)
    if members is None:
        where = getattr(part, "where", None)
        return (0, 1) if where is None else (_measure(where)[0], 1)
    sizes = [_measure(member) for member in members]
    return 1 + max(depth for depth, _ in sizes), sum(leaves for _, leaves in sizes)


def _check_size(part: Any) -> Any:
    depth, leaves = _measure(part)
    if depth > DEEPEST or leaves > MOST_LEAVES:
        msg = f"a condition is at most {DEEPEST} groups deep and {MOST_LEAVES} leaves wide"
        raise ValueError(msg)
    return part


Checked = TypeAliasType("Checked", Annotated[Condition, AfterValidator(_check_size)])
"""A condition, no larger than people can read."""
CheckedWhere = TypeAliasType("CheckedWhere", Annotated[Where, AfterValidator(_check_size)])
"""A question about one event, no larger than people can read."""
