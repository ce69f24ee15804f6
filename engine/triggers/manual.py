"""A colleague lets a subject in, by hand."""

from typing import Literal

from engine.document.base import Document


class ManualTrigger(Document):
    """A colleague, by hand."""

    kind: Literal["manual"]
