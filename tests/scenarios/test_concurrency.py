"""Whatever happens to one contact happens one at a time, whichever thread does it."""

import json
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from engine.events.accepting import accept
from engine.events.incoming import Trust, read_call
from engine.journeys.by_key import get_journey
from engine.journeys.deciding.moment import Moment
from engine.journeys.definition.journey import parse_journey
from engine.journeys.entering.backfills import Backfilling, let_in_earlier
from engine.journeys.entering.manual import enter
from engine.journeys.publishing.publish import publish, save_draft
from engine.journeys.reporting.reports import report
from engine.journeys.responding.reaction import react_to_events
from engine.journeys.running.runner import advance_due
from engine.journeys.watching.watches import release_due
from engine.models.contact import Contact
from engine.models.event import Event
from engine.models.journey import Enrollment, JourneyEntry, JourneyVersion, Pass, Tally
from engine.models.message import Message, Template

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
MOMENT = Moment(NOW, "UTC", timedelta(hours=72))


def prepare(database, *, backfill=None, **document):
    with database.transaction() as session:
        session.add(Template(key="t", channel="email", name="t", created_at=NOW))
        parsed = parse_journey(json.dumps({"format": 1, "key": "j", "name": "J", **document}))
        save_draft(session, parsed, now=NOW)
        publish(session, "j", by="test", now=NOW, backfill=backfill)


def say(database, **call):
    with database.transaction() as session:
        read = read_call(call, kind=None, received_at=NOW)
        accept(session, [read], source="key:1", trust=Trust.WRITE, now=NOW)


def at_once(*works):
    """Run works in threads that start together; raise what any raised."""
    gate, raised = threading.Barrier(len(works)), []

    def begin(work):
        gate.wait()
        try:
            work()
        except Exception as error:  # noqa: BLE001 - shown by the caller
            raised.append(error)

    threads = [threading.Thread(target=begin, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []


def react(database):
    while True:
        with database.transaction() as session:
            if not react_to_events(session, MOMENT, limit=7):
                return


def advance(database):
    while True:
        with database.transaction() as session:
            if not advance_due(session, now=NOW, limit=7, default_zone="UTC"):
                return


def test_r012_fifty_events_at_once_make_one_enrollment(database):
    prepare(
        database,
        trigger={"kind": "event", "event": "Signed Up"},
        start="a",
        nodes={"a": {"kind": "wait", "for": "P1D"}},
    )
    at_once(
        *(
            lambda n=n: say(
                database, type="track", event="Signed Up", userId="ann", messageId=f"{n}"
            )
            for n in range(50)
        )
    )
    at_once(*(lambda: react(database) for _ in range(4)))
    react(database)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == 50
        assert session.scalar(select(func.count()).select_from(Contact)) == 1
        assert session.scalar(select(func.count()).select_from(Enrollment)) == 1


def test_r001_sent_twice_from_many_threads_counts_once(database):
    works = [
        lambda n=n: say(database, type="track", event="A", userId=f"u{n}", messageId=f"m{n}")
        for n in range(20)
        for _ in range(3)
    ]
    at_once(*works)
    at_once(*(lambda: react(database) for _ in range(3)))
    react(database)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == 20


def test_r020_an_entry_cap_admits_exactly_so_many(database):
    prepare(
        database,
        trigger={"kind": "api"},
        entry={"at_most": 5},
        start="a",
        nodes={"a": {"kind": "wait", "for": "P1D"}},
    )
    for number in range(20):
        say(database, type="identify", userId=f"u{number}")
    react(database)

    def let_in(number):
        with database.transaction() as session:
            enter(session, "j", [f"u{number}"], data={}, now=NOW, default_zone="UTC")

    at_once(*(lambda n=n: let_in(n) for n in range(20)))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Enrollment)) == 5


def test_r012_fifty_calls_at_once_make_one_enrollment(database):
    prepare(
        database,
        trigger={"kind": "api"},
        start="a",
        nodes={"a": {"kind": "tag", "add": ["x"]}},
    )
    say(database, type="identify", userId="ann")
    react(database)
    became = []

    def let_in():
        with database.transaction() as session:
            became.append(enter(session, "j", ["ann"], data={}, now=NOW, default_zone="UTC")["ann"])

    at_once(*([let_in] * 25), lambda: advance(database), *([let_in] * 25))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Enrollment)) == 1
    counted = Counter(became)
    assert counted.pop("entered") == 1
    assert counted.keys() <= {"inside", "entered_before"}


def test_r013_at_no_moment_are_two_under_way_however_often_it_enters(database):
    prepare(
        database,
        trigger={"kind": "api"},
        entry={"reentry": {"mode": "after_exit"}},
        start="a",
        nodes={"a": {"kind": "tag", "add": ["x"]}},
    )
    say(database, type="identify", userId="ann")
    react(database)

    def let_in():
        with database.transaction() as session:
            enter(session, "j", ["ann"], data={}, now=NOW, default_zone="UTC")
            active = select(func.count()).where(Enrollment.status.in_((0, 1)))
            assert session.scalar(active) == 1

    at_once(*([let_in] * 20), *([lambda: advance(database)] * 3))
    advance(database)
    with database.reading() as session:
        assert session.scalar(select(func.sum(JourneyEntry.entries))) == session.scalar(
            select(func.count()).where(Enrollment.status == 2)
        )


def test_r020_silences_that_end_at_once_fill_a_cap_exactly(database):
    prepare(
        database,
        trigger={
            "kind": "absence",
            "after": {"event": "Product Added"},
            "without": {"event": "Order Completed"},
            "within": "PT1H",
        },
        entry={"at_most": 5},
        start="a",
        nodes={"a": {"kind": "wait", "for": "P1D"}},
    )
    for number in range(20):
        say(database, type="track", event="Product Added", userId=f"u{number}")
    react(database)
    later = NOW + timedelta(hours=1)

    def release():
        done = True
        while done:
            with database.transaction() as session:
                done = release_due(session, now=later, limit=3, default_zone="UTC")

    at_once(*([release] * 6))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Enrollment)) == 5


def test_r021_who_enters_while_another_version_is_published_is_on_exactly_one(database):
    prepare(
        database, trigger={"kind": "api"}, start="a", nodes={"a": {"kind": "tag", "add": ["x"]}}
    )
    for number in range(30):
        say(database, type="identify", userId=f"u{number}")
    react(database)

    def let_in(number):
        with database.transaction() as session:
            enter(session, "j", [f"u{number}"], data={}, now=NOW, default_zone="UTC")

    def edit(number):
        document = {"format": 1, "key": "j", "name": f"J{number}", "trigger": {"kind": "api"}}
        nodes = {"start": "a", "nodes": {"a": {"kind": "wait", "for": f"P{number}D"}}}
        with database.transaction() as session:
            save_draft(session, parse_journey(json.dumps({**document, **nodes})), now=NOW)
            publish(session, "j", by="test", now=NOW)

    at_once(*(lambda n=n: let_in(n) for n in range(30)), *(lambda n=n: edit(n) for n in (1, 2, 3)))
    with database.reading() as session:
        per_version = Counter(session.scalars(select(Enrollment.version_id)))
        versions = set(session.scalars(select(JourneyVersion.id)))
        counted = dict(
            session.execute(
                select(Tally.version_id, Tally.n).where(Tally.node == -1, Tally.label == "entered")
            ).all()
        )
    assert sum(per_version.values()) == 30
    assert per_version == counted
    assert per_version.keys() <= versions
    assert len(versions) == 4


def test_r112_r114_two_backfills_and_the_events_of_the_same_people_make_one_each(database):
    for number in range(40):
        say(database, type="track", event="Signed Up", userId=f"u{number}", messageId=f"a{number}")
    react(database)
    prepare(
        database,
        trigger={"kind": "event", "event": "Signed Up"},
        entry={"reentry": {"mode": "after_exit"}},
        backfill=Backfilling("now"),
        start="a",
        nodes={"a": {"kind": "wait", "for": "P1D"}},
    )
    for number in range(40):
        say(database, type="track", event="Signed Up", userId=f"u{number}", messageId=f"b{number}")

    def let_in():
        done = True
        while done:
            with database.transaction() as session:
                done = let_in_earlier(session, now=NOW, limit=7, default_zone="UTC")

    at_once(let_in, let_in, lambda: react(database), lambda: advance(database))
    let_in()
    react(database)
    with database.reading() as session:
        per_contact = Counter(session.scalars(select(Enrollment.contact_id)))
    assert len(per_contact) == 40
    assert set(per_contact.values()) == {1}


def test_r050_each_step_happens_once_however_many_workers_there_are(database):
    send = {"kind": "send_email", "template": "t", "class": "transactional"}
    prepare(
        database,
        trigger={"kind": "event", "event": "Signed Up"},
        entry={"reentry": {"mode": "after_exit"}},
        start="a",
        nodes={
            "a": {**send, "next": "b"},
            "b": {"kind": "tag", "add": ["x"], "next": "c"},
            "c": send,
        },
    )
    for number in range(60):
        say(database, type="track", event="Signed Up", userId=f"u{number}", messageId=f"{number}")
    at_once(
        lambda: react(database),
        lambda: react(database),
        *(lambda: advance(database) for _ in range(4)),
    )
    react(database)
    advance(database)
    with database.reading() as session:
        per_node = Counter(session.scalars(select(Message.node)))
        passes = session.scalar(select(func.count()).select_from(Pass))
        figures = report(session, get_journey(session, "j"))
        tags = Counter(map(str, session.scalars(select(Contact.attributes["tags"]))))
    assert per_node == {"a": 60, "c": 60}
    assert passes == 60
    assert tags == {"['x']": 60}
    assert figures["entered"] == figures["completed"] == 60
    assert figures["active"] == 0
    assert {key: node["entered"] for key, node in figures["nodes"].items()} == dict.fromkeys(
        "abc", 60
    )


@pytest.mark.parametrize("events", [("Product Added", "Order Completed")])
def test_r050_r080_an_exit_and_a_due_step_never_interleave(database, events):
    started, ended = events
    prepare(
        database,
        trigger={"kind": "event", "event": started},
        entry={"reentry": {"mode": "after_exit"}},
        exits=[{"event": ended, "reason": "bought"}],
        start="a",
        nodes={"a": {"kind": "send_email", "template": "t", "class": "transactional"}},
    )
    for number in range(40):
        say(database, type="track", event=started, userId=f"u{number}")
    react(database)
    for number in range(40):
        say(database, type="track", event=ended, userId=f"u{number}")
    at_once(lambda: react(database), lambda: advance(database), lambda: advance(database))
    with database.reading() as session:
        statuses = Counter(session.scalars(select(Enrollment.status)))
        written = session.scalar(select(func.count()).select_from(Message))
    assert statuses[2] + statuses[3] == 40
    assert written == statuses[2]
