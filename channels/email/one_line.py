"""What somebody else says of a letter, made fit to be kept: one line, no address, no secret."""

import re
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 500
_READ: Final = 4_000  # characters that are looked at: what comes after them is never shown
_ADDRESS: Final = re.compile(r"[^\s<>\"'(),;:\[\]@]{1,80}@[^\s<>\"'(),;:\[\]@]{1,255}")


def to_one_line(said: object, hidden: Iterable[str] = ()) -> str:
    """Return the words as one printable line of at most 500 characters; "" for what is no text.

    Args:
        said: as it came.
        hidden: secrets that must not show, should they be repeated to us.
    """
    if not isinstance(said, str):
        return ""
    text = said[:_READ]
    for secret in hidden:
        text = text.replace(secret, "<secret>")
    text = re.sub(r"[^ -~]+| {2,}", " ", _ADDRESS.sub("<address>", text))
    return text.strip()[:LONGEST]
