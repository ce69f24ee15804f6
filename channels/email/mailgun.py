"""Sends letters by Mailgun (messages.mime: the letter as we built it).

Mailgun knows no idempotency key. All headers of ours reach the recipient, Message-ID with them; it
adds X-Mailgun-Variables, in which our id travels and its events give it back. Its own tracking is
switched off for each letter.
Sources: https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages/
post-v3--domain-name--messages-mime, …/docs/mailgun/user-manual/sending-messages/send-http.
"""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from channels.base import BadAddress, Letter
from channels.email.header_gates import encode_address
from channels.email.letter_api import MESSAGE_KEY, read_id
from channels.email.mime import build_letter
from channels.http_client import Answer
from channels.provider_api import ApiCall, Meaning, Refusal, read_object
from channels.provider_url import parse_provider_url, read_base, read_key
from channels.retry_after import parse_retry_after
from channels.target import parse_target

_APIS: Final = {"us": "https://api.mailgun.net", "eu": "https://api.eu.mailgun.net"}
_FORM: Final = "mailgun://API_KEY@DOMAIN?region=eu"
_DOMAIN: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
#: Of 400: the account may not yet send to everybody.
_OF_US: Final = re.compile(r"sandbox|free accounts|not activated|account disabled", re.IGNORECASE)
_DEAD: Final = re.compile(r"'?to'? parameter is not a valid address", re.IGNORECASE)
#: Of 420: what the account, or its domain, may send in an hour has been sent.
_LIMITED: Final = re.compile(
    r"limit exceeded(?:.{0,40}try again after (?P<until>[^\"]{10,40}))?", re.IGNORECASE
)
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class MailgunAccount:
    """Whose account, for which domain, and where."""

    key: str = field(repr=False)
    domain: str
    base: str


def read_mailgun_url(url: str) -> MailgunAccount:
    """Return the account that ``mailgun://API_KEY@DOMAIN?region=eu`` means.

    Raises:
        BadAddress: a part is missing or malformed.
    """
    parts = parse_provider_url(url, frozenset({"region", "base"}))
    region = parts.options.get("region", "us")
    if not _DOMAIN.fullmatch(parts.host) or parts.port or parts.password or region not in _APIS:
        raise BadAddress(f"the address is written {_FORM}")
    base = read_base(parts.options, _APIS[region])
    return MailgunAccount(read_key(parts.user, _FORM), parts.host, base)


class Mailgun:
    """Mailgun."""

    name = "mailgun"
    knows_repetitions = False

    def __init__(self, account: MailgunAccount) -> None:
        login = b64encode(f"api:{account.key}".encode()).decode("ascii")
        self._authorization = ("Authorization", f"Basic {login}")
        self.secrets: tuple[str, ...] = (account.key,)
        self.target = parse_target(f"{account.base}/v3/{account.domain}/messages.mime")

    def write(self, letter: Letter, *, now: datetime) -> ApiCall:
        """Return the form: see `channels.email.letter_api.Dialect`."""
        boundary = f"sojourn-{letter.id.hex}"
        fields = {
            "to": encode_address(letter.recipient.address),
            f"v:{MESSAGE_KEY}": str(letter.id),
            "o:tracking": "no",
        }
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        parts.append(
            f"--{boundary}\r\n"
            'Content-Disposition: form-data; name="message"; filename="letter.eml"\r\n'
            "Content-Type: message/rfc822\r\n\r\n"
        )
        mime = build_letter(letter, now=now)
        body = b"".join(["".join(parts).encode(), mime, f"\r\n--{boundary}--\r\n".encode()])
        kind = ("Content-Type", f"multipart/form-data; boundary={boundary}")
        return ApiCall((self._authorization, kind), body)

    def read_acceptance(self, answer: Answer) -> str | None:
        """Return the id of the letter, without the angle brackets, as its events have it."""
        found = read_id(read_object(answer).get("id"))
        return found.strip("<>") if found and "@" in found else None

    def read_refusal(self, answer: Answer, *, now: datetime) -> Refusal:
        """Return what the message says; a refused key is answered in plain text."""
        said = read_object(answer).get("message")
        words = said if isinstance(said, str) else answer.body[:_SHOWN].decode("utf-8", "replace")
        meaning = wait = None
        if limited := _LIMITED.search(words):
            meaning, wait = Meaning.BUSY, parse_retry_after(limited["until"], now=now)
        elif _DEAD.search(words):
            meaning = Meaning.DEAD
        elif _OF_US.search(words):
            meaning = Meaning.US
        return Refusal("", words, meaning, wait)
