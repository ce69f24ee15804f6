"""The e-mail APIs, each beside what stands for it here, and one letter with everything in it."""

import dataclasses
import ssl
from datetime import UTC, datetime, timedelta
from uuid import UUID

from channels.base import EmailAddress, Letter
from channels.email.letter_api import ApiEmail
from channels.email.list_headers import build_list_headers
from channels.email.mailgun import Mailgun, read_mailgun_url
from channels.email.postmark import Postmark, read_postmark_url
from channels.email.resend import Resend, read_resend_url
from channels.email.sendgrid import SendGrid, read_sendgrid_url
from channels.email.ses import Ses, read_ses_url
from tests.channels import letter_apis
from tests.channels.servers import http_server

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
UID = UUID("01961234-5678-7abc-8def-0123456789ab")
KEY = "xyzzy-key"
TLS = ssl.create_default_context()  # reading the system's certificates takes its time
SHORT = timedelta(seconds=0.4)
LETTER = Letter(
    id=UID,
    sender=EmailAddress("news@shop.example", 'Käthe "K" Shop'),
    recipient=EmailAddress("ada@bücher.example", "Ada L."),
    subject="Grüße, 5 €",
    text="Hallo, Grüße\n".encode(),
    html="<p>Grüße</p>".encode(),
    headers=build_list_headers(
        unsubscribe_url="https://go.shop.example/u/abc",
        unsubscribe_address="out@shop.example",
        list_id="news.shop.example",
        feedback_id="j1:t1:mail:shop",
    ),
    reply_to=EmailAddress("hilfe@shop.example", "Hilfe, Käthe"),
)

PROVIDERS = {
    "ses": (
        lambda base: Ses(read_ses_url(f"ses://AKIDEXAMPLE:{KEY}@eu-central-1?base={base}")),
        lambda: letter_apis.ses("AKIDEXAMPLE", KEY),
    ),
    "sendgrid": (
        lambda base: SendGrid(read_sendgrid_url(f"sendgrid://{KEY}?base={base}")),
        lambda: letter_apis.sendgrid(KEY),
    ),
    "mailgun": (
        lambda base: Mailgun(read_mailgun_url(f"mailgun://{KEY}@shop.example?base={base}")),
        lambda: letter_apis.mailgun(KEY, "shop.example"),
    ),
    "postmark": (
        lambda base: Postmark(read_postmark_url(f"postmark://{KEY}?stream=news&base={base}")),
        lambda: letter_apis.postmark(KEY),
    ),
    "resend": (
        lambda base: Resend(read_resend_url(f"resend://{KEY}?base={base}")),
        lambda: letter_apis.resend(KEY),
    ),
}


def to(word):
    return dataclasses.replace(LETTER, recipient=EmailAddress(f"{word}@example.org"))


def send(name, base, *letters, timeout=timedelta(seconds=5)):
    provider = ApiEmail(PROVIDERS[name][0](base), timeout=timeout, tls_context=TLS)
    told = []
    provider.send(letters, lambda index, receipt: told.append((index, receipt)), now=NOW)
    provider.close()
    assert sorted(index for index, _ in told) == list(range(len(letters)))
    return [receipt for _, receipt in sorted(told, key=lambda pair: pair[0])]


def answering(name, response, letter=LETTER):
    with http_server(lambda _: response) as (base, requests):
        (receipt,) = send(name, base, letter)
    return receipt, requests
