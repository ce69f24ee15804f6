"""A call to the interface lets contacts in."""

from typing import Literal

from engine.parts.entering import TriggerBase


class ApiTrigger(TriggerBase):
    """A call to the interface."""

    kind: Literal["api"]
