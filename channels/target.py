"""An http(s) URL, taken apart by one strict parser and never read by another one again."""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Final

import idna

_URL: Final = re.compile(
    r"(?P<scheme>[Hh][Tt][Tt][Pp][Ss]?)://"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s\\/?#@:\[\]%]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>[/?][!\"$-\[\]-~]*)?"  # printable ASCII without # and backslash
)
_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME: Final = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LONGEST: Final = 2_000
_PORTS: Final = {"http": 80, "https": 443}
_GREATEST_PORT: Final = 65_535


class TargetRefused(ValueError):
    """A URL, address or port that nothing may be sent to; the message says why, for people."""

    code = "target_refused"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes.

    Attributes:
        host: a name in ASCII and lower case without a dot at its end, or an IP address in its one
            right spelling, without brackets.
        path: with the query, as it stands in the request line.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what is one server to us."""
        return f"{self.scheme}://{self._shown}:{self.port}"

    @property
    def authority(self) -> str:
        """What the header Host says: the port only where it is not the scheme's own."""
        is_usual = self.port == _PORTS[self.scheme]
        return self._shown if is_usual else f"{self._shown}:{self.port}"

    @property
    def _shown(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def parse_target(url: str) -> Target:
    """Return the parts of a URL.

    Raises:
        TargetRefused: not plain http or https; with user information, a fragment, blanks, control
            characters or backslashes; or a host in a spelling that parsers disagree about.
    """
    found = _URL.fullmatch(url)
    if found is None or len(url) > _LONGEST:
        raise TargetRefused(
            "a URL is http:// or https://, a host, perhaps a port, and a path in ASCII; without a "
            f"user, a fragment, blanks or backslashes, at most {_LONGEST} characters"
        )
    scheme = found["scheme"].lower()
    port = int(found["port"]) if found["port"] else _PORTS[scheme]
    if not 1 <= port <= _GREATEST_PORT:
        raise TargetRefused("the port must be a number from 1 to 65535")
    path = found["path"] or "/"
    return Target(scheme, _read_host(found["host"]), port, path if path[0] == "/" else f"/{path}")


def _read_host(written: str) -> str:
    if written.startswith("["):
        try:
            return str(IPv6Address(written[1:-1]))
        except ValueError:
            raise TargetRefused("the host is no IPv6 address") from None
    host = written.lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except UnicodeError:
            raise TargetRefused("the host is no domain name") from None
    host = host.removesuffix(".")
    if not _NAME.fullmatch(host):
        raise TargetRefused("the host is no domain name")
    if _NUMBER.fullmatch(host.rpartition(".")[2]):  # what inet_aton would read as an address
        try:
            return str(ip_address(host))
        except ValueError:
            raise TargetRefused("an IPv4 address is written as four decimal numbers") from None
    return host
