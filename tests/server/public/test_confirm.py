"""Double opt-in: a yes from anywhere counts only once the address itself has said it."""

import re
from datetime import timedelta

import pytest

from engine.accounts.instance import UNSUBSCRIBE
from engine.contacts.suppression import suppress
from engine.events.accepting import accept
from engine.events.incoming import Trust, read_call
from engine.messages import confirming
from engine.messages.links import build_confirm_url, build_preferences_url, build_unsubscribe_url
from engine.messages.states import MessageState
from engine.models.contact import Consent, ConsentProof, ConsentRequest, Contact, Topic
from engine.models.event import Event
from engine.models.message import Message, MessageContent
from server.delivering import deliver
from server.lanes import ingest, keep_segments
from tests.server import rows
from tests.server.conftest import START, log_in

LINK = re.compile(rb"/confirm/[\w.=-]+")


@pytest.fixture(autouse=True)
def topics(house):
    with house.database.transaction() as session:
        for key, opt_in in (("news", "double"), ("deals", "double"), ("tips", "explicit")):
            session.add(Topic(key=key, name=key.title(), opt_in=opt_in, created_at=START))


def say(house, trust=Trust.WRITE, user=None, anonymous=None, source="key:1", **traits):
    """A call arrives and is worked in; what has to be asked is asked."""
    call = {"type": "identify", "userId": user, "anonymousId": anonymous, "traits": traits}
    with house.database.transaction() as session:
        read = read_call(call, kind=None, received_at=house.clock.now())
        accept(session, [read], source=source, trust=trust, now=house.clock.now())
    work(house)


def work(house):
    while ingest(house):
        pass
    keep_segments(house)
    deliver(house, "email")
    while ingest(house):
        pass


def ask(house, *columns):
    with house.database.reading() as session:
        return [tuple(row) for row in session.query(*columns).all()]


def list_links(house):
    import zlib

    texts = [zlib.decompress(text) for (text,) in ask(house, MessageContent.text)]
    return [LINK.search(text)[0].decode() for text in texts]


def move_to(house, email):
    with house.database.transaction() as session:
        session.query(Contact).one().email = email


def choices(house):
    return ask(house, Consent.topic, Consent.channel, Consent.choice)


def test_a_yes_of_a_page_waits_for_the_letters_button(client, house):
    say(house, Trust.BROWSER, anonymous="a", email="ann@example.com", consents={"news": True})
    assert choices(house) == []
    assert ask(house, ConsentRequest.topic, ConsentRequest.letters) == [("news", 1)]
    (link,) = list_links(house)
    for _ in range(2):
        page = client.get(link)
        assert page.status_code == 200 and "News" in page.text
        assert "Set-Cookie" not in page.headers
    assert choices(house) == []
    network = {"REMOTE_ADDR": "203.0.113.77"}
    assert client.post(link, environ_overrides=network).status_code == 200
    assert choices(house) == [("news", "email", "subscribed")]
    assert ask(house, Contact.email_confirmed) == [(True,)]
    ((source, proof),) = ask(house, ConsentProof.source, ConsentProof.proof)
    assert source == "confirmation_link"
    assert proof["network"] == "203.0.113.0/24"
    assert "Shall we send you" in proof["words"]
    assert proof["asked"]["source"] == "tracking"
    assert "Thank you" in client.post(link).text
    assert len(ask(house, ConsentProof.id)) == 1
    while ingest(house):
        pass
    names = {name for (name,) in ask(house, Event.name)}
    assert {"Subscription Requested", "Subscription Confirmed", "Subscribed"} <= names


def test_the_letter_is_a_message_whose_fate_is_seen(house, app):
    say(house, user="u", email="ann@example.com", consents={"news": True})
    ((state, message_class, template),) = ask(
        house, Message.state, Message.message_class, Message.template
    )
    assert (state, message_class, template) == (
        MessageState.SENT,
        "transactional",
        "confirm-address",
    )
    owner = log_in(app)
    uid = ask(house, Contact.uid)[0][0]
    told = owner.get(f"/api/v1/contacts/{uid}").json
    assert [(one["topic"], one["letters"]) for one in told["pending"]] == [("news", 1)]
    assert owner.get("/api/v1/messages").json["items"][0]["template"] == "confirm-address"


def test_who_reads_german_is_asked_in_german(house, client):
    say(house, user="u", email="ann@example.com", language="de", consents={"news": True})
    assert ask(house, MessageContent.subject) == [("Bitte bestätigen: News",)]
    page = client.get(list_links(house)[0], headers={"Accept-Language": "de-AT,de;q=0.9"})
    assert 'lang="de"' in page.text and "Ja, das ist meine" in page.text


def test_with_proof_a_server_is_believed_and_other_topics_and_a_no_are_at_once(house):
    say(house, user="a", email="a@example.com", consents={"news": {"email": True, "proof": "till"}})
    say(house, user="b", email="b@example.com", consents={"tips": {"email": True}})
    say(house, user="c", email="c@example.com", consents={"news": {"email": False}})
    assert [choice for *_, choice in choices(house)] == ["subscribed", "subscribed", "unsubscribed"]
    assert ask(house, Message.id) == []
    assert ask(house, ConsentProof.proof)[0][0]["words"] == "till"


def test_an_address_is_asked_once_in_24_hours_whoever_enters_it(house, wall):
    for number in range(6):
        say(
            house,
            Trust.BROWSER,
            anonymous=f"a{number}",
            email="Victim@example.com" if number % 2 else "victim@example.com",
            consents={"news": {"email": True, "chosen_at": wall.now().isoformat()}, "deals": True},
        )
        wall.advance(timedelta(minutes=5))
    assert len(ask(house, Message.id)) == 1
    assert choices(house) == []
    wall.advance(timedelta(hours=24))
    work(house)
    assert len(ask(house, Message.id)) == 1
    again = {"email": True, "chosen_at": wall.now().isoformat()}
    say(house, Trust.BROWSER, anonymous="a0", email="victim@example.com", consents={"news": again})
    assert len(ask(house, Message.id)) == 2


@pytest.mark.parametrize("trust", [Trust.WRITE, Trust.BROWSER])
def test_a_yes_that_came_before_the_address_is_asked_once_that_is_known(house, trust):
    say(house, trust, anonymous="a", consents={"news": True})
    assert list_links(house) == []
    say(house, trust, anonymous="a", email="ann@example.com")
    assert len(list_links(house)) == 1
    say(house, trust, anonymous="a", email="ann@example.com", plan="pro")
    say(house, Trust.WRITE, anonymous="a", email="ann@elsewhere.example")
    assert len(list_links(house)) == 1  # a yes is asked of the address with which it was said


def test_a_page_that_names_addresses_causes_no_marketing(house):
    for number in range(30):
        say(house, Trust.BROWSER, anonymous=f"v{number}", email=f"v{number}@example.com")
    assert ask(house, Message.id) == []
    assert not any(confirmed for (confirmed,) in ask(house, Contact.email_confirmed))


def test_a_server_that_states_how_things_stand_asks_once(house, wall):
    for _ in range(4):
        say(house, user="u", email="ann@example.com", consents={"news": True})
        wall.advance(timedelta(hours=30))
    assert len(ask(house, Message.id)) == 1


def test_the_link_is_bound_to_its_address_its_purpose_and_two_weeks(client, house, wall):
    say(house, Trust.BROWSER, anonymous="a", email="mallory@example.com", consents={"news": True})
    (link,) = list_links(house)
    move_to(house, "victim@example.com")
    assert client.post(link).status_code == 404
    assert choices(house) == []
    move_to(house, "mallory@example.com")
    wall.advance(timedelta(days=14, seconds=1))
    assert client.post(link).status_code == 404
    uid, secret = ask(house, Message.uid)[0][0], house.get_secret(UNSUBSCRIBE)
    others = [
        build_unsubscribe_url("", secret, uid),
        build_preferences_url("", secret, uid),
        build_confirm_url("", b"another", uid, "mallory@example.com"),
    ]
    tokens = [url.rpartition("/")[2] for url in others]
    assert {client.post(f"/confirm/{token}").status_code for token in tokens} == {404}
    confirm_token = link.rpartition("/")[2]
    assert client.get(f"/u/{confirm_token}").status_code == 404
    assert client.get(f"/p/{confirm_token}").status_code == 404


def test_the_letters_reader_is_held_before_the_link_is_looked_at(client, house, monkeypatch):
    """Else the address could change in between, and another one be confirmed."""
    say(house, Trust.BROWSER, anonymous="a", email="mallory@example.com", consents={"news": True})
    (link,) = list_links(house)
    order = []
    for name in ("lock_owner", "find_confirmation"):
        does = getattr(confirming, name)

        def note(*given, does=does, name=name, **named):
            order.append(name)
            return does(*given, **named)

        monkeypatch.setattr(confirming, name, note)
    assert client.post(link).status_code == 200
    assert order == ["lock_owner", "find_confirmation"]


def test_r116_the_link_works_after_a_merge_to_the_same_address(client, house):
    say(house, Trust.BROWSER, anonymous="a", email="ann@example.com", consents={"news": True})
    say(house, user="u", anonymous="a", email="ann@example.com")
    assert client.post(list_links(house)[0]).status_code == 200
    ((contact_id,),) = ask(house, Consent.contact_id)
    with house.database.reading() as session:
        assert session.get_one(Contact, contact_id).merged_into is None


def test_r73_r74_a_suppressed_address_gets_not_even_the_letter(house):
    with house.database.transaction() as session:
        suppress(session, "email", "gone@example.com", reason="erased", now=START)
    say(house, source="import:x", user="g", email="Gone@example.com", consents={"tips": True})
    say(house, user="g", email="gone@example.com", consents={"news": True})
    assert ask(house, Message.state, Message.reason) == [(MessageState.SKIPPED, "suppressed")]


def test_r74_no_file_lifts_a_no_not_even_that_of_a_file(house):
    said = {"user": "u", "email": "ann@example.com", "source": "import:x"}
    say(house, **said, consents={"tips": {"email": False}, "news": {"email": False}})
    say(house, **said, consents={"tips": {"email": True}, "news": {"email": True}})
    assert {choice for *_, choice in choices(house)} == {"unsubscribed"}
    assert ask(house, ConsentRequest.topic) == []


def test_the_ledger_tells_every_choice_the_newest_first(house, app):
    say(house, user="u", email="ann@example.com", consents={"tips": {"email": True}})
    uid = ask(house, Contact.uid)[0][0]
    owner = log_in(app)
    body = {"topic": "tips", "channel": "email", "choice": "unsubscribed"}
    url = f"/api/v1/contacts/{uid}/consents"
    assert owner.put(url, json=body).status_code == 422
    assert owner.put(url, json=body | {"note": "By telephone"}).status_code in (200, 204)
    told = owner.get(url).json
    assert [(one["source"], one["choice"]) for one in told["items"]] == [
        ("by_hand", "unsubscribed"),
        ("tracking", "subscribed"),
    ]
    assert told["items"][0]["proof"]["note"] == "By telephone"
    assert told["next"] is None and told["current"][0]["choice"] == "unsubscribed"


def test_who_guesses_links_has_to_wait(client, house):
    with house.database.transaction() as session:
        rows.add_contact(session, START)
    statuses = [
        client.get(f"/{door}/{n}").status_code for n in range(12) for door in ("confirm", "p")
    ]
    assert statuses == [404] * 20 + [429] * 4
