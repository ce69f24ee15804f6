from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.email.reports import MAXIMUM_OCTETS, read_report

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
UID = "01961234-5678-7abc-8def-0123456789ab"

HEAD = """From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: {to}
Date: Sun, 01 Mar 2026 11:00:00 +0000
Message-ID: <20260301110000.ABC@mx.example.org>
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type={type}; boundary="b"

This is a MIME-encapsulated message.

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

"""
RETURNED = """--b
Content-Type: {kind}

From: News <news@shop.example>
To: Ada <ada@example.org>
Message-ID: <{uid}@shop.example>
Subject: Hello

--b--
"""
STATUS = """--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Original-Envelope-Id: {envelope}
Arrival-Date: Sun, 1 Mar 2026 10:59:00 +0000

Final-Recipient: rfc822; ada@example.org
Original-Recipient: rfc822;ada@example.org
Action: {action}
Status: {status}
Remote-MTA: dns; mx2.example.org
Diagnostic-Code: smtp; {said}
Last-Attempt-Date: Sun, 1 Mar 2026 11:00:01 +0100

"""
COMPLAINT = """--b
Content-Type: message/feedback-report

Feedback-Type: {type}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <{return_path}>
{recipient}Arrival-Date: Sun, 1 Mar 2026 09:00:00 +0000
Source-IP: 192.0.2.1

"""


def bounce(action="failed", status="5.1.1", said="550 5.1.1 <ada@example.org>: unknown", **other):
    to, uid = other.get("to", "news@shop.example"), other.get("uid", UID)
    status = STATUS.format(
        action=action, status=status, said=said, envelope=other.get("envelope", "QQ314159")
    )
    kind = other.get("kind", "text/rfc822-headers")
    text = HEAD.format(type="delivery-status", to=to) + status + RETURNED.format(kind=kind, uid=uid)
    return text.replace("\n", "\r\n").encode()


def complaint(type_="abuse", recipient="Original-Rcpt-To: <ada@example.org>\n", **other):
    text = (
        HEAD.format(type="feedback-report", to="abuse@shop.example")
        + COMPLAINT.format(
            type=type_, recipient=recipient, return_path=other.get("path", "news@shop.example")
        )
        + RETURNED.format(kind="message/rfc822", uid=other.get("uid", UID))
    )
    return text.encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_of_a_bounce_is_read(kind):
    (feedback,) = read_report(bounce(kind=kind), now=NOW)
    assert (feedback.kind, feedback.bounce, feedback.code) == ("bounced", "hard", "5.1.1")
    assert feedback.message_uid == UUID(UID) and feedback.recipient == "ada@example.org"
    assert feedback.occurred_at == datetime(2026, 3, 1, 10, 0, 1, tzinfo=UTC)
    assert feedback.id == "20260301110000.ABC@mx.example.org:0"
    assert feedback.text == "550 5.1.1 <<address>>: unknown"


@pytest.mark.parametrize(
    ("report", "meant"),
    [
        (bounce(status="5.2.2", said="552 over quota"), ("bounced", "soft", "5.2.2")),
        (bounce(status="5.7.1", said="550 blocked using a list"), ("bounced", "policy", "5.7.1")),
        (bounce(status="5.0.0", said="550 no such user"), ("bounced", "hard", "5.0.0")),
        (bounce(status="4.4.7", said="expired"), ("bounced", "soft", "4.4.7")),
        (bounce("delayed", "4.4.1", "timeout"), ("deferred", None, "4.4.1")),
        (bounce("Delivered", "2.1.5", "250 ok"), ("delivered", None, "2.1.5")),
        (complaint(), ("complained", None, None)),
        (complaint("fraud"), ("complained", None, None)),
        (complaint("opt-out"), ("unsubscribed", None, None)),
    ],
)
def test_r119_a_report_means_what_it_should(report, meant):
    (feedback,) = read_report(report, now=NOW)
    assert (feedback.kind, feedback.bounce, feedback.code) == meant
    assert feedback.message_uid == UUID(UID) and feedback.recipient == "ada@example.org"


def test_a_complaint_without_the_recipient_names_whom_the_letter_was_to():
    (feedback,) = read_report(complaint(recipient=""), now=NOW)
    assert feedback.recipient == "ada@example.org" and feedback.text == "reported as abuse"
    assert feedback.occurred_at == datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("written", [UID, UUID(UID).hex, UUID(UID).hex.upper()])
def test_without_the_letter_the_return_path_tells_which_it_was(written):
    (feedback,) = read_report(bounce(uid="other", to=f"bounces+{written}@shop.example"), now=NOW)
    assert feedback.message_uid == UUID(UID)
    (feedback,) = read_report(complaint(uid="x", path=f"b={written}@shop.example"), now=NOW)
    assert feedback.message_uid == UUID(UID)
    (feedback,) = read_report(bounce(uid="other", envelope=UID), now=NOW)
    assert feedback.message_uid == UUID(UID)


def test_of_a_letter_that_is_not_ours_no_message_is_named():
    (feedback,) = read_report(bounce(uid="20260301.someone"), now=NOW)
    assert feedback.message_uid is None


def test_said_again_it_has_the_same_id():
    first, second = (read_report(bounce(), now=NOW)[0].id for _ in range(2))
    assert first == second
    nameless = bounce().replace(b"Message-ID: <20260301110000", b"X: <20260301110000")
    assert read_report(nameless, now=NOW)[0].id == read_report(nameless, now=NOW)[0].id != first


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        b"From: ada@example.org\r\nSubject: Re: Hello\r\n\r\nThank you!",
        b"Content-Type: multipart/report\r\n\r\nno boundary",
        bounce("relayed"),
        bounce("expanded"),
        bounce("junk"),
        complaint("not-spam"),
        complaint("auth-failure"),
        bounce().replace(b"multipart/report", b"multipart/mixed"),
        bounce().replace(b"message/delivery-status", b"text/plain"),
    ],
)
def test_what_is_no_such_report_says_nothing(raw):
    assert list(read_report(raw, now=NOW)) == []


def test_a_nested_or_endless_mail_ends_soon():
    deep = b"".join(
        b'Content-Type: multipart/report; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(3_000)
    )
    assert list(read_report(deep, now=NOW)) == []
    many = bounce().replace(
        b"--b\r\nContent-Type: text/rfc", b"--b\r\n\r\nx\r\n" * 3_000 + b"--b\r\nX: "
    )
    assert len(read_report(many, now=NOW)) <= 1
    long = bounce() + b"x" * (3 * MAXIMUM_OCTETS)
    assert len(read_report(long, now=NOW)) == 1
    block = b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
    crowd = bounce().replace(b"Final-Recipient", block * 500 + b"Final-Recipient", 1)
    assert len(read_report(crowd, now=NOW)) == 50


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_a_report_says_is_read_or_left_out(data):
    raw = bytearray(data.draw(st.sampled_from([bounce(), complaint()])))
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    for feedback in read_report(bytes(raw), now=NOW):
        assert feedback.id and len(feedback.text) <= 500 and feedback.occurred_at.tzinfo
        assert feedback.recipient.isprintable()
