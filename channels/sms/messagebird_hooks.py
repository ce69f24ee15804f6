"""Reads what MessageBird calls us with: status reports, and texts that came in.

Signed by a JSON Web Token (RFC 7519) that holds the hashes of the address and of the body. Status
reports are GET requests: what they say stands in the address's query.
Sources: https://developers.messagebird.com/api/#verifying-http-requests,
https://developers.messagebird.com/api/sms-messaging#handle-a-status-report,
…#receive-a-message. Its page of error codes could not be read when this was written: those below are
as commonly reported, and an unknown one counts as the operators' policy, by which nobody is suppressed.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from channels.base import BadAddress
from channels.email.feedback.reading import read_instant, read_uid
from channels.feedback import (
    BounceKind,
    Feedback,
    FeedbackKind,
    FeedbackRefused,
    FeedbackRequest,
)
from channels.sms.costs import read_count, read_currency, read_price
from channels.sms.gate import clean_body
from channels.sms.inbound import InboundAnswer, InboundText, clean_number
from channels.sms.messagebird_account import MessageBirdAccount

LEEWAY: Final = timedelta(seconds=5)
_LONGEST_TOKEN: Final = 4_000
_MOST_FIELDS: Final = 100
_ALGORITHMS: Final = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}
#: Unknown, unidentified or illegal subscriber, illegal equipment: the number takes nothing.
_HARD: Final = frozenset({"1", "5", "9", "12"})
_HARD_REASONS: Final = frozenset({"unknown subscriber", "recipient does not exist"})
#: Absent, busy, out of memory, a failure on the way.
_SOFT: Final = frozenset({"6", "27", "31", "32", "34"})
_SOFT_REASONS: Final = frozenset(
    {"unavailable subscriber", "expired", "received network error", "dlr not received"}
)
_OPTED_OUT: Final = "103"


def read_token(token: str, key: str, *, now: datetime) -> dict[str, Any]:
    """Return the claims of a token that this key signed and whose time is now.

    Raises:
        FeedbackRefused: another key, another algorithm, another issuer, too old or too new.
    """
    refusal = FeedbackRefused("the signature is not right")
    pieces = token.split(".") if len(token) <= _LONGEST_TOKEN and token.isascii() else []
    if len(pieces) != 3:
        raise refusal
    try:
        head, claims = (orjson.loads(_decode(piece)) for piece in pieces[:2])
        given = _decode(pieces[2])
    except ValueError:
        raise refusal from None
    if not isinstance(head, dict) or not isinstance(claims, dict):
        raise refusal
    algorithm = _ALGORITHMS.get(str(head.get("alg")))
    if algorithm is None:
        raise refusal
    right = hmac.new(key.encode(), f"{pieces[0]}.{pieces[1]}".encode(), algorithm).digest()
    if not hmac.compare_digest(given, right) or claims.get("iss") != "MessageBird":
        raise refusal
    begins, ends = _read_second(claims.get("nbf")), _read_second(claims.get("exp"))
    if begins is None or ends is None or not begins - LEEWAY <= now <= ends + LEEWAY:
        raise FeedbackRefused("it was signed too long ago, or ahead of time")
    return claims


class _Hooks:
    """What both readers share: the check of the signature."""

    name = "messagebird"

    def __init__(self, account: MessageBirdAccount) -> None:
        """Take an account.

        Raises:
            BadAddress: it has no signing key.
        """
        if not account.signature:
            raise BadAddress("webhooks of MessageBird need signature=…, the account's signing key")
        self._key = account.signature

    def _check(self, request: FeedbackRequest, *, now: datetime) -> dict[str, Any]:
        """Return the parameters, of the query and of the body.

        Raises:
            FeedbackRefused: the signature is not the account's, is too old, or of something else.
        """
        token = request.headers.get("messagebird-signature-jwt", "")
        claims = read_token(token, self._key, now=now)
        if not _is_hash(claims.get("url_hash"), request.url.encode()):
            raise FeedbackRefused("another address was signed")
        hashed = claims.get("payload_hash")
        is_right = _is_hash(hashed, request.body) if request.body else not hashed
        if not is_right:
            raise FeedbackRefused("another body was signed")
        return dict(request.query) | _read_body(request.body)


class MessageBirdFeedback(_Hooks):
    """Reads the status reports of one account."""

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[Feedback]:
        """Return what it says: see `channels.feedback.FeedbackReader`."""
        said = self._check(request, now=now)
        found, status = str(said.get("id") or ""), str(said.get("status") or "")
        code, reason = str(said.get("statusErrorCode") or ""), str(said.get("statusReason") or "")
        judged = _judge(status, code, reason.lower())
        if not found or judged is None:
            return []
        kind, bounce = judged
        price = read_price(said.get("price[amount]"))
        return [
            Feedback(
                id=f"{found}:{status}:{code}"[:200],
                kind=kind,
                occurred_at=read_instant(said.get("statusDatetime")) or now,
                message_uid=read_uid(said.get("reference")),
                provider_id=found[:200],
                recipient=clean_number(said.get("recipient")),
                bounce=bounce,
                code=code[:20] or None,
                text=clean_body(reason or status).replace("\n", " ")[:500],
                parts=read_count(said.get("messagePartCount")),
                price_micro=price,
                currency=None if price is None else read_currency(said.get("price[currency]")),
            )
        ]


class MessageBirdInbound(_Hooks):
    """Reads the texts that come in for one account."""

    answer = InboundAnswer("text/plain", "OK")

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[InboundText]:
        """Return the text: see `channels.sms.inbound.InboundReader`."""
        said = self._check(request, now=now)
        found, sender = said.get("id"), said.get("originator")
        body = said.get("body", said.get("message"))
        if not found or not sender or body is None:
            return []
        return [
            InboundText(
                sender=clean_number(sender),
                recipient=clean_number(said.get("recipient")),
                body=clean_body(body),
                provider_id=str(found)[:200],
                received_at=read_instant(said.get("createdDatetime")) or now,
            )
        ]


def _judge(status: str, code: str, reason: str) -> tuple[FeedbackKind, BounceKind | None] | None:
    if status == "delivered":
        return FeedbackKind.DELIVERED, None
    if status == "buffered":
        return FeedbackKind.DEFERRED, None
    if status not in {"delivery_failed", "expired"}:
        return None  # scheduled, sent: on its way
    if code == _OPTED_OUT or reason == "opted out":
        return FeedbackKind.UNSUBSCRIBED, None
    if code in _HARD or reason in _HARD_REASONS:
        return FeedbackKind.BOUNCED, BounceKind.HARD
    is_soft = status == "expired" or code in _SOFT or reason in _SOFT_REASONS
    return FeedbackKind.BOUNCED, BounceKind.SOFT if is_soft else BounceKind.POLICY


def _read_body(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        if body.lstrip().startswith(b"{"):
            said = orjson.loads(body)
            return said if isinstance(said, dict) else {}
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise FeedbackRefused("the body is neither a form nor JSON") from None


def _is_hash(given: object, octets: bytes) -> bool:
    right = hashlib.sha256(octets).hexdigest()
    return isinstance(given, str) and hmac.compare_digest(given.encode(), right.encode())


def _decode(piece: str) -> bytes:
    return urlsafe_b64decode(piece + "=" * (-len(piece) % 4))


def _read_second(value: object) -> datetime | None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 1 << 34:
        return None
    return datetime.fromtimestamp(value, UTC)
