"""P13: what waited for accounts until it was too old expires, visibly, and is never sent late."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from engine.accounts.instance import advance_clock
from engine.accounts.notices import say_notice
from engine.language.say import speak
from engine.messages.carriers import accounts
from engine.messages.carriers.breaker import REST
from engine.messages.handover import expiring
from engine.messages.settling import OLDEST
from engine.messages.states import MessageState
from engine.models.feedback import Stream
from engine.models.journey import Journey, Notice
from engine.models.message import Message
from engine.models.provider import ProviderAccount
from server import expiring as sweeping
from server.app import create_app
from server.scheduler import TICKS
from tests.server.conftest import OWN, log_in
from tests.server.test_accounts import GONE, TAKEN, intend, open_with, read_states, work

__all__ = ["open_with"]

ONE = "smtp://a.example?account=a"
DAY = OLDEST["transactional"]
MINUTE = timedelta(minutes=1)
SKIPPED, QUEUED, SENT = MessageState.SKIPPED, MessageState.QUEUED, MessageState.SENT


def pause(house, name="a"):
    with house.database.transaction() as session:
        accounts.pause_account(session, "email", name, by="Ann", wall=house.wall.now())


def resume(house, name="a"):
    browser = log_in(create_app(house), "owner")
    path = f"/api/v1/accounts/email/{name}/resume"
    assert browser.post(path, json={}, headers=OWN).status_code == 204


def notices(house):
    with house.database.reading() as session:
        return session.scalars(select(Notice).order_by(Notice.id)).all()


def change(house, row, **values):
    with house.database.transaction() as session:
        session.execute(update(row).values(**values))


def test_p13_what_waited_too_long_for_a_paused_account_expires_by_its_class(open_with):
    house, providers = open_with(ONE)
    pause(house)
    intend(house, 3)
    intend(house, 2, "marketing")
    house.wall.advance(DAY - MINUTE)
    sweeping.tick(house)
    assert read_states(house) == {QUEUED: 5} and notices(house) == []
    house.wall.advance(MINUTE)
    sweeping.tick(house)
    assert read_states(house) == {QUEUED: 2, SKIPPED: 3}
    with house.database.reading() as session:
        expired = session.scalars(select(Message).where(Message.state == SKIPPED)).all()
    assert {(one.message_class, one.reason) for one in expired} == {("transactional", "expired")}
    assert {(one.attempts, one.lease_owner) for one in expired} == {(0, None)}
    assert {one.details for one in expired} == {
        "no account took messages of its channel and class for too long"
    }
    house.wall.advance(OLDEST["marketing"] - DAY)
    sweeping.tick(house)
    assert read_states(house) == {SKIPPED: 5}
    assert providers["a"].asked == []


def test_p13_a_resume_before_that_loses_nothing(open_with):
    house, providers = open_with(ONE)
    pause(house)
    intend(house, 3)
    house.wall.advance(DAY - MINUTE)
    sweeping.tick(house)
    resume(house)
    work(house)
    assert read_states(house) == {SENT: 3}
    house.wall.advance(DAY)
    sweeping.tick(house)
    assert read_states(house) == {SENT: 3} and len(providers["a"].asked) == 3


def test_p13_one_notice_a_day_and_channel_says_how_many(open_with):
    house, _ = open_with(ONE)
    pause(house)
    intend(house, 2)
    house.wall.advance(2 * MINUTE)
    intend(house, 1)
    house.wall.advance(DAY - 2 * MINUTE)
    sweeping.tick(house)
    (notice,) = notices(house)
    assert (notice.to, notice.words[:37]) == ("owner", "2 messages expired today, by email: n")
    change(house, Notice, read_at=house.wall.now())
    house.wall.advance(2 * MINUTE)
    for _ in range(2):
        sweeping.tick(house)
    (notice,) = notices(house)
    assert notice.words.startswith("3 messages expired today") and notice.read_at is None
    speak("de")
    try:
        assert say_notice(notice).startswith("Heute verfallene Nachrichten (E-Mail): 3. Kein Konto")
    finally:
        speak("en")
    intend(house, 1)
    house.wall.advance(DAY)
    sweeping.tick(house)
    assert [one.words[:10] for one in notices(house)] == ["3 messages", "1 messages"]


@pytest.mark.parametrize("kept_back", ["paused", "sends", "stream"])
def test_p13_what_something_else_keeps_back_stays(open_with, kept_back):
    house, _ = open_with(ONE)
    pause(house)
    intend(house, 1, "marketing")
    now = house.clock.now()
    with house.database.transaction() as session:
        journey = session.scalars(select(Journey)).first()
        if journey is None:
            journey = Journey(
                key="j", name="J", state="live", draft={}, created_at=now, updated_at=now
            )
            session.add(journey)
            session.flush()
        session.execute(update(Message).values(journey_id=journey.id))
        if kept_back == "stream":
            session.add(Stream(channel="email", message_class="marketing", held_at=now))
        journey.state = "paused" if kept_back == "paused" else "live"
        journey.sends_paused = kept_back == "sends"
    house.wall.advance(OLDEST["marketing"])
    sweeping.tick(house)
    assert read_states(house) == {QUEUED: 1}
    change(house, Journey, state="live", sends_paused=False)
    change(house, Stream, held_at=None)
    sweeping.tick(house)
    assert read_states(house) == {SKIPPED: 1}


def test_p13_only_while_all_accounts_of_its_class_take_nothing(open_with):
    house, _ = open_with(f"{ONE} smtp://b.example?account=b&warm_up=1")
    pause(house)
    intend(house, 3)
    today = house.wall.now()
    with house.database.transaction() as session:  # its warm-up is used up: no trouble of its own
        session.add(ProviderAccount(channel="email", name="b", carried=9, tries=0, failures=0))
    house.wall.advance(DAY)
    sweeping.tick(house)
    assert read_states(house) == {QUEUED: 3}
    pause(house, "b")  # the last to be lost counts
    house.wall.advance(DAY - MINUTE)
    sweeping.tick(house)
    assert read_states(house) == {QUEUED: 3} and house.wall.now() > today + DAY
    house.wall.advance(MINUTE)
    sweeping.tick(house)
    assert read_states(house) == {SKIPPED: 3}


def test_p13_an_account_of_the_other_class_saves_nothing(open_with):
    house, _ = open_with("smtp://a.example?account=a smtp://b.example?account=b&serves=marketing")
    pause(house)
    intend(house, 3)
    house.wall.advance(DAY)
    sweeping.tick(house)
    assert read_states(house) == {SKIPPED: 3}


def test_p13_the_mailbox_and_a_clock_that_was_moved_let_nothing_expire(open_with):
    house, _ = open_with("mailbox:")
    pause(house, "mailbox")
    intend(house, 1)
    house.wall.advance(DAY)
    sweeping.tick(house)
    assert read_states(house) == {QUEUED: 1}
    house, _ = open_with(ONE, virtual_clock=True)
    pause(house)
    with house.database.transaction() as session:
        advance_clock(session, 2 * DAY)
    house.shift.forget()
    house.wall.advance(DAY - MINUTE)
    assert house.clock.now() > house.wall.now() + DAY
    sweeping.tick(house)
    assert read_states(house) == {QUEUED: 1}


def test_p13_nothing_that_is_too_old_is_the_probe_of_an_account_that_was_away(open_with):
    """Even where no scheduler has looked."""
    house, providers = open_with(ONE)
    provider = providers["a"]
    provider.answer = GONE
    intend(house, 64)
    work(house)
    house.wall.advance(DAY - MINUTE)
    intend(house, 2)
    tried = len(provider.asked)
    house.wall.advance(2 * MINUTE)
    provider.answer = TAKEN
    for _ in range(20):
        work(house)
        house.wall.advance(REST)
    with house.database.reading() as session:
        new = max(session.scalars(select(Message.created_at)))
        sent = session.scalars(select(Message.created_at).where(Message.state == SENT)).all()
    assert sent == [new, new] and len(provider.asked) == tried + 2
    assert read_states(house)[SKIPPED] > 0


def test_p13_nothing_that_is_too_old_leaves_when_somebody_resumes_an_account(
    open_with, monkeypatch
):
    house, providers = open_with(ONE)
    monkeypatch.setattr(sweeping, "BATCH", 2)
    monkeypatch.setattr(expiring.expire_waiting, "__kwdefaults__", {"limit": 2})
    pause(house)
    intend(house, 5)
    house.wall.advance(DAY)
    intend(house, 1)
    resume(house)
    work(house)
    assert read_states(house) == {SKIPPED: 5, SENT: 1}
    assert len(providers["a"].asked) == 1


def test_p13_a_message_says_in_words_why_it_expired(open_with):
    house, _ = open_with(ONE)
    pause(house)
    intend(house, 1)
    house.wall.advance(DAY)
    sweeping.tick(house)
    with house.database.reading() as session:
        uid = session.scalar(select(Message.uid))
    browser = log_in(create_app(house), "owner")
    path = f"/api/v1/messages/{uid}"
    shown = browser.get(path, headers={"Accept-Language": "de"}).json
    assert (shown["state"], shown["reason"]) == ("skipped", "expired")
    assert shown["details"].startswith("zu lange hat kein Konto Nachrichten")
    refused = [one["gate"] for one in shown["gates"] if one["said"] == "refused"]
    assert refused == ["expired"]


def test_p13_a_tick_looks_every_minute():
    assert [one.every for one in TICKS if one.run is sweeping.tick] == [MINUTE]
