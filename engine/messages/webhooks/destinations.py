"""Where requests go and what goes along in headers, as people give it: judged alike for all.

Values of headers are secrets: who changes a destination need not give them anew, and they go to no
other server than the one they were given for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from channels.target import TargetRefused
from channels.webhook.guard import Guard
from channels.webhook.headers import CallHeaderRefused, check_headers
from engine.errors import Invalid
from engine.language.say import say
from engine.messages.webhooks.hosts import find_origin


@dataclass(frozen=True, slots=True)
class Destination:
    """Where requests go, and what goes along.

    Attributes:
        url: None: nothing leaves.
        headers: by name; None as a value keeps the one that is there.
    """

    url: str | None
    headers: Mapping[str, str | None]


NOWHERE: Final = Destination(None, {})


def fill_headers(
    given: Destination, kept: Destination = NOWHERE, *, guard: Guard
) -> dict[str, str]:
    """Return all that goes along to a destination, once it is known that requests may go there.

    Args:
        kept: what stood there before.
        guard: judges where requests may go.

    Raises:
        Invalid: nothing may be sent there, a header must not go along or has no value, or a value
            that is kept was given for another server.
    """
    headers = {}
    for name, value in given.headers.items():
        filled = kept.headers.get(name) if value is None else value
        if filled is None:
            raise Invalid(say("the header {name} has no value", name=name))
        headers[name] = filled
    try:
        if given.url is not None:
            guard.check_url(given.url)
        check_headers(headers.items())
    except (TargetRefused, CallHeaderRefused) as error:
        raise Invalid(str(error)) from None
    if None in given.headers.values() and find_origin(given.url) != find_origin(kept.url):
        raise Invalid(say("the address is of another server: give the values of its headers anew"))
    return headers
