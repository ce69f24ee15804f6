"""Reads the webhooks of Mailgun.

Its signature is over a time and a token, not over the event. So the token is what a saying is known
by, as Mailgun advises: whoever saw one request can say nothing else with it. It tries for eight
hours and does not say whether it signs anew, so that is what a signature lasts.
Sources: https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks,
…/webhooks/webhook-payloads, …/user-manual/events/events.
"""

import hmac
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from channels.base import BadAddress
from channels.email.bounces import classify, find_code
from channels.email.feedback.reading import (
    as_object,
    as_text,
    check_time,
    find_uid,
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

OLDEST: Final = timedelta(hours=8, minutes=30)
_KEY: Final = re.compile(r"[!-~]{16,200}")
_TOKEN: Final = re.compile(r"[0-9A-Za-z]{16,100}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_KINDS: Final = {
    "delivered": FeedbackKind.DELIVERED,
    "failed": FeedbackKind.BOUNCED,
    "rejected": FeedbackKind.BOUNCED,
    "complained": FeedbackKind.COMPLAINED,
    "unsubscribed": FeedbackKind.UNSUBSCRIBED,
}
#: Why it did not even try.
_REASONS: Final = {"suppress-bounce": BounceKind.HARD, "suppress-complaint": BounceKind.HARD}
_SUPPRESSED: Final = "suppress-unsubscribe"


class MailgunFeedback:
    """Reads the webhooks of one account, also of its subaccounts."""

    name = "mailgun"

    def __init__(self, key: str) -> None:
        """Take the HTTP webhook signing key.

        Raises:
            BadAddress: it is none.
        """
        if not _KEY.fullmatch(key):
            raise BadAddress("the webhook of Mailgun needs its HTTP webhook signing key")
        self._key = key.encode("ascii")

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[Feedback]:
        """Return what it says: see `channels.feedback.FeedbackReader`."""
        said = as_object(load_json(request.body))
        signature = as_object(said.get("signature"))
        timestamp, token = str(signature.get("timestamp", "")), as_text(signature.get("token"))
        if not _TOKEN.fullmatch(token):
            raise FeedbackRefused("the token is none")
        check_time(timestamp, now=now, oldest=OLDEST)
        right = hmac.digest(self._key, f"{timestamp}{token}".encode(), "sha256").hex()
        given = (as_text(signature.get(name)) for name in ("signature", "parent-signature"))
        if not any(_DIGEST.fullmatch(one) and hmac.compare_digest(one, right) for one in given):
            raise FeedbackRefused("the signature is not right")
        feedback = _read(as_object(said.get("event-data")), token, now=now)
        return [] if feedback is None else [feedback]


def _read(event: dict[str, Any], token: str, *, now: datetime) -> Feedback | None:
    kind = _KINDS.get(as_text(event.get("event")))
    if kind is None:
        return None
    status = as_object(event.get("delivery-status"))
    words = as_text(status.get("message")) or as_text(status.get("description"))
    reason = as_text(event.get("reason")) or as_text(as_object(event.get("reject")).get("reason"))
    number = status.get("code")
    code = find_code(as_text(status.get("enhanced-code")), words, str(number or ""))
    bounce = None
    if kind is FeedbackKind.BOUNCED and event.get("severity") == "temporary":
        kind = FeedbackKind.DEFERRED
    elif kind is FeedbackKind.BOUNCED and reason == _SUPPRESSED:
        kind = FeedbackKind.UNSUBSCRIBED
    elif kind is FeedbackKind.BOUNCED:
        bounce = _judge(as_text(event.get("event")), reason, code, words)
    headers = as_object(as_object(event.get("message")).get("headers"))
    provider_id = as_text(headers.get("message-id")).strip("<>")
    return make(
        token,
        kind,
        read_instant(event.get("timestamp")) or now,
        message_uid=read_given(event.get("user-variables")) or find_uid(provider_id),
        provider_id=provider_id,
        recipient=event.get("recipient"),
        bounce=bounce,
        code=code,
        texts=(words, reason),
    )


def _judge(word: str, reason: str, code: str | None, words: str) -> BounceKind:
    if word == "rejected":  # by Mailgun, for what we sent
        return BounceKind.POLICY
    if (known := _REASONS.get(reason)) is not None:
        return known
    tried_in_vain = reason == "old"  # it gave up after temporary refusals
    otherwise = BounceKind.SOFT if tried_in_vain else BounceKind.HARD
    return classify(code, words, otherwise=otherwise)
