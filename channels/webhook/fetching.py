"""Fetches content over HTTP behind the guard: one GET, no redirect, in seconds, of bounded size."""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channels.base import Receipt, Verdict
from channels.http_client import HttpClient, NoAnswer, Resolve, look_up
from channels.target import TargetRefused
from channels.webhook.answering import check_resolved, judge
from channels.webhook.guard import Guard
from channels.webhook.headers import CallHeaderRefused, check_headers, complete_headers

MOST_BYTES: Final = 256 * 1024
LONGEST: Final = timedelta(seconds=5)
_OURS: Final = (("User-Agent", "Sojourn"), ("Accept", "application/json, text/plain"))


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of it.

    Attributes:
        receipt: the verdict, as of a webhook's call; nothing is uncertain about a GET.
        body: as it came, where the verdict is good.
    """

    receipt: Receipt
    body: bytes
    took: timedelta


class HttpFetcher:
    """Fetches from the public Internet, and from where the operator allows it."""

    def __init__(
        self,
        guard: Guard,
        *,
        tls_context: ssl.SSLContext | None = None,
        resolve: Resolve = look_up,
    ) -> None:
        """Prepare to fetch; see `channels.webhook.http.HttpWebhooks`."""
        self._guard = guard
        self._client = HttpClient(
            check_resolved(guard, resolve), tls_context=tls_context, maximum_octets=MOST_BYTES
        )

    def fetch(
        self, url: str, headers: Mapping[str, str], *, timeout: timedelta, now: datetime
    ) -> Fetched:
        """Return what an address answers. It waits for the network."""
        begun = time.monotonic()
        receipt, body = self._ask(url, headers, timeout=timeout, now=now)
        return Fetched(receipt, body, timedelta(seconds=time.monotonic() - begun))

    def _ask(
        self, url: str, headers: Mapping[str, str], *, timeout: timedelta, now: datetime
    ) -> tuple[Receipt, bytes]:
        try:
            target = self._guard.check_url(url)
            check_headers(headers.items())
            sent = complete_headers(headers.items(), _OURS)
            answer = self._client.request("GET", target, sent, b"", timeout=min(timeout, LONGEST))
        except (TargetRefused, CallHeaderRefused) as refused:
            return Receipt(Verdict.PERMANENT, code=refused.code, text=str(refused)), b""
        except NoAnswer as failure:
            return Receipt(Verdict.NOT_SENT, text=str(failure)), b""
        receipt = judge(answer, now=now)
        return receipt, answer.body if receipt.verdict is Verdict.ACCEPTED else b""

    def close(self) -> None:
        """Close idle connections."""
        self._client.close()
