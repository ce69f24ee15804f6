"""From raw batches to events: once, in order, all of them; a broken batch holds up no other."""

import threading
import zlib
from datetime import timedelta

import orjson
import pytest
from sqlalchemy import func, select, text, update

from engine.errors import TooMuch
from engine.events.accepting import OwnEvent, refuse_backlog
from engine.events.days import Counted, count_by_day
from engine.events.incoming import Trust
from engine.events.ingest import (
    CONSUMER,
    MOST_ATTEMPTS,
    REMEMBERED,
    prune_seen,
    replay_batches,
)
from engine.models.contact import Contact, ContactState
from engine.models.event import Event, EventBatch, EventSeen
from tests.engine.events.site import NOW, Site


def test_events_come_in_the_order_in_which_they_arrived(site):
    for number in range(20):
        site.say(userId=f"u{number % 3}", event=f"E{number}")
    arrived = site.ingest().arrived
    assert [one.name for one in arrived] == [f"E{number}" for number in range(20)]
    assert [one.id for one in arrived] == sorted(one.id for one in arrived)
    assert site.count_waiting() == 0


def test_an_event_is_kept_as_it_was_said(site):
    site.say(
        userId="ann",
        event="Bought",
        messageId="m1",
        timestamp=(NOW - timedelta(hours=1)).isoformat(),
        properties={"total": 12.5, "items": [{"sku": "é\\\t\n'\""}], "nothing": None},
        context={"page": {"url": "https://shop.example/"}},
    )
    (arrived,) = site.ingest().arrived
    with site.database.reading() as session:
        event = session.scalars(select(Event)).one()
    assert event.properties == arrived.properties
    assert event.properties["items"] == [{"sku": "é\\\t\n'\""}]
    assert (event.id, event.contact_id) == (arrived.id, arrived.contact_id)
    assert (event.occurred_at, event.received_at) == (NOW - timedelta(hours=1), NOW)
    assert (event.message_id, event.actor, event.mode) == ("m1", "contact", "live")
    assert event.context == {"page": {"url": "https://shop.example/"}}


def test_r001_sent_twice_counts_once(site):
    site.say({"userId": "ann", "messageId": "m"}, {"userId": "ann", "messageId": "m"})
    site.say(userId="ann", messageId="m", event="Another body")
    assert len(site.ingest().arrived) == 1
    site.say(userId="ann", messageId="m")
    assert site.ingest().arrived == []
    assert site.ask(Event.name) == [("Seen",)]


def test_r001_the_same_id_from_another_source_is_another_event(site):
    for source in ("key:1", "key:2"):
        site.say(userId="ann", messageId="m", source=source)
    assert len(site.ingest().arrived) == 2


def test_r002_events_without_an_id_are_as_many_as_were_sent(site):
    site.say({"userId": "ann"}, {"userId": "ann"})
    assert len(site.ingest().arrived) == 2


def test_a_repetition_is_forgotten_after_the_time_promised(site):
    site.say(userId="ann", messageId="m")
    site.ingest()
    site.now += REMEMBERED + timedelta(seconds=1)
    with site.database.transaction() as session:
        assert prune_seen(session, now=site.now) == 1
    assert site.ask(EventSeen.digest) == []


def test_p2_each_of_many_repeated_by_threads_counts_once(site):
    def send():
        for number in range(50):
            site.say(userId=f"u{number % 7}", messageId=str(number))

    def work():
        while not done.is_set() or site.count_waiting():
            arrived.extend(site.ingest(limit=40).arrived)

    arrived, done = [], threading.Event()
    senders = [threading.Thread(target=send) for _ in range(4)]
    workers = [threading.Thread(target=work) for _ in range(2)]
    for thread in (*senders, *workers):
        thread.start()
    for thread in senders:
        thread.join()
    done.set()
    for thread in workers:
        thread.join()
    assert len(arrived) == 50
    assert site.ask(func.count(Event.id)) == [(50,)]
    assert sum(sum(site.count_events(one.id).values()) for one in site.list_contacts()) == 50


def test_only_one_process_ingests_at_a_time(postgres_database):
    site = Site(postgres_database)
    site.say(userId="ann")
    with postgres_database.transaction() as session:
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CONSUMER})
        assert site.ingest().arrived == []
    assert len(site.ingest().arrived) == 1


def spoil(site, body=b"no zlib at all"):
    """Break the batch said last."""
    with site.database.transaction() as session:
        last = session.scalar(select(func.max(EventBatch.id)))
        session.execute(update(EventBatch).where(EventBatch.id == last).values(body=body))
        return last


@pytest.mark.parametrize(
    "body",
    [
        b"no zlib at all",
        zlib.compress(b"no JSON at all"),
        zlib.compress(orjson.dumps(["no object"])),
        zlib.compress(orjson.dumps([{"i": "no call"}])),
    ],
)
def test_r054_a_broken_batch_holds_up_no_other_and_is_set_aside(site, body):
    site.say(userId="ann", event="Before")
    site.say(userId="ann")
    broken = spoil(site, body)
    site.say(userId="ann", event="Behind")
    assert [one.name for one in site.ingest().arrived] == ["Before", "Behind"]
    for _ in range(MOST_ATTEMPTS):
        assert site.ingest().arrived == []
    ((attempts, error, at),) = site.ask(
        EventBatch.attempts, EventBatch.error, EventBatch.set_aside_at
    )
    assert (attempts, at) == (MOST_ATTEMPTS, NOW)
    assert error
    site.say(userId="ann", event="Later")
    assert [one.name for one in site.ingest().arrived] == ["Later"]
    with site.database.transaction() as session:
        assert replay_batches(session, [broken]) == 1
    site.ingest()
    assert site.ask(EventBatch.attempts) == [(1,)]


def test_what_a_database_refuses_is_not_shown_with_its_values(site):
    site.say(userId="ann", event="Secret words")
    row = {"k": "track", "i": None, "u": "x" * 400, "a": None, "n": "Secret words", "d": {}, "c": {},
           "t": NOW.isoformat(), "p": None, "h": False, "s": False}  # fmt: skip
    if site.database.is_postgresql:
        spoil(site, zlib.compress(orjson.dumps([row])))
        site.ingest()
        ((error,),) = site.ask(EventBatch.error)
        assert error == "DataError"


def test_a_batch_is_taken_whole_and_never_more_than_was_asked_for(site):
    for _ in range(3):
        site.say(*({"userId": "ann"} for _ in range(4)))
    assert [len(site.ingest(limit=limit).arrived) for limit in (1, 7, 100)] == [4, 4, 4]


def test_r005_what_is_old_is_counted_and_lets_nobody_in(site):
    old = (NOW - timedelta(hours=73)).isoformat()
    young = (NOW - timedelta(hours=72)).isoformat()
    site.say({"userId": "ann", "timestamp": old}, {"userId": "ann", "timestamp": young})
    assert [one.may_trigger for one in site.ingest().arrived] == [False, True]
    assert site.count_events(site.user("ann").id) == {"Seen": 2}


@pytest.mark.parametrize(
    ("trust", "mode"),
    [(Trust.WRITE, "history"), (Trust.BROWSER, "live"), (Trust.SIGNED, "live")],
)
def test_r138_only_a_secret_key_tells_of_the_past(site, trust, mode):
    at = NOW - timedelta(days=400)
    site.say(userId="ann", timestamp=at.isoformat(), context={"mode": "history"}, trust=trust)
    (arrived,) = site.ingest().arrived
    assert (arrived.mode, arrived.occurred_at, arrived.may_trigger) == (mode, at, False)
    assert arrived.is_activity is (mode == "live")
    assert site.count_events(arrived.contact_id) == {"Seen": 1}


def test_old_news_of_yesterday_let_nobody_in_either(site):
    site.say(userId="ann", history=True)
    assert [one.may_trigger for one in site.ingest().arrived] == [False]


def test_what_is_said_about_somebody_is_no_activity_of_his(site):
    site.identify("ann", plan="pro")
    site.say({"type": "group", "userId": "ann", "groupId": "g"}, {"type": "page", "userId": "ann"})
    assert [one.is_activity for one in site.ingest().arrived] == [False, False, True]


def test_activity_is_the_latest_thing_done_however_events_arrive(site):
    late, early = NOW - timedelta(hours=1), NOW - timedelta(hours=9)
    for at in (late, early):
        site.say(userId="ann", timestamp=at.isoformat())
        site.ingest()
    assert site.ask(ContactState.active_at) == [(late,)]


def test_an_event_of_our_own_takes_the_same_way(site):
    site.say(userId="ann")
    (first,) = site.ingest().arrived
    event = OwnEvent(
        first.contact_id, "Message Settled", NOW, "own:1", {"state": "sent"},
        channel="email", cause_id=first.id, root_id=first.id, depth=1,
    )  # fmt: skip
    site.record(event)
    site.record(event)
    (arrived,) = site.ingest().arrived
    assert (arrived.name, arrived.contact_id) == ("Message Settled", first.contact_id)
    assert (arrived.actor, arrived.channel, arrived.is_activity) == ("system", "email", False)
    assert (arrived.cause_id, arrived.root_id, arrived.depth) == (first.id, first.id, 1)


def test_an_event_of_our_own_about_somebody_who_is_gone_is_dropped(site):
    site.say(userId="ann")
    site.record(OwnEvent(4_711, "Message Settled", NOW, "own:1"))
    site.say(userId="bob")
    assert [one.name for one in site.ingest().arrived] == ["Seen", "Seen"]
    assert site.count_waiting() == 0


def test_what_comes_in_is_counted_by_day_without_repetitions_and_the_product_s_own(site):
    site.say({"userId": "ann"}, {"userId": "ann"})
    site.say(userId="ann", messageId="m")
    (first, *_) = site.ingest().arrived
    site.say(userId="ann", messageId="m")
    site.record(OwnEvent(first.contact_id, "Message Settled", NOW, "own:1"))
    site.ingest()
    site.now += timedelta(days=1)
    site.say(userId="ann")
    site.ingest()
    today = site.now.date()
    with site.database.reading() as session:
        counted = count_by_day(session, today - timedelta(days=1), today)[Counted.EVENTS]
    assert counted == {today - timedelta(days=1): 3, today: 1}


def test_a_backlog_is_refused_with_a_time_to_come_back(site):
    for _ in range(3):
        site.say(userId="ann")
    with site.database.reading() as session:
        refuse_backlog(session, limit=3)
        with pytest.raises(TooMuch) as refused:
            refuse_backlog(session, limit=2)
    assert refused.value.retry_after
    site.ingest()
    with site.database.reading() as session:
        refuse_backlog(session, limit=1)


def test_many_names_of_one_contact_are_kept_and_not_all_counted(site, monkeypatch):
    monkeypatch.setattr("engine.events.counting.MOST_NAMES", 3)
    site.say(*({"userId": "ann", "event": f"E{number % 5}"} for number in range(10)))
    assert len(site.ingest().arrived) == 10
    assert site.count_events(site.user("ann").id) == {"E0": 2, "E1": 2, "E2": 2}


def test_a_chunk_of_many_contacts_is_written_whole(site):
    for start in range(0, 1_200, 300):
        site.say(
            *({"type": "identify", "userId": f"u{n}", "traits": {"n": n, "email": f"u{n}@example.com"}}
              for n in range(start, start + 300))
        )  # fmt: skip
    assert len(site.ingest(limit=1_200).arrived) == 1_200
    rows = site.ask(Contact.email, Contact.attributes, Contact.email_confirmed)
    assert sorted(attributes["n"] for _, attributes, _ in rows) == list(range(1_200))
    assert all(email == f"u{attributes['n']}@example.com" and ok for email, attributes, ok in rows)
