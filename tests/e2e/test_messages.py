"""Messages found again and explained; templates tried on oneself; pieces and languages of letters."""

import json
import re
import uuid

import pytest

from tests.e2e.life import ask, rest

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("demo"),
]
PATIENCE = 20_000
CALLS = {
    "format": 1,
    "key": "lost-calls",
    "name": "Lost calls",
    "trigger": {"kind": "event", "event": "Call Wanted"},
    "start": "call",
    "nodes": {"call": {"kind": "send_email", "template": "lost", "class": "transactional"}},
}
LOST = """<mjml><mj-head><mj-title>Lost</mj-title></mj-head><mj-body><mj-section><mj-column>
<mj-text>{{ data.absent }}</mj-text></mj-column></mj-section></mj-body></mjml>"""


def sign_up(page, url):
    """Let somebody sign up in the shop; answers their address."""
    address = f"{uuid.uuid4().hex[:10]}@shop.example.com"
    page.goto(f"{url}/shop")
    page.fill("[name=first_name]", "Mira")
    page.fill("[name=email]", address)
    page.click("#signup button")
    page.get_by_text("Signed Up").wait_for(timeout=PATIENCE)
    rest(page.context, url)
    return address


def test_a_letter_is_found_by_its_reader_and_told_in_full(page, demo):
    url = demo[0]
    address = sign_up(page, url)
    page.goto(f"{url}/messages")
    page.get_by_label("Search messages").fill(address)
    page.wait_for_url(re.compile("search="))
    page.get_by_role("link", name="Welcome to").first.click(timeout=PATIENCE)
    page.get_by_text("The gates it passes").wait_for(timeout=PATIENCE)
    assert page.get_by_text("passed", exact=True).count() == 8
    page.frame_locator("iframe.letter").get_by_text("Mira").first.wait_for(timeout=PATIENCE)
    page.get_by_text("Signed Up").wait_for()
    page.go_back()
    page.wait_for_url(re.compile("search="))
    page.get_by_label("State").select_option("skipped")
    page.get_by_text("No such messages").wait_for(timeout=PATIENCE)
    page.reload()
    assert page.get_by_label("Search messages").input_value() == address
    page.goto(f"{url}/messages?search={address}")
    page.get_by_role("link", name="Welcome to").first.click(timeout=PATIENCE)
    page.get_by_role("link", name="Mira", exact=True).click(timeout=PATIENCE)
    page.get_by_role("button", name=re.compile("Welcome to")).click(timeout=PATIENCE)
    page.get_by_role("link", name="Everything about it").click()
    page.get_by_role("heading", name="What became of it").wait_for(timeout=PATIENCE)


def test_what_failed_says_why_and_is_sent_again_once_it_is_mended(page, demo):
    url, context = demo[0], page.context
    ask(context, "PUT", f"{url}/api/v1/templates/lost",
        {"channel": "email", "source": LOST, "edits": 0})  # fmt: skip
    ask(context, "PUT", f"{url}/api/v1/journeys/lost-calls", {"document": CALLS})
    ask(context, "POST", f"{url}/api/v1/journeys/lost-calls/publish", {})
    name = f"Calls {uuid.uuid4().hex[:8]}"
    key = ask(context, "POST", f"{url}/api/v1/keys", {"kind": "write", "name": name})["key"]
    call = {"type": "track", "event": "Call Wanted", "userId": "sample-007",
            "messageId": uuid.uuid4().hex}  # fmt: skip
    context.request.post(
        f"{url}/v1/batch", headers={"Authorization": f"Bearer {key}"}, data={"batch": [call]}
    )
    rest(context, url)
    page.goto(f"{url}/messages?journey=lost-calls")
    page.get_by_role("link", name="lost").first.click(timeout=PATIENCE)
    page.get_by_role("heading", name="What became of it").wait_for(timeout=PATIENCE)
    page.wait_for_url(re.compile(r"/messages/[0-9a-f-]{36}"))
    page.get_by_text("the template could not be filled in").first.wait_for(timeout=PATIENCE)
    page.locator("pre", has_text="absent").wait_for()
    mended = LOST.replace("{{ data.absent }}", "Found")
    ask(context, "PUT", f"{url}/api/v1/templates/lost",
        {"channel": "email", "source": mended, "edits": 1})  # fmt: skip
    page.get_by_role("button", name="Send again").click()
    page.get_by_role("dialog").get_by_role("button", name="Send again").click()
    page.frame_locator("iframe.letter").get_by_text("Found").wait_for(timeout=PATIENCE)


def test_a_template_is_tried_on_oneself_before_it_is_saved(page, demo):
    url, word = demo[0], f"Draft-{uuid.uuid4().hex[:6]}"
    page.goto(f"{url}/templates/win-back-offer")
    page.get_by_role("textbox", name="Source").click(timeout=PATIENCE)
    words = ask(page.context, "GET", f"{url}/api/v1/templates/win-back-offer")["source"]
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(re.sub("<mj-title>", f"<mj-title>{word} ", words))
    page.get_by_role("button", name="Send a test").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Send", exact=True).click()
    dialog.get_by_text("Kept for").wait_for(timeout=PATIENCE)
    dialog.get_by_role("link", name="To the mailbox").click()
    page.get_by_role("button").filter(has_text=f"[Test] {word}").click(timeout=PATIENCE)
    page.get_by_text("Test of a template: counts for nobody").wait_for(timeout=PATIENCE)
    found = ask(page.context, "GET", f"{url}/api/v1/messages?template=win-back-offer")["items"]
    assert not [one for one in found if word in (one["subject"] or "")]


def test_a_piece_of_ones_own_goes_into_letters_and_changes_in_all_of_them(page, demo):
    url, name = demo[0], f"imprint-{uuid.uuid4().hex[:6]}"
    page.goto(f"{url}/partials")
    page.get_by_role("button", name="New partial").click(timeout=PATIENCE)
    page.get_by_role("dialog").get_by_label("Name").fill(name)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("heading", name=name).wait_for(timeout=PATIENCE)
    page.frame_locator("iframe[title='The letter']").get_by_text("what letters share").wait_for(
        timeout=PATIENCE
    )

    page.goto(f"{url}/templates/ticket-survey")
    page.get_by_role("textbox", name="Source").click(timeout=PATIENCE)
    page.get_by_text('{% include "bottom" %}').click()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Insert").click()
    page.get_by_role("menuitem", name=name).click()
    letter = page.frame_locator("iframe[title='The letter']")
    letter.get_by_text("what letters share").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Save and use").click()
    page.get_by_text("is in use.").wait_for(timeout=PATIENCE)
    version = ask(page.context, "GET", f"{url}/api/v1/templates/ticket-survey")["version"]

    page.goto(f"{url}/partials/{name}")
    page.get_by_role("link", name="Ticket survey").wait_for(timeout=PATIENCE)
    page.get_by_role("textbox", name="Source").click(timeout=PATIENCE)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(
        "<mj-section><mj-column><mj-text>Rose Street 1</mj-text></mj-column></mj-section>"
    )
    letter.get_by_text("Rose Street 1").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Save and use").click()
    page.get_by_text("1 template has a new version.").wait_for(timeout=PATIENCE)
    shown = ask(page.context, "GET", f"{url}/api/v1/templates/ticket-survey")
    assert (shown["version"], shown["versions"][0]["note"]) == (version + 1, f"{name} v2")

    page.get_by_role("textbox", name="Source").click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("<!-- The imprint -->")
    page.keyboard.press("Control+s")
    page.get_by_text("Version 3 is in use.").wait_for(timeout=PATIENCE)
    kept = ask(page.context, "GET", f"{url}/api/v1/partials/{name}")["source"]
    assert kept.startswith("<!-- The imprint --><mj-section>")


def test_a_contact_gets_the_words_of_its_language(page, demo):
    url = demo[0]
    page.goto(f"{url}/templates/welcome-free")
    page.get_by_role("button", name="Add a language").click(timeout=PATIENCE)
    page.get_by_role("dialog").locator("input").first.fill("de")
    page.get_by_role("option", name="German de", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Begin with").click()
    page.get_by_role("tab", name="German").wait_for(timeout=PATIENCE)
    page.get_by_role("textbox", name="Source").click(timeout=PATIENCE)
    page.keyboard.press("Control+a")
    words = ask(page.context, "GET", f"{url}/api/v1/templates/welcome-free")["source"]
    german = re.sub("<mj-title>.*?</mj-title>", "<mj-title>Guten Tag</mj-title>", words)
    page.keyboard.insert_text(german)
    page.get_by_text("Guten Tag").first.wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Save and use").click()
    page.get_by_text("is in use.").wait_for(timeout=PATIENCE)
    page.get_by_role("tab", name="Everybody else").click()
    shown = ask(page.context, "GET", f"{url}/api/v1/templates/welcome-free")
    assert (shown["source"], list(shown["variants"])) == (words, ["de"])
    assert json.dumps(shown["variants"]["de"]).count("Guten Tag") == 1
    page.get_by_role("button", name="Versions").click()
    page.get_by_text("The same words.").wait_for(timeout=PATIENCE)
