"""Reads what Vonage calls us with: delivery receipts, and texts that came in.

Signed over all parameters, sorted, by a hash or an HMAC with the account's signature secret. Sent as
a form, as JSON, or in the address's query, as the account says.
Sources: https://developer.vonage.com/en/getting-started/concepts/signing-messages,
https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts, …/inbound-sms.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

import orjson

from channels.base import BadAddress
from channels.email.feedback.reading import check_time, read_uid
from channels.feedback import (
    BounceKind,
    Feedback,
    FeedbackKind,
    FeedbackRefused,
    FeedbackRequest,
)
from channels.sms.costs import read_price
from channels.sms.gate import clean_body
from channels.sms.inbound import InboundAnswer, InboundText, clean_number
from channels.sms.vonage_account import VonageAccount

OLDEST: Final = timedelta(hours=24)
"""So long Vonage tries to hand on what it has to say."""
_MOST_FIELDS: Final = 100
#: No longer active, barred by the subscriber, no such destination.
_HARD: Final = frozenset({"3", "4", "12"})
#: Switched off, moving between carriers, busy, a network's failure, no money on a prepaid phone.
_SOFT: Final = frozenset({"2", "5", "7", "8", "15"})
_OPTED_OUT: Final = "9"
_DELIVERED: Final = "delivered"
_FAILED: Final = frozenset({"failed", "rejected", "expired"})


def sign(params: Mapping[str, str], secret: str, method: str) -> str:
    """Return the signature of parameters, in hexadecimal."""
    clean = {name: value.replace("&", "_").replace("=", "_") for name, value in params.items()}
    text = "".join(f"&{name}={clean[name]}" for name in sorted(clean))
    if method == "md5hash":  # Vonage's own default; nothing else rests on it
        return hashlib.md5((text + secret).encode(), usedforsecurity=False).hexdigest()
    return hmac.new(secret.encode(), text.encode(), method).hexdigest()


class _Hooks:
    """What both readers share: the check of the signature."""

    name = "vonage"

    def __init__(self, account: VonageAccount) -> None:
        """Take an account.

        Raises:
            BadAddress: it has no signature secret.
        """
        if not account.signature:
            raise BadAddress("webhooks of Vonage need signature=…, the account's signature secret")
        self._account = account

    def _check(self, request: FeedbackRequest, *, now: datetime) -> dict[str, str]:
        """Return the parameters.

        Raises:
            FeedbackRefused: the signature is not the account's, or is too old.
        """
        params = _read_params(request)
        given = params.pop("sig", "").lower()
        right = sign(params, self._account.signature, self._account.method)
        if not hmac.compare_digest(given.encode("utf-8", "replace"), right.encode()):
            raise FeedbackRefused("the signature is not right")
        check_time(params.get("timestamp", ""), now=now, oldest=OLDEST)
        if params.get("api-key", self._account.key) != self._account.key:
            raise FeedbackRefused("it is of another account")
        return params


class VonageFeedback(_Hooks):
    """Reads the delivery receipts of one account."""

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[Feedback]:
        """Return what it says: see `channels.feedback.FeedbackReader`."""
        params = self._check(request, now=now)
        found, status = params.get("messageId", ""), params.get("status", "")
        code = params.get("err-code", "")
        judged = _judge(status, code)
        if not found or judged is None:
            return []
        kind, bounce = judged
        price = read_price(params.get("price"))
        return [
            Feedback(
                id=f"{found}:{status}:{code}"[:200],
                kind=kind,
                occurred_at=_read_time(params.get("message-timestamp", "")) or now,
                message_uid=read_uid(params.get("client-ref")),
                provider_id=found[:200],
                recipient=clean_number(params.get("msisdn")),
                bounce=bounce,
                code=code[:20] or None,
                text=f"{status} {code}".strip()[:500],
                price_micro=price,
                currency=None if price is None else "EUR",
            )
        ]


class VonageInbound(_Hooks):
    """Reads the texts that come in for one account."""

    answer = InboundAnswer("text/plain", "")

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[InboundText]:
        """Return the text: see `channels.sms.inbound.InboundReader`."""
        params = self._check(request, now=now)
        found = params.get("messageId", "")
        if not found or not params.get("msisdn") or "text" not in params:
            return []
        return [
            InboundText(
                sender=clean_number(params["msisdn"]),
                recipient=clean_number(params.get("to")),
                body=clean_body(params["text"]),
                provider_id=found[:200],
                received_at=_read_time(params.get("message-timestamp", "")) or now,
                is_rest=params.get("concat-part", "1") != "1",
            )
        ]


def _read_params(request: FeedbackRequest) -> dict[str, str]:
    """Return the parameters: of the body where there is one, else of the query."""
    if not request.body:
        return dict(request.query)
    if request.body.lstrip().startswith(b"{"):
        try:
            said = orjson.loads(request.body)
        except orjson.JSONDecodeError:
            raise FeedbackRefused("the body is not JSON") from None
        return {name: _write(value) for name, value in said.items()}
    try:
        pairs = parse_qsl(
            request.body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise FeedbackRefused("the body is no form") from None
    return dict(pairs)


def _write(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def _judge(status: str, code: str) -> tuple[FeedbackKind, BounceKind | None] | None:
    if status == _DELIVERED:
        return FeedbackKind.DELIVERED, None
    if status == "buffered":
        return FeedbackKind.DEFERRED, None
    if status not in _FAILED:
        return None  # accepted: on its way; unknown: nothing is known
    if code == _OPTED_OUT:
        return FeedbackKind.UNSUBSCRIBED, None
    if code in _HARD:
        return FeedbackKind.BOUNCED, BounceKind.HARD
    is_soft = code in _SOFT or status == "expired"
    return FeedbackKind.BOUNCED, BounceKind.SOFT if is_soft else BounceKind.POLICY


def _read_time(written: str) -> datetime | None:
    try:
        return datetime.strptime(written[:19], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
