import base64
import contextlib
from datetime import UTC, datetime

import dkim as dkimpy
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from dkim.canonicalization import Relaxed
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.base import BadAddress, EmailAddress
from channels.email.dkim import DkimSigner, canonical_body, read_signer
from channels.email.list_headers import build_list_headers
from channels.email.mime import BodyEncoding, build_letter
from channels.email.smtp import SmtpEmail
from channels.email.smtp_settings import Security, SmtpSettings
from tests.channels.email.test_mime import BODY, LINE, make
from tests.channels.servers import ScriptedSmtp

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RSA, EDWARDS = rsa.generate_private_key(65537, 2048), ed25519.Ed25519PrivateKey.generate()
SIGNERS = {
    "rsa": DkimSigner("shop.example", "r1", RSA),
    "ed25519": DkimSigner("shop.example", "e1", EDWARDS),
}
LIST = build_list_headers(
    unsubscribe_url="https://t.example/u/abc",
    unsubscribe_address="u@shop.example",
    list_id="news.shop.example",
)


def dns(name, **_):
    if name.startswith(b"r1."):
        public = RSA.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    return b"v=DKIM1; k=ed25519; p=" + base64.b64encode(EDWARDS.public_key().public_bytes_raw())


def build(**changed):
    return build_letter(make(headers=LIST, **changed), now=NOW)


@pytest.mark.parametrize("kind", SIGNERS)
@settings(max_examples=40, deadline=None)
@given(LINE, BODY, st.sampled_from(BodyEncoding), st.booleans())
def test_dkimpy_verifies_any_letter(kind, subject, body, encoding, has_html):
    letter = make(
        headers=LIST,
        subject=subject,
        recipient=EmailAddress("zoe@example.org", subject),
        text=body.encode(),
        html=body.encode() if has_html else None,
    )
    signed = SIGNERS[kind].sign(build_letter(letter, now=NOW, encoding=encoding), now=NOW)
    assert dkimpy.verify(signed, dnsfunc=dns)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([b" ", b"\t", b"\r\n", b"a", b".", b"  \r\n"]), max_size=30))
def test_any_body_canonicalises_as_in_dkimpy(parts):
    body = b"".join(parts) + b"\r\n"
    assert canonical_body(body) == Relaxed.canonicalize_body(body)


def test_two_signatures_stand_together():
    both = SIGNERS["rsa"].sign(SIGNERS["ed25519"].sign(build(), now=NOW), now=NOW)
    checked = dkimpy.DKIM(both)
    assert checked.verify(0, dnsfunc=dns) and checked.verify(1, dnsfunc=dns)


@pytest.mark.parametrize("kind", SIGNERS)
@pytest.mark.parametrize(
    "change",
    [
        (b"/u/abc", b"/u/abd"),
        (b"One-Click", b"Two-Click"),
        (b"Subject: S", b"Subject: T"),
        (b"MIME-Version", b"Subject: x\r\nMIME-Version"),
        (b"MIME-Version", b"From: x@y.example\r\nMIME-Version"),
        (b"dA==", b"dB=="),
    ],
)
def test_any_change_or_added_header_breaks_the_signature(kind, change):
    signed = SIGNERS[kind].sign(build(), now=NOW)
    changed = signed.replace(*change, 1)
    assert changed != signed
    with contextlib.suppress(dkimpy.MessageFormatError):
        assert not dkimpy.verify(changed, dnsfunc=dns)


def test_the_unsubscribe_headers_are_covered_and_lines_are_short():
    head = SIGNERS["rsa"].sign(build(), now=NOW).partition(b"\r\nFrom:")[0]
    names = head.replace(b"\r\n ", b"")
    assert b"list-unsubscribe:" in names and b"list-unsubscribe-post:" in names
    assert max(map(len, head.split(b"\r\n"))) <= 100


def test_the_provider_signs_what_it_sends():
    server = ScriptedSmtp()
    signers = (SIGNERS["ed25519"], SIGNERS["rsa"])
    provider = SmtpEmail(SmtpSettings("127.0.0.1", server.port, Security.NONE, signers=signers))
    provider.send([make(headers=LIST)], lambda *_: None, now=NOW)
    provider.close()
    server.close()
    (received,) = server.messages
    checked = dkimpy.DKIM(received)
    assert checked.verify(0, dnsfunc=dns) and checked.verify(1, dnsfunc=dns)


def pem(key, password=None):
    encryption = serialization.NoEncryption()
    if password:
        encryption = serialization.BestAvailableEncryption(password)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
    )


@pytest.mark.parametrize("key", [RSA, EDWARDS])
def test_a_signer_is_read_from_its_dns_name_and_pem(key):
    selector = "r1" if key is RSA else "e1"
    signer = read_signer(f"{selector}._domainkey.shop.example", pem(key))
    assert dkimpy.verify(signer.sign(build(), now=NOW), dnsfunc=dns)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("shop.example", pem(RSA)),
        ("s1._domainkey.", pem(RSA)),
        ("s1._domainkey.shop.example", b"nonsense"),
        ("s1._domainkey.shop.example", pem(RSA, b"secret")),
        ("s1._domainkey.shop.example", pem(ec.generate_private_key(ec.SECP256R1()))),
        ("s1._domainkey.shop.example", pem(rsa.generate_private_key(65537, 1024))),
    ],
)
def test_a_key_that_receivers_would_not_take_is_refused(name, key):
    with pytest.raises(BadAddress):
        read_signer(name, key)
