"""Every screen of the builder: where it is, and how one knows that it is there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROUTES = Path(__file__).resolve().parents[2] / "builder_ui" / "src" / "app" / "routes.tsx"
PATIENCE = 30_000


@dataclass(frozen=True)
class Screen:
    """One screen.

    Attributes:
        name: of its picture.
        route: which of the routes shows it.
        address: where; a function gets a context that may ask the API, and the demo's address.
        ready: what of it is there at last, as a CSS or text selector.
        prepare: does to the page what shows the screen, such as opening a dialog.
    """

    name: str
    route: str
    address: str | Callable
    ready: str
    prepare: Callable | None = None


def first_contact(context, url):
    """Return the address of somebody who has been through a journey."""
    from tests.e2e.life import ask

    found = ask(context, "GET", f"{url}/api/v1/contacts?search=sample-001")["items"]
    return f"/contacts/{found[0]['id']}"


def first_path(context, url):
    """Return the address of the path of somebody who has been through a journey."""
    from tests.e2e.life import ask

    found = ask(context, "GET", f"{url}/api/v1/journeys/welcome/people?status=completed")["items"]
    return f"/journeys/welcome?view=watch&person={found[0]['enrollment']}"


def list_people(page):
    """Open the list of those who wait."""
    page.get_by_role("button", name="here now").first.click()


def publish(page):
    """Open the review of a publication."""
    page.get_by_role("button", name="Publish", exact=True).first.click()


SCREENS = (
    Screen("journeys", "/journeys", "/journeys", "text=Abandoned cart"),
    Screen("gallery", "/gallery", "/gallery", "article"),
    Screen("watch", "/journeys/$key", "/journeys/welcome", ".react-flow__node"),
    Screen("people", "/journeys/$key", "/journeys/welcome", "text=goes on", list_people),
    Screen("path", "/journeys/$key", first_path, "text=Steps"),
    Screen("edit", "/journeys/$key", "/journeys/abandoned-cart?view=edit", ".react-flow__node"),
    Screen("publish", "/journeys/$key", "/journeys/after-ticket", "text=Checks", publish),
    Screen("contacts", "/contacts", "/contacts", "main a"),
    Screen("contact", "/contacts/$id", first_contact, "main h2"),
    Screen("mailbox", "/mailbox", "/mailbox", "main button[aria-current]"),
    Screen("queues", "/queues", "/queues", "main table"),
)


def list_routes():
    """Return the addresses that the builder's routes show."""
    return set(re.findall(r"path: '(/[^']*)'", ROUTES.read_text(encoding="utf-8"))) - {"/"}


def open_screen(page, url, screen):
    """Open a screen and wait until it is there and has come to rest."""
    address = screen.address
    page.goto(url + (address if isinstance(address, str) else address(page.context, url)))
    if screen.prepare is not None:
        screen.prepare(page)
    page.locator(f"{screen.ready} >> visible=true").first.wait_for(timeout=PATIENCE)
    page.wait_for_timeout(400)
