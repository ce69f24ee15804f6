"""The ticks that cure lost bells and keep house. Any number of schedulers may run at once.

Every tick is harmless when it is doubled: it rings, or it changes rows by conditions that hold
once. No plan of a user ever comes here: schedules of journeys are rows, looked at by a tick.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Final

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from engine.accounts import sessions, throttle
from engine.catalogs import interest
from engine.clock import SystemClock
from engine.contacts import requests
from engine.db import ensure_partitions
from engine.events import imports, ingest
from engine.invariants import checking
from engine.journeys.entering import schedules
from engine.journeys.publishing import brakes
from engine.journeys.running import experiments, questions
from engine.messages.feedback import domains
from engine.messages.feedback import taking as feedback
from engine.messages.gates import allowances
from engine.messages.handover import held_calls
from engine.messages.lookups.coupons import drawing
from engine.messages.lookups.fetched import answers
from engine.messages.making import testing
from engine.messages.tracking import judging
from engine.messages.webhooks import calls
from engine.segments import growth
from server import chatting, expiring, notice_mailing, queues
from server.logs import describe_failure, get_logger
from server.presence import Presence
from server.wiring import House


@dataclass(frozen=True, slots=True)
class Tick:
    """Something done every so often."""

    name: str
    every: timedelta
    run: Callable[[House], None]


def sweep_lanes(house: House) -> None:
    """Ring for every lane: a bell that was lost costs no more than this."""
    house.ring_all()


def note_schedules(house: House) -> None:
    """Write down which schedules of journeys have come due."""
    now = house.clock.now()
    with house.database.transaction() as session:
        schedules.note_due(session, now=now, default_zone=house.settings.timezone)


def brake(house: House) -> None:
    """Pause journeys that suddenly send far more than they ever do."""
    now = house.clock.now()
    with house.database.transaction() as session:
        paused = brakes.pause_runaways(session, now=now)
    for key in paused:
        get_logger().warning("journey_paused", journey=key, why="rate")


def escalate_questions(house: House) -> None:
    """Tell somebody else of questions that nobody answered for long."""
    now = house.clock.now()
    with house.database.transaction() as session:
        questions.escalate_due(session, now=now)


def decide_experiments(house: House) -> None:
    """Choose the winners of experiments whose time is over."""
    now = house.clock.now()
    with house.database.transaction() as session:
        experiments.decide_due(session, now=now)


def tend_calls(house: House) -> None:
    """Give up calls that were held for longer than they live."""
    now = house.clock.now()
    with house.database.transaction() as session:
        held_calls.name_targets(session, now=now)
        held_calls.give_up_calls(session, now=now)


def settle_coupons(house: House) -> None:
    """Take back the coupons of messages that were closed before anybody got them."""
    with house.database.transaction() as session:
        drawing.settle_codes(session)


def count_interest(house: House) -> None:
    """Count what people want of the catalogs' items."""
    now = house.clock.now()
    with house.database.reading() as session:
        read = interest.read_due(session, now=now)
    if read:
        with house.database.transaction() as session:
            interest.keep(session, read, now=now)


def make_partitions(house: House) -> None:
    """Make the coming months' partitions of the append-only logs."""
    now = house.clock.now()
    with house.database.transaction() as session:
        ensure_partitions(session, now=now)


def prune(house: House) -> None:
    """Forget what is over: sessions, tries to log in, old figures, digests of seen events, uses of limits."""
    wall, now = house.wall.now(), house.clock.now()
    with house.database.transaction() as session:
        sessions.prune(session, now=wall)
        throttle.prune(session, now=wall)
        queues.prune(session, wall=wall)
        ingest.prune_seen(session, now=now)
        growth.prune_sizes(session, now=now)
        brakes.prune(session, now=now)
        testing.prune(session, wall=wall)
        allowances.prune(session, now=now)
        calls.prune(session, now=now)
        feedback.prune_sayings(session, now=now)
        domains.prune_days(session, now=now)
        requests.prune_turns(session, now=now)
        judging.prune(session, now=now)
        answers.prune(session, wall=wall)
        imports.prune(session, wall=wall)


def check_books(house: House) -> None:
    """See whether the books balance; keep what was found, and tell who should know."""
    with house.database.reading() as session:
        broken = checking.find_broken(session, newest=checking.NEWEST)
    for one in broken:
        get_logger().error("invariant_broken", name=one.name, rows=len(one.rows))
    with house.database.transaction() as session:
        checking.record_broken(session, broken, now=house.clock.now())


TICKS: Final[Sequence[Tick]] = (
    Tick("sweep_lanes", timedelta(seconds=5), sweep_lanes),
    Tick("note_schedules", timedelta(seconds=5), note_schedules),
    Tick("tell_chats", timedelta(seconds=5), chatting.tick),
    Tick("tell_admins", timedelta(seconds=15), chatting.tell_admins),
    Tick("mail_notices", timedelta(seconds=15), notice_mailing.mail_notices),
    Tick("brake", timedelta(seconds=10), brake),
    Tick("escalate_questions", timedelta(seconds=15), escalate_questions),
    Tick("decide_experiments", timedelta(seconds=60), decide_experiments),
    Tick("tend_calls", timedelta(seconds=60), tend_calls),
    Tick("expire_messages", timedelta(seconds=60), expiring.tick),
    Tick("settle_coupons", timedelta(seconds=60), settle_coupons),
    Tick("count_interest", timedelta(seconds=60), count_interest),
    Tick("make_partitions", timedelta(days=1), make_partitions),
    Tick("prune", timedelta(hours=1), prune),
    Tick("check_books", timedelta(hours=1), check_books),
)


class Scheduler:
    """Runs the ticks in threads of its own.

    Args:
        house: of this process.
        ticks: what is done, and how often.
        presence: of a process that is a scheduler only; None where another part of the process
            speaks for it.
    """

    def __init__(
        self, house: House, *, ticks: Sequence[Tick] = TICKS, presence: Presence | None = None
    ) -> None:
        self.house = house
        self._presence = presence
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(max_workers=len(ticks))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for tick in ticks:
            self._scheduler.add_job(
                self._run,
                IntervalTrigger(seconds=int(tick.every.total_seconds()), timezone=UTC),
                args=(tick,),
                id=tick.name,
                next_run_time=SystemClock().now(),
            )

    def start(self) -> None:
        """Start; every tick is run once at once, then as often as it says."""
        self._scheduler.start()
        if self._presence is not None:
            self._presence.start()

    def stop(self) -> None:
        """Finish the ticks that are running, and stop."""
        self._scheduler.shutdown(wait=True)
        if self._presence is not None:
            self._presence.stop()

    def _run(self, tick: Tick) -> None:
        if self.house.closing.is_set():
            return
        try:
            tick.run(self.house)
        except Exception as error:  # noqa: BLE001 - a door: the next tick tries again
            get_logger().error("tick_failed", tick=tick.name, **describe_failure(error))
