"""The built-in mailbox for pushes: nothing leaves, and every device counts as reached."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from channels.base import BEGIN_WITHIN, DeviceTold, OnResult, Push, Receipt, Verdict
from channels.push.web import NO_DEVICE


class MailboxPush:
    """Accepts every push; whoever calls keeps the content."""

    name = "mailbox"
    keeps_content = True

    def send(
        self,
        items: Sequence[Push],
        on_result: OnResult,
        *,
        now: datetime,  # noqa: ARG002
        begin_within: timedelta = BEGIN_WITHIN,  # noqa: ARG002
    ) -> None:
        """Keep the pushes: see `channels.base.Provider`."""
        for index, push in enumerate(items):
            on_result(index, _keep(push))

    def close(self) -> None:
        """Do nothing: there are no connections."""


def _keep(push: Push) -> Receipt:
    devices = tuple(DeviceTold(one.id, took=True) for one in push.subscriptions)
    if not devices:
        return NO_DEVICE
    text = f"{len(devices)} of {len(devices)} devices; kept in the mailbox"
    return Receipt(Verdict.ACCEPTED, code="201", text=text, devices=devices)
