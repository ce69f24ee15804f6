"""Every screen of the builder: where it is, and how one knows that it is there."""

import re
import uuid
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


def first_question(context, url):
    """Return the address of something that a journey asks; lets one ask if none does."""
    from tests.e2e.life import ask, build, rest, tell

    found = ask(context, "GET", f"{url}/api/v1/questions?open=true")["items"]
    if not found:
        ask(context, "PUT", f"{url}/api/v1/journeys/refunds", {"document": REFUNDS})
        ask(context, "POST", f"{url}/api/v1/journeys/refunds/publish", {})
        name = f"Refunds {uuid.uuid4().hex[:8]}"
        made = ask(context, "POST", f"{url}/api/v1/keys", {"kind": "write", "name": name})
        asked = [build("Refund Wanted", one, {"order": f"A-10{one}"}) for one in range(3)]
        tell(context, url, made["key"], asked)
        rest(context, url)
        found = ask(context, "GET", f"{url}/api/v1/questions?open=true")["items"]
    return f"/questions/{found[0]['id']}"


def asked_before(context, url):
    """Return where the questions are listed, of which there is one."""
    first_question(context, url)
    return "/questions"


REFUNDS = {
    "format": 1,
    "key": "refunds",
    "name": "Refunds",
    "trigger": {"kind": "event", "event": "Refund Wanted"},
    "start": "approve",
    "nodes": {
        "approve": {
            "kind": "ask",
            "to": "team:sales",
            "text": "May we refund order {{ order }}? The parcel came back damaged.",
            "data": {"order": {"$": "trigger.properties.order"}},
            "paths": [{"label": "Approve", "next": "tell"}, {"label": "Refuse"}],
            "form": [
                {"name": "reason", "kind": "text", "label": "Reason", "required": True},
                {
                    "name": "share",
                    "kind": "choice",
                    "label": "How much",
                    "choices": ["half", "all"],
                },
                {"name": "voucher", "kind": "yes_no", "label": "With a voucher?"},
            ],
            "due": {"after": "P2D"},
            "escalate": {"after": "P1D", "to": "role:manager"},
        },
        "tell": {"kind": "notify", "to": "owner", "text": "A refund was approved."},
    },
}


def try_it(page):
    """Try the journey with somebody described, and go some steps."""
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("button", name="Step forward").click(timeout=PATIENCE, click_count=3)


def ask_why(page):
    """Ask why somebody got what they got."""
    page.get_by_role("button", name="Why did they get it, or not?").click(timeout=PATIENCE)
    page.get_by_role("combobox", name="Whom is it about?").fill("sample-001")
    page.get_by_role("option", name=re.compile(r"[.]1@")).click(timeout=PATIENCE)


def review(page):
    """Open what is looked at before publishing."""
    page.get_by_role("button", name="Publish", exact=True).locator("visible=true").click()


def read_notices(page):
    """Open what colleagues are told."""
    page.get_by_role("button", name="Notices").click(timeout=PATIENCE)


def first_path(context, url):
    """Return the address of the path of somebody who has been through a journey."""
    from tests.e2e.life import ask

    found = ask(context, "GET", f"{url}/api/v1/journeys/welcome/people?status=completed")["items"]
    return f"/journeys/welcome?view=watch&person={found[0]['enrollment']}"


def list_people(page):
    """Open the list of those who wait."""
    page.get_by_role("button", name="here now").first.click()


def wait_for_letter(page):
    """Wait until the visual editor shows its letter, where there is room for it."""
    if page.viewport_size["width"] > 1000:
        frame = page.frame_locator(".visual-frame")
        frame.get_by_role("tab", name="Structure").click(timeout=PATIENCE)
        frame.get_by_role("button", name="Divider").click(timeout=PATIENCE)


VISUAL = ".visual-page"
SCREENS = (
    Screen("journeys", "/journeys", "/journeys", "text=Abandoned cart"),
    Screen("gallery", "/gallery", "/gallery", "article"),
    Screen("watch", "/journeys/$key", "/journeys/welcome", ".react-flow__node"),
    Screen("people", "/journeys/$key", "/journeys/welcome", "text=goes on", list_people),
    Screen("path", "/journeys/$key", first_path, "text=Steps"),
    Screen("edit", "/journeys/$key", "/journeys/abandoned-cart?view=edit", ".react-flow__node"),
    Screen("try", "/journeys/$key", "/journeys/welcome?view=try", ".story li", try_it),
    Screen("why", "/journeys/$key", "/journeys/welcome", "text=Step by step", ask_why),
    Screen("publish", "/journeys/$key", "/journeys/win-back", "text=Who will enter", review),
    Screen("question", "/questions/$id", first_question, "main button"),
    Screen("questions", "/questions", asked_before, "main li"),
    Screen("notices", "/questions", asked_before, ".notice", read_notices),
    Screen("contacts", "/contacts", "/contacts", "main a"),
    Screen("contact", "/contacts/$id", first_contact, "main h2"),
    Screen("segments", "/segments", "/segments", "main table a"),
    Screen("segment", "/segments/$key", "/segments/vip", "text=in it now"),
    Screen("templates", "/templates", "/templates", "main table a"),
    Screen("template", "/templates/$key", "/templates/welcome-1", "iframe"),
    Screen(
        "visual", "/templates/$key", "/templates/cart-nudge?view=visual", VISUAL, wait_for_letter
    ),
    Screen("text", "/templates/$key", "/templates/cart-sms", ".bubble"),
    Screen("mailbox", "/mailbox", "/mailbox", "main button[aria-current]"),
    Screen("events", "/events", "/events", "main table a"),
    Screen("settings", "/settings", "/settings", "main table"),
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
