"""What lets a subject in, in words."""

import json

import pytest

from engine.journeys.why.words import show_trigger
from engine.triggers import TRIGGERS

CASES = [
    ({"kind": "date", "attribute": "born_on"}, "the date born_on comes round"),
    ({"kind": "message"}, "the contact writes to us"),
    ({"kind": "message", "channel": "sms"}, "the contact writes to us by sms"),
    (
        {"kind": "record", "type": "ticket", "change": {"kind": "state", "to": ["closed"]}},
        "a ticket comes into closed",
    ),
    (
        {"kind": "record", "type": "deal", "change": {"kind": "clock", "after": "P3D"}},
        "a deal has been there for 3 days",
    ),
    ({"kind": "journey"}, "another journey starts it"),
    ({"kind": "journey", "from": ["welcome", "vip"]}, "welcome or vip starts it"),
    ({"kind": "event", "event": "any"}, "anything it does"),
    ({"kind": "api"}, "a colleague or a call, one by one"),
]


@pytest.mark.parametrize(("given", "words"), CASES, ids=[words for _, words in CASES])
def test_what_lets_in_is_told(given, words):
    assert show_trigger(TRIGGERS[given["kind"]].model_validate_json(json.dumps(given))) == words
