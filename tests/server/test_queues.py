"""The figures of the lanes, what is set aside, and putting it back."""

from datetime import timedelta

import pytest

from engine.db import Database
from engine.errors import Invalid
from engine.journeys.deciding.states import EnrollmentStatus
from engine.messages.states import MessageState
from engine.models.event import EventBatch
from engine.models.journey import Enrollment, Occurrence, Watch
from engine.models.message import Message
from engine.models.operation import LaneMinute, Process
from engine.models.segment import Segment, SegmentRecheck
from engine.tasks import Lane
from server import queues
from tests.server import rows
from tests.server.conftest import START

MINUTE = timedelta(minutes=1)


def figures(session, now=START, wall=START):
    return {each.lane: each for each in queues.read_lanes(session, now=now, wall=wall)}


def test_an_empty_instance_has_nothing_to_do(database):
    with database.reading() as session:
        for each in figures(session).values():
            assert (each.depth, each.oldest_seconds, each.per_minute) == (0, None, 0)
        assert set(queues.count_set_aside(session).values()) == {0}
        assert queues.list_set_aside(session) == []


def test_depth_and_age_count_what_is_due_and_nothing_else(database):
    with database.transaction() as session:
        contact = rows.add_contact(session, START)
        other = rows.add_contact(session, START)
        journey, version = rows.add_journey(session, START)
        rows.add_batch(session, START - 2 * MINUTE)
        rows.add_batch(session, START - 1 * MINUTE)
        rows.add_batch(session, START - 9 * MINUTE, set_aside_at=START)
        rows.add_enrollment(session, START, journey, version, contact, wake_at=START - 5 * MINUTE)
        rows.add_enrollment(session, START, journey, version, other, wake_at=START + MINUTE)
        rows.add_message(session, START - 3 * MINUTE, contact)
        rows.add_message(session, START, contact, due_at=START + MINUTE)
        rows.add_message(session, START, contact, channel="sms", state=MessageState.SENT)
        rows.add(
            session,
            Watch(journey_id=journey.id, contact_id=contact.id, key="", due_at=START - MINUTE),
        )
        rows.add(session, Occurrence(journey_id=journey.id, key="x", at=START - 7 * MINUTE))
        rows.add(
            session,
            Segment(key="s", name="S", condition={}, created_at=START, updated_at=START),
        )
        rows.add(session, SegmentRecheck(segment="s", contact_id=contact.id, due_at=START + MINUTE))
    with database.reading() as session:
        found = {lane: (each.depth, each.oldest_seconds) for lane, each in figures(session).items()}
    assert found == {
        Lane.INGEST: (2, 120),
        Lane.ADVANCE: (1, 300),
        Lane.EMAIL: (1, 180),
        Lane.SMS: (0, None),
        Lane.PUSH: (0, None),
        Lane.WEBHOOK: (0, None),
        Lane.SEGMENTS: (3, 420),
    }


def test_rates_weigh_this_minute_and_the_last(database):
    with database.transaction() as session:
        queues.count_minute(session, Lane.EMAIL, done=60, failed=2, wall=START - MINUTE)
        queues.count_minute(session, Lane.EMAIL, done=10, failed=0, wall=START)
        queues.count_minute(session, Lane.EMAIL, done=5, failed=1, wall=START)
        queues.count_minute(session, Lane.EMAIL, done=900, failed=0, wall=START - 2 * MINUTE)
        queues.count_minute(session, Lane.SMS, done=1, failed=0, wall=START)
    with database.reading() as session:
        email = figures(session, wall=START + timedelta(seconds=30))[Lane.EMAIL]
    assert email.per_minute == 15 + 60 / 2
    assert email.failed_per_minute == 1 + 2 / 2
    assert (email.done, email.failed) == (975, 3)


def set_things_aside(database: Database):
    with database.transaction() as session:
        contact = rows.add_contact(session, START)
        journey, version = rows.add_journey(session, START)
        batch = rows.add_batch(session, START, set_aside_at=START, error="ValueError", attempts=5)
        enrollment = rows.add_enrollment(
            session,
            START,
            journey,
            version,
            contact,
            status=EnrollmentStatus.FAILED,
            reason="no_such_node",
            wake_at=None,
            ended_at=START,
        )
        messages = [
            rows.add_message(
                session,
                START,
                contact,
                channel=channel,
                state=state,
                reason=reason,
                attempts=4,
                crashes=3,
            )
            for channel, state, reason in (
                ("email", MessageState.FAILED, "refused"),
                ("sms", MessageState.UNCERTAIN, "no_answer"),
                ("webhook", MessageState.SET_ASIDE, "crashed"),
            )
        ]
        rows.add_message(session, START, contact, state=MessageState.SENT)
        rows.add_message(session, START, contact, state=MessageState.SKIPPED, reason="expired")
        return batch.id, enrollment.id, [message.id for message in messages]


def test_what_is_set_aside_is_shown_with_its_reason(database):
    batch, enrollment, messages = set_things_aside(database)
    with database.reading() as session:
        shown = {each.id: (each.lane, each.reason) for each in queues.list_set_aside(session)}
        counts = queues.count_set_aside(session)
    assert shown == {
        f"batch:{batch}": (Lane.INGEST, "ValueError"),
        f"enrollment:{enrollment}": (Lane.ADVANCE, "no_such_node"),
        f"message:{messages[0]}": (Lane.EMAIL, "refused"),
        f"message:{messages[1]}": (Lane.SMS, "no_answer"),
        f"message:{messages[2]}": (Lane.WEBHOOK, "crashed"),
    }
    assert counts == dict.fromkeys(Lane, 1) | {Lane.PUSH: 0, Lane.SEGMENTS: 0}


def test_replay_puts_things_back_once(database):
    batch, enrollment, messages = set_things_aside(database)
    ids = [
        f"batch:{batch}",
        f"enrollment:{enrollment}",
        *(f"message:{each}" for each in messages),
    ]
    later = START + timedelta(hours=1)
    with database.transaction() as session:
        assert queues.replay(session, ids, now=later) == 5
    with database.transaction() as session:
        assert queues.replay(session, ids, now=later) == 0
        row = session.get_one(EventBatch, batch)
        assert (row.set_aside_at, row.attempts, row.error) == (None, 0, None)
        row = session.get_one(Enrollment, enrollment)
        assert (row.status, row.wake_at, row.ended_at, row.reason) == (
            EnrollmentStatus.DUE,
            later,
            None,
            None,
        )
        for each in messages:
            row = session.get_one(Message, each)
            assert (row.state, row.due_at, row.attempts, row.crashes) == (
                MessageState.QUEUED,
                later,
                0,
                0,
            )
        assert queues.list_set_aside(session) == []


def test_replay_leaves_alone_what_is_not_set_aside(database):
    with database.transaction() as session:
        contact = rows.add_contact(session, START)
        journey, version = rows.add_journey(session, START)
        sent = rows.add_message(session, START, contact, state=MessageState.SENT)
        ended = rows.add_enrollment(
            session,
            START,
            journey,
            version,
            contact,
            status=EnrollmentStatus.COMPLETED,
            wake_at=None,
        )
        waiting = rows.add_batch(session, START)
        ids = [f"message:{sent.id}", f"enrollment:{ended.id}", f"batch:{waiting.id}", "batch:999"]
        assert queues.replay(session, ids, now=START) == 0


def test_an_enrollment_is_not_put_back_beside_its_successor(database):
    _, enrollment, _ = set_things_aside(database)
    with database.transaction() as session:
        former = session.get_one(Enrollment, enrollment)
        session.add(
            Enrollment(
                journey_id=former.journey_id,
                version_id=former.version_id,
                contact_id=former.contact_id,
                subject_id=former.subject_id,
                entry_key=former.entry_key,
                status=EnrollmentStatus.WAITING,
                node=0,
                entered_at=START,
                arrived_at=START,
            )
        )
        session.flush()
        assert queues.replay(session, [f"enrollment:{enrollment}"], now=START) == 0


@pytest.mark.parametrize(
    "id_",
    [
        "",
        "batch",
        "batch:",
        "batch:x",
        "batch:-1",
        "user:1",
        "batch:1 or 1=1",
        "message:1.5",
        "batch:" + "9" * 19,
        "batch:٣",
    ],
)
def test_an_id_of_no_known_form_is_refused(sqlite_database, id_):
    with sqlite_database.transaction() as session, pytest.raises(Invalid):
        queues.replay(session, [id_], now=START)


def test_a_process_is_alive_while_it_is_heard_of(database):
    with database.transaction() as session:
        process = Process(id="a:1", role="worker", started_at=START, details={})
        queues.note_process(session, process, wall=START)
    with database.transaction() as session:
        process = Process(id="a:1", role="worker", started_at=START, details={})
        queues.note_process(session, process, wall=START + MINUTE)
    with database.reading() as session:
        (seen,) = queues.list_processes(session)
        assert seen.seen_at == START + MINUTE
        assert queues.is_alive(seen, wall=START + MINUTE + timedelta(seconds=19))
        assert not queues.is_alive(seen, wall=START + MINUTE + timedelta(seconds=20))


def test_old_minutes_and_dead_processes_are_forgotten(database):
    with database.transaction() as session:
        queues.count_minute(session, Lane.EMAIL, done=1, failed=0, wall=START - timedelta(days=2))
        queues.count_minute(session, Lane.EMAIL, done=1, failed=0, wall=START)
        for id_, age in (("old", timedelta(days=2)), ("new", MINUTE)):
            process = Process(id=id_, role="worker", started_at=START, details={})
            queues.note_process(session, process, wall=START - age)
        queues.prune(session, wall=START)
        assert session.query(LaneMinute).count() == 1
        assert [each.id for each in queues.list_processes(session)] == ["new"]
