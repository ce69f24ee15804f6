"""A scanner GETs every link of a real letter: nobody is unsubscribed by that, and a POST still does."""

import re
from urllib.parse import urlsplit

import pytest

from engine.accounts.instance import UNSUBSCRIBE
from engine.messages.making.items import Desk, make_items
from engine.models.contact import Consent
from server.app import create_app
from tests.claiming import claim
from tests.server.conftest import TestClock, build_house
from tests.shop import NOON, Shop

HREF = re.compile(r'href="([^"]+)"')


@pytest.fixture
def house(database, tmp_path):
    house = build_house(
        database, tmp_path, wall=TestClock(NOON), base_url="https://news.example.com"
    )
    yield house
    house.outgoing.close()


def make_letter(house, shop):
    """The letter as it would leave: its headers, and every link in it."""
    with house.database.transaction() as session:
        parcels = claim(session, "email", now=shop.now, limit=9, owner="w", default_zone="UTC")
    desk = Desk(
        pool=house.outgoing.pool,
        base_url=house.settings.base_url,
        sender=house.settings.sender,
        postal_address="Somewhere 1",
        secret=house.get_secret(UNSUBSCRIBE),
    )
    [made] = make_items(parcels, desk)
    headers = dict(made.content.headers)
    return headers, HREF.findall(made.content.html.decode())


def test_r115_a_scanner_that_opens_every_link_unsubscribes_nobody(house):
    shop = Shop(house.database)
    shop.publish(
        trigger={"kind": "event", "event": "Signed Up"},
        start="hello",
        nodes={"hello": {"kind": "send_email", "template": "hello", "topic": "news"}},
    )
    traits = {"email": "ann@example.com", "consents": {"news": {"email": "subscribed"}}}
    shop.say("identify", userId="ann", traits=traits)
    shop.say(userId="ann", event="Signed Up")
    shop.work()
    headers, links = make_letter(house, shop)
    one_click = re.search(r"<(http[^>]+)>", headers["List-Unsubscribe"])[1]
    client = create_app(house).test_client()

    for link in [*links, one_click] * 3:
        for method in (client.get, client.head):
            assert method(urlsplit(link).path).status_code == 200
    assert shop.ask(Consent.choice) == [("subscribed",)]

    form = {"List-Unsubscribe": "One-Click"}
    assert client.post(urlsplit(one_click).path, data=form).status_code == 200
    assert shop.ask(Consent.choice) == [("unsubscribed",)]
