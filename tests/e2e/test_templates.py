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
