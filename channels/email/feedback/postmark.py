"""Reads the webhooks of Postmark.

Postmark signs nothing: it sends the user and the password that stand in the webhook's URL
(https://user:password@…), and nothing is believed without them.
Sources: https://postmarkapp.com/developer/webhooks/webhooks-overview, …/bounce-webhook,
…/delivery-webhook, …/spam-complaint-webhook, …/subscription-change-webhook,
https://postmarkapp.com/developer/api/bounce-api#bounce-types.
"""

import hmac
import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from channels.base import BadAddress
from channels.email.bounces import classify, find_code
from channels.email.feedback.reading import (
    as_object,
    as_text,
    load_json,
    make,
    read_given,
    read_instant,
)
from channels.feedback import (
    BounceKind,
    Feedback,
    FeedbackKind,
    FeedbackRefused,
    FeedbackRequest,
)

_LOGIN: Final = re.compile(r"[!-9;-~]{1,100}:[!-~]{8,200}")
_INSTANTS: Final = ("DeliveredAt", "BouncedAt", "ChangedAt")
#: Types of bounces; those that are not here are no bounces. None: code and words decide.
_TYPES: Final = {
    "HardBounce": None,
    "SoftBounce": BounceKind.SOFT,
    "DnsError": BounceKind.SOFT,
    "Unknown": BounceKind.SOFT,
    "Unconfirmed": BounceKind.SOFT,
    "BadEmailAddress": BounceKind.HARD,
    "ManuallyDeactivated": BounceKind.HARD,
    "Blocked": BounceKind.POLICY,
    "SpamNotification": BounceKind.POLICY,
    "VirusNotification": BounceKind.POLICY,
    "DMARCPolicy": BounceKind.POLICY,
    "SMTPApiError": BounceKind.POLICY,
    "TemplateRenderingFailed": BounceKind.POLICY,
}
_OTHER_TYPES: Final = {
    "Transient": FeedbackKind.DEFERRED,
    "Unsubscribe": FeedbackKind.UNSUBSCRIBED,
    "SpamComplaint": FeedbackKind.COMPLAINED,
}


class PostmarkFeedback:
    """Reads the webhooks of one server at Postmark."""

    name = "postmark"

    def __init__(self, login: str) -> None:
        """Take ``user:password``, as they stand in the webhook's URL.

        Raises:
            BadAddress: not in this form, or a password under eight characters.
        """
        if not _LOGIN.fullmatch(login):
            raise BadAddress(
                "the webhook of Postmark needs user:password, the password of 8 characters or more"
            )
        self._right = b64encode(login.encode("ascii"))

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[Feedback]:
        """Return what it says: see `channels.feedback.FeedbackReader`."""
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic" or not hmac.compare_digest(
            given.encode("utf-8", "replace"), self._right
        ):
            raise FeedbackRefused("the user or the password is not right")
        feedback = _read(as_object(load_json(request.body)), now=now)
        return [] if feedback is None else [feedback]


def _read(said: dict[str, Any], *, now: datetime) -> Feedback | None:
    record, type_ = as_text(said.get("RecordType")), as_text(said.get("Type"))
    kind = _find_kind(record, type_, said)
    if kind is None:
        return None
    words = as_text(said.get("Details")) or as_text(said.get("Description"))
    occurred_at = next(filter(None, (read_instant(said.get(name)) for name in _INSTANTS)), now)
    provider_id = as_text(said.get("MessageID"))
    code = None if kind is FeedbackKind.DELIVERED else find_code(words)
    bounce = None
    if kind is FeedbackKind.BOUNCED:
        bounce = _TYPES[type_] or classify(code, words, otherwise=BounceKind.HARD)
    number = said.get("ID")  # of bounces and complaints
    recipient = said.get("Email") or said.get("Recipient")
    own = f"{record}:{number}" if isinstance(number, int) else ""
    return make(
        own or f"{record}:{provider_id}:{occurred_at.isoformat()}:{as_text(recipient)}",
        kind,
        occurred_at,
        message_uid=read_given(said.get("Metadata")),
        provider_id=provider_id,
        recipient=recipient,
        bounce=bounce,
        code=code,
        texts=(words, type_),
    )


def _find_kind(record: str, type_: str, said: dict[str, Any]) -> FeedbackKind | None:
    match record:
        case "Delivery":
            return FeedbackKind.DELIVERED
        case "SpamComplaint":
            return FeedbackKind.COMPLAINED
        case "Bounce":
            return FeedbackKind.BOUNCED if type_ in _TYPES else _OTHER_TYPES.get(type_)
        case "SubscriptionChange":  # bounces and complaints change it, too, and tell of themselves
            is_theirs = said.get("SuppressionReason") == "ManualSuppression"
            is_own = is_theirs and said.get("Origin") == "Recipient"
            return FeedbackKind.UNSUBSCRIBED if is_own and said.get("SuppressSending") else None
    return None
