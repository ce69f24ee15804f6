"""Which headers an endpoint or a journey may add to a webhook."""

import re
from collections.abc import Iterable
from typing import Final

#: They frame the request, belong to one connection, or prove who calls.
RESERVED: Final = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
HOPS: Final = "sojourn-hops"
"""By it a loop ends: an instance whose call reaches its own door, or another's that calls back."""
MOST_HOPS: Final = 3
_RESERVED_STARTS: Final = ("webhook-", "proxy-", "sojourn-", ":")
_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")  # RFC 9110 5.6.2
_VALUE: Final = re.compile(r"(?:[!-~](?:[\t -~]*[!-~])?)?")
_LONGEST_VALUE: Final = 4_000
_MOST: Final = 30


class CallHeaderRefused(ValueError):
    """A header that must not go along; the message names it, without its value."""

    code = "header_refused"


def complete_headers(
    given: Iterable[tuple[str, str]], ours: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return what goes along: what is given, and before it what of ours is not given otherwise."""
    given = list(given)
    names = {name.lower() for name, _ in given}
    return [
        *(header for header in ours if header[0].lower() not in names),
        ("Accept-Encoding", "identity"),
        *given,
    ]


def check_headers(headers: Iterable[tuple[str, str]]) -> None:
    """Judge further headers. For when they are saved, and again when they are sent.

    Raises:
        CallHeaderRefused: a reserved name, a name twice, a line break or control character, a
            character outside ASCII, or too much of it.
    """
    seen: set[str] = set()
    for name, value in headers:
        lower = name.lower()
        if not _NAME.fullmatch(name):
            raise CallHeaderRefused(f"{name[:60]!r} is no name of a header")
        if lower in RESERVED or lower.startswith(_RESERVED_STARTS):
            raise CallHeaderRefused(f"the header {name} is ours to set")
        if lower in seen:
            raise CallHeaderRefused(f"the header {name} is given twice")
        if len(value) > _LONGEST_VALUE or not _VALUE.fullmatch(value):
            raise CallHeaderRefused(
                f"the value of {name} must be one line of at most {_LONGEST_VALUE} ASCII characters"
            )
        seen.add(lower)
    if len(seen) > _MOST:
        raise CallHeaderRefused(f"more than {_MOST} headers")
