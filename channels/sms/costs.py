"""Prices and counts as providers write them. Pure."""

import re
from decimal import Decimal
from typing import Final

_COUNT: Final = re.compile(r"[1-9][0-9]{0,2}")
_PRICE: Final = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,12})?")
_MILLION: Final = 1_000_000


def read_count(value: object) -> int | None:
    """Return a number of parts, 1 to 999; None where there is another value."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(text) if _COUNT.fullmatch(text) else None


def read_price(value: object) -> int | None:
    """Return a price in millionths; what is written as a debit (Twilio's -0.0075) is a price too."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = format(value, "f") if isinstance(value, float) else str(value)
    return abs(int(Decimal(text) * _MILLION)) if _PRICE.fullmatch(text) else None


def read_currency(value: object) -> str | None:
    """Return a currency's code; None where there is another value."""
    return value.upper() if isinstance(value, str) and re.fullmatch("[A-Za-z]{3}", value) else None
