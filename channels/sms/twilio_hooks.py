"""Reads what Twilio calls us with: delivery receipts, and texts that came in.

Signed by HMAC-SHA1 over the address that was called and the form's names and values, sorted. Of an
address by https the port is signed or left out, by what the call is for.
Sources: https://www.twilio.com/docs/usage/security#validating-requests,
https://www.twilio.com/docs/messaging/guides/track-outbound-message-status,
https://www.twilio.com/docs/messaging/twiml (incoming), https://www.twilio.com/docs/api/errors.
"""

import hmac
import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha1
from typing import Final
from urllib.parse import parse_qsl

from channels.email.feedback.reading import read_uid
from channels.feedback import (
    BounceKind,
    Feedback,
    FeedbackKind,
    FeedbackRefused,
    FeedbackRequest,
)
from channels.sms.gate import clean_body
from channels.sms.inbound import InboundAnswer, InboundText, clean_number
from channels.sms.senders import MESSAGE_KEY
from channels.sms.twilio_account import TwilioAccount

_MOST_FIELDS: Final = 200
_OTHER_CHANNEL: Final = re.compile(r"(?!rcs:)[a-z]+:")  # whatsapp:+1…; RCS stands for texts
_PORTS: Final = {"http": "80", "https": "443"}
_ORIGIN: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[^\]]+\]|[^/:?]+)(?::(?P<port>[0-9]{1,5}))?"
)
#: Unknown destination, a landline, no such number, out of coverage for good.
_HARD: Final = frozenset({"21211", "21214", "21217", "21614", "21635", "30005", "30006"})
#: The handset is off, the queue was full, it took too long.
_SOFT: Final = frozenset({"30001", "30003", "30008", "30009", "30010", "30017"})
_OPTED_OUT: Final = "21610"


class _Hooks:
    """What both readers share: the check of the signature."""

    name = "twilio"

    def __init__(self, account: TwilioAccount) -> None:
        self._account = account

    def _check(self, request: FeedbackRequest) -> dict[str, str]:
        """Return the form.

        Raises:
            FeedbackRefused: the signature is not the account's, or the account is another.
        """
        try:
            pairs = parse_qsl(
                request.body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS
            )
        except ValueError:
            raise FeedbackRefused("the body is no form") from None
        given = request.headers.get("x-twilio-signature", "").encode("utf-8", "replace")
        said = "".join(name + value for name, value in sorted(pairs))
        key = self._account.token.encode()
        rights = [
            b64encode(hmac.new(key, (url + said).encode(), sha1).digest())
            for url in _list_spellings(request.url)
        ]
        if not any(hmac.compare_digest(given, right) for right in rights):
            raise FeedbackRefused("the signature is not right")
        form = dict(pairs) if request.body else dict(request.query)  # a number's setting says GET
        if form.get("AccountSid", self._account.sid) != self._account.sid:
            raise FeedbackRefused("it is of another account")
        return form


class TwilioFeedback(_Hooks):
    """Reads the status callbacks of one account."""

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[Feedback]:
        """Return what it says: see `channels.feedback.FeedbackReader`."""
        form = self._check(request)
        sid = form.get("MessageSid") or form.get("SmsSid") or ""
        status = form.get("MessageStatus") or form.get("SmsStatus") or ""
        code = form.get("ErrorCode", "")
        judged = _judge(status, code)
        if not sid or judged is None:
            return []
        kind, bounce = judged
        return [
            Feedback(
                id=f"{sid}:{status}"[:200],
                kind=kind,
                occurred_at=now,  # a callback carries no time
                message_uid=read_uid(request.query.get(MESSAGE_KEY)),
                provider_id=sid[:200],
                recipient=clean_number(form.get("To")),
                bounce=bounce,
                code=code[:20] or None,
                text=f"{status} {code}".strip()[:500],
            )
        ]


class TwilioInbound(_Hooks):
    """Reads the texts that come in for one account; the answer to each is an empty TwiML."""

    answer = InboundAnswer("text/xml", '<?xml version="1.0" encoding="UTF-8"?><Response/>')

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[InboundText]:
        """Return the text: see `channels.sms.inbound.InboundReader`."""
        form = self._check(request)
        sid = form.get("MessageSid") or form.get("SmsSid") or ""
        if not sid or not form.get("From") or "Body" not in form:
            return []
        if _OTHER_CHANNEL.match(form["From"]):
            return []
        return [
            InboundText(
                sender=clean_number(form["From"]),
                recipient=clean_number(form.get("To")),
                body=clean_body(form["Body"]),
                provider_id=sid[:200],
                received_at=now,
                is_answered=bool(form.get("OptOutType")),  # Advanced Opt-Out did
            )
        ]


def _list_spellings(url: str) -> list[str]:
    """Return an address with its port and without it: Twilio signs either, as its libraries know."""
    found = _ORIGIN.match(url)
    if found is None:
        return [url]
    rest = url[found.end() :]
    port = found["port"] or _PORTS[found["scheme"]]
    return [f"{found['scheme']}://{found['host']}{end}{rest}" for end in ("", f":{port}")]


def _judge(status: str, code: str) -> tuple[FeedbackKind, BounceKind | None] | None:
    if status in {"delivered", "read"}:
        return FeedbackKind.DELIVERED, None
    if status not in {"undelivered", "failed"}:
        return None  # queued, sending, sent: on its way
    if code == _OPTED_OUT:
        return FeedbackKind.UNSUBSCRIBED, None
    if code in _HARD:
        return FeedbackKind.BOUNCED, BounceKind.HARD
    # What is not known to be the person's is held against us: 30007 is a carrier's filter.
    return FeedbackKind.BOUNCED, BounceKind.SOFT if code in _SOFT else BounceKind.POLICY
