"""What is recommended where histories are long, kinds are numbers, and catalogs are replaced meanwhile."""

from datetime import timedelta

import pytest

from engine.catalogs import keeping, replacing
from engine.catalogs.finding import Wanted, find_catalogs, find_items, list_items
from engine.catalogs.items import Item
from engine.catalogs.keeping import Settings
from engine.catalogs.recommending import Ask, load_people, recommend
from engine.models.contact import Contact
from tests.shop import NOON


def fill(database, things, *, category="kind", **events):
    settings = Settings(key_field="sku", category_field=category, **events)
    items = [Item(key, {"sku": key, **data}) for key, data in things.items()]
    with database.transaction() as session:
        row = keeping.save_catalog(session, "things", settings, now=NOON)
        keeping.put_items(session, row, items, now=NOON)


def happen(shop, name, who, *skus, at=None):
    shop.now += timedelta(minutes=1)
    for sku in skus:
        shop.say(event=name, userId=who, properties={"sku": sku})
    shop.work()


def know(shop):
    """Return what is known of each contact, the first that came first."""
    ids = [contact_id for (contact_id,) in sorted(shop.ask(Contact.id))]
    with shop.database.reading() as session:
        row = keeping.get_catalog(session, "things")
        people = load_people(session, row, ids, now=shop.now)
    return [people.get(contact_id) for contact_id in ids]


def test_who_did_much_takes_no_history_from_others(shop, monkeypatch):
    monkeypatch.setattr("engine.catalogs.recommending._EVENTS_A_CONTACT", 3)
    fill(shop.database, {"A": {"kind": "x"}, "B": {"kind": "y"}}, owned=("Bought", "sku"))
    happen(shop, "Bought", "ann", "A")
    happen(shop, "Bought", "bob", *"BBBBBBBBBB")
    assert [one.owned for one in know(shop)] == [{"A"}, {"B"}]


def test_what_somebody_looks_at_does_not_hide_what_it_has(shop, monkeypatch):
    monkeypatch.setattr("engine.catalogs.recommending._EVENTS_A_CONTACT", 3)
    fill(
        shop.database,
        {"A": {"kind": "x"}, "B": {"kind": "y"}},
        owned=("Bought", "sku"),
        interest=("Viewed", "sku"),
    )
    happen(shop, "Bought", "ann", "A")
    happen(shop, "Viewed", "ann", *"BBBBB")
    assert know(shop)[0].owned == {"A"}


def test_a_kind_may_be_a_number(shop):
    things = {"A": {"kind": 7}, "B": {"kind": 8}, "C": {"kind": 8}}
    fill(shop.database, things, interest=("Viewed", "sku"))
    happen(shop, "Viewed", "ann", "B")
    assert know(shop)[0].category == "8"
    with shop.database.reading() as session:
        row = keeping.get_catalog(session, "things")
        (found,) = recommend(session, row, [Ask(shop.ask(Contact.id)[0][0], 3)], now=shop.now)
    assert [(one.key, one.why.value) for one in found] == [
        ("B", "own_category"), ("C", "own_category"), ("A", "newest")
    ]  # fmt: skip


def test_a_letter_sees_one_state_of_a_catalog_that_is_replaced_meanwhile(database):
    fill(database, {"A": {"kind": "x"}})
    with database.reading(steady=True) as session:
        row = find_catalogs(session, ["things"])["things"]
        replace(database, {"A": {"kind": "y"}})
        assert find_items(session, row, ["A"])["A"]["kind"] == "x"
        assert [
            len(one) for one in list_items(session, row, [Wanted(), Wanted({"kind": "x"})])
        ] == [1, 1]
    with database.reading(steady=True) as session:
        row = find_catalogs(session, ["things"])["things"]
        assert find_items(session, row, ["A"])["A"]["kind"] == "y"
        assert [
            len(one)
            for one in list_items(session, row, [Wanted({"kind": "x"}), Wanted({"kind": "y"})])
        ] == [0, 1]


def replace(database, things):
    items = [Item(key, {"sku": key, **data}) for key, data in things.items()]
    with database.transaction() as session:
        upload = replacing.begin(session, "things", by="x", wall=NOON)
        replacing.add(session, upload, items, percent=9, now=NOON, wall=NOON)
        replacing.finish(session, upload, items=len(items), added=0, now=NOON)
    with database.transaction() as session:
        replacing.sweep(session, "things")


@pytest.mark.parametrize(
    ("prices", "order"),
    [
        ({"A": 9.5, "B": "14.50", "C": 100, "D": "on request"}, "ABCD"),
        ({"A": "9.90", "B": "14.50", "C": "100.00"}, "ABC"),
        ({"A": 10, "B": 9.0, "C": "-1"}, "CBA"),
    ],
)
def test_prices_written_with_two_places_are_sorted_as_numbers(database, prices, order):
    fill(database, {key: {"price": price} for key, price in prices.items()})
    with database.reading() as session:
        row = keeping.get_catalog(session, "things")
        (found,) = list_items(session, row, [Wanted(sort="price")])
    assert "".join(one["sku"] for one in found) == order


def test_a_whole_number_is_the_same_however_it_is_written(database):
    fill(database, {"A": {"price": 10.0}, "B": {"price": 10}, "C": {"price": "10"}})
    with database.reading() as session:
        row = keeping.get_catalog(session, "things")
        for wanted in (10, 10.0, "10"):
            (found,) = list_items(session, row, [Wanted({"price": wanted})])
            assert "".join(one["sku"] for one in found) == "ABC"


def test_what_is_searched_is_found_as_it_was_written(database):
    fill(database, {"A": {"name": '5" Übergröße'}, "B": {"name": "50 % a_b"}})
    with database.reading() as session:
        row = keeping.get_catalog(session, "things")
        for search, keys in (
            ("Über", "A"), ('5" ü', ""), ('5" Ü', "A"), ("ERGRöß", "A"), ("0 %", "B"), ("aXb", ""), ("A_B", "B")
        ):  # fmt: skip
            page = keeping.list_page(session, row, after="", search=search, limit=9)
            found = "".join(one.key for one in page)
            assert (search, found) in {
                (search, keys),
                ('5" ü', "A"),
            }  # PostgreSQL knows more letters


def test_yes_and_no_are_found_however_they_are_written(database):
    fill(
        database,
        {"A": {"there": True}, "B": {"there": False}, "C": {"there": "true"}, "D": {"there": 1}},
    )
    with database.reading() as session:
        row = keeping.get_catalog(session, "things")
        for wanted, keys in ((True, "AC"), ("true", "AC"), (False, "B"), (1, "D")):
            (found,) = list_items(session, row, [Wanted({"there": wanted})])
            assert ("".join(one["sku"] for one in found), wanted) == (keys, wanted)


NAMES = [
    'a"b',
    "a'b",
    "a.b",
    "a b",
    "$",
    "2024",
    "größe",
    "a\\b",
    "[0]",
    "#",
    "💶",
    "a\tb",
    "%s",
    ":x",
]


def test_a_field_may_be_called_anything(database):
    fill(database, {"A": dict.fromkeys(NAMES, 1), "B": dict.fromkeys(NAMES, 2)})
    with database.reading() as session:
        row = keeping.get_catalog(session, "things")
        for name in NAMES:
            wanted = [Wanted({name: 2}), Wanted(sort=f"-{name}")]
            found = [
                "".join(one["sku"] for one in each) for each in list_items(session, row, wanted)
            ]
            assert (name, found) == (name, ["B", "BA"])
