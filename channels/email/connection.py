"""One open connection to an SMTP server, pipelined where the server offers it (RFC 2920).

With PIPELINING, MAIL, RCPT and DATA of a letter travel in one write, and those of the next ride
behind the final dot of the one before: one round trip a letter.
"""

import contextlib
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import Final

from channels.base import OnResult, Receipt, Verdict
from channels.email.envelope import (
    Envelope,
    is_throttling,
    judge_reply,
    refuse_envelope,
    write_commands,
    write_content,
)
from channels.email.smtp_settings import Security, SmtpSettings
from channels.email.wire import CertificateRefused, ConnectionLost, Reply, Wire
from channels.provider_url import is_loopback

_NO_SUCH_COMMAND: Final = frozenset({500, 502, 504, 550})
_START_INPUT: Final = 354
_CHALLENGE: Final = 334
_LOGGED_IN: Final = 235
_LEAVING: Final = 421
_FIRST_FAILURE: Final = 500
_DONE: Final = range(200, 300)
_FAREWELL_SECONDS: Final = 1.0


class AccountRefused(Exception):
    """The server does not let us in: login refused, no TLS, a certificate not to be trusted."""

    def __init__(self, reason: str, reply: Reply | None = None) -> None:
        super().__init__(reason)
        self.reply = reply


class SmtpConnection:
    """A greeted, protected, logged-in connection."""

    def __init__(self, settings: SmtpSettings) -> None:
        """Connect.

        Raises:
            ConnectionLost: not reachable, too slow, or not ready (4xx).
            AccountRefused: reachable, but we may not send.
        """
        self._settings = settings
        address = (settings.host, settings.port)
        try:
            plain = socket.create_connection(address, settings.connect_seconds)
        except (OSError, UnicodeError) as error:
            raise ConnectionLost(f"cannot connect: {type(error).__name__}") from None
        self._wire = Wire(plain, settings.reply_seconds)
        self._is_protected = False
        self.sent = 0
        self.is_broken = False
        self._must_reset = False
        try:
            self._greet()
        except BaseException:
            self._wire.close()
            raise

    def _greet(self) -> None:
        settings = self._settings
        if settings.security is Security.IMPLICIT:
            self._protect()
        self._expect(self._wire.read_reply(), "greeting")
        self._hello()
        is_offered = "STARTTLS" in self.extensions
        if settings.security is Security.STARTTLS and not is_offered:
            raise AccountRefused("the server does not offer STARTTLS")
        if is_offered and settings.security in {Security.STARTTLS, Security.OPPORTUNISTIC}:
            self._expect(self._ask(b"STARTTLS"), "STARTTLS")
            self._protect()
            self._hello()
        if settings.username is not None:
            self._log_in(settings.username, settings.password or "")

    def _protect(self) -> None:
        settings = self._settings
        context = settings.tls_context or ssl.create_default_context()
        if settings.security is Security.OPPORTUNISTIC:  # to this machine: nobody to pose as it
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        try:
            self._wire.start_tls(context, settings.host, settings.connect_seconds)
        except CertificateRefused as refused:
            raise AccountRefused(str(refused)) from None
        self._is_protected = True

    def _hello(self) -> None:
        name = (self._settings.local_name or self._wire.own_address()).encode("ascii")
        reply = self._ask(b"EHLO " + name)
        self.extensions: dict[str, str] = {}
        if reply.code in _NO_SUCH_COMMAND:  # an old server: HELO, and no extensions
            reply = self._ask(b"HELO " + name)
        elif reply.is_positive:
            for line in reply.lines[1:]:
                keyword, _, parameters = line.replace("AUTH=", "AUTH ", 1).partition(" ")
                self.extensions[keyword.upper()] = parameters.strip()
        self._expect(reply, "EHLO")
        self.is_pipelined = self._settings.use_pipelining and "PIPELINING" in self.extensions
        size = self.extensions.get("SIZE", "")
        self._maximum_octets = int(size) if size.isdecimal() and len(size) < 16 else 0

    def _log_in(self, username: str, password: str) -> None:
        if not self._is_protected and not is_loopback(self._settings.host):
            raise AccountRefused("a password is never sent without TLS")
        offered = self.extensions.get("AUTH", "").upper().split()
        if "PLAIN" in offered:  # RFC 4616
            reply = self._ask(b"AUTH PLAIN " + b64encode(f"\0{username}\0{password}".encode()))
        elif "LOGIN" in offered:
            reply = self._ask(b"AUTH LOGIN")
            for answer in (username, password):
                if reply.code == _CHALLENGE:
                    reply = self._ask(b64encode(answer.encode()))
        else:
            raise AccountRefused("the server offers neither AUTH PLAIN nor AUTH LOGIN")
        if reply.code != _LOGGED_IN:
            self._expect(reply, "login")
            raise AccountRefused("login refused", reply)

    def _ask(self, command: bytes) -> Reply:
        self._wire.write(command + b"\r\n", self._settings.reply_seconds)
        return self._wire.read_reply()

    @staticmethod
    def _expect(reply: Reply, step: str) -> None:
        if reply.code >= _FIRST_FAILURE:
            raise AccountRefused(f"{step} refused: {reply.code} {reply.text}", reply)
        if not reply.is_positive:
            raise ConnectionLost(f"{step}: {reply.code} {reply.text}")

    @property
    def has_room(self) -> bool:
        """Whether it may carry another letter."""
        return not self.is_broken and self.sent < self._settings.messages_per_connection

    def is_usable(self) -> bool:
        """Return whether it may carry another letter and the server is still there."""
        return self.has_room and self._wire.is_quiet()

    def send(
        self,
        envelopes: Sequence[Envelope],
        on_result: OnResult,
        *,
        deadline: float,
        refuse: Callable[[str], Receipt | None] = lambda _: None,
    ) -> None:
        """Send letters in order, telling of each by its index as soon as its fate is known.

        Of letters that this connection may or can no longer carry nothing is told; they have not
        been sent. No content begins to leave after the deadline (of the monotonic clock).

        Args:
            envelopes: the letters.
            on_result: told of each receipt.
            deadline: see above.
            refuse: says of a domain, right before a letter to it is offered, why it is not.
        """
        room = min(len(envelopes), self._settings.messages_per_connection - self.sent)
        is_under_way = False  # whether this letter's MAIL, RCPT and DATA have been written already
        for index, envelope in enumerate(envelopes[:room]):
            refusal = None if is_under_way else self._refuse(envelope) or refuse(envelope.domain)
            if refusal is not None:
                on_result(index, refusal)
                continue
            try:
                refused = self._await_start(envelope, deadline, is_under_way=is_under_way)
            except ConnectionLost:
                self.abandon()
                return
            is_under_way = False
            if refused is not None:
                if refused.code == _LEAVING:
                    self.abandon()
                on_result(index, judge_reply(refused, envelope))
                if self.is_broken:
                    return
                continue
            following = envelopes[index + 1] if self.is_pipelined and index + 1 < room else None
            if following is not None and (self._refuse(following) or refuse(following.domain)):
                following = None
            follows = following is not None
            receipt = self._hand_over(envelope, following)
            if receipt is None:
                return
            on_result(index, receipt)
            if self.is_broken:
                return
            is_under_way = follows

    def _refuse(self, envelope: Envelope) -> Receipt | None:
        if envelope.is_international and "SMTPUTF8" not in self.extensions:
            text = "the server takes no addresses beyond ASCII (SMTPUTF8)"
            return Receipt(Verdict.PERMANENT, code="5.6.7", text=text)  # RFC 6531 3.5
        return refuse_envelope(envelope, self._maximum_octets)

    def _await_start(
        self, envelope: Envelope, deadline: float, *, is_under_way: bool
    ) -> Reply | None:
        """Return the refusal of an envelope; None when the server waits for the content.

        Raises:
            ConnectionLost: also when the server takes its leave, which says nothing about the
                letter, and when there is no time left for the content.
        """
        refused = self._read_envelope() if is_under_way else self._offer(envelope)
        if refused is not None and refused.code == _LEAVING and not is_throttling(refused):
            raise ConnectionLost("the server took its leave")
        if refused is None and time.monotonic() > deadline:
            raise ConnectionLost("no time was left for the content")
        return refused

    def _hand_over(self, envelope: Envelope, following: Envelope | None) -> Receipt | None:
        """Send the content, and the commands of the next letter behind it.

        Returns the receipt; None: not all of the content has left, and the connection is gone.
        """
        content = write_content(envelope.data)
        tail = b"" if following is None else write_commands(following)
        seconds = self._settings.final_reply_seconds
        until = time.monotonic() + seconds
        try:
            self._wire.write(content + tail, seconds)
        except ConnectionLost as lost:
            self.abandon()
            if lost.octets_sent < len(content):
                return None
            return Receipt(Verdict.UNCERTAIN, text=str(lost))
        try:
            reply = self._wire.read_reply(until - time.monotonic())
        except ConnectionLost as lost:
            self.abandon()
            return Receipt(Verdict.UNCERTAIN, text=str(lost))
        self.sent += 1
        if reply.is_positive and reply.code not in _DONE:
            self.abandon()
            text = "an impossible reply to the final dot"
            return Receipt(Verdict.UNCERTAIN, code=str(reply.code), text=text)
        if reply.code == _LEAVING:
            self.abandon()
        return judge_reply(reply, envelope)

    def _offer(self, envelope: Envelope) -> Reply | None:
        """Offer one envelope; return the refusal, or None when the server waits for the content."""
        if self._must_reset:
            self._must_reset = False
            if not self._ask(b"RSET").is_positive:
                raise ConnectionLost("RSET refused")
        commands = write_commands(envelope)
        if self.is_pipelined:
            self._wire.write(commands, self._settings.reply_seconds)
            return self._read_envelope()
        replies: list[Reply] = []
        for command in commands.splitlines():
            replies.append(self._ask(command))
            if not replies[-1].is_positive:
                break
        return self._check_envelope(replies)

    def _read_envelope(self) -> Reply | None:
        """Read the three replies to MAIL, RCPT and DATA; return the first refusal."""
        return self._check_envelope([self._wire.read_reply() for _ in range(3)])

    def _check_envelope(self, replies: Sequence[Reply]) -> Reply | None:
        refusal = next((reply for reply in replies if not reply.is_positive), None)
        is_waiting = replies[-1].code == _START_INPUT
        if refusal is None:
            if not is_waiting:
                raise ConnectionLost("an impossible reply to DATA")
            return None
        if is_waiting:  # nobody to send to, yet it waits: an empty letter ends that
            self._ask(b".")  # RFC 2920 3.1
        self._must_reset = True
        return refusal

    def abandon(self) -> None:
        """Close at once, whatever was under way."""
        self.is_broken = True
        self._wire.close()

    def close(self) -> None:
        """Say goodbye, without waiting long for an answer."""
        if not self.is_broken:
            with contextlib.suppress(ConnectionLost):
                self._wire.write(b"QUIT\r\n", _FAREWELL_SECONDS)
                self._wire.read_reply(_FAREWELL_SECONDS)
            self.abandon()
