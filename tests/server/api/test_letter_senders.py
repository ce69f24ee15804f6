"""From whom letters come: registered under vouched domains alone, chosen in a stated order."""

import pytest
from sqlalchemy import select

from channels.base import EmailAddress
from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing import publish
from engine.messages.senders.from_whom import OwnSenders, Registered, choose_sender, list_domains
from engine.models.feedback import SenderDomain
from tests.server.api.test_templates import PLAIN
from tests.server.api.test_templates import save as save_template
from tests.server.api.test_topics import save as save_topic
from tests.server.conftest import START, log_in

ROOT = "/api/v1/senders"
GOOD = {
    "name": "Käthe vom Laden",
    "address": "kaethe@example.com",
    "reply_to": "help@other.example",
}


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


def save(browser, key="kaethe", status=200, revision=0, **changed):
    answer = browser.put(f"{ROOT}/{key}", json={**GOOD, "revision": revision, **changed})
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def test_a_sender_is_registered_changed_named_and_taken_away(owner):
    made = save(owner)
    assert (made["revision"], made["is_vouched"], made["is_aligned"]) == (1, True, None)
    save(owner, status=409)
    save(owner, revision=7, status=409)
    assert save(owner, revision=1, name="Käthe")["revision"] == 2
    save_topic(owner, sender="kaethe")
    save_topic(owner, 1, sender="nobody", status=422)
    shown = save_template(owner, "letter", PLAIN, "email", envelope={"sender": "kaethe"})
    assert shown["sender"] == "kaethe"
    save_template(owner, "l2", PLAIN, "email", envelope={"sender": "nobody"}, status=422)
    listed = owner.get(ROOT).json
    assert [one["key"] for one in listed["items"][0]["used_by"]] == ["letter", "news"]
    assert listed["domains"] == ["example.com"] and "hello@example.com" in listed["sender"]
    assert owner.delete(f"{ROOT}/kaethe").status_code == 409
    save_topic(owner, 1)
    save_template(owner, "letter", PLAIN, "email", edits=1, envelope={})
    assert owner.delete(f"{ROOT}/kaethe").status_code == 204
    assert owner.get(ROOT).json["items"] == []
    assert owner.delete(f"{ROOT}/kaethe").status_code == 404


def test_how_its_domain_stands_is_shown(owner, house):
    save(owner)
    with house.database.transaction() as session:
        session.add(
            SenderDomain(domain="example.com", checked_at=START, is_aligned=False, checks=[])
        )
    assert owner.get(ROOT).json["items"][0]["is_aligned"] is False
    domains = [one["domain"] for one in owner.get("/api/v1/deliverability").json["senders"]]
    assert domains == ["example.com"]


HOSTILE = [
    {"name": '"x" <ceo@bank.example>, y'},
    {"name": "ceo@bank.example"},
    {"name": "Bank\r\nBcc: x@y.example"},
    {"name": "Bank\u2028x"},
    {"name": "Bank via Shop"},
    {"name": "knaB\u202e"},
    {"name": "Ba\u200bnk"},
    {"name": " "},
    {"name": "x" * 71},
    {"address": "a@example.com, b@example.com"},
    {"address": "a: b@example.com;"},
    {"address": "Bank <a@example.com>"},
    {"address": "a@еxample.com"},  # the first letter is Cyrillic
    {"address": "a@example.com.evil.example"},
    {"address": "a@evil.example"},
    {"address": '"a b"@example.com'},
    {"address": "a@example.com\r\nBcc: x@y.example"},
    {"address": "a@[127.0.0.1]"},
    {"reply_to": "a@b.example, c@d.example"},
    {"reply_to": "x\r\nBcc: a@b.example"},
    {"reply_to": "a: b@c.example;"},
]


@pytest.mark.parametrize("changed", HOSTILE, ids=str)
def test_what_is_not_exactly_one_honest_mailbox_of_ours_is_refused(owner, changed):
    save(owner, status=422, **changed)
    assert owner.get(ROOT).json["items"] == []


def test_who_may_not_change_settings_registers_nobody(app):
    save(log_in(app, "editor"), status=403)


NAMED = Registered("k", "Käthe", "k@shop.example", "help@shop.example")
OWN = OwnSenders(
    "Shop <hello@shop.example>",
    marketing="News <news@mail.shop.example>",
    reply_to="answers@shop.example",
    domains=list_domains("Shop <hello@shop.example>", "", ["Bücher.example"]),
)
HELLO = EmailAddress("hello@shop.example", "Shop")
NEWS = EmailAddress("news@mail.shop.example", "News")
ANSWERS = EmailAddress("answers@shop.example")


@pytest.mark.parametrize(
    ("own", "named", "message_class", "sender", "reply_to"),
    [
        (OwnSenders("hello@shop.example"), None, "marketing", EmailAddress(HELLO.address), None),
        (OWN, None, "marketing", NEWS, ANSWERS),
        (OWN, None, "transactional", HELLO, ANSWERS),
        (OWN, NAMED, "marketing", EmailAddress("k@shop.example", "Käthe"), EmailAddress(NAMED.reply_to)),
        (
            OWN,
            Registered("k", "K", "k@bücher.example", ""),
            "transactional",
            EmailAddress("k@bücher.example", "K"),
            ANSWERS,
        ),
        # The settings vouch for its domain no more: the next in order, and never an unknown domain.
        (OWN, Registered("k", "K", "k@gone.example", ""), "transactional", HELLO, ANSWERS),
    ],
)  # fmt: skip
def test_who_is_chosen(own, named, message_class, sender, reply_to):
    chosen = choose_sender(own, named, message_class)
    assert (chosen.sender, chosen.reply_to) == (sender, reply_to)


def test_the_preview_shows_from_whom_it_comes(owner):
    save(owner)
    seen = owner.post(
        "/api/v1/templates/preview", json={"channel": "email", "source": PLAIN, "sender": "kaethe"}
    ).json
    assert seen["sender"] == "Käthe vom Laden <kaethe@example.com>"
    assert seen["reply_to"] == "help@other.example"
    seen = owner.post("/api/v1/templates/preview", json={"channel": "email", "source": PLAIN}).json
    assert "hello@example.com" in seen["sender"] and seen["reply_to"] == ""


def test_no_check_of_a_domain_is_made_up(owner, house):
    save(owner)
    with house.database.reading() as session:
        assert session.scalars(select(SenderDomain)).all() == []


def test_a_journey_that_names_a_sender_keeps_it(owner, house):
    save(owner)
    said = """{"format": 1, "key": "j", "name": "Journey", "trigger": {"kind": "manual"},
        "start": "a", "nodes": {"a": {"kind": "send_email", "template": "t", "sender": "kaethe"}}}"""
    with house.database.transaction() as session:
        publish.save_draft(session, parse_journey(said), now=START)
    (shown,) = owner.get(ROOT).json["items"]
    assert shown["journeys"] == [{"journey": "j", "name": "Journey", "is_live": False}]
    assert owner.delete(f"{ROOT}/kaethe").status_code == 409
    names = owner.get("/api/v1/names").json["senders"]
    assert [(one["key"], one["name"]) for one in names] == [("kaethe", "Käthe vom Laden")]
