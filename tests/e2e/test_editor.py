"""The editor: journeys drawn with the mouse, with the keyboard alone, by two at once, and as JSON."""

import json
import re
import uuid

import pytest

from tests.e2e.life import ask

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("demo"),
]
PATIENCE = 15_000
EMPTY = {"format": 1, "name": "Drawn", "trigger": {"kind": "event", "event": "Drawn"}, "nodes": {}}


@pytest.fixture
def begin(page, demo):
    """Make a draft and open it in the editor; answers its key."""

    def make(**parts):
        key = f"drawn-{uuid.uuid4().hex[:8]}"
        document = {**EMPTY, "key": key, **parts}
        address = f"{demo[0]}/api/v1/journeys/{key}"
        ask(page.context, "PUT", address, {"document": document})
        page.goto(f"{demo[0]}/journeys/{key}?view=edit")
        page.locator(".react-flow__node").first.wait_for(timeout=PATIENCE)
        return key

    return make


def read_draft(page, demo, key):
    page.get_by_text("Saved", exact=True).wait_for(timeout=PATIENCE)
    return ask(page.context, "GET", f"{demo[0]}/api/v1/journeys/{key}")["draft"]


def choose_kind(page, name):
    page.get_by_role("combobox", name="Search").fill(name)
    page.keyboard.press("Enter")


def cards(page):
    return page.locator(".react-flow__node:not([data-id='(trigger)'])")


def test_a_journey_is_drawn_with_the_mouse(page, demo, begin):
    key = begin()
    page.get_by_role("button", name="Add a step here ((trigger))").click()
    choose_kind(page, "e-mail")
    page.get_by_role("button", name="Add a step here (send-email)").click()
    choose_kind(page, "wait for")
    page.get_by_role("button", name="Add a step here (send-email → wait-for)").click()
    choose_kind(page, "tag")
    draft = read_draft(page, demo, key)
    assert draft["start"] == "send-email"
    assert draft["nodes"]["send-email"]["next"] == "tag"
    assert draft["nodes"]["tag"]["next"] == "wait-for"

    card = page.locator(".react-flow__node[data-id='wait-for']")
    source = card.locator(".react-flow__handle[data-handleid='timeout']").bounding_box()
    target = page.locator(".react-flow__node[data-id='send-email']").bounding_box()
    page.mouse.move(source["x"] + 5, source["y"] + 5)
    page.mouse.down()
    page.mouse.move(target["x"] + 100, target["y"] + 10, steps=8)
    page.mouse.up()
    page.get_by_text("Not saved yet").or_(page.get_by_text("Saving …")).first.wait_for()
    assert read_draft(page, demo, key)["nodes"]["wait-for"]["timeout"]["next"] == "send-email"

    palette = page.get_by_role("navigation", name="Steps to add")
    canvas = page.locator(".canvas")
    palette.get_by_role("button", name="Webhook").drag_to(
        canvas, target_position={"x": 120, "y": 300}
    )
    page.locator(".react-flow__node.selected[data-id='webhook']").wait_for(timeout=PATIENCE)
    page.keyboard.press("Delete")
    page.locator(".react-flow__node[data-id='webhook']").wait_for(state="detached")
    assert set(read_draft(page, demo, key)["nodes"]) == {"send-email", "tag", "wait-for"}


def test_a_journey_is_drawn_with_the_keyboard_alone(page, demo, begin):
    key = begin()
    page.locator(".canvas").focus()
    page.keyboard.press("ArrowDown")
    for kind in ("e-mail", "wait", "branch"):
        page.keyboard.press("a")
        page.get_by_role("dialog").wait_for()
        choose_kind(page, kind)
        page.get_by_role("dialog").wait_for(state="detached")
        page.wait_for_timeout(150)
    draft = read_draft(page, demo, key)
    assert draft["nodes"]["send-email"]["next"] == "wait"
    assert draft["nodes"]["wait"]["next"] == "branch"
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(100)
    page.keyboard.press("Delete")
    page.locator(".react-flow__node[data-id='wait']").wait_for(state="detached")
    page.keyboard.press("Control+z")
    page.locator(".react-flow__node[data-id='wait']").wait_for()
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keyboard shortcuts").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+f")
    page.get_by_role("combobox", name="Search").fill("branch")
    page.keyboard.press("Enter")
    page.locator(".react-flow__node.selected[data-id='branch']").wait_for(timeout=PATIENCE)


def test_ten_steps_are_undone_and_done_again(page, demo, begin):
    key = begin()
    for number in range(10):
        page.get_by_role("button", name=re.compile("Add a step$")).click()
        choose_kind(page, "tag")
        cards(page).nth(number).wait_for()
    for _ in range(10):
        page.keyboard.press("Control+z")
    cards(page).first.wait_for(state="detached")
    assert read_draft(page, demo, key)["nodes"] == {}
    for _ in range(10):
        page.keyboard.press("Control+Shift+z")
    cards(page).nth(9).wait_for()
    assert len(read_draft(page, demo, key)["nodes"]) == 10


def test_two_who_edit_at_once_lose_nothing(page, demo, browser, begin):
    key = begin()
    other = browser.new_context(viewport={"width": 1440, "height": 900})
    theirs = other.new_page()
    theirs.goto(demo[1])
    theirs.goto(f"{demo[0]}/journeys/{key}?view=edit")
    theirs.locator(".react-flow__node").first.wait_for(timeout=PATIENCE)
    theirs.keyboard.press("a")
    choose_kind(theirs, "goal")
    theirs.get_by_text("Saved", exact=True).wait_for(timeout=PATIENCE)
    page.keyboard.press("a")
    choose_kind(page, "webhook")
    dialog = page.get_by_role("dialog", name="Somebody else has changed this draft")
    dialog.wait_for(timeout=PATIENCE)
    assert dialog.get_by_role("list").get_by_text("added", exact=True).is_visible()
    assert dialog.get_by_role("list").get_by_text("removed", exact=True).is_visible()
    dialog.get_by_role("button", name="Take theirs").click()
    assert list(read_draft(page, demo, key)["nodes"]) == ["goal"]
    page.keyboard.press("Control+z")
    page.locator(".react-flow__node[data-id='webhook']").wait_for()
    assert list(read_draft(page, demo, key)["nodes"]) == ["webhook"]
    other.close()


def test_steps_are_copied_into_another_journey(page, demo, begin):
    nodes = {
        "one": {"kind": "tag", "add": ["a"], "next": "two"},
        "two": {"kind": "tag", "add": ["b"]},
    }
    begin(nodes=nodes, start="one")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.get_by_text("2 steps copied").wait_for()
    key = begin()
    page.keyboard.press("Control+v")
    cards(page).nth(1).wait_for(timeout=PATIENCE)
    copied = read_draft(page, demo, key)["nodes"]
    assert copied == nodes


def test_text_and_canvas_are_the_same_draft(page, demo, begin):
    key = begin()
    page.keyboard.press("Shift+J")
    text = page.get_by_role("textbox", name="The draft as JSON")
    text.wait_for(timeout=PATIENCE)
    document = {**EMPTY, "key": key, "start": "hi", "nodes": {"hi": {"kind": "tag", "add": ["x"]}}}
    text.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(json.dumps(document))
    page.locator(".react-flow__node[data-id='hi']").wait_for(timeout=PATIENCE)
    page.keyboard.insert_text(" nonsense")
    page.get_by_role("alert").get_by_text("Not JSON yet").wait_for()
    assert read_draft(page, demo, key)["nodes"] == document["nodes"]
    page.locator(".react-flow__node[data-id='hi']").click()
    page.keyboard.press("Delete")
    text.get_by_text('"nodes": {}').wait_for(timeout=PATIENCE)


def test_what_is_wrong_leads_to_its_step(page, demo, begin):
    begin(nodes={"hi": {"kind": "send_email", "template": "", "topic": ""}}, start="hi")
    page.get_by_role("button", name=re.compile("to mend")).click(timeout=PATIENCE)
    drawer = page.get_by_role("dialog", name="Before it can be published")
    drawer.get_by_role("button").nth(1).click()
    page.locator(".react-flow__node.selected[data-id='hi']").wait_for(timeout=PATIENCE)
    assert page.locator(".react-flow__node[data-id='hi'] svg[role=img]").count() == 1


def test_an_older_version_comes_back(page, demo):
    page.goto(f"{demo[0]}/journeys/win-back?view=edit")
    cards(page).first.wait_for(timeout=PATIENCE)
    count = cards(page).count()
    page.locator(".react-flow__node:not([data-id='(trigger)'])").last.click()
    page.keyboard.press("Delete")
    cards(page).nth(count - 1).wait_for(state="detached")
    page.keyboard.press("Shift+H")
    history = page.get_by_role("dialog", name="History")
    history.get_by_text("removed").first.wait_for(timeout=PATIENCE)
    history.get_by_role("button", name="Restore this version").click()
    cards(page).nth(count - 1).wait_for()
    page.get_by_text("Saved", exact=True).wait_for(timeout=PATIENCE)
