"""What the providers of SMS over HTTP share: one request a text, and an honest receipt for each."""

import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Protocol

import orjson

from channels.base import BEGIN_WITHIN, OnResult, Receipt, Text, Verdict
from channels.fan_out import Limits, send_each
from channels.http_client import Answer, HttpClient, NoAnswer
from channels.retry_after import parse_retry_after
from channels.sms.gate import refuse_text
from channels.target import Target

_TIMEOUT: Final = timedelta(seconds=30)
_LIMITS: Final = Limits(threads=4, at_once=4)
_MAXIMUM_OCTETS: Final = 1 << 20
_REFUSE_US: Final = frozenset({401, 403, 404, *range(300, 400)})
_TOO_MANY: Final = 429
_SERVER_ERROR: Final = 500
_GATEWAY_TIMEOUT: Final = 504  # what stands behind the gateway may have taken it
_DIGITS: Final = re.compile(r"\+?[0-9]{7,}")


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One request of the API, without what every request carries."""

    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)


class TextApi(Protocol):
    """One provider's API: how a text is asked for, and what its answers mean. Pure."""

    name: str
    target: Target

    def build(self, text: Text) -> ApiCall:
        """Return the request that sends a text."""
        ...

    def judge(self, answer: Answer, *, now: datetime) -> Receipt:
        """Return what an answer means for the text that it is about."""
        ...


class ApiSms:
    """One account at a provider of SMS."""

    keeps_content = False

    def __init__(
        self,
        api: TextApi,
        *,
        tls_context: ssl.SSLContext | None = None,
        timeout: timedelta = _TIMEOUT,
    ) -> None:
        self.name = api.name
        self._api = api
        self._timeout = timeout
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
            lambda text: text.sender,
            on_result,
            limits=_LIMITS,
            begin_within=begin_within,
        )

    def _send_one(self, text: Text, *, now: datetime) -> Receipt:
        if (refusal := refuse_text(text)) is not None:
            return refusal
        call = self._api.build(text)
        headers = [
            *call.headers,
            ("Accept", "application/json"),
            ("Accept-Encoding", "identity"),
            ("User-Agent", "Sojourn"),
        ]
        try:
            answer = self._client.request(
                "POST", self._api.target, headers, call.body, timeout=self._timeout
            )
        except NoAnswer as failure:
            verdict = Verdict.UNCERTAIN if failure.may_have_arrived else Verdict.NOT_SENT
            return Receipt(verdict, text=str(failure))
        return self._api.judge(answer, now=now)

    def close(self) -> None:
        """Close idle connections."""
        self._client.close()


def judge_status(answer: Answer, text: str, *, now: datetime) -> Receipt | None:
    """Return what a status of HTTP alone decides: who refuses us, or is busy; None: the body says."""
    status = answer.status
    if status in _REFUSE_US:
        return Receipt(Verdict.NOT_SENT, code=str(status), text=text, is_account_problem=True)
    if status == _GATEWAY_TIMEOUT:
        return Receipt(Verdict.UNCERTAIN, code=str(status), text=text)
    if status == _TOO_MANY or status >= _SERVER_ERROR:
        wait = parse_retry_after(answer.headers.get("retry-after"), now=now)
        return Receipt(Verdict.TEMPORARY, code=str(status), text=text, retry_after=wait)
    return None


def read_json(answer: Answer) -> dict[str, Any]:
    """Return the JSON object; an empty one where there is none."""
    try:
        said = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def mask(text: str) -> str:
    """Return one printable line without telephone numbers."""
    return _DIGITS.sub("<number>", re.sub(r"[^ -~]+", " ", text))[:500]
