"""Calls endpoints over HTTP, signed as Standard Webhooks say.

A repetition is safe: the receiver knows it by its ``webhook-id``. So whoever calls this may repeat
what is `UNCERTAIN` too.
"""

import ssl
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from channels.base import BEGIN_WITHIN, Call, OnResult, Receipt, Verdict
from channels.fan_out import Limits, send_each
from channels.http_client import HttpClient, NoAnswer, Resolve, look_up
from channels.target import TargetRefused, parse_target
from channels.webhook.answering import check_resolved, judge
from channels.webhook.guard import Guard
from channels.webhook.headers import HOPS, CallHeaderRefused, check_headers, complete_headers
from channels.webhook.signature import BadSecret, sign

METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
LONGEST_TIMEOUT: Final = timedelta(seconds=30)
_LIMITS: Final = Limits(threads=16, at_once=2)  # the latter to one origin


class HttpWebhooks:
    """Calls endpoints that have a URL."""

    name = "http"
    keeps_content = False

    def __init__(
        self,
        guard: Guard,
        *,
        tls_context: ssl.SSLContext | None = None,
        resolve: Resolve = look_up,
    ) -> None:
        """Prepare to call.

        Args:
            guard: says which addresses may be reached.
            tls_context: who is trusted; by default those whom the operating system trusts.
            resolve: returns all addresses of a host.
        """
        self._guard = guard
        self._client = HttpClient(check_resolved(guard, resolve), tls_context=tls_context)

    def send(
        self,
        items: Sequence[Call],
        on_result: OnResult,
        *,
        now: datetime,
        begin_within: timedelta = BEGIN_WITHIN,
    ) -> None:
        """Make the calls: see `channels.base.Provider`."""
        send_each(
            items,
            partial(self._call, now=now),
            _origin_of,
            on_result,
            limits=_LIMITS,
            begin_within=begin_within,
        )

    def _call(self, call: Call, *, now: datetime) -> Receipt:
        begun = time.monotonic()
        headers: list[tuple[str, str]] = []
        receipt = self._ask(call, headers, now=now)
        took = timedelta(seconds=time.monotonic() - begun)
        return replace(receipt, took=took, sent_headers=tuple(headers))

    def _ask(self, call: Call, headers: list[tuple[str, str]], *, now: datetime) -> Receipt:
        try:
            target = self._guard.check_url(call.url or "")
            check_headers(call.headers)
            signature = sign(
                call.secret, str(call.id), call.body, now=now, old_secret=call.old_secret
            )
            if call.method not in METHODS:
                return Receipt(Verdict.PERMANENT, text="an unknown method", code="bad_method")
            headers += _complete(call, signature)
            answer = self._client.request(
                call.method,
                target,
                headers,
                call.body,
                timeout=min(call.timeout, LONGEST_TIMEOUT),
            )
        except (TargetRefused, CallHeaderRefused, BadSecret) as refused:
            return Receipt(Verdict.PERMANENT, code=refused.code, text=str(refused))
        except NoAnswer as failure:
            verdict = Verdict.UNCERTAIN if failure.may_have_arrived else Verdict.NOT_SENT
            return Receipt(verdict, text=str(failure))
        return judge(answer, now=now)

    def close(self) -> None:
        """Close idle connections."""
        self._client.close()


def _origin_of(call: Call) -> str:
    try:
        return parse_target(call.url or "").origin
    except TargetRefused:
        return ""


def _complete(call: Call, signature: list[tuple[str, str]]) -> list[tuple[str, str]]:
    ours = [
        ("User-Agent", "Sojourn"),
        ("Accept", "application/json"),
        ("Content-Type", "application/json"),
    ]
    return [
        *complete_headers(call.headers, ours),
        *([(HOPS, str(call.hops))] if call.hops else []),
        *signature,
    ]
