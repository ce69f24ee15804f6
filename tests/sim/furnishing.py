"""What a world begins with: the doors' house, templates, the journey, the first contacts."""

import json
import threading
from datetime import timedelta
from types import SimpleNamespace

from channels.accounts import Account
from engine.contacts.push_devices import Came, subscribe
from engine.events.accepting import accept
from engine.events.incoming import Trust, read_call
from engine.journeys.deciding.moment import Moment
from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing import publish
from engine.messages.tracking.following import LinkBook
from engine.models.contact import Topic
from engine.models.message import Endpoint, Template, TemplateVersion
from engine.models.segment import Segment
from tests.sim.carriers import Carrier
from tests.sim.database import BEGINNING
from tests.sim.nodes import IS_PRO

UNSUBSCRIBES = [
    {
        "path": "unsubscribe_url",
        "has_default": False,
        "position": {"source": "", "line": 1, "column": 1},
    }
]
COMPILED = {
    "html": "",
    "text": "",
    "subject": "",
    "sender_name": "",
    "variables": UNSUBSCRIBES,
    "links": [],
    "warnings": [],
    "digest": "",
}


PUSH_DIGEST = "push"
PUSH_TEXT = "\ufdd0".encode() * 8


def build_house(world):
    """Return what the doors see of a world instead of `server.wiring.House`."""
    carriers = {channel: Carrier(world, channel) for channel in ("email", "sms", "push", "webhook")}
    outgoing = SimpleNamespace(
        owner="worker",
        pool=SimpleNamespace(render=world.render),
        accounts={channel: (Account("carrier", "sim:"),) for channel in ("email", "sms", "push")},
        open_account=lambda channel, _: carriers[channel],
        bulk=threading.BoundedSemaphore(8),
        doubtful=threading.Lock(),
        webhooks=carriers["webhook"],
        webhook_mailbox=carriers["webhook"],
    )
    settings = SimpleNamespace(
        timezone="UTC",
        chunk=world.script.chunk,
        trigger_age=timedelta(hours=72),
        holdout_percent=0,
        base_url="https://shop.example",
        sender="Shop <shop@shop.example>",
        postal_address="",
        keep_content=False,
        bounce_address="",
        tracking_url="",
        tracks=frozenset(),
        marketing_sender="",
        reply_to="",
        sender_domains="",
    )
    clock = SimpleNamespace(now=lambda: world.now - world.behind)
    return SimpleNamespace(
        database=world.database,
        clock=clock,
        wall=clock,
        read_moment=lambda: Moment(clock.now(), settings.timezone, settings.trigger_age),
        settings=settings,
        outgoing=outgoing,
        get_secret=lambda _: b"secret" * 6,
        closing=threading.Event(),
        links=LinkBook(),
    )


def publish_document(session, document, *, now, migration=None):
    """Save a journey and publish it."""
    key = save_draft(session, document, now=now)
    return publish.publish(session, key, by="sim", now=now, migration=migration)


def save_draft(session, document, *, now):
    parsed = parse_journey(json.dumps(document))
    publish.save_draft(session, parsed, now=now)
    return parsed.key


def furnish(database):
    """Make what every world begins with: templates, a topic, an endpoint, a segment."""
    with database.transaction() as session:
        for key, channel in (("hello", "email"), ("text", "sms"), ("note", "push")):
            template = Template(key=key, channel=channel, name=key, created_at=BEGINNING)
            session.add(template)
            session.flush()
            version = TemplateVersion(
                template_id=template.id,
                number=1,
                source="",
                compiled=COMPILED | {"digest": PUSH_DIGEST if channel == "push" else ""},
                digest="",
                created_at=BEGINNING,
                created_by="sim",
            )
            session.add(version)
            session.flush()
            template.version_id = version.id
        session.add(Topic(key="news", name="News", opt_in="explicit", created_at=BEGINNING))
        session.add(Endpoint(key="shop", url="https://x.example", secret="", created_at=BEGINNING))
        session.add(
            Segment(
                key="pros",
                name="Pros",
                condition=IS_PRO,
                created_at=BEGINNING,
                updated_at=BEGINNING,
            )
        )


def settle_in(world):
    """Publish the world's journeys, and let the first contacts be said; some take pushes."""
    first = [one for one in (world.script.document, world.script.other) if one is not None]
    with world.database.transaction() as session:
        for document in first:  # each may name the other
            save_draft(session, document, now=world.now)
        for document in first:
            publish_document(session, document, now=world.now)
    with world.database.transaction() as session:
        calls = [
            {"type": "identify", "userId": f"c{number}", "traits": traits}
            for number, traits in enumerate(world.script.contacts)
        ]
        read = [read_call(call, kind=None, received_at=world.now) for call in calls]
        accept(session, read, source="key:1", trust=Trust.WRITE, now=world.now)
        for number in range(0, len(calls), 2):
            here = f"https://push.example/{number}"
            came = Came(here, "key", "auth", f"c{number}", None, is_signed=True, agent="")
            subscribe(session, came, now=world.now)
