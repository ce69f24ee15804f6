"""The built-in mailbox of every channel: nothing leaves, and what could be sent counts as sent."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from channels.base import (
    BEGIN_WITHIN,
    Call,
    DeviceTold,
    Letter,
    OnResult,
    Push,
    Receipt,
    Text,
    Verdict,
    WebhookAnswer,
)
from channels.email.header_gates import HeaderRefused
from channels.email.mime import build_letter, derive_message_id
from channels.push.web import NO_DEVICE
from channels.sms.gate import refuse_text
from channels.webhook.headers import CallHeaderRefused, check_headers

Item = TypeVar("Item")
_KEPT = "kept in the mailbox"


class Mailbox(Generic[Item]):
    """Takes every item of a channel that could be sent; whoever calls keeps the content.

    Args:
        keep: what becomes of an item, as of the time it says that it was sent.
    """

    name = "mailbox"
    keeps_content = True

    def __init__(self, keep: Callable[[Item, datetime], Receipt]) -> None:
        self._keep = keep

    def send(
        self,
        items: Sequence[Item],
        on_result: OnResult,
        *,
        now: datetime,
        begin_within: timedelta = BEGIN_WITHIN,  # noqa: ARG002
    ) -> None:
        """Keep the items: see `channels.base.Provider`."""
        for index, item in enumerate(items):
            on_result(index, self._keep(item, now))

    def close(self) -> None:
        """Do nothing: there are no connections."""


def keep_letter(letter: Letter, now: datetime) -> Receipt:
    """Build the letter as for the wire, so that what fails there fails here."""
    try:
        build_letter(letter, now=now)
    except HeaderRefused as refused:
        return Receipt(Verdict.PERMANENT, code=refused.code, text=str(refused))
    return Receipt(Verdict.ACCEPTED, provider_id=derive_message_id(letter), text=_KEPT)


def keep_text(text: Text, now: datetime) -> Receipt:  # noqa: ARG001
    """Take a text to a number that there can be."""
    return refuse_text(text) or Receipt(Verdict.ACCEPTED, text=_KEPT)


def keep_call(call: Call, now: datetime) -> Receipt:  # noqa: ARG001
    """Answer a call with 200 and ``{}``."""
    try:
        check_headers(call.headers)
    except CallHeaderRefused as refused:
        return Receipt(Verdict.PERMANENT, code=refused.code, text=str(refused))
    answer = WebhookAnswer(200, {"content-type": "application/json"}, {})
    return Receipt(Verdict.ACCEPTED, code="200", text=_KEPT, answer=answer)


def keep_push(push: Push, now: datetime) -> Receipt:  # noqa: ARG001
    """Count every device as reached."""
    devices = tuple(DeviceTold(one.id, took=True) for one in push.subscriptions)
    if not devices:
        return NO_DEVICE
    text = f"{len(devices)} of {len(devices)} devices; {_KEPT}"
    return Receipt(Verdict.ACCEPTED, code="201", text=text, devices=devices)
