"""A call to the interface lets a subject in."""

from typing import Literal

from engine.document.base import Document


class ApiTrigger(Document):
    """A call to the interface."""

    kind: Literal["api"]
