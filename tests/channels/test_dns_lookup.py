"""Names are asked for of a real name server on loopback, well behaved or not."""

import socketserver
import struct
import threading
import time
from contextlib import contextmanager, suppress

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from channels import dns_lookup
from channels.dns_lookup import LONGEST, MOST_RECORDS, NoAnswerFound, look_up_txt

RECORDS = {
    "one.example.": ['"v=spf1 mx ~all"'],
    "parts.example.": ['"v=DKIM1; k=rsa; p=' + "A" * 200 + '" "' + "B" * 200 + '"'],
    "two.example.": ['"v=spf1 mx"', '"v=spf1 a"'],
    "many.example.": [f'"record {n}"' for n in range(60)],
    "long.example.": [" ".join(f'"{"x" * 250}"' for _ in range(20))],
    "signs.example.": ['"v=\\195\\188\\000\\255"'],
    "empty.example.": [],
}


def answer(octets, *, over_udp):
    """The answer to a query: `slow` none in time, `refused`, `broken` and `liar` each in its way."""
    query = dns.message.from_wire(octets)
    name = str(query.question[0].name).lower()
    said = dns.message.make_response(query)
    said.flags |= dns.flags.RA
    if name == "slow.example.":
        time.sleep(1)
    elif name == "refused.example.":
        said.set_rcode(dns.rcode.REFUSED)
    elif name == "failing.example.":
        said.set_rcode(dns.rcode.SERVFAIL)
    elif name == "broken.example.":
        return octets[:2] + b"\xff" * 8
    elif name == "other-id.example.":
        return b"\x00\x00" + said.to_wire()[2:]
    elif name == "alias.example.":
        said.answer = [
            dns.rrset.from_text(name, 60, "IN", "CNAME", "one.example."),
            dns.rrset.from_text("one.example.", 60, "IN", "TXT", *RECORDS["one.example."]),
        ]
    elif name not in RECORDS:
        said.set_rcode(dns.rcode.NXDOMAIN)
    elif RECORDS[name]:
        said.answer = [dns.rrset.from_text(name, 60, "IN", "TXT", *RECORDS[name])]
    wire = said.to_wire(max_size=65_535)
    if over_udp and len(wire) > 512:  # the rest is fetched by TCP
        said.answer, said.flags = [], said.flags | dns.flags.TC
        return said.to_wire()
    return wire


class Datagrams(socketserver.BaseRequestHandler):
    def handle(self):
        octets, socket = self.request
        wire = answer(octets, over_udp=True)
        with suppress(OSError):  # the test did not wait for it
            socket.sendto(wire, self.client_address)


class Streams(socketserver.BaseRequestHandler):
    def handle(self):
        (length,) = struct.unpack("!H", self.request.recv(2))
        wire = answer(self.request.recv(length), over_udp=False)
        self.request.sendall(struct.pack("!H", len(wire)) + wire)


@contextmanager
def run_name_server():
    with (
        socketserver.ThreadingTCPServer(("127.0.0.1", 0), Streams) as tcp,
        socketserver.ThreadingUDPServer(("127.0.0.1", tcp.server_address[1]), Datagrams) as udp,
    ):
        servers = (tcp, udp)
        for server in servers:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield tcp.server_address[1]
        for server in servers:
            server.shutdown()


@pytest.fixture(scope="module")
def port():
    with run_name_server() as port:
        yield port


@pytest.fixture(autouse=True)
def resolver(port, monkeypatch):
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], port
    monkeypatch.setattr(dns.resolver, "default_resolver", resolver)
    monkeypatch.setattr(dns_lookup, "SECONDS", 0.4)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("one.example", ["v=spf1 mx ~all"]),
        ("ONE.example", ["v=spf1 mx ~all"]),
        ("alias.example", ["v=spf1 mx ~all"]),
        ("parts.example", ["v=DKIM1; k=rsa; p=" + "A" * 200 + "B" * 200]),
        ("two.example", ["v=spf1 a", "v=spf1 mx"]),
        ("empty.example", []),
        ("nobody.example", []),
    ],
)
def test_r118_what_a_name_says_is_read_whole(name, found):
    assert sorted(look_up_txt(name)) == found


@pytest.mark.parametrize(
    "name",
    ["slow.example", "refused.example", "failing.example", "broken.example", "other-id.example"],
)
def test_r118_where_nobody_answers_rightly_nobody_knows(name):
    began = time.monotonic()
    with pytest.raises(NoAnswerFound):
        look_up_txt(name)
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    "name", ["a" * 64 + ".example", "a..example", "a." * 130 + "example", "xn--\udc00"]
)
def test_what_is_no_name_is_not_asked_for(name):
    with pytest.raises(NoAnswerFound):
        look_up_txt(name)


def test_however_much_a_name_says_little_is_kept():
    assert len(look_up_txt("many.example")) == MOST_RECORDS
    (long,) = look_up_txt("long.example")
    assert len(long) == LONGEST
    (signs,) = look_up_txt("signs.example")
    assert signs.startswith("v=") and signs.isprintable() is False and signs.count("\ufffd") == 3
