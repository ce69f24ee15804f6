"""A new instance, met by whoever sets it up; and a page whose server has gone."""

import re

import pytest

from tests.processes import free_port, is_ready, kill, running, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(240)]
PATIENCE = 30_000


@pytest.fixture
def instance(tmp_path):
    """Where a new instance runs, the link that makes its owner, and its process."""
    log, port = tmp_path / "log", free_port()
    url = f"http://127.0.0.1:{port}"
    with running("up", "--port", str(port), "--data", str(tmp_path / "data"), log=log) as process:
        wait_until(lambda: is_ready(url), seconds=90, what=f"the instance ({log})")
        yield url, re.search(r"http\S+/setup#token=\S+", log.read_text())[0], process


def test_the_first_one_in_is_the_owner_and_a_page_outlives_its_server(browser, instance):
    url, entrance, process = instance
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(entrance)
    page.get_by_label("Your name").fill("Olga Owner")
    page.get_by_label("E-mail").fill("olga@example.com")
    page.get_by_role("textbox", name="Password").fill("too short")
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("at least 12 characters").last.wait_for(timeout=PATIENCE)
    page.get_by_role("textbox", name="Password").fill("a long enough password")
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("0 of 6 done").wait_for(timeout=PATIENCE)
    page.get_by_role("link", name="Make a tracking key").wait_for()
    page.goto(f"{url}/journeys")
    page.get_by_text("No journeys yet").wait_for(timeout=PATIENCE)

    page.goto(f"{url}/queues")
    page.get_by_text("Nothing is set aside").wait_for(timeout=PATIENCE)
    kill(process)  # all of it: a web process without its master still serves for a while
    page.get_by_text("This page may be out of date").wait_for(timeout=PATIENCE)
    assert page.get_by_text("Nothing is set aside").is_visible()
    context.close()
