"""Catalogs over HTTP, in letters, and by the command."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
import typer
from sqlalchemy import select
from sqlalchemy.event import listen

from engine.catalogs import keeping, replacing
from engine.errors import Invalid
from engine.models.catalog import Catalog
from engine.models.message import Message, MessageContent
from server import opening
from server.commands import catalogs as command
from server.delivering import deliver
from server.looking_up import resolve
from server.scheduler import count_interest
from server.uploading import replace_all
from tests.server import rows
from tests.server.api.test_partials import PLAIN
from tests.server.conftest import START, log_in

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


@pytest.mark.parametrize(
    ("text", "query"), [("sku,name\n", ""), ("sku,name\n,x\nA\n", "?skip=true")]
)
def test_a_file_without_items_empties_no_catalog(filled, text, query):
    told = upload(filled, text, status=422, query=query)
    assert told["title"] == "the file has no items: nothing has changed"
    assert list_keys(filled)[0] == ["A", "B"]
    assert upload(filled, CSV)["is_used"]  # and nobody is kept waiting


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


def test_nothing_is_changed_by_the_piece_while_a_file_comes_in(filled, house, wall):
    with house.database.transaction() as session:
        replacing.begin(session, "products", by="ann", wall=wall.now())
    for method, body in (("post", {"items": ITEMS}), ("delete", {"keys": ["A"]})):
        answer = getattr(filled, method)(f"{ROOT}/products/items", json=body)
        assert answer.status_code == 409
        assert answer.json["title"] == "ann uploads a file just now: wait a moment"
    wall.advance(timedelta(minutes=3))
    assert put(filled, ITEMS)["saved"] == 2


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


LONG = """<mjml lang="en"><mj-head><mj-title>Hi</mj-title><mj-preview>x</mj-preview></mj-head><mj-body>
<mj-section><mj-column>{% for one in items %}<mj-text>{{ one }}</mj-text>{% endfor %}</mj-column></mj-section>
</mj-body></mjml>"""


def test_a_letter_that_grows_too_long_as_it_is_made_is_found_when_it_is_looked_at(filled):
    for n, codes in ((1, []), (60, ["too_large"])):
        seen = look(filled, LONG, channel="email", data={"items": ["word " * 400] * n})
        assert [one["code"] for one in seen["findings"]] == codes


NAMING = [
    "{{ catalog(name='products', key='A').name }}",
    "{{ catalog (default='x', key='A', name='products') }}",
    "{{ recommend( limit=1, name='products')|length }}",
]


@pytest.mark.parametrize("source", NAMING)
def test_a_catalog_that_letters_name_in_another_order_is_not_taken_away(filled, source):
    words = {"channel": "sms", "source": source, "edits": 0}
    assert filled.put("/api/v1/templates/hello", json=words).status_code == 200
    assert [one["key"] for one in filled.get(f"{ROOT}/products").json["templates"]] == ["hello"]
    assert filled.delete(f"{ROOT}/products").status_code == 409


def test_what_is_recommended_is_explained(filled, house):
    count_interest(house)
    shown = filled.get(f"{ROOT}/products/recommended?limit=1").json
    assert [(one["key"], one["people"], one["why"]) for one in shown["items"]] == [
        ("A", 0, "newest")
    ]
    assert (shown["days"], shown["counted_at"] is not None) == (30, True)


LETTER = """<mjml><mj-head><mj-title>{{ catalog("products", sku).name }}</mj-title></mj-head>
<mj-body><mj-section><mj-column><mj-text>{{ catalog("products", sku).cents|money("EUR") }}
{% for one in recommend("products", limit=1) %}{{ one.name }}{% endfor %}</mj-text></mj-column></mj-section>
</mj-body></mjml>"""


def test_all_letters_of_a_claim_ask_together(filled, house):
    words = {"channel": "email", "source": LETTER, "edits": 0}
    assert filled.put("/api/v1/templates/welcome", json=words).status_code == 200
    skus = ["A", "B", "A", "Z", "B", None]
    with house.database.transaction() as session:
        for number, sku in enumerate(skus):
            contact = rows.add_contact(
                session, START, email=f"{number}@example.com", email_confirmed=True
            )
            data = {"data": {"sku": sku} if sku else {}, "gates": {}, "resends": True}
            rows.add_message(session, START, contact, message_class="transactional", data=data)
    asked = []

    def note(_connection, _cursor, statement, *_):
        if "catalog" in statement or "FROM event" in statement:
            asked.append(statement)

    listen(house.database.engine, "before_cursor_execute", note)
    assert deliver(house, "email") == len(skus)
    assert len(asked) == 6  # each function once, whatever the number of letters
    with house.database.reading() as session:
        subjects = session.scalars(
            select(MessageContent.subject).order_by(MessageContent.message_id)
        )
        assert subjects.all() == ["Jacket & hood", "Mug", "Jacket & hood", "Mug"]
        failed = session.scalars(select(Message.details).where(Message.state == 4)).all()
    assert len(failed) == 2
    assert "there is no 'Z' in the catalog 'products'" in failed
    assert any("no value, and no |default, for sku" in str(one) for one in failed)


def test_who_looks_nothing_up_asks_the_database_nothing(filled, house):
    words = {"channel": "email", "source": PLAIN, "edits": 0}
    assert filled.put("/api/v1/templates/welcome", json=words).status_code == 200
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START, email="a@example.com", email_confirmed=True)
        data = {"data": {}, "gates": {}, "resends": True}
        rows.add_message(session, START, contact, message_class="transactional", data=data)
    asked = []
    listen(house.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert deliver(house, "email") == 1
    assert not [one for one in asked if "catalog" in one]


def test_who_asks_nothing_reads_nothing():
    assert resolve(None, []) == {}


def test_the_command_makes_and_fills_a_catalog(tmp_path, capsys, monkeypatch):
    # Logs would go on to the stream of this one test.
    monkeypatch.setattr(opening, "configure_logs", lambda _: None)
    file = tmp_path / "products.csv"

    def run(text, *, skip=False):
        file.write_text(text)
        command.bring_in("products", file, key="sku", skip=skip, data=tmp_path / "d")

    run(CSV)
    assert "products: 2 items, 2 new, 0 taken out." in capsys.readouterr().out
    with pytest.raises(typer.Exit):
        run("sku,name\nA,x\nB\n")
    assert f"{file}:3: 1 cells, and 2 columns" in capsys.readouterr().err
    run("sku,name\nA,x\nB\n", skip=True)
    assert "products: 1 items, 0 new, 1 taken out." in capsys.readouterr().out
    command.list_all(data=tmp_path / "d")
    assert "1 items, told apart by sku" in capsys.readouterr().out
    with pytest.raises(Invalid):
        command.bring_in("products", tmp_path / "nothing.csv", data=tmp_path / "d")


def test_keys_are_told_by_the_settings(house):
    with house.database.transaction() as session:
        row = keeping.save_catalog(session, "x", keeping.Settings(), now=house.clock.now())
        assert (row.key_field, row.items) == ("id", 0)
