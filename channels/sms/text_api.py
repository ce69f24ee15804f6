"""Sends texts over the HTTP API of a provider; what one of them says and means is its dialect."""

import re
import ssl
from collections.abc import Hashable
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol
from urllib.parse import urlencode

from typing_extensions import override

from channels.base import Receipt, Text
from channels.fan_out import Limits
from channels.http_client import Answer
from channels.provider_api import ApiCall, ApiProvider
from channels.sms.gate import refuse_text
from channels.target import Target

_TIMEOUT: Final = timedelta(seconds=30)
_LIMITS: Final = Limits(threads=4, at_once=4)
_DIGITS: Final = re.compile(r"\+?[0-9]{7,}")


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


class ApiSms(ApiProvider[Text]):
    """One account at a provider of SMS."""

    def __init__(
        self,
        api: TextApi,
        *,
        tls_context: ssl.SSLContext | None = None,
        timeout: timedelta = _TIMEOUT,
    ) -> None:
        super().__init__(
            api.name, api.target, limits=_LIMITS, tls_context=tls_context, timeout=timeout
        )
        self._api = api

    @override
    def send_one(self, item: Text, *, now: datetime) -> Receipt:
        refusal = refuse_text(item)
        return refusal or self.ask(self._api.build(item), partial(self._api.judge, now=now))

    @override
    def find_fate(self, item: Text) -> Hashable:
        return item.sender


def write_form(fields: dict[str, str], authorization: tuple[tuple[str, str], ...] = ()) -> ApiCall:
    """Return a request whose body is a form; a sign that UTF-8 cannot hold becomes "?"."""
    body = urlencode(fields, errors="replace").encode("ascii")
    return ApiCall((*authorization, ("Content-Type", "application/x-www-form-urlencoded")), body)


def mask(text: str) -> str:
    """Return one printable line without telephone numbers."""
    return _DIGITS.sub("<number>", re.sub(r"[^ -~]+", " ", text))[:500]
