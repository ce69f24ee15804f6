"""How many parts an SMS is billed as.

Source: 3GPP TS 23.040 9.2.3.24.1 (a part of several carries a 6-octet head: 153 septets or 67
UTF-16 units are left).
"""

from dataclasses import dataclass
from typing import Final, Literal

from channels.sms.alphabet import BASIC, EXTENDED

_SEPTETS: Final = (160, 153)
_UNITS: Final = (70, 67)


@dataclass(frozen=True, slots=True)
class SmsParts:
    """What a text costs on the air.

    Attributes:
        count: parts billed; an empty text has none.
        encoding: `gsm7` as long as every sign is of the GSM alphabet, else `ucs2`.
        used: septets (gsm7) or UTF-16 units (ucs2) of the whole text.
        costly: the first sign that GSM lacks; None of a text in gsm7.
    """

    count: int
    encoding: Literal["gsm7", "ucs2"]
    used: int
    costly: str | None = None


def count_sms_parts(text: str) -> SmsParts:
    """Return the parts of a text; a sign that takes two places is never split over two parts."""
    costly = find_costly(text)
    encoding: Literal["gsm7", "ucs2"] = "gsm7" if costly is None else "ucs2"
    sizes = [_size_of(sign, encoding) for sign in text]
    whole, part = _SEPTETS if encoding == "gsm7" else _UNITS
    used = sum(sizes)
    if used <= whole:
        return SmsParts(1 if text else 0, encoding, used, costly)
    count, filled = 1, 0
    for size in sizes:
        if filled + size > part:
            count, filled = count + 1, 0
        filled += size
    return SmsParts(count, encoding, used, costly)


def find_costly(text: str) -> str | None:
    """Return the first sign that makes a text UCS-2, and so its parts less than half as long."""
    return next((sign for sign in text if sign not in BASIC and sign not in EXTENDED), None)


def _size_of(sign: str, encoding: str) -> int:
    if encoding == "gsm7":
        return 2 if sign in EXTENDED else 1
    return 2 if ord(sign) > 0xFFFF else 1
