"""Who qualified before a journey was published: let in now, or where they would be by now."""

from collections import Counter
from datetime import timedelta

import pytest

from engine.errors import Conflict, Invalid, Unavailable
from engine.journeys.entering.backfills import Backfilling, let_in_earlier
from engine.journeys.publishing.publish import cancel_backfill
from engine.journeys.reporting.reports import report
from engine.journeys.responding.reaction import Moment, react_to_events
from engine.models.contact import Contact
from engine.models.entry import Backfill, EntryRefusal
from engine.models.journey import Enrollment, Journey
from engine.models.message import Message
from engine.models.segment import Segment, SegmentMember
from tests.shop import NOON, SEND

NOW = Backfilling("now")
BY_AGE = Backfilling("by_age")
SIGNUP = {"kind": "event", "event": "Signed Up"}
STAY = {"start": "a", "nodes": {"a": {"kind": "wait", "for": "P1D"}}}
SERIES = {
    "start": "a",
    "nodes": {
        "a": {**SEND, "next": "b"},
        "b": {"kind": "wait", "for": "P2D", "next": "c"},
        "c": {**SEND, "next": "d"},
        "d": {"kind": "wait", "for": "P5D", "next": "e"},
        "e": SEND,
    },
}


def sign_up(shop, *names, days_ago=0, event="Signed Up", **properties):
    at = shop.now - timedelta(days=days_ago)
    for name in names:
        shop.say(
            event=event,
            userId=name,
            timestamp=at.isoformat(),
            properties=properties,
            messageId=None,
        )
    shop.work()


def step(shop, limit=100):
    with shop.database.transaction() as session:
        return let_in_earlier(session, now=shop.now, limit=limit, default_zone="UTC")


def count(shop):
    return len(shop.ask(Enrollment.id))


def test_r111_publishing_alone_lets_in_nobody_who_came_before(shop):
    sign_up(shop, "ann")
    shop.publish(trigger=SIGNUP, **STAY)
    shop.work()
    assert count(shop) == 0
    sign_up(shop, "ann")
    assert count(shop) == 1


def test_r112_everybody_who_qualifies_enters_once(shop):
    sign_up(shop, *(f"u{n}" for n in range(7)))
    sign_up(shop, "u1", "u2")
    sign_up(shop, "other", event="Page Viewed")
    shop.publish(trigger=SIGNUP, backfill=NOW, **STAY)
    while step(shop, limit=3):
        pass
    shop.work()
    assert count(shop) == 7
    assert shop.ask(Backfill.asked, Backfill.entered) == [(7, 7)]
    assert shop.ask(Backfill.done_at) == [(shop.now,)]


def test_r112_a_crash_in_the_midst_makes_no_doubles(shop):
    sign_up(shop, *(f"u{n}" for n in range(9)))
    shop.publish(trigger=SIGNUP, entry={"reentry": {"mode": "after_exit"}}, backfill=NOW, **STAY)
    assert step(shop, limit=3) == 3
    with pytest.raises(Unavailable), shop.database.transaction() as session:
        let_in_earlier(session, now=shop.now, limit=3, default_zone="UTC")
        raise Unavailable("the machine went down")
    assert shop.ask(Backfill.entered) == [(3,)]
    shop.work()
    assert count(shop) == 9
    assert shop.ask(Backfill.entered) == [(9,)]


def test_r112_so_many_a_minute_enter_and_no_more(shop):
    sign_up(shop, *(f"u{n}" for n in range(25)))
    shop.publish(trigger=SIGNUP, backfill=Backfilling("now", per_minute=12), **STAY)
    entered = []
    for _ in range(13):
        shop.work()
        entered.append(count(shop))
        shop.now += timedelta(seconds=10)
    assert entered == [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 25]


def test_r112_the_filter_the_event_and_since_say_who_qualifies(shop):
    sign_up(shop, "old", days_ago=9, plan="pro")
    sign_up(shop, "free", days_ago=1, plan="free")
    sign_up(shop, "ann", "bob", days_ago=1, plan="pro")
    shop.say("identify", userId="ann", traits={"country": "de"})
    shop.work()
    shop.publish(
        trigger={**SIGNUP, "where": {"property": "plan", "op": "is", "value": "pro"}},
        entry={"when": {"attribute": "country", "op": "is", "value": "de"}, "grace": "PT30M"},
        backfill=Backfilling("now", since=shop.now - timedelta(days=2)),
        **STAY,
    )
    shop.work()
    assert shop.ask(Backfill.asked, Backfill.entered) == [(2, 1)]
    ((data,),) = shop.ask(Enrollment.data)
    assert data["trigger"]["properties"] == {"plan": "pro"}
    assert shop.ask(EntryRefusal.reason) == [("filter",)]


def test_r112_each_order_enters_and_none_that_was_ended_since(shop):
    for order in ("one", "two"):
        sign_up(shop, "ann", event="Order Placed", order_id=order)
    sign_up(shop, "ann", event="Order Cancelled", order_id="one")
    shop.publish(
        trigger={"kind": "event", "event": "Order Placed", "entry_key": "properties.order_id"},
        exits=[{"event": "Order Cancelled", "reason": "cancelled"}],
        backfill=NOW,
        **STAY,
    )
    shop.work()
    assert shop.ask(Enrollment.entry_key) == [("two",)]
    assert shop.ask(EntryRefusal.reason, EntryRefusal.entry_key) == [("exit_before_entry", "one")]


def test_r112_the_members_of_a_segment_enter_once_they_are_known(shop):
    condition = {"attribute": "plan", "op": "is", "value": "pro"}
    with shop.database.transaction() as session:
        session.add(
            Segment(key="pro", name="P", condition=condition, created_at=NOON, updated_at=NOON)
        )
    for name, plan in (("ann", "pro"), ("bob", "free")):
        shop.say("identify", userId=name, traits={"plan": plan})
    shop.work()
    shop.publish(
        trigger={"kind": "segment", "segment": "pro", "change": "entered"}, backfill=NOW, **STAY
    )
    shop.work()
    assert count(shop) == 0
    with shop.database.transaction() as session:
        session.get(Segment, "pro").refreshed_at = shop.now
        (ann,) = (row.id for row in session.query(Contact) if row.attributes["plan"] == "pro")
        session.add(SegmentMember(segment="pro", contact_id=ann, since=shop.now))
    shop.pass_time(seconds=5)
    assert shop.ask(Enrollment.contact_id) == [(ann,)]


def test_r112_who_has_the_value_already_enters(shop):
    for name, plan in (("ann", "pro"), ("bob", "free"), ("eve", None)):
        shop.say("identify", userId=name, traits={"plan": plan} if plan else {"x": 1})
    shop.work()
    shop.publish(
        trigger={"kind": "attribute", "attribute": "plan", "from": "free", "to": "pro"},
        backfill=NOW,
        **STAY,
    )
    shop.work()
    assert count(shop) == 1


def test_r112_who_is_silent_for_long_enough_enters_and_the_others_are_listened_to(shop):
    sign_up(shop, "old", event="Page Viewed")
    shop.pass_time(days=20)
    sign_up(shop, "new", event="Page Viewed")
    shop.pass_time(days=15)
    shop.publish(trigger={"kind": "inactivity", "no": "any", "for": "P30D"}, backfill=NOW, **STAY)
    shop.work()
    assert count(shop) == 1
    shop.pass_time(days=15)
    assert count(shop) == 2


def test_r112_carts_left_behind_before_enter(shop):
    for cart in ("one", "two"):
        sign_up(shop, "ann", event="Product Added", cart_id=cart)
    sign_up(shop, "ann", event="Order Completed", cart_id="one")
    shop.pass_time(hours=2)
    shop.publish(
        trigger={
            "kind": "absence",
            "after": {"event": "Product Added"},
            "without": {"event": "Order Completed"},
            "within": "PT1H",
            "entry_key": "properties.cart_id",
        },
        backfill=NOW,
        **STAY,
    )
    shop.work()
    assert shop.ask(Enrollment.entry_key) == [("two",)]


@pytest.mark.parametrize(
    ("trigger", "said"),
    [
        ({"kind": "api"}, "api"),
        ({"kind": "manual"}, "manual"),
        ({"kind": "attribute", "attribute": "plan"}, "to which value"),
    ],
)
def test_r112_where_nobody_can_know_who_qualified_it_is_refused(shop, trigger, said):
    with pytest.raises(Invalid, match=said):
        shop.publish(trigger=trigger, backfill=NOW, **STAY)
    assert shop.ask(Journey.state) == []


def test_r112_one_at_a_time_and_it_can_be_cancelled(shop):
    sign_up(shop, *(f"u{n}" for n in range(6)))
    shop.publish(trigger=SIGNUP, backfill=NOW, **STAY)
    step(shop, limit=2)
    with pytest.raises(Conflict):
        shop.publish(trigger=SIGNUP, backfill=NOW, **STAY)
    with shop.database.transaction() as session:
        cancel_backfill(session, "j", by="ann", now=shop.now)
    shop.work()
    assert count(shop) == 2
    assert shop.ask(Backfill.cancelled_by) == [("ann",)]
    with pytest.raises(Conflict), shop.database.transaction() as session:
        cancel_backfill(session, "j", by="ann", now=shop.now)


def test_r112_a_new_version_carries_it_on_and_another_trigger_ends_it(shop):
    sign_up(shop, *(f"u{n}" for n in range(4)))
    shop.publish(trigger=SIGNUP, backfill=NOW, **STAY)
    step(shop, limit=2)
    shop.publish(trigger=SIGNUP, name="Another name", **STAY)
    step(shop, limit=1)
    assert Counter(shop.ask(Enrollment.version_id)) == {(1,): 2, (2,): 1}
    shop.publish(trigger={"kind": "api"}, **STAY)
    shop.work()
    assert count(shop) == 3


def test_r113_each_is_placed_at_the_node_due_at_its_age(shop):
    for days in (0, 1, 2, 4, 7, 8):
        sign_up(shop, f"u{days}", days_ago=days)
    shop.publish(trigger=SIGNUP, backfill=BY_AGE, **SERIES)
    shop.work()
    places = sorted(shop.ask(Enrollment.entered_at, Enrollment.node, Enrollment.status))
    ages = [((shop.now - at).days, node, status) for at, node, status in places]
    # Of 7 days: the last letter is due this very moment. Of 8: through already, not added.
    assert ages == [(7, 4, 2), (4, 3, 1), (2, 3, 1), (1, 1, 1), (0, 1, 1)]
    assert Counter(shop.messages) == {"a": 1, "c": 1, "e": 1}
    assert shop.ask(Backfill.asked, Backfill.entered) == [(6, 5)]
    shop.pass_time(days=1)
    assert Counter(shop.messages) == {"a": 1, "c": 2, "e": 1}


def test_r113_the_books_balance_for_who_was_placed_midway(shop):
    for days in (1, 4):
        sign_up(shop, f"u{days}", days_ago=days)
    shop.publish(trigger=SIGNUP, backfill=BY_AGE, **SERIES)
    shop.work()
    for _ in range(3):  # a wait after a wait begins when the one before it has ended
        shop.pass_time(days=4)
    with shop.database.reading() as session:
        figures = report(session, session.query(Journey).one())
    assert (figures["entered"], figures["completed"], figures["active"]) == (2, 2, 0)
    assert {key: node["entered"] for key, node in figures["nodes"].items()} == {
        "a": 0,
        "b": 1,
        "c": 1,
        "d": 2,
        "e": 2,
    }


def test_r113_what_was_waited_for_and_came_has_been_gone_on_by(shop):
    sign_up(shop, "ann", "bob", days_ago=3)
    sign_up(shop, "ann", days_ago=2, event="Order Completed")
    shop.publish(
        trigger=SIGNUP,
        start="a",
        backfill=BY_AGE,
        nodes={
            "a": {
                "kind": "wait_for",
                "paths": [{"label": "bought", "event": "Order Completed", "next": "b"}],
                "timeout": {"after": "P2D", "next": "c"},
            },
            "b": {"kind": "wait", "for": "P5D"},
            "c": {"kind": "wait", "for": "P5D"},
        },
    )
    shop.work()
    placed = shop.ask(Enrollment.node, Enrollment.arrived_at, Enrollment.wake_at)
    assert sorted(placed) == [
        (1, shop.now - timedelta(days=2), shop.now + timedelta(days=3)),
        (2, shop.now - timedelta(days=1), shop.now + timedelta(days=4)),
    ]


def test_r113_a_letter_that_would_have_been_waited_for_counts_as_sent(shop):
    sign_up(shop, "ann", days_ago=1)
    nodes = {
        "a": {**SEND, "on_skip": "exit", "next": "b"},
        "b": {"kind": "wait", "for": "P2D"},
    }
    shop.publish(trigger=SIGNUP, start="a", nodes=nodes, backfill=BY_AGE)
    shop.work()
    assert shop.ask(Enrollment.node, Enrollment.status) == [(1, 1)]
    assert shop.ask(Message.id) == []


def test_r114_an_event_in_the_midst_of_a_backfill_makes_one_enrollment(shop):
    again = {"reentry": {"mode": "after_exit"}}
    send = {"start": "a", "nodes": {"a": SEND}}
    sign_up(shop, "u0", "u1", "u2", "u3", days_ago=1)
    shop.publish(trigger=SIGNUP, entry=again, backfill=NOW, **send)
    step(shop, limit=2)
    # u0 is in by the backfill, u3 still to be asked; both sign up anew before it is done.
    for name in ("u0", "u3"):
        shop.say(event="Signed Up", userId=name)
    with shop.database.transaction() as session:
        react_to_events(session, Moment(shop.now, "UTC", timedelta(hours=72)), limit=10)
    shop.work()
    entries = Counter(contact for (contact,) in shop.ask(Enrollment.contact_id))
    assert sorted(entries.values()) == [1, 1, 1, 1]
