"""Sends texts by Twilio's REST API.

The API knows no idempotency key, so a request that left without an answer is `UNCERTAIN`.
Source: https://www.twilio.com/docs/messaging/api/message-resource, …/docs/api/errors. Twilio adds
codes as it goes and asks not to rely on them: an unknown one is a permanent refusal of one text.
"""

import re
import ssl
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from channels.base import BEGIN_WITHIN, BadAddress, OnResult, Receipt, Text, Verdict
from channels.fan_out import Limits, send_each
from channels.http_client import Answer, HttpClient, NoAnswer
from channels.provider_url import is_loopback, parse_provider_url
from channels.retry_after import parse_retry_after
from channels.sms.gate import refuse_text
from channels.target import Target, TargetRefused, parse_target

API: Final = "https://api.twilio.com"
_TIMEOUT: Final = timedelta(seconds=30)
_LIMITS: Final = Limits(threads=4, at_once=4)
_MAXIMUM_OCTETS: Final = 1 << 20
_SERVICE: Final = re.compile(r"MG[0-9a-fA-F]{32}")
_SENDER: Final = re.compile(r"\+?[0-9]{3,15}|[A-Za-z0-9 ]{1,11}")  # number, short code or name
_DIGITS: Final = re.compile(r"\+?[0-9]{7,}")

_CREATED: Final = range(200, 300)
_REFUSE_US: Final = frozenset({401, 403, 404, *range(300, 400)})  # login, rights, account, base
_TOO_MANY: Final = 429
_SERVER_ERROR: Final = 500
_OF_ONE_TEXT: Final = range(21_000, 22_000)
#: The sender is not ours to send from: no text would fare better.
_BAD_SENDERS: Final = frozenset({21212, 21603, 21606, 21659, 21660, 21661})
#: The sender's queue is full.
_FULL: Final = 21611
#: No number, not reachable, no mobile, a landline, or opted out by STOP (21610).
_DEAD_NUMBERS: Final = frozenset({21211, 21214, 21217, 21610, 21614, 21635})


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """Whose account, and what texts come from unless they say otherwise."""

    sid: str
    token: str = field(repr=False)
    sender: str = ""
    base: str = API


def read_twilio_url(url: str) -> TwilioAccount:
    """Return the account that ``twilio://SID:TOKEN@SENDER?base=URL`` means.

    Raises:
        BadAddress: a part is missing or malformed.
    """
    parts = parse_provider_url(url, frozenset({"base"}))
    if not parts.user or not parts.user.isalnum() or not parts.password:
        raise BadAddress("Twilio's address is twilio://ACCOUNT_SID:AUTH_TOKEN@SENDER")
    if not (_SENDER.fullmatch(parts.host) or _SERVICE.fullmatch(parts.host)) or parts.port:
        raise BadAddress("the sender must be a number, a name of at most 11 letters, or MG…")
    base = parts.options.get("base", API)
    try:
        target = parse_target(base)
    except TargetRefused as refused:
        raise BadAddress(f"base: {refused}") from None
    if target.scheme != "https" and not is_loopback(target.host):
        raise BadAddress("base: the token is never sent without TLS, save to this machine itself")
    return TwilioAccount(parts.user, parts.password, parts.host, base.rstrip("/"))


class TwilioSms:
    """One account at Twilio."""

    name = "twilio"
    keeps_content = False

    def __init__(
        self,
        account: TwilioAccount,
        *,
        tls_context: ssl.SSLContext | None = None,
        timeout: timedelta = _TIMEOUT,
    ) -> None:
        self._sender = account.sender
        self._timeout = timeout
        self._target: Target = parse_target(
            f"{account.base}/2010-04-01/Accounts/{account.sid}/Messages.json"
        )
        login = b64encode(f"{account.sid}:{account.token}".encode()).decode("ascii")
        self._headers = [
            ("Authorization", f"Basic {login}"),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Accept", "application/json"),
            ("Accept-Encoding", "identity"),
            ("User-Agent", "Sojourn"),
        ]
        self._client = HttpClient(tls_context=tls_context, maximum_octets=_MAXIMUM_OCTETS)

    def send(
        self,
        items: Sequence[Text],
        on_result: OnResult,
        *,
        now: datetime,
        begin_within: timedelta = BEGIN_WITHIN,
    ) -> None:
        """Hand over the texts: see `channels.base.Provider`."""
        send_each(
            items,
            partial(self._send_one, now=now),
            _sender_of,
            on_result,
            limits=_LIMITS,
            begin_within=begin_within,
        )

    def _send_one(self, text: Text, *, now: datetime) -> Receipt:
        if (refusal := refuse_text(text)) is not None:
            return refusal
        sender = text.sender or self._sender
        form = {
            "To": text.recipient,
            "MessagingServiceSid" if _SERVICE.fullmatch(sender) else "From": sender,
            "Body": text.body,
        }
        body = urlencode(form, errors="replace").encode("ascii")
        try:
            answer = self._client.request(
                "POST", self._target, self._headers, body, timeout=self._timeout
            )
        except NoAnswer as failure:
            verdict = Verdict.UNCERTAIN if failure.may_have_arrived else Verdict.NOT_SENT
            return Receipt(verdict, text=str(failure))
        return _judge(answer, now=now)

    def close(self) -> None:
        """Close idle connections."""
        self._client.close()


def _sender_of(text: Text) -> str:
    return text.sender


def _judge(answer: Answer, *, now: datetime) -> Receipt:
    """Return what Twilio's answer means for one text."""
    status, said = answer.status, _read_json(answer)
    number = said.get("code")
    code = number if isinstance(number, int) else status
    text = _mask(f"answered {status}: {said.get('message') or ''}".rstrip(": "))
    if status in _CREATED:
        return _judge_created(said, status)
    if code in _BAD_SENDERS or (status in _REFUSE_US and code not in _OF_ONE_TEXT):
        return Receipt(Verdict.NOT_SENT, code=str(code), text=text, is_account_problem=True)
    if status == _TOO_MANY or status >= _SERVER_ERROR or code == _FULL:
        wait = parse_retry_after(answer.headers.get("retry-after"), now=now)
        return Receipt(Verdict.TEMPORARY, code=str(code), text=text, retry_after=wait)
    is_dead = code in _DEAD_NUMBERS
    return Receipt(Verdict.PERMANENT, code=str(code), text=text, is_dead_address=is_dead)


def _judge_created(said: dict[str, Any], status: int) -> Receipt:
    sid = said.get("sid")
    if not isinstance(sid, str) or not sid:
        return Receipt(
            Verdict.UNCERTAIN, code=str(status), text=f"answered {status} without a message"
        )
    return Receipt(Verdict.ACCEPTED, provider_id=sid[:200], code=str(status))


def _read_json(answer: Answer) -> dict[str, Any]:
    try:
        said = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _mask(text: str) -> str:
    """Return one printable line without telephone numbers."""
    return _DIGITS.sub("<number>", re.sub(r"[^ -~]+", " ", text))[:500]
