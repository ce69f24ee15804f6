"""What a provider says of a message after it took it: delivered, bounced, complained about.

A provider's module reads its own webhook into these. Reading is pure: no network, no clock; and
nothing is believed before its signature was checked over the very octets that came.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class FeedbackRefused(ValueError):
    """The signature, its time or the address it was sent to is not right: nothing of it is believed."""

    code = "feedback_refused"


class FeedbackPutOff(Exception):
    """It cannot be judged just now: answer with an error of ours, so that it is said again."""

    code = "feedback_put_off"


class SubscribeAsked(Exception):
    """A provider asks whether it may send its feedback here; it was signed, and for this account.

    Whoever reads confirms it (`channels.registry.confirm_subscription`); there is no feedback in it.

    Attributes:
        url: the provider's own, to be called once.
    """

    def __init__(self, url: str) -> None:
        super().__init__("a provider asks whether it may send its feedback here")
        self.url = url


class FeedbackKind(StrEnum):
    """What became of the message, or what its reader did."""

    DELIVERED = "delivered"  # the recipient's server took it
    DEFERRED = "deferred"  # it will be tried again by the provider
    BOUNCED = "bounced"  # it was not delivered; `bounce` says of which sort
    COMPLAINED = "complained"  # its reader called it spam
    UNSUBSCRIBED = "unsubscribed"  # its reader asked the provider for no more


class BounceKind(StrEnum):
    """Why a message bounced, as rule 119 tells them apart."""

    HARD = "hard"  # the address takes nothing, now or ever: 5.1.1 and its like
    SOFT = "soft"  # a full mailbox, a busy server: counted
    POLICY = "policy"  # they refuse us, not the person: reputation, content, 5.7.x


@dataclass(frozen=True, slots=True)
class Feedback:
    """One thing that a provider says of one message.

    Attributes:
        id: the provider's id of this saying, or what makes one: said twice, it counts once.
        occurred_at: aware, UTC, by the provider's clock.
        message_uid: our id, where the provider gives back what we sent along.
        provider_id: the provider's id of the message, as its receipt named it.
        recipient: the address it speaks of; "" where it does not say.
        bounce: of a bounce only.
        code: the reason in its own system, such as ``5.1.1``; None: it gave none.
        text: the reason in words, one line, at most 500 characters.
        parts: of a text, as it is billed; None: it does not say.
        price_micro: of a text, in millionths of `currency`; None: it does not say.
        currency: ISO 4217.
    """

    id: str
    kind: FeedbackKind
    occurred_at: datetime
    message_uid: UUID | None = None
    provider_id: str | None = None
    recipient: str = ""
    bounce: BounceKind | None = None
    code: str | None = None
    text: str = ""
    parts: int | None = None
    price_micro: int | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class FeedbackRequest:
    """A webhook as it came in.

    Attributes:
        headers: names in lower case.
        query: of the address, the first value of each name.
        body: the octets over which the signature was made.
        url: the whole public address that was called, with its query as it was spelt; some
            providers sign it.
    """

    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    url: str = ""


class FeedbackReader(Protocol):
    """Reads the webhook of one provider's account; made with that account's secret."""

    name: str

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[Feedback]:
        """Return what it says, in the order in which it says it; sayings of no use are left out.

        Args:
            request: as it came.
            now: aware, UTC; what is older or newer than the scheme allows is refused.

        Raises:
            FeedbackRefused: it was not signed by this provider for this account, or is too old.
            FeedbackPutOff: a certificate that is needed for it could not be had.
            SubscribeAsked: it is no feedback, but asks whether feedback may come.
        """
        ...
