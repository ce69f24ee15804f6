"""Catalogs over HTTP, in letters, and by the command."""

import json
from io import BytesIO

import pytest
from sqlalchemy import select

from engine.catalogs import keeping
from engine.models.catalog import Catalog
from server.looking_up import resolve
from server.scheduler import count_interest
from server.uploading import replace_all
from tests.server.conftest import log_in
from tests.server.test_commands import run

ROOT = "/api/v1/catalogs"
SETTINGS = {
    "key_field": "sku",
    "category_field": "kind",
    "description": "What the shop sells",
    "interest": {"event": "Order Completed", "property": "products[].sku"},
    "owned": {"event": "Order Completed", "property": "products[].sku"},
}
ITEMS = [
    {"sku": "A", "name": "Jacket & hood", "kind": "coats", "cents": 12900},
    {"sku": "B", "name": "Mug", "kind": "camp", "cents": 1400},
]
CSV = "sku,name,cents\nA,Jacket,12900\nC,Tent,19900\n"


@pytest.fixture
def editor(app):
    browser = log_in(app, "editor")
    made = browser.put(f"{ROOT}/products", json=SETTINGS)
    assert made.status_code == 200, made.get_data(as_text=True)
    return browser


@pytest.fixture
def filled(editor):
    put(editor, ITEMS)
    return editor


def put(browser, items):
    return browser.post(f"{ROOT}/products/items", json={"items": items}).json


def upload(browser, text, *, status=200, query="", kind="text/csv"):
    body = text if isinstance(text, bytes) else text.encode()
    answer = browser.put(f"{ROOT}/products/items{query}", data=body, content_type=kind)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def list_keys(browser, **query):
    found = browser.get(f"{ROOT}/products/items", query_string=query).json
    return [one["key"] for one in found["items"]], found["next"]


def look(browser, text, **more):
    body = {"channel": "sms", "source": text, **more}
    return browser.post("/api/v1/templates/preview", json=body).json


def test_a_catalog_is_made_filled_and_shown(editor):
    answer = put(editor, [*ITEMS, {"name": "nobody"}, {"sku": "A", "name": "Jacket"}])
    assert (answer["saved"], answer["added"]) == (3, 2)
    assert answer["failed"] == [{"place": 3, "key": None, "words": "the field 'sku' is missing"}]
    shown = editor.get(f"{ROOT}/products").json
    assert (shown["items"], shown["interest"]["property"]) == (2, "products[].sku")
    assert {one["name"]: one["kind"] for one in shown["described"]} == {
        "sku": "text", "name": "text", "kind": "text", "cents": "number",
    }  # fmt: skip
    assert editor.get(ROOT).json["items"][0]["fields"][0] == "sku"
    assert editor.get(f"{ROOT}/products/items/A").json["data"] == {"sku": "A", "name": "Jacket"}
    assert editor.get(f"{ROOT}/products/items/Z").status_code == 404
    assert list_keys(editor, search="mug") == (["B"], None)
    gone = editor.delete(f"{ROOT}/products/items", json={"keys": ["A", "Z"]}).json
    assert (gone, list_keys(editor)) == ({"deleted": 1}, (["B"], None))


def test_pages_follow_one_another(editor):
    put(editor, [{"sku": f"{n:03}"} for n in range(120)])
    first, after = list_keys(editor)
    second, more = list_keys(editor, after=after)
    third, end = list_keys(editor, after=more)
    assert first + second + third == [f"{n:03}" for n in range(120)]
    assert end is None


def test_a_file_takes_the_place_of_all(filled):
    done = upload(filled, CSV)
    assert (done["is_used"], done["items"], done["added"], done["removed"]) == (True, 2, 1, 1)
    assert list_keys(filled) == (["A", "C"], None)
    lines = "\n".join(map(json.dumps, ITEMS))
    assert upload(filled, lines, kind="application/x-ndjson")["items"] == 2
    assert list_keys(filled) == (["A", "B"], None)


def test_a_file_with_mistakes_changes_nothing_unless_they_are_left_out(filled):
    wrong = CSV + "A,again,1\nD\n,x,1\n"
    done = upload(filled, wrong)
    assert (done["is_used"], done["items"], done["refused"]) == (False, 2, 3)
    assert [(one["place"], one["words"]) for one in done["mistakes"]] == [
        (4, "this key stands in the file already"),
        (5, "1 cells, and 3 columns"),
        (6, "the field 'sku' is missing"),
    ]
    assert list_keys(filled) == (["A", "B"], None)
    assert upload(filled, wrong, query="?skip=true")["is_used"]
    assert list_keys(filled) == (["A", "C"], None)


def test_what_is_no_file_is_refused_and_leaves_nothing_behind(filled, house):
    for text in (b"sku\n\xff\n", "", "name\nx\n"):
        upload(filled, text, status=422)
    upload(filled, CSV, status=415, kind="text/html")
    with house.database.reading() as session:
        assert session.scalar(select(Catalog)).upload is None
    assert upload(filled, CSV)["is_used"]


def test_others_see_how_far_a_file_has_come(filled, house, monkeypatch):
    monkeypatch.setattr("server.uploading.CHUNK", 1)
    seen = []

    def tell(_done):
        told = filled.get(f"{ROOT}/products").json["upload"]
        seen.append((told["by"], told["rows"], told["percent"] < 100))

    body = CSV.encode()
    replace_all(
        house, "products", BytesIO(body), size=len(body), by="ann", leaves_out=False, tell=tell
    )
    assert seen == [("ann", 0, True), ("ann", 0, True), ("ann", 1, True)]


def test_who_may_not_edit_may_look(app, editor):
    viewer = log_in(app, "viewer")
    assert viewer.get(f"{ROOT}/products").status_code == 200
    for method, path in (("put", ""), ("delete", ""), ("post", "/items"), ("put", "/items")):
        assert getattr(viewer, method)(f"{ROOT}/products{path}", json={}).status_code == 403
    asked = viewer.get(f"{ROOT}/products/recommended", query_string={"contact": "ann@example.com"})
    assert asked.status_code == 403


def test_a_letter_shows_what_the_catalog_says(filled):
    text = (
        "{{ catalog('products', sku).name }} {{ catalog('products', sku).cents|money('EUR') }}"
        "{% for one in catalog_list('products', where={'kind': ['camp', 'x']}) %} {{ one.name }}{% endfor %}"
        "{% for one in recommend('products', limit=1) %} {{ one.sku }}{% endfor %}"
    )
    seen = look(filled, text, data={"sku": "A"})
    assert (seen["text"], seen["problem"]) == ("Jacket & hood 129.00 EUR Mug A", None)
    assert seen["variables"] == ["sku"]


WRONG = {
    "{{ catalog('nothing', 'A') }}": "there is no catalog 'nothing'",
    "{{ catalog('products', 'Z') }}": "there is no 'Z' in the catalog 'products'",
    "{{ catalog_list('products', limit=51) }}": "limit= is a number from 1 to 50",
    "{{ catalog_list('products', sort=5) }}": "sort= is the name of a field, or one with a minus before it",
    "{{ catalog_list('products', where='x') }}": "where= names fields and what is in them: {'kind': 'shoes'}",
    "{{ recommend('products', limit=0) }}": "limit= is a number from 1 to 20",
}


def test_r085_what_is_not_there_is_said_in_a_sentence(filled):
    for text, words in WRONG.items():
        assert look(filled, text)["problem"] == words
    seen = look(filled, "{{ catalog('products', 'Z', default='no such thing') }}")
    assert (seen["text"], seen["problem"]) == ("no such thing", None)


def test_a_catalog_that_letters_name_is_not_taken_away(filled):
    words = {"channel": "sms", "source": "{{ catalog('products', 'A').name }}", "edits": 0}
    assert filled.put("/api/v1/templates/hello", json=words).status_code == 200
    assert [one["key"] for one in filled.get(f"{ROOT}/products").json["templates"]] == ["hello"]
    assert filled.delete(f"{ROOT}/products").status_code == 409
    words |= {"source": "Hi", "edits": 1}
    assert filled.put("/api/v1/templates/hello", json=words).status_code == 200
    assert filled.delete(f"{ROOT}/products").status_code == 204
    assert filled.get(f"{ROOT}/products").status_code == 404


def test_what_is_recommended_is_explained(filled, house):
    count_interest(house)
    shown = filled.get(f"{ROOT}/products/recommended?limit=1").json
    assert [(one["key"], one["people"], one["why"]) for one in shown["items"]] == [
        ("A", 0, "newest")
    ]
    assert (shown["days"], shown["counted_at"] is not None) == (30, True)


def test_who_asks_nothing_reads_nothing():
    assert resolve(None, []) == {}


def test_the_command_makes_and_fills_a_catalog(tmp_path):
    file = tmp_path / "products.csv"
    file.write_text(CSV)
    given = ("catalogs", "import", "products", file, "--data", tmp_path / "d")
    assert "products: 2 items, 2 new, 0 taken out." in run(*given, "--key", "sku")
    file.write_text("sku,name\nA,x\nB\n")
    said = run(*given, code=2)
    assert f"{file}:3: 1 cells, and 2 columns" in said
    assert "1 new, 1 taken out" not in run(*given, "--skip")
    assert "1 items, told apart by sku" in run("catalogs", "list", "--data", tmp_path / "d")


def test_keys_are_told_by_the_settings(house):
    with house.database.transaction() as session:
        row = keeping.save_catalog(session, "x", keeping.Settings(), now=house.clock.now())
        assert (row.key_field, row.items) == ("id", 0)
