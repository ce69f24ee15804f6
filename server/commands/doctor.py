"""`sojourn doctor`: looks at an instance and says, numbered, what is well and what is not."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import redis
import typer

from channels.accounts import MAILBOX
from engine.accounts import instance
from engine.errors import EngineError
from engine.invariants.checking import find_broken
from engine.journeys.publishing import rezoning
from engine.journeys.reporting import stuck
from engine.messages.carriers.accounts import list_accounts
from engine.sealing import Unsealable
from engine.when.zones import get_tzdata_version
from server import queues
from server.broker import SilentBell, connect_redis
from server.migrating import is_current
from server.opening import DataOption, open_settings
from server.outgoing import find_server
from server.wiring import House, open_house

OLD_SECONDS: Final = 60
"""Work that has been due for longer than this means that workers are missing or stuck."""
REACHED_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        advice: what to do; empty where all is well.
    """

    is_well: bool
    words: str
    advice: str = ""


def doctor(data: DataOption = None) -> None:
    """Look at the database, Redis, SMTP, lanes, processes, books and secrets; say what is not well."""
    settings = open_settings(data)
    house = open_house(settings, bell=SilentBell())
    try:
        findings = list(examine(house))
    finally:
        house.close()
    for number, finding in enumerate(findings, start=1):
        mark = "ok  " if finding.is_well else "BAD "
        typer.echo(f"{number:>2}. {mark}{finding.words}")
        if finding.advice:
            typer.echo(f"        {finding.advice}")
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(1)


def examine(house: House) -> Iterator[Finding]:
    """Yield what is found; one thing that is not well keeps none of the others from a look."""
    checks: tuple[Callable[[House], Iterator[Finding]], ...] = (
        _examine_database,
        _examine_redis,
        _examine_email,
        _examine_processes,
        _examine_lanes,
        _examine_enrollments,
        _examine_zones,
        _examine_books,
        _examine_secrets,
        _examine_address,
    )
    for check in checks:
        try:
            yield from check(house)
        except EngineError as error:
            name = check.__name__.removeprefix("_examine_")
            yield Finding(is_well=False, words=f"{name}: could not be looked at ({error.code})")


def _examine_database(house: House) -> Iterator[Finding]:
    kind = "PostgreSQL" if house.database.is_postgresql else "SQLite"
    try:
        current = is_current(house.database)
    except EngineError as error:
        yield Finding(
            is_well=False,
            words=f"database: {kind} does not answer: {error}",
            advice="is it running, and is SOJOURN_DATABASE_URL or --data right?",
        )
        return
    yield Finding(is_well=True, words=f"database: {kind} answers")
    yield Finding(
        is_well=current,
        words=f"schema: {'that of this release' if current else 'none, or of another release'}",
        advice="" if current else "run `sojourn migrate`",
    )


def _examine_redis(house: House) -> Iterator[Finding]:
    if not house.settings.redis_url:
        yield Finding(is_well=True, words="redis: none; bells stay within one process")
        return
    client = connect_redis(house.settings.redis_url)
    try:
        client.ping()
    except redis.RedisError as error:
        yield Finding(
            is_well=False,
            words=f"redis: does not answer ({type(error).__name__})",
            advice="work goes on without it, seconds later; is SOJOURN_REDIS_URL right?",
        )
    else:
        yield Finding(is_well=True, words="redis: answers")
    finally:
        client.close()


def _examine_email(house: House) -> Iterator[Finding]:
    for account in house.outgoing.accounts["email"]:
        if account.scheme == MAILBOX:
            yield Finding(is_well=True, words="e-mail: kept in the mailbox; nothing leaves")
        elif (server := find_server(account)) is not None:
            yield _examine_server(account.name, *server)
    with house.database.reading() as session:
        noted = list_accounts(session)
    for (channel, name), row in noted.items():
        if row.paused_at is not None:
            yield Finding(
                is_well=False,
                words=f"{channel}: the account {name} is paused ({row.paused_for})",
                advice="mend it, then resume it in the settings, under Channels",
            )


def _examine_server(name: str, host: str, port: int) -> Finding:
    try:
        socket.create_connection((host, port), timeout=REACHED_SECONDS).close()
    except OSError as error:
        return Finding(
            is_well=False,
            words=f"e-mail: {host}:{port} cannot be reached ({type(error).__name__})",
            advice=f"letters wait and are tried again; is {name} in SOJOURN_EMAIL_URL right?",
        )
    return Finding(is_well=True, words=f"e-mail: {host}:{port} takes connections")


def _examine_processes(house: House) -> Iterator[Finding]:
    wall = house.wall.now()
    with house.database.reading() as session:
        seen = queues.list_processes(session)
    alive = [each for each in seen if queues.is_alive(each, wall=wall)]
    for role in ("web", "worker", "scheduler"):
        count = sum(role in each.role.split("+") for each in alive)
        advice = f"start one: `sojourn {role}`, or `sojourn up` for all three"
        yield Finding(
            is_well=count > 0,
            words=f"{role}: {count} at work",
            advice="" if count else advice,
        )


def _examine_lanes(house: House) -> Iterator[Finding]:
    with house.database.reading() as session:
        lanes = queues.read_lanes(session, now=house.clock.now(), wall=house.wall.now())
        aside = queues.count_set_aside(session)
    for each in lanes:
        age = each.oldest_seconds or 0
        words = f"lane {each.lane}: {each.depth} due"
        if age > OLD_SECONDS:
            yield Finding(
                is_well=False,
                words=f"{words}, the oldest for {age:.0f} s",
                advice="are workers at work, and what do their logs say?",
            )
        else:
            yield Finding(is_well=True, words=words)
        if count := aside[each.lane]:
            yield Finding(
                is_well=False,
                words=f"lane {each.lane}: {count} set aside",
                advice="the queues page says why, and puts them back",
            )


def _examine_enrollments(house: House) -> Iterator[Finding]:
    now = house.clock.now()
    with house.database.reading() as session:
        lag = stuck.measure_lag(session, now=now)
        ailing = stuck.count_stuck(session, now=now)
    total = sum(ailing.values())
    told = ", ".join(f"{count} {ailment}" for ailment, count in ailing.items() if count)
    yield Finding(
        is_well=not total,
        words=f"enrollments: {lag.due} due, the latest for {lag.longest:.0f} s"
        + (f"; {total} stuck: {told}" if total else ""),
        advice="`sojourn repair enrollments --dry-run` lists them" if total else "",
    )


def _examine_zones(house: House) -> Iterator[Finding]:
    with house.database.reading() as session:
        known = rezoning.find_zone_data(session)
    release = get_tzdata_version()
    words = f"time zones: tzdata {release}"
    if known is None:
        yield Finding(is_well=True, words=f"{words}; no wait was computed yet")
    elif known["release"] != release:
        yield Finding(
            is_well=known["release"] < release,
            words=f"{words}, and waits were computed by {known['release']}",
            advice="an older release came back: install the one that waits were computed by"
            if known["release"] > release
            else "",
        )
    elif "before" in known:
        state = "so far" if "cursor" in known else "in all"
        words += f" since {known['before']}; it moved {known['moved']} waits {state}"
        yield Finding(is_well=True, words=f"{words} (audit: {rezoning.MOVED})")
    else:
        yield Finding(is_well=True, words=words)


def _examine_books(house: House) -> Iterator[Finding]:
    """Look at all rows, however many there are: somebody asked, and waits."""
    with house.database.reading() as session:
        broken = find_broken(session)
    if not broken:
        yield Finding(is_well=True, words="books: they balance")
    for one in broken:
        rows = "; ".join(
            ", ".join(f"{name} {value}" for name, value in row.items()) for row in one.rows[:3]
        )
        yield Finding(
            is_well=False,
            words=f"books: {one.name} does not hold ({rows})",
            advice=f"{one.holds} A backup and a report of this help to find out why it is not so",
        )


def _examine_secrets(house: House) -> Iterator[Finding]:
    try:
        with house.database.transaction() as session:
            instance.check_seal(session)
    except Unsealable as error:
        yield Finding(is_well=False, words="secrets: they cannot be opened", advice=str(error))
        return
    for name in (instance.UNSUBSCRIBE, instance.IDENTITY):
        is_long = len(house.get_secret(name)) >= instance.SECRET_BYTES
        yield Finding(
            is_well=is_long,
            words=f"secret for {name}: {'there' if is_long else 'too short'}",
            advice="" if is_long else "restore it from a backup: links already sent depend on it",
        )


def _examine_address(house: House) -> Iterator[Finding]:
    base = house.settings.base_url
    is_local = urlsplit(base).hostname in {"127.0.0.1", "localhost", "::1"}
    letters_leave = any(one.scheme != MAILBOX for one in house.outgoing.accounts["email"])
    yield Finding(
        is_well=not (is_local and letters_leave),
        words=f"address: links in letters begin with {base}",
        advice="readers elsewhere cannot open them: set SOJOURN_BASE_URL"
        if is_local and letters_leave
        else "",
    )
