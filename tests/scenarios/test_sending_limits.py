"""Sending limits hold, however many journeys compete; what is over them is skipped, held or left."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from channels.base import Receipt, Verdict
from engine.contacts.merge import merge_contacts
from engine.journeys.joining import join_journeys
from engine.messages import allowances
from engine.messages.limit_settings import LimitDraft, change_limit, delete_limit
from engine.messages.states import MessageState
from engine.models.contact import Contact, Topic
from engine.models.feedback import Stream
from engine.models.journey import Enrollment
from engine.models.limit import SendingLimit, SendingUse
from engine.models.message import Message
from tests.scenarios.limiting import (
    ANN,
    HOUR,
    begin,
    hand_over,
    journey,
    limit,
    list_fates,
    tell,
)


@pytest.fixture
def ann(shop):
    shop.say("identify", userId="ann", traits=ANN)
    shop.work()
    return shop


def test_r087_what_is_over_a_limit_is_skipped_and_says_by_which(ann):
    limit(ann, 2, key="two-a-day")
    for key in "abcd":
        journey(ann, key)
    tell(ann, *"abcd")
    assert ann.deliver() == ["a", "b"]
    assert list_fates(ann)[2:] == [("c", "SKIPPED", "capped"), ("d", "SKIPPED", "capped")]
    assert set(ann.ask(Message.details, state=MessageState.SKIPPED)) == {("two-a-day",)}
    ann.pass_time(hours=24)
    tell(ann, "a")
    assert ann.deliver() == ["a"]


def test_r087_what_did_not_leave_counts_no_more_and_what_may_have_does(ann):
    limit(ann, 1)
    for key in "abc":
        journey(ann, key)
    tell(ann, "a")
    assert hand_over(ann, begin(ann), Receipt(Verdict.PERMANENT, code="550")) == ["a"]
    assert ann.ask(SendingUse.message_id) == []
    tell(ann, "b")
    assert hand_over(ann, begin(ann), Receipt(Verdict.UNCERTAIN)) == ["b"]
    tell(ann, "c")
    assert ann.deliver() == []
    ann.pass_time(minutes=1)
    assert ann.deliver() == ["b"]  # tried again, it stands not in its own way
    assert list_fates(ann)[1:] == [("b", "SENT", None), ("c", "SKIPPED", "capped")]
    assert ann.ask(SendingUse.at) == [(ann.now,)]


def test_r088_a_day_ends_at_the_recipients_midnight(shop):
    shop.say("identify", userId="ann", traits={**ANN, "timezone": "America/New_York"})
    limit(shop, 1, "day")
    for key in "abc":
        journey(shop, key)
    shop.now = datetime(2026, 3, 26, 3, tzinfo=UTC)  # 23:00 in New York, the 25th
    tell(shop, "a", "b")
    assert shop.deliver() == ["a"]
    shop.pass_time(minutes=90)  # 00:30 on the 26th
    tell(shop, "c")
    assert shop.deliver() == ["c"]
    assert list_fates(shop)[1] == ("b", "SKIPPED", "capped")


def test_r089_the_higher_priority_goes_first_then_who_came_due_earlier(ann):
    limit(ann, 2)
    journey(ann, "low", settings={"priority": "low"})
    journey(ann, "usual")
    journey(ann, "other")
    journey(ann, "high", settings={"priority": "high"})
    tell(ann, "low", "usual", "other")
    ann.now += timedelta(seconds=1)
    tell(ann, "high")
    assert ann.deliver() == ["high", "usual"]
    assert {node for node, state, _ in list_fates(ann) if state == "SKIPPED"} == {"low", "other"}


def test_r089_also_where_the_better_one_is_with_another_worker(ann):
    limit(ann, 1)
    journey(ann, "usual")
    journey(ann, "high", settings={"priority": "high"})
    tell(ann, "usual")
    mine = begin(ann)
    tell(ann, "high")
    theirs = begin(ann, owner="other")
    assert hand_over(ann, mine) == []
    assert list_fates(ann)[0] == ("usual", "QUEUED", None)  # it lets the other go first
    assert hand_over(ann, theirs) == ["high"]
    ann.pass_time(seconds=5)
    assert ann.deliver() == []
    assert list_fates(ann) == [("usual", "SKIPPED", "capped"), ("high", "SENT", None)]


def test_r089_a_better_one_that_may_not_leave_keeps_nobody_back(ann):
    limit(ann, 1)
    with ann.database.transaction() as session:
        session.add(Topic(key="tips", name="Tips", opt_in="explicit", created_at=ann.now))
    journey(ann, "usual")
    journey(ann, "high", settings={"priority": "high"}, topic="tips")
    tell(ann, "usual")
    mine = begin(ann)
    tell(ann, "high")
    assert hand_over(ann, mine) == []
    ann.pass_time(seconds=5)
    assert ann.deliver() == ["usual"]
    assert list_fates(ann)[1] == ("high", "SKIPPED", "no_consent")


def test_r089_what_a_brake_holds_back_competes_with_nobody(ann):
    limit(ann, 1)
    journey(ann, "high", settings={"priority": "high"})
    with ann.database.transaction() as session:
        session.add(Stream(channel="email", message_class="marketing", held_at=ann.now))
    ann.say(
        "identify",
        userId="ann",
        traits={"phone": "+436641234567", "consents": {"news": {"sms": True}}},
    )
    ann.publish(
        key="text", trigger={"kind": "event", "event": "text"}, start="text",
        nodes={"text": {"kind": "send_sms", "template": "text", "topic": "news"}},
    )  # fmt: skip
    tell(ann, "high", "text")
    assert ann.deliver() == []
    assert ann.deliver("sms") == ["text"]


def test_r090_null_is_no_limit_and_zero_is_never(ann):
    limit(ann, None, key="none")
    journey(ann, "a")
    journey(ann, "b")
    tell(ann, "a")
    assert ann.deliver() == ["a"]
    limit(ann, 0, key="never", policy="hold")
    tell(ann, "b")
    assert ann.deliver() == []
    assert list_fates(ann)[1] == ("b", "SKIPPED", "capped")


@pytest.mark.parametrize("flagged", [False, True])
def test_r091_orders_always_leave_and_count_when_flagged(ann, flagged):
    limit(ann, 1, counts_transactional=flagged)
    journey(ann, "order", **{"class": "transactional", "topic": ""})
    journey(ann, "news")
    tell(ann, "order")
    assert ann.deliver() == ["order"]
    tell(ann, "news", "order")
    assert set(ann.deliver()) == ({"order"} if flagged else {"order", "news"})


def test_r092_a_held_message_leaves_at_the_computed_instant(ann):
    limit(ann, 1, policy="hold", hold_for="P2D")
    journey(ann, "a")
    journey(ann, "b")
    tell(ann, "a")
    assert ann.deliver() == ["a"]
    first = ann.now
    ann.pass_time(hours=5)
    tell(ann, "b")
    assert ann.deliver() == []
    assert ann.ask(Message.due_at, node="b") == [(first + HOUR * 24,)]
    ann.pass_time(hours=18, minutes=59)
    assert ann.deliver() == []
    ann.pass_time(minutes=1)
    assert ann.deliver() == ["b"]


def test_r092_what_cannot_be_free_in_its_time_is_skipped_at_once(ann):
    limit(ann, 1, policy="hold", hold_for="PT6H")
    journey(ann, "a")
    journey(ann, "patient", gates={"on_cap": "hold", "hold_for": "P1D"})
    journey(ann, "hasty", gates={"on_cap": "skip"})
    journey(ann, "b")
    tell(ann, "a")
    ann.deliver()
    tell(ann, "patient", "hasty", "b")
    assert ann.deliver() == []
    assert list_fates(ann)[1:] == [
        ("patient", "QUEUED", None),
        ("hasty", "SKIPPED", "capped"),
        ("b", "SKIPPED", "capped"),
    ]


def test_r092_a_node_may_leave_its_journey_instead(ann):
    limit(ann, 0)
    journey(ann, "a", gates={"on_cap": "exit"})
    tell(ann, "a")
    assert ann.ask(Enrollment.ended_at) == [(None,)]
    ann.deliver()
    ann.work()
    assert ann.ask(Enrollment.reason, Enrollment.ended_at) == [("message_skipped", ann.now)]


def test_r083_what_a_limit_holds_past_its_own_limit_is_never_sent_late(ann):
    limit(ann, 1, policy="hold")
    journey(ann, "a")
    journey(ann, "b", gates={"expires_after": "PT3H"})
    tell(ann, "a")
    ann.deliver()
    tell(ann, "b")
    assert ann.deliver() == []
    ann.pass_time(hours=3)
    assert ann.deliver() == []
    assert list_fates(ann)[1] == ("b", "SKIPPED", "expired")
    ann.pass_time(hours=48)
    assert ann.deliver() == []


def test_a_limit_that_is_loosened_lets_go_at_once_what_it_held(ann):
    limit(ann, 1, policy="hold")
    for key in "abc":
        journey(ann, key)
    tell(ann, *"abc")
    assert ann.deliver() == ["a"]
    with ann.database.transaction() as session:
        draft = LimitDraft("few", "few", 2, "PT24H", policy="hold")
        change_limit(session, draft, revision=1, now=ann.now)
    assert ann.deliver() == ["b"]
    with ann.database.transaction() as session:
        delete_limit(session, "few", now=ann.now)
    assert ann.deliver() == ["c"]


def test_r068_what_either_side_got_counts_for_who_stays(ann):
    limit(ann, 1)
    journey(ann, "a")
    journey(ann, "b")
    tell(ann, "a")
    ann.deliver()
    ann.say("identify", userId="eve", traits={**ANN, "email": "eve@example.com"})
    ann.work()
    (eve,) = ann.ask(Contact.id, email="eve@example.com")
    (lost,) = ann.ask(Contact.id, email="ann@example.com")
    merges = [(lost[0], eve[0])]
    with ann.database.transaction() as session:
        join_journeys(session, merges, now=ann.now)
        merge_contacts(session, merges)
    assert ann.ask(SendingUse.contact_id) == [eve]
    ann.say(userId="eve", event="b")
    ann.work()
    assert ann.deliver() == []
    assert list_fates(ann)[1] == ("b", "SKIPPED", "capped")


def test_a_contact_that_was_joined_meanwhile_is_looked_at_again(ann):
    limit(ann, 1)
    journey(ann, "a")
    tell(ann, "a")
    parcels = begin(ann)
    ann.say("identify", userId="eve", traits={**ANN, "email": "eve@example.com"})
    ann.work()
    (eve,) = ann.ask(Contact.id, email="eve@example.com")
    merges = [(parcels[0].contact_id, eve[0])]
    with ann.database.transaction() as session:
        join_journeys(session, merges, now=ann.now)
        merge_contacts(session, merges)
    assert hand_over(ann, parcels) == []
    assert ann.deliver() == ["a"]
    assert ann.ask(SendingUse.contact_id) == [eve]


def test_without_limits_nothing_is_asked_of_them(ann):
    journey(ann, "a")
    tell(ann, "a")
    asked = []
    event.listen(ann.database.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert ann.deliver() == ["a"]
    assert asked
    assert not any("sending_use" in one or "window" in one for one in asked)


def test_what_no_window_reaches_is_forgotten(ann):
    limit(ann, 5)
    journey(ann, "a")
    tell(ann, "a")
    ann.deliver()
    for days, left in ((90, 1), (92, 0)):
        with ann.database.transaction() as session:
            allowances.prune(session, now=ann.now + timedelta(days=days))
            assert len(list(session.scalars(select(SendingUse.message_id)))) == left
    assert ann.ask(SendingLimit.key) == [("few",)]
