"""Sends letters through the HTTP API of a provider; what one of them says and means is its dialect."""

import ssl
from base64 import b64encode
from collections.abc import Hashable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Protocol

import orjson
from typing_extensions import override

from channels.base import EmailAddress, Letter, Receipt, Verdict
from channels.email.header_gates import (
    HeaderRefused,
    check_file,
    encode_address,
    encode_header,
    encode_mailbox,
    encode_text,
)
from channels.email.one_line import to_one_line
from channels.fan_out import Limits
from channels.http_client import Answer
from channels.provider_api import (
    LONGEST_ID,
    YES,
    ApiCall,
    ApiProvider,
    Refusal,
    judge_status,
    refuse,
)
from channels.target import Target

MESSAGE_KEY: Final = "sojourn_message"
"""Under this name every provider is given our message's id, and gives it back with its feedback."""

TIMEOUT: Final = timedelta(seconds=25)  # twice that still ends within LONGEST_HANDOVER
_LIMITS: Final = Limits(threads=8, at_once=8)


class Dialect(Protocol):
    """How one provider is asked, and what its answers mean; with the account's key.

    Attributes:
        name: as it stands in rows and figures.
        target: where letters are posted to.
        secrets: what must never show.
        knows_repetitions: the request carries a key, and a second one with the same key sends
            nothing but answers as the first did.
    """

    name: str
    target: Target
    secrets: tuple[str, ...]
    knows_repetitions: bool

    def write(self, letter: Letter, *, now: datetime) -> ApiCall:
        """Return the request that sends a letter.

        Raises:
            HeaderRefused: an address or text that cannot stand in its header.
        """
        ...

    def read_acceptance(self, answer: Answer) -> str | None:
        """Return the provider's id of the letter; None: the answer is not as documented."""
        ...

    def read_refusal(self, answer: Answer, *, now: datetime) -> Refusal:
        """Return what an answer other than a yes says."""
        ...


class ApiEmail(ApiProvider[Letter]):
    """One account at a provider that has an HTTP API."""

    def __init__(
        self,
        dialect: Dialect,
        *,
        tls_context: ssl.SSLContext | None = None,
        timeout: timedelta = TIMEOUT,
    ) -> None:
        super().__init__(
            dialect.name, dialect.target, limits=_LIMITS, tls_context=tls_context, timeout=timeout
        )
        self._dialect = dialect

    @override
    def send_one(self, item: Letter, *, now: datetime) -> Receipt:
        try:
            call = self._dialect.write(item, now=now)
        except HeaderRefused as refused:
            return Receipt(Verdict.PERMANENT, code=refused.code, text=str(refused))
        judged = partial(judge, self._dialect, now=now)
        receipt = self.ask(call, judged)
        if receipt.verdict is Verdict.UNCERTAIN and self._dialect.knows_repetitions:
            again = self.ask(call, judged)
            return again if again.verdict is Verdict.ACCEPTED else receipt
        return receipt

    @override
    def find_fate(self, item: Letter) -> Hashable:
        return None  # all share the account's fate


def judge(dialect: Dialect, answer: Answer, *, now: datetime) -> Receipt:
    """Return what an answer means for one letter.

    A yes counts only in the form that is documented: a proxy, a captive portal or an error page
    says 200 as well. Anything else with that status is uncertain.
    """
    status = answer.status
    if status in YES:
        provider_id = None if answer.flaw else dialect.read_acceptance(answer)
        if provider_id:
            return Receipt(Verdict.ACCEPTED, provider_id=provider_id, code=str(status))
        why = answer.flaw or "not as it is documented"
        return Receipt(Verdict.UNCERTAIN, code=str(status), text=f"answered {status}, but {why}")
    refusal = dialect.read_refusal(answer, now=now)
    code = to_one_line(refusal.code, dialect.secrets)[:60] or str(status)
    words = to_one_line(refusal.words, dialect.secrets)
    text = f"answered {status}: {words}"[:500].rstrip(": ")
    return refuse(
        answer,
        refusal.meaning or judge_status(status),
        code=code,
        text=text,
        now=now,
        retry_after=refusal.retry_after,
    )


def read_id(value: object) -> str | None:
    """Return an id that an answer names, if it looks like one."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
        return None
    return value if value.isprintable() else None


def write_json(authorization: tuple[str, str], body: dict[str, Any]) -> ApiCall:
    """Return a request in JSON."""
    return ApiCall((authorization, ("Content-Type", "application/json")), orjson.dumps(body))


def gate_headers(letter: Letter) -> list[tuple[str, str]]:
    """Return a letter's further headers as one line of ASCII each, all of it judged as for MIME.

    For providers that are given parts rather than MIME.

    Raises:
        HeaderRefused: an address or text that cannot stand in its header.
    """
    for mailbox in (letter.sender, letter.recipient, letter.reply_to):
        if mailbox is not None:
            encode_mailbox(mailbox)
    encode_text(letter.subject)
    headers: list[tuple[str, str]] = []
    for name, value in letter.headers:
        written = encode_header(name, value)
        headers.append((name, written[len(name) + 2 :].replace("\r\n ", " ").strip()))
    return headers


def gate_files(letter: Letter) -> list[tuple[str, str, str]]:
    """Return the name, the media type and the content in base64 of each attachment.

    Raises:
        HeaderRefused: a name or type that cannot stand in a header.
    """
    files: list[tuple[str, str, str]] = []
    for one in letter.attachments:
        check_file(one.name, one.media_type)
        files.append((one.name, one.media_type, b64encode(one.content).decode("ascii")))
    return files


def show_mailbox(mailbox: EmailAddress) -> str:
    """Return ``"Name" <address>`` with the name as it is: for APIs that encode it themselves.

    Raises:
        HeaderRefused: the address is none.
    """
    address = encode_address(mailbox.address)
    if not mailbox.name:
        return address
    name = mailbox.name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{name}" <{address}>'


def decode(body: bytes) -> str:
    """Return a body as text."""
    return body.decode("utf-8", "replace")
