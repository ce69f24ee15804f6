"""What the doors of one process share: settings, database, clocks and the bell, joined once."""

import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from flask import current_app

from channels.accounts import read_accounts
from channels.feedback import FeedbackReader
from channels.registry import SMS_FEEDBACK, open_feedback
from channels.webhook.guard import Guard
from engine.accounts import instance
from engine.accounts.users import Passwords
from engine.clock import Clock, ShiftedClock, SystemClock
from engine.config import Settings
from engine.db import Database
from engine.errors import Unavailable
from engine.journeys.deciding.moment import Moment
from engine.messages.tracking.following import LinkBook
from engine.rules.sql_values import register_sqlite
from engine.sealing import build_seal
from engine.tasks import Lane
from server.broker import Bell, build_bell
from server.outgoing import Outgoing
from server.streams import Streams

EXTENSION: Final = "sojourn"
SHIFT_READ_EVERY: Final = 0.2
"""Seconds for which a process trusts the clock's shift it has read."""


class ClockShift:
    """How far the virtual clock stands ahead, read from the database now and then.

    Args:
        database: where the shift is kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = timedelta(0)
        self._read_at = float("-inf")
        self._lock = threading.Lock()

    def read(self) -> timedelta:
        """Return the shift; while the database is away, the last one known."""
        with self._lock:
            if time.monotonic() - self._read_at >= SHIFT_READ_EVERY:
                try:
                    with self._database.reading() as session:
                        self._known = instance.get_clock_shift(session)
                except Unavailable:
                    pass
                self._read_at = time.monotonic()
            return self._known

    def forget(self) -> None:
        """Read it anew at the next question, because it has just been moved."""
        with self._lock:
            self._read_at = float("-inf")


@dataclass(frozen=True, slots=True)
class House:
    """What the doors of one process share.

    Attributes:
        clock: the product's time, in which contacts live and journeys wait; it may be virtual.
        wall: the machine's time, for logins, keys, processes and counts.
        bell: asks workers to look at lanes.
        outgoing: how messages leave this process.
        streams: of what happens now, to who watches.
        readers: of the feedback of providers' accounts, by name; opened when first heard.
        links: where the links of letters lead, as far as somebody followed them.
        closing: set once this process is to end; it takes no more work then.
    """

    settings: Settings
    database: Database
    clock: Clock
    wall: Clock
    bell: Bell
    passwords: Passwords
    shift: ClockShift
    outgoing: Outgoing
    streams: Streams = field(default_factory=Streams)
    closing: threading.Event = field(default_factory=threading.Event)
    secrets: dict[str, bytes] = field(default_factory=dict)
    readers: dict[str, FeedbackReader] = field(default_factory=dict)
    links: LinkBook = field(default_factory=LinkBook)

    @property
    def guard(self) -> Guard:
        """Who judges where requests may go that people name."""
        return Guard(self.settings.webhook_allow)

    def get_secret(self, name: str) -> bytes:
        """Return a signing secret of the instance. Not to be asked for inside a transaction."""
        if name not in self.secrets:
            with self.database.transaction() as session:
                self.secrets[name] = instance.get_secret(session, name)
        return self.secrets[name]

    def find_reader(self, account: str) -> FeedbackReader | None:
        """Return who reads the feedback of a provider's account; None of one that is not set.

        Raises:
            BadAddress: of one that is not set as it should be.
        """
        if account not in self.readers:
            known = self.settings.list_feedback_accounts().get(account)
            if known is None:  # an account for texts holds its secret itself
                texts = {one.name: one for one in read_accounts(self.settings.sms_url)}
                if account not in texts or texts[account].scheme not in SMS_FEEDBACK:
                    return None
                known = (texts[account].url, "")
            self.readers[account] = open_feedback(*known)
        return self.readers[account]

    def read_moment(self) -> Moment:
        """Return when it is now, and under which settings journeys are looked at."""
        settings = self.settings
        return Moment(
            now=self.clock.now(),
            default_zone=settings.timezone,
            trigger_age=settings.trigger_age,
            holdout_percent=settings.holdout_percent,
        )

    def ring_all(self) -> None:
        """Ask for a look at every lane."""
        self.bell.ring(tuple(Lane))

    def close(self) -> None:
        """Let go of the broker and the database."""
        self.closing.set()
        self.bell.close()
        self.outgoing.close()
        self.database.close()


def open_house(
    settings: Settings,
    *,
    bell: Bell | None = None,
    passwords: Passwords | None = None,
    wall: Clock | None = None,
) -> House:
    """Join what the doors need, as the settings say. Nothing is connected to yet.

    Args:
        settings: of the instance.
        bell: how to ask for work; None: over Redis if there is one, else within this process.
        passwords: how they are hashed; tests pass a cheap one.
        wall: the machine's clock; tests pass one that they move.
    """
    bell = bell or build_bell(settings)
    database = Database(
        settings.get_database_url(),
        on_sqlite_connect=[register_sqlite],
        ring=bell.ring,
        pool_size=settings.worker_threads + 8,
        seal=build_seal(settings.secret_key, settings.data if settings.is_embedded else None),
    )
    shift = ClockShift(database)
    wall = wall or SystemClock()
    return House(
        settings=settings,
        database=database,
        clock=ShiftedClock(wall, shift.read) if settings.virtual_clock else wall,
        wall=wall,
        bell=bell,
        passwords=passwords or Passwords(),
        shift=shift,
        outgoing=Outgoing(settings),
    )


def get_house() -> House:
    """Return the house of the running application; for routes."""
    house = current_app.extensions[EXTENSION]
    if not isinstance(house, House):
        raise TypeError(EXTENSION)
    return house
