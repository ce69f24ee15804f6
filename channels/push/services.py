"""Which push services are known: a subscription names one, and anybody can make a subscription up.

So nothing is sent to a host that no browser uses, whatever a page says. Sources: the endpoints that
Chrome and others (Google), Firefox (Mozilla), Edge (Microsoft) and Safari (Apple) hand out, as their
vendors document them for firewalls.
"""

import re
from typing import Final

from channels.base import BadAddress
from channels.target import Target, TargetRefused, parse_target

KNOWN: Final = (
    "fcm.googleapis.com",
    "*.push.services.mozilla.com",
    "*.notify.windows.com",
    "*.push.apple.com",
)
LONGEST: Final = 1_000
"""Characters of an endpoint."""
_ENTRY: Final = re.compile(
    r"(?P<host>(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)(?::(?P<port>[0-9]{1,5}))?"
)
_HTTPS: Final = 443


class PushServices:
    """Those of the browsers, and those that the operator has added."""

    def __init__(self, added: str = "") -> None:
        """Read the operator's list.

        Args:
            added: hosts by comma, each perhaps with a port: ``push.example.com, *.push.example.org``.

        Raises:
            BadAddress: an entry is no host.
        """
        entries = [entry.strip().lower() for entry in added.split(",")]
        self._entries = [_read_entry(entry) for entry in (*KNOWN, *entries) if entry]

    def check(self, endpoint: str) -> Target:
        """Return where a subscription's endpoint is.

        Raises:
            TargetRefused: it is not https, or of no push service that is known.
        """
        if len(endpoint) > LONGEST:
            raise TargetRefused(f"an endpoint has at most {LONGEST} characters")
        target = parse_target(endpoint)
        if target.scheme != "https":
            raise TargetRefused("an endpoint begins with https://")
        if not any(
            target.port == port and _covers(host, target.host) for host, port in self._entries
        ):
            raise TargetRefused("the endpoint is of no push service that is known")
        return target


def _read_entry(entry: str) -> tuple[str, int]:
    found = _ENTRY.fullmatch(entry)
    if found is None:
        raise BadAddress(f"{entry[:60]!r} is no host of a push service, such as push.example.com")
    return found["host"], int(found["port"] or _HTTPS)


def _covers(entry: str, host: str) -> bool:
    return host.endswith(entry[1:]) if entry.startswith("*.") else host == entry
