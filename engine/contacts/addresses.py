"""E-mail addresses and telephone numbers: the one form in which each is kept. Pure."""

from functools import lru_cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email

REMEMBERED = 10_000
"""Addresses whose form is known; one call asks about its address several times over."""


def find_email(value: object) -> str | None:
    """Return the address in the form it is written to; None if it is none.

    Source: RFC 5321 and RFC 6531, as email-validator reads them; whether anybody lives there is
    not asked.
    """
    if not isinstance(value, str) or not 3 <= len(value) <= 254:
        return None
    return _normalize_email(value.strip())


@lru_cache(maxsize=REMEMBERED)
def _normalize_email(address: str) -> str | None:
    try:
        return validate_email(
            address, check_deliverability=False, test_environment=True, strict=True
        ).normalized
    except EmailNotValidError:
        return None


def find_phone(value: object) -> str | None:
    """Return the number as E.164; None if it is none, or has no country code."""
    if not isinstance(value, str) or not 5 <= len(value) <= 30:
        return None
    return _normalize_phone(value)


@lru_cache(maxsize=REMEMBERED)
def _normalize_phone(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def fold(channel: str, address: str) -> str:
    """Return the form in which two spellings of one address are the same."""
    if channel != "email":
        return find_phone(address) or address.replace(" ", "")
    return (find_email(address) or address.strip()).casefold()
