import pytest

from channels.accounts import CLASSES, read_accounts
from channels.base import BadAddress


def test_one_address_is_one_account_that_carries_everything():
    (account,) = read_accounts("smtp://user:secret@mail.example:587?tls=starttls")
    assert (account.name, account.weight, account.rate) == ("smtp", 1, None)
    assert account.serves == CLASSES
    assert account.url == "smtp://user:secret@mail.example:587?tls=starttls"
    assert "secret" not in repr(account)


def test_options_of_routing_are_taken_out_and_the_providers_own_are_left():
    first, second = read_accounts(
        "smtp://mail.example?account=bulk&tls=none&weight=3&rate=14.5&serves=marketing&warm_up=500 "
        "postmark://token?stream=outbound"
    )
    assert first.url == "smtp://mail.example?tls=none"
    assert (first.name, first.weight, first.rate, first.warm_up) == ("bulk", 3, 14.5, 500)
    assert first.serves == {"marketing"}
    assert (second.name, second.url) == ("postmark", "postmark://token?stream=outbound")


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("", "no account"),
        ("smtp://a smtp://b", "two accounts are called smtp"),
        ("smtp://a mailbox:", "stands alone"),
        ("smtp://a?serves=marketing", "no account serves transactional"),
        ("smtp://a?serves=everything", "serves"),
        ("smtp://a?weight=0", "weight"),
        ("smtp://a?weight=x", "weight"),
        ("smtp://a?rate=0", "rate"),
        ("smtp://a?rate=-1", "rate"),
        ("smtp://a?rate=1e3", "rate"),
        ("smtp://a?rate=1&rate=2", "twice"),
        ("smtp://a?account=Größe", "account"),
        ("smtp://a?warm_up=0", "warm_up"),
    ],
)
def test_what_cannot_be_is_refused_with_words_and_without_secrets(setting, words):
    with pytest.raises(BadAddress, match=words):
        read_accounts(setting)
