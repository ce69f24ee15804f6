"""Each invariant holds of a living instance, and is seen to be broken when it is."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from engine.invariants.checking import (
    INVARIANTS,
    count_broken,
    find_broken,
    record_broken,
)
from engine.language.say import ENGLISH, load_sentence, speak
from engine.models.contact import ConsentProof, Contact
from engine.models.journey import Enrollment, JourneyEntry, Notice, Pass, Tally
from engine.models.message import Message
from tests.shop import NOON, SEND

NODES = {
    "hello": {**SEND, "next": "day"},
    "day": {"kind": "wait", "for": "P1D", "next": "fork"},
    "fork": {
        "kind": "branch",
        "paths": [{"label": "pro", "when": {"attribute": "plan", "op": "is", "value": "pro"}}],
        "otherwise": {},
    },
}


@pytest.fixture
def lived(shop):
    """A shop in which somebody waits, somebody completed, and somebody left."""
    shop.publish(
        trigger={"kind": "event", "event": "Go"},
        exits=[{"event": "Buy", "reason": "bought"}],
        start="hello",
        nodes=NODES,
    )
    shop.say(event="Go", userId="ann")
    shop.say(event="Go", userId="bob")
    shop.work()
    shop.say(event="Buy", userId="bob")
    shop.pass_time(days=1)
    shop.say(event="Go", userId="eve")
    shop.work()
    return shop


def find(shop, **asked):
    with shop.database.reading() as session:
        return {one.name: one.rows for one in find_broken(session, **asked)}


def change(shop, statement):
    with shop.database.transaction() as session:
        session.execute(statement)


def test_r127_the_books_of_a_living_instance_balance(lived):
    assert find(lived) == {}
    assert find(lived, newest=1) == {}
    assert sorted(lived.ask(Enrollment.status)) == [(1,), (2,), (3,)]


WAITING = Enrollment.status == 1
GONE = Enrollment.status == 3


def double_message(shop, **other_than):
    copied = [column for column in Message.__table__.c if column.name not in ("id", "uid")]
    with shop.database.transaction() as session:
        row = session.execute(select(*copied).limit(1)).mappings().one()
        uid = session.scalars(select(Message.uid).limit(1)).one()
        other = type(uid)(int=uid.int ^ 1)
        session.execute(insert(Message.__table__).values(**{**row, **other_than, "uid": other}))


def double_pass(shop):
    with shop.database.transaction() as session:
        enrollment = session.scalars(select(Enrollment.id).where(WAITING)).one()
        row = {"enrollment_id": enrollment, "seq": 3, "at": shop.now, "version_id": 1, "path": "0"}
        session.execute(insert(Pass.__table__).values(**row))


def join_contact(shop):
    with shop.database.transaction() as session:
        contact = session.scalars(select(Enrollment.contact_id).where(WAITING)).one()
        other = session.scalars(select(Enrollment.contact_id).where(GONE)).one()
        session.execute(update(Contact).where(Contact.id == contact).values(merged_into=other))


def say_no_earlier(shop):
    with shop.database.transaction() as session:
        message, contact = session.execute(select(Message.id, Message.contact_id).limit(1)).one()
        session.execute(
            update(Message)
            .where(Message.id == message)
            .values(
                state=2,
                message_class="marketing",
                topic="news",
                attempts=1,
                started_at=shop.now,
                sent_at=shop.now,
            )
        )
        session.add(
            ConsentProof(
                contact_id=contact,
                topic="news",
                channel="email",
                choice="unsubscribed",
                occurred_at=NOON,
                recorded_at=shop.now - timedelta(minutes=1),
                source="unsubscribe_link",
            )
        )


def put_two_inside(shop):
    with shop.database.transaction() as session:
        name = "uq_enrollment_active"
        session.connection().exec_driver_sql(f"DROP INDEX {name}")
        waiting = session.execute(
            select(Enrollment.contact_id, Enrollment.subject_id).where(WAITING)
        ).one()
        session.execute(
            update(Enrollment)
            .where(GONE)
            .values(
                contact_id=waiting.contact_id,
                subject_id=waiting.subject_id,
                status=1,
                wake_at=shop.now,
                ended_at=None,
                reason=None,
            )
        )


BREAKS = {
    "journey_books": lambda shop: change(
        shop, update(Tally).where(Tally.node < 0, Tally.label == "entered").values(n=Tally.n + 1)
    ),
    "node_books": lambda shop: change(shop, delete(Tally).where(Tally.label == "way:1")),
    "entries": lambda shop: change(shop, update(JourneyEntry).values(entries=2)),
    "one_active": put_two_inside,
    "active_wakes": lambda shop: change(
        shop, update(Enrollment).where(WAITING).values(wake_at=None)
    ),
    "ended_says_why": lambda shop: change(shop, update(Enrollment).where(GONE).values(reason=None)),
    "waits_where_one_can": lambda shop: change(
        shop, update(Enrollment).where(WAITING).values(node=place_of(shop, "fork"))
    ),
    "left_is_silent": lambda shop: change(
        shop,
        update(Message)
        .where(Message.enrollment_id.in_(select(Enrollment.id).where(GONE)))
        .values(state=0),
    ),
    "message_once": double_message,
    "message_leaves_once": double_message,
    "message_has_enrollment": lambda shop: change(
        shop, update(Message).values(enrollment_id=Message.enrollment_id + 100)
    ),
    "message_says_when": lambda shop: change(shop, update(Message).values(state=2)),
    "passes_run_on": double_pass,
    "gone_hold_nothing": join_contact,
    "unsubscribed_means_now": say_no_earlier,
}


def place_of(shop, key):
    from engine.journeys.running.live import load_plans

    with shop.database.reading() as session:
        return load_plans(session, [1])[1].places[key]


def test_every_invariant_is_shown_able_to_break():
    assert set(BREAKS) == {one.name for one in INVARIANTS}


@pytest.mark.parametrize("name", BREAKS)
def test_r127_what_breaks_an_invariant_is_found(lived, name):
    BREAKS[name](lived)
    assert name in (found := find(lived))
    assert found[name]
    assert all("document" not in row for row in found[name])


def test_what_broke_is_kept_for_figures_and_told_once_a_day(lived):
    BREAKS["active_wakes"](lived)
    for _ in range(2):
        with lived.database.transaction() as session:
            record_broken(session, find_broken(session), now=lived.now)
    with lived.database.reading() as session:
        counts = count_broken(session)
    assert counts["active_wakes"] == 1
    assert sum(counts.values()) == 1
    ((to, words),) = lived.ask(Notice.to, Notice.words)
    assert to == "role:admin"
    assert words.startswith("The books do not balance (active_wakes): Who is under way has")
    ((said,),) = lived.ask(Notice.said)
    speak("de")
    try:
        assert str(load_sentence(said)).startswith(
            "Die Bücher gehen nicht auf (active_wakes): Wer unterwegs ist"
        )
    finally:
        speak(ENGLISH)
    lived.now += timedelta(days=1)
    with lived.database.transaction() as session:
        record_broken(session, find_broken(session), now=lived.now)
        record_broken(session, [], now=lived.now)
    assert len(lived.ask(Notice.id)) == 2
    with lived.database.reading() as session:
        assert set(count_broken(session).values()) == {0}


def test_of_many_enrollments_the_newest_are_looked_at_and_sums_are_left(lived, monkeypatch):
    BREAKS["ended_says_why"](lived)
    BREAKS["entries"](lived)
    assert set(find(lived)) >= {"ended_says_why", "entries"}
    monkeypatch.setattr("engine.invariants.checking.MOST_SUMMED", 0)
    assert find(lived, newest=1) == {}


def test_r098_a_second_message_of_one_visit_is_found(lived):
    double_message(lived)
    assert set(find(lived)) == {"message_once", "message_leaves_once"}


def test_what_another_channel_was_tried_after_has_not_left(lived):
    double_message(lived, channel="sms")
    assert set(find(lived)) == {"message_leaves_once"}
    with lived.database.transaction() as session:
        session.execute(update(Message).where(Message.channel == "sms").values(state=3))
    assert find(lived) == {}
