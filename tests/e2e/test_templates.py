"""Templates as a marketer writes them: seen while they are written, in use once they are saved."""

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


def test_the_next_letter_has_the_words_that_were_saved(page, demo):
    url, word = demo[0], f"Hooray-{uuid.uuid4().hex[:6]}"
    page.goto(f"{url}/templates")
    page.get_by_role("link", name="Welcome 1").click(timeout=PATIENCE)
    source = page.get_by_role("textbox", name="Source")
    source.wait_for(timeout=PATIENCE)
    words = ask(page.context, "GET", f"{url}/api/v1/templates/welcome-1")["source"]
    source.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(words.replace("Good to have you here", word))
    letter = page.frame_locator("iframe[title='The letter']")
    letter.get_by_text(word).wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Save and use").click()
    page.get_by_text("Version 2 is in use.").wait_for(timeout=PATIENCE)

    page.goto(f"{url}/shop")
    page.fill("[name=first_name]", "Wanda")
    page.fill("[name=email]", f"{word.lower()}@shop.example.com")
    page.click("#signup button")
    page.get_by_text("Signed Up").wait_for(timeout=PATIENCE)
    page.goto(f"{url}/mailbox")
    page.get_by_role("button").filter(has_text=word.lower()).first.click(timeout=PATIENCE)
    page.frame_locator("iframe.letter").get_by_text(word).wait_for(timeout=PATIENCE)

    page.goto(f"{url}/templates/welcome-1")
    page.get_by_role("button", name="Versions").click(timeout=PATIENCE)
    drawer = page.get_by_role("dialog", name="Versions")
    drawer.get_by_role("navigation").get_by_role("button").nth(1).click()
    drawer.get_by_text(f"+         <mj-text><h1>{word}").wait_for(timeout=PATIENCE)
    drawer.get_by_role("button", name="Bring back").click()
    letter.get_by_text("Good to have you here").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Save and use").click()
    page.get_by_text("Version 3 is in use.").wait_for(timeout=PATIENCE)


def test_a_mistake_is_marked_and_unsaved_words_are_kept(page, demo):
    page.goto(f"{demo[0]}/templates/win-back-offer")
    source = page.get_by_role("textbox", name="Source")
    source.click(timeout=PATIENCE)
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("{% if %}")
    page.locator(".cm-lint-marker-error").wait_for(timeout=PATIENCE)
    page.get_by_label("To look at").wait_for()
    page.get_by_role("button", name="Save and use").click()
    page.get_by_role("alert").get_by_text("line 1").first.wait_for(timeout=PATIENCE)
    page.reload()
    page.get_by_text("Unsaved words of an earlier time").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Discard").click()


def test_a_text_begins_and_says_its_parts(page, demo):
    name = f"Text {uuid.uuid4().hex[:6]}"
    page.goto(f"{demo[0]}/templates")
    page.get_by_role("button", name="New template").click(timeout=PATIENCE)
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("combobox", name="Channel").select_option("sms")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("textbox", name="The text").fill("Hello ✌", timeout=PATIENCE)
    page.get_by_text("1 part · 7 units of 70").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Save and use").click()
    page.get_by_text("Version 2 is in use.").wait_for(timeout=PATIENCE)


def test_the_words_of_texts_and_pushes_complete_what_they_may_look_up(page, demo):
    url, word = demo[0], uuid.uuid4().hex[:6]
    pool, key = f"spring-{word}", f"push-{word}"
    ask(page.context, "POST", f"{url}/api/v1/coupon-pools/{pool}", {"low_water": 1})
    push = {"channel": "push", "source": "title: Spring\nbody: Now\n", "edits": 0, "name": key}
    ask(page.context, "PUT", f"{url}/api/v1/templates/{key}", push)
    for template, field in (("cart-sms", "The text"), (key, "Text")):
        page.goto(f"{url}/templates/{template}")
        words = page.get_by_role("textbox", name=field, exact=True)
        words.and_(page.locator(".cm-content")).click(timeout=PATIENCE)
        page.keyboard.press("Control+End")
        page.keyboard.type(' {{ coupon("spr')
        page.get_by_role("option", name=pool).click(timeout=PATIENCE)
        words.get_by_text(f'{{{{ coupon("{pool}")}}}}').wait_for()
    title = page.get_by_role("textbox", name="Title")
    title.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(" is\nhere")
    page.keyboard.press("Control+s")
    page.get_by_text("Version 2 is in use.").wait_for(timeout=PATIENCE)
    saved = ask(page.context, "GET", f"{url}/api/v1/templates/{key}")["source"]
    assert saved == f'title: Spring is here\nbody: Now {{{{ coupon("{pool}")}}}}\n'


def test_on_a_phone_the_rarer_actions_are_in_a_menu(page, demo):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo[0]}/templates/cart-nudge")
    page.get_by_role("button", name="More actions").click(timeout=PATIENCE)
    assert page.locator(".journey-head").bounding_box()["height"] < 100
    page.get_by_role("menuitem", name="Envelope").click()
    page.get_by_role("dialog", name="Envelope").get_by_role("button", name="Done").click()
    clock = page.get_by_role("button", name="The instance’s clock")
    assert clock.evaluate("button => button.scrollWidth <= button.clientWidth")
    said = clock.locator("span:visible").last
    assert said.evaluate("text => text.scrollWidth <= text.parentElement.clientWidth")
