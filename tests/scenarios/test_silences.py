"""What did not happen: carts that are not bought, contacts of whom nothing is heard."""

from engine.models.journey import Enrollment, Watch
from tests.shop import NOON, SEND

CART = {
    "kind": "absence",
    "after": {"event": "Product Added"},
    "without": {"event": "Order Completed"},
    "within": "PT1H",
    "entry_key": "properties.cart_id",
}
SILENCE = {"kind": "inactivity", "no": "any", "for": "P30D"}
AGAIN = {"reentry": {"mode": "after_exit"}}


def start(shop, trigger, **document):
    shop.publish(trigger=trigger, entry=AGAIN, start="a", nodes={"a": SEND}, **document)


def do(shop, event, cart=None, **call):
    properties = {} if cart is None else {"cart_id": cart}
    shop.say(event=event, userId="ann", properties=properties, **call)
    shop.work()


def list_keys(shop):
    return sorted(key for (key,) in shop.ask(Enrollment.entry_key))


def test_r139_two_carts_are_two_watches_and_buying_one_silences_one(shop):
    start(shop, CART)
    do(shop, "Product Added", "one")
    shop.pass_time(minutes=20)
    do(shop, "Product Added", "two")
    do(shop, "Order Completed", "one")
    shop.pass_time(minutes=59)
    assert list_keys(shop) == []
    shop.pass_time(minutes=1)
    assert list_keys(shop) == ["two"]
    assert shop.ask(Watch.key) == []


def test_r139_filling_a_cart_again_begins_its_watch_anew_and_no_others(shop):
    start(shop, CART)
    do(shop, "Product Added", "one")
    do(shop, "Product Added", "two")
    shop.pass_time(minutes=30)
    do(shop, "Product Added", "one")
    shop.pass_time(minutes=30)
    assert list_keys(shop) == ["two"]
    shop.pass_time(minutes=30)
    assert list_keys(shop) == ["one", "two"]


def test_r139_an_order_that_names_no_cart_silences_all_of_them(shop):
    start(shop, CART)
    do(shop, "Product Added", "one")
    do(shop, "Product Added", "two")
    do(shop, "Order Completed")
    shop.pass_time(hours=2)
    assert list_keys(shop) == []


def test_r139_a_cart_without_a_name_is_not_watched(shop):
    start(shop, CART)
    do(shop, "Product Added")
    assert shop.ask(Watch.key) == []


def test_r139_bought_and_filled_again_in_one_chunk_is_watched(shop):
    start(shop, CART)
    for event in ("Product Added", "Order Completed", "Product Added"):
        shop.say(event=event, userId="ann", properties={"cart_id": "one"})
    shop.work()
    shop.pass_time(hours=1)
    assert list_keys(shop) == ["one"]


def test_r140_a_silence_lets_in_once_at_the_moment_it_is_long_enough(shop):
    start(shop, SILENCE)
    do(shop, "Page Viewed")
    shop.pass_time(days=29, hours=23, minutes=59, seconds=59)
    assert shop.messages == []
    shop.pass_time(seconds=1)
    assert shop.messages == ["a"]
    shop.pass_time(days=90)
    assert shop.messages == ["a"]
    do(shop, "Page Viewed")
    shop.pass_time(days=30)
    assert shop.messages == ["a", "a"]


def test_r140_a_silence_already_long_enough_lets_in_nobody_at_publishing(shop):
    do(shop, "Page Viewed")
    shop.pass_time(days=31)
    start(shop, SILENCE)
    shop.pass_time(days=60)
    assert shop.messages == []
    do(shop, "Page Viewed")
    shop.pass_time(days=30)
    assert shop.messages == ["a"]


def test_r140_a_silence_of_before_publishing_goes_on(shop):
    do(shop, "Page Viewed")
    shop.pass_time(days=20)
    start(shop, SILENCE)
    shop.pass_time(days=9)
    assert shop.messages == []
    shop.pass_time(days=1)
    assert shop.messages == ["a"]


def test_r140_without_any_activity_it_begins_at_creation(shop):
    shop.say("identify", userId="ann")
    shop.work()
    shop.pass_time(days=10)
    start(shop, SILENCE)
    shop.say("identify", userId="bob")
    shop.work()
    shop.pass_time(days=20)
    assert shop.messages == ["a"]
    shop.pass_time(days=10)
    assert shop.messages == ["a", "a"]


def test_r140_only_the_events_named_count_also_for_silences_of_before(shop):
    orders = SILENCE | {"no": ["Order Completed"]}
    do(shop, "Order Completed")
    shop.pass_time(days=20)
    do(shop, "Page Viewed")
    start(shop, orders)
    shop.pass_time(days=9)
    do(shop, "Page Viewed")
    assert shop.messages == []
    shop.pass_time(days=1)
    assert shop.messages == ["a"]


def test_r140_who_ordered_too_long_ago_does_not_enter_by_publishing(shop):
    do(shop, "Order Completed")
    shop.pass_time(days=40)
    do(shop, "Page Viewed")
    start(shop, SILENCE | {"no": ["Order Completed"]})
    shop.pass_time(days=60)
    assert shop.messages == []


def test_r140_what_turns_out_to_lie_before_a_silence_does_not_end_it(shop):
    start(shop, SILENCE)
    do(shop, "Page Viewed")
    shop.pass_time(days=31)
    assert shop.messages == ["a"]
    do(shop, "Page Viewed", timestamp="2026-03-20T12:00:00Z")
    shop.pass_time(days=60)
    assert shop.messages == ["a"]


def test_r140_messages_of_ours_do_not_break_a_silence(shop):
    start(shop, SILENCE)
    shop.publish(
        key="k",
        trigger={"kind": "event", "event": "Signed Up"},
        start="w",
        nodes={
            "w": {"kind": "wait", "for": "P20D", "next": "t"},
            "t": {"kind": "tag", "add": ["x"]},
        },
    )
    do(shop, "Signed Up")
    shop.pass_time(days=20)
    shop.pass_time(days=10)
    assert shop.messages == ["a"]


def test_r015_two_orders_are_two_enrollments_and_the_same_order_one(shop):
    shop.publish(
        trigger={
            "kind": "event",
            "event": "Order Completed",
            "entry_key": "properties.cart_id",
        },
        start="a",
        nodes={"a": SEND},
    )
    for order in ("o1", "o2", "o1", 3, "3"):
        do(shop, "Order Completed", order)
    assert list_keys(shop) == ["3", "o1", "o2"]
    assert shop.now == NOON
