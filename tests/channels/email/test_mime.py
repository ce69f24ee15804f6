import email
import email.header
import email.policy
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.base import EmailAddress, Letter
from channels.email.header_gates import HeaderRefused, parse_mailbox
from channels.email.list_headers import build_list_headers
from channels.email.mime import BodyEncoding, build_letter, derive_message_id

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ID = UUID("0190b3c0-aaaa-7bbb-8ccc-0123456789ab")
SENDER, RECIPIENT = EmailAddress("news@shop.example"), EmailAddress("zoe@example.org")
LINE = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\x85\x7f"),
    max_size=200,
)
BODY = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\r"), max_size=3000
)


def make(**changed):
    base = {"id": ID, "sender": SENDER, "recipient": RECIPIENT, "subject": "S"}
    return Letter(**{**base, "text": b"t", "html": b"<p>h</p>", **changed})


def parsed(letter, encoding=BodyEncoding.BASE64):
    raw = build_letter(letter, now=NOW, encoding=encoding)
    assert raw.isascii() and raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert not message.defects
    return raw, message


@settings(max_examples=100, deadline=None)
@given(LINE, LINE, BODY, BODY, st.sampled_from(BodyEncoding))
def test_any_unicode_comes_back_from_the_standard_parser(subject, name, text, html, encoding):
    letter = make(
        sender=EmailAddress(SENDER.address, name),
        recipient=EmailAddress(RECIPIENT.address, name),
        subject=subject,
        text=text.encode(),
        html=html.encode(),
    )
    raw, message = parsed(letter, encoding)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert max(map(len, raw.partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78
    decoded = "".join(
        part.decode(code or "ascii") if isinstance(part, bytes) else part
        for part, code in email.header.decode_header(email.message_from_bytes(raw)["subject"])
    )
    assert decoded == subject or decoded.strip() == subject.strip()
    plain, rich = (
        part.get_payload(decode=True).decode().replace("\r\n", "\n")
        for part in message.iter_parts()
    )
    assert (plain.rstrip("\n"), rich.rstrip("\n")) == (text.rstrip("\n"), html.rstrip("\n"))
    assert [each.addr_spec for each in message["from"].addresses] == ["news@shop.example"]
    assert [each.addr_spec for each in message["to"].addresses] == ["zoe@example.org"]


@pytest.mark.parametrize("encoding", BodyEncoding)
def test_a_letter_without_html_is_plain_text_alone(encoding):
    _, message = parsed(make(html=None, text="Grüße\n.\nlast".encode()), encoding)
    assert [part.get_content_type() for part in message.walk()] == ["text/plain"]
    assert message.get_content().replace("\r\n", "\n").rstrip("\n") == "Grüße\n.\nlast"


@pytest.mark.parametrize("field", ["subject", "sender", "recipient", "reply_to", "X-Reason"])
@pytest.mark.parametrize(
    "bad", ["a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\0b", "a\u2028b", "a\x85b", "\ud800"]
)
def test_r086_a_line_break_or_control_character_is_refused(field, bad):
    changed = {field: EmailAddress("a@b.example", bad)}
    if field == "subject":
        changed = {field: bad}
    elif field == "X-Reason":
        changed = {"headers": ((field, bad),)}
    with pytest.raises(HeaderRefused):
        build_letter(make(**changed), now=NOW)


@pytest.mark.parametrize("field", ["sender", "recipient", "reply_to"])
@pytest.mark.parametrize(
    "bad",
    [
        "a@b\r\nBcc: c@d",
        "a b@c.example",
        "a@b, c@d",
        "a: b;",
        "<a@b>",
        "a@@b",
        "a@b..c",
        "",
        "a@" + "b" * 300,
        ".a@b.example",
        "a" * 65 + "@b.example",
        '"a b"@c.example',
        "a@[1.2.3.4]",
    ],
)
def test_exactly_one_plain_mailbox_is_an_address(field, bad):
    with pytest.raises(HeaderRefused) as refused:
        build_letter(make(**{field: EmailAddress(bad)}), now=NOW)
    assert bad == "" or bad not in str(refused.value)


def test_international_domains_travel_in_ascii_and_local_parts_as_they_are():
    raw = build_letter(make(recipient=EmailAddress("zoë@müller.example", "Zoë")), now=NOW)
    message = email.message_from_bytes(raw, policy=email.policy.SMTPUTF8)
    assert "<zoë@xn--mller-kva.example>".encode() in raw
    assert message["to"].addresses[0].display_name == "Zoë"


def test_names_with_commas_and_quotes_stay_one_mailbox():
    trick, words = '"x" <ceo@bank.example>, y', "=?utf-8?q?x?= y"
    letter = make(
        sender=EmailAddress(SENDER.address, trick), recipient=EmailAddress(RECIPIENT.address, words)
    )
    _, message = parsed(letter)
    assert [each.display_name for each in message["from"].addresses] == [trick]
    assert [each.display_name for each in message["to"].addresses] == [words]


@pytest.mark.parametrize(
    "name",
    [
        "Subject",
        "bcc",
        "To",
        "DKIM-Signature",
        "Content-Type",
        "content-language",
        "",
        "A B",
        "X:",
        "X-\r\nBcc",
        "Message-ID",
        "Received",
        "Xé",
    ],
)
def test_a_reserved_or_malformed_name_of_a_header_is_refused(name):
    with pytest.raises(HeaderRefused):
        build_letter(make(headers=((name, "x"),)), now=NOW)


@given(st.lists(st.text("ab <>,", max_size=60), max_size=20).map(" ".join))
@settings(max_examples=100, deadline=None)
def test_a_long_header_is_folded_and_unfolds_to_itself(value):
    raw = build_letter(make(headers=(("X-Reason", value),)), now=NOW)
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 78
    line = next(
        part for part in head.replace(b"\r\n ", b" ").split(b"\r\n") if part.startswith(b"X-Reason")
    )
    assert line.decode().split() == ["X-Reason:", *value.split()]


def test_a_word_that_no_line_can_hold_is_refused():
    with pytest.raises(HeaderRefused):
        build_letter(make(headers=(("X-Reason", "a" * 1000),)), now=NOW)


def test_the_message_id_is_the_same_at_every_attempt():
    first, second = (build_letter(make(), now=NOW.replace(hour=hour)) for hour in (12, 13))
    assert derive_message_id(make()) == f"{ID}@shop.example"
    assert first.replace(b"12:00:00", b"13:00:00") == second
    assert f"<{ID}@shop.example>".encode() in first


def test_r115_the_list_headers_are_those_that_mailbox_providers_ask_for():
    headers = build_list_headers(
        unsubscribe_url="https://t.example/u/" + "a" * 80,
        unsubscribe_address="u@shop.example",
        list_id="news.shop.example",
        feedback_id="j1:news:m:shop",
    )
    _, message = parsed(make(headers=headers, reply_to=EmailAddress("care@shop.example")))
    ways = f"<https://t.example/u/{'a' * 80}>, <mailto:u@shop.example?subject=unsubscribe>"
    assert message["List-Unsubscribe"].strip() == ways
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == "<news.shop.example>"
    assert message["Feedback-ID"] == "j1:news:m:shop"
    assert message["Reply-To"] == "care@shop.example"
    assert build_list_headers() == ()
    (only,) = build_list_headers(unsubscribe_address="u@shop.example")
    assert only[0] == "List-Unsubscribe"


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("list_id", "a b"),
        ("feedback_id", "a\nb"),
        ("unsubscribe_url", "http://x.example/"),
        ("unsubscribe_url", "https://x.example/>\r\nX: y"),
        ("unsubscribe_url", "https://x.example/" + "a" * 990),
        ("unsubscribe_address", "a@b, c@d"),
        ("unsubscribe_address", "zoë@b.example"),
    ],
)
def test_ids_and_addresses_of_the_list_headers_cannot_inject(field, bad):
    with pytest.raises(HeaderRefused):
        build_list_headers(**{field: bad})


@pytest.mark.parametrize(
    ("written", "address", "name"),
    [
        ("hello@example.com", "hello@example.com", ""),
        (" <hello@example.com> ", "hello@example.com", ""),
        ("Sojourn <hello@example.com>", "hello@example.com", "Sojourn"),
        ("Zoë's Café <zoë@müller.example>", "zoë@müller.example", "Zoë's Café"),
        (r'"Shop, \"the\" <one>" <a@b.example>', "a@b.example", 'Shop, "the" <one>'),
    ],
)
def test_a_sender_is_read_as_people_write_it(written, address, name):
    assert parse_mailbox(written) == EmailAddress(address, name)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Sojourn",
        "a@b.example, c@d.example",
        "A <a@b.example>, B <c@d.example>",
        "x: a@b.example;",
        "A, B <a@b.example>",
        "A <>",
        "A <a@b.example",
        "A\r\nBcc: x@y.example <a@b.example>",
        "<a@b.example> A",
        "A <ceo@bank.example> <a@b.example>",
        "A <a b@c.example>",
    ],
)
def test_what_is_not_exactly_one_sender_is_refused(written):
    with pytest.raises(HeaderRefused):
        parse_mailbox(written)
