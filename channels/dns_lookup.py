"""Asks the domain name system for the words that domains publish about their mail."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import dns.exception
import dns.resolver

LookUp: TypeAlias = Callable[[str], Sequence[str]]
"""Returns the TXT records of a name; none where it has none. Raises `NoAnswerFound`."""
SECONDS: Final = 3.0
"""For one name, however many servers are asked."""
MOST_RECORDS: Final = 20
LONGEST: Final = 4_096


class NoAnswerFound(Exception):
    """No server answered in time, so nobody knows what the name says."""


def look_up_txt(name: str) -> list[str]:
    """Return the TXT records of a name, each of its strings joined (RFC 7208 3.3, RFC 6376 3.6.2.2).

    Raises:
        NoAnswerFound: nobody answered, or not in time.
    """
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, UnicodeError, OSError) as error:
        raise NoAnswerFound(type(error).__name__) from error
    return [
        b"".join(record.strings).decode("ascii", "replace")[:LONGEST]
        for record in list(answer)[:MOST_RECORDS]
    ]
