"""The demo, running, and a browser to look at it."""

import os
import re
import shutil

import pytest

from tests.channels.servers import Response, http_server
from tests.processes import free_port, is_ready, running, wait_until

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("no browser: apt-get install chromium, or name one in CHROMIUM")
        pytest.skip("no browser here; REQUIRE_BROWSER=1 makes this a failure")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def receiver():
    """A server on loopback that the demo may call, and what it answers by path; else 200."""
    answers = {}
    with http_server(lambda request: answers.get(request.path, Response())) as (base, _):
        yield base, answers


@pytest.fixture(scope="session")
def demo(tmp_path_factory, receiver):
    """Where the demo runs, and the link by which its owner comes in."""
    folder = tmp_path_factory.mktemp("demo")
    log, port = folder / "log", free_port()
    url = f"http://127.0.0.1:{port}"
    command = ("demo", "--port", str(port), "--data", str(folder / "data"), "--no-browser")
    allowed = receiver[0].removeprefix("http://")
    with running(*command, log=log, SOJOURN_WEBHOOK_ALLOW=allowed):
        wait_until(lambda: is_ready(url), seconds=90, what=f"the demo ({log})")
        entrance = re.search(r"http\S+/shop/enter\S+", log.read_text())[0]
        yield url, entrance


@pytest.fixture
def page(browser, demo):
    """A page of the owner's, at 1440 pixels; what its console complains of fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, timezone_id="UTC")
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: is_complaint(said) and complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(demo[1])
    yield page
    context.close()
    assert complaints == []


def is_complaint(said):
    """Whether something is wrong: not a refusal of the API, which screens expect and show."""
    is_refusal = (
        re.search(r"status of (404|409|422)", said.text) and "/api/v1/" in (said.location["url"])
    )
    return said.type == "error" and not is_refusal
