"""The encryption of pushes, held to the example of RFC 8291, and to a browser's side of it."""

import os

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from channels.push.encryption import MOST_OCTETS, BadSubscription, check_keys, encrypt
from tests.channels.push_services import Browser, decrypt, read, write

PLAIN = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
READER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
READERS_POINT = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
)
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6T"
    "lzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4"
    "a-fN"
)


def key(text):
    return ec.derive_private_key(int.from_bytes(read(text)), ec.SECP256R1())


def test_it_is_the_example_of_the_rfc_octet_by_octet():
    made = encrypt(PLAIN, READERS_POINT, AUTH, salt=read(SALT), own=key(SENDER))
    assert write(made) == SEALED


def test_a_browser_reads_the_example_of_the_rfc():
    assert decrypt(read(SEALED), key(READER), read(AUTH)) == PLAIN


@pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 1000, MOST_OCTETS])
def test_a_browser_reads_what_was_written_and_it_fits_a_push_service(length):
    browser, plain = Browser(), os.urandom(length)
    sealed = encrypt(plain, browser.p256dh, write(browser.auth))
    assert len(sealed) <= 4096
    assert decrypt(sealed, browser.private, browser.auth) == plain


def test_what_would_not_fit_is_refused():
    with pytest.raises(ValueError, match="at most"):
        encrypt(b"x" * (MOST_OCTETS + 1), READERS_POINT, AUTH)


def test_no_two_are_sealed_alike():
    assert encrypt(PLAIN, READERS_POINT, AUTH) != encrypt(PLAIN, READERS_POINT, AUTH)


@pytest.mark.parametrize(
    ("point", "auth"),
    [
        ("", AUTH),
        (READERS_POINT, ""),
        (READERS_POINT[:-2], AUTH),
        (READERS_POINT, AUTH + "AA"),
        (write(b"\4" + b"\1" * 64), AUTH),  # on no curve
        (write(b"\0" * 65), AUTH),
        ("é" * 87, AUTH),
        ("+/" * 44, AUTH),
    ],
)
def test_keys_that_are_none_are_refused(point, auth):
    with pytest.raises(BadSubscription):
        check_keys(point, auth)


def test_padded_keys_are_read_as_well():
    check_keys(READERS_POINT + "=", AUTH + "==")
