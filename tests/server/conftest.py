"""A house whose clocks the test moves, and browsers and keys that come to its door."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from engine.accounts import keys, sessions, users
from engine.accounts.keys import KeyKind
from engine.accounts.permissions import Role
from engine.accounts.users import Passwords
from engine.clock import ShiftedClock
from engine.config import Settings
from engine.tasks import ring_after_commit
from server.app import create_app
from server.outgoing import Outgoing
from server.wiring import ClockShift, House

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
PASSWORD = "correct horse battery"
OWN = {"Sec-Fetch-Site": "same-origin", "X-Sojourn-App": "1"}
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


class TestClock:
    """A clock that stands still until it is moved."""

    __test__ = False

    def __init__(self, now=START):
        self.moment = now

    def now(self):
        return self.moment

    def advance(self, by):
        self.moment += by


class RecordingBell:
    """Keeps what was rung for."""

    def __init__(self):
        self.rung = []

    def ring(self, lanes):
        self.rung.extend(lanes)

    def close(self):
        pass


def build_house(database, tmp_path, *, bell=None, wall=None, **settings):
    wall = wall or TestClock()
    shift = ClockShift(database)
    settings = Settings(data=tmp_path, **settings)
    bell = bell or RecordingBell()
    ring_after_commit(database._factory, bell.ring)
    return House(
        settings=settings,
        database=database,
        clock=ShiftedClock(wall, shift.read) if settings.virtual_clock else wall,
        wall=wall,
        bell=bell,
        passwords=CHEAP,
        shift=shift,
        outgoing=Outgoing(settings),
    )


@pytest.fixture
def wall():
    return TestClock()


@pytest.fixture
def house(database, tmp_path, wall):
    house = build_house(database, tmp_path, wall=wall)
    yield house
    house.outgoing.close()  # ends what renders letters, if anything did


@pytest.fixture
def near(database, tmp_path, wall):
    """An owner's browser where requests may go to this machine."""
    house = build_house(database, tmp_path, wall=wall, webhook_allow="127.0.0.1")
    yield log_in(create_app(house), "owner")
    house.outgoing.close()


@pytest.fixture
def one_house(sqlite_database, tmp_path, wall):
    """For what no database has a say in."""
    house = build_house(sqlite_database, tmp_path, wall=wall)
    yield house
    house.outgoing.close()


@pytest.fixture
def app(house):
    return create_app(house)


@pytest.fixture
def client(app):
    return app.test_client()


def add_user(house, role, email=None):
    with house.database.transaction() as session:
        user = users.create(
            session,
            email=email or f"{role}@example.com",
            name=role.title(),
            role=Role(role),
            password_hash=CHEAP.hash(PASSWORD),
            now=house.wall.now(),
        )
        return user.id


def log_in(app, role="owner"):
    """Return a browser in which a user of this role is logged in, on one of our own pages."""
    house = app.extensions["sojourn"]
    user_id = add_user(house, role)
    with house.database.transaction() as session:
        token = sessions.start(session, user_id, now=house.wall.now())
    browser = app.test_client()
    browser.set_cookie("sid", token)
    for name, value in OWN.items():
        browser.environ_base[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return browser


def make_key(house, kind="server", scopes=()):
    with house.database.transaction() as session:
        return keys.create(session, KeyKind(kind), "tests", now=house.wall.now(), scopes=scopes)[1]


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


HOUR = timedelta(hours=1)
