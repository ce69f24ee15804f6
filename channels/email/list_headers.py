"""The headers by which mailbox providers tell wanted bulk mail from other mail."""

import re
from typing import Final

from channels.email.header_gates import HeaderRefused, check_token, encode_address

_URL: Final = re.compile(r"https://[!-;=?-~]{1,900}")


def build_list_headers(
    *,
    unsubscribe_url: str | None = None,
    unsubscribe_address: str | None = None,
    list_id: str | None = None,
    feedback_id: str | None = None,
) -> tuple[tuple[str, str], ...]:
    """Return headers for `channels.base.Letter.headers`; none for what is not given.

    Args:
        unsubscribe_url: https address that accepts the one-click POST (RFC 8058).
        unsubscribe_address: e-mail address as the second way (RFC 2369).
        list_id: RFC 2919, like ``newsletter.shop.example``.
        feedback_id: Google's Feedback-ID, ``journey:topic:kind:sender``; no contact data.

    Raises:
        HeaderRefused: a value that cannot stand there.
    """
    headers: list[tuple[str, str]] = []
    ways: list[str] = []
    if unsubscribe_url is not None:
        if not _URL.fullmatch(unsubscribe_url):
            raise HeaderRefused("one-click unsubscribe needs a plain https address (RFC 8058 3.1)")
        ways.append(f"<{unsubscribe_url}>")
    if unsubscribe_address is not None:
        ways.append(f"<mailto:{_check_ascii(unsubscribe_address)}?subject=unsubscribe>")
    if ways:
        headers.append(("List-Unsubscribe", ", ".join(ways)))
    if unsubscribe_url is not None:
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    if list_id is not None:
        headers.append(("List-Id", f"<{check_token(list_id)}>"))
    if feedback_id is not None:
        headers.append(("Feedback-ID", check_token(feedback_id)))
    return tuple(headers)


def _check_ascii(address: str) -> str:
    encoded = encode_address(address)
    if not encoded.isascii():
        raise HeaderRefused("the address to unsubscribe at must be ASCII")
    return encoded
