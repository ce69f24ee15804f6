"""The deliverability page over HTTP: domains, brakes, refusals, accounts, and the senders' records."""

import pytest

from channels.dns_lookup import NoAnswerFound
from engine.messages.feedback.domains import count_sent
from engine.messages.feedback.streams import read_marketing
from engine.models.account import AuditEntry
from engine.models.feedback import FeedbackSource, Saying, Stream
from server.api import deliverability
from server.app import create_app
from tests.server import rows
from tests.server.conftest import START, build_house, log_in

ROOT = "/api/v1/deliverability"
SENDER = "Shop <hello@mail.shop.example>"
ACCOUNTS = "smtp://localhost"
FOUND = {
    "mail.shop.example": ["v=spf1 mx ~all", "google-site-verification=x"],
    "s1._domainkey.mail.shop.example": ["v=DKIM1; k=rsa; p=MIIB"],
    "_dmarc.shop.example": ["v=DMARC1; p=none"],
}


@pytest.fixture
def house(database, tmp_path, wall):
    house = build_house(
        database, tmp_path, wall=wall, sender=SENDER, email_url=ACCOUNTS, dkim_selectors="s1",
        feedback_secrets="main=sendgrid:x eu=postmark:hook:correct-horse",
    )  # fmt: skip
    yield house
    house.outgoing.close()


@pytest.fixture
def owner(house):
    return log_in(create_app(house), "owner")


def answer_with(browser, records):
    """Let names say this; of one that is None nobody answers."""

    def look_up(name):
        said = records.get(name, ())
        if said is None:
            raise NoAnswerFound(name)
        return list(said)

    browser.application.extensions[deliverability.LOOK_UP] = look_up


def test_an_instance_that_has_sent_nothing_says_so(owner):
    told = owner.get(ROOT).json
    assert told["domains"] == [] and told["refusals"] == []
    assert told["total"] == {
        "domain": "", "sent": 0, "delivered": 0, "hard": 0, "soft": 0, "policy": 0, "complained": 0,
    }  # fmt: skip
    assert [(one["account"], one["provider"], one["heard_at"]) for one in told["sources"]] == [
        ("eu", "postmark", None),
        ("main", "sendgrid", None),
    ]
    assert "correct-horse" not in owner.get(ROOT).text
    assert told["hook"].endswith("/hooks/feedback/")
    assert [(one["domain"], one["checked_at"]) for one in told["senders"]] == [
        ("mail.shop.example", None)
    ]


CASES = [
    (FOUND, "ggg", True),
    ({}, "mmm", False),
    (dict.fromkeys([*FOUND, "_dmarc.mail.shop.example"]), "uuu", True),
    (FOUND | {"mail.shop.example": ["v=spf1 mx", "v=spf1 a"]}, "wgg", True),
    (FOUND | {"s1._domainkey.mail.shop.example": ["v=DKIM1; p="]}, "gwg", True),
    (FOUND | {"mail.shop.example": [], "s1._domainkey.mail.shop.example": []}, "mmg", False),
    (FOUND | {"_dmarc.shop.example": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, "ggw", False),
    (FOUND | {"_dmarc.shop.example": ["v=DMARC1; p=all"]}, "ggw", False),
    (FOUND | {"_dmarc.mail.shop.example": ["v=DMARC1; p=reject"]}, "ggg", True),
    (FOUND | {"_dmarc.mail.shop.example": None}, "ggu", True),
    (FOUND | {"s1._domainkey.mail.shop.example": ["k=rsa;" + " " * 4000 + "p=MIIB"]}, "ggg", True),
]


@pytest.mark.parametrize(("records", "states", "is_aligned"), CASES)
def test_r118_the_records_of_a_sender_are_asked_for_and_kept(owner, records, states, is_aligned):
    answer_with(owner, records)
    (checked,) = owner.post(f"{ROOT}/check", json={}).json["items"]
    assert "".join(one["state"][0] for one in checked["checks"]) == states
    assert [one["kind"] for one in checked["checks"]] == ["spf", "dkim", "dmarc"]
    assert checked["is_aligned"] is is_aligned
    (shown,) = owner.get(ROOT).json["senders"]
    assert shown == checked and shown["checked_at"] == "2026-03-01T12:00:00Z"
    wanted = {one["kind"]: one["wanted"] for one in shown["checks"]}
    assert wanted["spf"] == "v=spf1 mx ~all"
    assert wanted["dmarc"].startswith("v=DMARC1; p=none; rua=mailto:")


def test_what_is_asked_anew_replaces_what_was_known(owner):
    for records, states in ((FOUND, "ggg"), ({}, "mmm")):
        answer_with(owner, records)
        owner.post(f"{ROOT}/check", json={})
        (shown,) = owner.get(ROOT).json["senders"]
        assert "".join(one["state"][0] for one in shown["checks"]) == states


def test_domains_refusals_and_accounts_are_shown_as_they_were_told(owner, house):
    with house.database.transaction() as session:
        count_sent(session, ["a@one.example", "b@one.example", "c@two.example"], now=START, shard=1)
        contact = rows.add_contact(session, START, email="a@one.example")
        letter = rows.add_letter(session, START, contact)
        common = {
            "account": "main", "message_id": letter.id, "received_at": START,
            "occurred_at": START, "domain": "one.example", "digest": b"x" * 16,
        }  # fmt: skip
        for number, (kind, bounce) in enumerate(
            [("bounced", "hard"), ("bounced", "policy"), ("delivered", None)]
        ):
            rows.add(
                session,
                Saying(
                    said_id=f"s{number}",
                    kind=kind,
                    bounce=bounce,
                    code="550",
                    words="no <b>",
                    **common,
                ),
            )
        rows.add(
            session,
            FeedbackSource(account="old", heard_at=START, taken=3, strays=2, conflicts=1),
        )
    told = owner.get(ROOT).json
    assert {(one["domain"], one["sent"]) for one in told["domains"]} == {
        ("one.example", 2), ("two.example", 1),
    }  # fmt: skip
    assert told["total"]["sent"] == 3
    assert [(one["bounce"], one["words"]) for one in told["refusals"]] == [
        ("policy", "no <b>"), ("hard", "no <b>"),
    ]  # fmt: skip
    old = next(one for one in told["sources"] if one["account"] == "old")
    assert (old["taken"], old["strays"], old["conflicts"], old["provider"]) == (3, 2, 1, "")
    assert "a@one.example" not in owner.get(ROOT).text


def test_marketing_that_a_brake_holds_goes_on_when_somebody_says_so(owner, house):
    with house.database.transaction() as session:
        held = {"channel": "email", "message_class": "marketing", "why": "bounces"}
        rows.add(session, Stream(held_at=START, **held))
    told = owner.get(ROOT).json["marketing"]
    assert (told["held_at"], told["why"]) == ("2026-03-01T12:00:00Z", "bounces")
    for status in (204, 409):
        assert owner.post(f"{ROOT}/resume", json={}).status_code == status
    assert owner.get(ROOT).json["marketing"]["held_at"] is None
    with house.database.reading() as session:
        assert read_marketing(session).held_at is None
        actions = [one for (one,) in session.query(AuditEntry.action)]
    assert actions.count("stream.resumed") == 1


def test_who_may_look_may_not_resume(house):
    viewer = log_in(create_app(house), "viewer")
    for path in ("check", "resume"):
        assert viewer.post(f"{ROOT}/{path}", json={}).status_code == 403
    with house.database.reading() as session:
        assert session.query(AuditEntry).count() == 0
