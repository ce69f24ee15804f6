"""What an HTTP server's answer means for whoever called it, and which addresses are called at all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import orjson

from channels.base import Receipt, Verdict, WebhookAnswer
from channels.http_client import Answer, Resolve
from channels.retry_after import parse_retry_after
from channels.webhook.guard import Guard

_ACCEPTED: Final = range(200, 300)
_TEMPORARY: Final = frozenset({408, 425, 429})  # and 5xx
_BAD_REQUEST: Final = 400
_SERVER_ERROR: Final = 500
_GONE: Final = 410  # Standard Webhooks: send no more to this endpoint


def check_resolved(guard: Guard, resolve: Resolve) -> Resolve:
    """Return what gives a host's addresses, all of them checked: what is checked is connected to."""

    def resolve_checked(host: str, port: int) -> Sequence[str]:
        addresses = resolve(host, port)
        guard.check_addresses(addresses, port)
        return addresses

    return resolve_checked


def judge(answer: Answer, *, now: datetime) -> Receipt:
    """Return the receipt: the status decides, and an answer that cannot be read is a failure."""
    status, text = answer.status, f"answered {answer.status}"
    if status in _TEMPORARY or status >= _SERVER_ERROR:
        verdict = Verdict.TEMPORARY
    elif status >= _BAD_REQUEST:
        verdict = Verdict.PERMANENT
    elif status not in _ACCEPTED:
        verdict, text = Verdict.PERMANENT, f"{text}: redirects are not followed"
    elif answer.flaw:
        verdict, text = Verdict.PERMANENT, f"{text}, but {answer.flaw}"
    else:
        verdict = Verdict.ACCEPTED
    return Receipt(
        verdict,
        code=str(status),
        text=text,
        is_account_problem=status == _GONE,
        retry_after=parse_retry_after(answer.headers.get("retry-after"), now=now)
        if verdict is Verdict.TEMPORARY
        else None,
        answer=WebhookAnswer(status, answer.headers, _read_body(answer)),
    )


def _read_body(answer: Answer) -> Any:
    """Return the JSON value or the text, without what databases cannot keep."""
    text = answer.body.decode("utf-8", "replace").replace("\0", "\ufffd")
    is_json = "json" in answer.headers.get("content-type", "")
    if not is_json or answer.flaw or "\\u0000" in text:
        return text
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
