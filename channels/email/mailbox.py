"""The built-in mailbox for letters. Nothing leaves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from channels.base import BEGIN_WITHIN, Letter, OnResult, Receipt, Verdict
from channels.email.header_gates import HeaderRefused
from channels.email.mime import build_letter, derive_message_id


class MailboxEmail:
    """Accepts every letter that could be sent; whoever calls keeps the content."""

    name = "mailbox"
    keeps_content = True

    def send(
        self,
        items: Sequence[Letter],
        on_result: OnResult,
        *,
        now: datetime,
        begin_within: timedelta = BEGIN_WITHIN,  # noqa: ARG002
    ) -> None:
        """Keep the letters: see `channels.base.Provider`."""
        for index, letter in enumerate(items):
            on_result(index, _keep(letter, now=now))

    def close(self) -> None:
        """Do nothing: there are no connections."""


def _keep(letter: Letter, *, now: datetime) -> Receipt:
    """Build the letter as for the wire, so that what fails there fails here."""
    try:
        build_letter(letter, now=now)
    except HeaderRefused as refused:
        return Receipt(Verdict.PERMANENT, code=refused.code, text=str(refused))
    return Receipt(
        Verdict.ACCEPTED, provider_id=derive_message_id(letter), text="kept in the mailbox"
    )
