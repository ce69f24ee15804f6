"""SES against moto's server, and its signature against Amazon's example and Amazon's library."""

import warnings
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from channels import registry
from channels.base import EmailAddress, Letter, Verdict
from channels.email.aws_signature import AwsKey, authorize, format_instant

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def moto():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from moto.server import ThreadedMotoServer

        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def identity(moto):
    import botocore.session

    client = botocore.session.get_session().create_client(
        "sesv2",
        region_name="eu-central-1",
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
        endpoint_url=moto,
    )
    client.create_email_identity(EmailIdentity="news@shop.example")
    yield client
    client.delete_email_identity(EmailIdentity="news@shop.example")
    client.close()


def send(base, *senders):
    provider = registry.open_email(f"ses://AKIDEXAMPLE:secret@eu-central-1?base={base}")
    letters = [
        Letter(
            id=uuid4(),
            sender=EmailAddress(sender, "Käthe"),
            recipient=EmailAddress("ada@example.org"),
            subject="Grüße",
            text=b"Hello",
            html=b"<p>Hello</p>",
        )
        for sender in senders
    ]
    told = {}
    provider.send(letters, told.__setitem__, now=NOW)
    provider.close()
    return [told[index] for index in range(len(letters))]


def test_the_api_takes_our_letters(moto, identity):
    receipts = send(moto, *["news@shop.example"] * 5)
    assert {receipt.verdict for receipt in receipts} == {Verdict.ACCEPTED}
    assert len({receipt.provider_id for receipt in receipts}) == 5


def test_a_refusal_is_read_from_the_apis_own_answer(moto, identity):
    (receipt,) = send(moto, "other@elsewhere.example")
    assert receipt.verdict is Verdict.PERMANENT and not receipt.is_dead_address
    assert receipt.code == "MessageRejected" and "elsewhere" not in receipt.text


def test_the_signature_is_that_of_amazons_example():
    key = AwsKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "iam")
    headers = [
        ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        ("Host", "iam.amazonaws.com"),
        ("X-Amz-Date", format_instant(datetime(2015, 8, 30, 12, 36, tzinfo=UTC))),
    ]
    path = "/?Action=ListUsers&Version=2010-05-08"
    assert authorize(key, "GET", path, headers, b"") == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date, "
        "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    )
    assert key.secret not in repr(key)
