"""Templates over HTTP: written, looked at, and brought back."""

import pytest

from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing import publish
from tests.server import rows
from tests.server.conftest import START, log_in

ROOT = "/api/v1/templates"
LETTER = """<mjml>
  <mj-head><mj-title>Hello {{ contact.first_name }}</mj-title></mj-head>
  <mj-body>
    <mj-section><mj-column><mj-text>Dear {{ contact.first_name }}</mj-text></mj-column></mj-section>
    {% for item in items %}
    <mj-section><mj-column><mj-text>{{ item.name }}</mj-text></mj-column></mj-section>
    {% endfor %}
  </mj-body>
</mjml>"""
PLAIN = LETTER.replace("{{ contact.first_name }}", "you").split("{% for")[0] + "</mj-body></mjml>"
TEXT = "Hello {{ contact.first_name|default('you') }}"


@pytest.fixture
def editor(app):
    return log_in(app, "editor")


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


def save(browser, key="hello", source=TEXT, channel="sms", edits=0, status=200, **more):
    body = {"channel": channel, "source": source, "edits": edits, **more}
    answer = browser.put(f"{ROOT}/{key}", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def look(browser, source, channel="email", status=200, **more):
    answer = browser.post(f"{ROOT}/preview", json={"channel": channel, "source": source, **more})
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def use(house, template):
    said = f"""{{"format": 1, "key": "j", "name": "Journey", "trigger": {{"kind": "manual"}},
        "start": "a", "nodes": {{"a": {{"kind": "send_sms", "template": "{template}",
        "class": "transactional"}}}}}}"""
    with house.database.transaction() as session:
        publish.save_draft(session, parse_journey(said), now=START)


def test_words_become_versions_and_come_back(editor):
    first = save(editor, name="Greeting")
    assert (first["name"], first["version"], first["source"]) == ("Greeting", 1, TEXT)
    save(editor, source="Bye", edits=1)
    save(editor, source="Bye", edits=2)
    shown = editor.get(f"{ROOT}/hello").json
    assert [one["number"] for one in shown["versions"]] == [2, 1]
    assert editor.get(f"{ROOT}/hello/versions/1").json["source"] == TEXT
    assert editor.get(f"{ROOT}/hello/versions/9").status_code == 404
    assert editor.get(f"{ROOT}/nobody").status_code == 404


def test_nobody_s_words_are_lost_unseen(editor):
    save(editor)
    save(editor, source="Two", edits=1)
    refused = save(editor, source="Other two", edits=1, status=409)
    assert "version 2 of hello is in use" in refused["title"]
    save(editor, source="Again new", edits=0, status=409)
    assert editor.get(f"{ROOT}/hello").json["source"] == "Two"


@pytest.mark.parametrize("key", ["Hello", "9", "a b", "a" * 200])
def test_a_key_is_one(editor, key):
    save(editor, key=key, status=422)


def test_what_cannot_be_used_is_refused_with_its_line(editor):
    refused = save(editor, source="one\n{% if %}", status=422)
    assert "line 2" in refused["title"]
    assert editor.get(f"{ROOT}/hello").status_code == 404


def test_a_template_that_is_used_stays(editor, house):
    save(editor)
    use(house, "hello")
    listed = editor.get(ROOT).json["items"]
    assert listed[0]["used_by"] == [{"journey": "j", "name": "Journey", "is_live": False}]
    refused = editor.delete(f"{ROOT}/hello")
    assert (refused.status_code, refused.json["title"]) == (409, "hello is used by Journey")
    save(editor, key="other")
    assert editor.delete(f"{ROOT}/other").status_code == 204
    assert [one["key"] for one in editor.get(ROOT).json["items"]] == ["hello"]


def test_it_is_renamed(editor):
    save(editor)
    assert editor.patch(f"{ROOT}/hello", json={"name": "Hi"}).json["name"] == "Hi"
    assert editor.patch(f"{ROOT}/nobody", json={"name": "Hi"}).status_code == 404


def test_a_letter_is_shown_as_its_reader_gets_it(owner, house):
    with house.database.transaction() as session:
        rows.add_contact(
            session, START, email="ann@example.com", attributes={"first_name": "Ann & Co"}
        )
    items = {"items": [{"name": "Wool socks"}]}
    seen = look(owner, LETTER, contact="ann@example.com", data=items)
    assert (seen["subject"], seen["problem"]) == ("Hello Ann & Co", None)
    assert {each["severity"] for each in seen["findings"]} == {"hint"}
    assert "Wool socks" in seen["text"]
    page = owner.get(seen["page"])
    assert "Dear Ann &amp; Co" in page.get_data(as_text=True)
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert set(seen["variables"]) >= {"contact.first_name", "items[].name"}


def test_who_lacks_a_value_is_named_and_the_letter_shown_without_it(editor):
    seen = look(editor, LETTER)
    assert "contact.first_name" in seen["problem"]
    assert (seen["subject"], seen["page"] is None) == ("Hello", False)
    assert "name" in seen["text"]


def test_a_mistake_is_shown_at_its_line(editor):
    seen = look(editor, LETTER.replace("{% endfor %}", ""))
    assert [one["is_error"] for one in seen["findings"]] == [True]
    assert seen["findings"][0]["line"] == 5
    assert seen["page"] is None


def test_a_text_says_what_it_costs(editor):
    seen = look(editor, "ä" * 10 + "x" * 160, channel="sms")
    assert seen["parts"] == {"count": 2, "encoding": "gsm7", "used": 170, "costly": None}
    assert look(editor, "💌", channel="sms")["parts"]["encoding"] == "ucs2"


@pytest.mark.parametrize(
    "source",
    [
        PLAIN.replace("Dear you", "{% for a in 'x' * 999999999 %}{% endfor %}"),
        PLAIN.replace("Dear you", "{{ ''.__class__ }}"),
        PLAIN.replace("Dear you", "<mj-column>" * 3000),
        PLAIN.replace("Dear you", "{% include '/etc/passwd' %}"),
    ],
)
def test_a_hostile_letter_harms_nobody(editor, source):
    seen = look(editor, source)
    assert seen["page"] is None
    assert seen["findings"] or seen["problem"]
    assert look(editor, PLAIN)["page"]


def test_real_contacts_take_the_right_to_see_them(editor, house):
    with house.database.transaction() as session:
        rows.add_contact(session, START, email="ann@example.com")
    assert look(editor, PLAIN, contact="ann@example.com", status=403)


def test_a_viewer_looks_and_does_not_write(app, editor):
    save(editor)
    viewer = log_in(app, "viewer")
    assert viewer.get(f"{ROOT}/hello").status_code == 200
    save(viewer, source="Mine", edits=1, status=403)
    assert viewer.delete(f"{ROOT}/hello").status_code == 403
    assert app.test_client().get(ROOT).status_code == 401


def test_a_preview_says_what_it_looks_up_that_is_not_there(editor):
    shown = look(editor, 'Hello\n{{ coupon("gone", default="SAVE5") }}', channel="sms")
    [found] = shown["findings"]
    assert (found["line"], found["code"], found["severity"]) == (2, "coupon_pool_unknown", "hint")
    lines = PLAIN.replace("Dear you", '{{ fetched("gone").text }}')
    found = [one for one in look(editor, lines)["findings"] if one["code"] == "source_unknown"]
    assert [(one["line"], one["is_error"]) for one in found] == [(4, True)]


def test_a_preview_writes_dates_in_the_language_of_its_variant(editor):
    source = '{{ "2026-11-24"|date("weekday") }}'
    assert look(editor, source, channel="sms")["text"] == "Tuesday, 24 November"
    asked = look(editor, source, channel="sms", language="de")
    assert asked["text"] == "Dienstag, 24. November"
    look(editor, source, channel="sms", language="no tag", status=422)
