"""What all providers over HTTP share: one request an item, and an honest receipt for each."""

import ssl
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial
from typing import Any, Final, Generic, TypeAlias, TypeVar

import orjson

from channels.base import BEGIN_WITHIN, OnResult, Receipt, Verdict
from channels.fan_out import Limits, send_each
from channels.http_client import Answer, HttpClient, NoAnswer
from channels.retry_after import parse_retry_after
from channels.target import Target

Headers: TypeAlias = Sequence[tuple[str, str]]
Item = TypeVar("Item")

COMMON: Final[tuple[tuple[str, str], ...]] = (
    ("Accept", "application/json"),
    ("Accept-Encoding", "identity"),
    ("User-Agent", "Sojourn"),
)
YES: Final = range(200, 300)
LONGEST_ID: Final = 200
_MAXIMUM_OCTETS: Final = 1 << 20
#: Key, rights, base, and where our data may be kept.
_REFUSE_US: Final = frozenset({*range(300, 400), 401, 402, 403, 404, 405, 451})
_BUSY: Final = frozenset({408, 420, 425, 429})
_REQUEST_TIMEOUT: Final = 408  # of one request
_SERVER_ERROR: Final = 500
_GATEWAY_TIMEOUT: Final = 504  # what stands behind the gateway may have taken it


class Meaning(Enum):
    """Whom or what a refusal concerns."""

    ITEM = auto()  # this one, for good
    DEAD = auto()  # the recipient takes nothing, now or ever
    OPTED_OUT = auto()  # the recipient wants nothing
    US = auto()  # the account, its key or its sender: no other would fare better
    BUSY = auto()  # everybody, for now
    UNSURE = auto()  # it may have been taken


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a provider says against one item.

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


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One request of the API, without what every request carries."""

    headers: Headers
    body: bytes = field(repr=False)


def judge_status(status: int) -> Meaning:
    """Return what a status other than a yes means where the body does not say."""
    if status in _REFUSE_US:
        return Meaning.US
    if status == _GATEWAY_TIMEOUT:
        return Meaning.UNSURE
    if status in _BUSY or status >= _SERVER_ERROR:
        return Meaning.BUSY
    return Meaning.ITEM


def _is_throttling(status: int) -> bool:
    """Return whether a refusal of everybody for now is a limit of ours, and no failure of theirs."""
    return status < _SERVER_ERROR and status != _REQUEST_TIMEOUT


def refuse(
    answer: Answer,
    meaning: Meaning,
    *,
    code: str,
    text: str,
    now: datetime,
    retry_after: timedelta | None = None,
) -> Receipt:
    """Return the receipt of an item that was not taken, or perhaps not.

    Args:
        text: fit to be kept: without addresses, numbers and secrets.
        retry_after: as the body says it; the header goes before it.
    """
    match meaning:
        case Meaning.US:
            return Receipt(Verdict.NOT_SENT, code=code, text=text, is_account_problem=True)
        case Meaning.BUSY:
            wait = parse_retry_after(answer.headers.get("retry-after"), now=now) or retry_after
            return Receipt(
                Verdict.TEMPORARY,
                code=code,
                text=text,
                retry_after=wait,
                is_outage=answer.status >= _SERVER_ERROR,
                is_throttled=wait is None and _is_throttling(answer.status),
            )
        case Meaning.UNSURE:
            return Receipt(Verdict.UNCERTAIN, code=code, text=text)
        case _:
            return Receipt(
                Verdict.PERMANENT,
                code=code,
                text=text,
                is_dead_address=meaning is Meaning.DEAD,
                is_opted_out=meaning is Meaning.OPTED_OUT,
            )


def read_object(answer: Answer) -> dict[str, Any]:
    """Return the JSON object that an answer is; an empty one if it is none."""
    try:
        said = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


class ApiProvider(ABC, Generic[Item]):
    """One account at a provider that is asked over HTTP; how it is spoken to is its dialect's."""

    keeps_content = False

    def __init__(
        self,
        name: str,
        target: Target,
        *,
        limits: Limits,
        tls_context: ssl.SSLContext | None,
        timeout: timedelta,
    ) -> None:
        self.name = name
        self._target = target
        self._limits = limits
        self._timeout = timeout
        self._client = HttpClient(tls_context=tls_context, maximum_octets=_MAXIMUM_OCTETS)

    def send(
        self,
        items: Sequence[Item],
        on_result: OnResult,
        *,
        now: datetime,
        begin_within: timedelta = BEGIN_WITHIN,
    ) -> None:
        """Hand over the items: see `channels.base.Provider`."""
        send_each(
            items,
            partial(self.send_one, now=now),
            self.find_fate,
            on_result,
            limits=self._limits,
            begin_within=begin_within,
        )

    @abstractmethod
    def send_one(self, item: Item, *, now: datetime) -> Receipt:
        """Hand over one; called from several threads."""

    @abstractmethod
    def find_fate(self, item: Item) -> Hashable:
        """Return what it shares with those that would fare as it does."""

    def ask(self, call: ApiCall, judge: Callable[[Answer], Receipt]) -> Receipt:
        """Make one request; what its answer means says `judge`."""
        headers = [*call.headers, *COMMON]
        try:
            answer = self._client.request(
                "POST", self._target, headers, call.body, timeout=self._timeout
            )
        except NoAnswer as failure:
            verdict = Verdict.UNCERTAIN if failure.may_have_arrived else Verdict.NOT_SENT
            return Receipt(verdict, text=str(failure))
        return judge(answer)

    def close(self) -> None:
        """Close idle connections."""
        self._client.close()
