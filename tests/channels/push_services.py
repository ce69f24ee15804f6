"""A push service as browsers have one, which knows who sends; and the browser, which decrypts.

Written from RFC 8030, 8188, 8291 and 8292 for the receiving side, beside what is tested.
"""

import itertools
import json
import os
import ssl
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from channels.base import Subscription
from tests.channels.servers import Response


def read(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def write(octets):
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def digest(key, text):
    made = hmac.HMAC(key, hashes.SHA256())
    made.update(text)
    return made.finalize()


def decrypt(body, private, auth):
    """What a browser reads: RFC 8291, 3.4, with HKDF written out as there."""
    salt, length, named = body[:16], int.from_bytes(body[16:20]), body[20]
    sender, sealed = body[21 : 21 + named], body[21 + named :]
    assert len(sealed) <= length and named == 65
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    own = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    pseudo = digest(auth, private.exchange(ec.ECDH(), point))
    material = digest(pseudo, b"WebPush: info\0" + own + sender + b"\1")
    pseudo = digest(salt, material)
    key = digest(pseudo, b"Content-Encoding: aes128gcm\0\1")[:16]
    nonce = digest(pseudo, b"Content-Encoding: nonce\0\1")[:12]
    plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
    assert plain[-1:] == b"\2"
    return plain[:-1]


def read_token(header):
    """The claims of `vapid t=…, k=…`, its signature checked."""
    scheme, _, rest = header.partition(" ")
    assert scheme == "vapid"
    parts = dict(one.strip().split("=", 1) for one in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    assert json.loads(read(head)) == {"typ": "JWT", "alg": "ES256"}
    raw = read(signature)
    assert len(raw) == 64
    der = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), read(parts["k"]))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(read(claims)), parts["k"]


class Browser:
    """A browser with its keys, and what it has shown."""

    ids = itertools.count(1)

    def __init__(self):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)
        self.shown, self.asked, self.tokens = [], [], []

    @property
    def p256dh(self):
        public = self.private.public_key()
        return write(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def subscribe(self, endpoint, *, has_worked=False):
        number = next(self.ids)
        return Subscription(number, endpoint, self.p256dh, write(self.auth), has_worked)


def push_service(browser, headers=None):
    """Answers with the status that the path begins with; what it takes, the browser shows."""

    def answer(request):
        status = int(request.path.split("/")[1])
        claims, key = read_token(request.headers["authorization"])
        assert request.method == "POST" and request.headers["content-encoding"] == "aes128gcm"
        assert claims["aud"] == f"https://{request.headers['host']}"
        assert len(request.body) <= 4096 and int(request.headers["ttl"]) >= 0
        browser.tokens.append((claims, key, request.headers["authorization"]))
        browser.asked.append(request)
        if status == 201:
            browser.shown.append(decrypt(request.body, browser.private, browser.auth))
        return Response(status, b"", {"Location": "/message/1", **(headers or {})})

    return answer


def serve_tls(folder):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "c.pem", folder / "k.pem")
    return context


def trust(folder):
    return ssl.create_default_context(cafile=str(folder / "c.pem"))
