"""The built-in mailbox for calls: an endpoint without a URL. Nothing leaves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from channels.base import BEGIN_WITHIN, Call, OnResult, Receipt, Verdict, WebhookAnswer
from channels.webhook.headers import CallHeaderRefused, check_headers


class MailboxWebhooks:
    """Answers every call with 200 and ``{}``; whoever calls keeps the content."""

    name = "mailbox"
    keeps_content = True

    def send(
        self,
        items: Sequence[Call],
        on_result: OnResult,
        *,
        now: datetime,  # noqa: ARG002
        begin_within: timedelta = BEGIN_WITHIN,  # noqa: ARG002
    ) -> None:
        """Keep the calls: see `channels.base.Provider`."""
        for index, call in enumerate(items):
            on_result(index, _keep(call))

    def close(self) -> None:
        """Do nothing: there are no connections."""


def _keep(call: Call) -> Receipt:
    try:
        check_headers(call.headers)
    except CallHeaderRefused as refused:
        return Receipt(Verdict.PERMANENT, code=refused.code, text=str(refused))
    answer = WebhookAnswer(200, {"content-type": "application/json"}, {})
    return Receipt(Verdict.ACCEPTED, code="200", text="kept in the mailbox", answer=answer)
