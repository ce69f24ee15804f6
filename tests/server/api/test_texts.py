"""Texts over HTTP: their parts and costs, and the words of the answers."""

import pytest

from engine.messages.states import MessageState
from engine.messages.texts.part_samples import spread_parts
from tests.server import rows
from tests.server.conftest import START, log_in


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


def ask(browser, status=200, **body):
    answer = browser.post("/api/v1/texts/parts", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def add_people(house, *names):
    with house.database.transaction() as session:
        for place, name in enumerate(names):
            attributes = {} if name is None else {"first_name": name}
            rows.add_contact(session, START, phone=f"+1555000000{place}", attributes=attributes)


def test_r126_parts_are_spread_over_people():
    spread = spread_parts(["a" * 160] * 97 + ["a" * 161] * 2 + ["’" + "a" * 140])
    assert (spread.least, spread.median, spread.most, spread.texts) == (1, 1, 3, 100)
    assert spread.counts == {1: 97, 2: 2, 3: 1} and spread.costly == {"’": 1}
    assert round(spread.mean, 2) == 1.04
    assert spread_parts([]).texts == 0


def test_r126_personalisation_is_counted_per_recipient_before_sending(owner, house):
    add_people(house, "Ann", "Ben", "Жанна", None)
    text = "Hello {{ contact.first_name }}, " + "a" * 100
    shown = ask(owner, source=text)
    assert (shown["people"], shown["unmade"]) == (4, 1)
    assert (shown["least"], shown["median"], shown["most"]) == (1, 1, 2)
    assert shown["counts"] == {"1": 2, "2": 1} and shown["costly"] == {"Ж": 1}
    assert shown["price"] is None
    few = {"attribute": "first_name", "op": "is", "value": "Ann"}
    assert ask(owner, source=text, audience=few)["counts"] == {"1": 1}
    ask(owner, 422, source="{{ nothing")
    ask(owner, 422)


def test_nobody_has_a_number(owner):
    shown = ask(owner, source="Hello")
    assert (shown["people"], shown["most"], shown["mean"]) == (0, 0, 0)


def test_what_texts_cost_is_summed(owner, house):
    with house.database.transaction() as session:
        ann = rows.add_contact(session, START, phone="+15550000001")
        journey, version = rows.add_journey(session, START)
        told = ((1, 33_300, "EUR"), (2, 66_600, "EUR"), (1, None, None))
        for parts, price, currency in told:
            message = rows.add_message(
                session, START, ann, channel="sms", state=MessageState.SENT, parts=parts,
                journey_id=journey.id, version_id=version.id, price_micro=price, currency=currency,
            )  # fmt: skip
        key, uid = journey.key, message.uid
    assert owner.get(f"/api/v1/texts/costs/{key}").json == {
        "texts": 3, "parts": 4, "billed": {"EUR": 99_900}, "estimated": {}, "unpriced": 1,
    }  # fmt: skip
    assert owner.get("/api/v1/texts/costs/none").json["texts"] == 0
    assert owner.get(f"/api/v1/messages/{uid}").json["parts"] == 1


def test_the_words_of_answers_are_read_and_kept(owner, app):
    usual = owner.get("/api/v1/texts/words").json
    assert set(usual["words"]) == {"en", "de"} and usual["answers"] and usual["usual_brand"]
    words = {"fr": {"stop": "{brand} : fini", "start": "oui", "help": "aide"}}
    body = {"answers": False, "brand": " ACME ", "words": words, "stop_words": ["arrêt"]}
    kept = owner.put("/api/v1/texts/words", json=body).json
    assert kept == owner.get("/api/v1/texts/words").json
    assert (kept["brand"], kept["words"], kept["answers"]) == ("ACME", words, False)
    for wrong in ({"words": {}}, {"words": {"?": words["fr"]}}, {"stop_words": ["!"]}):
        assert owner.put("/api/v1/texts/words", json=body | wrong).status_code == 422
    viewer = log_in(app, "viewer")
    assert viewer.put("/api/v1/texts/words", json=body).status_code == 403
