"""Web Push: hands notifications to the push services of people's browsers.

Sources: RFC 8030 (the protocol, with TTL, Urgency and Topic), RFC 8291 (encryption), RFC 8292 (who
sends). A repetition is harmless: a push that is not delivered yet is replaced by one of the same
topic, and one that is shown by one of the same tag.
"""

import hashlib
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from channels.base import (
    BEGIN_WITHIN,
    DeviceTold,
    OnResult,
    Push,
    Receipt,
    Subscription,
    Verdict,
)
from channels.fan_out import Limits, send_each
from channels.http_client import Answer, HttpClient, NoAnswer, Resolve, look_up
from channels.push.encryption import MOST_OCTETS, BadSubscription, encrypt
from channels.push.services import PushServices
from channels.push.vapid import Tokens
from channels.retry_after import parse_retry_after
from channels.target import TargetRefused
from channels.webhook.guard import Guard

LONGEST_LIFE: Final = timedelta(weeks=4)
"""So long Google's push service keeps a push at most; it refuses more."""
NO_DEVICE: Final = Receipt(Verdict.PERMANENT, code="no_device", text="there is no device left")
_LIMITS: Final = Limits(threads=16, at_once=8)  # the latter to one push service
_TIMEOUT: Final = timedelta(seconds=10)
_ACCEPTED: Final = range(200, 300)
_GONE: Final = frozenset({404, 410})
_REFUSED: Final = frozenset({401, 403})
#: And 5xx. Microsoft says 406 of too many: see its "Push notification service request and response
#: headers".
_TEMPORARY: Final = frozenset({406, 408, 425, 429})
_TOO_MANY: Final = frozenset({"406", "429"})  # the former by Microsoft
_FIRST_REST: Final = timedelta(seconds=1)
_LONGEST_REST: Final = timedelta(minutes=10)
_SERVER_ERROR: Final = 500
_TOPIC: Final = 32
_RESTS: Final = "the push service asked for time"
_One = tuple[Push, Subscription]


@dataclass(frozen=True, slots=True)
class _Rest:
    """How long a service is let alone.

    Attributes:
        until: of the monotonic clock.
    """

    until: float
    lasts: timedelta


class WebPush:
    """Sends each push to every device of its person."""

    name = "webpush"
    keeps_content = False

    def __init__(
        self,
        services: PushServices,
        guard: Guard,
        *,
        tls_context: ssl.SSLContext | None = None,
        resolve: Resolve = look_up,
    ) -> None:
        """Prepare to send.

        Args:
            services: which are known.
            guard: says which addresses may be reached.
            tls_context: who is trusted; by default those whom the operating system trusts.
            resolve: returns all addresses of a host.
        """
        self._services, self._guard, self._resolve = services, guard, resolve
        self._tokens = Tokens()
        self._rests: dict[str, _Rest] = {}  # by service
        self._client = HttpClient(
            self._resolve_checked, tls_context=tls_context, maximum_octets=8_192
        )

    def _resolve_checked(self, host: str, port: int) -> Sequence[str]:
        addresses = self._resolve(host, port)
        self._guard.check_addresses(addresses, port)
        return addresses

    def send(
        self,
        items: Sequence[Push],
        on_result: OnResult,
        *,
        now: datetime,
        begin_within: timedelta = BEGIN_WITHIN,
    ) -> None:
        """Send the pushes: see `channels.base.Provider`. One is told of once all its devices are."""
        several = [(place, one) for place, push in enumerate(items) for one in push.subscriptions]
        told: list[list[tuple[Subscription, Receipt]]] = [[] for _ in items]
        for place, push in enumerate(items):
            if not push.subscriptions:
                on_result(place, NO_DEVICE)

        def note(index: int, receipt: Receipt) -> None:
            place, subscription = several[index]
            told[place].append((subscription, receipt))
            if len(told[place]) == len(items[place].subscriptions):
                on_result(place, sum_up(told[place]))

        send_each(
            [(items[place], one) for place, one in several],
            partial(self._send_one, now=now),
            self._name_service,
            note,
            limits=_LIMITS,
            begin_within=begin_within,
        )

    def _name_service(self, one: _One) -> str:
        try:
            return self._services.check(one[1].endpoint).origin
        except TargetRefused:
            return ""

    def _send_one(self, one: _One, *, now: datetime) -> Receipt:
        push, subscription = one
        if len(push.payload) > MOST_OCTETS:
            return Receipt(Verdict.PERMANENT, code="too_long", text="the push is too long")
        try:
            target = self._services.check(subscription.endpoint)
            rest = self._rests.get(target.origin)
            if rest is not None and (left := rest.until - time.monotonic()) > 0:
                return Receipt(Verdict.NOT_SENT, text=_RESTS, retry_after=timedelta(seconds=left))
            body = encrypt(push.payload, subscription.p256dh, subscription.auth)
            origin = target.origin.removesuffix(":443")
            headers = [
                ("TTL", str(int(min(push.life, LONGEST_LIFE).total_seconds()))),
                ("Urgency", "high" if push.is_urgent else "normal"),
                ("Content-Encoding", "aes128gcm"),
                ("Content-Type", "application/octet-stream"),
                ("Authorization", self._authorize(push, origin, now)),
                *([("Topic", _name_topic(push.collapse))] if push.collapse else []),
            ]
            answer = self._client.request("POST", target, headers, body, timeout=_TIMEOUT)
        except (TargetRefused, BadSubscription) as refused:
            return Receipt(Verdict.PERMANENT, code=refused.code, text=str(refused))
        except NoAnswer as failure:
            verdict = Verdict.UNCERTAIN if failure.may_have_arrived else Verdict.NOT_SENT
            return Receipt(verdict, text=str(failure))
        return self._note(target.origin, _judge(answer, subscription, now=now))

    def _note(self, service: str, receipt: Receipt) -> Receipt:
        """Take note of what a service answered; answer the receipt, with how long the service rests.

        One that takes no more for now and does not say for how long rests shortly, each time for twice
        as long as before, until it takes one again.
        """
        before, now = self._rests.get(service), time.monotonic()
        lasts = receipt.retry_after
        if receipt.verdict is Verdict.ACCEPTED:
            if before is not None and before.until <= now:
                self._rests.pop(service, None)
        elif lasts is not None:
            self._rests[service] = _Rest(now + lasts.total_seconds(), lasts)
        elif receipt.code in _TOO_MANY:
            if before is not None and before.until > now:  # of one that was under way
                return replace(receipt, retry_after=timedelta(seconds=before.until - now))
            lasts = _FIRST_REST if before is None else min(before.lasts * 2, _LONGEST_REST)
            self._rests[service] = _Rest(now + lasts.total_seconds(), lasts)
        return replace(receipt, retry_after=lasts)

    def _authorize(self, push: Push, origin: str, now: datetime) -> str:
        return self._tokens.authorize(push.key, origin, push.subject, now=now)

    def close(self) -> None:
        """Close idle connections."""
        self._client.close()


def sum_up(told: Sequence[tuple[Subscription, Receipt]]) -> Receipt:
    """Return what became of a push: whoever got it at one device has got it.

    Where no device took it, the receipt that leaves most open decides.
    """
    devices = tuple(
        DeviceTold(one.id, receipt.verdict is Verdict.ACCEPTED, receipt.is_dead_address)
        for one, receipt in told
    )
    receipts = [receipt for _, receipt in told]
    taken = sum(1 for device in devices if device.took)
    chosen = min(receipts, key=_rank)
    words = chosen.text
    if taken:
        others = {receipt.text for receipt in receipts if receipt.verdict is not Verdict.ACCEPTED}
        words = "; ".join((f"{taken} of {len(devices)} devices", *sorted(others)))
    pauses = [receipt.retry_after for receipt in receipts if receipt.retry_after is not None]
    return replace(
        chosen,
        text=words[:500],
        devices=devices,
        is_dead_address=False,  # a person is no device, and may come with another
        retry_after=None if taken else max(pauses, default=None),
        is_of_domain=bool(pauses) and not taken,  # one service's wait is not the account's
        is_untried=all(receipt.is_untried for receipt in receipts),
    )


def _rank(receipt: Receipt) -> int:
    order = (
        receipt.verdict is Verdict.ACCEPTED,
        receipt.is_account_problem,
        receipt.verdict is Verdict.UNCERTAIN,
        receipt.verdict is Verdict.TEMPORARY,
        receipt.verdict is Verdict.NOT_SENT,
        not receipt.is_dead_address,
        True,
    )
    return order.index(True)


def _judge(answer: Answer, subscription: Subscription, *, now: datetime) -> Receipt:
    """Return what one device's push service says.

    A subscription that was made with another's key is refused as a wrong key of ours is; and anybody
    can bring one. So only what has worked before says that the fault is ours.
    """
    status = answer.status
    code, text = str(status), f"answered {status}"
    if status in _ACCEPTED:
        return Receipt(Verdict.ACCEPTED, code=code, text=text)
    if status in _GONE:
        return Receipt(Verdict.PERMANENT, code=code, text=text, is_dead_address=True)
    if status in _TEMPORARY or status >= _SERVER_ERROR:
        pause = parse_retry_after(answer.headers.get("retry-after"), now=now)
        is_outage = status >= _SERVER_ERROR
        return Receipt(
            Verdict.TEMPORARY, code=code, text=text, retry_after=pause, is_outage=is_outage
        )
    if status in _REFUSED and subscription.has_worked:
        return Receipt(Verdict.TEMPORARY, code=code, text=text, is_account_problem=True)
    return Receipt(Verdict.PERMANENT, code=code, text=text)


def _name_topic(collapse: str) -> str:
    """Return a topic of 32 signs of base64url (RFC 8030, 5.4) that tells nothing of the name."""
    return hashlib.sha256(collapse.encode()).hexdigest()[:_TOPIC]
