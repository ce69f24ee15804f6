"""Texts that people write to us, as the providers hand them on.

Reading is pure; nothing is believed before its signature was checked over what really came.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from channels.feedback import FeedbackRequest


@dataclass(frozen=True, slots=True)
class InboundText:
    """A text that came in.

    Attributes:
        sender: who wrote it, in E.164 where it is a number.
        recipient: the number of ours that it was written to.
        provider_id: the provider's id of it: said twice, it came once.
        is_answered: the provider has answered it by itself.
        is_rest: it is a later part of a longer text, whose beginning comes by itself.
    """

    sender: str
    recipient: str
    body: str
    provider_id: str
    received_at: datetime
    is_rest: bool = False
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class InboundAnswer:
    """What the provider wants to hear when it was taken."""

    content_type: str
    body: str


class InboundReader(Protocol):
    """Reads the texts that come in for one account, made with that account's secret."""

    name: str
    answer: InboundAnswer

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[InboundText]:
        """Return the texts; a request that holds none gives none.

        Raises:
            FeedbackRefused: it was not signed by this provider for this account, or is too old.
        """
        ...


def clean_number(value: object) -> str:
    """Return a number as E.164 where it is written in digits alone; else as it is, made safe."""
    text = "".join(sign for sign in str(value or "")[:40] if sign.isprintable()).strip()
    return f"+{text}" if text.isascii() and text.isdigit() and len(text) > 6 else text
