"""Links to unsubscribe: signed, bound to their purpose, and empty of personal data."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import Signer

from engine.ids import new_id
from engine.messages.following import clean_target
from engine.messages.links import build_unsubscribe_url, read_unsubscribe_token

SECRET = b"s" * 32
UID = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


def build_token(uid=UID, secret=SECRET):
    return build_unsubscribe_url("https://x.example", secret, uid).rpartition("/")[2]


def test_a_link_names_its_message_and_nothing_else():
    url = build_unsubscribe_url("https://sojourn.example", SECRET, UID)
    assert url.startswith("https://sojourn.example/u/")
    assert len(url) < 110
    assert read_unsubscribe_token(SECRET, url.rpartition("/")[2]) == UID


@given(st.uuids())
def test_every_message_is_read_back(uid):
    assert read_unsubscribe_token(SECRET, build_token(uid)) == uid


@given(st.integers(0, 64), st.characters())
def test_a_link_with_one_other_character_is_none(at, other):
    token = build_token()
    spoilt = token[:at] + other + token[at + 1 :]
    if spoilt != token:
        assert read_unsubscribe_token(SECRET, spoilt) is None


def test_a_link_has_one_spelling():
    """Of base64 there are others: + for -, / for _, and spare bits in the last character."""
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for n in range(20):
        token = build_token(UUID(int=n))
        last = signs[signs.index(token[-1]) ^ 1]
        for other in (token.replace("-", "+"), token.replace("_", "/"), token[:-1] + last):
            if other != token:
                assert read_unsubscribe_token(SECRET, other) is None


@given(st.text(max_size=200))
def test_no_text_is_a_link_by_chance(text):
    assert read_unsubscribe_token(SECRET, text) is None


def test_a_token_signed_for_another_purpose_is_none():
    import hashlib

    other = Signer(
        SECRET, salt="sojourn.login", key_derivation="hmac", digest_method=hashlib.sha256
    )
    payload = build_token().partition(".")[0]
    assert read_unsubscribe_token(SECRET, other.sign(payload).decode()) is None


@pytest.mark.parametrize("secret", [b"t" * 32, b"", b"s" * 31])
def test_another_instances_link_is_none(secret):
    assert read_unsubscribe_token(secret, build_token()) is None


def test_the_mac_has_256_bits():
    assert len(build_token(new_id()).partition(".")[2]) == 43


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        (
            "https://münchen.example/ä?q=ö#ü",
            "https://xn--mnchen-3ya.example/%C3%A4?q=%C3%B6#%C3%BC",
        ),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),  # and not to strasse.example
        ("https://BÜCHER.example:8443/x", "https://xn--bcher-kva.example:8443/x"),
        ("HTTPS://shop.example/?a=1&b=%20", "https://shop.example/?a=1&b=%20"),
        ("mailto:help@shop.example?subject=Hi", "mailto:help@shop.example?subject=Hi"),
        ("tel:+436641234567", "tel:+436641234567"),
        ("https://münchen..example/", None),
        (f"https://{'ü' * 70}.example/", None),
        ("https://ü.example:99999/", None),
        ("https://ü.example:x/", None),
        ("https://[::1/", None),
        ("javascript:alert(1)", None),
        ("https:evil.example", None),
        ("//evil.example", None),
        ("https://shop.example/a b", None),
    ],
)
def test_d2_a_target_is_fit_for_a_header_or_it_is_none(written, leads):
    found = clean_target(written)
    assert found is None if leads is None else found.lower() == leads.lower()
