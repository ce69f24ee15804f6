"""Connections by the recipients' domain, and domains that ask for a rest."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from channels.base import BadAddress, EmailAddress, Letter, Receipt, Verdict
from channels.email.dkim import DkimSigner
from channels.email.domain_gate import FIRST_REST, LONGEST_REST, DomainGate
from channels.email.envelope import is_throttling
from channels.email.smtp import SmtpEmail, choose_signers
from channels.email.smtp_settings import Security, SmtpSettings, read_smtp_url
from channels.email.wire import Reply
from tests.channels.email.test_dkim import EDWARDS
from tests.channels.email.test_smtp import NOW, send, serve, verdicts
from tests.channels.servers import SmtpInbox, smtp_server

__all__ = ["serve"]  # the fixture
SLOW_DOWN = Receipt(Verdict.TEMPORARY, is_of_domain=True)


class Crowd(SmtpInbox):
    """Counts how many conversations carry letters to one domain at once, and each one's letters."""

    def __init__(self):
        super().__init__()
        self.now, self.most, self.carried = Counter(), Counter(), Counter()
        self.go = threading.Event()

    async def handle_RCPT(self, server, session, envelope, address, options):
        domain = address.rpartition("@")[2]
        if domain == "busy.example":
            return "421 4.7.28 Our system has detected an unusual rate of mail from you"
        self.now[domain] += 1
        self.most[domain] = max(self.most[domain], self.now[domain])
        self.carried[id(session)] += 1
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        import asyncio

        await asyncio.sleep(0.02)
        self.now[envelope.rcpt_tos[0].rpartition("@")[2]] -= 1
        return await super().handle_DATA(server, session, envelope)


def open_to(controller, **changed):
    return SmtpEmail(SmtpSettings("127.0.0.1", controller.port, security=Security.NONE, **changed))


def letter(domain):
    to = EmailAddress(f"ann@{domain}")
    return Letter(uuid4(), EmailAddress("news@shop.example"), to, "S", b"t")


def deliver(provider, letters):
    told = {}
    provider.send(letters, told.__setitem__, now=NOW)
    assert sorted(told) == list(range(len(letters)))
    return [told[index] for index in range(len(letters))]


def test_a_domain_gets_no_more_connections_than_allowed_and_every_letter():
    with smtp_server(Crowd()) as controller:
        provider = open_to(controller, per_domain=2, messages_per_connection=3)
        chunk = [letter("big.example"), letter("small.example"), letter("big.example")]
        with ThreadPoolExecutor(6) as pool:
            receipts = list(pool.map(lambda _: deliver(provider, chunk), range(6)))
        crowd = controller.handler
    assert all(verdicts(some) == ["accepted"] * 3 for some in receipts)
    assert len(crowd.envelopes) == 18
    assert crowd.most["big.example"] == 2 and crowd.most["small.example"] <= 2
    assert max(crowd.carried.values()) <= 3


def test_a_domain_that_asks_to_go_slower_rests_and_the_others_are_served():
    with smtp_server(Crowd()) as controller:
        provider = open_to(controller)
        domains = ["a.example", "busy.example", "busy.example", "b.example", "BUSY.example"]
        first = deliver(provider, [letter(one) for one in domains])
        second = deliver(provider, [letter("busy.example"), letter("a.example")])
        provider.close()
    assert verdicts(first) == ["accepted", "temporary", "not_sent", "accepted", "not_sent"]
    assert first[1].code == "4.7.28" and first[1].retry_after == FIRST_REST
    assert all(one.is_of_domain for one in (first[1], first[2], first[4], second[0]))
    assert timedelta() < second[0].retry_after <= FIRST_REST
    assert second[1].verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("pipelining", [True, False])
def test_what_is_under_way_when_a_domain_asks_for_a_rest_is_told_of_all_the_same(serve, pipelining):
    server = serve({(".", 1): "451 4.7.0 too many messages"}, pipelining=pipelining)
    receipts = send(server, 4, recipients=["a@y.example"] * 3 + ["b@z.example"])
    assert verdicts(receipts)[0] == "temporary" and verdicts(receipts)[3] == "accepted"
    assert verdicts(receipts)[2] == "not_sent"
    assert server.connections == 1


def test_who_finds_no_place_in_time_has_sent_nothing():
    gate = DomainGate(1)
    assert gate.take({"a.example", "b.example"}, deadline=0) == {"a.example", "b.example"}
    assert gate.take({"a.example"}, deadline=time.monotonic() + 0.01) == set()
    assert gate.take({"a.example", "c.example"}, deadline=0) == {"c.example"}
    gate.give_back({"a.example"})
    assert gate.take({"a.example"}, deadline=0) == {"a.example"}


def test_a_rest_grows_as_long_as_it_is_of_no_use_and_ends_with_a_letter_that_is_taken():
    clock = [0.0]
    gate = DomainGate(9, clock=lambda: clock[0])
    rests = []
    for _ in range(8):
        rests.append(gate.note("a.example", SLOW_DOWN).retry_after)
        assert gate.refuse("a.example").retry_after == rests[-1]
        assert gate.refuse("b.example") is None
        clock[0] += rests[-1].total_seconds()
        assert gate.refuse("a.example") is None
    assert rests[:3] == [FIRST_REST, FIRST_REST * 2, FIRST_REST * 4]
    assert rests[-1] == LONGEST_REST
    gate.note("a.example", Receipt(Verdict.ACCEPTED))
    assert gate.note("a.example", SLOW_DOWN).retry_after == FIRST_REST
    clock[0] += 10  # of one that was under way: the rest is not begun anew
    assert gate.note("a.example", SLOW_DOWN).retry_after == FIRST_REST - timedelta(seconds=10)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("421 4.7.28 unusual rate of unsolicited mail", True),
        ("451 4.7.650 The mail server has been temporarily rate limited", True),
        ("421 4.7.0 [TSS04] Messages temporarily deferred", True),
        ("452 Too many recipients received this hour", True),
        ("450 4.2.1 The user is receiving mail at a rate that prevents it", True),
        ("451 4.7.1 Greylisting in action, please come back later", False),
        ("450 4.2.0 Greylisted", False),
        ("421 4.3.2 Service shutting down", False),
        ("452 4.2.2 Mailbox full", False),
        ("554 5.7.1 rate limit, for good", False),
        ("250 2.0.0 queued at this rate", False),
    ],
)
def test_what_asks_to_go_slower_is_told_from_what_does_not(said, expected):
    code, _, words = said.partition(" ")
    assert is_throttling(Reply(int(code), (words,))) is expected


@pytest.mark.parametrize("count", ["0", "x", "-1", "10001", "1.5", "²"])
def test_limits_in_the_address_are_whole_numbers(count):
    with pytest.raises(BadAddress):
        read_smtp_url(f"smtp://127.0.0.1:25?per_domain={count}")
    with pytest.raises(BadAddress):
        read_smtp_url(f"smtp://127.0.0.1:25?per_connection={count}")


def test_the_address_says_the_limits():
    settings = read_smtp_url("smtp://127.0.0.1:25?per_domain=2&per_connection=100")
    assert (settings.per_domain, settings.messages_per_connection) == (2, 100)
    assert read_smtp_url("smtp://127.0.0.1:25").per_domain == 20


def test_the_keys_of_the_senders_domain_sign_and_all_where_it_has_none():
    shop, news = (DkimSigner(one, "s", EDWARDS) for one in ("shop.example", "news.example"))
    both = (shop, news)
    assert list(choose_signers(both, "a@shop.example")) == [shop]
    assert list(choose_signers(both, "a@mail.News.example")) == [news]
    assert list(choose_signers(both, "a@notnews.example")) == [shop, news]


def test_several_keys_are_named_by_comma(tmp_path):
    from cryptography.hazmat.primitives import serialization

    pem = EDWARDS.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    for name in ("a.pem", "b.pem"):
        (tmp_path / name).write_bytes(pem)
    keys = f"{tmp_path}/a.pem,{tmp_path}/b.pem"
    names = "s1._domainkey.shop.example,s2._domainkey.news.example"
    signers = read_smtp_url(f"smtp://127.0.0.1?dkim={names}&dkim_key={keys}").signers
    assert [(one.domain, one.selector) for one in signers] == [
        ("shop.example", "s1"),
        ("news.example", "s2"),
    ]
    with pytest.raises(BadAddress):
        read_smtp_url(f"smtp://127.0.0.1?dkim={names}&dkim_key={tmp_path}/a.pem")
