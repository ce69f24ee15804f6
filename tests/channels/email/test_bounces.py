import pytest

from channels.email.bounces import classify, classify_amazon, find_code
from channels.feedback import BounceKind

HARD = [
    ("5.1.1", ""),
    (
        "5.1.1",
        "550 5.1.1 The email account that you tried to reach does not exist. Learn more elsewhere",
    ),
    ("5.1.2", "host unknown"),
    ("5.1.3", ""),
    ("5.1.6", ""),
    (
        "5.1.10",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    ),
    ("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled."),
    ("5.4.1", "550 5.4.1 Recipient address rejected: user unknown"),
    ("5.7.1", "550 5.7.1 No such user here"),
    ("5.0.0", "550 user unknown"),
    ("550", "550 No such user here"),
    (
        "550",
        "550 <ada@example.org>: Recipient address rejected: User unknown in virtual mailbox table",
    ),
    ("554", "554 delivery error: This user does not have an account: no mailbox here by that name"),
    ("550", "550 Requested action not taken: mailbox not found"),
    ("556", "556 domain does not accept mail"),
    (None, "smtp; 550 5.1.1 unknown"),
    (None, "Unrouteable address"),
]
SOFT = [
    ("4.2.2", "mailbox full"),
    ("4.4.7", "message expired"),
    ("4.1.1", "user unknown in a table that could not be asked"),
    ("451", "451 try later"),
    ("5.2.2", "552 5.2.2 The email account that you tried to reach is over quota"),
    ("552", "552 mailbox full"),
    ("550", "550 user is over quota"),
    ("5.3.0", ""),
    ("5.4.4", "host not found"),
    ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied"),
    ("5.0.0", ""),
    ("550", ""),
    (None, ""),
    (None, "something went wrong"),
    ("junk", ""),
]
POLICY = [
    ("5.7.1", "550 5.7.1 rejected"),
    ("5.7.26", "550 5.7.26 This mail has been blocked because the sender is unauthenticated"),
    ("5.7.606", "550 5.7.606 Access denied, banned sending IP [1.2.3.4]"),
    ("5.6.0", "content"),
    ("5.5.2", "syntax"),
    ("5.3.4", "too large"),
    ("5.2.3", "too large"),
    ("5.1.8", "your domain is unknown"),
    ("550", "550 blocked using zen.spamhaus.org; the user unknown to them may ask"),
    ("5.1.1", "550 5.1.1 rejected: your IP has a poor reputation"),
    ("554", "554 transaction failed"),
    ("421", "421 4.7.0 [TSS04] Messages from 1.2.3.4 temporarily deferred due to user complaints"),
    (
        "4.7.0",
        "421 4.7.0 rate limited: our system has detected an unusual rate of unsolicited mail",
    ),
    (None, "message content rejected"),
]


@pytest.mark.parametrize(("code", "text"), HARD)
def test_r119_an_address_that_is_not_there_bounces_hard(code, text):
    assert classify(code, text) is BounceKind.HARD


@pytest.mark.parametrize(("code", "text"), SOFT)
def test_r119_a_full_mailbox_and_what_is_doubtful_are_counted(code, text):
    assert classify(code, text) is BounceKind.SOFT


@pytest.mark.parametrize(("code", "text"), POLICY)
def test_r119_what_speaks_of_us_never_concerns_the_person(code, text):
    assert classify(code, text) is BounceKind.POLICY


def test_what_says_nothing_is_what_the_provider_says_it_is():
    assert classify(None, "", otherwise=BounceKind.HARD) is BounceKind.HARD
    assert classify("5.0.0", "", otherwise=BounceKind.HARD) is BounceKind.HARD
    assert classify("4.0.0", "", otherwise=BounceKind.HARD) is BounceKind.SOFT
    assert classify_amazon("Permanent", "General", None, "") is BounceKind.HARD
    assert classify_amazon("Permanent", "General", "5.7.1", "") is BounceKind.POLICY
    assert classify_amazon("Transient", "General", "5.1.1", "") is BounceKind.SOFT
    assert classify_amazon("", "", None, "") is BounceKind.SOFT


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (("550 5.1.1 no",), "5.1.1"),
        (("550-5.7.26 x",), "5.7.26"),
        (("550 no",), "550"),
        (("", "smtp; 451 later"), "451"),
        (("550 no", "5.2.2"), "5.2.2"),
        (("10.5.1.1 said 5.1.1.2",), None),
        (("1550 x 5501",), None),
        (("5.1.1.",), "5.1.1"),
        ((None, ""), None),
        (("250 2.0.0 fine",), "2.0.0"),
    ],
)
def test_a_code_is_found_where_one_stands(texts, code):
    assert find_code(*texts) == code


def test_an_endless_text_is_read_in_no_time():
    for text in ("user " * 200_000, "ip " + "x" * 1_000_000, "5." * 500_000, "quota" * 200_000):
        classify(None, text)
        find_code(text)
