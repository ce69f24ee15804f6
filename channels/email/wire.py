"""The SMTP conversation on one socket (RFC 5321).

Replies are bounded, every wait has a deadline, and a write tells how much of it has left.
"""

import re
import socket
import ssl
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Final

_LONGEST_LINE: Final = 4_096  # octets; RFC 5321 4.5.3.1.5 says 512, some servers say more
_MOST_LINES: Final = 128
_PIECE: Final = 1 << 18
_REPLY_LINE: Final = re.compile(rb"([2-5][0-9]{2})([ -]?)(.*)", re.DOTALL)
_ENHANCED: Final = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?: |\Z)")
_FIRST_REFUSAL: Final = 400


class ConnectionLost(Exception):
    """The conversation cannot go on; the reason is for the log.

    Attributes:
        octets_sent: of the write in progress, how many the operating system had taken.
    """

    def __init__(self, reason: str, octets_sent: int = 0) -> None:
        super().__init__(reason)
        self.octets_sent = octets_sent


class CertificateRefused(ConnectionLost):
    """The server's certificate is not trusted."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply, perhaps of many lines."""

    code: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its lines as one, printable, at most 500 characters."""
        return re.sub(r"[^ -~]+", " ", " ".join(self.lines))[:500]

    @property
    def enhanced(self) -> str | None:
        """The enhanced status code, such as ``5.1.1`` (RFC 3463), where there is one."""
        found = _ENHANCED.match(self.lines[0])
        if found is None or found.group(1) != str(self.code)[0]:
            return None
        return ".".join(found.groups())

    @property
    def is_positive(self) -> bool:
        """Whether the command was taken."""
        return self.code < _FIRST_REFUSAL


class Wire:
    """A socket that reads whole replies, and writes all or says how far it came."""

    def __init__(self, plain: socket.socket, reply_seconds: float) -> None:
        self._socket: socket.socket = plain
        self._buffer = bytearray()
        self.reply_seconds = reply_seconds
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, data: bytes, seconds: float) -> None:
        """Hand data to the operating system.

        Raises:
            ConnectionLost: with the count of octets taken before it failed.
        """
        deadline = time.monotonic() + seconds
        view, done = memoryview(data), 0
        while done < len(data):
            try:
                self._socket.settimeout(max(deadline - time.monotonic(), 0.001))
                done += self._socket.send(view[done : done + _PIECE])
            except OSError as error:
                raise ConnectionLost(f"while writing: {type(error).__name__}", done) from None

    def read_reply(self, seconds: float | None = None) -> Reply:
        """Return the next reply; the deadline is for all of it, so a byte a second gains nothing.

        Raises:
            ConnectionLost: closed, too slow, or not SMTP.
        """
        deadline = time.monotonic() + (self.reply_seconds if seconds is None else seconds)
        lines: list[str] = []
        code = b""
        while True:
            found = _REPLY_LINE.fullmatch(self._read_line(deadline))
            if found is None or (code and found[1] != code) or len(lines) >= _MOST_LINES:
                raise ConnectionLost("the server's reply is not SMTP")
            code = found[1]
            lines.append(found[3].decode("utf-8", "replace"))
            if found[2] != b"-":
                return Reply(int(code), tuple(lines))

    def _read_line(self, deadline: float) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > _LONGEST_LINE:
                raise ConnectionLost("the server's reply has no end")
            self._buffer += self._receive(deadline)
        line = bytes(self._buffer[:end]).rstrip(b"\r")
        del self._buffer[: end + 1]
        return line

    def _receive(self, deadline: float) -> bytes:
        left = deadline - time.monotonic()
        if left <= 0:
            raise ConnectionLost("the server did not answer in time")
        try:
            self._socket.settimeout(left)
            part = self._socket.recv(16_384)
        except TimeoutError:
            raise ConnectionLost("the server did not answer in time") from None
        except OSError as error:
            raise ConnectionLost(f"while reading: {type(error).__name__}") from None
        if not part:
            raise ConnectionLost("the server closed the connection")
        return part

    def start_tls(self, context: ssl.SSLContext, host: str, seconds: float) -> None:
        """Continue inside TLS.

        Raises:
            CertificateRefused: it is not trusted, or another host's.
            ConnectionLost: TLS failed, or something was said in plain text after STARTTLS
                (RFC 3207 5; injected replies would be believed).
        """
        if self._buffer:
            raise ConnectionLost("the server spoke between STARTTLS and TLS")
        try:
            self._socket.settimeout(seconds)
            self._socket = context.wrap_socket(self._socket, server_hostname=host)
        except ssl.SSLCertVerificationError as error:
            raise CertificateRefused(f"TLS: {error.verify_message}") from None
        except OSError as error:
            raise ConnectionLost(f"TLS: {error}") from None

    def own_address(self) -> str:
        """Return our end's address as EHLO takes it where there is no name (RFC 5321 4.1.3)."""
        address = ip_address(str(self._socket.getsockname()[0]).partition("%")[0])
        return f"[IPv6:{address}]" if isinstance(address, IPv6Address) else f"[{address}]"

    def is_quiet(self) -> bool:
        """Return whether an idle connection is still open and the server has said nothing.

        What it says then is a farewell: a 421, or an end of file.
        """
        try:
            self._socket.settimeout(0)
            return not self._buffer and self._socket.recv(1) is None
        except (BlockingIOError, ssl.SSLWantReadError):
            return True
        except OSError:
            return False

    def close(self) -> None:
        """Close at once."""
        self._socket.close()
