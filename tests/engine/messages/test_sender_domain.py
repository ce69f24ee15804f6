"""What the records of a sender's domain come to, and what a publish says of it."""

import pytest

from channels.dns_lookup import NoAnswerFound
from engine.config import Settings
from engine.document.json_text import write_json
from engine.events.days import Counted, add_to_day
from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing.publish import validate
from engine.messages.senders.checked_domains import keep_checks
from engine.messages.senders.sender_domain import (
    CheckState,
    Sender,
    is_aligned,
    judge_sender,
    list_names,
)
from server.senders import check_senders, list_senders
from tests.shop import NOON, SEND

SHOP = Sender("mail.shop.example", selectors=("s1",), returns_to="mail.shop.example")
SPF = {"mail.shop.example": ["v=spf1 mx ~all"]}
DKIM = {"s1._domainkey.mail.shop.example": ["v=DKIM1; k=rsa; p=MIIB"]}
DMARC = {"_dmarc.shop.example": ["v=DMARC1; p=none"]}
NOTHING = dict.fromkeys(list_names(SHOP), ())


@pytest.mark.parametrize(
    ("records", "states", "aligned"),
    [
        ({}, "mmm", False),
        (SPF, "gmm", False),
        (DMARC, "mmg", False),
        (SPF | DMARC, "gmg", True),
        (DKIM | DMARC, "mgg", True),
        (SPF | DKIM | DMARC, "ggg", True),
        ({"mail.shop.example": ["v=spf1 mx", "v=spf1 a"]} | DMARC, "wmg", False),
        ({"mail.shop.example": ["v=spf1 -all"]} | DMARC, "wmg", False),
        ({"s1._domainkey.mail.shop.example": ["v=DKIM1; p="]} | DMARC, "mwg", False),
        (DKIM | {"_dmarc.shop.example": ["v=DMARC1; sp=none"]}, "mgw", False),
        (dict.fromkeys(NOTHING), "uuu", True),
    ],
)
def test_r118_a_sender_is_believed_by_its_records(records, states, aligned):
    checks = judge_sender(SHOP, NOTHING | records)
    letters = {state: state.value[0] for state in CheckState}
    assert "".join(letters[one.state] for one in checks) == states
    assert is_aligned(SHOP, checks) is aligned


def test_a_key_of_our_own_is_to_be_the_one_published():
    ours = Sender("shop.example", ("s1",), own_keys=(("s1", "v=DKIM1; k=rsa; p=QUJD"),))
    for published, state in (("p=QU JD", CheckState.GOOD), ("p=WFla", CheckState.WRONG)):
        _, key, _ = judge_sender(ours, {"s1._domainkey.shop.example": [published]})
        assert (key.state, key.wanted) == (state, "v=DKIM1; k=rsa; p=QUJD")


def test_names_that_nobody_answers_for_are_told_so():
    def look_up(name):
        raise NoAnswerFound(name)

    settings = Settings(sender="Shop <hi@shop.example>", dkim_selectors="a b")
    [sender] = list_senders(settings)
    assert sender.selectors == ("a", "b")
    [checks] = check_senders([sender], look_up).values()
    assert {one.state for one in checks} == {CheckState.UNKNOWN}


@pytest.mark.parametrize(("sent", "severity"), [(None, None), (4_999, "warning"), (5_000, "error")])
def test_r118_a_publish_warns_below_5000_letters_a_day_and_is_stopped_above(shop, sent, severity):
    document = {
        "format": 1,
        "key": "j",
        "name": "J",
        "trigger": {"kind": "event", "event": "Asked"},
        "start": "a",
        "nodes": {"a": SEND},
    }
    with shop.database.transaction() as session:
        if sent is not None:
            keep_checks(session, {SHOP: judge_sender(SHOP, NOTHING)}, now=NOON)
            add_to_day(session, Counted.EMAIL, sent, now=NOON)
        problems = validate(session, parse_journey(write_json(document)))
    found = [one for one in problems if one.code.startswith("sender")]
    assert [one.severity for one in found] == ([severity] if severity else [])
    assert all(one.about == "mail.shop.example" for one in found)
