from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from channels.webhook.signature import (
    BadSecret,
    SignatureRefused,
    check_secret,
    new_secret,
    sign,
    verify,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = new_secret()
BODY = '{"a": "Grüße"}'.encode()


def check(secret=SECRET, own="msg_1", at=NOW, signatures=None, body=BODY):
    right = Webhook(SECRET).sign("msg_1", NOW, BODY.decode())
    stamp = str(int(at.timestamp()))
    verify(secret, own, stamp, right if signatures is None else signatures, body, now=NOW)


def test_what_the_reference_library_signs_is_right():
    check()
    headers = dict(sign(SECRET, "msg_1", BODY, now=NOW))
    check(signatures=headers["webhook-signature"])
    check(signatures="v1,x " + headers["webhook-signature"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": new_secret()},
        {"own": "msg_2"},
        {"own": "msg.1"},
        {"own": ""},
        {"at": NOW + timedelta(seconds=1)},
        {"signatures": ""},
        {"signatures": "v1,"},
        {"signatures": "é"},
        {"body": BODY + b" "},
    ],
)
def test_what_is_signed_otherwise_is_refused(wrong):
    with pytest.raises(SignatureRefused):
        check(**wrong)


def test_a_signature_lasts_five_minutes_either_way():
    for seconds in (-301, -300, 300, 301):
        at = NOW + timedelta(seconds=seconds)
        made = Webhook(SECRET).sign("msg_1", at, BODY.decode())
        if abs(seconds) == 300:
            check(at=at, signatures=made)
        else:
            with pytest.raises(SignatureRefused):
                check(at=at, signatures=made)


def test_a_secret_is_judged_before_it_is_kept():
    check_secret(SECRET)
    for secret in ("", "whsec_", "whsec_AAAA", SECRET.removeprefix("whsec_"), SECRET + "é"):
        with pytest.raises(BadSecret):
            check_secret(secret)
