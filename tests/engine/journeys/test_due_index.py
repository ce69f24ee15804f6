"""Who is due is found by an index that those who have ended are not in (rule 57)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert, text

from engine.ids import new_id
from engine.journeys.running.runner import advance_due
from engine.messages.handover.delivery import Stream, claim
from engine.models.contact import Contact
from engine.models.journey import Enrollment, Journey, JourneyVersion
from engine.models.message import Message

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
ENDED, WAITING = 20_000, 4_000


@pytest.fixture
def crowded(database):
    """A journey through which many have gone, and in which some wait for days."""
    with database.transaction() as session:
        journey = Journey(key="j", name="J", state="live", draft={}, created_at=NOW, updated_at=NOW)
        session.add(journey)
        session.flush()
        version = JourneyVersion(
            journey_id=journey.id, number=1, document={}, digest="", published_at=NOW,
            published_by="test",
        )  # fmt: skip
        session.add(version)
        session.flush()
        count = ENDED + WAITING
        session.execute(
            insert(Contact),
            [
                {"id": number, "uid": new_id(), "created_at": NOW, "attributes": {}}
                for number in range(1, count + 1)
            ],
        )
        session.execute(
            insert(Enrollment),
            [
                {
                    "journey_id": journey.id,
                    "version_id": version.id,
                    "contact_id": number,
                    "subject_id": number,
                    "status": 2 if number <= ENDED else 1,
                    "node": 0,
                    "entered_at": NOW,
                    "arrived_at": NOW,
                    "wake_at": None if number <= ENDED else NOW + timedelta(days=number),
                    "data": {},
                }
                for number in range(1, count + 1)
            ],
        )
        session.execute(
            insert(Message),
            [
                {
                    "uid": new_id(),
                    "channel": "email",
                    "message_class": "marketing",
                    "contact_id": number,
                    "state": 2,
                    "created_at": NOW,
                    "due_at": NOW,
                }
                for number in range(1, ENDED + 1)
            ],
        )
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    return database


def look_for_enrollments(session):
    assert advance_due(session, now=NOW, limit=1000, default_zone="UTC") == 0


def look_for_messages(session):
    claimed = claim(
        session, Stream("email", "marketing"), now=NOW, limit=64, owner="w", default_zone="UTC"
    )
    assert claimed == []


def read_plan(database, look, words):
    """How the database finds what `look` asks for in the statement with these words."""
    asked = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        if words in statement:
            asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        with database.transaction() as session:
            look(session)
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    statement, parameters = asked[-1]
    explain = "EXPLAIN" if database.is_postgresql else "EXPLAIN QUERY PLAN"
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"{explain} {statement}", parameters)
        return "\n".join(" ".join(map(str, row)) for row in rows)


def test_r057_who_is_due_is_found_by_the_index_of_those_under_way(crowded):
    assert "ix_enrollment_due" in read_plan(crowded, look_for_enrollments, "wake_at <=")


def test_r057_what_is_to_be_sent_is_found_by_the_index_of_what_is_open(crowded):
    assert "ix_message_due" in read_plan(crowded, look_for_messages, "due_at <=")


def test_r057_who_has_ended_is_not_in_that_index(crowded):
    if not crowded.is_postgresql:
        sql = "SELECT sql FROM sqlite_master WHERE name = 'ix_enrollment_due'"
        with crowded.engine.connect() as connection:
            assert "WHERE status IN (0, 1)" in connection.exec_driver_sql(sql).scalar()
        return
    sql = "SELECT reltuples FROM pg_class WHERE relname = 'ix_enrollment_due'"
    with crowded.engine.connect() as connection:
        assert connection.exec_driver_sql(sql).scalar() == WAITING
