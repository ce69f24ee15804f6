"""An instance on a clock of its own, driven by the engine's own functions: what scenarios are told with."""

import json
from datetime import UTC, datetime, timedelta
from functools import cache

from sqlalchemy import select

from channels.base import Receipt, Verdict
from engine.events.accepting import accept
from engine.events.incoming import Trust, read_call
from engine.journeys.deciding.moment import Moment
from engine.journeys.definition.journey import parse_journey
from engine.journeys.entering.backfills import let_in_earlier
from engine.journeys.entering.grace import end_graces
from engine.journeys.publishing.publish import publish, save_draft
from engine.journeys.responding.reaction import react_to_events
from engine.journeys.running.runner import advance_due
from engine.journeys.watching.watches import release_due
from engine.messages.handover.delivery import record, start
from engine.messages.library.templates import compile_source, save_template
from engine.messages.parcels import Result
from engine.models.contact import Topic
from engine.models.message import Message
from tests.claiming import claim

NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)
SEND = {"kind": "send_email", "template": "hello", "class": "transactional"}

WORDS = {
    "email": "<mjml><mj-head><mj-title>Hello</mj-title></mj-head><mj-body><mj-section><mj-column>"
    '<mj-text>Hello <a href="{{ unsubscribe_url }}">No more</a></mj-text>'
    "</mj-column></mj-section></mj-body></mjml>",
    "sms": "Hello",
}


@cache
def compile_words(channel):
    return compile_source(channel, WORDS[channel])


class Shop:
    """An instance on a clock of its own."""

    def __init__(self, database):
        self.database = database
        self.now = NOON
        self.holdout_percent = 0
        with database.transaction() as session:
            for key, channel in (("hello", "email"), ("later", "email"), ("text", "sms")):
                words = compile_words(channel)
                save_template(session, key, channel, WORDS[channel], words, by="test", now=NOON)
            session.add(Topic(key="news", name="News", opt_in="explicit", created_at=NOON))

    def publish(self, *, backfill=None, **document):
        journey = {"format": 1, "key": "j", "name": "J", **document}
        with self.database.transaction() as session:
            parsed = parse_journey(json.dumps(journey))
            save_draft(session, parsed, now=self.now)
            return publish(session, parsed.key, by="test", now=self.now, backfill=backfill)

    def say(self, kind="track", **call):
        with self.database.transaction() as session:
            read = read_call({"type": kind, **call}, kind=None, received_at=self.now)
            accept(session, [read], source="key:1", trust=Trust.WRITE, now=self.now)

    def work(self):
        moment = Moment(self.now, "UTC", timedelta(hours=72), self.holdout_percent)
        busy = True
        while busy:
            busy = False
            for step in (
                lambda s: react_to_events(s, moment, limit=100),
                lambda s: end_graces(s, now=self.now, limit=100, default_zone="UTC"),
                lambda s: release_due(s, now=self.now, limit=100, default_zone="UTC"),
                lambda s: let_in_earlier(s, now=self.now, limit=100, default_zone="UTC"),
                lambda s: advance_due(
                    s,
                    now=self.now,
                    limit=100,
                    default_zone="UTC",
                    holdout_percent=self.holdout_percent,
                ),
            ):
                with self.database.transaction() as session:
                    busy = bool(step(session)) or busy

    def deliver(self, channel="email"):
        """Hand over what the gates let leave, to a provider that takes all; answers the nodes."""
        common = {"now": self.now, "default_zone": "UTC"}
        with self.database.transaction() as session:
            parcels = claim(session, channel, limit=100, owner="shop", **common)
        with self.database.transaction() as session:
            going = start(session, parcels, **common)
            taken = Receipt(Verdict.ACCEPTED, provider_id="taken")
            record(session, [Result(one, taken, "shop", None) for one in going], now=self.now)
        return [one.node for one in going]

    def pass_time(self, **length):
        self.now += timedelta(**length)
        self.work()

    def ask(self, *columns, **by):
        with self.database.reading() as session:
            return [tuple(row) for row in session.execute(select(*columns).filter_by(**by))]

    @property
    def messages(self):
        return [node for (node,) in self.ask(Message.node)]
