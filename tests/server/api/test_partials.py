"""Partials and languages over HTTP: one piece in many letters, and each reader's own words."""

import pytest
from sqlalchemy import select

from engine.models.message import MessageContent
from server.applying import apply_folder
from server.delivering import deliver
from server.folder import read_folder
from tests.server import rows
from tests.server.conftest import START, log_in

TEMPLATES = "/api/v1/templates"
ROOT = "/api/v1/partials"
LETTER = """<mjml><mj-head><mj-title>{0}</mj-title></mj-head><mj-body>
<mj-section><mj-column><mj-text>{0}</mj-text></mj-column></mj-section>
{{% include "imprint" %}}
</mj-body></mjml>"""
IMPRINT = "<mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section>"
PLAIN = LETTER.format("Hello").replace('{% include "imprint" %}', "")


@pytest.fixture
def editor(app):
    return log_in(app, "editor")


def put(browser, name="imprint", source=None, edits=0, status=200):
    source = source or IMPRINT.format("Linden Lane 12")
    answer = browser.put(f"{ROOT}/{name}", json={"source": source, "edits": edits})
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def save(browser, key="hello", source=None, edits=0, status=200, **more):
    body = {"channel": "email", "source": source or LETTER.format("Hello"), "edits": edits, **more}
    answer = browser.put(f"{TEMPLATES}/{key}", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def look(browser, source, **more):
    return browser.post(
        f"{TEMPLATES}/preview", json={"channel": "email", "source": source, **more}
    ).json


def test_the_products_partials_are_listed_and_not_yet_ones_own(editor):
    listed = {one["name"]: one for one in editor.get(ROOT).json["items"]}
    assert {"head", "top", "bottom", "bottom-marketing"} <= set(listed)
    assert (listed["head"]["version"], listed["head"]["is_product"]) == (None, True)
    shown = editor.get(f"{ROOT}/head").json
    assert "mj-attributes" in shown["source"]
    assert shown["versions"] == []
    assert editor.get(f"{ROOT}/nothing").status_code == 404


def test_a_changed_partial_makes_every_letter_that_includes_it_anew(editor):
    put(editor)
    save(editor)
    save(editor, key="other", source=PLAIN)
    saved = put(editor, source=IMPRINT.format("Rose Street 1"), edits=1)
    assert (saved["version"], saved["renewed"]) == (2, ["hello"])
    assert saved["templates"] == [{"key": "hello", "name": "Hello"}]
    shown = editor.get(f"{TEMPLATES}/hello").json
    assert (shown["version"], shown["source"]) == (2, LETTER.format("Hello"))
    assert shown["versions"][0]["note"] == "imprint v2"
    assert shown["partials"]["imprint"] == IMPRINT.format("Rose Street 1")
    assert editor.get(f"{TEMPLATES}/other").json["version"] == 1
    assert save(editor, edits=2)["version"] == 2
    first = editor.get(f"{ROOT}/imprint/versions/1").json
    assert first["source"] == IMPRINT.format("Linden Lane 12")


def test_a_partial_inside_a_partial_counts_too(editor):
    put(editor)
    put(editor, name="foot", source='{% include "imprint" %}')
    save(editor, source=LETTER.format("Hello").replace("imprint", "foot"))
    shown = editor.get(f"{ROOT}/imprint").json
    assert (shown["partials"], [one["key"] for one in shown["templates"]]) == (["foot"], ["hello"])
    assert put(editor, source=IMPRINT.format("New"), edits=1)["renewed"] == ["hello"]


def test_nobodys_partial_is_lost_unseen(editor):
    put(editor)
    put(editor, source=IMPRINT.format("Two"), edits=1)
    assert "version 2 of imprint is in use" in put(editor, edits=1, status=409)["title"]
    put(editor, source=IMPRINT.format("Again"), edits=0, status=409)


@pytest.mark.parametrize(
    "source",
    [
        "<mj-section>",
        "{% if %}",
        '{% include "imprint" %}',
        '{% include "absent" %}',
        "{{ ''.__class__ }}",
    ],
)
def test_a_partial_that_cannot_be_used_is_refused(editor, source):
    put(editor, source=source, status=422)
    assert editor.get(f"{ROOT}/imprint").status_code == 404


def test_a_partial_that_breaks_a_letter_is_refused_and_nothing_changes(editor):
    put(editor)
    save(editor)
    refused = put(
        editor, source="<mj-column><mj-text>Alone</mj-text></mj-column>", edits=1, status=422
    )
    assert "hello" in refused["title"]
    assert editor.get(f"{ROOT}/imprint").json["version"] == 1
    assert editor.get(f"{TEMPLATES}/hello").json["version"] == 1


def test_a_partial_that_is_included_stays(editor):
    put(editor)
    save(editor)
    assert editor.delete(f"{ROOT}/imprint").status_code == 409
    put(editor, name="other")
    assert editor.delete(f"{ROOT}/other").status_code == 204
    assert editor.delete(f"{ROOT}/head").status_code == 404


def test_the_products_own_comes_back_into_use(editor):
    source = PLAIN.replace("<mj-section>", '{% include "bottom" %}<mj-section>', 1)
    save(editor, source=source)
    assert put(editor, name="bottom", source=IMPRINT.format("Ours"))["renewed"] == ["hello"]
    assert "Ours" in look(editor, source)["text"]
    assert editor.delete(f"{ROOT}/bottom").status_code == 204
    assert editor.get(f"{TEMPLATES}/hello").json["version"] == 3
    assert "Ours" not in look(editor, source)["text"]


@pytest.mark.parametrize(
    "source",
    [
        IMPRINT.format("Here"),
        "<mj-column><mj-text>Here</mj-text></mj-column>",
        "<mj-text>Here</mj-text>",
        "Here",
        "<mj-style>.x { color: red; }</mj-style>",
    ],
)
def test_a_partial_is_looked_at_in_a_letter_of_its_own(editor, source):
    seen = editor.post(f"{ROOT}/imprint/preview", json={"source": source}).json
    assert seen["problem"] is None
    assert ("Here" in seen["text"]) == ("Here" in source)


def test_a_partial_is_looked_at_in_a_letter_that_includes_it(editor):
    put(editor)
    save(editor)
    asked = {"source": IMPRINT.format("Draft"), "template": "hello"}
    seen = editor.post(f"{ROOT}/imprint/preview", json=asked).json
    assert "Draft" in seen["text"]
    assert "Hello" in seen["text"]
    asked["source"] = "<mj-section>\n{% if %}</mj-section>"
    (finding,) = editor.post(f"{ROOT}/imprint/preview", json=asked).json["findings"]
    assert (finding["line"], finding["is_error"]) == (2, True)


def test_a_viewer_writes_no_partial(app):
    viewer = log_in(app, "viewer")
    assert viewer.get(ROOT).status_code == 200
    put(viewer, status=403)
    assert viewer.delete(f"{ROOT}/imprint").status_code == 403


def test_variants_are_versions_together_with_the_words_for_everybody(editor):
    first = save(editor, source=PLAIN, variants={"DE": PLAIN.replace("Hello", "Hallo")})
    assert (first["version"], list(first["variants"]), first["locales"]) == (1, ["de"], ["de"])
    assert save(editor, source=PLAIN, edits=1)["version"] == 1
    variants = {"de": PLAIN.replace("Hello", "Servus"), "en-gb": PLAIN}
    second = save(editor, source=PLAIN, edits=1, variants=variants)
    assert (second["version"], second["locales"]) == (2, ["de", "en-GB"])
    old = editor.get(f"{TEMPLATES}/hello/versions/1").json
    assert "Hallo" in old["variants"]["de"]
    assert save(editor, source=PLAIN, edits=2, variants={})["locales"] == []


@pytest.mark.parametrize(
    "variants",
    [{"german": PLAIN}, {"de": PLAIN, "DE": PLAIN}, {"de": "<mjml>{% if %}"}, {"de": ""}],
)
def test_a_variant_that_cannot_be_is_refused(editor, variants):
    save(editor, source=PLAIN, variants=variants, status=422)


def test_a_variant_takes_no_way_to_unsubscribe_away(editor):
    with_link = PLAIN.replace(
        "Hello</mj-text>", '<a href="{{ unsubscribe_url }}">no more</a></mj-text>'
    )
    refused = save(editor, source=with_link, variants={"de": PLAIN}, status=422)
    assert "unsubscribe_url" in refused["title"]
    save(editor, source=with_link, variants={"de": with_link})


def test_a_changed_partial_makes_variants_anew(editor, house):
    put(editor)
    save(editor, source=PLAIN, variants={"de": LETTER.format("Hallo")})
    assert put(editor, source=IMPRINT.format("Neu"), edits=1)["renewed"] == ["hello"]
    assert editor.get(f"{TEMPLATES}/hello").json["locales"] == ["de"]


def test_everybody_gets_the_words_that_they_read(editor, house):
    save(editor, key="welcome", source=PLAIN, variants={
        "de": PLAIN.replace("Hello", "Hallo"), "de-AT": PLAIN.replace("Hello", "Servus"),
    })  # fmt: skip
    locales = {"a": "de-AT", "b": "de_CH", "c": "en", "d": None, "e": 7, "f": "de"}
    with house.database.transaction() as session:
        for name, locale in locales.items():
            contact = rows.add_contact(
                session, START, email=f"{name}@example.com", email_confirmed=True,
                attributes={} if locale is None else {"locale": locale},
            )  # fmt: skip
            data = {"data": {}, "gates": {}, "resends": True}
            rows.add_message(session, START, contact, message_class="transactional", data=data)
    assert deliver(house, "email") == len(locales)
    with house.database.reading() as session:
        sent = dict(session.execute(select(MessageContent.recipient, MessageContent.subject)).all())
    assert {address[0]: subject for address, subject in sent.items()} == {
        "a": "Servus", "b": "Hallo", "c": "Hello", "d": "Hello", "e": "Hello", "f": "Hallo",
    }  # fmt: skip


JOURNEY = """{"format": 1, "key": "j", "name": "J", "trigger": {"kind": "manual"}, "start": "a",
"nodes": {"a": {"kind": "send_email", "template": "hello", "class": "transactional"}}}"""


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "journeys"
    (root / "templates" / "partials").mkdir(parents=True)
    (root / "j.json").write_text(JOURNEY)
    files = {
        "hello.mjml": LETTER.format("Hello"),
        "hello.de.mjml": LETTER.format("Hallo"),
        "partials/imprint.mjml": '{% include "address" %}',
        "partials/address.mjml": IMPRINT.format("Linden Lane 12"),
    }
    for name, source in files.items():
        (root / "templates" / name).write_text(source)
    return root


def test_a_folder_brings_its_partials_and_languages(editor, house, folder):
    def apply():
        return apply_folder(house, read_folder([folder]), by="test").lines

    assert "template hello: version 1" in apply()
    shown = editor.get(f"{TEMPLATES}/hello").json
    assert (shown["version"], shown["locales"]) == (1, ["de"])
    assert "template hello: unchanged" in apply()
    (folder / "templates/partials/address.mjml").write_text(IMPRINT.format("Rose Street 1"))
    assert "partial address: version 2, new versions of hello" in apply()
    assert "Rose Street" in look(editor, shown["source"])["text"]
    (folder / "templates/hello.de.mjml").unlink()
    assert "template hello: unchanged" in apply()
    assert editor.get(f"{TEMPLATES}/hello").json["locales"] == ["de"]
