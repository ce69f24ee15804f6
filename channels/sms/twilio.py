"""Sends texts by Twilio's REST API.

The API knows no idempotency key, so a request that left without an answer is `UNCERTAIN`.
Source: https://www.twilio.com/docs/messaging/api/message-resource, …/docs/api/errors. Twilio adds
codes as it goes and asks not to rely on them: an unknown one is a permanent refusal of one text.
"""

from base64 import b64encode
from datetime import datetime
from typing import Any, Final

from channels.base import Receipt, Text, Verdict
from channels.http_client import Answer
from channels.provider_api import YES, ApiCall, Meaning, judge_status, read_object, refuse
from channels.sms.costs import read_count
from channels.sms.senders import name_message
from channels.sms.text_api import mask, write_form
from channels.sms.twilio_account import SERVICE, TwilioAccount
from channels.target import parse_target

_OF_ONE_TEXT: Final = range(21_000, 22_000)
#: The sender, or the messaging service, is not ours to send from; or the account may as yet write to
#: few (21607, 21608): no text would fare better.
_REFUSE_US: Final = frozenset(
    {21212, 21601, 21603, 21606, 21607, 21608, 21659, 21660, 21661, 21701, 21705}
)
#: The sender's queue is full.
_FULL: Final = 21611
#: Opted out by STOP.
_OPTED_OUT: Final = 21610
#: No number, not reachable, no mobile, or a landline.
_DEAD_NUMBERS: Final = frozenset({21211, 21214, 21217, 21614, 21635})


class Twilio:
    """One account at Twilio."""

    name = "twilio"

    def __init__(self, account: TwilioAccount) -> None:
        self._account = account
        self.target = parse_target(
            f"{account.base}/2010-04-01/Accounts/{account.sid}/Messages.json"
        )
        login = b64encode(f"{account.sid}:{account.token}".encode()).decode("ascii")
        self._authorization = (("Authorization", f"Basic {login}"),)

    def build(self, text: Text) -> ApiCall:
        """Return the request that sends a text."""
        sender = text.sender or self._account.sender
        form = {
            "To": text.recipient,
            "MessagingServiceSid" if SERVICE.fullmatch(sender) else "From": sender,
            "Body": text.body,
        }
        if self._account.report_to:
            form["StatusCallback"] = name_message(self._account.report_to, text.id)
        return write_form(form, self._authorization)

    def judge(self, answer: Answer, *, now: datetime) -> Receipt:
        """Return what the answer means."""
        status, said = answer.status, read_object(answer)
        if status in YES:
            return _judge_created(said, status)
        number = said.get("code")
        code = number if isinstance(number, int) else status
        text = mask(f"answered {status}: {said.get('message') or ''}".rstrip(": "))
        return refuse(answer, _find_meaning(status, code), code=str(code), text=text, now=now)


def _find_meaning(status: int, code: int) -> Meaning:
    if code in _REFUSE_US:
        return Meaning.US
    by_status = judge_status(status)
    if by_status in {Meaning.BUSY, Meaning.UNSURE}:
        return by_status
    if code == _FULL:
        return Meaning.BUSY
    if code == _OPTED_OUT:
        return Meaning.OPTED_OUT
    if code in _DEAD_NUMBERS:
        return Meaning.DEAD
    return Meaning.ITEM if code in _OF_ONE_TEXT else by_status


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
