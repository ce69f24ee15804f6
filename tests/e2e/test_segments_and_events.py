"""Segments built as rules, and events seen as they come in."""

import re
import uuid

import pytest

from tests.e2e.life import ask, build, tell

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("demo"),
]
PATIENCE = 20_000


def test_a_segment_is_built_and_found_out(page, demo):
    name = f"Payers {uuid.uuid4().hex[:6]}"
    page.goto(f"{demo[0]}/segments")
    page.get_by_role("button", name="New segment").click(timeout=PATIENCE)
    dialog = page.get_by_role("dialog", name="New segment")
    dialog.get_by_role("textbox", name="Name").fill(name)
    dialog.get_by_placeholder("Attribute").fill("plan")
    page.keyboard.press("Escape")
    if not dialog.is_visible():
        raise AssertionError("Escape in a field closed the dialog")
    dialog.get_by_placeholder("Attribute").press("Enter")
    dialog.get_by_text("of 30").wait_for(timeout=PATIENCE)
    dialog.get_by_role("button", name="Make it").click()
    page.get_by_text("in it now", exact=True).wait_for(timeout=PATIENCE)
    page.get_by_role("link", name=re.compile("^[A-Z][a-z]+ [A-Z]")).nth(9).wait_for()


def test_what_comes_in_is_seen_and_one_s_own_call_found(page, demo):
    url = demo[0]
    page.goto(f"{url}/events")
    code = page.locator("pre", has_text="curl").first
    code.wait_for(timeout=PATIENCE)
    event = re.search(r'"event": "(Test \w+)"', code.inner_text())[1]
    page.get_by_role("button", name="I have sent it").click()
    page.get_by_text("Waiting for it …").wait_for()
    made = ask(page.context, "POST", f"{url}/api/v1/keys", {"kind": "write", "name": event})
    tell(page.context, url, made["key"], [build(event, 5, {"test": True})])
    page.get_by_text(re.compile("^It arrived:")).wait_for(timeout=PATIENCE)
    page.get_by_role("button", name=f"Details of {event}").click(timeout=PATIENCE)
    page.locator("pre", has_text="messageId").get_by_text('"test": true').wait_for()
