"""For those who run the instance: is it alive, can it work, how are its lanes."""

import ipaddress
from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Response, request
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from engine.accounts.keys import KeyKind
from engine.accounts.permissions import Permission
from engine.errors import EngineError, WrongCredentials
from engine.invariants.checking import count_broken
from engine.journeys.reporting import stuck
from engine.messages.lookups.coupons.pools import count_left
from server import queues
from server.auth import authenticate_key, public
from server.migrating import is_current
from server.wiring import House, get_house

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public("it says that the process lives, and nothing else")
def show_health() -> Response:
    """Say that this process lives. It asks nobody, so a database that is away kills no process."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/readyz")
@public("it says whether requests may come here, and nothing else")
def show_readiness() -> Response:
    """Say whether this process can work: the database answers, its schema is ours, no shutdown."""
    reason = _find_hindrance(get_house())
    return Response(
        f"{reason or 'ready'}\n",
        status=503 if reason else 200,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": "5"} if reason else None,
    )


@blueprint.get("/metrics")
@public("it lets in the machine itself, and server keys with operations:read")
def show_metrics() -> Response:
    """Show figures for Prometheus, counted from the rows at this moment."""
    if not _is_local():
        _refuse_strangers()
    registry = CollectorRegistry()
    _measure(get_house(), registry)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _find_hindrance(house: House) -> str | None:
    if house.closing.is_set():
        return "shutting down"
    try:
        return None if is_current(house.database) else "the schema is another release's"
    except EngineError:
        return "the database does not answer"


def _is_local() -> bool:
    """Return whether the machine itself asks, and not a proxy on it for somebody else."""
    is_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return address.is_loopback and not is_forwarded


def _refuse_strangers() -> None:
    scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise WrongCredentials(_REFUSAL)
    key = authenticate_key(get_house(), presented.strip())
    if key.kind is not KeyKind.SERVER or Permission.SEE_OPERATIONS not in key.scopes:
        raise WrongCredentials(_REFUSAL)


_REFUSAL: Final = "figures go to the machine itself, or to a server key with operations:read"


def _measure(house: House, registry: CollectorRegistry) -> None:
    wall, now = house.wall.now(), house.clock.now()
    with house.database.reading() as session:
        lanes = queues.read_lanes(session, now=now, wall=wall)
        aside = queues.count_set_aside(session)
        processes = queues.list_processes(session)
        lag = stuck.measure_lag(session, now=now)
        ailing = stuck.count_stuck(session, now=now)
        broken = count_broken(session)
        coupons = count_left(session)
    left = Gauge("sojourn_coupons_left", "Coupons nobody has drawn.", ["pool"], registry=registry)
    for name, count in coupons.items():
        left.labels(name).set(count)
    _measure_lag(registry, lag, ailing)
    depth = _gauge(registry, "depth", "Things of a lane that are due now.")
    age = _gauge(registry, "oldest_seconds", "For how long the oldest of them has been due.")
    done = _gauge(registry, "done_24h", "Things a lane did in the last day.")
    failed = _gauge(registry, "failed_24h", "Chunks of a lane that failed in the last day.")
    rate = _gauge(registry, "per_minute", "Things a lane does a minute, lately.")
    put_aside = _gauge(registry, "set_aside", "Things that wait for a person to look at them.")
    for each in lanes:
        depth.labels(each.lane).set(each.depth)
        age.labels(each.lane).set(each.oldest_seconds or 0)
        done.labels(each.lane).set(each.done)
        failed.labels(each.lane).set(each.failed)
        rate.labels(each.lane).set(each.per_minute)
        put_aside.labels(each.lane).set(aside[each.lane])
    alive = Gauge(
        "sojourn_processes_alive",
        "Processes heard of lately.",
        ["role"],
        registry=registry,
    )
    for role in ("web", "worker", "scheduler"):
        alive.labels(role).set(
            sum(
                role in each.role.split("+") and queues.is_alive(each, wall=wall)
                for each in processes
            )
        )

    violations = Gauge(
        "sojourn_invariant_violations",
        "Rows, 20 at most, that broke an invariant at the last hourly look.",
        ["name"],
        registry=registry,
    )
    for name, count in broken.items():
        violations.labels(name).set(count)


def _measure_lag(
    registry: CollectorRegistry, lag: stuck.Lag, ailing: Mapping[stuck.Ailment, int]
) -> None:
    late = Gauge(
        "sojourn_due_lag_seconds",
        "How late the enrollments are that are due now: half of them, 95 of 100, all.",
        ["quantile"],
        registry=registry,
    )
    for quantile, seconds in (("0.5", lag.half), ("0.95", lag.most), ("1", lag.longest)):
        late.labels(quantile).set(seconds)
    gauge = Gauge(
        "sojourn_enrollments_stuck",
        "Enrollments that should move and do not.",
        ["ailment"],
        registry=registry,
    )
    for ailment, count in ailing.items():
        gauge.labels(ailment.value).set(count)


def _gauge(registry: CollectorRegistry, name: str, words: str) -> Gauge:
    return Gauge(f"sojourn_lane_{name}", words, ["lane"], registry=registry)
