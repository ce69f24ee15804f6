"""Items of catalogs as they come in: from files, by the piece, and as events name them."""

import pytest

from engine.catalogs.items import (
    LARGEST_ITEM,
    Item,
    Mistake,
    describe_fields,
    read_cell,
    read_file,
    read_item,
    read_values,
)
from engine.errors import Invalid


def read(text, key="sku"):
    return list(read_file(text.splitlines(keepends=True), key))


def test_csv_is_read_with_numbers_and_each_line_has_its_place():
    text = '\ufeffsku,name,price,sale\nA1,"Jacket\n(warm)",129,true\n\n007,Mug,14.50,\nB2,Pack\n'
    jacket, mug, short = read(text)
    assert jacket.data == {"sku": "A1", "name": "Jacket\n(warm)", "price": 129, "sale": True}
    assert mug.data == {"sku": "007", "name": "Mug", "price": "14.50"}
    assert (jacket.place, mug.place) == (3, 5)
    assert (short.place, short.words) == (6, "2 cells, and 4 columns")


def test_semicolons_are_read_too():
    assert read("sku;name\nA;Tea, green\n")[0].data == {"sku": "A", "name": "Tea, green"}


def test_tabs_are_read_too():
    assert read("sku\tname\nA\tx;y\n")[0].data == {"sku": "A", "name": "x;y"}


def test_json_lines_keep_their_kinds():
    lines = '{"sku": 5, "tags": ["x"], "price": 1.5, "none": null}\nnothing\n[1]\n{"name": "x"}\n'
    first, *wrong = read(lines)
    assert first == Item("5", {"sku": "5", "tags": ["x"], "price": 1.5}, 1)
    assert [(one.place, one.words) for one in wrong] == [
        (2, "this line is no JSON"),
        (3, "an item is an object with fields"),
        (4, "the field 'sku' is missing"),
    ]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "name,price\nA,1\n", "sku,sku\nA,1\n", "sku,\nA,1\n", 'sku\n"A\n', "a\0"]
)
def test_what_is_no_such_file_is_refused(text):
    with pytest.raises(Invalid):
        read(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", 5), ("-5", -5), ("05", "05"), ("1.5", 1.5), ("1.50", "1.50"), ("1e5", "1e5"),
     ("true", True), ("True", "True"), ("", None), (" x ", "x"), ("9" * 16, "9" * 16)],
)  # fmt: skip
def test_a_cell_is_a_number_only_where_it_is_written_just_so(text, value):
    assert read_cell(text) == value


@pytest.mark.parametrize(
    "given",
    [
        {"sku": ""},
        {"sku": True},
        {"sku": "a\nb"},
        {"sku": "x" * 129},
        {"sku": "a", "x": "y" * LARGEST_ITEM},
        {"sku": "a", "x": "\0"},
        {"sku": "a", "x" * 65: 1},
        {"sku": "a", "x": 2**70},
        {"sku": "a"} | {str(n): n for n in range(100)},
        [],
    ],
)
def test_an_item_has_its_limits(given):
    assert isinstance(read_item(given, "sku", place=1), Mistake)


def test_events_name_items_in_places_of_many_kinds():
    event = {
        "sku": "A",
        "n": 5,
        "products": [{"sku": "B"}, {}, "x", {"sku": "C"}],
        "deep": {"id": "D"},
    }
    assert read_values(event, "sku") == ["A"]
    assert read_values(event, "n") == ["5"]
    assert read_values(event, "products[].sku") == ["B", "C"]
    assert read_values(event, "deep.id") == ["D"]
    for path in ("nothing", "sku[].x", "products.sku", "products[]"):
        assert read_values(event, path) in ([], ["x"])


def test_fields_are_described_by_what_is_in_them():
    found = describe_fields([{"a": 1, "b": "x"}, {"a": "y"}])
    assert [(one.name, one.kind, one.share, one.example) for one in found] == [
        ("a", "mixed", 100, 1),
        ("b", "text", 50, "x"),
    ]
