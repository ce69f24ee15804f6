"""Sends texts by Twilio's REST API.

The API knows no idempotency key, so a request that left without an answer is `UNCERTAIN`.
Source: https://www.twilio.com/docs/messaging/api/message-resource, …/docs/api/errors. Twilio adds
codes as it goes and asks not to rely on them: an unknown one is a permanent refusal of one text.
"""

import re
import ssl
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from channels.base import BEGIN_WITHIN, OnResult, Receipt, Text, Verdict
from channels.fan_out import Limits, send_each
from channels.http_client import Answer, HttpClient, NoAnswer
from channels.retry_after import parse_retry_after
from channels.sms.costs import read_count
from channels.sms.gate import refuse_text
from channels.sms.twilio_account import SERVICE, TwilioAccount
from channels.target import Target, parse_target

_TIMEOUT: Final = timedelta(seconds=30)
_LIMITS: Final = Limits(threads=4, at_once=4)
_MAXIMUM_OCTETS: Final = 1 << 20
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
#: Opted out by STOP.
_OPTED_OUT: Final = 21610
#: No number, not reachable, no mobile, or a landline.
_DEAD_NUMBERS: Final = frozenset({21211, 21214, 21217, 21614, 21635})


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
        self._report_to = account.report_to
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
            "MessagingServiceSid" if SERVICE.fullmatch(sender) else "From": sender,
            "Body": text.body,
        }
        if self._report_to:
            form["StatusCallback"] = self._report_to
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
    return Receipt(
        Verdict.PERMANENT,
        code=str(code),
        text=text,
        is_dead_address=code in _DEAD_NUMBERS,
        is_opted_out=code == _OPTED_OUT,
    )


def _judge_created(said: dict[str, Any], status: int) -> Receipt:
    sid = said.get("sid")
    if not isinstance(sid, str) or not sid:
        return Receipt(
            Verdict.UNCERTAIN, code=str(status), text=f"answered {status} without a message"
        )
    return Receipt(
        Verdict.ACCEPTED,
        provider_id=sid[:200],
        code=str(status),
        parts=read_count(said.get("num_segments")),  # "0" until a messaging service chose a sender
    )


def _read_json(answer: Answer) -> dict[str, Any]:
    try:
        said = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _mask(text: str) -> str:
    """Return one printable line without telephone numbers."""
    return _DIGITS.sub("<number>", re.sub(r"[^ -~]+", " ", text))[:500]
