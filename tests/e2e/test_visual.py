"""The visual editor: a letter changed where it is seen, and its source left whole."""

import base64
import re
import uuid
from pathlib import Path

import pytest

from tests.e2e.life import ask

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("demo"),
]
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAC9b2AAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20_000
FOLDERS = ("examples/journeys/templates", "examples/gallery/templates", "templates/email/system")
SOURCES = {
    path.name: path.read_text(encoding="utf-8")
    for folder in FOLDERS
    for path in sorted((ROOT / folder).glob("*.mjml"))
}
HARD = """<mjml>
  <mj-head><mj-title>{{ trigger.name|default("x") }}</mj-title>{% include "head" %}</mj-head>
  <!-- a comment -->
  <mj-body  background-color='#eef2f0' width="640px">
    {% include "top" %}
    {# why #}
    {% if contact.plan == "pro" and 1 < 2 %}
    <mj-hero mode="fixed-height" height="200px"><mj-text>{{ contact.city|default("<town>") }} &amp; &mdash;</mj-text></mj-hero>
    {% else %}
    <mj-wrapper padding="10px"><mj-section><mj-column width="50%"><mj-spacer height="8px"/></mj-column><mj-column></mj-column></mj-section></mj-wrapper>
    {% endif %}
    <mj-section css-class="card"><mj-group><mj-column>
      <mj-table><tr>{% for item in items %}<td>{{ item.name }}</td>{% endfor %}</tr></mj-table>
      <mj-text><a href="{{ base_url|default("/") }}/a?b=1&amp;c=2">There</a><br />{% for item in items %}{{ item.name }}, {% endfor %}</mj-text>
      <mj-image src="{{ item.image }}" alt='"' />
      <mj-social><mj-social-element name="github" href="https://example.com/">Us</mj-social-element></mj-social>
      <mj-divider />
    </mj-column></mj-group></mj-section>
    <mj-raw><table><tr><td>{{ sender.name }}</td></tr></table></mj-raw>
    {% raw %}{{ as it is }}{% endraw %}
    {% include "bottom" %}
  </mj-body>
</mjml>
"""
OPEN = """([source, partials, mayEdit = true]) => new Promise((done) => {
  const frame = document.querySelector('.visual-frame');
  const mark = 'sojourn-visual-1';
  const turn = (window.turns = (window.turns ?? 1000) + 1);
  const listen = ({ data }) => {
    if (data?.mark !== mark || data.message.turn !== turn) return;
    window.removeEventListener('message', listen);
    done(data.message);
  };
  window.addEventListener('message', listen);
  const opening = { source, partials, values: [], mayEdit };
  const message = { kind: 'open', turn, opening };
  frame.contentWindow.postMessage({ mark, message }, location.origin);
})"""


def open_visual(page, url, key):
    """Open a template in the visual editor; answers the editor's frame and its canvas."""
    page.goto(f"{url}/templates/{key}?view=visual")
    frame = page.frame_locator(".visual-frame")
    frame.get_by_role("tab", name="Blocks").wait_for(timeout=PATIENCE)
    return frame, frame.frame_locator(".gjs-frame")


def make(page, url, source):
    """Keep a template of this source; answers its key."""
    key = f"visual-{uuid.uuid4().hex[:8]}"
    body = {"channel": "email", "source": source, "edits": 0, "name": key}
    ask(page.context, "PUT", f"{url}/api/v1/templates/{key}", body)
    return key


def read(page, url, key):
    return ask(page.context, "GET", f"{url}/api/v1/templates/{key}")


def preview(page, url, source):
    body = {"channel": "email", "source": source, "contact": None}
    body |= {"attributes": {}, "data": {}, "trigger": {}, "context": {}}
    answer = ask(page.context, "POST", f"{url}/api/v1/templates/preview", body)
    return page.context.request.get(url + answer["page"]).text() if answer["page"] else answer


def test_what_is_changed_is_saved_and_the_rest_stays_as_it_is(page, demo):
    url, before = demo[0], SOURCES["cart-nudge.mjml"]
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    key = make(page, url, before)
    frame, canvas = open_visual(page, url, key)
    frame.get_by_label("Subject", exact=True).fill(
        "{{ contact.plan }}: hurry & come", timeout=PATIENCE
    )
    frame.get_by_label("Subject", exact=True).press("Enter")
    canvas.get_by_text("We keep it for a week").dblclick()
    frame.get_by_role("button", name="Done").wait_for(timeout=PATIENCE)
    page.keyboard.press("Control+End")
    page.keyboard.type(" Hurry & come ")
    frame.get_by_role("button", name="Insert value").click()
    frame.get_by_role("button", name="contact.email", exact=True).click()
    frame.get_by_role("button", name="Done").click()
    canvas.locator(".jinja", has_text="contact.email").wait_for(timeout=PATIENCE)
    frame.get_by_role("button", name="Button", exact=True).press("Enter")
    frame.get_by_label("Leads to").fill('{{ base_url }}/sale?a="1"&b=2', timeout=PATIENCE)
    frame.get_by_label("Leads to").press("Enter")
    page.get_by_role("button", name="Save and use").click()
    page.get_by_text("Version 2 is in use.").wait_for(timeout=PATIENCE)

    after = read(page, url, key)["source"]
    text = ' We keep it for a week. Hurry &amp; come {{ contact.email|default("") }}</mj-text>\n'
    link = "{{ base_url }}/sale?a=&quot;1&quot;&amp;b=2"
    button = f'        <mj-button href="{link}">Have a look</mj-button>\n'
    subject = ("You left something behind", "{{ contact.plan }}: hurry &amp; come")
    assert after == before.replace(*subject).replace(
        " We keep it for a week.</mj-text>\n", text + button
    )
    page.locator("label", has_text="Code").click()
    letter = page.frame_locator("iframe[title='The letter']")
    letter.get_by_text("Hurry & come").wait_for(timeout=PATIENCE)
    letter.get_by_role("link", name="Have a look").wait_for(timeout=PATIENCE)
    assert [one for one in asked if not one.startswith((url, "data:", "blob:"))] == []


def test_an_image_shows_a_picture_that_is_uploaded_on_the_spot(page, demo):
    url = demo[0]
    image = '<mj-image src="" alt="" />'
    body = f"<mj-body><mj-section><mj-column>{image}</mj-column></mj-section></mj-body>"
    head = "<mj-head><mj-title>Hello</mj-title></mj-head>"
    key = make(page, url, f"<mjml>{head}{body}</mjml>")
    frame, canvas = open_visual(page, url, key)
    picker = page.get_by_role("dialog", name="Choose a file")
    canvas.locator("[data-gjs-type=mj-image]").dblclick(timeout=PATIENCE)
    picker.get_by_role("button", name="Close").click(timeout=PATIENCE)
    picker.wait_for(state="detached", timeout=PATIENCE)
    frame.get_by_role("button", name="Choose or upload a picture").click()
    file = {"name": "small-logo.gif", "mimeType": "image/gif", "buffer": PIXEL}
    picker.locator("input[type=file]").set_input_files(file)
    picker.wait_for(state="detached", timeout=PATIENCE)
    page.get_by_role("button", name="Save and use").click(timeout=PATIENCE)
    page.get_by_text("Version 2 is in use.").wait_for(timeout=PATIENCE)
    kept = ask(page.context, "GET", f"{url}/api/v1/assets")["items"]
    address = next(one["in_template"] for one in kept if one["name"] == "small-logo.gif")
    shown = f'<mj-image src="{address}" alt="small logo" width="1px" />'
    assert ask(page.context, "GET", f"{url}/api/v1/templates/{key}")["source"] == (
        f"<mjml>{head}{body.replace(image, shown)}</mjml>"
    )


def test_steps_are_undone_one_by_one_and_survive_a_look_at_the_code(page, demo):
    url, before = demo[0], SOURCES["welcome-1.mjml"]
    frame, canvas = open_visual(page, url, make(page, url, before))
    for name in ("Heading", "Social links", "3 columns"):
        frame.get_by_role("button", name=name, exact=True).click()
        page.wait_for_timeout(600)
    frame.get_by_role("button", name="Undo").click()
    page.get_by_text("Not saved").wait_for()
    page.locator("label", has_text="Code").click()
    code = page.get_by_role("textbox", name="Source")
    code.get_by_text("A heading").wait_for(timeout=PATIENCE)
    page.locator("label", has_text="Visual").click()
    canvas.get_by_role("heading", name="A heading").wait_for(timeout=PATIENCE)
    assert canvas.locator("[data-gjs-type=mj-section]").count() == 1
    assert canvas.locator("[data-gjs-type=mj-social-element]").count() == 3
    canvas.get_by_role("heading", name="A heading").click()
    page.keyboard.press("Delete")
    canvas.get_by_role("heading", name="A heading").wait_for(state="detached", timeout=PATIENCE)
    page.keyboard.press("Control+z")
    canvas.get_by_role("heading", name="A heading").wait_for(timeout=PATIENCE)
    page.keyboard.press("Control+s")
    page.get_by_text("Version 2 is in use.").wait_for(timeout=PATIENCE)


def test_a_block_is_dragged_to_its_place(page, demo):
    url, before = demo[0], SOURCES["welcome-1.mjml"]
    frame, canvas = open_visual(page, url, make(page, url, before))
    target = canvas.get_by_text("Your account is ready")
    target.wait_for(timeout=PATIENCE)
    page.wait_for_timeout(500)
    start = frame.get_by_role("button", name="Divider").bounding_box()
    end = target.bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 30, steps=4)
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] - 4, steps=10)
    page.wait_for_timeout(400)  # the browser tells of dragging when it likes
    page.mouse.move(end["x"] + 62, end["y"] + end["height"] - 3, steps=2)
    page.wait_for_timeout(200)
    page.mouse.up()
    canvas.locator("[data-gjs-type=mj-divider]").wait_for(timeout=PATIENCE)
    page.locator("label", has_text="Code").click()
    page.get_by_role("textbox", name="Source").get_by_text("<mj-divider").wait_for(timeout=PATIENCE)


def test_every_letter_comes_out_as_it_went_in(page, demo):
    url = demo[0]
    open_visual(page, url, "welcome-1")
    partials = read(page, url, "welcome-1")["partials"]
    assert len(SOURCES) > 25
    for name, source in {**SOURCES, "hard": HARD}.items():
        heard = page.evaluate(OPEN, [source, partials])
        assert heard == {"kind": "opened", "turn": heard["turn"], "source": source}, name


def test_a_letter_that_was_changed_and_changed_back_is_sent_as_before(page, demo):
    url = demo[0]
    for name in ("cart-nudge.mjml", "welcome-pro.mjml"):
        key = make(page, url, SOURCES[name])
        frame, canvas = open_visual(page, url, key)
        canvas.locator("[data-gjs-type=mj-text]").first.click()
        frame.get_by_role("button", name="Duplicate").click()
        page.wait_for_timeout(500)
        frame.get_by_role("button", name="Move down").click()
        page.wait_for_timeout(500)
        frame.get_by_role("button", name="Remove").click()
        page.get_by_text("In use · v1").wait_for(timeout=PATIENCE)
        drawn = page.evaluate(OPEN, [SOURCES[name], read(page, url, key)["partials"]])["source"]
        assert preview(page, url, drawn) == preview(page, url, SOURCES[name])


def test_a_letter_with_a_mistake_is_left_to_the_code(page, demo):
    url = demo[0]
    page.goto(f"{url}/templates/{make(page, url, SOURCES['welcome-1.mjml'])}")
    source = page.get_by_role("textbox", name="Source")
    source.click(timeout=PATIENCE)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("<mjml>\n<mj-body>\n<mj-section>\n</mj-body>\n</mjml>")
    page.locator("label", has_text="Visual").click()
    page.get_by_text("can only be written as code for now").wait_for(timeout=PATIENCE)
    page.get_by_text("Line 4.").wait_for()
    page.get_by_role("button", name="Show code and preview").click()
    source.get_by_text("<mj-section>").wait_for(timeout=PATIENCE)


def test_who_may_only_look_changes_nothing(page, demo):
    frame, canvas = open_visual(page, demo[0], "welcome-1")
    page.evaluate(OPEN, [SOURCES["cart-nudge.mjml"], {}, False])
    frame.get_by_role("tab", name="Blocks").wait_for(state="detached", timeout=PATIENCE)
    text = canvas.get_by_text("We keep it for a week")
    text.click()
    frame.get_by_role("heading", name="Text").wait_for(timeout=PATIENCE)
    text.dblclick()
    page.keyboard.type("canary")
    page.keyboard.press("Delete")
    text.wait_for(timeout=PATIENCE)
    assert canvas.get_by_text("canary").count() == 0
    assert frame.get_by_role("button", name="Remove").count() == 0
    assert not frame.get_by_label("Colour", exact=True).is_editable()


def test_a_phone_is_told_kindly(page, demo):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo[0]}/templates/welcome-1?view=visual")
    page.get_by_role("heading", name="needs a wider screen").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Show code and preview").click()
    page.get_by_role("textbox", name="Source").wait_for(timeout=PATIENCE)


def test_it_speaks_to_its_own_window_alone(page, demo):
    url = demo[0]
    _, canvas = open_visual(page, url, make(page, url, SOURCES["welcome-1.mjml"]))
    canvas.get_by_text("Your account is ready").wait_for(timeout=PATIENCE)
    strange = {"kind": "changed", "turn": 1, "source": "<mjml>strange</mjml>"}
    page.evaluate(
        "(message) => window.postMessage({ mark: 'sojourn-visual-1', message }, location.origin)",
        strange,
    )
    page.wait_for_timeout(500)
    assert page.get_by_text(re.compile("^In use")).count() == 1
