"""Sends texts by Vonage's SMS API (once Nexmo).

The API answers 200 whatever it thinks of a text, and says in the body what became of each part; it
knows no idempotency key, so a request that left without an answer is `UNCERTAIN`.
Sources: https://developer.vonage.com/en/api/sms, …/en/messaging/sms/guides/troubleshooting-sms.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from channels.base import Receipt, Text, Verdict
from channels.http_client import Answer
from channels.provider_api import YES, ApiCall, Meaning, judge_status, read_object, refuse
from channels.sms.alphabet import is_gsm
from channels.sms.costs import read_price
from channels.sms.text_api import mask, write_form
from channels.sms.vonage_account import VonageAccount
from channels.target import parse_target

_CURRENCY: Final = "EUR"  # in which Vonage states its prices

_SENT: Final = "0"
_THEIR_ERROR: Final = "5"
#: Throttled, an error of theirs, too many connections.
_LATER: Final = frozenset({"1", _THEIR_ERROR, "10"})
#: Credentials, account barred, no credit, not enabled, signature, sender, where to report, an account
#: for trying out, secret and signature.
_REFUSE_US: Final = frozenset({"4", "8", "9", "11", "14", "15", "23", "29", "32"})
#: Barred, deactivated.
_DEAD: Final = frozenset({"7", "33"})


class Vonage:
    """One account at Vonage."""

    name = "vonage"

    def __init__(self, account: VonageAccount) -> None:
        self._account = account
        self.target = parse_target(f"{account.base}/sms/json")

    def build(self, text: Text) -> ApiCall:
        """Return the request that sends a text."""
        account = self._account
        form = {
            "api_key": account.key,
            "api_secret": account.secret,
            "from": (text.sender or account.sender).lstrip("+"),
            "to": text.recipient.lstrip("+"),
            "text": text.body,
            "type": "text" if is_gsm(text.body) else "unicode",
            "client-ref": str(text.id),
        }
        if account.report_to:
            form["callback"] = account.report_to
        return write_form(form)

    def judge(self, answer: Answer, *, now: datetime) -> Receipt:
        """Return what the answer means: every part of the text has a status of its own."""
        status, text = answer.status, f"answered {answer.status}"
        meaning = None if status in YES else judge_status(status)
        if meaning is not None and meaning is not Meaning.ITEM:
            return refuse(answer, meaning, code=str(status), text=text, now=now)
        messages = read_object(answer).get("messages")
        listed = messages if isinstance(messages, list) else []
        parts = [one for one in listed if isinstance(one, dict)]
        if not parts:
            return _judge_strange(answer)
        sent = [one for one in parts if _status(one) == _SENT and _find_id(one)]
        if len(sent) == len(parts):
            return _accept(parts)
        refused = next(one for one in parts if one not in sent)
        code = _status(refused)
        text = mask(f"answered {code}: {refused.get('error-text') or ''}".rstrip(": "))
        if sent or code == _SENT:  # some parts left; or they say so and name nothing
            found = _find_id(sent[0]) if sent else None
            return Receipt(Verdict.UNCERTAIN, provider_id=found, code=code, text=text)
        return _refuse(code, text)


def _judge_strange(answer: Answer) -> Receipt:
    """Judge an answer that speaks of no message."""
    text = f"answered {answer.status} without a message"
    verdict = Verdict.UNCERTAIN if answer.status in YES else Verdict.PERMANENT
    return Receipt(verdict, code=str(answer.status), text=text)


def _accept(parts: list[dict[str, Any]]) -> Receipt:
    prices = [read_price(one.get("message-price")) for one in parts]
    known = [price for price in prices if price is not None]
    is_known = len(known) == len(prices)
    return Receipt(
        Verdict.ACCEPTED,
        provider_id=_find_id(parts[0]),
        code=_SENT,
        parts=len(parts),
        price_micro=sum(known) if is_known else None,
        currency=_CURRENCY if is_known else None,
    )


def _refuse(code: str, text: str) -> Receipt:
    if code in _REFUSE_US:
        return Receipt(Verdict.NOT_SENT, code=code, text=text, is_account_problem=True)
    if code in _LATER:
        is_outage = code == _THEIR_ERROR
        return Receipt(
            Verdict.TEMPORARY,
            code=code,
            text=text,
            is_outage=is_outage,
            is_throttled=not is_outage,
        )
    return Receipt(Verdict.PERMANENT, code=code, text=text, is_dead_address=code in _DEAD)


def _status(part: Mapping[str, Any]) -> str:
    return str(part.get("status"))[:10]


def _find_id(part: Mapping[str, Any]) -> str | None:
    found = part.get("message-id")
    return found[:200] if isinstance(found, str) and found else None
