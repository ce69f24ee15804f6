"""What every provider must do, whatever it speaks. A new provider is one more class here."""

import dataclasses
import json
from base64 import b64encode
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from channels import registry
from channels.base import Call, EmailAddress, Letter, Push, Text, Verdict
from channels.push.services import PushServices
from channels.push.web import WebPush
from channels.webhook.guard import Guard
from tests.channels import letter_apis
from tests.channels.push_services import Browser, push_service, serve_tls, trust
from tests.channels.servers import endpoint, free_port, http_server, smtp_server, twilio
from tests.channels.text_apis import messagebird, vonage

NOW = datetime.now(UTC)  # real: receivers of webhooks hold it against their clock
SECRET = "whsec_" + b64encode(b"swordfish" * 3).decode()
PASSWORD = "swordfish"


class SmtpCase:
    """E-mail through a real SMTP server."""

    @contextmanager
    def serving(self):
        with smtp_server() as controller:
            yield registry.open_email(f"smtp://127.0.0.1:{controller.port}"), controller.handler

    def away(self):
        return registry.open_email(f"smtp://u:{PASSWORD}@127.0.0.1:{free_port()}")

    def item(self, word="accepted"):
        return Letter(
            id=uuid4(),
            sender=EmailAddress("news@shop.example", "The Shop"),
            recipient=EmailAddress(f"{word}@example.org"),
            subject="Grüße",
            text=b"Hello",
            html=b"<p>Hello</p>",
        )

    def count(self, inbox):
        return len(inbox.envelopes)


class ApiCase(SmtpCase):
    """E-mail through the HTTP API of a provider."""

    @contextmanager
    def serving(self):
        with http_server(self.answer()) as (base, requests):
            yield registry.open_email(f"{self.url}base={base}"), requests

    def away(self):
        return registry.open_email(f"{self.url}base=http://127.0.0.1:{free_port()}")

    def count(self, requests):
        return sum(1 for request in requests if b"accepted@" in request.body)


class SesCase(ApiCase):
    url = f"ses://AKIDEXAMPLE:{PASSWORD}@eu-central-1?"

    def answer(self):
        return letter_apis.ses("AKIDEXAMPLE", PASSWORD)


class SendGridCase(ApiCase):
    url = f"sendgrid://{PASSWORD}?"

    def answer(self):
        return letter_apis.sendgrid(PASSWORD)


class MailgunCase(ApiCase):
    url = f"mailgun://{PASSWORD}@shop.example?"

    def answer(self):
        return letter_apis.mailgun(PASSWORD, "shop.example")


class PostmarkCase(ApiCase):
    url = f"postmark://{PASSWORD}?stream=broadcast&"

    def answer(self):
        return letter_apis.postmark(PASSWORD)


class ResendCase(ApiCase):
    url = f"resend://{PASSWORD}?"

    def answer(self):
        return letter_apis.resend(PASSWORD)


class TwilioCase:
    """SMS through Twilio's API."""

    numbers = {"accepted": "+15550000001", "permanent": "+15550000211", "temporary": "+15550000429"}

    @contextmanager
    def serving(self):
        with http_server(twilio("AC1", PASSWORD)) as (base, requests):
            yield registry.open_sms(f"twilio://AC1:{PASSWORD}@+15559999999?base={base}"), requests

    def away(self):
        base = f"http://127.0.0.1:{free_port()}"
        return registry.open_sms(f"twilio://AC1:{PASSWORD}@+15559999999?base={base}")

    def item(self, word="accepted"):
        return Text(uuid4(), "", self.numbers[word], "Hello")

    def count(self, requests):
        return sum(1 for request in requests if request.form["To"].endswith("01"))


class VonageCase(TwilioCase):
    """SMS through Vonage's API."""

    @contextmanager
    def serving(self):
        with http_server(vonage("abcd1234", PASSWORD)) as (base, requests):
            yield registry.open_sms(self.url.format(base=base)), requests

    url = f"vonage://abcd1234:{PASSWORD}@+15559999999?base={{base}}"

    def away(self):
        return registry.open_sms(self.url.format(base=f"http://127.0.0.1:{free_port()}"))

    def count(self, requests):
        return sum(1 for request in requests if request.form["to"].endswith("01"))


class MessageBirdCase(VonageCase):
    """SMS through MessageBird's API."""

    @contextmanager
    def serving(self):
        with http_server(messagebird(PASSWORD)) as (base, requests):
            yield registry.open_sms(self.url.format(base=base)), requests

    url = f"messagebird://{PASSWORD}@+15559999999?base={{base}}"

    def count(self, requests):
        return sum(1 for r in requests if json.loads(r.body)["recipients"][0].endswith("01"))


class WebhookCase:
    """Calls over HTTP."""

    paths = {"accepted": "/in", "permanent": "/refused", "temporary": "/busy"}

    @contextmanager
    def serving(self):
        with http_server(endpoint(SECRET)) as (base, requests):
            self.base = base
            yield registry.open_webhooks("127.0.0.1"), requests

    def away(self):
        self.base = f"http://127.0.0.1:{free_port()}"
        return registry.open_webhooks("127.0.0.1")

    def item(self, word="accepted"):
        return Call(uuid4(), "POST", self.base + self.paths[word], (), b'{"a":1}', SECRET)

    def count(self, requests):
        return sum(1 for request in requests if request.path == "/in")


class WebPushCase:
    """Notifications through a push service that decrypts them."""

    words = {"accepted": 201, "permanent": 400, "temporary": 503}

    @contextmanager
    def serving(self):
        self.browser = Browser()
        with http_server(push_service(self.browser), serve_tls(self.certificate)) as (base, _):
            self.port = base.rpartition(":")[2]
            yield self.open(), self.browser

    def open(self):
        services = PushServices(f"localhost:{self.port}")
        return WebPush(services, Guard("127.0.0.1"), tls_context=trust(self.certificate))

    def away(self):
        self.browser, self.port = Browser(), free_port()
        return self.open()

    def item(self, word="accepted"):
        endpoint = f"https://localhost:{self.port}/{self.words[word]}/{PASSWORD}"
        return Push(
            id=uuid4(),
            subscriptions=(self.browser.subscribe(endpoint),),
            payload=b'{"title":"Hello"}',
            key=PASSWORD.encode() * 4,
            subject="mailto:shop@shop.example",
            life=timedelta(hours=1),
        )

    def count(self, browser):
        return len(browser.shown)


class MailboxPushCase(WebPushCase):
    """Notifications kept by the built-in mailbox."""

    @contextmanager
    def serving(self):
        self.browser, self.port = Browser(), 443
        yield registry.open_push("mailbox:"), None

    def item(self, word="accepted"):
        push = super().item()
        return push if word == "accepted" else dataclasses.replace(push, subscriptions=())


class MailboxEmailCase(SmtpCase):
    """Letters kept by the built-in mailbox."""

    @contextmanager
    def serving(self):
        yield registry.open_email("mailbox:"), None

    def item(self, word="accepted"):
        letter = super().item()
        bad = EmailAddress("two@example.org, addresses@example.org")
        return letter if word == "accepted" else dataclasses.replace(letter, recipient=bad)


class MailboxSmsCase(TwilioCase):
    """Texts kept by the built-in mailbox."""

    numbers = {"accepted": "+15550000001", "permanent": "whatsapp:+15550000001"}

    @contextmanager
    def serving(self):
        yield registry.open_sms("mailbox:"), None


class MailboxWebhookCase(WebhookCase):
    """Calls kept by the built-in mailbox."""

    @contextmanager
    def serving(self):
        yield registry.open_webhook_mailbox(), None

    def item(self, word="accepted"):
        headers = () if word == "accepted" else (("X-A", "a\r\nX-B: b"),)
        return Call(uuid4(), "POST", None, headers, b'{"a":1}', SECRET)


APIS = [SesCase, SendGridCase, MailgunCase, PostmarkCase, ResendCase]
REMOTE = [SmtpCase, *APIS, TwilioCase, VonageCase, MessageBirdCase, WebhookCase, WebPushCase]
ALL = [*REMOTE, MailboxEmailCase, MailboxSmsCase, MailboxWebhookCase, MailboxPushCase]


def send(provider, items):
    """Send, check that each index is told of exactly once, and return the receipts in order."""
    told = []
    provider.send(items, lambda index, receipt: told.append((index, receipt)), now=NOW)
    assert sorted(index for index, _ in told) == list(range(len(items)))
    return [receipt for _, receipt in sorted(told, key=lambda pair: pair[0])]


@pytest.fixture(params=ALL, ids=lambda case: case.__name__)
def case(request, certificate):
    made = request.param()
    made.certificate = certificate
    return made


@pytest.fixture(params=REMOTE, ids=lambda case: case.__name__)
def remote(request, certificate):
    made = request.param()
    made.certificate = certificate
    return made


def test_what_is_accepted_is_told_so_and_has_arrived_once_each(case):
    with case.serving() as (provider, arrived):
        receipts = send(provider, [case.item() for _ in range(25)])
        provider.close()
    assert {receipt.verdict for receipt in receipts} == {Verdict.ACCEPTED}
    if not provider.keeps_content:
        assert case.count(arrived) == 25


def test_a_permanent_refusal_concerns_its_own_item_only(case):
    with case.serving() as (provider, arrived):
        items = [case.item(), case.item("permanent"), case.item()]
        verdicts = [receipt.verdict for receipt in send(provider, items)]
        provider.close()
    assert verdicts == [Verdict.ACCEPTED, Verdict.PERMANENT, Verdict.ACCEPTED]
    if not provider.keeps_content:
        assert case.count(arrived) == 2


def test_a_temporary_refusal_is_told_so(remote):
    with remote.serving() as (provider, _):
        (receipt,) = send(provider, [remote.item("temporary")])
        provider.close()
    assert receipt.verdict is Verdict.TEMPORARY
    assert receipt.code and not receipt.is_dead_address


def test_with_the_server_down_nothing_is_sent_and_nothing_raised(remote):
    provider = remote.away()
    receipts = send(provider, [remote.item() for _ in range(5)])
    provider.close()
    assert {receipt.verdict for receipt in receipts} == {Verdict.NOT_SENT}
    assert all(receipt.text for receipt in receipts)


def test_nothing_to_send_is_nothing_to_tell(case):
    with case.serving() as (provider, _):
        assert send(provider, []) == []
        provider.close()


def test_it_works_on_after_it_was_closed(case):
    with case.serving() as (provider, _):
        for _ in range(2):
            assert send(provider, [case.item()])[0].verdict is Verdict.ACCEPTED
            provider.close()


def test_what_the_caller_raises_comes_through_and_the_provider_works_on(case):
    class Full(Exception):
        pass

    def fail(index, receipt):
        raise Full

    with case.serving() as (provider, _):
        with pytest.raises(Full):
            provider.send([case.item() for _ in range(6)], fail, now=NOW)
        assert [r.verdict for r in send(provider, [case.item()] * 2)] == [Verdict.ACCEPTED] * 2
        provider.close()


def test_no_secret_shows_in_what_it_says(remote):
    with remote.serving() as (provider, _):
        shown = [
            provider,
            *send(provider, [remote.item(word) for word in ("accepted", "permanent")]),
        ]
        provider.close()
    away = remote.away()
    shown += [away, *send(away, [remote.item()]), remote.item()]
    assert PASSWORD not in repr(shown) and SECRET not in repr(shown)


def test_no_address_of_the_recipient_shows_in_a_refusal(remote):
    with remote.serving() as (provider, _):
        (receipt,) = send(provider, [remote.item("permanent")])
        provider.close()
    assert "permanent@" not in receipt.text and "5550000211" not in receipt.text


def test_the_name_and_whether_it_keeps_content_are_known_beforehand(case):
    with case.serving() as (provider, _):
        assert (provider.name == "mailbox") == provider.keeps_content
        provider.close()


def test_what_arrives_is_what_was_handed_over():
    case = WebhookCase()
    with case.serving() as (provider, requests):
        call = case.item()
        (receipt,) = send(provider, [call])
        provider.close()
    assert UUID(requests[0].headers["webhook-id"]) == call.id
    assert receipt.answer.status == 200 and receipt.answer.body == {
        "path": "/in",
        "got": json.loads(call.body),
    }
