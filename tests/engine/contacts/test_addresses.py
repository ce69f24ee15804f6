"""Addresses and numbers: one form each, or none (hostile table G11)."""

import pytest

from engine.contacts.addresses import find_email, find_phone, fold


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("ann@example.com", "ann@example.com"),
        (" ann@example.com\n", "ann@example.com"),
        ("Ann@EXAMPLE.com", "Ann@example.com"),
        ("ann+news@example.co.uk", "ann+news@example.co.uk"),
        ("jörg@exämple.de", "jörg@exämple.de"),
        ("jo@xn--exmple-cua.de", "jo@exämple.de"),
        ("a" * 64 + "@example.com", "a" * 64 + "@example.com"),
    ],
)
def test_g11_an_address_has_one_form(given, kept):
    assert find_email(given) == kept


@pytest.mark.parametrize(
    "given",
    [
        *("", "ann", "a@b", "@example.com", "ann@", "ann@@example.com", "ann@example..com"),
        *("a" * 65 + "@example.com", '"><"@x.y', "a@example.com,b@example.com"),
        *("a@example.com\nBcc: b@example.com", "a b@example.com", "<ann@example.com>"),
        *("ann@[127.0.0.1]", "ann@example.com\0", "x@" + "y" * 300, None, 7, ["ann@example.com"]),
    ],
)
def test_g11_what_is_no_address_is_none(given):
    assert find_email(given) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("+49 30 901820", "+4930901820"),
        ("+1 (202) 555-0143", "+12025550143"),
        ("0043 1 588 00", None),
        ("030 901820", None),
        ("+49", None),
        ("+1 202 555 0143; drop table", None),
        ("x" * 40, None),
        (49_309_018_20, None),
    ],
)
def test_a_number_needs_its_country_code(given, kept):
    assert find_phone(given) == kept


@pytest.mark.parametrize(
    ("channel", "one", "other"),
    [
        ("email", "Ann@Example.com", " ann@example.COM "),
        ("email", "jo@xn--exmple-cua.de", "JO@exämple.de"),
        ("email", "no address", "NO ADDRESS"),
        ("sms", "+49 30 901820", "+4930901820"),
        ("sms", "030 90", "03090"),
    ],
)
def test_two_spellings_of_one_address_fold_to_one(channel, one, other):
    assert fold(channel, one) == fold(channel, other)
