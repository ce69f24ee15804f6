"""Sends letters through SMTP over kept connections. Every letter gets a verdict of its own."""

import contextlib
import queue
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from channels.base import BEGIN_WITHIN, Letter, OnResult, Receipt, Verdict
from channels.email.connection import AccountRefused, SmtpConnection
from channels.email.dkim import DkimSigner
from channels.email.domain_gate import DomainGate
from channels.email.envelope import Envelope
from channels.email.header_gates import HeaderRefused, encode_address
from channels.email.mime import build_letter, derive_message_id
from channels.email.smtp_settings import SmtpSettings
from channels.email.wire import ConnectionLost

_FRUITLESS: Final = 2  # connections lost at the same letter, before the one behind it is tried
_VICTIMS: Final = 2  # letters lost so in a row, before the rest of the chunk is left for later
_TOGETHER: Final = 16 << 20  # octets of attachments in letters that are built together


class SmtpEmail:
    """One account at an SMTP server; each call of `send` uses one connection at a time."""

    name = "smtp"
    keeps_content = False

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._gate = DomainGate(settings.per_domain)
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
        for start, end in _list_slices(items):
            self._send_slice(items, range(start, end), on_result, now=now, deadline=deadline)

    def _send_slice(
        self,
        items: Sequence[Letter],
        indices: range,
        on_result: OnResult,
        *,
        now: datetime,
        deadline: float,
    ) -> None:
        envelopes: list[Envelope] = []
        places: list[int] = []  # of each envelope, where its letter stands
        for index in indices:
            letter = items[index]
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
        for signer in choose_signers(self._settings.signers, letter.sender.address):
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
        """Hand over letters that are built already; otherwise like `send`.

        They go in order, save those to a domain that has all its connections: they wait.

        Args:
            envelopes: a chunk.
            on_result: told of each receipt.
            deadline: of the monotonic clock, after which no content begins to leave.
        """
        left = list(range(len(envelopes)))
        while left:
            taken = self._gate.take({envelopes[one].domain for one in left}, deadline=deadline)
            if not taken:
                text = "its domain had all its connections"
                for index in left:
                    receipt = Receipt(Verdict.NOT_SENT, text=text, is_of_domain=True)
                    on_result(index, receipt)
                return
            now = [one for one in left if envelopes[one].domain in taken]
            left = [one for one in left if envelopes[one].domain not in taken]
            try:
                self._send_together(envelopes, now, on_result, deadline=deadline)
            finally:
                self._gate.give_back(taken)

    def _send_together(
        self,
        chunk: Sequence[Envelope],
        indices: Sequence[int],
        on_result: OnResult,
        *,
        deadline: float,
    ) -> None:
        envelopes = [chunk[one] for one in indices]

        def tell(place: int, receipt: Receipt) -> None:
            on_result(indices[place], self._gate.note(envelopes[place].domain, receipt))

        self._send_in_order(envelopes, tell, deadline=deadline)

    def _send_in_order(
        self, envelopes: Sequence[Envelope], on_result: OnResult, *, deadline: float
    ) -> None:
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
                connection.send(
                    envelopes[start:], report, deadline=deadline, refuse=self._gate.refuse
                )
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


def choose_signers(signers: Sequence[DkimSigner], sender: str) -> Sequence[DkimSigner]:
    """Return who signs: those of the sender's domain, since only theirs prove it (RFC 7489 3.1.1).

    Where there are none, all: a signature of another domain still tells who answers for a letter.
    """
    domain = encode_address(sender).rpartition("@")[2].lower()
    own = [
        one
        for one in signers
        if domain == one.domain.lower() or domain.endswith(f".{one.domain.lower()}")
    ]
    return own or signers


def _list_slices(items: Sequence[Letter]) -> Iterator[tuple[int, int]]:
    """Yield from where to where letters are built together, so that files do not fill the memory."""
    start = size = 0
    for index, letter in enumerate(items):
        own = sum(len(one.content) for one in letter.attachments)
        if size and size + own > _TOGETHER:
            yield start, index
            start, size = index, 0
        size += own
    if start < len(items):
        yield start, len(items)


def _judge_failure(error: AccountRefused | ConnectionLost) -> Receipt:
    """Return the receipt of letters for which there was no connection."""
    if isinstance(error, ConnectionLost):
        return Receipt(Verdict.NOT_SENT, text=str(error))
    reply = error.reply
    code = None if reply is None else reply.enhanced or str(reply.code)
    return Receipt(Verdict.NOT_SENT, code=code, text=str(error), is_account_problem=True)
