"""The list of journeys, and beginning one: from the gallery, from nothing, from a file."""

import json
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
TRIGGERS = ("event", "segment", "date", "schedule", "inactivity", "manual")


def show(page, demo, key):
    return ask(page.context, "GET", f"{demo[0]}/api/v1/journeys/{key}")


def test_a_journey_begins_from_the_gallery(page, demo):
    name = f"Birthday {uuid.uuid4().hex[:6]}"
    page.goto(demo[0] + "/journeys")
    page.get_by_role("link", name="New journey").click(timeout=PATIENCE)
    page.get_by_role("button", name="Use this: Birthday").click(timeout=PATIENCE)
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("textbox", name="Key").fill(key := name.lower().replace(" ", "-"))
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("toolbar", name="The draft").wait_for(timeout=PATIENCE)
    assert show(page, demo, key)["name"] == name
    assert page.locator(".react-flow__node").count() == 6


@pytest.mark.parametrize("kind", TRIGGERS)
def test_a_journey_begins_empty_with_any_trigger(page, demo, kind):
    name = f"Empty {uuid.uuid4().hex[:6]}"
    page.goto(demo[0] + "/gallery")
    page.get_by_role("button", name="Empty journey").click(timeout=PATIENCE)
    page.get_by_role("combobox", name="What lets people in").select_option(kind)
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("toolbar", name="The draft").wait_for(timeout=PATIENCE)
    shown = show(page, demo, name.lower().replace(" ", "-"))
    assert (shown["draft"]["trigger"]["kind"], shown["state"]) == (kind, "draft")


def test_what_is_exported_can_be_imported_under_another_key(page, demo):
    page.goto(demo[0] + "/journeys")
    page.get_by_role("button", name="What to do with Abandoned cart").click(timeout=PATIENCE)
    with page.expect_download() as waiting:
        page.get_by_role("menuitem", name="Export as JSON").click()
    exported = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert exported == show(page, demo, "abandoned-cart")["draft"]

    page.goto(demo[0] + "/gallery")
    page.get_by_role("button", name="Import JSON").click(timeout=PATIENCE)
    page.get_by_role("textbox", name="The document").fill("{nonsense")
    page.get_by_text("This is no journey").wait_for()
    page.get_by_role("textbox", name="The document").fill(json.dumps(exported))
    key = f"cart-{uuid.uuid4().hex[:6]}"
    assert page.get_by_role("textbox", name="Key").input_value() == "abandoned-cart-2"
    page.get_by_role("textbox", name="Key").fill("abandoned-cart")
    page.get_by_text("A journey has this key.").wait_for()
    page.get_by_role("textbox", name="Key").fill(key)
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("toolbar", name="The draft").wait_for(timeout=PATIENCE)
    assert show(page, demo, key)["draft"] == exported | {"key": key}


def test_a_draft_is_copied_put_into_a_folder_put_away_and_deleted(page, demo):
    key = f"tidy-{uuid.uuid4().hex[:6]}"
    document = {"format": 1, "key": key, "name": key, "trigger": {"kind": "manual"}, "nodes": {}}
    ask(page.context, "PUT", f"{demo[0]}/api/v1/journeys/{key}", {"document": document})

    def do(what, name=key):
        page.goto(demo[0] + "/journeys")
        page.get_by_role("textbox", name="Search").fill(key)
        page.get_by_role("button", name=f"What to do with {name}", exact=True).click(
            timeout=PATIENCE
        )
        page.get_by_role("menuitem", name=what).click()

    do("Duplicate …")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("toolbar", name="The draft").wait_for(timeout=PATIENCE)
    copy = f"{key}-copy"
    assert show(page, demo, copy)["name"] == f"{key}, copy"

    do("Put into a folder …")
    page.get_by_role("dialog").locator("input").fill("Spring")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("row", name=key).get_by_text("Spring").wait_for(timeout=PATIENCE)
    page.get_by_role("combobox", name="Folder").select_option("Spring")
    page.get_by_role("link", name=f"{key}, copy").wait_for(state="detached")

    do("Put away")
    page.get_by_text(f"{key} is put away.").wait_for(timeout=PATIENCE)
    page.get_by_role("link", name=key, exact=True).wait_for(state="detached")
    page.get_by_role("combobox", name="State").select_option("archived")
    page.get_by_role("link", name=key, exact=True).wait_for()

    do("Delete the draft …", f"{key}, copy")
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_text("The draft is deleted.").wait_for(timeout=PATIENCE)
    found = ask(page.context, "GET", f"{demo[0]}/api/v1/journeys")["journeys"]
    assert copy not in {one["key"] for one in found}


def test_the_list_shows_entries_and_goals(page, demo):
    page.goto(demo[0] + "/journeys")
    page.get_by_role("img", name="Welcome:").wait_for(timeout=PATIENCE)
    assert page.get_by_role("columnheader", name="This week").is_visible()
