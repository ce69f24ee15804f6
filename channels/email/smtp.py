"""Sends letters through SMTP over kept connections. Every letter gets a verdict of its own."""

import contextlib
import queue
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from channels.base import BEGIN_WITHIN, Letter, OnResult, Receipt, Verdict
from channels.email.connection import AccountRefused, SmtpConnection
from channels.email.envelope import Envelope
from channels.email.header_gates import HeaderRefused, encode_address
from channels.email.mime import build_letter, derive_message_id
from channels.email.smtp_settings import SmtpSettings
from channels.email.wire import ConnectionLost

_FRUITLESS: Final = 2  # connections lost at the same letter, before the one behind it is tried
_VICTIMS: Final = 2  # letters lost so in a row, before the rest of the chunk is left for later


class SmtpEmail:
    """One account at an SMTP server; each call of `send` uses one connection at a time."""

    name = "smtp"
    keeps_content = False

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._idle: queue.LifoQueue[SmtpConnection] = queue.LifoQueue(settings.maximum_idle)

    def send(
        self,
        items: Sequence[Letter],
        on_result: OnResult,
        *,
        now: datetime,
        begin_within: timedelta = BEGIN_WITHIN,
    ) -> None:
        """Hand over the letters in order: see `channels.base.Provider`.

        A letter that a dying connection certainly did not carry is tried once more on a new one.
        """
        deadline = time.monotonic() + begin_within.total_seconds()
        envelopes: list[Envelope] = []
        places: list[int] = []  # of each envelope, where its letter stands
        for index, letter in enumerate(items):
            try:
                envelopes.append(self._prepare(letter, now=now))
            except HeaderRefused as refused:
                on_result(index, Receipt(Verdict.PERMANENT, code=refused.code, text=str(refused)))
            else:
                places.append(index)

        def report(place: int, receipt: Receipt) -> None:
            on_result(places[place], receipt)

        self.send_envelopes(envelopes, report, deadline=deadline)

    def _prepare(self, letter: Letter, *, now: datetime) -> Envelope:
        """Return the letter built and signed.

        Raises:
            HeaderRefused: an address or text that cannot stand in its header.
        """
        data = build_letter(letter, now=now)
        for signer in self._settings.signers:
            data = signer.sign(data, now=now)
        return Envelope(
            sender=encode_address(letter.envelope_sender or letter.sender.address),
            recipient=encode_address(letter.recipient.address),
            data=data,
            message_id=derive_message_id(letter),
        )

    def send_envelopes(
        self, envelopes: Sequence[Envelope], on_result: OnResult, *, deadline: float
    ) -> None:
        """Hand over letters that are built already, in order; otherwise like `send`.

        Args:
            envelopes: a chunk.
            on_result: told of each receipt.
            deadline: of the monotonic clock, after which no content begins to leave.
        """
        done = fruitless = victims = 0  # the first `done` have been told of

        def report(place: int, receipt: Receipt) -> None:
            nonlocal done
            index, done = start + place, start + place + 1
            on_result(index, receipt)

        while done < len(envelopes) and victims < _VICTIMS and time.monotonic() <= deadline:
            start = done
            try:
                connection = self._take()
            except (AccountRefused, ConnectionLost) as error:
                self._report_rest(len(envelopes), done, _judge_failure(error), on_result)
                return
            try:
                connection.send(envelopes[start:], report, deadline=deadline)
            except BaseException:
                connection.abandon()  # the next letter may be under way on it
                raise
            self._give_back(connection)
            if done > start:
                fruitless = victims = 0
                continue
            fruitless += 1
            if fruitless == _FRUITLESS:
                fruitless, victims = 0, victims + 1
                text = "the connection was lost at this letter, twice"
                report(0, Receipt(Verdict.NOT_SENT, text=text))
        text = "no time was left for it" if victims < _VICTIMS else "the connection was lost"
        self._report_rest(len(envelopes), done, Receipt(Verdict.NOT_SENT, text=text), on_result)

    @staticmethod
    def _report_rest(count: int, done: int, receipt: Receipt, on_result: OnResult) -> None:
        for index in range(done, count):
            on_result(index, receipt)

    def _take(self) -> SmtpConnection:
        while True:
            try:
                connection = self._idle.get_nowait()
            except queue.Empty:
                return SmtpConnection(self._settings)
            if connection.is_usable():
                return connection
            connection.close()

    def _give_back(self, connection: SmtpConnection) -> None:
        if not connection.has_room:
            connection.close()
            return
        try:
            self._idle.put_nowait(connection)
        except queue.Full:
            connection.close()

    def close(self) -> None:
        """Close every idle connection."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()


def _judge_failure(error: AccountRefused | ConnectionLost) -> Receipt:
    """Return the receipt of letters for which there was no connection."""
    if isinstance(error, ConnectionLost):
        return Receipt(Verdict.NOT_SENT, text=str(error))
    reply = error.reply
    code = None if reply is None else reply.enhanced or str(reply.code)
    return Receipt(Verdict.NOT_SENT, code=code, text=str(error), is_account_problem=True)
