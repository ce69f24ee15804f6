"""The demo as a person sees it: shop, letters, journeys with their counts."""

import re

import pytest

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("demo"),
]
PATIENCE = 30_000
NODES = {"welcome": 5, "abandoned-cart": 8, "win-back": 4, "after-ticket": 5}


@pytest.fixture
def look(page, demo):
    """Open a page of the app."""

    def open_page(path):
        page.goto(demo[0] + path)
        return page

    return open_page


def test_every_journey_is_live_and_drawn_with_every_node(look):
    page = look("/journeys")
    for name in ("Welcome", "Abandoned cart", "Win back", "After a closed ticket"):
        page.get_by_role("link", name=name).first.wait_for(timeout=PATIENCE)
    for key, nodes in NODES.items():
        look(f"/journeys/{key}")
        page.locator(".react-flow__node").first.wait_for(timeout=PATIENCE)
        assert page.locator(".react-flow__node").count() == nodes + 1
        assert page.get_by_text("live · v1").is_visible()


def test_who_signs_up_in_the_shop_gets_a_letter_and_is_counted(look):
    page = look("/shop")
    page.fill("[name=first_name]", "Ann")
    page.fill("[name=email]", "ann@shop.example.com")
    page.click("#signup button")
    page.get_by_text("Signed Up").wait_for(timeout=PATIENCE)

    look("/mailbox")
    page.get_by_text("Welcome to Meadow Outfitters, Ann").first.wait_for(timeout=PATIENCE)
    letter = page.frame_locator("iframe.letter")
    letter.get_by_text("Good to have you here, Ann.").wait_for(timeout=PATIENCE)

    look("/journeys/welcome")
    card = page.locator(".react-flow__node", has_text="Wait until 09:00")
    card.get_by_text("1 here now").wait_for(timeout=PATIENCE)
    card.click()
    page.get_by_role("heading", name="Wait until 09:00 on a weekday").wait_for(timeout=PATIENCE)


def test_a_cart_left_behind_is_remembered_after_an_hour(look):
    page = look("/shop")
    page.fill("[name=first_name]", "Cleo")
    page.fill("[name=email]", "cleo@shop.example.com")
    page.click("#signup button")
    page.get_by_text("Signed Up").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Add to cart").first.click()
    page.get_by_text("Product Added").wait_for(timeout=PATIENCE)
    assert page.locator("#log li.bad").count() == 0
    page.get_by_role("button", name="+ 1 hour").click()
    page.get_by_text("Time passed").first.wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="+ 1 hour").click()

    look("/mailbox")
    item = page.get_by_role(
        "button", name=re.compile("You left something behind.*cleo@", re.DOTALL)
    )
    item.first.wait_for(timeout=PATIENCE)
    item.first.click()
    letter = page.frame_locator("iframe.letter")
    letter.get_by_text("Trail jacket").wait_for(timeout=PATIENCE)


def test_a_ticket_is_asked_about_a_day_after_it_was_closed(look):
    page = look("/shop")
    page.fill("[name=first_name]", "Dora")
    page.fill("[name=email]", "dora@shop.example.com")
    page.click("#signup button")
    page.get_by_text("Signed Up").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Ask which size fits").click()
    page.get_by_role("button", name="It is answered: close the ticket").click()
    page.get_by_text("Ticket Closed").wait_for(timeout=PATIENCE)
    assert page.locator("#log li.bad").count() == 0

    look("/journeys/after-ticket")
    waits = page.locator(".react-flow__node", has_text="Wait 1 day")
    waits.get_by_text("1 here now").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="The instance’s clock").click()
    page.get_by_role("menuitem", name="1 day ahead").click()

    look("/mailbox")
    item = page.get_by_role("button", name=re.compile("dora@.*After a closed ticket", re.DOTALL))
    item.first.wait_for(timeout=PATIENCE)


def test_contacts_go_on_beyond_the_first_page(look):
    page = look("/contacts")
    page.get_by_role("button", name="Show older").click()
    page.locator("tbody tr").nth(50).wait_for(timeout=PATIENCE)


def test_a_phone_shows_a_node_and_what_happened_there(browser, demo):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(demo[1])
    page.goto(demo[0] + "/journeys/welcome")
    page.locator(".react-flow__node", has_text="Wait until 09:00").click(timeout=PATIENCE)
    heading = page.get_by_role("heading", name="Wait until 09:00 on a weekday")
    heading.wait_for(timeout=PATIENCE)
    box = heading.bounding_box()
    assert 0 < box["y"] < 844
    context.close()


def test_the_queues_page_says_that_somebody_works(look):
    page = look("/queues")
    page.get_by_text("alive").first.wait_for(timeout=PATIENCE)
    assert page.get_by_text("Nobody is stuck.").is_visible()
    for lane in ("ingest", "advance", "email", "sms", "webhook", "segments"):
        assert page.get_by_text(lane, exact=True).first.is_visible()


@pytest.mark.parametrize(
    "path", ["/journeys", "/journeys/welcome", "/mailbox", "/queues", "/contacts"]
)
def test_no_page_is_wider_than_a_phone(browser, demo, path):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto(demo[1])
    page.goto(demo[0] + path)
    page.get_by_role("banner").wait_for(timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_nothing_is_asked_of_anybody_else(look, page, demo):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    look("/journeys/welcome")
    page.locator(".react-flow__node").first.wait_for(timeout=PATIENCE)
    assert [url for url in asked if not url.startswith((demo[0], "data:", "blob:"))] == []


def test_a_stranger_sees_the_login_and_no_data(browser, demo):
    context = browser.new_context()
    page = context.new_page()
    page.goto(demo[0] + "/contacts")
    page.get_by_role("heading", name="Log in").wait_for(timeout=PATIENCE)
    assert page.evaluate("fetch('/api/v1/contacts').then(answer => answer.status)") == 401
    context.close()
