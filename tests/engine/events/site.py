"""A site that tracks: what it says is stored as by the tracking door, then worked in."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from engine.events.accepting import accept, append_own
from engine.events.incoming import Trust, read_call
from engine.events.ingest import ingest_pending
from engine.models.contact import Consent, Contact, ContactState, Identity
from engine.models.event import Event, EventBatch
from engine.rules.history import load_history

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
TRIGGER_AGE = timedelta(hours=72)


class Site:
    """What a site says, and what came of it."""

    def __init__(self, database):
        self.database = database
        self.now = NOW

    def say(self, *calls, trust=Trust.WRITE, source="key:1", **call):
        """Store calls as one batch."""
        several = calls or (call,)
        with self.database.transaction() as session:
            read = [
                read_call({"type": "track", "event": "Seen"} | one, kind=None, received_at=self.now)
                for one in several
            ]
            accept(session, read, source=source, trust=trust, now=self.now)

    def identify(self, user=None, *, anonymous=None, trust=Trust.WRITE, at=None, **traits):
        call = {"type": "identify", "userId": user, "anonymousId": anonymous, "traits": traits}
        self.say(call | ({} if at is None else {"timestamp": at.isoformat()}), trust=trust)

    def record(self, *events):
        with self.database.transaction() as session:
            append_own(session, events, now=self.now)

    def ingest(self, limit=1000):
        """Work in what waits; answer what became of it."""
        with self.database.transaction() as session:
            return ingest_pending(session, now=self.now, limit=limit, trigger_age=TRIGGER_AGE)

    def ask(self, *columns, **by):
        with self.database.reading() as session:
            return [tuple(row) for row in session.execute(select(*columns).filter_by(**by))]

    def find(self, kind, value):
        """Return the contact that an identity leads to, or None."""
        with self.database.reading() as session:
            return session.scalar(
                select(Contact)
                .join(Identity, Identity.contact_id == Contact.id)
                .where(Identity.kind == kind, Identity.value == value)
            )

    def user(self, user):
        return self.find("external", user)

    def list_contacts(self):
        with self.database.reading() as session:
            return list(
                session.scalars(
                    select(Contact).where(Contact.merged_into.is_(None)).order_by(Contact.id)
                )
            )

    def list_events(self, contact_id):
        asked = select(Event.name).where(Event.contact_id == contact_id).order_by(Event.id)
        with self.database.reading() as session:
            return list(session.scalars(asked))

    def count_events(self, contact_id):
        """Return what is counted of a contact: name → how many."""
        with self.database.reading() as session:
            counters = session.scalar(
                select(ContactState.counters).where(ContactState.contact_id == contact_id)
            )
        found = load_history(counters).counters if counters else {}
        return {name: counter.count for (name, _), counter in found.items()}

    def consents(self, contact_id):
        rows = self.ask(Consent.topic, Consent.channel, Consent.choice, contact_id=contact_id)
        return {(topic, channel): choice for topic, channel, choice in rows}

    def count_waiting(self):
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(EventBatch))
