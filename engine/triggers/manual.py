"""A colleague lets contacts in, by hand."""

from typing import Literal

from engine.parts.entering import TriggerBase


class ManualTrigger(TriggerBase):
    """A colleague, by hand."""

    kind: Literal["manual"]
