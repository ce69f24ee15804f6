import datetime
from uuid import uuid4

import pytest
from aiosmtpd.smtp import AuthResult

from channels import registry
from channels.base import EmailAddress, Letter, Verdict
from channels.email.smtp import SmtpEmail
from channels.email.smtp_settings import Security, SmtpSettings
from tests.channels.servers import smtp_server

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
SENDER, RECIPIENT = EmailAddress("a@x.example"), EmailAddress("b@y.example")


class Inbox:
    def __init__(self):
        self.sessions = []

    async def handle_DATA(self, server, session, envelope):
        self.sessions.append((session.auth_data, session.ssl is not None))
        return "250 2.0.0 kept"


def send(provider, count=1):
    told = []
    letters = [Letter(uuid4(), SENDER, RECIPIENT, "Hello", b"text") for _ in range(count)]
    provider.send(letters, lambda _, receipt: told.append(receipt), now=NOW)
    provider.close()
    return told


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
@pytest.mark.parametrize("password", ["right", "wrong"])
def test_starttls_and_login_against_a_real_server(serving_tls, trusting, mechanism, password):
    def check(server, session, envelope, used, data):
        assert used == mechanism
        is_right = data.login == "usér".encode() and data.password == b"right"
        return AuthResult(success=is_right, auth_data=data.login, handled=False)

    inbox = Inbox()
    with smtp_server(
        inbox,
        hostname="localhost",
        tls_context=serving_tls,
        require_starttls=True,
        auth_required=True,
        authenticator=check,
        auth_exclude_mechanism={"PLAIN", "LOGIN"} - {mechanism},
    ) as controller:
        settings = SmtpSettings(
            "localhost", controller.port, Security.STARTTLS, "usér", password, tls_context=trusting
        )
        told = send(SmtpEmail(settings), 3)
    if password == "right":
        assert {receipt.verdict for receipt in told} == {Verdict.ACCEPTED}
        assert inbox.sessions == [("usér".encode(), True)] * 3
    else:
        assert {receipt.verdict for receipt in told} == {Verdict.NOT_SENT}
        assert told[0].is_account_problem and told[0].code == "5.7.8"
        assert "usér" not in told[0].text and inbox.sessions == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_certificate_that_is_not_trusted_or_another_hosts_is_an_account_problem(
    serving_tls, trusting, host
):
    context = trusting if host == "127.0.0.1" else None  # trusted, but made for "localhost"
    with smtp_server(Inbox(), hostname="localhost", tls_context=serving_tls) as controller:
        settings = SmtpSettings(host, controller.port, Security.STARTTLS, tls_context=context)
        (receipt,) = send(SmtpEmail(settings))
    assert receipt.verdict is Verdict.NOT_SENT and receipt.is_account_problem
    assert receipt.text.startswith("TLS:")


def test_tls_from_the_first_octet(serving_tls, trusting):
    inbox = Inbox()
    with smtp_server(inbox, hostname="localhost", ssl_context=serving_tls) as controller:
        settings = SmtpSettings(
            "localhost", controller.port, Security.IMPLICIT, tls_context=trusting
        )
        (receipt,) = send(SmtpEmail(settings))
    assert receipt.verdict is Verdict.ACCEPTED


def test_to_this_machine_tls_is_used_where_offered_whoever_signed_it(serving_tls):
    inbox = Inbox()
    with smtp_server(inbox, tls_context=serving_tls) as controller:
        (receipt,) = send(registry.open_email(f"smtp://127.0.0.1:{controller.port}"))
    assert receipt.verdict is Verdict.ACCEPTED and inbox.sessions == [(None, True)]


def test_to_this_machine_plain_text_does_where_tls_is_not_offered():
    inbox = Inbox()
    with smtp_server(inbox) as controller:
        (receipt,) = send(registry.open_email(f"smtp://127.0.0.1:{controller.port}"))
    assert receipt.verdict is Verdict.ACCEPTED and inbox.sessions == [(None, False)]
