"""A journey watched live: who enters is counted without a reload, found behind the count, and followed."""

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
PATIENCE = 20_000
WAITS = "Wait until 09:00"


@pytest.fixture
def watched(page, demo):
    """The journey of the demo that greets, being watched."""
    page.goto(demo[0] + "/journeys/welcome?view=watch")
    page.get_by_role("status").filter(has_text="Live").wait_for(timeout=PATIENCE)
    return page


def sign_up(page, demo):
    """Let somebody sign up in the shop, in a window of its own; answer the name."""
    name = f"Wanda {uuid.uuid4().hex[:6]}"
    shop = page.context.new_page()
    shop.goto(demo[0] + "/shop")
    shop.fill("[name=first_name]", name)
    shop.fill("[name=email]", f"{name.lower().replace(' ', '.')}@shop.example.com")
    shop.click("#signup button")
    shop.get_by_text("Signed Up").wait_for(timeout=PATIENCE)
    shop.close()
    return name


def read_count(card, pattern):
    found = re.search(pattern, card.inner_text())
    return int(found[1].replace(",", "")) if found else 0


def test_who_enters_is_counted_live_found_and_followed(watched, demo):
    page = watched
    page.evaluate("window.sameLoad = true")
    card = page.locator(".react-flow__node", has_text=WAITS)
    trigger = page.locator(".react-flow__node", has_text="“Signed Up” happens")
    before = read_count(card, r"(\d+) here now")
    entered = read_count(trigger, r"([\d,]+) entered")

    name = sign_up(page, demo)
    page.bring_to_front()
    card.get_by_text(f"{before + 1} here now").wait_for(timeout=PATIENCE)
    assert read_count(trigger, r"([\d,]+) entered") == entered + 1
    assert page.evaluate("window.sameLoad")

    card.get_by_role("button", name="here now").click()
    people = page.get_by_role("dialog", name=f"Here now: {WAITS}")
    people.get_by_role("link", name=name).wait_for(timeout=PATIENCE)
    people.get_by_text("goes on").first.wait_for(timeout=PATIENCE)

    people.get_by_role("button", name=f"Path of {name}").click()
    page.get_by_role("heading", name=name).wait_for(timeout=PATIENCE)
    assert re.search(r"person=\d+", page.url)
    page.locator(".react-flow__edge.gone").nth(1).wait_for(state="attached", timeout=PATIENCE)
    assert page.locator(".react-flow__edge.gone").count() == 2
    assert page.locator(".react-flow__edge.faint").count() == 3
    assert page.locator(".react-flow__node", has_text=WAITS).get_by_text("is here").is_visible()
    page.reload()
    page.get_by_role("heading", name=name).wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="All figures").click()
    page.get_by_role("status").filter(has_text="Live").wait_for(timeout=PATIENCE)


def test_somebody_is_let_on_and_somebody_taken_out(watched, demo):
    page = watched
    first, second = sign_up(page, demo), sign_up(page, demo)
    page.bring_to_front()
    card = page.locator(".react-flow__node", has_text=WAITS)
    card.get_by_role("button", name="here now").click(timeout=PATIENCE)
    page.get_by_role("button", name=f"What to do with {first}").click(timeout=PATIENCE)
    page.get_by_role("menuitem", name="Go on now").click()
    page.get_by_text("The wait is over.").wait_for(timeout=PATIENCE)
    page.get_by_role("link", name=first).wait_for(state="detached", timeout=PATIENCE)

    page.get_by_role("button", name=f"What to do with {second}").click()
    page.get_by_role("menuitem", name="Take out …").click()
    page.get_by_role("button", name="Take out", exact=True).click()
    page.get_by_text("Taken out of the journey.").wait_for(timeout=PATIENCE)
    page.get_by_role("link", name=second).wait_for(state="detached", timeout=PATIENCE)
    page.get_by_role("button", name="Close").click()

    page.get_by_role("button", name="A colleague took them out").click(timeout=PATIENCE)
    page.get_by_role("dialog").get_by_role("link", name=second).wait_for(timeout=PATIENCE)
    report = ask(page.context, "GET", f"{demo[0]}/api/v1/journeys/welcome/report")
    assert report["exited"]["ejected"] >= 1


def test_figures_of_a_time_and_of_a_step(watched):
    page = watched
    page.get_by_role("combobox", name="Time").select_option("7")
    page.get_by_role("region", name="By day").wait_for(timeout=PATIENCE)
    page.get_by_role("combobox", name="Time").select_option("own")
    page.get_by_role("textbox", name="From").fill("2020-01-01")
    page.get_by_role("textbox", name="To", exact=True).fill("2020-01-31")
    page.get_by_role("button", name="OK", exact=True).click()
    page.get_by_text("Nothing happened in this time.").wait_for(timeout=PATIENCE)
    page.locator(".react-flow__node", has_text="welcome-1").click()
    page.get_by_role("heading", name="Send “welcome-1”").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Whole journey").click()
    page.get_by_role("region", name="How far they come").wait_for(timeout=PATIENCE)


def test_without_a_free_place_figures_are_fetched(page, demo):
    page.route("**/api/v1/stream*", lambda route: route.fulfill(status=204))
    page.goto(demo[0] + "/journeys/welcome?view=watch")
    page.get_by_role("status").filter(has_text="Every few seconds").wait_for(timeout=PATIENCE)
    card = page.locator(".react-flow__node", has_text=WAITS)
    before = read_count(card, r"(\d+) here now")
    sign_up(page, demo)
    page.bring_to_front()
    card.get_by_text(f"{before + 1} here now").wait_for(timeout=PATIENCE)
