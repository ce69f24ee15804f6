"""The one outgoing HTTP client: it connects to checked addresses only, and ends in time.

It is built on httpcore, the connections beneath httpx, because what httpx adds must not happen
here: redirects, cookies, proxies and credentials from the environment, unpacking of answers.
"""

import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeAlias

import httpcore
from typing_extensions import override

from channels.target import Target

Resolve: TypeAlias = Callable[[str, int], Sequence[str]]

_PIECE: Final = 16_384  # octets a write, so that a slow reader is noticed in time
_IDLE_SECONDS: Final = 5.0  # shorter than servers keep a line open: a closed one costs an UNCERTAIN
_CONNECT_SECONDS: Final = 3.0  # a lost first packet is sent again after one
_CONNECTIONS: Final = 256
_WRITTEN: Final = "http11.send_request_body.complete"


class NoAnswer(Exception):
    """The server has not answered.

    Attributes:
        may_have_arrived: whether all of the request had left.
    """

    def __init__(self, reason: str, *, may_have_arrived: bool) -> None:
        super().__init__(reason)
        self.may_have_arrived = may_have_arrived


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        headers: names in lower case; of a repeated one the last.
        body: as it came, packed if it came packed.
        flaw: why the body is not whole; "" if it is.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    flaw: str = ""


def look_up(host: str, port: int) -> list[str]:
    """Return every address of a host.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class HttpClient:
    """Sends requests over kept connections; threads may share it."""

    def __init__(
        self,
        resolve: Resolve = look_up,
        *,
        tls_context: ssl.SSLContext | None = None,
        maximum_octets: int = 65_536,
    ) -> None:
        """Prepare to connect.

        Args:
            resolve: returns the addresses of a host that may be connected to. What it raises other
                than OSError comes through to whoever requests.
            tls_context: who is trusted; by default those whom the operating system trusts.
            maximum_octets: of an answer's body.
        """
        self._maximum_octets = maximum_octets
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls_context or ssl.create_default_context(),
            max_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=_Network(resolve),
        )

    def request(
        self,
        method: str,
        target: Target,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        *,
        timeout: timedelta,
    ) -> Answer:
        """Send one request and return the answer, whatever its status.

        Args:
            method: upper case.
            target: where to; it is not parsed again.
            headers: checked ones, without Host and Content-Length.
            body: may be empty.
            timeout: for all of it.

        Raises:
            NoAnswer: no connection, no whole head of an answer in time, or nonsense.
        """
        seconds = timeout.total_seconds()
        deadline = time.monotonic() + seconds
        written = False

        def trace(step: str, _: dict[str, Any]) -> None:
            nonlocal written
            written = written or step == _WRITTEN

        # Our network reads these three as instants, not as durations: a duration would begin anew
        # with every octet that a slow server sends.
        limits = {"connect": deadline, "read": deadline, "write": deadline, "pool": seconds}
        try:
            with self._pool.stream(
                method,
                httpcore.URL(
                    scheme=target.scheme.encode(),
                    host=target.host.encode(),
                    port=target.port,
                    target=target.path.encode(),
                ),
                headers=[
                    (name.encode("ascii"), value.encode("ascii"))
                    for name, value in (("Host", target.authority), *headers)
                ],
                content=body,
                extensions={"timeout": limits, "trace": trace},
            ) as response:
                return self._read(response)
        except _FAILURES as error:
            raise NoAnswer(_describe(error), may_have_arrived=written) from None

    def _read(self, response: httpcore.Response) -> Answer:
        parts, size, flaw = [], 0, ""
        try:
            for part in response.iter_stream():
                parts.append(part)
                size += len(part)
                if size > self._maximum_octets:
                    flaw = f"the answer is longer than {self._maximum_octets} octets"
                    break
        except _FAILURES as error:
            flaw = f"the answer broke off: {_describe(error)}"
        return Answer(
            status=response.status,
            headers={
                name.decode("latin-1").lower(): value.decode("latin-1")
                for name, value in response.headers
            },
            body=b"".join(parts)[: self._maximum_octets],
            flaw=flaw,
        )

    def close(self) -> None:
        """Close idle connections."""
        self._pool.close()


_FAILURES: Final = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
)


def _describe(error: Exception) -> str:
    match error:
        case httpcore.TimeoutException():
            return "the server did not answer in time"
        case httpcore.ConnectError():
            return f"cannot connect: {str(error)[:200]}"
        case httpcore.ProtocolError():
            return f"not HTTP: {str(error)[:200]}"
        case _:
            return f"the connection was lost: {type(error).__name__}"


class _Network(httpcore.NetworkBackend):
    """Connects to the addresses that `resolve` gives, and to no other."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._sockets = httpcore.SyncBackend()

    @override
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(f"the host is not found ({error.strerror})") from None
        failure: Exception = httpcore.ConnectError("the host has no address")
        for left_over, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            seconds = _share(_left(timeout), left_over)
            try:
                return _Stream(
                    self._sockets.connect_tcp(address, port, seconds, local_address, socket_options)
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class _Stream(httpcore.NetworkStream):
    """A connection whose time limits are instants of the monotonic clock."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    @override
    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout))

    @override
    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            self._inner.write(buffer[start : start + _PIECE], _left(timeout))

    @override
    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _left(timeout)))

    @override
    def close(self) -> None:
        self._inner.close()

    @override
    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _share(seconds: float | None, addresses: int) -> float | None:
    """Return how long one of so many addresses is waited for, so that time is left for the others."""
    if seconds is None:
        return None
    return max(seconds / addresses, min(seconds / 2, _CONNECT_SECONDS))


def _left(deadline: float | None) -> float | None:
    """Return the seconds until an instant.

    Raises:
        httpcore.ReadTimeout: it has passed.
    """
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left
