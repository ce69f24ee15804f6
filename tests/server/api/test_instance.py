"""How the instance is set up, over HTTP: without secrets, and whether the mail server is there."""

import pytest

from server.app import create_app
from tests.channels.servers import free_port, smtp_server
from tests.server.conftest import build_house, log_in

ROOT = "/api/v1/instance"
ACCOUNTS = "/api/v1/accounts"


@pytest.fixture
def open_with(sqlite_database, tmp_path, wall):
    """Opens an owner's browser on an instance with these settings; no database has a say here."""
    houses = []

    def build(**settings):
        house = build_house(sqlite_database, tmp_path, wall=wall, **settings)
        houses.append(house)
        return log_in(create_app(house), "owner")

    yield build
    for house in houses:
        house.outgoing.close()


def test_what_the_environment_says_is_shown_without_names_and_passwords(open_with):
    browser = open_with(
        email_url="smtps://user:secret-word@mail.example.com:465",
        sms_url="twilio://AC0:token-word@+15005550006",
        sender="Shop <hello@example.com>",
        timezone="Europe/Berlin",
    )
    shown = browser.get(ROOT).json
    assert (shown["sender"], shown["timezone"]) == ("Shop <hello@example.com>", "Europe/Berlin")
    carriers = browser.get(ACCOUNTS).json["items"]
    email, text, push = [(one["channel"], one["provider"], one["host"]) for one in carriers]
    assert email == ("email", "smtps", "mail.example.com:465")
    assert text == ("sms", "twilio", None)
    assert push == ("push", "webpush", None)
    told = browser.get(ROOT).get_data(as_text=True) + browser.get(ACCOUNTS).get_data(as_text=True)
    for secret in ("secret-word", "token-word", "AC0"):
        assert secret not in told


def test_a_mail_server_that_is_there_is_reached_and_one_that_is_not_is_not(open_with):
    with smtp_server() as server:
        browser = open_with(email_url=f"smtp://127.0.0.1:{server.port}?tls=none")
        told = browser.post(f"{ACCOUNTS}/email/smtp/check", json={}).json
        assert told == {"reached": True, "trouble": ""}


def test_silence_is_told(open_with):
    browser = open_with(email_url=f"smtp://127.0.0.1:{free_port()}?tls=none")
    told = browser.post(f"{ACCOUNTS}/email/smtp/check", json={}).json
    assert (told["reached"], told["trouble"]) == (False, "ConnectionRefusedError")


def test_there_is_no_server_to_reach_where_letters_are_kept(open_with):
    browser = open_with(email_url="mailbox:")
    assert browser.get(ACCOUNTS).json["items"][0]["provider"] == "mailbox"
    assert browser.post(f"{ACCOUNTS}/email/mailbox/check", json={}).status_code == 409


def test_it_is_for_who_may_change_settings(app):
    assert log_in(app, "publisher").get(ROOT).status_code == 403
