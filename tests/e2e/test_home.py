"""The first page moves with what happens; a broadcast reaches its readers; settings are kept."""

import re
import uuid

import pytest

from tests.e2e.documents import build_broadcast
from tests.e2e.life import ask, rest
from tests.e2e.screens import plan_broadcast

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("demo"),
]
PATIENCE = 30_000


def read_sent(page):
    """Return how many messages the first page says were sent."""
    figure = page.get_by_role("region", name="Messages sent")
    figure.wait_for(timeout=PATIENCE)
    return int(figure.locator(".numbers").first.inner_text().replace(",", ""))


def test_a_broadcast_goes_from_a_plan_to_the_mailbox_and_moves_the_first_page(page, demo):
    url = demo[0]
    page.goto(url)
    before = read_sent(page)
    page.get_by_role("link", name="Broadcasts").click()
    page.get_by_role("link", name="New broadcast").first.click(timeout=PATIENCE)
    plan_broadcast(page)
    page.get_by_role("button", name="Send now").click(timeout=PATIENCE)
    dialog = page.get_by_role("dialog", name="Send now")
    many = int(re.search(r"Type (\d+)", dialog.inner_text())[1])
    assert many > 0
    send = dialog.get_by_role("button", name=f"Send to {many}")
    dialog.get_by_role("textbox").fill(str(many + 1))
    assert send.is_disabled()
    dialog.get_by_role("textbox").fill(str(many))
    send.click()
    page.get_by_text("How it was sent").wait_for(timeout=PATIENCE)
    page.locator(".mantine-Badge-root", has_text=re.compile("^sent$")).wait_for(timeout=60_000)
    key = page.url.rsplit("/", 1)[1]
    shown = ask(page.context, "GET", f"{url}/api/v1/broadcasts/{key}")
    assert (shown["sent"], shown["queued"], shown["failed"]) == (many, 0, 0)
    letters = ask(page.context, "GET", f"{url}/api/v1/mailbox")["items"]
    assert sum(one["journey"] == key for one in letters) == min(many, len(letters))
    page.goto(f"{url}/broadcasts")
    page.get_by_role("link", name="Spring news").first.wait_for(timeout=PATIENCE)
    page.goto(url)
    page.wait_for_function(f"() => {READ} >= {before + many}", timeout=PATIENCE)


READ = (
    "Number(document.querySelector('section[aria-label=\"Messages sent\"] .numbers')"
    "?.textContent.replaceAll(',', ''))"
)


def test_a_broadcast_that_waits_is_cancelled_and_planned_again(page, demo):
    url, key = demo[0], f"later-{uuid.uuid4().hex[:8]}"
    document = {**build_broadcast(key), "name": f"Later {key}"}
    ask(page.context, "PUT", f"{url}/api/v1/journeys/{key}", {"document": document})
    ask(page.context, "POST", f"{url}/api/v1/broadcasts/{key}/send", {"revision": 1})
    page.goto(f"{url}/broadcasts/{key}")
    page.get_by_role("button", name="Cancel it").click(timeout=PATIENCE)
    page.get_by_role("dialog").get_by_role("button", name="Cancel it").click()
    page.get_by_role("button", name="Plan it again").click(timeout=PATIENCE)
    page.get_by_role("textbox", name="Name").fill("Another time")
    for _ in range(2):
        page.get_by_role("button", name="Continue").click()
    page.get_by_label("Day and time").fill("2031-05-01T09:30")
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_text("The draft is saved.").wait_for(timeout=PATIENCE)
    saved = ask(page.context, "GET", f"{url}/api/v1/broadcasts/{key}")
    assert (saved["name"], saved["once"][:16], saved["state"]) == (
        "Another time",
        "2031-05-01T09:30",
        "cancelled",
    )


def test_what_is_paused_waits_on_the_first_page_and_leads_to_its_journey(page, demo):
    url = demo[0]
    ask(page.context, "POST", f"{url}/api/v1/journeys/win-back/pause", {"what": "sends"})
    try:
        page.goto(url)
        page.get_by_role("link", name="Win back holds its messages back").click(timeout=PATIENCE)
        page.wait_for_url("**/journeys/win-back", timeout=PATIENCE)
    finally:
        ask(page.context, "POST", f"{url}/api/v1/journeys/win-back/resume", {"what": "sends"})
        rest(page.context, url)


def test_a_topic_is_made_renamed_and_put_away(page, demo):
    url, name = demo[0], f"Events {uuid.uuid4().hex[:6]}"
    page.goto(f"{url}/settings/topics")
    page.get_by_role("button", name="New topic").click(timeout=PATIENCE)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill(name)
    dialog.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name=f"Change {name}").click(timeout=PATIENCE)
    key = name.lower().replace(" ", "-")
    theirs = {"name": name, "opt_in": "explicit", "revision": 1, "description": "Theirs"}
    ask(page.context, "PUT", f"{url}/api/v1/topics/{key}", theirs)
    dialog.get_by_role("textbox", name="Name").fill(f"{name} of ours")
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_text("Somebody else has changed it meanwhile").wait_for(timeout=PATIENCE)
    dialog.get_by_role("button", name="Show theirs").click()
    page.get_by_role("textbox", name="What people get").and_(
        page.locator("[value=Theirs]")
    ).wait_for(timeout=PATIENCE)
    dialog.get_by_role("button", name="Put it away").click()
    page.get_by_role("switch", name="Show archived").wait_for(timeout=PATIENCE)
    assert page.get_by_role("article", name=name).count() == 0
    kept = ask(page.context, "GET", f"{url}/api/v1/topics")["items"]
    assert [one["revision"] for one in kept if one["key"] == key] == [3]


def test_a_sending_limit_is_made_changed_and_removed(page, demo):
    url, name = demo[0], f"Texts {uuid.uuid4().hex[:6]}"
    page.goto(f"{url}/settings/limits")
    page.get_by_role("button", name="New limit").click(timeout=PATIENCE)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill(name)
    dialog.get_by_role("textbox", name="Messages at most").fill("50")
    dialog.get_by_role("radio", name="is held back").click()
    dialog.get_by_role("button", name="Make it").click()
    row = page.get_by_role("article", name=name)
    row.get_by_text("At most 50 marketing messages in a calendar week").wait_for(timeout=PATIENCE)
    row.get_by_role("button", name=f"Change {name}").click()
    dialog.get_by_role("textbox", name="Messages at most").fill("")
    dialog.get_by_role("button", name="Save").click()
    row.get_by_text("No limit, as if there were none").wait_for(timeout=PATIENCE)
    row.get_by_role("button", name=f"Change {name}").click()
    dialog.get_by_role("button", name="Remove").click()
    dialog.get_by_role("alert").get_by_role("button", name="Remove").click()
    row.wait_for(state="detached", timeout=PATIENCE)


def test_an_endpoint_shows_its_secret_once_and_says_what_a_call_came_to(page, demo):
    url, key = demo[0], f"crm-{uuid.uuid4().hex[:6]}"
    page.goto(f"{url}/settings/endpoints")
    page.get_by_role("button", name="New endpoint").click(timeout=PATIENCE)
    dialog = page.get_by_role("dialog", name="New endpoint")
    dialog.get_by_role("textbox", name="Key").fill(key)
    dialog.get_by_role("textbox", name="Address").fill("http://127.0.0.1:9/")
    dialog.get_by_role("button", name="Make it").click()
    dialog.get_by_role("alert").wait_for(timeout=PATIENCE)
    dialog.get_by_role("textbox", name="Address").fill("https://endpoint.invalid/hook")
    dialog.get_by_role("button", name="Make it").click()
    page.get_by_text(re.compile("^whsec_")).wait_for(timeout=PATIENCE)
    page.get_by_role("dialog", name="Its secret").get_by_role("button", name="Close").last.click()
    page.get_by_role("button", name=f"Test call: {key}").click(timeout=PATIENCE)
    page.get_by_text("It could not be reached").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name=f"What to do with {key}").click()
    page.get_by_role("menuitem", name="Remove").click()
    page.get_by_role("dialog", name="Remove").get_by_role("button", name="Remove").click()
    page.get_by_text("It is removed.").wait_for(timeout=PATIENCE)
    page.goto(f"{url}/settings/audit")
    page.get_by_label("Of what").select_option("endpoint")
    page.locator("main li", has_text=key).first.wait_for(timeout=PATIENCE)
