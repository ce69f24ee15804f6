"""A letter in somebody's hands: what is in it, and following its links through the real doors."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from channels.base import Receipt, Verdict
from engine.accounts.instance import UNSUBSCRIBE
from engine.messages.handover import delivery
from engine.messages.library.templates import compile_source, save_template
from engine.messages.making.items import Desk, make_items
from engine.messages.parcels import Result
from engine.messages.tracking import judging
from engine.models.event import Event
from server.app import create_app
from tests.claiming import claim
from tests.engine.messages.storm import CHROME
from tests.server.conftest import TestClock, build_house
from tests.shop import NOON, SEND, Shop

HREF = re.compile(r'(?:href|src)="([^"]+)"')
PERSON = {"User-Agent": CHROME, "Accept-Language": "de", "Sec-GPC": "1", "DNT": "1"}
SCANNER = {"User-Agent": "python-requests/2.32"}
LETTER = """<mjml><mj-head><mj-title>Your cart</mj-title></mj-head><mj-body><mj-section><mj-column>
<mj-text><a href="https://shop.example/cart?a=1&amp;b=2">Cart</a>
<a href="https://shop.example/buy/{{ contact.id }}">Buy</a>
<a href="{{ contact.site|default('https://other.example/x') }}">Yours</a>
<a href="mailto:help@shop.example">Help</a> <a href="{{ unsubscribe_url }}">No more</a>
<a href="{{ view_in_browser_url }}">View</a></mj-text>
</mj-column></mj-section></mj-body></mjml>"""
COMPILED = compile_source("email", LETTER)
NUDGE = {"kind": "send_email", "template": "nudge", "topic": "news"}
SEEN = {
    "kind": "wait_for",
    "paths": [{"label": "clicked", "when": {"message": "nudge", "op": "clicked"}, "next": "yes"}],
    "timeout": {"after": "P1D", "next": "no"},
}


class Reader:
    """A shop, its web, and a letter in somebody's hands."""

    def __init__(self, house, shop):
        self.house, self.shop = house, shop
        self.client = create_app(house).test_client()

    def receive(self, *, late=timedelta(minutes=10)):
        shop, house = self.shop, self.house
        common = {"now": shop.now, "default_zone": "UTC"}
        with house.database.transaction() as session:
            parcels = claim(session, "email", limit=9, owner="w", **common)
        desk = Desk(
            pool=house.outgoing.pool,
            base_url=house.settings.base_url,
            sender=house.settings.sender,
            postal_address="Somewhere 1",
            secret=house.get_secret(UNSUBSCRIBE),
            tracking_url=house.settings.tracking_url,
            tracks=house.settings.tracks,
        )
        made = make_items(parcels, desk)[0]
        with house.database.transaction() as session:
            going = delivery.start(
                session, parcels, targets={made.parcel.id: made.targets}, **common
            )
        with house.database.transaction() as session:
            taken = Receipt(Verdict.ACCEPTED, provider_id="taken")
            delivery.record(
                session, [Result(one, taken, "shop", made.content) for one in going], now=shop.now
            )
        self.html = made.content.html.decode()
        self.text = made.content.text.decode()
        self.links = [one.replace("&amp;", "&") for one in HREF.findall(self.html)]
        self.pass_time(late)

    def pass_time(self, length):
        self.shop.now += length
        self.house.wall.moment = self.shop.now

    def follow(self, place=0, *, headers=PERSON, method="get"):
        path = urlsplit(self.links[place]).path
        return getattr(self.client, method)(path, headers=headers)

    def fetch(self, headers=PERSON):
        return self.client.get(urlsplit(self.links[-1]).path, headers=headers)

    def judge(self):
        with self.house.database.transaction() as session:
            judging.judge_due(session, self.house.links, now=self.shop.now, limit=100)
        self.shop.work()

    @property
    def ways(self):
        """Which ways the journey took."""
        return [node for node in self.shop.messages if node != "nudge"]

    def list_events(self):
        asked = self.shop.ask(Event.name, Event.properties)
        return [(name, told) for name, told in asked if name.startswith("Email ")]


def open_reader(database, tmp_path, *, nudge=NUDGE, seen=SEEN, utm=None, **settings):
    settings = {"base_url": "https://news.example.com", "sender": "S <hi@shop.example>"} | settings
    house = build_house(database, tmp_path, wall=TestClock(NOON), **settings)
    shop = Shop(database)
    with database.transaction() as session:
        save_template(session, "nudge", "email", LETTER, COMPILED, by="test", now=NOON)
    shop.publish(
        trigger={"kind": "event", "event": "Cart Left"},
        settings={"utm": utm} if utm else {},
        start="nudge",
        nodes={"nudge": {**nudge, "next": "seen"}, "seen": seen, "yes": SEND, "no": SEND},
    )
    traits = {"email": "ann@example.com", "consents": {"news": {"email": "subscribed"}}}
    shop.say("identify", userId="ann", traits=traits)
    shop.say(userId="ann", event="Cart Left")
    shop.work()
    return Reader(house, shop)
