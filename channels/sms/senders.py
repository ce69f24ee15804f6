"""What texts come from, and where a provider reports on them, as settings give it."""

import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from channels.base import BadAddress
from channels.provider_url import is_loopback
from channels.target import TargetRefused, parse_target

REPORT_TO: Final = "report_to"
"""The option that says where a provider sends its delivery receipts."""
MESSAGE_KEY: Final = "sojourn_message"
"""The name under which our message's id stands in an address to which a receipt comes."""
SENDER: Final = re.compile(r"\+?[0-9]{3,15}|[A-Za-z0-9 ]{1,11}")  # number, short code or name


def read_report_to(options: Mapping[str, str]) -> str:
    """Return where delivery receipts are to go; "" where none are asked for.

    Raises:
        BadAddress: no URL, or without TLS, save on this machine itself.
    """
    url = options.get(REPORT_TO, "")
    if not url:
        return ""
    try:
        target = parse_target(url)
    except TargetRefused as refused:
        raise BadAddress(f"{REPORT_TO}: {refused}") from None
    if target.scheme != "https" and not is_loopback(target.host):
        raise BadAddress(f"{REPORT_TO}: receipts hold numbers, so they come by https alone")
    return url


def name_message(url: str, message_uid: UUID) -> str:
    """Return the address for the receipts of this very message: it gives our id back to us."""
    return f"{url}{'&' if '?' in url else '?'}{MESSAGE_KEY}={message_uid}"
