"""A letter's links are followed through the real doors, and journeys hear of it."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from engine.messages.links import hide_followed
from engine.messages.tracking import judging
from engine.models.contact import Consent, Contact
from engine.models.event import Event
from engine.models.message import Message, MessageContent
from engine.models.touch import MessageLinks, Touch
from server.public.visits import MOST
from tests.scenarios.reading import PERSON, SCANNER, SEEN, open_reader


@pytest.fixture
def reader(database, tmp_path):
    reader = open_reader(database, tmp_path)
    reader.receive()
    yield reader
    reader.house.outgoing.close()


def test_the_letter_names_the_message_alone(reader):
    prefix = "https://news.example.com/"
    cart, buy, yours, help_, unsubscribe, view, pixel = reader.links
    assert all(one.startswith(f"{prefix}c/") for one in (cart, buy, yours))
    assert help_ == "mailto:help@shop.example"
    assert unsubscribe.startswith(f"{prefix}u/")
    assert view.startswith(f"{prefix}v/")
    assert pixel.startswith(f"{prefix}o/")
    assert "ann" not in f"{cart}{buy}{yours}{pixel}"
    assert cart in reader.text
    assert len(reader.shop.ask(MessageLinks.targets)[0][0]) == 2


def test_a_journeys_campaign_is_told_to_the_senders_own_sites_alone(database, tmp_path):
    reader = open_reader(database, tmp_path, utm={"source": "letters"})
    reader.receive()
    own, _, other = [reader.follow(place).headers.get("Location") for place in range(3)]
    assert own == (
        "https://shop.example/cart?a=1&b=2"
        "&utm_source=letters&utm_medium=email&utm_campaign=j&utm_content=nudge"
    )
    assert other is None or "utm_" not in other
    reader.house.outgoing.close()


def test_d01_a_link_leads_where_the_letter_says(reader):
    found = reader.follow(0)
    assert (found.status_code, found.headers["Location"]) == (
        302,
        "https://shop.example/cart?a=1&b=2",
    )
    assert found.headers["Referrer-Policy"] == "no-referrer"
    assert found.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in found.headers
    uid = reader.shop.ask(Contact.uid)[0][0]
    assert reader.follow(1).headers["Location"] == f"https://shop.example/buy/{uid}"
    assert reader.follow(1, method="head").status_code == 302


def test_a_link_whose_site_contact_data_decides_is_named_first(reader):
    page = reader.follow(2)
    assert page.status_code == 200
    assert 'href="https://other.example/x"' in page.text
    assert "führt zu other.example" in page.text
    with reader.house.database.transaction() as session:
        row = session.scalars(select(MessageLinks)).one()
        row.targets = dict.fromkeys(row.targets, "https://m.shop.example/y")
    assert reader.follow(2).status_code == 302  # below a site of the letter's own


def test_r121_a_human_click_moves_the_journey_at_once(reader):
    assert reader.follow().status_code == 302
    reader.judge()
    assert reader.ways == ["yes"]
    assert reader.shop.ask(Message.clicked_at, node="nudge") == [(reader.shop.now,)]
    [(name, told)] = reader.list_events()
    assert (name, told["class"], told["node"]) == ("Email Link Clicked", "human", "nudge")
    assert told["url"] == "https://shop.example/cart?a=1&b=2"


def test_r121_a_machine_click_moves_nobody_and_is_kept(reader):
    for headers, method in ((SCANNER, "get"), (PERSON, "head"), ({}, "get")):
        reader.follow(headers=headers, method=method)
    reader.pass_time(timedelta(seconds=6))
    reader.judge()
    assert reader.ways == []
    assert reader.shop.ask(Message.clicked_at, node="nudge") == [(None,)]
    assert reader.list_events() == []
    assert reader.shop.ask(Touch.made_by) == [("machine",)] * 3


def test_clicks_within_the_hour_say_it_once_and_the_first_counts(reader):
    first = reader.shop.now
    reader.follow()
    reader.pass_time(timedelta(seconds=1))
    reader.follow()
    reader.judge()
    assert reader.shop.ask(Message.clicked_at, node="nudge") == [(first,)]
    assert len(reader.list_events()) == 1


def test_an_open_is_told_by_the_smallest_picture(reader):
    picture = reader.fetch()
    assert (picture.content_type, len(picture.data)) == ("image/gif", 43)
    assert picture.headers["Cache-Control"] == "no-store"
    reader.fetch({"User-Agent": "Mozilla/5.0"})
    reader.pass_time(timedelta(seconds=6))
    reader.judge()
    assert [name for name, _ in reader.list_events()] == ["Email Opened"]
    assert reader.shop.ask(Message.opened_at, node="nudge") != [(None,)]
    assert sorted(reader.shop.ask(Touch.made_by)) == [("human",), ("machine",)]


def test_r072_only_the_network_of_a_reader_is_kept(reader):
    path = urlsplit(reader.links[0]).path
    for address in ("198.51.100.77", "2001:db8:1:2::3"):
        reader.client.get(path, headers=PERSON, environ_overrides={"REMOTE_ADDR": address})
    assert sorted(reader.shop.ask(Touch.network)) == [("198.51.100.0/24",), ("2001:db8:1::/48",)]


@pytest.mark.parametrize("method", ["get", "head"])
def test_what_is_none_of_our_links_looks_the_same(reader, method):
    path = urlsplit(reader.links[0]).path
    token, key = path.split("/")[2:]
    unsubscribe = urlsplit(reader.links[4]).path.split("/")[2]
    pixel = urlsplit(reader.links[-1]).path.split("/")[2].removesuffix(".gif")
    answers = {
        (found.status_code, found.data)
        for bad in (
            f"/c/{token[:-1]}/{key}",
            f"/c/{token}x/{key}",
            f"/c/{unsubscribe}/{key}",
            f"/c/{pixel}/{key}",
            f"/c/{token}/nothing",
            f"/c/{token}/{key}/more",
            f"/c/{token}",
            f"/c/{token}/{key}%0d%0aLocation:%20https://evil.example",
            f"/c/{token}%0A/{key}",
            f"/c/%0a{token}/{key}",
            f"/c/{token}/{key}%00%1b",
            "/c/?url=https://evil.example",
            f"/o/{token}.gif",
            "/o/x.gif",
        )
        for found in [getattr(reader.client, method)(bad)]
    }
    assert len(answers) == 1
    assert answers.pop()[0] == 404
    assert reader.shop.ask(Touch.id) == []
    for _ in range(20):
        found = reader.client.get(f"/c/{token}x/{key}")
    assert found.status_code == 429


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "https://a.example/\r\nX: y", "//evil.example", "data:x", "https:evil"],
)
def test_d04_a_kept_target_that_is_no_address_leads_nowhere(reader, target):
    with reader.house.database.transaction() as session:
        row = session.scalars(select(MessageLinks)).one()
        row.targets = dict.fromkeys(row.targets, target)
    assert reader.follow(1).status_code == 404


def test_what_the_request_names_is_no_target(reader):
    path = urlsplit(reader.links[0]).path
    found = reader.client.get(
        f"{path}?url=https://evil.example", headers=PERSON | {"X-Forwarded-Host": "evil.example"}
    )
    assert found.headers["Location"] == "https://shop.example/cart?a=1&b=2"


def test_of_who_was_erased_a_click_keeps_nothing(reader):
    with reader.house.database.transaction() as session:
        for contact in session.scalars(select(Contact)):
            contact.erased_at = reader.shop.now
    assert reader.follow().status_code == 302
    assert reader.shop.ask(Touch.id) == []


def test_a_link_that_went_with_who_was_erased_says_so_and_others_work_on(reader):
    with reader.house.database.transaction() as session:
        for contact in session.scalars(select(Contact)):
            contact.erased_at = reader.shop.now
        session.query(MessageLinks).delete()
    gone = reader.follow(1)
    assert (gone.status_code, "inzwischen auf Wunsch gelöscht" in gone.text) == (410, True)
    assert "has since been erased" in reader.follow(1, headers={}).text
    assert reader.follow(0).status_code == 302
    with reader.house.database.transaction() as session:
        for contact in session.scalars(select(Contact)):
            contact.erased_at = None
    assert reader.follow(1).status_code == 404


def test_the_click_of_who_was_merged_is_the_other_s(reader):
    reader.shop.say("identify", userId="bea", traits={"email": "bea@example.com"})
    reader.shop.work()
    with reader.house.database.transaction() as session:
        ann, bea = session.scalars(select(Contact).order_by(Contact.id))
        ann.merged_into = bea.id
    reader.follow()
    reader.judge()
    assert reader.shop.ask(Event.contact_id, name="Email Link Clicked") == [(bea.id,)]


def test_a_storm_at_the_doors_unsubscribes_nobody(reader):
    for headers in (SCANNER, PERSON):
        for place in (0, 1, 2, 4, 5, 6):
            for method in ("get", "head"):
                assert reader.follow(place, headers=headers, method=method).status_code < 400
    reader.pass_time(timedelta(seconds=6))
    reader.judge()
    assert reader.shop.ask(Consent.choice) == [("subscribed",)]
    assert set(reader.shop.ask(Touch.made_by)) == {("machine",)}
    assert reader.ways == []


def test_a_colleague_who_looks_at_the_letter_neither_opens_nor_clicks(reader):
    shown = hide_followed(reader.html.encode()).decode()
    assert "/c/" not in shown
    assert "/o/" not in shown
    assert 'href="mailto:help@shop.example"' in shown
    assert reader.links[4].replace("&", "&amp;") in shown


def test_a_reader_sees_the_letter_in_a_browser_as_long_as_it_is_kept(reader):
    page = reader.follow(5)
    assert page.status_code == 200
    assert (page.text.count("/c/"), page.text.count("/o/")) == (3, 0)
    assert page.headers["Content-Security-Policy"].startswith("sandbox allow-popups")
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == (
        "no-store", "no-referrer",
    )  # fmt: skip
    token = urlsplit(reader.links[0]).path.split("/")[2]
    assert reader.client.get(f"/v/{token}").status_code == 404
    with reader.house.database.transaction() as session:
        session.query(MessageContent).delete()
    gone = reader.follow(5)
    assert (gone.status_code, "nicht aufbewahrt" in gone.text) == (404, True)


def test_who_fetches_a_link_for_ever_is_led_on_and_fills_no_table(reader):
    for _ in range(MOST + 5):
        assert reader.follow(headers=SCANNER).status_code == 302
    assert len(reader.shop.ask(Touch.id)) == MOST
    reader.pass_time(timedelta(minutes=1))
    reader.follow()
    reader.judge()
    assert reader.ways == ["yes"]


def test_a_delivery_that_is_told_late_changes_nothing_of_a_click(reader):
    reader.follow()
    reader.judge()
    clicked = reader.shop.now
    reader.pass_time(timedelta(seconds=30))
    with reader.house.database.transaction() as session:
        letter = session.scalars(select(Message).where(Message.node == "nudge")).one()
        letter.delivered_at = reader.shop.now
    reader.shop.work()
    assert reader.shop.ask(Message.clicked_at, node="nudge") == [(clicked,)]
    assert reader.ways == ["yes"]


def test_of_two_judged_out_of_order_the_first_counts(reader):
    reader.fetch()  # waits, since an open is judged a moment later
    first = reader.shop.now
    reader.pass_time(timedelta(hours=2))
    with reader.house.database.transaction() as session:
        letter = session.scalars(select(Message).where(Message.node == "nudge")).one()
        letter.opened_at = reader.shop.now
    reader.judge()
    assert reader.shop.ask(Message.opened_at, node="nudge") == [(first,)]


def test_rows_of_long_ago_go_and_what_they_led_to_stays(reader):
    reader.follow()
    reader.judge()
    with reader.house.database.transaction() as session:
        judging.prune(session, now=reader.shop.now + judging.KEPT + timedelta(seconds=1))
    assert reader.shop.ask(Touch.id) == []
    assert reader.shop.ask(Message.clicked_at, node="nudge") != [(None,)]


@pytest.mark.parametrize("track", ["none", "opens", "clicks"])
def test_the_setting_says_what_is_followed(sqlite_database, tmp_path, track):
    reader = open_reader(sqlite_database, tmp_path, track=track, tracking_url="https://t.example")
    reader.receive()
    reader.house.outgoing.close()
    assert ("https://t.example/o/" in reader.html) == (track == "opens")
    assert ("https://t.example/c/" in reader.html) == (track == "clicks")
    assert ("https://shop.example/cart?a=1&amp;b=2" in reader.html) == (track != "clicks")


@pytest.mark.parametrize("is_asked", [True, False])
def test_a_transactional_letter_is_followed_where_its_journey_asks(
    sqlite_database, tmp_path, is_asked
):
    node = {"kind": "send_email", "template": "nudge", "class": "transactional"}
    bought = [{"label": "bought", "event": "Order Completed", "next": "yes"}]
    seen = SEEN if is_asked else SEEN | {"paths": bought}
    reader = open_reader(sqlite_database, tmp_path, nudge=node, seen=seen)
    reader.receive()
    reader.house.outgoing.close()
    assert ("https://news.example.com/c/" in reader.html) == is_asked
