import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from channels.base import EmailAddress, Letter, Verdict
from channels.email.envelope import Envelope
from channels.email.smtp import SmtpEmail
from channels.email.smtp_settings import Security, SmtpSettings
from channels.email.wire import ConnectionLost, Wire
from tests.channels.servers import SMTP_GOOD, ScriptedSmtp, free_port, smtp_server

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DATA = b"Subject: x\r\n\r\n.dot\r\n..two\r\nend\r\n"
LATER = float("inf")
LINE = b"x" * 70 + b"\r\n"


@pytest.fixture
def serve():
    servers = []

    def start(script=None, **options):
        servers.append(ScriptedSmtp(script, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def open_provider(server, **changed):
    plain = {"host": "127.0.0.1", "port": server.port, "security": Security.NONE}
    waits = {"reply_seconds": 1.0, "final_reply_seconds": 1.0}
    return SmtpEmail(SmtpSettings(**{**plain, **waits, **changed}))


def send(server, count=3, data=DATA, recipients=None, begin_within=60.0, **changed):
    provider = open_provider(server, **changed)
    recipients = recipients or [f"to{n}@y.example" for n in range(count)]
    envelopes = [Envelope("a@x.example", recipient, data) for recipient in recipients]
    told = []
    deadline = time.monotonic() + begin_within
    provider.send_envelopes(envelopes, lambda *pair: told.append(pair), deadline=deadline)
    provider.close()
    assert [index for index, _ in told] == list(range(len(envelopes)))  # in order, once each
    return [receipt for _, receipt in told]


def verdicts(receipts):
    return [receipt.verdict.value for receipt in receipts]


@pytest.mark.parametrize("pipelining", [True, False])
def test_letters_arrive_whole_with_and_without_pipelining(serve, pipelining):
    server = serve(pipelining=pipelining)
    receipts = send(server, 5)
    assert verdicts(receipts) == ["accepted"] * 5 and receipts[0].code == "2.0.0"
    assert server.messages == [b"Subject: x\r\n\r\n..dot\r\n...two\r\nend\r\n"] * 5
    assert server.connections == 1


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize(
    ("step", "reply", "verdict"),
    [
        ("MAIL", "451 4.3.0 later", "temporary"),
        ("MAIL", "550-5.7.1 no\r\n550 5.7.1 really", "permanent"),
        ("RCPT", "450 4.2.1 full", "temporary"),
        ("RCPT", "550 5.1.1 unknown", "permanent"),
        ("DATA", "554 5.5.1 no", "permanent"),
        (".", "452 4.3.1 disk", "temporary"),
        (".", "554 5.7.1 spam", "permanent"),
    ],
)
def test_a_refusal_concerns_one_letter_only(serve, step, reply, verdict, pipelining):
    server = serve({(step, 2): reply}, pipelining=pipelining)
    receipts = send(server, 3)
    assert verdicts(receipts) == ["accepted", verdict, "accepted"]
    assert receipts[1].code == reply[4:9] and receipts[1].text.startswith(reply[:3])
    assert receipts[1].is_dead_address == (reply[4:9] == "5.1.1")
    whole = [content for content in server.messages if content]  # an empty one ends a vain 354
    assert server.connections == 1 and len(whole) == (3 if step == "." else 2)


@pytest.mark.parametrize(
    ("step", "reply"),
    [
        (".", "550 5.4.5 Daily user sending limit exceeded. For more information - gsmtp"),
        ("RCPT", "550 5.4.5 <a@b.example>: Recipient address rejected: Domain Sending Quota Exceeded"),
        ("MAIL", "550 5.1.90 Your message can't be sent because you've reached your daily limit"),
        (".", "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException"),
        (".", "554 5.7.0 The limit on the number of allowed outgoing messages was exceeded."),
        ("RCPT", "554 DED : You've reached your daily relay quota - 192.0.2.1"),
    ],
)  # fmt: skip
def test_what_we_may_send_in_a_day_is_waited_for_though_it_is_refused_for_good(serve, step, reply):
    """Gmail, Exchange Online and others say 5xx of their senders' quotas, which pass by themselves."""
    (receipt,) = send(serve({(step, 1): reply}), 1)
    assert receipt.verdict is Verdict.TEMPORARY and receipt.retry_after == timedelta(hours=1)
    assert not receipt.is_dead_address and not receipt.is_of_domain


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.2.2 The recipient's mailbox has exceeded its quota",
        "554 5.2.122 The recipient has exceeded their limit for the number of messages per hour",
        "552 5.2.3 Message exceeds the maximum size limit",
        "554 5.7.1 rate limit, for good",
    ],
)
def test_a_recipients_quota_is_not_ours(serve, reply):
    (receipt,) = send(serve({("RCPT", 1): reply}), 1)
    assert receipt.verdict is Verdict.PERMANENT and receipt.retry_after is None


@pytest.mark.parametrize("step", ["greeting", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize("how", [None, "421 4.3.2 leaving"])
def test_a_loss_before_the_content_is_repaired_or_not_sent(serve, step, pipelining, how):
    assert verdicts(send(serve({(step, "all"): how}, pipelining=pipelining), 3)) == ["not_sent"] * 3
    if step not in {"greeting", "EHLO"}:
        server = serve({(step, 2): how}, pipelining=pipelining)
        assert verdicts(send(server, 3)) == ["accepted"] * 3
        assert len(server.messages) == 3


def test_a_loss_after_the_final_dot_is_uncertain_and_never_repeated(serve):
    server = serve({(".", 2): None})
    assert verdicts(send(server, 3)) == ["accepted", "uncertain", "accepted"]
    assert len(server.messages) == 3


@pytest.mark.parametrize("reply", ["slow", "354 go on", "nonsense"])
def test_no_answer_or_nonsense_after_the_final_dot_is_uncertain_too(serve, reply):
    assert verdicts(send(serve({(".", 1): reply}), 1)) == ["uncertain"]


def test_421_to_the_final_dot_is_a_refusal_and_the_rest_goes_on_elsewhere(serve):
    server = serve({(".", 1): "421 4.3.2 leaving"})
    assert verdicts(send(server, 2)) == ["temporary", "accepted"] and server.connections == 2


def test_what_is_larger_than_the_server_takes_never_reaches_the_wire(serve):
    server = serve()
    (receipt,) = send(server, 1, LINE * 50_000)
    assert (receipt.verdict.value, receipt.code) == ("permanent", "5.3.4")
    assert not any(line.startswith("MAIL") for line in server.seen)


def test_a_loss_inside_the_content_is_not_sent(serve):
    server = serve({("EHLO", "all"): "250 PIPELINING", "cut content": 1})
    assert verdicts(send(server, 1, LINE * 200_000, final_reply_seconds=5.0)) == ["not_sent"]
    assert server.messages == []


def test_one_recipient_that_always_breaks_the_line_does_not_hold_up_the_rest(serve):
    server = serve({("RCPT", 2): None, ("RCPT", 3): None, ("RCPT", 4): None})
    assert verdicts(send(server, 4)) == ["accepted", "not_sent", "accepted", "accepted"]


def test_a_server_that_dribbles_is_left_at_the_deadline(serve):
    started = time.monotonic()
    assert verdicts(send(serve({("MAIL", "all"): "slow"}), 1, reply_seconds=0.3)) == ["not_sent"]
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize("step", ["MAIL", "RCPT", "."])
def test_no_content_begins_to_leave_when_the_time_is_over(serve, step, pipelining):
    """A lease that ran out meanwhile lets another worker send the letter."""
    server = serve({(step, 2): ("late", SMTP_GOOD[step])}, pipelining=pipelining)
    receipts = send(server, 4, begin_within=0.3)
    begun = 2 if step == "." else 1
    assert verdicts(receipts) == ["accepted"] * begun + ["not_sent"] * (4 - begun)
    assert "no time" in receipts[3].text
    assert len([content for content in server.messages if content]) == begun


def test_354_in_spite_of_a_refused_recipient_is_answered_with_an_empty_letter(serve):
    server = serve({("RCPT", 1): "550 5.1.1 unknown", (".", 1): "554 5.5.1 no valid recipients"})
    assert verdicts(send(server, 2)) == ["permanent", "accepted"] and server.messages[0] == b""


def test_a_connection_carries_no_more_letters_than_allowed(serve):
    server = serve()
    assert verdicts(send(server, 7, messages_per_connection=3)) == ["accepted"] * 7
    assert server.connections == 3


def test_a_connection_is_kept_for_the_next_chunk_unless_the_server_left_it(serve):
    server = serve()
    provider = open_provider(server)
    letter = [Envelope("a@x.example", "b@y.example", DATA)]
    told = []
    for _ in range(3):
        provider.send_envelopes(letter, lambda _, receipt: told.append(receipt), deadline=LATER)
    assert verdicts(told) == ["accepted"] * 3 and server.connections == 1
    provider.close()
    assert server.seen[-1] == "QUIT"


def test_a_connection_on_which_the_caller_gave_up_is_not_used_again(serve):
    server = serve()
    provider = open_provider(server)
    letters = [Envelope("a@x.example", f"{n}@y.example", DATA) for n in range(3)]

    def fail(index, receipt):
        raise KeyError(index)

    with pytest.raises(KeyError):
        provider.send_envelopes(letters, fail, deadline=LATER)
    told = []
    provider.send_envelopes(letters[1:], lambda _, receipt: told.append(receipt), deadline=LATER)
    provider.close()
    assert verdicts(told) == ["accepted"] * 2 and server.connections == 2


@pytest.mark.parametrize(
    "recipient",
    ["a@x.example>\r\nRCPT TO:<b@x.example", "", "a b@x.example", "a@x.example,b@x.example"],
)
def test_what_could_inject_a_command_never_reaches_the_wire(serve, recipient):
    server = serve()
    receipts = send(server, recipients=[recipient, "b@x.example"])
    assert verdicts(receipts) == ["permanent", "accepted"] and receipts[0].is_dead_address
    assert [line for line in server.seen if line.startswith("RCPT")] == ["RCPT TO:<b@x.example>"]


@pytest.mark.parametrize("data", [b"x\n.\nMAIL", b"x\r.\r\n", b"x\r\n\n"])
def test_a_line_end_that_is_not_crlf_cannot_smuggle_a_second_letter(serve, data):
    server = serve()
    assert verdicts(send(server, 1, data)) == ["permanent"] and server.messages == []


def test_nobody_listening_and_nonsense_are_not_sent(serve):
    assert verdicts(send(serve({("greeting", 1): "HTTP/1.1 400 Bad"}), 1)) == ["not_sent"]
    assert verdicts(send(serve(), 2, port=free_port())) == ["not_sent"] * 2
    assert verdicts(send(serve(), 1, host="." + "a" * 70)) == ["not_sent"]


@pytest.mark.parametrize("step", ["greeting", "EHLO", "MAIL", "RCPT", "DATA", ".", "RSET"])
@pytest.mark.parametrize(
    "reply",
    [
        "",
        "250",
        "999 ok",
        "25",
        "250-a\r\n251 b",
        "x" * 10_000,
        "250-a\r\n" * 200,
        "\0" * 9,
        "354 x",
    ],
    ids=ascii,
)
def test_whatever_a_server_says_is_a_verdict(serve, step, reply):
    script = {(step, "all"): reply}
    if step == "RSET":
        script[("RCPT", 1)] = "550 5.1.1 unknown"
    receipts = send(serve(script), 2, reply_seconds=0.1, final_reply_seconds=0.1)
    assert len(receipts) == 2
    for receipt in receipts:
        assert step in {".", "RSET"} or receipt.verdict is not Verdict.UNCERTAIN


def test_a_missing_starttls_a_refused_login_and_a_demanded_one_are_account_problems(serve):
    assert send(serve(), 1, security=Security.STARTTLS)[0].is_account_problem
    assert send(serve(), 1, username="u", password="p")[0].is_account_problem
    demanded = send(serve({("MAIL", "all"): "530 5.7.0 authenticate first"}), 2)
    assert verdicts(demanded) == ["not_sent"] * 2 and demanded[0].is_account_problem


def test_a_password_never_goes_to_another_machine_without_tls(serve, monkeypatch):
    monkeypatch.setattr("channels.email.connection.is_loopback", lambda host: False)
    server = serve({("EHLO", "all"): "250-x\r\n250 AUTH PLAIN LOGIN"})
    (receipt,) = send(server, 1, username="u", password="p")
    assert receipt.is_account_problem and "without TLS" in receipt.text
    assert not any(line.startswith("AUTH") for line in server.seen)


def test_what_is_said_before_tls_is_not_believed_after_it(serve):
    script = {("EHLO", "all"): "250-x\r\n250 STARTTLS", ("STARTTLS", 1): "220 go\r\n250 injected"}
    (receipt,) = send(serve(script), 1, security=Security.STARTTLS)
    assert receipt.verdict is Verdict.NOT_SENT and "between STARTTLS and TLS" in receipt.text


def test_a_line_cut_behind_the_final_dot_is_uncertain(serve, monkeypatch):
    """The content had left, though not the commands of the next letter that ride behind it."""
    write = Wire.write

    def cut(wire, data, seconds):
        content, dot, tail = data.partition(b"\r\n.\r\n")
        if not tail:
            return write(wire, data, seconds)
        write(wire, content + dot, seconds)
        raise ConnectionLost("cut", len(content + dot))

    monkeypatch.setattr(Wire, "write", cut)
    server = serve()
    assert verdicts(send(server, 2)) == ["uncertain", "accepted"]


def test_a_greeting_names_our_address_or_the_name_from_the_settings(serve):
    server = serve()
    send(server, 1)
    send(server, 1, local_name="app.shop.example")
    greetings = [line for line in server.seen if line.startswith("EHLO")]
    assert greetings == ["EHLO [127.0.0.1]", "EHLO app.shop.example"]


def test_an_old_server_without_ehlo_is_spoken_to_all_the_same(serve):
    server = serve({("EHLO", 1): "502 what", ("HELO", 1): "250 hi"})
    assert verdicts(send(server, 2)) == ["accepted"] * 2


def test_the_recipients_address_is_hidden_in_what_the_server_said(serve):
    server = serve({("RCPT", 1): "550 5.1.1 <To0@Y.example>: unknown"})
    assert send(server, 1)[0].text == "550 5.1.1 <<recipient>>: unknown"


def test_an_address_beyond_ascii_needs_a_server_that_takes_it(serve):
    (receipt,) = send(serve(), recipients=["zoë@y.example"])
    assert (receipt.verdict, receipt.code) == (Verdict.PERMANENT, "5.6.7")
    assert not receipt.is_dead_address  # another server may take it


def letter(recipient, **changed):
    return Letter(
        **{
            "id": uuid4(),
            "sender": EmailAddress("news@shop.example", "Der Laden"),
            "recipient": EmailAddress(recipient),
            "subject": "Hello",
            "text": b"text",
            "html": b"<p>html</p>",
            **changed,
        }
    )


def test_an_international_letter_reaches_a_real_server_that_takes_smtputf8():
    with smtp_server(enable_SMTPUTF8=True) as controller:
        provider = SmtpEmail(SmtpSettings("127.0.0.1", controller.port, Security.NONE))
        told = []
        letters = [letter("zoë@müller.example"), letter("bob@müller.example")]
        provider.send(letters, lambda _, receipt: told.append(receipt), now=NOW)
        provider.close()
        kept = controller.handler.envelopes
    assert verdicts(told) == ["accepted"] * 2
    assert [each.rcpt_tos for each in kept] == [
        ["zoë@xn--mller-kva.example"],
        ["bob@xn--mller-kva.example"],
    ]
    assert ["SMTPUTF8" in each.mail_options for each in kept] == [True, False]


def test_a_letter_that_cannot_be_built_is_refused_and_the_others_go(serve):
    server = serve()
    letters = [letter("a@y.example"), letter("b@y.example", subject="a\r\nBcc: x@y.example")]
    letters += [letter("two words@y.example"), letter("c@y.example")]
    provider, told = open_provider(server), {}
    provider.send(letters, told.__setitem__, now=NOW)
    provider.close()
    assert verdicts(told[n] for n in range(4)) == ["accepted", "permanent", "permanent", "accepted"]
    assert told[1].code == told[2].code == "header_refused"
    assert told[3].provider_id == f"{letters[3].id}@shop.example"
    assert f"<{letters[3].id}@shop.example>".encode() in server.messages[1]


@pytest.mark.parametrize(
    "script", [{(".", 1): "250 2.0.0 ok\r\n421 4.4.2 idle too long"}, {("MAIL", 2): None}]
)
def test_an_idle_connection_that_the_server_left_is_replaced(serve, script):
    server = serve(script)
    provider, told = open_provider(server), []
    for name in ("a", "b"):
        letters = [letter(f"{name}@y.example")]
        provider.send(letters, lambda _, receipt: told.append(receipt), now=NOW)
    provider.close()
    assert verdicts(told) == ["accepted"] * 2 and server.connections == 2
    assert len(server.messages) == 2
