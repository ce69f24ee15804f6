"""The built-in mailbox for texts. Nothing leaves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from channels.base import BEGIN_WITHIN, OnResult, Receipt, Text, Verdict
from channels.sms.gate import refuse_text


class MailboxSms:
    """Accepts every text; whoever calls keeps the content."""

    name = "mailbox"
    keeps_content = True

    def send(
        self,
        items: Sequence[Text],
        on_result: OnResult,
        *,
        now: datetime,  # noqa: ARG002
        begin_within: timedelta = BEGIN_WITHIN,  # noqa: ARG002
    ) -> None:
        """Keep the texts: see `channels.base.Provider`."""
        kept = Receipt(Verdict.ACCEPTED, text="kept in the mailbox")
        for index, text in enumerate(items):
            on_result(index, refuse_text(text) or kept)

    def close(self) -> None:
        """Do nothing: there are no connections."""
