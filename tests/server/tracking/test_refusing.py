"""Notes of calls that were not taken: why, and never more than a few a second."""

import pytest
from sqlalchemy import select

from engine.accounts.keys import KeyKind
from engine.errors import Unavailable
from engine.events import refused
from engine.models.event import RefusedCall
from server.tracking import refusing
from tests.server.tracking.door import ORIGIN, track


def notes(door):
    with door.house.database.reading() as session:
        return list(session.scalars(select(RefusedCall).order_by(RefusedCall.id)))


@pytest.fixture
def unhurried(monkeypatch):
    """As if calls came slowly enough for each to be noted."""
    monkeypatch.setattr(refusing, "PER_SECOND", 1e9)


def test_a_call_that_cannot_be_taken_is_noted_with_the_reason(both_doors):
    both_doors.send("/v1/track", track(event="", messageId="m-1"))
    [note] = notes(both_doors)
    assert (note.path, note.status, note.code) == ("/v1/track", 400, "missing_event")
    assert (note.key, note.event, note.message_id) == ("test", None, "m-1")
    assert note.message == "track needs the event's name"


@pytest.mark.parametrize(
    ("given", "code", "key"),
    [
        ({"key": "wk_nonsense"}, "wrong_credentials", None),
        ({"key": False}, "wrong_credentials", None),
        ({"raw": b"{"}, "malformed", "test"),
        ({"headers": {"Origin": ORIGIN}}, "denied", "test"),
    ],
)
def test_a_whole_request_is_noted_too(door, unhurried, given, code, key):
    door.send("/v1/track", track(), **given)
    [note] = notes(door)
    assert (note.code in {code, "bad_json", "not_json"}, note.key) == (True, key)


def test_a_page_that_a_key_does_not_list_is_named(door):
    key = door.make_key(KeyKind.BROWSER, origins=["https://other.example"])
    door.send("/v1/track", track(), key=key, headers={"Origin": ORIGIN})
    [note] = notes(door)
    assert (note.status, note.origin, note.event) == (403, ORIGIN, "Bought")
    door.client.get(f"/v1/pixel?writeKey={key}&event=Seen&userId=u", headers={"Referer": ORIGIN})
    assert [one.event for one in notes(door)] == ["Bought", "Seen"]


def test_of_a_batch_the_first_few_are_noted_and_the_others_counted(door):
    bad = [track(event=None, messageId=f"m-{n}") for n in range(8)]
    assert door.send("/v1/batch", {"batch": [track(), *bad]}).status_code == 200
    found = notes(door)
    assert [one.message_id for one in found] == [f"m-{n}" for n in range(5)]
    assert [(one.status, one.unsaid) for one in found] == [(200, 0)] * 4 + [(200, 3)]


def test_a_flood_is_counted_and_not_written(door, monkeypatch):
    monkeypatch.setattr(refusing, "PER_SECOND", 0.0)
    for _ in range(30):
        door.send("/v1/track", track(), key=False)
    assert len(notes(door)) == refusing.BURST
    door.send("/v1/track", track(event=""))  # with a key it has a measure of its own
    assert [one.unsaid for one in notes(door)] == [0] * 6
    monkeypatch.setattr(refusing, "PER_SECOND", 1e9)
    door.send("/v1/track", track(), key=False)
    assert notes(door)[-1].unsaid == 30 - refusing.BURST


def test_no_more_than_the_last_are_kept(door, unhurried, monkeypatch):
    monkeypatch.setattr(refused, "KEPT", 3)
    for number in range(6):
        door.send("/v1/track", track(event="", messageId=f"m-{number}"))
    assert [one.message_id for one in notes(door)] == ["m-3", "m-4", "m-5"]


def test_hostile_texts_are_cut_and_cleaned(both_doors):
    body = b'{"userId": "u", "event": "a\\u0000b", "messageId": "' + b"x" * 500 + b'"}'
    assert both_doors.send("/v1/track", raw=body).status_code == 400
    [note] = notes(both_doors)
    assert (note.event or "").isprintable()
    assert len(note.message_id or "") <= 128


def test_a_call_is_refused_all_the_same_when_nothing_can_be_written(door, monkeypatch):
    def fail(*_):
        raise Unavailable("disk full")

    monkeypatch.setattr(refusing, "keep_refusals", fail)
    assert door.send("/v1/track", track(event="")).status_code == 400
