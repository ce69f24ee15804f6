"""Trying a journey out, asking why, and answering what journeys ask: as a marketer does."""

import re
import uuid

import pytest

from tests.e2e.life import ask, build, rest, tell
from tests.e2e.screens import ask_why, first_question

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("demo"),
]
PATIENCE = 15_000


def draw(page, demo, nodes, start):
    """Keep a draft; answers its key."""
    key = f"try-{uuid.uuid4().hex[:8]}"
    document = {
        "format": 1,
        "key": key,
        "name": key,
        "trigger": {"kind": "event", "event": f"Came {key}"},
        "start": start,
        "nodes": nodes,
    }
    ask(page.context, "PUT", f"{demo[0]}/api/v1/journeys/{key}", {"document": document})
    return key


FORK = {
    "rest": {"kind": "wait", "for": "P3D", "next": "fork"},
    "fork": {
        "kind": "branch",
        "paths": [
            {
                "label": "paying",
                "when": {"attribute": "plan", "op": "is", "value": "pro"},
                "next": "gold",
            }
        ],
        "otherwise": {"next": "more"},
    },
    "gold": {"kind": "tag", "add": ["gold"]},
    "more": {"kind": "tag", "add": ["more"]},
}


def test_a_draft_is_tried_with_somebody_described(page, demo):
    key = draw(page, demo, FORK, "rest")
    page.goto(f"{demo[0]}/journeys/{key}?view=try")
    known = page.get_by_role("group", name="What is known of them")
    known.get_by_label("Value: plan").fill("pro", timeout=PATIENCE)
    page.get_by_role("button", name="Try it").click()
    steps = page.locator(".story li")
    steps.filter(has_text="Goes on by “paying”").wait_for(timeout=PATIENCE)
    assert steps.filter(has_text="Came to the end").count() == 1
    page.get_by_role("button", name="Step forward").click()
    token = page.get_by_role("img", name="Here now: Ann")
    assert token.is_visible()
    assert page.get_by_role("status").filter(has_text="Day 0").count() == 1
    page.get_by_role("slider", name="Timeline").press("End")
    assert page.get_by_role("status").filter(has_text="Day 3").count() == 1
    gold = page.locator(".react-flow__node[data-id='gold']")
    assert "Day 3" in gold.inner_text()
    assert gold.locator(".faint").count() == 0
    assert page.locator(".react-flow__node[data-id='more'] .faint").count() == 1


def test_what_is_not_saved_yet_is_tried_as_well(page, demo):
    key = draw(page, demo, FORK, "rest")
    page.goto(f"{demo[0]}/journeys/{key}?view=edit")
    page.locator(".react-flow__node[data-id='rest']").click(timeout=PATIENCE)
    page.keyboard.press("Delete")
    page.get_by_text("Try", exact=True).click()
    page.get_by_role("button", name="Try it").click(timeout=PATIENCE)
    page.locator(".story li").filter(has_text="Goes on by “otherwise”").wait_for(timeout=PATIENCE)
    assert page.locator(".story li").filter(has_text="Waits until").count() == 0


def test_a_sample_of_real_contacts_shows_figures_on_every_way(page, demo):
    key = draw(page, demo, FORK, "rest")
    page.goto(f"{demo[0]}/journeys/{key}?view=try")
    page.get_by_text("A sample").click(timeout=PATIENCE)
    page.get_by_label("How many real contacts").fill("40")
    page.get_by_role("button", name="Try it").click()
    page.get_by_text("40 of 40 entered").wait_for(timeout=PATIENCE)
    assert page.get_by_text(re.compile(r"^paying · \d+ \(")).count() == 1
    assert page.get_by_role("region", name="How it ends").get_by_text("40").is_visible()


def test_why_somebody_got_it_is_answered_and_drawn(page, demo):
    url, name = demo[0], f"Why {uuid.uuid4().hex[:8]}"
    made = ask(page.context, "POST", f"{url}/api/v1/keys", {"kind": "write", "name": name})
    tell(page.context, url, made["key"], [build("Signed Up", 1, {"plan": "pro"})])
    rest(page.context, url)
    page.goto(f"{url}/journeys/welcome")
    ask_why(page)
    dialog = page.get_by_role("dialog", name="Why did they get it, or not?")
    dialog.get_by_text("Step by step").wait_for(timeout=PATIENCE)
    assert dialog.get_by_text(re.compile("“Signed Up” of .* let them in")).count() >= 1
    assert dialog.locator(".react-flow__edge.gone").count() >= 2
    assert dialog.get_by_text("They are not inside already: no").is_visible()


def test_a_question_is_answered_on_a_phone_and_told_in_the_notices(browser, demo):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(demo[1])
    address = first_question(context, demo[0])
    before = ask(context, "GET", f"{demo[0]}/api/v1{address}")
    page.goto(f"{demo[0]}/journeys")
    page.get_by_role("button", name=re.compile("^Notices, ")).tap(timeout=PATIENCE)
    notices = page.get_by_role("dialog", name="Notices")
    told = notices.locator(".notice", has_text=before["words"])
    told.get_by_role("link", name="Answer").first.tap(timeout=PATIENCE)
    page.get_by_role("heading", name=before["words"]).wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Approve").tap()
    page.get_by_text("Please fill in: Reason.").wait_for(timeout=PATIENCE)
    page.get_by_label("Reason").fill("It was damaged")
    page.get_by_role("button", name="Approve").tap()
    page.get_by_text(re.compile(" answered on ")).wait_for(timeout=PATIENCE)
    after = ask(context, "GET", f"{demo[0]}/api/v1{address}")
    assert (after["state"], after["answer"]) == ("answered", "Approve")
    assert after["values"] == {"reason": "It was damaged"}
    context.close()
