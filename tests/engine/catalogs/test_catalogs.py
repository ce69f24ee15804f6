"""Catalogs in the database: kept, replaced at once, found, and recommended of."""

from datetime import timedelta

import pytest

from engine.catalogs import interest, keeping, replacing
from engine.catalogs.finding import Wanted, find_items, list_items
from engine.catalogs.interest import list_due, number_day
from engine.catalogs.items import Item
from engine.catalogs.keeping import Settings
from engine.catalogs.recommending import Ask, Candidate, Person, Why, choose, recommend
from engine.errors import Conflict, Invalid, TooMuch
from engine.models.catalog import CatalogInterest, CatalogItem
from engine.models.contact import Contact
from tests.shop import NOON

HOUR = timedelta(hours=1)
SETTINGS = Settings(
    key_field="sku",
    category_field="kind",
    interest=("Order Completed", "products[].sku"),
    owned=("Order Completed", "products[].sku"),
)
THINGS = {
    "A": {"kind": "shoes", "price": 10, "tags": ["new", "red"]},
    "B": {"kind": "shoes", "price": 30},
    "C": {"kind": "hats", "price": 20, "tags": ["red"]},
    "D": {"kind": "hats", "price": "on request"},
    "E": {"kind": "bags"},
}
ITEMS = [Item(key, {"sku": key, **data}) for key, data in THINGS.items()]


def fill(database, items=ITEMS, *, now=NOON, settings=SETTINGS):
    with database.transaction() as session:
        row = keeping.save_catalog(session, "things", settings, now=now)
        keeping.put_items(session, row, items, now=now)


def ask(database, *wanted):
    with database.reading() as session:
        row = keeping.get_catalog(session, "things")
        return ["".join(one["sku"] for one in found) for found in list_items(session, row, wanted)]


def test_items_are_found_by_what_is_in_their_fields(database):
    fill(database)
    assert ask(
        database,
        Wanted(),
        Wanted(limit=2),
        Wanted({"kind": "shoes"}),
        Wanted({"kind": ["hats", "bags"]}),
        Wanted({"tags": "red"}),
        Wanted({"price": "20"}),
        Wanted({"kind": "hats", "tags": "red"}),
        Wanted({"nothing": "x"}),
        Wanted(sort="price"),
        Wanted(sort="-price"),
        Wanted({"kind": "hats"}, "-price"),
        Wanted(sort="nothing", limit=3),
        Wanted(sort="-price", limit=4),
        Wanted({"kind": ["bags", "shoes"]}, "price"),
    ) == [
        *("ABCDE", "AB", "AB", "CDE", "AC", "C", "C", ""),
        *("ACBDE", "DBCAE", "DC", "ABC", "DBCA", "ABE"),
    ]


def test_a_change_is_seen_at_once_and_new_ones_come_first(database):
    fill(database)
    assert ask(database, Wanted({"kind": "bags"}), Wanted(sort="newest")) == ["E", "ABCDE"]
    later = [Item("F", {"sku": "F", "kind": "bags"}), Item("A", {"sku": "A", "kind": "bags"})]
    fill(database, later, now=NOON + HOUR)
    assert ask(database, Wanted({"kind": "bags"}), Wanted(sort="newest")) == ["AEF", "FABCDE"]
    with database.transaction() as session:
        row = keeping.lock_catalog(session, "things")
        assert row.items == 6
        assert keeping.delete_items(session, row, ["E", "F", "nothing"], now=NOON) == 2
        assert row.items == 4
    assert ask(database, Wanted({"kind": "bags"})) == ["A"]


def test_a_page_is_searched_in_keys_and_in_all_that_is_said(database):
    fill(database)
    with database.reading() as session:
        row = keeping.get_catalog(session, "things")

        def page(search, after=""):
            found = keeping.list_page(session, row, after=after, search=search, limit=9)
            return "".join(one.key for one in found)

        assert (page(""), page("", "B"), page("HATS"), page("on req")) == (
            "ABCDE",
            "CDE",
            "CD",
            "D",
        )
        assert (page("%"), page("b", "A")) == ("", "BE")


def test_a_catalog_has_its_limits(database, monkeypatch):
    fill(database)
    monkeypatch.setattr(keeping, "MOST_ITEMS", 5)
    with pytest.raises(TooMuch):
        fill(database, [Item("F", {"sku": "F"})])
    fill(database, [Item("A", {"sku": "A"})])
    with pytest.raises(Conflict):
        fill(database, [], settings=Settings(key_field="id"))
    with pytest.raises(Invalid), database.transaction() as session:
        keeping.save_catalog(session, "No Name", SETTINGS, now=NOON)
    with pytest.raises(Invalid), database.transaction() as session:
        keeping.save_catalog(session, "x", Settings(interest=("E", "a..b")), now=NOON)


def begin(database, by="ann", wall=NOON):
    with database.transaction() as session:
        return replacing.begin(session, "things", by=by, wall=wall)


def add(database, upload, items, wall=NOON):
    with database.transaction() as session:
        how = {"percent": 50, "now": NOON + HOUR, "wall": wall}
        return replacing.add(session, upload, items, **how)


def test_a_file_is_used_at_once_and_not_before(database):
    fill(database)
    upload = begin(database)
    added = add(database, upload, [Item("A", {"sku": "A"}), Item("X", {"sku": "X"})])
    assert ask(database, Wanted()) == ["ABCDE"]
    with database.transaction() as session:
        done = replacing.finish(session, upload, items=2, added=added, now=NOON + HOUR)
    assert (done.items, done.added, done.removed) == (2, 1, 4)
    assert ask(database, Wanted(), Wanted(sort="newest")) == ["AX", "XA"]
    with database.transaction() as session:
        assert replacing.sweep(session, "things") == 5
        assert session.query(CatalogItem).count() == 2


def test_two_files_at_once_do_not_mix(database):
    fill(database)
    first = begin(database)
    with pytest.raises(Conflict):
        begin(database, "bob")
    add(database, first, ITEMS[:2])
    second = begin(database, "bob", NOON + HOUR)
    for late in (lambda: add(database, first, ITEMS[:1]), lambda: finish(database, first)):
        with pytest.raises(Conflict):
            late()
    with database.transaction() as session:
        replacing.abandon(session, second)
        assert keeping.get_catalog(session, "things").upload is None
        assert session.query(CatalogItem).count() == 5
    assert ask(database, Wanted()) == ["ABCDE"]


def finish(database, upload):
    with database.transaction() as session:
        replacing.finish(session, upload, items=2, added=0, now=NOON)


def test_items_of_a_file_are_told_apart_as_they_were_when_it_began(database):
    fill(database, [])
    with database.transaction() as session:
        upload = replacing.begin(session, "things", by="x", wall=NOON)
    fill(database, [], settings=Settings(key_field="id"))
    with database.transaction() as session:
        replacing.add(session, upload, ITEMS, percent=9, now=NOON, wall=NOON)
        replacing.finish(session, upload, items=len(ITEMS), added=len(ITEMS), now=NOON)
        assert keeping.get_catalog(session, "things").key_field == "sku"
    assert recommended(database, limit=1) == [("A", 0, "newest")]


def test_a_catalog_goes_with_everything_in_it(database):
    fill(database)
    with database.transaction() as session:
        keeping.delete_catalog(session, "things")
    with database.reading() as session:
        assert session.query(CatalogItem).count() == 0


def buy(shop, who, *keys):
    shop.say(
        userId=who, event="Order Completed", properties={"products": [{"sku": one} for one in keys]}
    )
    shop.work()


def count(database, now):
    with database.reading() as session:
        read = interest.read_due(session, now=now)
    with database.transaction() as session:
        interest.keep(session, read, now=now)
    return len(read)


def recommended(database, who=None, now=NOON, **how):
    with database.reading() as session:
        row = keeping.get_catalog(session, "things")
        found = session.query(Contact.id).order_by(Contact.id).all()
        contact_id = found[who].id if who is not None else 0
        (items,) = recommend(session, row, [Ask(contact_id, **how)], now=now)
        return [(one.key, one.people, one.why.value) for one in items]


def test_what_people_want_most_comes_first_without_what_one_has(shop, database):
    fill(database)
    assert recommended(database, limit=2) == [("A", 0, "newest"), ("B", 0, "newest")]
    for who, keys in {"ann": "CC", "bob": "CA", "cem": "CBA", "dan": "D"}.items():
        buy(shop, who, *keys)
    buy(shop, "ann", "C")  # once more on the same day: she is one
    assert count(database, shop.now) == 30
    assert count(database, shop.now) == 0
    popular = [("C", 3, "popular"), ("A", 2, "popular"), ("B", 1, "popular"), ("D", 1, "popular")]
    assert recommended(database, limit=4) == popular
    assert recommended(database, limit=9)[4:] == [("E", 0, "newest")]
    assert recommended(database, 0) == [
        ("D", 1, "own_category"),
        ("A", 2, "popular"),
        ("B", 1, "popular"),
    ]
    assert recommended(database, where={"kind": "shoes"}) == [
        ("A", 2, "popular"),
        ("B", 1, "popular"),
    ]
    later = shop.now + timedelta(minutes=11)
    assert count(database, later) == 4
    assert recommended(database, limit=4) == popular
    month = shop.now + timedelta(days=31)
    assert count(database, month) == 30
    assert recommended(database, limit=1, now=month) == [("A", 0, "newest")]
    with database.reading() as session:
        assert session.query(CatalogInterest).count() == 0


def test_a_past_that_comes_in_late_is_counted_too(shop, database):
    fill(database)
    assert count(database, shop.now) == 30
    assert count(database, shop.now) == 30  # nothing was there: it is looked at again
    buy(shop, "ann", "C")
    count(database, shop.now)
    assert count(database, shop.now) == 0
    assert recommended(database, limit=1) == [("C", 1, "popular")]


def test_other_interest_begins_anew(shop, database):
    fill(database)
    buy(shop, "ann", "C")
    count(database, shop.now)
    fill(database, settings=Settings(key_field="sku", interest=("Viewed", "sku")))
    assert recommended(database, limit=1) == [("A", 0, "newest")]
    fill(database, settings=Settings(key_field="sku"))
    assert count(database, shop.now) == 0


def test_days_are_counted_again_while_their_events_may_still_come():
    today = number_day(NOON)
    assert list_due(None, None, now=NOON)[::29] == [today - 29, today]
    assert list_due(today, NOON - timedelta(minutes=9), now=NOON) == []
    turns = [NOON + timedelta(minutes=10 * n) for n in range(14)]
    due = [list_due(today, NOON - timedelta(minutes=10), now=now) for now in turns[:-1]]
    assert {tuple(days[:2]) for days in due} <= {(today - 1, today), (today, today + 1)}
    assert len({day for days in due for day in days[2:]}) >= 26
    assert list_due(today - 3, NOON, now=NOON)[:4] == list(range(today - 3, today + 1))
    assert len(list_due(today - 90, NOON, now=NOON)) == 30


def test_choosing_is_explained():
    candidates = [Candidate(key, THINGS[key], n) for key, n in (("C", 9), ("A", 5), ("B", 0))]
    person = Person(frozenset({"C"}), "shoes")
    chosen = choose(candidates, person, Ask(1, 5), "kind")
    assert [(one.key, one.why) for one in chosen] == [
        ("A", Why.OWN_CATEGORY),
        ("B", Why.OWN_CATEGORY),
    ]
    assert [one.key for one in choose(candidates, person, Ask(1, 5), None)] == ["A", "B"]


def test_a_hundred_thousand_keys_are_read_in_a_few_statements(database):
    fill(database)
    with database.reading() as session:
        row = keeping.get_catalog(session, "things")
        assert set(find_items(session, row, {*THINGS, *map(str, range(1_200))})) == set(THINGS)
