from engine.triggers.absence import begins, ends, find_ended
from tests.engine.triggers.making import happened, trigger_of


def cart(**fields):
    given = {
        "after": {"event": "Product Added"},
        "without": {"event": "Order Completed"},
        "within": "PT1H",
        "entry_key": "properties.cart_id",
    }
    return trigger_of("absence", **(given | fields))


def test_r139_two_carts_are_two_watches():
    assert begins(cart(), happened("Product Added", cart_id="c1")) == "c1"
    assert begins(cart(), happened("Product Added", cart_id="c2")) == "c2"
    assert begins(cart(), happened("Order Completed", cart_id="c1")) is None


def test_a_cart_without_a_name_cannot_be_watched_where_names_are_asked_for():
    assert begins(cart(), happened("Product Added")) is None
    assert begins(cart(entry_key=None), happened("Product Added")) == ""


def test_r139_buying_one_cart_silences_that_one():
    order = happened("Order Completed", cart_id="c1")
    assert ends(cart(), order)
    assert find_ended(cart(), order) == "c1"
    assert not ends(cart(), happened("Product Added", cart_id="c1"))


def test_an_order_that_names_no_cart_is_about_all_of_them():
    order = happened("Order Completed")
    assert ends(cart(), order)
    assert find_ended(cart(), order) is None
    assert find_ended(cart(entry_key=None), order) == ""


def test_the_key_may_stand_elsewhere_in_what_must_not_follow():
    trigger = cart(without={"event": "Order Completed", "match_key": "properties.cart.id"})
    assert find_ended(trigger, happened("Order Completed", cart={"id": "c1"}, cart_id="c2")) == "c1"


def test_both_events_may_ask_for_properties():
    trigger = cart(
        after={"event": "Product Added", "where": {"property": "price", "op": "gt", "value": 10}},
        without={"event": "Order Completed", "where": {"property": "paid", "op": "is_true"}},
    )
    assert begins(trigger, happened("Product Added", cart_id="c1", price=11)) == "c1"
    assert begins(trigger, happened("Product Added", cart_id="c1", price=10)) is None
    assert ends(trigger, happened("Order Completed", cart_id="c1", paid=True))
    assert not ends(trigger, happened("Order Completed", cart_id="c1", paid=False))
