"""Someone who calls at the tracking door, with a key of every kind."""

import json

from sqlalchemy import func, select

from engine.accounts import keys
from engine.accounts.keys import KeyKind
from engine.events.ingest import ingest_pending
from engine.models.contact import Contact
from engine.models.event import Event, EventBatch
from server.app import create_app

ORIGIN = "https://shop.example"


def track(**given):
    return {"type": "track", "event": "Bought", "userId": "ann"} | given


class Door:
    """The application, and what is in its database."""

    def __init__(self, house):
        self.house = house
        self.client = create_app(house).test_client()
        self.write = self.make_key(KeyKind.WRITE)
        self.browser = self.make_key(KeyKind.BROWSER)

    def make_key(self, kind, **given):
        with self.house.database.transaction() as session:
            return keys.create(session, kind, "test", now=self.house.wall.now(), **given)[1]

    def send(self, path, body=None, *, key=None, raw=None, headers=(), **given):
        """Post a body; raw bytes go as they are. Without a key the write key is sent as Bearer."""
        sent = dict(headers)
        if key is not False:
            sent.setdefault("Authorization", f"Bearer {key or self.write}")
        data = json.dumps(body).encode() if raw is None else raw
        return self.client.post(
            path, data=data, headers=sent,
            content_type=given.pop("content_type", "application/json"), **given,
        )  # fmt: skip

    def count_stored(self):
        with self.house.database.reading() as session:
            return session.scalar(select(func.coalesce(func.sum(EventBatch.items), 0)))

    def ingest(self):
        with self.house.database.transaction() as session:
            return ingest_pending(
                session,
                now=self.house.clock.now(),
                limit=1_000,
                trigger_age=self.house.settings.trigger_age,
            ).arrived

    def contacts(self):
        with self.house.database.reading() as session:
            return list(session.scalars(select(Contact).order_by(Contact.id)))

    def events(self):
        with self.house.database.reading() as session:
            return list(session.scalars(select(Event).order_by(Event.id)))
