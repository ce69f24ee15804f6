"""Journeys about records: one ticket, one deal, one cart of several (rule 136)."""

import pytest
from sqlalchemy import select

from channels.base import Receipt, Verdict
from engine.errors import Invalid, NotFound
from engine.journeys.records import keep_record
from engine.journeys.responding.answering import answer
from engine.journeys.responding.forgetting import ask_for_erasure
from engine.messages.handover.delivery import record
from engine.messages.handover.delivery import start as start_parcels
from engine.messages.parcels import Result
from engine.models.contact import Contact, Identity
from engine.models.event import Event
from engine.models.journey import Enrollment, JourneyEntry, Watch
from engine.models.message import Message
from engine.models.record import Record
from tests.claiming import claim
from tests.shop import NOON, SEND

DAY = {"kind": "wait", "for": "P1D", "next": "b"}
RESOLVED = {"kind": "state", "to": ["resolved"]}
REOPENED = {
    "event": "Record Changed",
    "where": {"property": "state", "op": "is", "value": "open"},
    "reason": "reopened",
}


@pytest.fixture
def desk(shop):
    """A shop with a help desk; Ann and Bob are known."""
    for who in ("ann", "bob"):
        shop.say("identify", userId=who, traits={"plan": "pro"})
    shop.work()
    return shop


def keep(desk, key, state="open", *, who="ann", type_="ticket", **fields):
    with desk.database.transaction() as session:
        kept = keep_record(
            session, type_, key, contact=who, state=state, fields=fields, now=desk.now
        )
    desk.work()
    return kept


def start(desk, change, *, nodes=None, start="w", type_="ticket", **document):
    return desk.publish(
        subject="record",
        trigger={"kind": "record", "type": type_, "change": change},
        start=start,
        nodes=nodes or {"w": DAY, "b": SEND},
        **document,
    )


def list_inside(desk):
    with desk.database.reading() as session:
        rows = session.execute(
            select(Record.key, Enrollment.status, Enrollment.reason)
            .join(Record, Record.id == Enrollment.subject_id)
            .where(Enrollment.subject_kind == "record")
            .order_by(Enrollment.id)
        )
        return [tuple(row) for row in rows]


def test_r136_two_closed_tickets_are_two_enrollments_and_reopening_one_ends_its_own(desk):
    start(desk, RESOLVED, exits=[REOPENED])
    keep(desk, "t1")
    keep(desk, "t2")
    keep(desk, "t1", "resolved")
    desk.pass_time(hours=6)
    keep(desk, "t2", "resolved")
    assert list_inside(desk) == [("t1", 1, None), ("t2", 1, None)]
    desk.pass_time(hours=6)
    keep(desk, "t1", "open")
    assert list_inside(desk) == [("t1", 3, "reopened"), ("t2", 1, None)]
    desk.pass_time(hours=17)
    assert desk.messages == []
    desk.pass_time(hours=1)
    assert desk.messages == ["b"]
    assert list_inside(desk) == [("t1", 3, "reopened"), ("t2", 2, None)]


def test_r136_tickets_of_one_person_in_one_chunk_are_two_enrollments(desk):
    start(desk, {"kind": "created"}, exits=[REOPENED])
    with desk.database.transaction() as session:
        for key, state in (("t1", "new"), ("t2", "new"), ("t1", "open")):
            keep_record(session, "ticket", key, contact="ann", state=state, fields={}, now=desk.now)
    desk.work()
    assert list_inside(desk) == [("t1", 3, "reopened"), ("t2", 1, None)]


def test_r136_what_the_contact_does_concerns_all_of_its_tickets(desk):
    start(desk, {"kind": "created"}, exits=[{"event": "Account Cancelled", "reason": "gone"}])
    keep(desk, "t1")
    keep(desk, "t2")
    keep(desk, "t3", who="bob")
    desk.say(event="Account Cancelled", userId="ann")
    desk.work()
    assert list_inside(desk) == [("t1", 3, "gone"), ("t2", 3, "gone"), ("t3", 1, None)]


def test_r136_an_event_that_names_a_ticket_ends_that_one(desk):
    answered = {"event": "Survey Answered", "match_key": "properties.ticket", "reason": "said"}
    start(desk, {"kind": "created"}, exits=[answered])
    keep(desk, "t1")
    keep(desk, "t2")
    desk.say(event="Survey Answered", userId="ann", properties={"ticket": "t2"})
    desk.work()
    assert list_inside(desk) == [("t1", 1, None), ("t2", 3, "said")]


def test_r136_a_wait_ends_by_an_event_of_its_own_ticket(desk):
    waits = {
        "kind": "wait_for",
        "paths": [{"label": "moved", "event": "Record Changed", "next": "b"}],
        "timeout": {"after": "P7D"},
    }
    start(desk, {"kind": "created"}, nodes={"w": waits, "b": SEND})
    keep(desk, "t1")
    keep(desk, "t2")
    keep(desk, "t2", "pending")
    assert list_inside(desk) == [("t1", 1, None), ("t2", 2, None)]


def test_r136_a_record_enters_once_and_another_of_the_same_contact_does_too(desk):
    start(desk, RESOLVED, nodes={"b": SEND}, start="b")
    for state in ("open", "resolved", "open", "resolved"):
        keep(desk, "t1", state)
    keep(desk, "t2", "resolved")
    assert desk.messages == ["b", "b"]
    assert desk.ask(JourneyEntry.subject_kind, JourneyEntry.entry_key, JourneyEntry.entries) == [
        ("record", "t1", 1),
        ("record", "t2", 1),
    ]


def test_conditions_and_holes_see_the_record(desk):
    branch = {
        "kind": "branch",
        "paths": [
            {
                "label": "urgent",
                "when": {
                    "all": [
                        {"subject": "priority", "op": "is", "value": "urgent"},
                        {"subject": "state", "op": "is", "value": "open"},
                        {"subject": "customer.tier", "op": "is", "value": "gold"},
                    ]
                },
                "next": "b",
            }
        ],
        "otherwise": {"next": "c"},
    }
    data = {"priority": {"$": "subject.priority"}, "key": {"$": "subject.key"}}
    start(
        desk,
        {"kind": "created"},
        entry={"when": {"subject": "priority", "op": "is_not", "value": "low"}},
        nodes={"w": branch, "b": {**SEND, "data": data}, "c": SEND},
    )
    keep(desk, "t1", priority="urgent", customer={"tier": "gold"})
    keep(desk, "t2", priority="high", customer={"tier": "gold"})
    keep(desk, "t3", priority="low")
    assert [(node, sent["data"]) for node, sent in desk.ask(Message.node, Message.data)] == [
        ("b", {"priority": "urgent", "key": "t1"}),
        ("c", {}),
    ]


def test_an_exit_condition_about_the_record_ends_it_as_it_comes_true(desk):
    low = {"when": {"subject": "priority", "op": "is", "value": "low"}, "reason": "not so urgent"}
    start(desk, {"kind": "created"}, exits=[low])
    keep(desk, "t1", priority="high")
    keep(desk, "t2", priority="high")
    keep(desk, "t2", priority="low")
    assert list_inside(desk) == [("t1", 1, None), ("t2", 3, "not so urgent")]


def test_a_changed_field_lets_in_and_a_new_record_is_no_change(desk):
    start(desk, {"kind": "changed", "field": "customer.tier"}, nodes={"b": SEND}, start="b")
    keep(desk, "t1", customer={"tier": "gold", "since": 2020}, priority="low")
    keep(desk, "t1", customer={"tier": "gold", "since": 2021}, priority="high")
    assert desk.messages == []
    keep(desk, "t1", customer={"tier": "none", "since": 2021}, priority="high")
    assert desk.messages == ["b"]


def test_a_ticket_that_nobody_touches_lets_in_at_the_moment_and_once_a_silence(desk):
    clock = {"kind": "clock", "after": "P3D", "without_change": True, "state": ["open"]}
    start(desk, clock, nodes={"b": SEND}, start="b", entry={"reentry": {"mode": "after_exit"}})
    keep(desk, "t1")
    keep(desk, "t2")
    keep(desk, "d1", type_="deal")
    desk.pass_time(days=2)
    keep(desk, "t2", priority="high")
    desk.pass_time(days=1)
    assert [key for key, _, _ in list_inside(desk)] == ["t1"]
    desk.pass_time(days=2)
    assert [key for key, _, _ in list_inside(desk)] == ["t1", "t2"]
    keep(desk, "t1", "resolved")
    desk.pass_time(days=9)
    assert len(list_inside(desk)) == 2
    keep(desk, "t1", "open")
    desk.pass_time(days=3)
    assert [key for key, _, _ in list_inside(desk)] == ["t1", "t2", "t1"]


def test_time_in_a_state_is_counted_whatever_else_changes(desk):
    start(desk, {"kind": "clock", "after": "P3D", "state": ["open"]}, nodes={"b": SEND}, start="b")
    keep(desk, "t1")
    desk.pass_time(days=2)
    keep(desk, "t1", priority="high")
    desk.pass_time(days=1)
    assert desk.messages == ["b"]


def test_r111_a_clock_runs_for_records_of_before_and_lets_no_old_one_in(desk):
    keep(desk, "old")
    desk.pass_time(days=2)
    keep(desk, "new")
    desk.pass_time(days=1)
    start(desk, {"kind": "clock", "after": "P2D"}, nodes={"b": SEND}, start="b")
    desk.pass_time(days=1)
    assert [key for key, _, _ in list_inside(desk)] == ["new"]


def test_a_ticket_of_another_person_now_goes_on_for_that_one(desk):
    clock = {"kind": "clock", "after": "P3D"}
    start(desk, clock, key="idle", nodes={"b": SEND}, start="b")
    start(desk, {"kind": "created"})
    keep(desk, "t1")
    desk.pass_time(hours=1)
    kept = keep(desk, "t1", who="bob")
    assert set(kept.changes) == {"contact"}
    [(bob,)] = desk.ask(Identity.contact_id, value="bob")
    desk.pass_time(days=3)
    assert desk.ask(Message.contact_id) == [(bob,), (bob,)]
    assert desk.ask(Watch.contact_id, Watch.due_at) == [(bob, None)]


def test_r136_a_ticket_that_changes_hands_hears_of_its_letter_and_of_its_answer(desk):
    letter = SEND | {"on_error": {"next": "q"}, "next": "q"}
    question = {
        "kind": "ask",
        "to": "owner",
        "text": "Good?",
        "paths": [{"label": "yes"}],
        "due": {"after": "P1D"},
    }
    start(desk, {"kind": "created"}, start="b", nodes={"b": letter, "q": question})
    keep(desk, "t1")
    with desk.database.transaction() as session:
        parcels = claim(session, "email", limit=9, owner="desk", now=desk.now, default_zone="UTC")
        assert start_parcels(session, parcels, now=desk.now, default_zone="UTC") == parcels
    keep(desk, "t1", who="bob")
    taken = Receipt(Verdict.ACCEPTED)
    with desk.database.transaction() as session:
        record(session, [Result(one, taken, "shop", None) for one in parcels], now=desk.now)
        # The word is on its way, and the ticket goes on to the next.
        keep_record(session, "ticket", "t1", contact="ann", state="open", fields={}, now=desk.now)
    desk.work()
    keep(desk, "t1", who="bob")
    with desk.database.transaction() as session:
        answer(session, 1, label="yes", values={}, by="user:1", now=desk.now)
    desk.work()
    assert list_inside(desk) == [("t1", 2, None)]


def test_a_ticket_that_changes_hands_before_it_is_looked_at_has_one_clock(desk):
    start(desk, {"kind": "clock", "after": "P3D", "without_change": True})
    with desk.database.transaction() as session:
        for who in ("ann", "bob"):
            fields = {"seen_by": who}
            keep_record(
                session, "ticket", "t1", contact=who, state="open", fields=fields, now=desk.now
            )
    desk.work()
    keep(desk, "t1", who="ann")
    [(ann,)] = desk.ask(Identity.contact_id, value="ann")
    assert desk.ask(Watch.contact_id) == [(ann,)]
    desk.pass_time(days=3)
    assert desk.ask(Enrollment.contact_id, Enrollment.status) == [(ann, 1)]


def test_r073_a_new_ticket_is_never_taken_for_that_of_somebody_who_was_erased(desk):
    start(desk, {"kind": "created"})
    keep(desk, "t1", who="bob")
    [(bob,)] = desk.ask(Identity.contact_id, value="bob")
    with desk.database.transaction() as session:
        ask_for_erasure(session, bob, suppresses=True, by="user:1", now=desk.now)
    desk.work()
    keep(desk, "t2", who="ann")
    assert sorted(desk.ask(Enrollment.entry_key, Enrollment.status)) == [("", 3), ("t2", 1)]
    [(old,), (new,)] = desk.ask(Enrollment.subject_id)
    assert old != new


def test_r066_records_of_a_lost_contact_go_on_for_the_one_that_stays(desk):
    desk.say(event="Hello", anonymousId="v")
    desk.work()
    start(desk, {"kind": "created"})
    [(visitor,)] = desk.ask(Identity.contact_id, value="v")
    [(uid,)] = desk.ask(Contact.uid, id=visitor)
    keep(desk, "t1", who=str(uid))
    keep(desk, "t2", who="ann")
    desk.say("identify", userId="ann", anonymousId="v")
    desk.work()
    [(ann,)] = desk.ask(Identity.contact_id, value="ann")
    assert sorted(desk.ask(Record.key, Record.contact_id)) == [("t1", ann), ("t2", ann)]
    assert desk.ask(Enrollment.contact_id, Enrollment.status) == [(ann, 1), (ann, 1)]
    assert {kind for (kind,) in desk.ask(Enrollment.subject_kind)} == {"record"}
    subjects = desk.ask(Event.subject_kind, Event.subject_id, name="Record Created")
    assert sorted(subjects) == sorted(("record", record) for (record,) in desk.ask(Record.id))
    desk.pass_time(days=1)
    assert desk.ask(Message.contact_id) == [(ann,), (ann,)]


def test_a_page_that_says_a_ticket_changed_lets_no_ticket_in(desk):
    start(desk, {"kind": "created"})
    desk.say(event="Record Created", userId="ann", properties={"type": "ticket", "key": "t9"})
    desk.work()
    assert list_inside(desk) == []


def test_what_changed_becomes_an_event_and_nothing_changed_none(desk):
    keep(desk, "t1", priority="low")
    keep(desk, "t1", priority="low")
    keep(desk, "t1", "resolved", owner="bob")
    said = [properties["changes"] for (properties,) in desk.ask(Event.properties, actor="system")]
    assert said == [
        {"state": [None, "open"], "priority": [None, "low"]},
        {"state": ["open", "resolved"], "priority": ["low", None], "owner": [None, "bob"]},
    ]
    assert desk.ask(Record.state_since, Record.updated_at) == [(NOON, NOON)]


def test_what_a_help_desk_does_is_no_activity_of_the_contact(desk):
    desk.publish(
        trigger={"kind": "inactivity", "no": "any", "for": "P30D"}, start="b", nodes={"b": SEND}
    )
    desk.pass_time(days=20)
    keep(desk, "t1")
    desk.pass_time(days=10)
    assert desk.messages == ["b", "b"]


@pytest.mark.parametrize("fields", [{"state": "x"}, {"contact": 1}, {"big": 2**60}, {"a": "\0"}])
def test_what_cannot_be_kept_is_refused(desk, fields):
    with pytest.raises(Invalid), desk.database.transaction() as session:
        keep_record(session, "ticket", "t", contact="ann", state=None, fields=fields, now=desk.now)


def test_a_record_of_nobody_is_refused(desk):
    with pytest.raises(NotFound):
        keep(desk, "t1", who="nobody")
