"""Answers of sources, kept for all processes: what is fresh, who asks, what came of it.

Three steps, each a transaction of its own and none with the network in it: `look` says what is known,
`take_turns` says which addresses the caller is to ask now (nobody else does meanwhile), `note` keeps
what came back. Times are the machine's.
"""

from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from channels.base import Receipt, Verdict
from channels.webhook.fetching import Fetched
from engine.bulk import is_any
from engine.db import change_rows, insert_into
from engine.errors import Invalid
from engine.ids import derive_digest
from engine.language.say import say
from engine.messages.carriers.breaker import REST
from engine.messages.lookups.fetched.filling import Unfillable, fill_url
from engine.messages.webhooks.targets import count_allowed, follow, read_health, write_health
from engine.models.fetching import FetchedAnswer, FetchSource

DEEPEST: Final = 32
GRACE: Final = timedelta(seconds=2)
"""So long after its time limit whoever asks is taken to have died."""
TOGETHER: Final = 8
"""Addresses of one source that are asked at once."""
SOON: Final = timedelta(seconds=15)
"""So long after a failure that may pass an address is not asked again."""
LATER: Final = timedelta(minutes=1)
"""The same after one that will not pass by itself."""
_LONGEST_WORDS: Final = 300


@dataclass(frozen=True, slots=True)
class Ask:
    """One filled address of a source, with how it is asked."""

    source: str
    digest: bytes
    url: str
    headers: Mapping[str, str]
    answers: str
    timeout: timedelta
    fresh: timedelta
    stale: timedelta


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address.

    Attributes:
        body: of its last good answer.
        failed_at: of a failure after that.
        is_asked: somebody is asking it just now.
    """

    body: bytes | None
    fetched_at: datetime | None
    took_ms: int | None
    failed_at: datetime | None
    may_pass: bool
    words: str
    status: int | None
    is_asked: bool

    def is_fresh(self, ask: Ask, now: datetime) -> bool:
        """Return whether the answer need not be asked for anew."""
        return self.fetched_at is not None and self.fetched_at > now - ask.fresh

    def is_usable(self, ask: Ask, now: datetime) -> bool:
        """Return whether the answer still serves, fresh or not."""
        return self.fetched_at is not None and self.fetched_at > now - ask.fresh - ask.stale

    def has_just_failed(self, now: datetime) -> bool:
        """Return whether it failed so lately that it is not asked again."""
        pause = SOON if self.may_pass else LATER
        return self.failed_at is not None and self.failed_at > now - pause


def build_ask(source: FetchSource, values: Mapping[str, Any]) -> Ask:
    """Return what is asked of a source.

    Raises:
        Invalid: the values do not fit.
    """
    try:
        url = fill_url(source.url, values)
    except Unfillable as error:
        raise Invalid(str(error)) from None
    return Ask(
        source=source.name,
        digest=derive_digest(source.name, source.revision, url),
        url=url,
        headers=source.headers,
        answers=source.answers,
        timeout=timedelta(milliseconds=source.timeout_ms),
        fresh=timedelta(seconds=source.fresh_seconds),
        stale=timedelta(hours=source.stale_hours),
    )


def load_sources(session: Session, names: Collection[str]) -> dict[str, FetchSource]:
    """Return sources by name; of one that is not there nothing."""
    asked = select(FetchSource).where(FetchSource.name.in_(sorted(names)))
    return {source.name: source for source in session.scalars(asked)}


def look(session: Session, asks: Iterable[Ask], *, now: datetime) -> dict[bytes, Known]:
    """Return what is known of addresses, by their digests."""
    rows = session.scalars(
        select(FetchedAnswer).where(
            is_any(session, FetchedAnswer.digest, [ask.digest for ask in asks])
        )
    )
    return {row.digest: _read(row, now) for row in rows}


def take_turns(
    session: Session, asks: Sequence[Ask], *, now: datetime, anew: bool = False
) -> list[Ask]:
    """Return which of these addresses the caller is to ask; nobody else does until it has noted.

    A source that fails is let alone, but for a probe now and then.

    Args:
        anew: a colleague tries it: ask although an answer is fresh, or it has just failed.
    """
    by_source: dict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        by_source[ask.source].append(ask)
    mine: list[Ask] = []
    for source in _hold(session, by_source):
        health = read_health(source)
        most = len(asks) if anew else min(count_allowed(health, now), TOGETHER)
        several = sorted(by_source[source.name], key=lambda ask: ask.digest)[:most]
        taken = [ask for ask in several if _take(session, ask, now=now, anew=anew)]
        if taken and health.breaker.is_open:
            source.closed_until = now + REST
        mine += taken
    session.flush()
    return mine


def note(session: Session, results: Sequence[tuple[Ask, Fetched]], *, now: datetime) -> None:
    """Keep what addresses answered, and how their sources fare by that."""
    sources = _hold(session, {ask.source for ask, _ in results})  # as whoever takes a turn does
    by_source: dict[str, list[Receipt]] = defaultdict(list)
    for ask, fetched in sorted(results, key=lambda one: one[0].digest):
        receipt = judge_body(ask, fetched)
        by_source[ask.source].append(receipt)
        values: dict[str, Any] = {
            "asked_until": None,
            "took_ms": round(fetched.took.total_seconds() * 1000),
            "status": receipt.answer.status if receipt.answer else None,
        }
        if receipt.verdict is Verdict.ACCEPTED:
            values |= {"body": fetched.body, "fetched_at": now, "failed_at": None, "words": ""}
        else:
            may_pass = receipt.verdict is not Verdict.PERMANENT
            words = receipt.text[:_LONGEST_WORDS]
            values |= {"failed_at": now, "may_pass": may_pass, "words": words}
        change = update(FetchedAnswer).where(FetchedAnswer.digest == ask.digest).values(values)
        change_rows(session, change)
    for source in sources:
        write_health(source, follow(read_health(source), by_source[source.name], now))
    session.flush()


def judge_body(ask: Ask, fetched: Fetched) -> Receipt:
    """Return the receipt, a failure where the body is not what the source is said to answer. Pure."""
    receipt = fetched.receipt
    if receipt.verdict is not Verdict.ACCEPTED:
        return receipt
    try:
        read_body(ask.answers, fetched.body)
    except ValueError as error:
        return replace(receipt, verdict=Verdict.PERMANENT, text=str(error))
    return receipt


def read_body(answers: str, body: bytes) -> Any:
    """Return an answer as letters see it. Pure.

    Raises:
        ValueError: it is no text, or no JSON; says so.
    """
    body = body.removeprefix(BOM_UTF8)
    if b"\0" in body or b"\\u0000" in body:
        raise ValueError(say("the answer holds a NUL character"))
    if answers == "text":
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            raise ValueError(say("the answer is not UTF-8")) from None
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise ValueError(say("the answer is no JSON")) from None
    if _is_deep(value):
        raise ValueError(say("the answer is nested more than {most} deep", most=DEEPEST))
    return value


def prune(session: Session, *, wall: datetime) -> None:
    """Forget answers that serve no more."""
    for source in session.scalars(select(FetchSource)):
        kept = timedelta(seconds=source.fresh_seconds, hours=source.stale_hours)
        gone = delete(FetchedAnswer).where(
            FetchedAnswer.source == source.name,
            FetchedAnswer.used_at < wall - max(kept, LATER),
            or_(FetchedAnswer.fetched_at.is_(None), FetchedAnswer.fetched_at < wall - kept),
        )
        change_rows(session, gone)


def _hold(session: Session, names: Collection[str]) -> list[FetchSource]:
    if not names:
        return []
    asked = select(FetchSource).where(FetchSource.name.in_(sorted(names)))
    held = asked.order_by(FetchSource.name).with_for_update(key_share=True)
    return list(session.scalars(held.execution_options(populate_existing=True)))


def _take(session: Session, ask: Ask, *, now: datetime, anew: bool) -> bool:
    """Put down that the caller asks; False: somebody else does, or has just done so."""
    adding = insert_into(session, FetchedAnswer).values(
        digest=ask.digest,
        source=ask.source,
        may_pass=False,
        words="",
        asked_until=now + ask.timeout + GRACE,
        used_at=now,
    )
    free = or_(FetchedAnswer.asked_until.is_(None), FetchedAnswer.asked_until < now)
    if not anew:
        failing = FetchedAnswer.failed_at
        paused = or_(
            failing.is_(None),
            failing <= now - LATER,
            FetchedAnswer.may_pass & (failing <= now - SOON),
        )
        old = or_(FetchedAnswer.fetched_at.is_(None), FetchedAnswer.fetched_at <= now - ask.fresh)
        free = free & paused & old
    taking = adding.on_conflict_do_update(
        index_elements=["digest"],
        set_={"asked_until": adding.excluded.asked_until, "used_at": now},
        where=free,
    ).returning(FetchedAnswer.digest)
    return session.scalar(taking) is not None


def _read(row: FetchedAnswer, now: datetime) -> Known:
    return Known(
        body=row.body,
        fetched_at=row.fetched_at,
        took_ms=row.took_ms,
        failed_at=row.failed_at,
        may_pass=row.may_pass,
        words=row.words,
        status=row.status,
        is_asked=row.asked_until is not None and row.asked_until >= now,
    )


def _is_deep(value: Any) -> bool:
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return any(isinstance(one, dict | list) for one in level)
