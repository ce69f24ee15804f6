"""What a pass keeps of what its nodes read."""

import json

from engine.journeys.deciding.notes import LONGEST_ERROR, MOST_LEAVES, Notes, read_asked
from engine.models.journey import Pass
from tests.shop import Shop


def test_what_was_asked_is_read_back():
    notes = Notes()
    notes.note_asked(3, 7, holds=True, leaves=[(True, "pro"), (False,)])
    (noted,) = notes.to_json().values()
    assert read_asked(json.loads(json.dumps(noted))) == {7: (True, [[True, "pro"], [False]])}


def test_of_too_many_leaves_the_verdict_alone_is_kept():
    notes = Notes()
    notes.note_asked(0, 0, holds=True, leaves=[(True, "x")] * MOST_LEAVES)
    notes.note_asked(0, 1, holds=False, leaves=[(False, "x")])
    asked = read_asked(notes.to_json()["0"])
    assert len(asked[0][1]) == MOST_LEAVES
    assert asked[1] == (False, [])


def test_an_error_is_kept_short_and_nothing_is_kept_of_nothing():
    notes = Notes()
    assert notes.to_json() is None
    notes.note_error(0, ValueError("x" * 1000))
    assert len(notes.to_json()["0"]["error"]) == LONGEST_ERROR


def test_what_a_pass_keeps_is_small_however_long_the_values(database):
    shop = Shop(database)
    asked = [{"attribute": f"a{n}", "op": "is", "value": "y"} for n in range(100)]
    shop.publish(
        trigger={"kind": "event", "event": "Signed Up"},
        start="ask",
        nodes={
            "ask": {
                "kind": "branch",
                "paths": [
                    {"label": "first", "when": {"any": asked}},
                    {"label": "second", "when": {"any": asked[:30]}},
                ],
                "otherwise": {},
            }
        },
    )
    shop.say("identify", userId="ann", traits={f"a{n}": "x" * 500 for n in range(100)})
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    ((notes,),) = shop.ask(Pass.notes)
    assert len(json.dumps(notes)) < 4_000
