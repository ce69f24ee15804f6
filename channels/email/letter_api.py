"""Sends letters through the HTTP API of a provider, one request a letter.

What all of them share is here; what one of them says and means is its dialect.
"""

import ssl
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial
from typing import Any, Final, Protocol, TypeAlias

import orjson

from channels.base import BEGIN_WITHIN, EmailAddress, Letter, OnResult, Receipt, Verdict
from channels.email.header_gates import (
    HeaderRefused,
    check_file,
    encode_address,
    encode_header,
    encode_mailbox,
    encode_text,
)
from channels.email.one_line import to_one_line
from channels.fan_out import Limits, send_each
from channels.http_client import Answer, HttpClient, NoAnswer
from channels.retry_after import parse_retry_after
from channels.target import Target

Headers: TypeAlias = list[tuple[str, str]]

MESSAGE_KEY: Final = "sojourn_message"
"""Under this name every provider is given our message's id, and gives it back with its feedback."""

COMMON: Final[tuple[tuple[str, str], ...]] = (
    ("Accept", "application/json"),
    ("Accept-Encoding", "identity"),
    ("User-Agent", "Sojourn"),
)

TIMEOUT: Final = timedelta(seconds=25)  # twice that still ends within LONGEST_HANDOVER
_LIMITS: Final = Limits(threads=8, at_once=8)
_MAXIMUM_OCTETS: Final = 1 << 20
_YES: Final = range(200, 300)
_LONGEST_ID: Final = 200
_REFUSE_US: Final = frozenset({*range(300, 400), 401, 402, 403, 404, 405})  # key, rights, base
_BUSY: Final = frozenset({408, 425, 429})
_SERVER_ERROR: Final = 500
_GATEWAY_TIMEOUT: Final = 504  # what stands behind the gateway may have taken it


class Meaning(Enum):
    """Whom or what a refusal concerns."""

    LETTER = auto()  # this one, for good
    DEAD = auto()  # the recipient takes nothing, now or ever
    US = auto()  # the account, its key or its sender: no letter would fare better
    BUSY = auto()  # everybody, for now
    UNSURE = auto()  # it may have been taken


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a provider says against a letter.

    Attributes:
        code: in its own system; "": it gave none, and the status stands for it.
        words: as it said them.
        meaning: None: the status tells.
        retry_after: where it says so otherwise than by the header Retry-After.
    """

    code: str = ""
    words: object = ""
    meaning: Meaning | None = None
    retry_after: timedelta | None = None


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

    def write(self, letter: Letter, *, now: datetime) -> tuple[Headers, bytes]:
        """Return the headers and the body of a request.

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


class ApiEmail:
    """One account at a provider that has an HTTP API."""

    keeps_content = False

    def __init__(
        self,
        dialect: Dialect,
        *,
        tls_context: ssl.SSLContext | None = None,
        timeout: timedelta = TIMEOUT,
    ) -> None:
        self.name = dialect.name
        self._dialect = dialect
        self._timeout = timeout
        self._client = HttpClient(tls_context=tls_context, maximum_octets=_MAXIMUM_OCTETS)

    def send(
        self,
        items: Sequence[Letter],
        on_result: OnResult,
        *,
        now: datetime,
        begin_within: timedelta = BEGIN_WITHIN,
    ) -> None:
        """Hand over the letters: see `channels.base.Provider`."""
        send_each(
            items,
            partial(self._send_one, now=now),
            lambda _: None,  # all share the account's fate
            on_result,
            limits=_LIMITS,
            begin_within=begin_within,
        )

    def _send_one(self, letter: Letter, *, now: datetime) -> Receipt:
        try:
            headers, body = self._dialect.write(letter, now=now)
        except HeaderRefused as refused:
            return Receipt(Verdict.PERMANENT, code=refused.code, text=str(refused))
        receipt = self._ask(headers, body, now=now)
        if receipt.verdict is Verdict.UNCERTAIN and self._dialect.knows_repetitions:
            again = self._ask(headers, body, now=now)
            return again if again.verdict is Verdict.ACCEPTED else receipt
        return receipt

    def _ask(self, headers: Headers, body: bytes, *, now: datetime) -> Receipt:
        try:
            answer = self._client.request(
                "POST", self._dialect.target, headers, body, timeout=self._timeout
            )
        except NoAnswer as failure:
            verdict = Verdict.UNCERTAIN if failure.may_have_arrived else Verdict.NOT_SENT
            return Receipt(verdict, text=str(failure))
        return judge(self._dialect, answer, now=now)

    def close(self) -> None:
        """Close idle connections."""
        self._client.close()


def judge(dialect: Dialect, answer: Answer, *, now: datetime) -> Receipt:
    """Return what an answer means for one letter.

    A yes counts only in the form that is documented: a proxy, a captive portal or an error page
    says 200 as well. Anything else with that status is uncertain.
    """
    status = answer.status
    if status in _YES:
        provider_id = None if answer.flaw else dialect.read_acceptance(answer)
        if provider_id:
            return Receipt(Verdict.ACCEPTED, provider_id=provider_id, code=str(status))
        why = answer.flaw or "not as it is documented"
        return Receipt(Verdict.UNCERTAIN, code=str(status), text=f"answered {status}, but {why}")
    refusal = dialect.read_refusal(answer, now=now)
    code = to_one_line(refusal.code, dialect.secrets)[:60] or str(status)
    words = to_one_line(refusal.words, dialect.secrets)
    text = f"answered {status}: {words}"[:500].rstrip(": ")
    match refusal.meaning or _judge_status(status):
        case Meaning.US:
            return Receipt(Verdict.NOT_SENT, code=code, text=text, is_account_problem=True)
        case Meaning.BUSY:
            wait = parse_retry_after(answer.headers.get("retry-after"), now=now)
            wait = wait or refusal.retry_after
            return Receipt(Verdict.TEMPORARY, code=code, text=text, retry_after=wait)
        case Meaning.UNSURE:
            return Receipt(Verdict.UNCERTAIN, code=code, text=text)
        case meaning:
            dead = meaning is Meaning.DEAD
            return Receipt(Verdict.PERMANENT, code=code, text=text, is_dead_address=dead)


def _judge_status(status: int) -> Meaning:
    if status in _REFUSE_US:
        return Meaning.US
    if status == _GATEWAY_TIMEOUT:
        return Meaning.UNSURE
    if status in _BUSY or status >= _SERVER_ERROR:
        return Meaning.BUSY
    return Meaning.LETTER


def read_object(answer: Answer) -> dict[str, Any]:
    """Return the JSON object that an answer is; an empty one if it is none."""
    try:
        said = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def read_id(value: object) -> str | None:
    """Return an id that an answer names, if it looks like one."""
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID:
        return None
    return value if value.isprintable() else None


def write_json(authorization: tuple[str, str], body: dict[str, Any]) -> tuple[Headers, bytes]:
    """Return a request in JSON."""
    return [authorization, ("Content-Type", "application/json"), *COMMON], orjson.dumps(body)


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
