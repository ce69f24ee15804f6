"""What somebody new does first: a journey of their own, live, and a letter that it sent."""

import time
import uuid

import pytest
from segment.analytics import Client

from tests.e2e.life import ask
from tests.e2e.shots import running_demo

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("screens"),
]
PATIENCE = 30_000
MOST_CLICKS = 10
MOST_SECONDS = 180


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A demo that nobody has touched yet; how long it took to come up counts."""
    began = time.monotonic()
    with running_demo(tmp_path_factory.mktemp("fresh")) as (url, entrance):
        yield url, entrance, began


@pytest.fixture
def page(browser, fresh):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(fresh[1])
    yield page
    context.close()


def test_from_the_demo_to_a_letter_of_ones_own_in_ten_clicks_and_three_minutes(page, fresh):
    url, _, began = fresh
    clicks = 0

    def click(role, name, **more):
        nonlocal clicks
        clicks += 1
        page.get_by_role(role, name=name, **more).first.click(timeout=PATIENCE)

    click("link", "New journey")
    click("button", "Use this: Welcome")
    name = page.get_by_role("textbox", name="Name")
    name.fill("My own welcome")
    click("button", "Begin", exact=True)
    page.get_by_role("toolbar", name="The draft").wait_for(timeout=PATIENCE)
    click("button", "Publish", exact=True)
    click("button", "Publish version 1")
    page.get_by_text("Version 1 is live").wait_for(timeout=PATIENCE)
    click("button", "Watch it")
    page.goto(f"{url}/shop")
    page.fill("[name=first_name]", "Nora")
    page.fill("[name=email]", "nora@shop.example.com")
    clicks += 1
    page.click("#signup button")
    page.get_by_text("Signed Up").wait_for(timeout=PATIENCE)
    page.goto(f"{url}/mailbox")
    page.get_by_text("My own welcome").first.wait_for(timeout=PATIENCE)
    assert clicks < MOST_CLICKS
    assert time.monotonic() - began < MOST_SECONDS


def test_a_welcome_drawn_from_nothing_answers_a_real_client_library(page, fresh):
    url, event = fresh[0], f"Joined {uuid.uuid4().hex[:6]}"
    page.goto(f"{url}/gallery")
    page.get_by_role("button", name="Empty journey").click(timeout=PATIENCE)
    page.get_by_role("textbox", name="Name").fill("Drawn welcome")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("toolbar", name="The draft").wait_for(timeout=PATIENCE)

    page.locator(".react-flow__node[data-id='(trigger)']").click()
    details = page.get_by_role("complementary", name="Details")
    details.get_by_role("textbox", name="Event").or_(
        details.get_by_role("combobox", name="Event")
    ).first.fill(event)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add a step here ((trigger))").click()
    page.get_by_role("combobox", name="Search").fill("e-mail")
    page.keyboard.press("Enter")
    page.locator(".react-flow__node.selected[data-id='send-email']").wait_for(timeout=PATIENCE)
    template = details.get_by_label("Template", exact=True).first
    template.fill("welcome-1")
    page.keyboard.press("Escape")
    details.get_by_text("Transactional", exact=True).click()
    page.get_by_text("Saved", exact=True).wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish version 1").click(timeout=PATIENCE)
    page.get_by_role("button", name="Watch it").click(timeout=PATIENCE)

    made = ask(page.context, "POST", f"{url}/api/v1/keys", {"kind": "write", "name": event})
    client = Client(made["key"], host=url, max_retries=1)
    client.identify("newcomer-1", {"email": "ida@example.com", "first_name": "Ida"})
    client.track("newcomer-1", event)
    client.flush()
    card = page.locator(".react-flow__node[data-id='send-email']")
    card.get_by_text("1 sent").wait_for(timeout=PATIENCE)
    client.join()
    page.goto(f"{url}/mailbox")
    page.get_by_text("ida@example.com").first.wait_for(timeout=PATIENCE)
