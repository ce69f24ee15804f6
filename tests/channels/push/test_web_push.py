"""Web Push over TLS: what leaves, who we say we are, and every answer a push service gives."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from channels.base import BadAddress, Push, Verdict
from channels.push.services import PushServices
from channels.push.vapid import show_public_key
from channels.push.web import WebPush
from channels.target import TargetRefused
from channels.webhook.guard import Guard
from tests.channels.push_services import Browser, push_service
from tests.channels.servers import http_server

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
KEY = b"k" * 32


@contextmanager
def service(serving_tls, trusting, headers=None, added="localhost:{}", allowed="127.0.0.1"):
    """Yields (provider, browser, base)."""
    browser = Browser()
    with http_server(push_service(browser, headers), serving_tls) as (base, _):
        port = base.rpartition(":")[2]
        provider = WebPush(PushServices(added.format(port)), Guard(allowed), tls_context=trusting)
        yield provider, browser, f"https://localhost:{port}"
        provider.close()


def build_push(*subscriptions, **changed):
    return Push(
        **{
            "id": uuid4(),
            "subscriptions": subscriptions,
            "payload": json.dumps({"title": "Grüße"}).encode(),
            "key": KEY,
            "subject": "mailto:shop@shop.example",
            "life": timedelta(hours=2),
            **changed,
        }
    )


def send(provider, *pushes, now=NOW):
    told = {}
    provider.send(pushes, told.setdefault, now=now)
    return [told[index] for index in range(len(pushes))]


def test_what_leaves_is_read_by_the_browser_alone(serving_tls, trusting):
    with service(serving_tls, trusting) as (provider, browser, base):
        push = build_push(browser.subscribe(f"{base}/201/a"), is_urgent=True, collapse="cart")
        (receipt,) = send(provider, push)
    (asked,) = browser.asked
    assert receipt.verdict is Verdict.ACCEPTED and receipt.text == "1 of 1 devices"
    assert browser.shown == [push.payload] and b"title" not in asked.body
    assert asked.headers["ttl"] == "7200" and asked.headers["urgency"] == "high"
    assert len(asked.headers["topic"]) == 32 and "cart" not in asked.headers["topic"]


def test_we_say_who_we_are_and_sign_once_for_many(serving_tls, trusting):
    with service(serving_tls, trusting) as (provider, browser, base):
        devices = [browser.subscribe(f"{base}/201/{number}") for number in range(3)]
        send(provider, build_push(*devices))
        send(provider, build_push(devices[0]), now=NOW + timedelta(hours=10))
        send(provider, build_push(devices[0]), now=NOW + timedelta(hours=11, minutes=30))
    claims, key, _ = browser.tokens[0]
    assert claims == {
        "aud": base,
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "sub": "mailto:shop@shop.example",
    }
    assert key == show_public_key(KEY)
    tokens = [header for _, _, header in browser.tokens]
    assert len(set(tokens[:4])) == 1 and tokens[4] != tokens[0]


def test_a_person_with_one_device_that_took_it_has_got_it(serving_tls, trusting):
    with service(serving_tls, trusting) as (provider, browser, base):
        paths = ("201/a", "410/b", "503/c")
        devices = [browser.subscribe(f"{base}/{path}") for path in paths]
        (receipt,) = send(provider, build_push(*devices))
    assert receipt.verdict is Verdict.ACCEPTED
    assert receipt.text == "1 of 3 devices; answered 410; answered 503"
    told = {one.subscription: (one.took, one.is_gone) for one in receipt.devices}
    assert [told[one.id] for one in devices] == [(True, False), (False, True), (False, False)]


@pytest.mark.parametrize(
    ("status", "verdict", "is_gone"),
    [
        (404, Verdict.PERMANENT, True),
        (410, Verdict.PERMANENT, True),
        (400, Verdict.PERMANENT, False),
        (413, Verdict.PERMANENT, False),
        (301, Verdict.PERMANENT, False),
        (406, Verdict.TEMPORARY, False),  # Microsoft's word for too many
        (429, Verdict.TEMPORARY, False),
        (500, Verdict.TEMPORARY, False),
        (503, Verdict.TEMPORARY, False),
    ],
)
def test_every_answer_means_what_the_rfc_says(serving_tls, trusting, status, verdict, is_gone):
    with service(serving_tls, trusting) as (provider, browser, base):
        (receipt,) = send(provider, build_push(browser.subscribe(f"{base}/{status}/a")))
    assert (receipt.verdict, receipt.code) == (verdict, str(status))
    assert [one.is_gone for one in receipt.devices] == [is_gone]
    assert not receipt.is_dead_address and not receipt.is_account_problem
    assert receipt.is_outage == (status >= 500)


def test_it_waits_as_long_as_it_is_asked_to(serving_tls, trusting):
    headers = {"Retry-After": "120"}
    with service(serving_tls, trusting, headers) as (provider, browser, base):
        first, second = send(
            provider, *(build_push(browser.subscribe(f"{base}/429/{one}")) for one in "ab")
        )
    assert first.verdict is Verdict.TEMPORARY
    assert {first.retry_after, second.retry_after} == {timedelta(seconds=120)}


def test_a_push_is_kept_no_longer_than_every_push_service_takes(serving_tls, trusting):
    """Google refuses more than four weeks (autopush-rs, issue 967)."""
    with service(serving_tls, trusting) as (provider, browser, base):
        device = browser.subscribe(f"{base}/201/a")
        send(provider, build_push(device, life=timedelta(days=60)), build_push(device))
    assert {asked.headers["ttl"] for asked in browser.asked} == {"2419200", "7200"}


def test_p14_a_push_service_that_asks_for_time_rests_alone(serving_tls, trusting):
    """Mozilla's Retry-After is not Google's: the account goes on."""
    browser = Browser()
    busy = http_server(push_service(browser, {"Retry-After": "120"}), serving_tls)
    with busy as (one, asked), http_server(push_service(browser), serving_tls) as (other, _):
        ports = [base.rpartition(":")[2] for base in (one, other)]
        services = PushServices(", ".join(f"localhost:{port}" for port in ports))
        provider = WebPush(services, Guard("127.0.0.1"), tls_context=trusting)
        first, second = (
            build_push(browser.subscribe(f"https://localhost:{port}/{status}/a"))
            for port, status in zip(ports, (429, 201), strict=True)
        )
        told = [send(provider, push)[0] for push in (first, second, first)]
        provider.close()
    assert [one.verdict for one in told] == [
        Verdict.TEMPORARY, Verdict.ACCEPTED, Verdict.NOT_SENT,
    ]  # fmt: skip
    assert len(asked) == 1  # it is left alone for so long
    assert told[0].is_of_domain and told[2].is_of_domain and not told[1].is_of_domain
    assert timedelta(seconds=110) < told[2].retry_after <= timedelta(seconds=120)


@pytest.mark.parametrize("status", [406, 429])
def test_one_that_does_not_say_for_how_long_rests_ever_longer_until_it_takes_one(
    serving_tls, trusting, monkeypatch, status
):
    moment = [0.0]
    monkeypatch.setattr("channels.push.web.time", SimpleNamespace(monotonic=lambda: moment[0]))
    monkeypatch.setattr("channels.fan_out.time", SimpleNamespace(monotonic=lambda: 0.0))
    with service(serving_tls, trusting) as (provider, browser, base):
        busy, free = (build_push(browser.subscribe(f"{base}/{one}/a")) for one in (status, 201))
        rests = []
        for push in (busy, busy, busy, busy, free, busy):
            (receipt,) = send(provider, push)
            rests.append(receipt.retry_after and int(receipt.retry_after.total_seconds()))
            assert push is free or receipt.is_of_domain
            (behind,) = send(provider, free) if receipt.retry_after else (None,)
            assert behind is None or behind.verdict is Verdict.NOT_SENT
            moment[0] += rests[-1] or 0
    assert rests == [1, 2, 4, 8, None, 1]
    assert len(browser.asked) == 6


@pytest.mark.parametrize("status", [401, 403])
def test_only_what_worked_before_shows_that_our_keys_are_refused(serving_tls, trusting, status):
    with service(serving_tls, trusting) as (provider, browser, base):
        stranger = browser.subscribe(f"{base}/{status}/a")
        known = browser.subscribe(f"{base}/{status}/a", has_worked=True)
        refused, ours = (send(provider, build_push(one))[0] for one in (stranger, known))
    assert refused.verdict is Verdict.PERMANENT and not refused.is_account_problem
    assert ours.is_account_problem and not ours.devices[0].is_gone


def test_nothing_goes_to_a_host_that_is_no_push_service(serving_tls, trusting):
    with service(serving_tls, trusting, added="") as (provider, browser, base):
        (receipt,) = send(provider, build_push(browser.subscribe(f"{base}/201/a")))
    assert receipt.verdict is Verdict.PERMANENT and receipt.code == "target_refused"
    assert browser.asked == []


def test_a_name_that_leads_into_the_private_network_is_not_followed(serving_tls, trusting):
    with service(serving_tls, trusting, allowed="") as (provider, browser, base):
        (receipt,) = send(provider, build_push(browser.subscribe(f"{base}/201/a")))
    assert receipt.verdict is Verdict.PERMANENT and browser.asked == []


def test_what_is_too_long_for_a_push_does_not_leave(serving_tls, trusting):
    with service(serving_tls, trusting) as (provider, browser, base):
        push = build_push(browser.subscribe(f"{base}/201/a"), payload=b"x" * 4000)
        (receipt,) = send(provider, push)
    assert receipt.code == "too_long" and browser.asked == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://wns2-by3p.notify.windows.com/w/?token=BQYAAA%3d",
        "https://web.push.apple.com/QGuQ",
    ],
)
def test_the_push_services_of_browsers_are_known(endpoint):
    assert PushServices().check(endpoint).scheme == "https"


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/fcm/send/abc",
        "https://fcm.googleapis.com.evil.example/a",
        "https://evilfcm.googleapis.com/a",
        "https://notify.windows.com.evil.example/",
        "https://user@fcm.googleapis.com/a",
        "https://fcm.googleapis.com@evil.example/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://fcm.googleapis.com/" + "a" * 1000,
        "ftp://fcm.googleapis.com/a",
        "",
    ],
)
def test_what_a_page_made_up_is_refused(endpoint):
    with pytest.raises(TargetRefused):
        PushServices().check(endpoint)


def test_the_operator_may_add_push_services():
    services = PushServices(" push.example.com:8443, *.Push.example.org ")
    assert services.check("https://push.example.com:8443/a").port == 8443
    assert services.check("https://eu.push.example.org/a").host == "eu.push.example.org"
    with pytest.raises(TargetRefused):
        services.check("https://push.example.com/a")
    with pytest.raises(BadAddress):
        PushServices("https://push.example.com")
