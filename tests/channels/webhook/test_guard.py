from ipaddress import ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.base import Verdict
from channels.target import Target, TargetRefused, parse_target
from channels.webhook.guard import Guard
from tests.channels.webhook.calls import call, send

#: Every spelling of an address that is not public, at each of which some parser has stumbled.
NASTY = [
    "http://127.0.0.1",
    "http://127.1",
    "http://0x7f.1",
    "http://0x7f000001",
    "http://2130706433",
    "http://017700000001",
    "http://0177.0.0.1",
    "http://127.0.0.01",
    "http://0",
    "http://0.0.0.0",
    "http://localhost",
    "http://LOCALHOST",
    "http://localhost.",
    "http://a.localhost",
    "http://①②⑦.0.0.1",
    "http://127。0。0。1",
    "http://１２７．０．０．１",
    "http://ⓛocalhost",
    "http://127.0.0.1.",
    "http://[::1]",
    "http://[::]",
    "http://[0:0:0:0:0:0:0:1]",
    "http://[::ffff:127.0.0.1]",
    "http://[::ffff:a9fe:a9fe]",
    "http://[64:ff9b::a9fe:a9fe]",
    "http://[64:ff9b::127.0.0.1]",
    "http://[64:ff9b:1::1]",
    "http://[2002:7f00:1::]",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "http://[::7f00:1]",
    "http://[fe80::1]",
    "http://[fe80::1%25lo]",
    "http://[fe80::1%lo]",
    "http://[fc00::1]",
    "http://[fd00:ec2::254]",
    "http://[ff02::1]",
    "http://[2001:db8::1]",
    "http://[3fff::1]",
    "http://[100::1]",
    "http://10.0.0.1",
    "http://172.16.0.1",
    "http://172.31.255.255",
    "http://192.168.1.1",
    "http://100.64.0.1",
    "http://100.100.100.200",
    "http://169.254.169.254",
    "http://198.18.0.1",
    "http://192.0.0.192",
    "http://192.0.2.1",
    "http://198.51.100.1",
    "http://203.0.113.1",
    "http://192.88.99.1",
    "http://224.0.0.1",
    "http://240.0.0.1",
    "http://255.255.255.255",
    "http://168.63.129.16",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://METADATA.google.internal.",
    "http://metadata",
    "http://evil.example#@127.0.0.1/",
    "http://a@127.0.0.1:80@evil.example/",
    "http://user:pw@evil.example/",
    "http://evil.example\\@127.0.0.1/",
    "http:\\\\127.0.0.1",
    "http://evil.example\t.com/",
    "http://evil.example/a b",
    "http://evil.example/a\r\nHost: x",
    "http://evil.example/\x00",
    " http://evil.example/",
    "http://evil.example/ ",
    "http://evil.example:25/",
    "http://evil.example:22/",
    "http://evil.example:6379/",
    "http://evil.example:0/",
    "http://evil.example:99999/",
    "http://evil.example:80:80/",
    "http://evil.example:٨٠/",
    "http://8.8.8.8:8080/",
    "http://evil%2eexample/",
    "http://evil..example/",
    "http://.example/",
    "http:///path",
    "http://",
    "http:evil.example",
    "//evil.example",
    "evil.example",
    "",
    "file:///etc/passwd",
    "ftp://evil.example/",
    "gopher://evil.example/",
    "data:text/plain,x",
    "unix:/var/run/docker.sock",
    "http+unix://%2Fvar%2Frun/",
    "httpſ://evil.example/",
    "javascript:alert(1)",
    "http://[::1",
    "http://::1/",
    "http://[::1]evil.example/",
    "http://[v1.fe80::1]/",
    "http://1.2.3",
    "http://1.2.3.4.5",
    "http://1.2.3.256",
    "http://example.0x7f",
    "http://-",
    "http://" + "a" * 64 + ".example",
    "http://" + "a." * 130 + "example",
    "http://evil.example/" + "a" * 2000,
]

PUBLIC = [
    "http://93.184.215.14/",
    "https://8.8.8.8",
    "https://[2606:4700::1111]/",
    "http://[64:ff9b::8.8.8.8]/",
    "http://[::ffff:8.8.8.8]/",
    "https://hooks.shop.example/in?a=1&b=%20",
    "https://hooks.shop.example:8443/in",
    "https://hooks.shop.example:443",
    "https://müller.example/ä".replace("/ä", "/"),
    "https://my_host.example/",
    "https://9to5.example/",
]


@pytest.mark.parametrize("url", NASTY, ids=ascii)
def test_a_url_that_leads_nowhere_public_is_refused_when_saved(url):
    with pytest.raises(TargetRefused) as refused:
        Guard().check_url(url)
    assert str(refused.value)


def test_e1_e2_e5_e11_and_none_of_them_costs_a_packet_when_it_is_called():
    """What an endpoint's row says is not believed because it was checked when it was saved."""
    looked_up = []

    def resolve(host, port):
        looked_up.append(host)
        return ["127.0.0.1"]

    for receipt in send(*map(call, NASTY), guard=Guard(), resolve=resolve):
        assert receipt.verdict is Verdict.PERMANENT and receipt.code == "target_refused"
    assert looked_up == []


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_url_is_let_through(url):
    assert Guard().check_url(url).scheme in {"http", "https"}


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "::1",
        "fe80::1%lo",
        "::ffff:127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "fd00:ec2::254",
        "168.63.129.16",
        "0.0.0.0",
        "::",
    ],
)
def test_an_address_that_is_not_public_is_refused_when_connected_to(address):
    with pytest.raises(TargetRefused):
        Guard().check_addresses([address], 443)
    with pytest.raises(TargetRefused):
        Guard().check_addresses(["8.8.8.8", address], 443)  # one is enough


def test_a_name_with_public_addresses_only_is_let_through():
    Guard().check_addresses(["8.8.8.8", "2606:4700::1111"], 443)
    with pytest.raises(TargetRefused):
        Guard().check_addresses(["8.8.8.8"], 25)


def test_the_operators_list_adds_networks_and_ports():
    guard = Guard("127.0.0.1:9000, 10.0.0.0/8, [::1]:9000, fd00::/8, 8.8.8.8:2525")
    for url in (
        "http://127.0.0.1:9000/",
        "http://localhost:9000/",
        "http://10.1.2.3:25/",
        "http://[::1]:9000/",
        "http://[::ffff:127.0.0.1]:9000/",
        "http://[fd12::1]/",
        "http://8.8.8.8:2525/",
        "http://anywhere.example:9000/",  # the address decides, once it is known
    ):
        guard.check_url(url)
    for url in (
        "http://127.0.0.1/",
        "http://localhost/",
        "http://127.0.0.2:9000/",
        "http://192.168.0.1/",
        "http://8.8.8.8:25/",
        "http://metadata.google.internal/",
    ):
        with pytest.raises(TargetRefused):
            guard.check_url(url)
    with pytest.raises(TargetRefused):
        guard.check_addresses(["8.8.4.4"], 9000)


def test_allowing_this_machine_does_not_allow_its_neighbours():
    guard = Guard("127.0.0.1")
    guard.check_url("http://127.0.0.1:8123/in")
    guard.check_addresses(["127.0.0.1"], 8123)
    with pytest.raises(TargetRefused):
        guard.check_addresses(["127.0.0.1", "127.0.0.2"], 8123)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("HTTPS://Shop.Example", Target("https", "shop.example", 443, "/")),
        ("http://shop.example.:80/a?b#".rstrip("#"), Target("http", "shop.example", 80, "/a?b")),
        ("http://shop.example?a=/b", Target("http", "shop.example", 80, "/?a=/b")),
        ("http://bücher.example/", Target("http", "xn--bcher-kva.example", 80, "/")),
        ("http://[2606:4700:0:0::1111]/", Target("http", "2606:4700::1111", 80, "/")),
    ],
)
def test_a_url_is_taken_apart_once_and_for_all(url, target):
    assert parse_target(url) == target


def test_an_origin_is_one_server():
    assert parse_target("http://[2606:4700::1]/a").origin == "http://[2606:4700::1]:80"
    assert parse_target("https://A.example/x").origin == parse_target("https://a.example").origin


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("htps:/?#@[]%\\.0127x一。①-a \t\n:f"), max_size=30))
def test_whatever_is_written_is_judged_and_never_lets_a_local_address_through(rest):
    for url in (rest, f"http://{rest}", f"https://{rest}/"):
        try:
            target = Guard().check_url(url)
        except TargetRefused:
            continue
        assert not target.host.startswith(("127.", "0.")) and target.path.isprintable()


@settings(max_examples=100, deadline=None)
@given(st.ip_addresses())
def test_every_address_is_judged_as_pythons_own_table_does_or_more_strictly(address):
    try:
        Guard().check_address(str(address), 443)
    except TargetRefused:
        return
    mapped = getattr(address, "ipv4_mapped", None) or address
    if str(address).startswith("64:ff9b:"):  # reaches the IPv4 address at its end
        mapped = ip_address(int(address) & 0xFFFFFFFF)
    assert not (mapped.is_private or mapped.is_loopback or mapped.is_link_local)
    assert not (mapped.is_multicast or mapped.is_reserved or mapped.is_unspecified)
