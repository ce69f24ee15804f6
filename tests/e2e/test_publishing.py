"""Publishing with people inside, pausing from a phone, and drawing to a letter: as a marketer does."""

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
PATIENCE = 15_000


@pytest.fixture
def inside(page, demo):
    """A live journey with somebody who waits in it; answers its key."""
    url, event = demo[0], f"Came {uuid.uuid4().hex[:8]}"
    key = f"inside-{uuid.uuid4().hex[:8]}"
    document = {
        "format": 1,
        "key": key,
        "name": key,
        "trigger": {"kind": "event", "event": event},
        "start": "rest",
        "nodes": {
            "rest": {"kind": "wait", "for": "P30D", "next": "mark"},
            "mark": {"kind": "tag", "add": ["rested"]},
        },
    }
    ask(page.context, "PUT", f"{url}/api/v1/journeys/{key}", {"document": document})
    ask(page.context, "POST", f"{url}/api/v1/journeys/{key}/publish", {})
    made = ask(page.context, "POST", f"{url}/api/v1/keys", {"kind": "write", "name": key})
    tell(page.context, url, made["key"], [build(event, 7, {})])
    rest(page.context, url)
    return key


def show(page, demo, key):
    return ask(page.context, "GET", f"{demo[0]}/api/v1/journeys/{key}")


def test_people_inside_move_where_the_review_says(page, demo, inside):
    page.goto(f"{demo[0]}/journeys/{inside}?view=edit")
    page.locator(".react-flow__node[data-id='rest']").click(timeout=PATIENCE)
    page.keyboard.press("Delete")
    page.get_by_role("button", name="Publish", exact=True).click()
    review = page.get_by_role("dialog", name="Before it goes live")
    review.get_by_text("All checks passed.").wait_for(timeout=PATIENCE)
    review.get_by_text("In the last 30 days it happened 1 times, to 1 contacts.").wait_for()
    review.get_by_text("Move them all to the new version").click()
    publish = review.get_by_role("button", name="Publish version 2")
    assert publish.is_disabled()
    review.get_by_role("combobox", name="Choose what happens to them: rest").select_option("mark")
    publish.click(timeout=PATIENCE)
    review.get_by_text("Version 2 is live").wait_for(timeout=PATIENCE)
    assert review.get_by_text("1 person was moved to it.").is_visible()
    review.get_by_role("button", name="Watch it").click()
    rest(page.context, demo[0])
    page.locator(".react-flow__node[data-id='mark']").wait_for(timeout=PATIENCE)
    assert show(page, demo, inside)["inside"] == 0


def test_the_review_draws_what_changes_wherever_it_is_opened(page, demo, inside):
    changed = {**show(page, demo, inside)["draft"], "name": "Another name"}
    ask(page.context, "PUT", f"{demo[0]}/api/v1/journeys/{inside}", {"document": changed})
    page.goto(f"{demo[0]}/journeys/{inside}")  # where nothing of the editor has been loaded
    page.get_by_role("button", name="Publish", exact=True).click(timeout=PATIENCE)
    picture = page.get_by_role("dialog", name="Before it goes live").locator(".picture")
    picture.locator(".react-flow__node[data-id='rest']").wait_for(timeout=PATIENCE)
    assert picture.bounding_box()["height"] > 200


def test_a_journey_is_paused_and_goes_on_from_a_phone(browser, demo, inside):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(demo[1])
    page.goto(f"{demo[0]}/journeys/{inside}")
    page.get_by_role("button", name="State").tap(timeout=PATIENCE)
    page.get_by_role("menuitem", name="Pause …").tap()
    page.get_by_role("button", name="Pause", exact=True).tap()
    page.get_by_text(re.compile("^paused")).wait_for(timeout=PATIENCE)
    assert show(page, demo, inside)["state"] == "paused"
    page.get_by_role("button", name="State").tap()
    page.get_by_role("menuitem", name="Resume …").tap()
    dialog = page.get_by_role("dialog", name="Go on after the pause")
    assert dialog.get_by_role("button", name="Go on").is_disabled()
    dialog.get_by_text("It does not count").tap()
    dialog.get_by_role("button", name="Go on").tap()
    page.get_by_text(re.compile("^live")).wait_for(timeout=PATIENCE)
    assert show(page, demo, inside)["state"] == "live"
    context.close()


def test_what_cannot_work_is_not_published(page, demo):
    key = f"wrong-{uuid.uuid4().hex[:8]}"
    document = {
        "format": 1,
        "key": key,
        "name": "Wrong",
        "trigger": {"kind": "event", "event": "Came"},
        "start": "mail",
        "nodes": {"mail": {"kind": "send_email", "template": "", "topic": ""}},
    }
    ask(page.context, "PUT", f"{demo[0]}/api/v1/journeys/{key}", {"document": document})
    page.goto(f"{demo[0]}/journeys/{key}")
    page.get_by_role("button", name="Publish", exact=True).click(timeout=PATIENCE)
    review = page.get_by_role("dialog", name="Before it goes live")
    review.get_by_text("Publishing is not possible yet.").wait_for(timeout=PATIENCE)
    assert review.get_by_role("button", name=re.compile("Publish version")).count() == 0
    assert show(page, demo, key)["state"] == "draft"
    review.get_by_role("button", name="Show the step").click()
    page.locator(".react-flow__node.selected[data-id='mail']").wait_for(timeout=PATIENCE)


def test_a_stopped_journey_is_deleted_once_its_key_is_typed(page, demo, inside):
    page.goto(f"{demo[0]}/journeys/{inside}")
    page.get_by_role("button", name="State").click(timeout=PATIENCE)
    page.get_by_role("menuitem", name="Stop …").click()
    page.get_by_text("End it for everybody now").click()
    page.get_by_role("button", name="Stop", exact=True).click()
    page.get_by_text("1 person was taken out.").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="State").click()
    page.get_by_role("menuitem", name="Delete …").click()
    delete = page.get_by_role("button", name="Delete", exact=True)
    assert delete.is_disabled()
    page.get_by_role("textbox").fill(inside)
    delete.click()
    page.get_by_role("heading", name="Journeys").wait_for(timeout=PATIENCE)
    assert page.get_by_role("link", name=inside).count() == 0
