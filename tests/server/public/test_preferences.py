"""A person's own page: what they choose is kept, and nothing else can be done by it."""

import re
from datetime import timedelta

import pytest

from engine.accounts.instance import UNSUBSCRIBE
from engine.contacts.merge import merge_contacts
from engine.journeys.joining import join_journeys
from engine.messages import preferences
from engine.messages.links import build_preferences_url
from engine.messages.policy import Skip, judge
from engine.messages.standing import load_standings
from engine.messages.states import SkipReason
from engine.models.contact import Consent, ConsentProof, Contact, Topic
from server.lanes import ingest
from tests.server import rows
from tests.server.api import test_assets as assets
from tests.server.conftest import OWN, START, log_in


@pytest.fixture
def letter(house):
    with house.database.transaction() as session:
        contact = rows.add_contact(
            session, START, email="ann@example.com", email_confirmed=True, phone="+436641234567"
        )
        rows.add_contact(session, START, email="bob@example.com")
        for key, more in {
            "newsletter": {},
            "offers": {"opt_in": "implied", "description": "Now & <then>"},
            "secret": {"is_public": False, "opt_in": "implied"},
            "old": {"archived_at": START},
        }.items():
            session.add(Topic(key=key, name=key.title(), created_at=START, **more))
        return rows.add_letter(session, START, contact)


@pytest.fixture
def link(house, letter):
    return build_preferences_url("", house.get_secret(UNSUBSCRIBE), letter.uid)


def read_choices(house):
    with house.database.reading() as session:
        rows = session.query(Consent).all()
        return {(one.contact_id, one.topic, one.channel): one.choice for one in rows}


def judge_letter(house, topic="newsletter", message_class="marketing"):
    with house.database.transaction() as session:
        contact = session.query(Contact).order_by(Contact.id).first()
        message = rows.add_message(
            session, house.clock.now(), contact, topic=topic, message_class=message_class,
            data={"data": {}}, template=f"t-{topic}",
        )  # fmt: skip
        now = house.clock.now()
        told = load_standings(session, [message.id], now=now, default_zone="UTC", holdout_percent=0)
        verdict = judge(told[message.id], now=now)
        session.delete(message)
        return verdict


def test_the_page_lists_public_topics_alone_and_names_nobody(client, link):
    page = client.get(link)
    assert page.status_code == 200
    assert "Newsletter" in page.text and "Now &amp; &lt;then&gt;" in page.text
    assert "Secret" not in page.text and "Old" not in page.text
    assert "ann@example.com" not in page.text and "+43" not in page.text
    assert re.findall(r'value="([\w:]+)"( checked)?>', page.text)[:4] == [
        ("newsletter:email", ""),
        ("newsletter:sms", ""),
        ("offers:email", " checked"),
        ("offers:sms", " checked"),
    ]
    assert "Set-Cookie" not in page.headers and "<script" not in page.text
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_what_is_ticked_is_kept_with_its_proof(client, house, letter, link):
    ticked = ["newsletter:email", "offers:email", "offers:sms"]
    answer = client.post(link, data={"do": "save", "yes": ticked})
    assert "Your choices are saved" in answer.text
    assert read_choices(house) == {(letter.contact_id, "newsletter", "email"): "subscribed"}
    with house.database.reading() as session:
        proof = session.query(ConsentProof).one()
    assert (proof.source, proof.proof["message_id"]) == ("preference_page", letter.id)
    assert proof.proof["network"] == "127.0.0.0/24"
    client.post(link, data={"do": "save"})
    assert set(read_choices(house).values()) == {"unsubscribed"}
    while ingest(house):
        pass


def test_other_peoples_fields_and_topics_that_are_not_offered_are_not_looked_at(
    client, house, letter, link
):
    data = {
        "do": "save",
        "yes": ["secret:email", "old:email", "none:email", "newsletter:fax", "newsletter:email"],
        "contact_id": "2", "verified": "1", "email": "bob@example.com", "return": "https://evil",
    }  # fmt: skip
    answer = client.post(f"{link}?contact_id=2&email=bob@example.com", data=data)
    assert answer.status_code == 200
    chosen = read_choices(house)
    assert chosen[letter.contact_id, "newsletter", "email"] == "subscribed"
    assert {topic for _, topic, _ in chosen} == {"newsletter", "offers"}
    assert {contact for contact, *_ in chosen} == {letter.contact_id}


def test_a_rest_keeps_marketing_back_and_ends_by_itself(client, house, link, wall):
    client.post(link, data={"do": "save", "yes": ["newsletter:email"]})
    assert (
        "You get nothing until 31 March 2026"
        in client.post(link, data={"do": "pause", "days": "30"}).text
    )
    assert judge_letter(house) == Skip(SkipReason.PAUSED)
    assert not isinstance(judge_letter(house, message_class="transactional"), Skip)
    wall.advance(timedelta(days=30))
    assert not isinstance(judge_letter(house), Skip)
    client.post(link, data={"do": "pause", "days": "90"})
    assert judge_letter(house) == Skip(SkipReason.PAUSED)
    assert "The pause is over" in client.post(link, data={"do": "resume"}).text
    assert not isinstance(judge_letter(house), Skip)
    for days in ("1", "-30", "x", "", "9" * 5_000):
        assert client.post(link, data={"do": "pause", "days": days}).status_code == 422
    assert client.post(link, data={"do": "more"}).status_code == 400


def test_nothing_more_is_nothing_of_private_topics_and_of_those_to_come(
    client, house, letter, link
):
    assert "from everything" in client.post(link, data={"do": "leave"}).text
    with house.database.transaction() as session:
        session.add(Topic(key="new", name="New", opt_in="implied", created_at=START))
    for topic in ("newsletter", "offers", "secret", "new"):
        assert judge_letter(house, topic) == Skip(SkipReason.UNSUBSCRIBED)
    client.post(link, data={"do": "save", "yes": ["new:email"]})
    assert not isinstance(judge_letter(house, "new"), Skip)
    assert judge_letter(house, "offers") == Skip(SkipReason.UNSUBSCRIBED)


def test_what_the_page_did_not_show_is_not_chosen_by_it(client, house, letter, link):
    shown = re.findall(r'value="([^"]+)" name="shown"', client.get(link).text)
    with house.database.transaction() as session:
        session.add(Topic(key="new", name="New", opt_in="implied", created_at=START))
    client.post(link, data={"do": "save", "shown": shown, "yes": ["newsletter:email"]})
    assert {topic for _, topic, _ in read_choices(house)} == {"newsletter", "offers"}
    assert not isinstance(judge_letter(house, "new"), Skip)


def test_a_merge_between_looking_and_choosing_loses_nothing(house, letter):
    with house.database.transaction() as session:
        person = preferences.find_person(session, letter.uid, now=START)
        kept_id = rows.add_contact(session, START, email="ann@example.com").id
    with house.database.transaction() as session:
        join_journeys(session, [(letter.contact_id, kept_id)], now=START)
        merge_contacts(session, [(letter.contact_id, kept_id)])
    with house.database.transaction() as session:
        preferences.choose(session, person, {("newsletter", "email")}, shown={}, now=START)
        preferences.pause(session, person, 30, now=START)
    chosen = read_choices(house)
    assert chosen[kept_id, "newsletter", "email"] == "subscribed"
    assert {contact_id for contact_id, *_ in chosen} == {kept_id}
    with house.database.reading() as session:
        assert session.get_one(Contact, kept_id).paused_until == START + timedelta(days=30)


def test_whoever_else_has_the_address_is_left_alone_with_its_reader(client, house, letter, link):
    with house.database.transaction() as session:
        twin_id = rows.add_contact(session, START, email="ann@example.com").id
    client.post(link, data={"do": "save", "yes": ["newsletter:email"]})
    chosen = read_choices(house)
    assert chosen[letter.contact_id, "newsletter", "email"] == "subscribed"
    assert [line for line in chosen.items() if line[0][0] == twin_id] == [
        ((twin_id, "offers", "email"), "unsubscribed")
    ]
    client.post(link, data={"do": "leave"})
    chosen = read_choices(house)
    assert chosen[twin_id, "*", "email"] == chosen[twin_id, "secret", "email"] == "unsubscribed"
    assert (twin_id, "*", "sms") not in chosen


def test_one_link_changes_no_more_than_thirty_times_a_minute(client, house, link, wall):
    statuses = [client.post(link, data={"do": "resume"}).status_code for _ in range(32)]
    assert statuses == [200] * 30 + [429] * 2
    wall.advance(timedelta(minutes=1))
    assert client.post(link, data={"do": "resume"}).status_code == 200


def test_the_page_speaks_german_and_looks_as_the_instance_says(client, app, link):
    owner = log_in(app)
    look = {"name": "Röst & Co", "accent": "#FFDD00", "intro_de": "Schön, dass Sie da sind."}
    assert owner.put("/api/v1/public-pages", json=look, headers=OWN).status_code == 200
    assert owner.put("/api/v1/public-pages", json=look | {"accent": "red"}).status_code == 422
    assert owner.get("/api/v1/public-pages").json["accent"] == "#ffdd00"
    page = client.get(link, headers={"Accept-Language": "de"}).text
    assert 'lang="de"' in page and "Schön, dass Sie da sind." in page and "Röst &amp; Co" in page
    assert "background: #ffdd00; color: #000000" in page
    english = client.get(link, headers={"Accept-Language": "fr"}).text
    assert "What would you like to get?" in english


def test_the_logo_stands_in_place_of_the_name_and_stays_among_the_files(client, app, link):
    owner = log_in(app)
    shown, other = assets.add(owner, "röst.png"), assets.add(owner, "terms", assets.PDF)
    look = {"name": "Röst & Co", "accent": "#2f5bd8", "logo": shown["digest"]}
    kept = owner.put("/api/v1/public-pages", json=look, headers=OWN).json
    assert kept["logo"] == shown == owner.get("/api/v1/public-pages").json["logo"]
    path = shown["in_template"].removeprefix("{{ base_url }}")
    for address in (link, "/u/nothing", "/confirm/nothing"):
        page = client.get(address)
        assert f'<img class="logo" src="{path}" alt="Röst &amp; Co">' in page.text
        assert 'class="brand"' not in page.text
        assert "img-src 'self'" in page.headers["Content-Security-Policy"]
    assert client.get(path).mimetype == "image/png"
    for wrong in (other["digest"], "0" * 32, "x"):
        assert owner.put("/api/v1/public-pages", json=look | {"logo": wrong}).status_code == 422
    used = f"{assets.ROOT}/{shown['digest']}"
    assert owner.get(f"{used}/uses").json == {"items": [], "is_logo": True}
    assert owner.delete(used).status_code == 409
    assert owner.put("/api/v1/public-pages", json=look | {"logo": None}).json["logo"] is None
    assert '<p class="brand">Röst &amp; Co</p>' in client.get(link).text
    assert owner.get(f"{used}/uses").json["is_logo"] is False
    assert owner.delete(used).status_code == 204


def test_d15_links_never_follow_the_host_that_a_caller_names(client, link):
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    assert "evil" not in client.get(link, headers=headers).text
