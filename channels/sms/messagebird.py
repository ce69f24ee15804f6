"""Sends texts by MessageBird's SMS API (now Bird).

The API knows no idempotency key, so a request that left without an answer is `UNCERTAIN`.
Sources: https://developers.messagebird.com/api/sms-messaging, …/api/#api-errors.
"""

from datetime import datetime
from typing import Any, Final

import orjson

from channels.base import Receipt, Text, Verdict
from channels.http_client import Answer
from channels.provider_api import YES, ApiCall, Meaning, judge_status, read_object, refuse
from channels.sms.costs import read_count
from channels.sms.messagebird_account import MessageBirdAccount
from channels.sms.text_api import mask
from channels.target import parse_target

_NOT_ALLOWED, _NO_BALANCE = 2, 25
_LEFT: Final = frozenset({"scheduled", "sent", "buffered", "delivered"})


class MessageBird:
    """One account at MessageBird."""

    name = "messagebird"

    def __init__(self, account: MessageBirdAccount) -> None:
        self._account = account
        self.target = parse_target(f"{account.base}/messages")

    def build(self, text: Text) -> ApiCall:
        """Return the request that sends a text."""
        account = self._account
        asked = {
            "originator": text.sender or account.sender,
            "recipients": [text.recipient.lstrip("+")],
            "body": text.body.encode("utf-8", "replace").decode(),
            "datacoding": "auto",
            "reference": str(text.id),
        }
        if account.report_to:
            asked["reportUrl"] = account.report_to
        headers = (
            ("Authorization", f"AccessKey {account.key}"),
            ("Content-Type", "application/json"),
        )
        return ApiCall(headers, orjson.dumps(asked))

    def judge(self, answer: Answer, *, now: datetime) -> Receipt:
        """Return what the answer means."""
        said = read_object(answer)
        if answer.status in YES:
            return _judge_created(said, answer.status)
        number, parameter, words = _find_error(said)
        text = mask(f"answered {answer.status}: {words}".rstrip(": "))
        code = str(number if number is not None else answer.status)
        if number in {_NOT_ALLOWED, _NO_BALANCE} or parameter == "originator":
            return refuse(answer, Meaning.US, code=code, text=text, now=now)
        meaning = judge_status(answer.status)
        if meaning is not Meaning.ITEM:
            return refuse(answer, meaning, code=str(answer.status), text=text, now=now)
        meaning = Meaning.DEAD if parameter == "recipients" else Meaning.ITEM
        return refuse(answer, meaning, code=code, text=text, now=now)


def _judge_created(said: dict[str, Any], status: int) -> Receipt:
    found, item = said.get("id"), _find_item(said)
    if not isinstance(found, str) or not found:
        text = f"answered {status} without a message"
        return Receipt(Verdict.UNCERTAIN, code=str(status), text=text)
    if item and item.get("status") not in _LEFT:
        text = mask(f"{item.get('status')}: {item.get('statusReason') or ''}".rstrip(": "))
        return Receipt(Verdict.PERMANENT, provider_id=found[:200], code=str(status), text=text)
    return Receipt(
        Verdict.ACCEPTED,
        provider_id=found[:200],
        code=str(status),
        parts=read_count(item.get("messagePartCount")),
    )


def _find_item(said: dict[str, Any]) -> dict[str, Any]:
    recipients = said.get("recipients")
    items = recipients.get("items") if isinstance(recipients, dict) else None
    return items[0] if isinstance(items, list) and items and isinstance(items[0], dict) else {}


def _find_error(said: dict[str, Any]) -> tuple[int | None, str | None, str]:
    """Return the code, the parameter and the words of the first error that it names."""
    errors = said.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    if not isinstance(first, dict):
        return None, None, ""
    number, parameter = first.get("code"), first.get("parameter")
    return (
        number if isinstance(number, int) else None,
        parameter if isinstance(parameter, str) else None,
        str(first.get("description") or ""),
    )
