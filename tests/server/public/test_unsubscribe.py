"""The link at the foot of a letter: opening it changes nothing, posting to it is at once."""

import zlib
from uuid import uuid4

import orjson
import pytest

from engine.accounts.instance import UNSUBSCRIBE
from engine.contacts.merge import merge_contacts
from engine.journeys.joining import join_journeys
from engine.messages.links import build_unsubscribe_url
from engine.messages.unsubscribe import find_subscription, unsubscribe
from engine.models.contact import Consent, ConsentProof, Topic
from engine.models.event import EventBatch
from server.public.guesses import MOST
from tests.server import rows
from tests.server.conftest import START

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def letter(house):
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START, email="ann@example.com")
        session.add(Topic(key="newsletter", name="News & <offers>", created_at=START))
        return rows.add_letter(session, START, contact)


@pytest.fixture
def link(house, letter):
    return build_unsubscribe_url("", house.get_secret(UNSUBSCRIBE), letter.uid)


def read_choices(house):
    with house.database.reading() as session:
        return [
            (each.contact_id, each.topic, each.channel, each.choice)
            for each in session.query(Consent).all()
        ]


def count_proofs(house):
    with house.database.reading() as session:
        return session.query(ConsentProof).count()


def read_events(house):
    with house.database.reading() as session:
        batches = session.query(EventBatch).all()
    return [row for each in batches for row in orjson.loads(zlib.decompress(each.body))]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("headers", [{}, {"Purpose": "prefetch"}, {"Cookie": "sid=x"}])
def test_r115_opening_the_link_shows_a_page_and_changes_nothing(
    client, house, link, method, headers
):
    for _ in range(3):
        answer = client.open(link, method=method, headers=headers)
        assert answer.status_code == 200
        assert answer.mimetype == "text/html"
    assert read_choices(house) == []
    assert read_events(house) == []


def test_the_page_names_the_topic_and_nobody(client, link):
    text = client.get(link).text
    assert "News &amp; &lt;offers&gt;" in text
    assert "ann@example.com" not in text
    assert '<form method="post">' in text


def test_r115_one_click_unsubscribes_at_once_without_cookies_from_anywhere(
    client, house, letter, link
):
    answer = client.post(link, data=ONE_CLICK, headers={"Origin": "https://mail.example"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert read_choices(house) == [(letter.contact_id, "newsletter", "email", "unsubscribed")]
    with house.database.reading() as session:
        proof = session.query(ConsentProof).one()
    assert (proof.source, proof.choice, proof.recorded_at) == (
        "unsubscribe_link",
        "unsubscribed",
        START,
    )
    assert proof.proof == {"message_id": letter.id, "how": "one_click"}


def test_journeys_are_told(client, house, letter, link):
    client.post(link, data=ONE_CLICK)
    (event,) = read_events(house)
    assert (event["own"], event["n"], event["d"]) == (
        letter.contact_id,
        "Unsubscribed",
        {"topic": "newsletter"},
    )
    assert "ingest" in house.bell.rung


def test_the_button_of_the_page_does_the_same(client, house, link):
    answer = client.post(link, data=ONE_CLICK | {"from-page": "1"})
    assert "You are unsubscribed" in answer.text
    with house.database.reading() as session:
        assert session.query(ConsentProof).one().proof["how"] == "page"


def test_a_thousand_clicks_are_one_record(client, house, link):
    for _ in range(50):
        assert client.post(link, data=ONE_CLICK).status_code == 200
    assert count_proofs(house) == 1
    assert len(read_events(house)) == 1


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_both_forms_of_body_that_rfc_8058_allows_are_taken(client, house, link, kind):
    answer = client.post(link, data=ONE_CLICK | {"more": "x"}, content_type=kind)
    assert answer.status_code == 200
    assert len(read_choices(house)) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"List-Unsubscribe": "no"},
        {"List-Unsubscribe": "one-click"},
        {"list-unsubscribe": "One-Click"},
    ],
)
def test_another_body_changes_nothing(client, house, link, body):
    assert client.post(link, data=body).status_code == 400
    assert client.post(link, json=ONE_CLICK).status_code == 400
    assert read_choices(house) == []


def test_a_choice_made_again_later_is_recorded_again(client, house, letter, link, wall):
    client.post(link, data=ONE_CLICK)
    with house.database.transaction() as session:
        session.query(Consent).one().choice = "subscribed"
    client.post(link, data=ONE_CLICK)
    assert read_choices(house)[0][3] == "unsubscribed"
    assert count_proofs(house) == 2


def test_r116_after_a_merge_the_one_who_is_now_is_unsubscribed(client, house, letter, link):
    with house.database.transaction() as session:
        middle = rows.add_contact(session, START)
        last = rows.add_contact(session, START)
        session.get_one(type(last), letter.contact_id).merged_into = middle.id
        middle.merged_into = last.id
        last_id = last.id
    assert client.post(link, data=ONE_CLICK).status_code == 200
    assert read_choices(house) == [(last_id, "newsletter", "email", "unsubscribed")]


def join(session, lost_id, kept_id):
    """Do as whoever joins two contacts does with their messages and rows."""
    join_journeys(session, [(lost_id, kept_id)], now=START)
    merge_contacts(session, [(lost_id, kept_id)])


def test_r116_a_merge_between_looking_and_unsubscribing_loses_nothing(house, letter):
    with house.database.transaction() as session:
        found = find_subscription(session, letter.uid)
        kept_id = rows.add_contact(session, START, email="ann@example.com").id
    with house.database.transaction() as session:
        join(session, letter.contact_id, kept_id)
    with house.database.transaction() as session:
        assert unsubscribe(session, found, how="page", now=START)
    assert read_choices(house) == [(kept_id, "newsletter", "email", "unsubscribed")]


def test_r075_whoever_else_has_the_address_is_unsubscribed_with_its_reader(
    client, house, letter, link
):
    with house.database.transaction() as session:
        twin = rows.add_contact(session, START, email="ann@example.com")
        rows.add_contact(session, START, email="bob@example.com")
        rows.add_contact(session, START, email=None)
        twin_id = twin.id
    for _ in range(2):
        assert client.post(link, data=ONE_CLICK).status_code == 200
    assert sorted(read_choices(house)) == [
        (contact_id, "newsletter", "email", "unsubscribed")
        for contact_id in (letter.contact_id, twin_id)
    ]
    assert count_proofs(house) == 2
    assert [event["own"] for event in read_events(house)] == [letter.contact_id, twin_id]


def list_wrong_links(house, link):
    secret = house.get_secret(UNSUBSCRIBE)
    payload, _, mac = link.rpartition("/")[2].partition(".")
    return [
        f"/u/{payload}.{mac[:-1]}",
        f"/u/{payload}.{mac[::-1]}",
        f"/u/{payload}",
        "/u/x",
        "/u/" + "x" * 5000,
        "/u/%ff%fe",
        build_unsubscribe_url("", secret, uuid4()),
        build_unsubscribe_url("", b"another secret", uuid4()),
    ]


def test_wrong_links_all_look_alike(client, house, letter, link):
    answers = [client.get(each) for each in list_wrong_links(house, link)]
    answers += [client.post(each, data=ONE_CLICK) for each in list_wrong_links(house, link)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert read_choices(house) == []


def test_a_message_without_a_topic_has_nothing_to_unsubscribe_from(client, house):
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START)
        letter = rows.add_letter(session, START, contact, topic=None, message_class="transactional")
    url = build_unsubscribe_url("", house.get_secret(UNSUBSCRIBE), letter.uid)
    assert client.get(url).status_code == 404
    assert client.post(url, data=ONE_CLICK).status_code == 404


def test_who_guesses_has_to_wait_a_minute_and_nobody_else_does(client, house, link, wall):
    statuses = [client.get(f"/u/{guess}").status_code for guess in range(MOST + 5)]
    assert statuses == [404] * MOST + [429] * 5
    assert client.post(link, data=ONE_CLICK).status_code == 200  # a gateway spoils links of many
    elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    assert client.get(link, environ_overrides=elsewhere).status_code == 200
    from datetime import timedelta

    wall.advance(timedelta(minutes=1))
    assert client.get(link).status_code == 200


def test_the_page_runs_no_script_and_tells_nobody_where_it_was(client, link):
    headers = client.get(link).headers
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
