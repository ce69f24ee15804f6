"""Who may enter a journey, when, how often, and what is kept of those who may not."""

import json
from collections import Counter
from datetime import timedelta

import pytest

from engine.errors import Invalid, InvalidJourney
from engine.events.accepting import accept
from engine.events.incoming import Trust, read_call
from engine.journeys.entering.manual import enter
from engine.journeys.publishing.pausing import pause
from engine.journeys.publishing.stopping import stop
from engine.models.entry import EntryRefusal, LateEntry
from engine.models.journey import Enrollment, Tally
from engine.models.segment import Segment
from engine.segments.membership import refresh
from tests.shop import NOON, SEND

SIGNUP = {"kind": "event", "event": "Signed Up"}
STAY = {"start": "a", "nodes": {"a": {"kind": "wait", "for": "P1D"}}}
PRO = {"attribute": "plan", "op": "is", "value": "pro"}
AGAIN = {"mode": "after_exit"}


def say(shop, *calls):
    """Send calls in one request."""
    with shop.database.transaction() as session:
        read = [read_call(call, kind=None, received_at=shop.now) for call in calls]
        accept(session, read, source="key:1", trust=Trust.WRITE, now=shop.now)
    shop.work()


def sign_up(shop, name="ann", **call):
    say(shop, {"type": "track", "event": "Signed Up", "userId": name, **call})


def upgrade(shop, name="ann", plan="pro"):
    say(shop, {"type": "identify", "userId": name, "traits": {"plan": plan}})


def count(shop, **by):
    return len(shop.ask(Enrollment.id, **by))


# --- ingestion and order -----------------------------------------------------------------------


def test_r003_what_one_request_says_of_a_contact_is_known_before_its_events_trigger(shop):
    shop.publish(trigger=SIGNUP, entry={"when": PRO}, **STAY)
    say(
        shop,
        {"type": "track", "event": "Signed Up", "userId": "ann"},
        {"type": "identify", "userId": "ann", "traits": {"plan": "pro"}},
    )
    sign_up(shop, "bob", context={"traits": {"plan": "pro"}})
    assert count(shop) == 2


def test_r005_an_old_event_lets_nobody_in(shop):
    shop.publish(trigger=SIGNUP, **STAY)
    for name, hours in (("old", 73), ("new", 71)):
        at = shop.now - timedelta(hours=hours)
        sign_up(shop, name, timestamp=at.isoformat())
    assert count(shop) == 1


def test_r009_what_a_visitor_did_before_it_was_known_lets_nobody_in(shop):
    say(shop, {"type": "track", "event": "Signed Up", "anonymousId": "visitor"})
    shop.publish(trigger=SIGNUP, **STAY)
    say(shop, {"type": "identify", "userId": "ann", "anonymousId": "visitor", "traits": {}})
    assert count(shop) == 0


# --- gates -------------------------------------------------------------------------------------


def test_r011_the_first_gate_that_says_no_is_kept_with_what_it_saw(shop):
    shop.publish(trigger=SIGNUP, entry={"when": PRO, "at_most": 1}, **STAY)
    upgrade(shop, "bob")
    sign_up(shop, "bob")
    upgrade(shop, plan="free")
    sign_up(shop)
    ((reason, details, event_id, version),) = shop.ask(
        EntryRefusal.reason, EntryRefusal.details, EntryRefusal.event_id, EntryRefusal.version_id
    )
    assert reason == "filter"
    assert details == {"leaves": [[False, "free"]]}
    assert event_id is not None
    assert version == 1
    upgrade(shop)
    sign_up(shop)
    assert shop.ask(EntryRefusal.reason, EntryRefusal.details) == [("full", {"at_most": 1})]
    counted = dict(shop.ask(Tally.label, Tally.n, node=-1))
    assert (counted["entered"], counted["refused:filter"], counted["refused:full"]) == (1, 1, 1)


def test_r011_a_busy_trigger_writes_its_refusal_once_an_hour(shop):
    shop.publish(trigger=SIGNUP, **STAY)
    sign_up(shop)
    for _ in range(3):
        sign_up(shop)
        shop.pass_time(minutes=20)
    assert shop.ask(EntryRefusal.at, EntryRefusal.times) == [(NOON, 1)]
    sign_up(shop)
    assert shop.ask(EntryRefusal.at, EntryRefusal.times) == [(NOON + timedelta(hours=1), 2)]
    assert shop.ask(Tally.n, label="refused:inside") == [(4,)]


def test_r011_a_long_filter_is_kept_short(shop):
    leaves = [{"attribute": f"a{n}", "op": "is", "value": "x" * 500} for n in range(60)]
    shop.publish(trigger=SIGNUP, entry={"when": {"all": leaves}}, **STAY)
    sign_up(shop)
    ((details,),) = shop.ask(EntryRefusal.details)
    assert len(json.dumps(details)) < 5_000


def test_r012_never_is_never_also_after_leaving(shop):
    shop.publish(trigger=SIGNUP, start="a", nodes={"a": SEND})
    sign_up(shop)
    sign_up(shop)
    assert count(shop) == 1
    assert shop.ask(EntryRefusal.reason) == [("entered_before",)]


def test_r013_who_is_inside_enters_again_only_after_leaving(shop):
    shop.publish(trigger=SIGNUP, entry={"reentry": AGAIN}, **STAY)
    sign_up(shop)
    sign_up(shop)
    assert count(shop) == 1
    shop.pass_time(days=1)
    sign_up(shop)
    assert count(shop) == 2


def test_r014_the_interval_counts_from_the_last_entry_and_its_end_is_inside(shop):
    reentry = {**AGAIN, "not_within": "P2D"}
    shop.publish(trigger=SIGNUP, entry={"reentry": reentry}, **STAY)
    sign_up(shop)
    shop.pass_time(days=1)  # left; the interval goes on from the entry
    shop.pass_time(hours=23, minutes=59, seconds=59)
    sign_up(shop)
    assert count(shop) == 1
    assert shop.ask(EntryRefusal.reason, EntryRefusal.details) == [
        ("too_soon", {"entered_at": "2026-03-25T12:00:00Z"})
    ]
    shop.pass_time(seconds=1)
    sign_up(shop)
    assert count(shop) == 2


def test_r015_two_orders_are_two_enrollments_and_one_twice_is_one(shop):
    shop.publish(trigger={**SIGNUP, "entry_key": "properties.order_id"}, **STAY)
    for order in ("one", "two", "one", None):
        sign_up(shop, properties={"order_id": order})
    assert sorted(shop.ask(Enrollment.entry_key)) == [("one",), ("two",)]
    assert shop.ask(EntryRefusal.reason) == [("no_entry_key",)]


def test_r015_an_order_has_its_key_also_by_hand(shop):
    shop.publish(trigger={"kind": "api"}, **STAY)
    upgrade(shop)

    def let_in(**keys):
        with shop.database.transaction() as session:
            return enter(
                session, "j", ["ann"], data={}, entry_keys=keys, now=shop.now, default_zone="UTC"
            )

    assert let_in(ann="one") == let_in(ann="two") == {"ann": "entered"}
    assert let_in(ann="one") == {"ann": "inside"}
    with pytest.raises(Invalid, match="bob"):
        let_in(bob="one")
    assert sorted(shop.ask(Enrollment.entry_key)) == [("one",), ("two",)]


# --- grace -------------------------------------------------------------------------------------

GRACE = {"when": PRO, "grace": "PT30M"}


def test_r016_within_the_grace_the_first_event_still_lets_in(shop):
    shop.publish(trigger=SIGNUP, entry=GRACE, **STAY)
    sign_up(shop, properties={"from": "shop"})
    assert count(shop) == 0
    assert shop.ask(LateEntry.until) == [(NOON + timedelta(minutes=30),)]
    shop.pass_time(minutes=29)
    upgrade(shop)
    ((data, entered_at),) = shop.ask(Enrollment.data, Enrollment.entered_at)
    assert data["trigger"]["properties"] == {"from": "shop"}
    assert data["trigger"]["occurred_at"] == "2026-03-25T12:00:00Z"
    assert data["cause"][0] == data["trigger"]["id"]
    assert entered_at == shop.now
    assert shop.ask(LateEntry.until) == shop.ask(EntryRefusal.reason) == []


def test_r016_when_it_is_over_the_refusal_is_kept_and_counted_once(shop):
    shop.publish(trigger=SIGNUP, entry=GRACE, **STAY)
    sign_up(shop)
    shop.pass_time(minutes=29)
    assert shop.ask(EntryRefusal.reason) == []
    shop.pass_time(minutes=1)
    assert shop.ask(EntryRefusal.reason, EntryRefusal.at) == [("filter", shop.now)]
    assert shop.ask(Tally.n, label="refused:filter") == [(1,)]
    assert shop.ask(LateEntry.until) == []
    upgrade(shop)
    assert count(shop) == 0


def test_r016_there_is_one_late_entry_a_key_and_the_later_trigger_is_it(shop):
    trigger = {**SIGNUP, "entry_key": "properties.order_id"}
    shop.publish(trigger=trigger, entry=GRACE, **STAY)
    for order, step in (("one", 1), ("two", 2), ("one", 3)):
        sign_up(shop, properties={"order_id": order, "step": step})
        shop.pass_time(minutes=10)
    assert len(shop.ask(LateEntry.until)) == 2
    upgrade(shop)
    steps = {data["trigger"]["properties"]["step"] for (data,) in shop.ask(Enrollment.data)}
    assert steps == {2, 3}


def test_r016_only_the_filter_is_asked_again(shop):
    shop.publish(trigger=SIGNUP, entry=GRACE, **STAY)
    upgrade(shop)
    sign_up(shop)
    upgrade(shop, plan="free")
    sign_up(shop)
    assert count(shop) == 1
    assert shop.ask(LateEntry.until) == []
    assert shop.ask(EntryRefusal.reason) == [("filter",)]


def test_r016_what_would_have_taken_it_out_keeps_it_from_entering_late(shop):
    exits = [{"event": "Cancelled", "reason": "cancelled"}]
    shop.publish(trigger=SIGNUP, entry=GRACE, exits=exits, **STAY)
    sign_up(shop)
    shop.now += timedelta(minutes=1)
    say(shop, {"type": "track", "event": "Cancelled", "userId": "ann"})
    upgrade(shop)
    assert count(shop) == 0
    assert shop.ask(EntryRefusal.reason) == [("exit_before_entry",)]


@pytest.mark.parametrize("how", ["pause", "stop", "another trigger"])
def test_r016_a_journey_that_lets_nobody_in_lets_nobody_in_late(shop, how):
    shop.publish(trigger=SIGNUP, entry=GRACE, **STAY)
    sign_up(shop)
    if how == "another trigger":
        shop.publish(trigger={"kind": "event", "event": "Other"}, entry=GRACE, **STAY)
    else:
        with shop.database.transaction() as session:
            if how == "pause":
                pause(session, "j", now=shop.now)
            else:
                stop(session, "j", ends_all=False, now=shop.now)
    upgrade(shop)
    shop.pass_time(hours=1)
    assert count(shop) == 0
    assert shop.ask(LateEntry.until) == []


def test_r016_whoever_is_merged_meanwhile_enters_late_as_who_stays(shop):
    shop.publish(trigger=SIGNUP, entry=GRACE, **STAY)
    upgrade(shop, plan="free")
    say(shop, {"type": "track", "event": "Signed Up", "anonymousId": "visitor"})
    ((lost,),) = shop.ask(LateEntry.contact_id)
    shop.now += timedelta(minutes=1)
    traits = {"plan": "pro"}
    say(shop, {"type": "identify", "userId": "ann", "anonymousId": "visitor", "traits": traits})
    ((entered,),) = shop.ask(Enrollment.contact_id)
    assert entered != lost
    assert shop.ask(LateEntry.contact_id) == []


def test_r016_nobody_enters_as_a_contact_that_was_merged_away(shop):
    blocked = {"attribute": "blocked", "op": "is_not", "value": True}
    shop.publish(trigger=SIGNUP, entry={"when": blocked, "grace": "PT30M"}, **STAY)
    upgrade(shop)
    say(shop, {"type": "identify", "anonymousId": "visitor", "traits": {"blocked": True}})
    say(shop, {"type": "track", "event": "Signed Up", "anonymousId": "visitor"})
    shop.now += timedelta(minutes=1)
    say(shop, {"type": "identify", "userId": "ann", "anonymousId": "visitor"})
    shop.pass_time(minutes=30)
    assert count(shop) == 0
    assert shop.ask(EntryRefusal.reason) == [("filter",)]


def test_r016_grace_without_a_filter_is_refused(shop):
    with pytest.raises(InvalidJourney, match="grace"):
        shop.publish(trigger=SIGNUP, entry={"grace": "PT30M"}, **STAY)


# --- segments, several journeys ----------------------------------------------------------------


@pytest.fixture
def pro(shop):
    """A segment that is kept, and a journey for who enters it."""
    with shop.database.transaction() as session:
        session.add(Segment(key="pro", name="P", condition=PRO, created_at=NOON, updated_at=NOON))
        session.flush()
        refresh(session, "pro", now=NOON, default_zone="UTC")
    shop.publish(
        trigger={"kind": "segment", "segment": "pro", "change": "entered"},
        entry={"reentry": AGAIN},
        start="a",
        nodes={"a": SEND},
    )
    return shop


def test_r017_becoming_a_member_lets_in_and_being_one_does_not(pro):
    upgrade(pro)
    upgrade(pro)
    with pro.database.transaction() as session:
        assert refresh(session, "pro", now=pro.now, default_zone="UTC") == (1, [])
    assert count(pro) == 1
    upgrade(pro, plan="free")
    upgrade(pro)
    assert count(pro) == 2


def test_r018_in_and_out_between_two_looks_is_not_seen_and_one_look_apart_it_is(pro):
    calls = [
        {"type": "identify", "userId": "ann", "traits": {"plan": plan}} for plan in ("pro", "free")
    ]
    say(pro, *calls)
    assert count(pro) == 0
    for call in calls:
        say(pro, call)
    assert count(pro) == 1


def test_r019_two_journeys_start_by_one_event_and_see_nothing_of_each_other(shop):
    sees_tag = {"attribute": "tags", "op": "has_any", "value": ["seen"]}
    for key in ("one", "two"):
        shop.publish(
            key=key,
            trigger=SIGNUP,
            start="a",
            nodes={
                "a": {
                    "kind": "branch",
                    "paths": [{"label": "seen", "when": sees_tag, "next": "b"}],
                    "otherwise": {"next": "b"},
                },
                "b": {"kind": "tag", "add": ["seen"]},
            },
        )
    sign_up(shop)
    assert Counter(shop.ask(Enrollment.version_id, Enrollment.status)) == {(1, 2): 1, (2, 2): 1}


def test_r020_a_cap_is_one_for_all_versions_and_none_at_all_is_zero(shop):
    shop.publish(trigger=SIGNUP, entry={"at_most": 2}, **STAY)
    sign_up(shop, "u1")
    shop.publish(trigger=SIGNUP, entry={"at_most": 2}, name="Another name", **STAY)
    for number in range(2, 5):
        sign_up(shop, f"u{number}")
    assert count(shop) == 2
    shop.publish(key="none", trigger=SIGNUP, entry={"at_most": 0}, **STAY)
    sign_up(shop, "u9")
    assert count(shop) == 2
