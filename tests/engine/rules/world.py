"""Contacts made to disagree about, stored, and asked of both back ends."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, insert

from engine.ids import derive_id
from engine.models.contact import Consent, Contact
from engine.models.event import Event as EventRow
from engine.models.message import Message
from engine.models.segment import Segment, SegmentMember
from engine.rules.compile_sql import compile_condition
from engine.rules.conditions import Condition, parse_condition
from engine.rules.counters import Event, RawHistory
from engine.rules.evaluate import ContactState, prepare
from engine.rules.truth_table import NOW
from engine.rules.values import MISSING

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)
TEXTS = [
    "",
    "0",
    "1",
    "5",
    "true",
    "false",
    "null",
    "pro",
    "Pro",
    "PRO",
    "team",
    "münchen",
    "MÜNCHEN",
    "a%b",
    "a_b",
    "[1]",
    '{"a":1}',
    '"',
    "\\",
    "it's",
    "x\ny",
    "x y",
    "é",
    "e\u0301",
    "😀",
    "\ufffd",
    "-3",
    " pro",
    "ß",
    "ß1",
    "İ",
]
DATES = [
    "2026-03-29",
    "2026-03-28",
    "2026-03-30",
    "2026-04-05",
    "2026-02-28",
    "2024-02-29",
    "2025-02-29",
    "1988-03-29",
    "1988-04-01",
    "2026-03-29T10:00:00Z",
    "2026-03-29T12:00:00Z",
    "2026-03-29T12:00:00.000Z",
    "2026-03-29T12:00:00.999999Z",
    "2026-03-29T00:00:00Z",
    "2026-03-28T23:59:59Z",
    "2026-04-28T12:00:00Z",
    "2026-02-27T12:00:00Z",
    "2026-02-27T11:59:59Z",
    "2026-02-27",
]
BROKEN_DATES = [
    "2026-02-31",
    "2026-13-01",
    "2026-00-10",
    "1970-01-01",
    "1970-01-01T00:00:00Z",
    "2026-03-29T10:00:00+02:00",
    "2026-03-29 10:00:00",
    "2026-03-29T25:00:00Z",
    "2026-03-29T10:00:00.5Z",
    "0000-00-00",
    "29.03.2026",
    "2026-03-29Z",
    "2026-3-9",
    "٢٠٢٦-03-29",
    "2026-03-29\n",
    "9999-12-31",
    "0999-12-31",
    "2026-03-291",
]
NUMBERS = [
    0,
    1,
    5,
    5.0,
    -3,
    0.1,
    0.30000000000000004,
    2**53,
    -(2**53),
    1e15,
    1e-7,
    49.99995,
    50,
    50.0001,
    1774785600,
    20260329,
    123456789.12345678,
    5e-324 * 0,
    2.5,
    1e12,
    1e11,
]
LISTS = [
    [],
    ["pro"],
    ["pro", "team"],
    [1],
    [1.0, "1"],
    [True],
    [None],
    ["Pro", 5],
    [["pro"]],
    [{"a": 1}],
    ["5"],
    [5],
]
OBJECTS = [{}, {"city": "Wien"}, {"city": None}, {"city": ["pro"]}, {"a": 1}, {"0": "pro"}]
VALUES: list[Any] = [
    MISSING,
    None,
    True,
    False,
    *TEXTS,
    *DATES,
    *BROKEN_DATES,
    *NUMBERS,
    *LISTS,
    *OBJECTS,
]
NAMES = [
    "plan",
    "größe",
    "it's",
    "a b",
    "100%",
    "x:y",
    "$v",
    "0",
    "address.city",
    "tags.0",
    "[0]",
    "a-b",
    "a->b",
    "%(x)s",
]
ZONES = [
    None,
    "Europe/Berlin",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Not/AZone",
    "America/Sao_Paulo",
    "UTC",
    "",
]
SPANS = ["P1D", "P7D", "P30D", "P1W", "PT24H", "PT36H", "PT720H", "P1DT12H", "PT1S", "P90D"]
MARKS = ["sent", "delivered", "opened", "clicked", "bounced", "replied"]


@dataclass
class World:
    states: dict[int, ContactState]


def make_instant(rng: random.Random) -> datetime:
    at = NOON + timedelta(hours=6 * rng.randint(-190, 2))
    return at + timedelta(microseconds=rng.choice([0, 0, 0, 1, -1, 500_000]))


def make_state(rng: random.Random) -> ContactState:
    def values(names: Sequence[str]) -> dict[str, Any]:
        made = {name: rng.choice(VALUES) for name in names if "." not in name}
        made["address"] = rng.choice(
            [MISSING, *OBJECTS, "pro", ["pro"], {"city": rng.choice(VALUES[1:])}]
        )
        made["tags"] = rng.choice([MISSING, *LISTS, {"0": "pro"}])
        return {
            name: value
            for name, value in made.items()
            if value is not MISSING and MISSING is not value
        }

    events = [
        Event(
            rng.choice("AB"),
            make_instant(rng),
            {**values(["plan"]), **({"total": rng.choice(NUMBERS)} if rng.random() < 0.8 else {})},
        )
        for _ in range(rng.choice([0, 0, 1, 2, 3, 6]))
    ]
    return ContactState(
        attributes=values(NAMES),
        timezone=rng.choice(ZONES),
        history=RawHistory.of(events),
        segments=frozenset(s for s in ("vip", "new") if rng.random() < 0.4),
        consents={
            (t, "email"): rng.choice(["subscribed", "unsubscribed"])
            for t in ("news", "shop")
            if rng.random() < 0.6
        },
        messages={
            t: [
                {m: make_instant(rng) for m in MARKS if rng.random() < 0.5}
                for _ in range(rng.choice([0, 1, 2]))
            ]
            for t in ("w1", "w2")
        },
    )


def make_world(seed: int, size: int) -> World:
    rng = random.Random(seed)
    return World({number: make_state(rng) for number in range(1, size + 1)})


TABLES = [row.__table__ for row in (Contact, Segment, EventRow, SegmentMember, Consent, Message)]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def store(engine: Engine, world: World) -> None:
    contact, segment, event, member, consent, message = TABLES
    rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in TABLES}
    for key in ("vip", "new"):
        rows[segment].append(
            {
                "key": key,
                "name": key,
                "condition": {},
                "revision": 1,
                "created_at": LONG_AGO,
                "updated_at": LONG_AGO,
                "size": 0,
            }
        )
    ids = iter(range(1, 10_000_000))
    for number, state in world.states.items():
        rows[contact].append(
            {
                "id": number,
                "uid": derive_id("contact", number),
                "created_at": LONG_AGO,
                "attributes": state.attributes,
                "attribute_times": {},
                "timezone": state.timezone,
                "email_confirmed": False,
                "phone_confirmed": False,
            }
        )
        assert isinstance(state.history, RawHistory)
        rows[event] += [
            {
                "id": next(ids),
                "received_at": e.occurred_at,
                "contact_id": number,
                "subject_kind": "contact",
                "subject_id": number,
                "name": e.name,
                "occurred_at": e.occurred_at,
                "properties": e.properties,
                "actor": "contact",
                "mode": "live",
                "depth": 0,
            }
            for events in state.history.events.values()
            for e in events
        ]
        rows[member] += [
            {"segment": s, "contact_id": number, "since": LONG_AGO} for s in state.segments
        ]
        rows[consent] += [
            {"contact_id": number, "topic": t, "channel": c, "choice": v, "changed_at": LONG_AGO}
            for (t, c), v in state.consents.items()
        ]
        rows[message] += [
            {
                "uid": derive_id(number, t, place),
                "direction": "out",
                "visibility": "public",
                "channel": "email",
                "message_class": "marketing",
                "contact_id": number,
                "template": t,
                "visit": 1,
                "data": {},
                "state": 2,
                "created_at": LONG_AGO,
                "due_at": LONG_AGO,
                "attempts": 1,
                "crashes": 0,
                **{f"{m}_at": marks.get(m) for m in MARKS},
            }
            for t, all_marks in state.messages.items()
            for place, marks in enumerate(all_marks)
        ]
    with engine.begin() as db:
        for table in reversed(TABLES):
            db.execute(delete(table))
        for table, made in rows.items():
            if made:
                db.execute(insert(table), made)


def ask_memory(world: World, condition: Condition, now: datetime, zone: str) -> set[int]:
    holds = prepare(condition, now=now, default_zone=zone)
    return {number for number, state in world.states.items() if holds(state)}


def ask_sql(engine: Engine, condition: Condition, now: datetime, zone: str) -> set[int]:
    name: Any = engine.dialect.name
    with engine.connect() as db:
        found = list(
            db.scalars(compile_condition(condition, now=now, dialect=name, default_zone=zone))
        )
    assert len(found) == len(set(found))
    return set(found)


def both(
    database: Engine, condition: Any, states: list[ContactState], now: datetime = NOW
) -> list[bool]:
    """Ask both back ends about the same contacts; return the one answer they must share."""
    world = World(dict(enumerate(states, 1)))
    store(database, world)
    parsed = parse_condition(condition)
    found = ask_sql(database, parsed, now, "UTC")
    assert found == ask_memory(world, parsed, now, "UTC")
    return [number in found for number in world.states]


def having(*values: Any) -> list[ContactState]:
    return [ContactState({"x": value}) for value in values]


def totals(*values: Any) -> ContactState:
    return ContactState(
        history=RawHistory.of(Event("A", NOW, {"total": value}) for value in values)
    )
