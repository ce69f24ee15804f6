"""Reads the webhooks of Resend, signed by Svix as Standard Webhooks say.

Sources: https://resend.com/docs/webhooks/event-types, …/webhooks/verify-webhooks-requests,
…/webhooks/retries-and-replays (each attempt is signed anew; ``svix-id`` stays the same).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from channels.base import BadAddress
from channels.email.bounces import classify_amazon, find_code
from channels.email.feedback.reading import (
    as_list,
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
from channels.webhook.signature import BadSecret, SignatureRefused, check_secret, verify

_KINDS: Final = {
    "email.delivered": FeedbackKind.DELIVERED,
    "email.delivery_delayed": FeedbackKind.DEFERRED,
    "email.bounced": FeedbackKind.BOUNCED,
    "email.failed": FeedbackKind.BOUNCED,
    "email.suppressed": FeedbackKind.BOUNCED,
    "email.complained": FeedbackKind.COMPLAINED,
}


class ResendFeedback:
    """Reads the webhooks of one account."""

    name = "resend"

    def __init__(self, secret: str) -> None:
        """Take the signing secret, ``whsec_…``.

        Raises:
            BadAddress: it is none.
        """
        try:
            check_secret(secret)
        except BadSecret as refused:
            raise BadAddress(f"the webhook of Resend needs its signing secret: {refused}") from None
        self._secret = secret

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[Feedback]:
        """Return what it says: see `channels.feedback.FeedbackReader`."""
        own = _find_header(request.headers, "id")
        try:
            verify(
                self._secret,
                own,
                _find_header(request.headers, "timestamp"),
                _find_header(request.headers, "signature"),
                request.body,
                now=now,
            )
        except SignatureRefused as refused:
            raise FeedbackRefused(str(refused)) from None
        feedback = _read(as_object(load_json(request.body)), own, now=now)
        return [] if feedback is None else [feedback]


def _find_header(headers: Mapping[str, str], word: str) -> str:
    return headers.get(f"svix-{word}") or headers.get(f"webhook-{word}", "")


def _read(said: dict[str, Any], own: str, *, now: datetime) -> Feedback | None:
    word = as_text(said.get("type"))
    kind = _KINDS.get(word)
    if kind is None:
        return None
    data = as_object(said.get("data"))
    bounce = as_object(data.get("bounce"))
    reason = as_text(as_object(data.get("failed")).get("reason"))
    diagnostics = [as_text(line) for line in as_list(bounce.get("diagnosticCode"))]
    words = as_text(bounce.get("message")) or as_text(
        as_object(data.get("suppressed")).get("message")
    )
    code = find_code(*diagnostics, words)
    recipients = as_list(data.get("to"))
    return make(
        own,
        kind,
        read_instant(said.get("created_at")) or now,
        message_uid=read_given(data.get("tags")),
        provider_id=data.get("email_id"),
        recipient=recipients[0] if recipients else "",
        bounce=_judge(word, bounce, code, " ".join([*diagnostics, words])),
        code=code,
        texts=(*diagnostics, words, reason),
    )


def _judge(word: str, bounce: dict[str, Any], code: str | None, words: str) -> BounceKind | None:
    match word:
        case "email.failed":  # never sent: key, quota, domain
            return BounceKind.POLICY
        case "email.suppressed":
            return BounceKind.HARD
        case "email.bounced":
            kind, subkind = as_text(bounce.get("type")), as_text(bounce.get("subType"))
            return classify_amazon(kind, subkind, code, words)
    return None
