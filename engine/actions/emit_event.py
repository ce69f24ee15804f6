"""Let something happen to the contact, which others may trigger on."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from engine.decision import Advance, Decision, EmitEvent, Facts
from engine.document.base import FieldPath, Name
from engine.document.values import Structure
from engine.parts.holes import fill_values
from engine.parts.paths import Step


class EmitEventNode(Step):
    """An event of the contact, recorded by the product; journeys and segments see it as any other.

    It lets nobody into this same journey, unless `entry.allow_own_effects` is set.
    """

    kind: Literal["emit_event"]
    event: Name
    properties: Mapping[FieldPath, Structure] = Field(default={}, max_length=100)


def decide(node: EmitEventNode, facts: Facts) -> Decision:
    """Emit the event and go on.

    Raises:
        MissingValue: a value of the properties is missing.
    """
    properties = fill_values(node.properties, facts)
    return Decision(Advance(), (EmitEvent(node.event, properties),))
