"""Sample contacts of a shop, and ninety days of what they did: the same on every machine."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from engine.events.accepting import accept
from engine.events.incoming import Trust, read_call
from engine.models.contact import Contact
from engine.models.event import EventBatch
from server.demo.products import PRODUCTS
from server.wiring import House

SEED: Final = 20260301
CONTACTS: Final = 300
DAYS: Final = 90
BATCH: Final = 200
SOURCE: Final = "demo"
FIRST: Final = (
    "Anna", "Ben", "Clara", "David", "Elif", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Katya",
    "Liam", "Mina", "Noah", "Olga", "Paul", "Rosa", "Sami", "Tara", "Yuki",
)  # fmt: skip
LAST: Final = (
    "Adler", "Berg", "Costa", "Dvorak", "Ebner", "Fuchs", "Gruber", "Hansen", "Ito", "Jensen",
    "Kowalski", "Lang", "Moreau", "Novak", "Okafor", "Petrov", "Rossi", "Santos", "Tan", "Weber",
)  # fmt: skip
ZONES: Final = (
    "Europe/Vienna", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles",
    "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
PHONE: Final = "+447700900"
"""Ofcom keeps +44 7700 900000 to 900999 for drama: nobody has them."""


def write_history(house: House) -> int:
    """Put the sample events into the way in, once; answer how many, none if they are there."""
    with house.database.reading() as session:
        known = session.scalar(select(func.count()).select_from(Contact)) or 0
        waiting = session.scalar(select(func.count()).select_from(EventBatch)) or 0
    if known or waiting:
        return 0
    now = house.clock.now()
    calls = [
        read_call(one, kind=None, received_at=now, is_history=True)
        for one in sorted(build_calls(now), key=lambda one: str(one["timestamp"]))
    ]
    with house.database.transaction() as session:
        for start in range(0, len(calls), BATCH):
            several = calls[start : start + BATCH]
            accept(session, several, source=SOURCE, trust=Trust.WRITE, now=now)
    return len(calls)


def build_calls(now: datetime) -> Iterator[dict[str, Any]]:
    """Yield the calls that a shop's server would have made; the same for the same `now`."""
    chance = random.Random(SEED)
    for number in range(CONTACTS):
        yield from _build_life(chance, number, now)


def _build_life(chance: random.Random, number: int, now: datetime) -> Iterator[dict[str, Any]]:
    user = f"sample-{number:03}"
    first, last = chance.choice(FIRST), chance.choice(LAST)
    joined_at = now - timedelta(days=chance.uniform(1, DAYS))
    yield {
        "type": "identify",
        "userId": user,
        "timestamp": joined_at.isoformat(),
        "messageId": f"{user}-identify",
        "traits": {
            "email": f"{first}.{last}.{number}@example.com".lower(),
            "first_name": first,
            "last_name": last,
            "phone": f"{PHONE}{number:03}",
            "plan": chance.choices(["free", "pro", "team"], [70, 22, 8])[0],
            "timezone": chance.choice(ZONES),
            "consents": {"newsletter": chance.random() < 0.7, "offers": chance.random() < 0.5},
        },
    }
    at = joined_at
    for step in range(chance.randint(1, 12)):
        at += timedelta(days=chance.expovariate(1 / 6), minutes=chance.uniform(1, 600))
        if at >= now:
            return
        yield _build_event(chance, user, step, at)


def _build_event(chance: random.Random, user: str, step: int, at: datetime) -> dict[str, Any]:
    product = chance.choice(PRODUCTS)
    sold: dict[str, Any] = {"product_id": product.id, "name": product.name, "price": product.price}
    kind = chance.choices(["Page Viewed", "Product Viewed", "Order Completed"], [5, 4, 2])[0]
    properties = sold
    if kind == "Order Completed":
        quantity = chance.randint(1, 3)
        properties = {
            "order_id": f"{user}-{step}",
            "total": product.price * quantity,
            "products": [{**sold, "quantity": quantity}],
        }
    return {
        "type": "track",
        "event": kind,
        "userId": user,
        "timestamp": at.isoformat(),
        "messageId": f"{user}-{step}",
        "properties": properties,
    }
