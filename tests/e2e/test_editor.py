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

    source = card.locator(".react-flow__handle[data-handleid='paths/0']").bounding_box()
    target = page.locator(".react-flow__node[data-id='tag']").bounding_box()
    page.mouse.move(source["x"] + 5, source["y"] + 5)
    page.mouse.down()
    page.mouse.move(target["x"] + 40, target["y"] + target["height"] - 15, steps=8)
    page.mouse.up()
    page.get_by_text("Not saved yet").or_(page.get_by_text("Saving …")).first.wait_for()
    assert read_draft(page, demo, key)["nodes"]["wait-for"]["paths"][0]["next"] == "tag"

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


def test_paths_and_comments_need_no_mouse(page, demo, begin):
    nodes = {
        "mail": {"kind": "send_email", "template": "", "topic": "", "next": "sms"},
        "sms": {"kind": "send_sms", "template": "", "topic": ""},
    }
    key = begin(nodes=nodes, start="mail")
    page.keyboard.press("Control+f")
    choose_kind(page, "mail")
    page.locator(".react-flow__node.selected[data-id='mail']").wait_for(timeout=PATIENCE)
    page.keyboard.press("l")
    choose_kind(page, "skipped")
    page.get_by_role("dialog", name="Where does “skipped” lead?").wait_for()
    choose_kind(page, "sms")
    page.get_by_role("dialog").wait_for(state="detached")
    page.keyboard.press("l")
    choose_kind(page, "straight on")
    choose_kind(page, "nowhere")
    page.get_by_role("dialog").wait_for(state="detached")
    page.wait_for_timeout(150)
    page.keyboard.press("c")
    page.get_by_role("textbox", name="Comment").fill("Ask Anna first")
    page.keyboard.press("Control+Enter")
    page.locator(".react-flow__node[data-id='mail']").get_by_label("Comment").wait_for()
    mail = read_draft(page, demo, key)["nodes"]["mail"]
    assert (mail["on_skip"], mail.get("next"), mail["note"]) == (
        {"next": "sms"},
        None,
        "Ask Anna first",
    )


def test_several_are_chosen_moved_and_deleted_together(page, demo, begin):
    nodes = {name: {"kind": "tag", "add": [name]} for name in ("one", "two", "three")}
    layout = {name: {"x": 320 * place, "y": 0} for place, name in enumerate(nodes)}
    key = begin(nodes=nodes, start="one", layout=layout)
    chosen = page.locator(".react-flow__node.selected")
    page.locator(".react-flow__node[data-id='one']").click()
    page.locator(".react-flow__node[data-id='two']").click(modifiers=["Shift"])
    page.get_by_role("heading", name="2 steps chosen").wait_for()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    moved = read_draft(page, demo, key)["layout"]
    assert [moved[name]["y"] for name in nodes] == [32, 32, 0]
    page.keyboard.press("Control+z")
    assert read_draft(page, demo, key)["layout"] == layout
    page.keyboard.press("Escape")
    first = page.locator(".react-flow__node[data-id='two']").bounding_box()
    last = page.locator(".react-flow__node[data-id='three']").bounding_box()
    page.keyboard.down("Shift")
    page.mouse.move(first["x"] - 12, first["y"] - 12)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] + 12, last["y"] + last["height"] + 12, steps=6)
    page.mouse.up()
    page.keyboard.up("Shift")
    chosen.nth(1).wait_for()
    page.keyboard.press("Delete")
    chosen.first.wait_for(state="detached")
    assert list(read_draft(page, demo, key)["nodes"]) == ["one"]


def test_who_may_only_look_changes_nothing(page, demo, begin):
    key = begin(nodes={"hi": {"kind": "tag", "add": ["x"]}}, start="hi")

    def forbid(route):
        answer = route.fetch()
        session = answer.json()
        rights = [right for right in session["user"]["permissions"] if right != "journeys:write"]
        session["user"]["permissions"] = rights
        route.fulfill(response=answer, json=session)

    page.route("**/api/v1/session", forbid)
    page.reload()
    page.get_by_text("You may look, and not change.").wait_for(timeout=PATIENCE)
    page.locator(".react-flow__node[data-id='hi']").click()
    page.keyboard.press("Delete")
    page.keyboard.press("a")
    page.keyboard.press("Control+d")
    assert page.get_by_role("dialog").count() == 0
    assert cards(page).count() == 1
    assert page.get_by_role("button", name=re.compile("Add a step")).count() == 0
    assert list(ask(page.context, "GET", f"{demo[0]}/api/v1/journeys/{key}")["draft"]["nodes"]) == [
        "hi"
    ]


def test_typing_in_a_field_or_a_dialog_deletes_no_step(page, begin):
    begin(nodes={"hi": {"kind": "tag", "add": ["x"]}}, start="hi")
    page.locator(".react-flow__node[data-id='hi']").click()
    search = page.get_by_role("textbox", name="Steps to add: Search")
    search.fill("wait a")
    search.press("Backspace")
    search.press("Delete")
    assert page.get_by_role("dialog").count() == 0
    search.fill("")
    page.locator(".react-flow__node[data-id='hi']").click()
    page.keyboard.press("Shift+P")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Delete")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    assert cards(page).count() == 1
    page.locator(".react-flow__node[data-id='hi']").click(button="right")
    page.get_by_role("menuitem", name="Duplicate").click()
    cards(page).nth(1).wait_for()


def test_a_dialog_takes_the_keys_from_its_first_moment_to_its_last(page, begin):
    begin(nodes={"hi": {"kind": "tag", "add": ["x"]}}, start="hi")
    page.locator(".react-flow__node[data-id='hi']").click()
    for opening in ("Shift+P", "Control+j", "Control+k"):
        page.keyboard.press(opening)
        page.keyboard.press("Delete")
        page.get_by_role("dialog").wait_for()
        page.keyboard.press("Escape")
    assert cards(page).count() == 1
    page.keyboard.press("Delete")
    cards(page).wait_for(state="detached")


def test_a_phone_reads_and_draws_only_if_told_to(page, begin):
    page.set_viewport_size({"width": 390, "height": 844})
    begin(nodes={"hi": {"kind": "tag", "add": ["x"]}}, start="hi")
    assert page.get_by_role("button", name=re.compile("Add a step")).count() == 0
    page.locator(".react-flow__node[data-id='hi']").click()
    page.get_by_role("dialog", name="Details").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.get_by_role("button", name="Edit here").click()
    page.get_by_role("button", name="Add a step here (hi)").click()
    choose_kind(page, "goal")
    cards(page).nth(1).wait_for()


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
    changes = dialog.get_by_role("list")
    assert changes.get_by_text("added", exact=True).is_visible()
    assert changes.get_by_text("removed", exact=True).is_visible()
    dialog.get_by_role("button", name="Take theirs").click()
    assert list(read_draft(page, demo, key)["nodes"]) == ["goal"]
    page.keyboard.press("Control+z")
    page.locator(".react-flow__node[data-id='webhook']").wait_for()
    assert list(read_draft(page, demo, key)["nodes"]) == ["webhook"]

    theirs.keyboard.press("a")
    choose_kind(theirs, "tag")
    dialog = theirs.get_by_role("dialog", name="Somebody else has changed this draft")
    dialog.get_by_role("button", name="Keep mine").click(timeout=PATIENCE)
    assert set(read_draft(theirs, demo, key)["nodes"]) == {"goal", "tag"}
    theirs.keyboard.press("Control+z")
    theirs.locator(".react-flow__node[data-id='webhook']").wait_for()
    assert list(read_draft(theirs, demo, key)["nodes"]) == ["webhook"]
    other.close()


def test_who_looks_on_sees_what_a_colleague_saves(page, demo, begin):
    key = begin()
    address = f"{demo[0]}/api/v1/journeys/{key}"
    shown = ask(page.context, "GET", address)
    nodes = {"hi": {"kind": "tag", "add": ["x"]}}
    document = {**shown["draft"], "start": "hi", "nodes": nodes}
    headers = {"X-Sojourn-App": "1", "Origin": demo[0], "If-Match": f'"{shown["revision"]}"'}
    answer = page.context.request.put(address, headers=headers, data={"document": document})
    assert answer.ok
    page.locator(".react-flow__node[data-id='hi']").wait_for(timeout=PATIENCE)
    page.get_by_text("A colleague’s newer draft is shown.").wait_for()
    assert page.get_by_text("Saved", exact=True).is_visible()


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
    page.get_by_role("alert").get_by_text("Line 1: Not JSON yet").wait_for()
    page.locator(".cm-lint-marker-error").first.wait_for()
    assert read_draft(page, demo, key)["nodes"] == document["nodes"]
    page.keyboard.press("Control+a")
    unknown = {**document, "nodes": {"hi": {"kind": "dance"}}}
    page.keyboard.insert_text(json.dumps(unknown))
    page.get_by_role("alert").get_by_text("“hi” is of the kind “dance”").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(json.dumps({**document, "name": "Typed"}))
    page.get_by_role("alert").wait_for(state="detached")
    assert read_draft(page, demo, key)["name"] == "Typed"
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
