"""The addresses of accounts at providers with an API."""

import pytest

from channels import registry
from channels.base import BadAddress
from channels.email.mailgun import read_mailgun_url
from channels.email.postmark import read_postmark_url
from channels.email.resend import read_resend_url
from channels.email.sendgrid import read_sendgrid_url
from channels.email.ses import read_ses_url


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("ses://AKID:s@eu-central-1", "https://email.eu-central-1.amazonaws.com:443"),
        ("ses://AKID:s@cn-north-1", "https://email.cn-north-1.amazonaws.com.cn:443"),
        ("ses://AKID:s@us-gov-west-1", "https://email.us-gov-west-1.amazonaws.com:443"),
        ("sendgrid://SG.a-b.c_d", "https://api.sendgrid.com:443"),
        ("sendgrid://SG.a?region=eu", "https://api.eu.sendgrid.com:443"),
        ("mailgun://key@mg.shop.example", "https://api.mailgun.net:443"),
        ("mailgun://key@mg.shop.example?region=eu", "https://api.eu.mailgun.net:443"),
        ("postmark://token", "https://api.postmarkapp.com:443"),
        ("resend://re_abc", "https://api.resend.com:443"),
    ],
)
def test_an_address_says_where_the_account_is(url, target):
    provider = registry.open_email(url)
    assert provider._dialect.target.origin == target
    assert provider.name == url.partition(":")[0] and not provider.keeps_content


@pytest.mark.parametrize(
    "url",
    [
        "ses://",
        "ses://eu-central-1",
        "ses://AKID@eu-central-1",
        "ses://AKID:xyzzyx@",
        "ses://AKID:xyzzyx@frankfurt",
        "ses://AKID:xyzzyx@169.254.169.254",
        "ses://AK/ID:xyzzyx@eu-central-1",
        "ses://AKID:xyz zyx@eu-central-1",
        "ses://AKID:xyzzyx@eu-central-1:99",
        "ses://AKID:xyzzyx@eu-central-1?configuration_set=a b",
        "ses://AKID:xyzzyx@eu-central-1?base=http://api.example",
        "sendgrid://user:xyzzyx@host",
        "sendgrid://xyzzyx?region=mars",
        "sendgrid://xyzzyx%0Ax",
        "sendgrid://xyzzyxé",
        "sendgrid://xyzzyx?base=ftp://x",
        "mailgun://xyzzyx",
        "mailgun://xyzzyx@",
        "mailgun://xyzzyx@domain",
        "mailgun://xyzzyx@a.example/../b.example",
        "mailgun://xyzzyx@mg.shop.example?region=xx",
        "mailgun://xyzzyx%0D%0A@mg.shop.example",
        "postmark://xyzzyx?stream=a b",
        "postmark://u@xyzzyx",
        "postmark://xyzzyx:1",
        "resend://u:xyzzyx@host",
        "resend://xyzzyx?region=eu",
        "resend://",
    ],
)
def test_a_malformed_address_is_refused_without_showing_the_key(url):
    with pytest.raises(BadAddress) as refused:
        registry.open_email(url)
    assert "xyzzyx" not in str(refused.value) and "xyz zyx" not in str(refused.value)


def test_an_account_does_not_show_its_key():
    shown = [
        read_ses_url("ses://AKID:xyzzyx@eu-central-1"),
        read_sendgrid_url("sendgrid://xyzzyx"),
        read_mailgun_url("mailgun://xyzzyx@mg.shop.example"),
        read_postmark_url("postmark://xyzzyx"),
        read_resend_url("resend://xyzzyx"),
        *(
            registry.open_email(f"{scheme}://xyzzyx")
            for scheme in ("sendgrid", "postmark", "resend")
        ),
    ]
    assert "xyzzyx" not in repr(shown)
