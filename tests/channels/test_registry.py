import contextlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels import registry
from channels.base import BadAddress
from channels.email.smtp_settings import Security, read_smtp_url
from channels.sms.twilio_account import read_twilio_url


@pytest.mark.parametrize("url", ["mailbox:", " mailbox: ", "mailbox://"])
def test_the_mailbox_keeps_letters_and_texts(url):
    assert registry.open_email(url).keeps_content and registry.open_sms(url).keeps_content


def test_the_mailbox_is_the_default():
    assert registry.open_email().name == registry.open_sms().name == "mailbox"
    assert registry.open_webhook_mailbox().keeps_content
    assert not registry.open_webhooks().keeps_content


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 587, Security.STARTTLS)),
        ("smtp://mail.example:25", ("mail.example", 25, Security.STARTTLS)),
        ("smtp://mail.example/?tls=none", ("mail.example", 587, Security.NONE)),
        ("smtp://mail.example?tls=implicit", ("mail.example", 465, Security.IMPLICIT)),
        ("smtps://mail.example", ("mail.example", 465, Security.IMPLICIT)),
        ("smtps://mail.example?tls=implicit", ("mail.example", 465, Security.IMPLICIT)),
        ("smtp://127.0.0.1:2525", ("127.0.0.1", 2525, Security.OPPORTUNISTIC)),
        ("smtp://localhost:2525", ("localhost", 2525, Security.OPPORTUNISTIC)),
        ("smtp://[::1]:2525", ("::1", 2525, Security.OPPORTUNISTIC)),
        ("smtp://127.0.0.1?tls=starttls", ("127.0.0.1", 587, Security.STARTTLS)),
    ],
)
def test_an_smtp_address_says_host_port_and_protection(url, expected):
    read = read_smtp_url(url)
    assert (read.host, read.port, read.security) == expected and read.username is None


def test_user_and_password_are_percent_decoded():
    read = read_smtp_url("smtp://us%40er:p%40ss%3A%2Fw%25@mail.example?name=app.example")
    assert (read.username, read.password, read.local_name) == ("us@er", "p@ss:/w%", "app.example")
    assert "p@ss" not in repr(read)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smtp",
        "smtp:",
        "smtp://",
        "http://mail.example",
        "SMTP://mail.example",
        "smtp://mail.example:0",
        "smtp://mail.example:65536",
        "smtp://mail.example:smtp",
        "smtp://user@mail.example",
        "smtp://:xyzzyx@mail.example",
        "smtp://user:xyz/zyx@mail.example",
        "smtp://user:xyz@zyx@mail.example",
        "smtp://user:12?xyz&zyx@mail.example",
        "smtp://user:xyzzyx@mail.example:99999",
        "smtp://user:xyzzyx@mail.example?tls=none",
        "smtp://user:xyzzyx@mail.example?tls=maybe",
        "smtp://user:xyzzyx@mail.example?colour=red",
        "smtp://user:xyzzyx@mail.example?tls=none&tls=starttls",
        "smtps://user:xyzzyx@mail.example?tls=none",
        "smtp://user:xyzzyx@mail.example?name=é",
        "smtp://user:xyzzyx@mail.example?dkim=s1._domainkey.shop.example",
        "smtp://user:xyzzyx@mail.example?dkim=s1._domainkey.a.example&dkim_key=/no/such/file",
    ],
)
def test_a_malformed_address_of_email_is_refused_without_showing_the_password(url):
    with pytest.raises(BadAddress) as refused:
        registry.open_email(url)
    assert "xyz" not in str(refused.value) and "zyx" not in str(refused.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_a_password_may_go_without_tls_to_this_machine_only(host):
    assert read_smtp_url(f"smtp://u:p@{host}?tls=none").password == "p"


def test_an_unknown_provider_is_told_which_there_are():
    with pytest.raises(BadAddress, match=re.escape("mailbox:, smtp:, smtps:")):
        registry.open_email("sendmail:/usr/bin")
    with pytest.raises(BadAddress, match=re.escape("mailbox:, twilio:")):
        registry.open_sms("smpp://x")


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("twilio://AC1:token@+15551234567", "+15551234567"),
        ("twilio://AC1:token@MG0123456789abcdef0123456789ABCDEF", None),
        ("twilio://AC1:token@My%20Shop", "My Shop"),
        ("twilio://AC1:token@12345", "12345"),
    ],
)
def test_a_twilio_address_says_account_and_sender(url, sender):
    account = read_twilio_url(url)
    assert (account.sid, account.token) == ("AC1", "token")
    assert account.sender == (sender or "MG0123456789abcdef0123456789ABCDEF")
    assert account.base == "https://api.twilio.com" and "token" not in repr(account)


@pytest.mark.parametrize(
    "url",
    [
        "twilio://",
        "twilio://+15551234567",
        "twilio://AC1@+15551234567",
        "twilio://AC1:xyzzyx@",
        "twilio://A/C:xyzzyx@+15551234567",
        "twilio://AC1:xyzzyx@whatsapp:+15551234567",
        "twilio://AC1:xyzzyx@a-name-much-too-long",
        "twilio://AC1:xyzzyx@+15551234567:80",
        "twilio://AC1:xyzzyx@+15551234567?base=ftp://x",
        "twilio://AC1:xyzzyx@+15551234567?base=http://api.example",
        "twilio://AC1:xyzzyx@+15551234567?from=x",
    ],
)
def test_a_malformed_address_of_sms_is_refused_without_showing_the_token(url):
    with pytest.raises(BadAddress) as refused:
        registry.open_sms(url)
    assert "xyzzyx" not in str(refused.value)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_whatever_stands_in_a_setting_is_opened_or_refused(rest):
    for scheme in ("smtp://u:", "smtp://", "twilio://", "twilio://AC1:t@", "mailbox:", ""):
        for open_one in (registry.open_email, registry.open_sms):
            with contextlib.suppress(BadAddress):
                open_one(scheme + rest)


@pytest.mark.parametrize(
    "allowed", ["here", "10.0.0.0/99", "10.0.0.1/8", "1.2.3.4:0x50", "a.example"]
)
def test_a_malformed_allow_list_is_refused(allowed):
    with pytest.raises(BadAddress):
        registry.open_webhooks(allowed)
