"""Contacts: found by a condition, made and changed by hand, their whole story, skipped and taken out."""

import re
import uuid

import pytest

from tests.e2e.life import ask, build, rest, tell

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("demo"),
]
PATIENCE = 20_000


def make_contact(page, url):
    """Make a contact by hand, in the screen; answer its name and address."""
    name = f"Zoe {uuid.uuid4().hex[:8]}"
    address = f"{name.split()[1]}@example.com"
    page.goto(f"{url}/contacts")
    page.get_by_role("button", name="New contact").click(timeout=PATIENCE)
    dialog = page.get_by_role("dialog", name="New contact")
    assert dialog.get_by_role("button", name="Create").is_disabled()
    dialog.get_by_role("textbox", name="Name").fill(name)
    dialog.get_by_role("textbox", name="E-mail").fill(address)
    dialog.get_by_role("button", name="Create").click()
    page.get_by_role("heading", name=name, level=1).wait_for(timeout=PATIENCE)
    return name, address


def test_who_is_shown_follows_a_condition(page, demo):
    url = demo[0]
    make_contact(page, url)  # of whom no plan is known
    page.goto(f"{url}/contacts")
    page.get_by_role("button", name="Filter").click(timeout=PATIENCE)
    box = page.get_by_role("region", name="Who is shown")
    box.get_by_placeholder("Attribute").fill("plan")
    page.keyboard.press("Escape")
    box.get_by_role("button", name="Show").click()
    page.get_by_text(re.compile(r"^\d+ contacts$")).wait_for(timeout=PATIENCE)
    with_plan = ask(page.context, "POST", f"{url}/api/v1/conditions/count", {
        "condition": {"attribute": "plan", "op": "exists"}
    })["count"]  # fmt: skip
    page.get_by_text(f"{with_plan} contacts", exact=True).wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Take the filter away").click()
    page.get_by_text(f"{with_plan} contacts", exact=True).wait_for(state="detached")


def test_a_contact_is_made_changed_and_its_story_told(page, demo):
    url = demo[0]
    name, address = make_contact(page, url)
    page.get_by_role("button", name="Add", exact=True).click()
    dialog = page.get_by_role("dialog", name="New attribute")
    dialog.get_by_role("textbox", name="Name").fill("shoe_size")
    dialog.get_by_role("textbox", name="Value").fill("38 and a half")
    dialog.get_by_role("button", name="Save").click()
    page.get_by_text("38 and a half").first.wait_for(timeout=PATIENCE)
    page.get_by_role("combobox", name="Add a tag").fill("climber")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Remove the tag climber").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Record a choice").click()
    said = page.get_by_role("dialog", name="Record a choice")
    assert said.get_by_role("button", name="Save").is_disabled()
    said.get_by_role("textbox", name="How do you know?").fill("She said so on the telephone")
    said.get_by_role("button", name="Save").click()
    story = page.get_by_role("region", name="What happened")
    story.get_by_text(re.compile("^Agreed to")).wait_for(timeout=PATIENCE)
    story.get_by_text(re.compile("shoe_size")).first.wait_for(timeout=PATIENCE)
    found = ask(page.context, "GET", f"{url}/api/v1/contacts?search={address}")["items"]
    kept = ask(page.context, "GET", f"{url}/api/v1/contacts/{found[0]['id']}")
    assert kept["attributes"]["shoe_size"] == "38 and a half"
    assert kept["attributes"]["tags"] == ["climber"]
    page.goto(f"{url}/contacts")
    page.get_by_placeholder("E-mail, phone, name or id").fill(name.split()[1][:6])
    page.get_by_role("link", name=name).click(timeout=PATIENCE)
    page.get_by_role("heading", name=name, level=1).wait_for(timeout=PATIENCE)


def test_an_address_is_never_written_to_again_and_somebody_is_forgotten(page, demo):
    url = demo[0]
    name, address = make_contact(page, url)
    page.get_by_role("button", name=f"What to do with {address}").click()
    page.get_by_role("menuitem", name="Never write to it").click()
    dialog = page.get_by_role("dialog", name=re.compile("^Never write to"))
    dialog.get_by_role("textbox", name="Why?").fill("Asked on the telephone")
    dialog.get_by_role("button", name="Never write to it").click()
    page.get_by_text("suppressed").first.wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="More").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=re.compile("^Copy of all data")).click()
    assert address in download.value.path().read_text()
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Erase …").click()
    erasing = page.get_by_role("dialog", name="Erase this contact?")
    assert erasing.get_by_role("button", name="Erase for good").is_disabled()
    word = re.search("“(.+)”", erasing.get_by_text(re.compile("^Type")).first.inner_text())[1]
    erasing.get_by_role("textbox").fill(word)
    erasing.get_by_role("button", name="Erase for good").click()
    page.wait_for_url(f"{url}/contacts")
    rest(page.context, url)
    assert ask(page.context, "GET", f"{url}/api/v1/contacts?search={address}")["items"] == []
    assert name


def test_who_waits_is_let_go_on_from_the_contact_s_page(page, demo):
    url = demo[0]
    who = f"waiter-{uuid.uuid4().hex[:8]}"
    made = ask(page.context, "POST", f"{url}/api/v1/keys", {"kind": "write", "name": who})
    signed_up = build("Signed Up", 1, {"plan": "free"}) | {"userId": who}
    tell(page.context, url, made["key"], [
        {"type": "identify", "userId": who, "traits": {"email": f"{who}@example.com", "plan": "free"},
         "messageId": f"{who}-i"},
        signed_up,
    ])  # fmt: skip
    rest(page.context, url)
    found = ask(page.context, "GET", f"{url}/api/v1/contacts?search={who}")["items"]
    page.goto(f"{url}/contacts/{found[0]['id']}")
    journeys = page.get_by_role("region", name="Journeys")
    journeys.get_by_role("link", name="Welcome", exact=True).wait_for(timeout=PATIENCE)
    journeys.get_by_text("waiting", exact=True).wait_for(timeout=PATIENCE)
    journeys.get_by_role("button", name=re.compile(f"{who}$|{who}@")).click()
    page.get_by_role("menuitem", name=re.compile("go on", re.IGNORECASE)).click()
    rest(page.context, url)
    page.reload()
    story = page.get_by_role("region", name="What happened")
    story.get_by_text("Went through Welcome").wait_for(timeout=PATIENCE)
