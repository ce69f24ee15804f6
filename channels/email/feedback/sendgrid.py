"""Reads the Event Webhook of Twilio SendGrid, signed with its ECDSA key.

SendGrid tries for a day and does not say whether it signs anew, so a day is what a signature lasts;
a genuine one once more does nothing, for its events are known by their id.
Sources: https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event,
…/tracking-events/getting-started-event-webhook-security-features.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from channels.base import BadAddress
from channels.email.bounces import classify, find_code
from channels.email.feedback.reading import (
    as_list,
    as_object,
    as_text,
    check_time,
    decode_signature,
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

OLDEST: Final = timedelta(days=1)
_SIGNATURE: Final = "x-twilio-email-event-webhook-signature"
_TIMESTAMP: Final = "x-twilio-email-event-webhook-timestamp"
_TAIL: Final = re.compile(r"\.(?:filter|recvd).*")  # what an event adds to X-Message-Id
_KINDS: Final = {
    "delivered": FeedbackKind.DELIVERED,
    "deferred": FeedbackKind.DEFERRED,
    "bounce": FeedbackKind.BOUNCED,
    "dropped": FeedbackKind.BOUNCED,
    "spamreport": FeedbackKind.COMPLAINED,
    "unsubscribe": FeedbackKind.UNSUBSCRIBED,
    "group_unsubscribe": FeedbackKind.UNSUBSCRIBED,
}
#: Why it did not even try, by the beginning of the reason.
_DROPPED: Final = {
    "bounced address": BounceKind.HARD,
    "spam reporting address": BounceKind.HARD,
    "invalid": BounceKind.HARD,
}
_UNSUBSCRIBED: Final = "unsubscribed address"
_CLASSES: Final = {
    "invalid address": BounceKind.HARD,
    "technical": BounceKind.SOFT,
    "technical failure": BounceKind.SOFT,
    "content": BounceKind.POLICY,
    "reputation": BounceKind.POLICY,
    "frequency/volume": BounceKind.POLICY,
    "frequency or volume too high": BounceKind.POLICY,
}


class SendGridFeedback:
    """Reads the events of one account."""

    name = "sendgrid"

    def __init__(self, key: str) -> None:
        """Take the verification key, as the settings of the Event Webhook show it.

        Raises:
            BadAddress: it is no ECDSA key.
        """
        try:
            loaded = load_der_public_key(decode_signature(key))
        except (FeedbackRefused, ValueError, UnsupportedAlgorithm):
            loaded = None
        if not isinstance(loaded, EllipticCurvePublicKey):
            raise BadAddress("the webhook of SendGrid needs its verification key, in base64")
        self._key = loaded

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[Feedback]:
        """Return what it says: see `channels.feedback.FeedbackReader`."""
        timestamp = request.headers.get(_TIMESTAMP, "")
        signature = decode_signature(request.headers.get(_SIGNATURE, ""))
        check_time(timestamp, now=now, oldest=OLDEST)
        try:
            self._key.verify(signature, timestamp.encode() + request.body, ECDSA(SHA256()))
        except InvalidSignature:
            raise FeedbackRefused("the signature is not right") from None
        events = as_list(load_json(request.body))
        return [each for event in events if (each := _read(as_object(event), now=now))]


def _read(event: dict[str, Any], *, now: datetime) -> Feedback | None:
    word = as_text(event.get("event"))
    reason = as_text(event.get("reason") or event.get("response"))
    kind = _KINDS.get(word)
    if kind is None:
        return None
    if word == "dropped" and reason.lower().startswith(_UNSUBSCRIBED):
        kind = FeedbackKind.UNSUBSCRIBED
    code = find_code(as_text(event.get("status")), reason)
    return make(
        event.get("sg_event_id"),
        kind,
        read_instant(event.get("timestamp")) or now,
        message_uid=read_given(event),
        provider_id=_TAIL.sub("", as_text(event.get("sg_message_id"))[:400]),
        recipient=event.get("email"),
        bounce=_judge(event, code, reason) if kind is FeedbackKind.BOUNCED else None,
        code=code,
        texts=(reason, event.get("bounce_classification")),
    )


def _judge(event: dict[str, Any], code: str | None, reason: str) -> BounceKind:
    if event.get("event") == "dropped":
        start = reason.strip().lower()
        if start.startswith("invalid smtpapi"):  # our request, though it begins with "invalid"
            return BounceKind.POLICY
        found = (bounce for word, bounce in _DROPPED.items() if start.startswith(word))
        return next(found, BounceKind.POLICY)
    known = _CLASSES.get(as_text(event.get("bounce_classification")).lower())
    if known is not None:
        return known
    is_block = event.get("type") == "blocked"
    judged = classify(code, reason, otherwise=BounceKind.POLICY if is_block else BounceKind.HARD)
    return BounceKind.POLICY if is_block and judged is BounceKind.HARD else judged
