import contextlib
import socket
import ssl
import time
from base64 import b64encode
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from channels.base import Verdict
from channels.webhook.guard import Guard
from channels.webhook.http import HttpWebhooks
from tests.channels.servers import free_port, http_server, raw_http_server
from tests.channels.webhook.calls import NOW, SECRET, answering, call, send


def test_a_call_is_signed_as_the_reference_library_expects():
    with http_server(answering(200)) as (base, requests):
        one = call(base + "/in?x=1", headers=(("X-Shop", "7"),))
        send(one)
    (request,) = requests
    assert Webhook(SECRET).verify(request.body, request.headers) == {"a": 1}
    assert (request.method, request.path) == ("POST", "/in?x=1")
    assert request.headers["webhook-id"] == str(one.id)
    assert request.headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert request.headers["host"] == base.removeprefix("http://")
    assert request.headers["content-type"] == "application/json"
    assert request.headers["x-shop"] == "7"


def test_a_call_without_a_secret_goes_unsigned_and_can_still_be_told_from_its_repetition():
    with http_server(answering(200)) as (base, requests):
        one = call(base, secret="")
        (receipt,) = send(one)
    assert receipt.verdict is Verdict.ACCEPTED
    assert requests[0].headers["webhook-id"] == str(one.id)
    assert "webhook-signature" not in requests[0].headers


def test_a_header_of_the_endpoint_replaces_ours():
    headers = (("content-type", "application/x+json"), ("user-agent", "Shop"))
    with http_server(answering(200)) as (base, requests):
        send(call(base, headers=headers, method="PUT"))
    assert requests[0].headers["content-type"] == "application/x+json"
    assert requests[0].headers["user-agent"] == "Shop" and requests[0].method == "PUT"


def test_a_request_that_did_not_leave_whole_is_not_sent():
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        body = b"x" * 30_000_000  # more than the sockets hold
        (receipt,) = send(call(url, body=body, timeout=timedelta(seconds=0.5)))
    assert receipt.verdict is Verdict.NOT_SENT


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_call_without_any_time_is_not_sent(seconds):
    with http_server(answering(200)) as (base, requests):
        (receipt,) = send(call(base, timeout=timedelta(seconds=seconds)))
    assert receipt.verdict is Verdict.NOT_SENT and requests == []


def test_nobody_listening_and_an_unknown_name_are_not_sent():
    port = free_port()
    away, unknown = send(
        call(f"http://127.0.0.1:{port}/"),
        call("http://no-such-host.example/"),
        resolve=lambda host, _: ["127.0.0.1"] if host == "127.0.0.1" else fail_lookup(),
    )
    assert away.verdict is unknown.verdict is Verdict.NOT_SENT
    assert "connect" in away.text and "not found" in unknown.text


def fail_lookup():
    raise OSError(-2, "Name or service not known")


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"]]
)
def test_a_name_that_leads_inside_is_refused_without_a_packet(addresses):
    with http_server(answering(200)) as (base, requests):
        url = base.replace("127.0.0.1", "rebound.example")
        guard = Guard("203.0.113.0/24")  # so that the port is not what refuses it
        (receipt,) = send(call(url), guard=guard, resolve=lambda *_: addresses)
    assert receipt.verdict is Verdict.PERMANENT and receipt.code == "target_refused"
    assert requests == []


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to():
    looked_up = []

    def resolve(host, port):
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["127.66.66.66"]

    with http_server(answering(200)) as (base, requests):
        url = base.replace("127.0.0.1", "shop.example")
        (receipt,) = send(call(url), guard=Guard("127.0.0.1"), resolve=resolve)
    assert receipt.verdict is Verdict.ACCEPTED and looked_up == ["shop.example"]
    assert requests[0].headers["host"] == url.removeprefix("http://")


def test_the_second_address_is_tried_when_nobody_listens_at_the_first():
    with http_server(answering(200)) as (base, _):
        url = base.replace("127.0.0.1", "shop.example")
        (receipt,) = send(call(url), resolve=lambda *_: ["127.0.0.9", "127.0.0.1"])
    assert receipt.verdict is Verdict.ACCEPTED


REDIRECTS = (
    "{inside}/secret", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL", "//127.0.0.1/", "/again",
)  # fmt: skip


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_e4_no_redirect_is_followed_wherever_it_leads(status):
    with http_server(answering(200)) as (inside, reached):
        for target in REDIRECTS:
            location = target.format(inside=inside)
            with http_server(answering(status, b"", Location=location)) as (base, requests):
                (receipt,) = send(call(base))
            assert receipt.verdict is Verdict.PERMANENT and "redirect" in receipt.text
            assert (len(requests), len(reached)) == (1, 0), location


def test_proxies_and_credentials_of_the_environment_are_ignored(monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("default login u password p")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    with http_server(answering(200)) as (base, requests):
        (receipt,) = send(call(base))
    assert receipt.verdict is Verdict.ACCEPTED and "authorization" not in requests[0].headers


@pytest.mark.parametrize(
    "header",
    [
        ("X-A", "a\r\nX-B: b"),
        ("X-A", "a\nb"),
        ("X-A", "a\0b"),
        ("X-A", "é"),
        ("X-A", " a"),
        ("X-A\r\nX-B", "a"),
        ("X A", "a"),
        ("", "a"),
        ("Host", "evil.example"),
        ("content-length", "5"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "close"),
        ("Webhook-Signature", "v1,x"),
        ("webhook-id", "1"),
        ("Proxy-Authorization", "x"),
        ("Expect", "100-continue"),
        ("X-A", "a" * 4001),
    ],
)
def test_a_header_that_could_forge_the_request_is_refused(header):
    with http_server(answering(200)) as (base, requests):
        (receipt,) = send(call(base, headers=(header,)))
    assert receipt.verdict is Verdict.PERMANENT and receipt.code == "header_refused"
    assert requests == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"url": None}, "target_refused"),
        ({"url": "file:///etc/passwd"}, "target_refused"),
        ({"url": "http://10.0.0.1/"}, "target_refused"),
        ({"method": "CONNECT"}, "bad_method"),
        ({"method": "POST /x HTTP/1.1\r\n"}, "bad_method"),
        ({"secret": "whsec_"}, "bad_secret"),
        ({"secret": "whsec_c2hvcnQ="}, "bad_secret"),
        ({"secret": "whsec_é"}, "bad_secret"),
        ({"secret": SECRET.removeprefix("whsec_")}, "bad_secret"),
        ({"headers": (("X-A", "1"), ("x-a", "2"))}, "header_refused"),
        ({"headers": tuple((f"X-{n}", "1") for n in range(31))}, "header_refused"),
    ],
)
def test_what_can_never_be_sent_is_refused_for_good(changed, code):
    (receipt,) = send(call(**{"url": "http://127.0.0.1:1/", **changed}))
    assert (receipt.verdict, receipt.code) == (Verdict.PERMANENT, code)
    assert changed.get("secret", "whsec_") == "whsec_" or changed["secret"] not in receipt.text


def test_tls_is_spoken_to_the_name_in_the_url(serving_tls, trusting):
    with http_server(answering(200), serving_tls) as (base, _):
        named = base.replace("127.0.0.1", "localhost")
        good, wrong_name = (
            send(call(url), tls_context=trusting, resolve=lambda *_: ["127.0.0.1"])[0]
            for url in (named, base)
        )
        (untrusted,) = send(call(named), resolve=lambda *_: ["127.0.0.1"])
    assert good.verdict is Verdict.ACCEPTED
    for refused in (wrong_name, untrusted):
        assert refused.verdict is Verdict.NOT_SENT and "CERTIFICATE_VERIFY_FAILED" in refused.text


def test_an_old_tls_version_is_not_spoken(serving_tls, trusting):
    with pytest.warns(DeprecationWarning):
        serving_tls.maximum_version = ssl.TLSVersion.TLSv1_1
        serving_tls.minimum_version = ssl.TLSVersion.TLSv1
    with http_server(answering(200), serving_tls) as (base, _):
        named = base.replace("127.0.0.1", "localhost")
        (receipt,) = send(call(named), tls_context=trusting, resolve=lambda *_: ["127.0.0.1"])
    assert receipt.verdict is Verdict.NOT_SENT


def test_an_endpoint_that_hangs_delays_only_its_own_calls():
    def hang(connection, stop):
        stop.wait(10)

    short = timedelta(seconds=0.5)
    with http_server(answering(200)) as (good, _), raw_http_server(hang) as (bad, requests):
        started = time.monotonic()
        told = []
        provider = HttpWebhooks(Guard("127.0.0.0/8"))
        calls = [call(bad, timeout=short) for _ in range(20)] + [call(good) for _ in range(20)]
        provider.send(calls, lambda index, receipt: told.append((index, receipt)), now=NOW)
        provider.close()
    assert time.monotonic() - started < 3
    assert [receipt.verdict for index, receipt in told if index >= 20] == [Verdict.ACCEPTED] * 20
    assert all(index >= 20 for index, _ in told[:20])  # they did not wait for the others
    hung = [receipt.verdict for index, receipt in told if index < 20]
    assert hung.count(Verdict.UNCERTAIN) == len(requests) == 2
    assert hung.count(Verdict.NOT_SENT) == 18


def test_an_endpoint_that_asks_for_time_gets_it_for_the_whole_chunk():
    with http_server(answering(429, b"", Retry_After="30")) as (base, requests):
        receipts = send(*[call(base) for _ in range(10)])
    assert 1 <= len(requests) <= 4
    assert {receipt.retry_after for receipt in receipts} == {timedelta(seconds=30)}
    assert {receipt.verdict for receipt in receipts} == {Verdict.TEMPORARY, Verdict.NOT_SENT}


def test_an_address_that_is_silent_leaves_time_for_the_next():
    """A host with IPv6 and IPv4, of which one leads nowhere, is reached by the other."""
    with http_server(answering(200)) as (base, requests), contextlib.ExitStack() as stack:
        port = int(base.rpartition(":")[2])
        silent = stack.enter_context(socket.create_server(("127.0.0.2", port), backlog=0))
        for _ in range(4):  # a queue that is full answers nobody
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                waiting.connect(silent.getsockname())
        (receipt,) = send(
            call(f"http://shop.example:{port}", timeout=timedelta(seconds=1)),
            resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"],
        )
    assert receipt.verdict is Verdict.ACCEPTED and len(requests) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_the_host_is_named_as_a_url_writes_it(host):
    """RFC 9110, 7.2: an IPv6 address stands in brackets, or the port cannot be told from it."""
    with http_server(answering(200), host=host) as (base, requests):
        (receipt,) = send(call(base), guard=Guard("127.0.0.1, ::1"))
    assert receipt.verdict is Verdict.ACCEPTED
    assert requests[0].headers["host"] == base.removeprefix("http://")


def test_connections_are_kept_between_chunks():
    with http_server(answering(200)) as (base, requests):
        provider, told = HttpWebhooks(Guard("127.0.0.0/8")), []
        for _ in range(3):
            provider.send([call(base)], lambda _, receipt: told.append(receipt), now=NOW)
        provider.close()
    assert [receipt.verdict for receipt in told] == [Verdict.ACCEPTED] * 3
    assert len({request.client for request in requests}) == 1


def test_while_a_secret_is_replaced_a_receiver_may_know_either():
    old = "whsec_" + b64encode(b"o" * 32).decode()
    with http_server(answering(200)) as (base, requests):
        (receipt,) = send(call(base, old_secret=old))
    (request,) = requests
    assert len(request.headers["webhook-signature"].split(" ")) == 2
    for secret in (SECRET, old):
        assert Webhook(secret).verify(request.body, request.headers) == {"a": 1}
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + b64encode(b"x" * 32).decode()).verify(request.body, request.headers)
    assert dict(receipt.sent_headers)["webhook-id"] == request.headers["webhook-id"]
    assert receipt.took > timedelta()


def test_410_says_that_the_endpoint_is_gone_and_the_rest_is_not_tried():
    with http_server(answering(410)) as (base, requests):
        told = send(*[call(base) for _ in range(6)])
    assert all(one.is_account_problem for one in told)
    assert sum(not one.is_untried for one in told) == len(requests) <= 2


def test_b20_a_call_says_through_how_many_it_came_and_nobody_else_may_say_so():
    with http_server(answering(200)) as (base, requests):
        send(call(base, hops=2), call(base))
        (receipt,) = send(call(base, headers=(("Sojourn-Hops", "0"),)))
    assert sorted(one.headers.get("sojourn-hops", "") for one in requests) == ["", "2"]
    assert receipt.code == "header_refused"
