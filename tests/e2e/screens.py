"""Every screen of the builder: where it is, and how one knows that it is there."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.documents import REFUNDS, build_broadcast
from tests.e2e.imports import checked_import

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


def either(english, german):
    """Return what finds these words in either language, without regard to what stands around."""
    return re.compile(f"{re.escape(english)}|{re.escape(german)}")


def only(english, german):
    """Return what finds these words alone, in either language."""
    return re.compile(f"^({re.escape(english)}|{re.escape(german)})$")


def first_contact(context, url):
    """Return the address of somebody who has been through a journey."""
    from tests.e2e.life import ask

    found = ask(context, "GET", f"{url}/api/v1/contacts?search=sample-001")["items"]
    return f"/contacts/{found[0]['id']}"


def called_endpoint(context, url):
    """Return the address of an endpoint that was called."""
    from tests.e2e.life import ask

    found = ask(context, "GET", f"{url}/api/v1/endpoints")["items"]
    called = (
        one["key"]
        for one in found
        if ask(context, "GET", f"{url}/api/v1/endpoints/{one['key']}/calls")["items"]
    )
    return f"/settings/endpoints/{next(called, found[0]['key'])}"


def pool_of_coupons(context, url):
    """Return the address of a pool of coupons; makes one with some codes if there is none."""
    from tests.e2e.life import ask

    pools = f"{url}/api/v1/coupon-pools"
    if not ask(context, "GET", pools)["items"]:
        ask(context, "POST", f"{pools}/spring10", {"low_water": 2, "common_code": "SPRING"})
        codes = [f"SPRING-{number:03}" for number in range(12)]
        ask(context, "POST", f"{pools}/spring10/codes", {"codes": codes})
    return f"/coupons/{ask(context, 'GET', pools)['items'][0]['name']}"


def list_of_coupons(context, url):
    """Return the address of the list, with a pool in it."""
    pool_of_coupons(context, url)
    return "/coupons"


def fetched_content(context, url):
    """Return the address of the sources, with one among them."""
    from tests.e2e.life import ask

    sources = f"{url}/api/v1/fetch-sources"
    if not ask(context, "GET", sources)["items"]:
        asked = {"url": "https://weather.example.com/now?city={city}", "headers": {"X-Key": "k"}}
        ask(context, "POST", f"{sources}/weather", asked)
    return "/settings/fetched"


PIXEL = "R0lGODlhAQABAIAAAC9b2AAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="


def kept_file(context, url):
    """Return where the files for letters are listed, of which there is one."""
    from tests.e2e.life import ask

    ask(context, "POST", f"{url}/api/v1/assets", {"name": "logo.gif", "content": PIXEL})
    return "/files"


def registered_sender(context, url):
    """Return where senders are listed, of whom there is one."""
    from tests.e2e.life import ask

    if not ask(context, "GET", f"{url}/api/v1/senders")["items"]:
        own = {"name": "Ann of Meadow", "address": "ann@meadow.example", "revision": 0}
        ask(context, "PUT", f"{url}/api/v1/senders/ann", own)
    return "/settings/senders"


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


def try_it(page):
    """Try the journey with somebody described, and go some steps."""
    page.get_by_role("button", name=only("Try it", "Ausprobieren")).click()
    forward = page.get_by_role("button", name=only("Step forward", "Schritt vor"))
    forward.click(timeout=PATIENCE, click_count=3)


def ask_why(page):
    """Ask why somebody got what they got."""
    why = either("Why did they get it, or not?", "Warum kam es an, oder nicht?")
    page.get_by_role("button", name=why).click(timeout=PATIENCE)
    about = either("Whom is it about?", "Um wen geht es?")
    page.get_by_role("combobox", name=about).fill("sample-001")
    page.get_by_role("option", name=re.compile(r"[.]1@")).click(timeout=PATIENCE)


def review(page):
    """Open what is looked at before publishing."""
    publish = page.get_by_role("button", name=only("Publish", "Veröffentlichen"))
    publish.locator("visible=true").click()


def read_notices(page):
    """Open what colleagues are told."""
    notices = page.get_by_role("button", name=either("Notices", "Mitteilungen"))
    notices.click(timeout=PATIENCE)


def first_path(context, url):
    """Return the address of the path of somebody who has been through a journey."""
    from tests.e2e.life import ask

    found = ask(context, "GET", f"{url}/api/v1/journeys/welcome/people?status=completed")["items"]
    return f"/journeys/welcome?view=watch&person={found[0]['enrollment']}"


def plan_broadcast(page):
    """Plan a broadcast up to where it is checked."""
    page.get_by_role("textbox", name="Name").fill("Spring news")
    going_on = page.get_by_role("button", name=only("Continue", "Weiter"))
    choose(page, "Segment", "VIP")
    going_on.click()
    choose(page, only("Letter", "Brief"), "Cart 10 percent")
    choose(page, either("Topic", "Thema"), "Newsletter")
    going_on.click()
    going_on.click()


def choose(page, field, choice):
    """Choose one of a list by its name."""
    page.get_by_role("combobox", name=field).click(timeout=PATIENCE)
    page.get_by_role("option", name=choice, exact=True).click(timeout=PATIENCE)


def sent_broadcast(context, url):
    """Return the address of a broadcast that has left, or is about to."""
    from tests.e2e.life import ask, rest

    key = f"news-{uuid.uuid4().hex[:8]}"
    ask(context, "PUT", f"{url}/api/v1/journeys/{key}", {"document": build_broadcast(key)})
    ask(context, "POST", f"{url}/api/v1/broadcasts/{key}/send", {"revision": 1, "at_once": True})
    rest(context, url)
    return f"/broadcasts/{key}"


def sent_broadcasts(context, url):
    """Return where broadcasts are listed, of which there is one."""
    sent_broadcast(context, url)
    return "/broadcasts"


def first_letter(context, url):
    """Return the address of a letter that has left."""
    from tests.e2e.life import ask

    found = ask(context, "GET", f"{url}/api/v1/messages?state=sent&channel=email")["items"]
    return f"/messages/{found[0]['id']}"


def pushed_first(context, url):
    """Return the address of a draft that tries a push first; makes it if there is none."""
    from tests.e2e.life import ask

    drafts = ask(context, "GET", f"{url}/api/v1/journeys")["journeys"]
    if all(one["key"] != "shipping-notice" for one in drafts):
        ask(context, "POST", f"{url}/api/v1/gallery/shipping-notice/use", {})
    return "/journeys/shipping-notice?view=edit"


def push_words(context, url):
    """Return the address of the words of a push."""
    pushed_first(context, url)
    return "/templates/shipping-push"


def choose_push(page):
    """Choose the step that tries a push first."""
    page.locator(".react-flow__node[data-id=tell]").click(timeout=PATIENCE)


def try_push(page):
    """Ask for a test of a push; on a phone that is in the menu."""
    more, test = only("More actions", "Weitere Aktionen"), only("Send a test", "Test senden")
    page.get_by_role("button", name=more).wait_for(timeout=PATIENCE)
    if page.get_by_role("button", name=test).count() == 0:
        page.get_by_role("button", name=more).click()
    page.get_by_role("button", name=test).or_(page.get_by_role("menuitem", name=test)).click()


def list_people(page):
    """Open the list of those who wait."""
    here = page.get_by_role("button", name=either("here now", "jetzt hier"))
    here.first.click()


def wait_for_letter(page):
    """Wait until the visual editor shows its letter, where there is room for it."""
    if page.viewport_size["width"] > 1000:
        frame = page.frame_locator(".visual-frame")
        frame.get_by_role("tab", name="Structure").click(timeout=PATIENCE)
        frame.get_by_role("button", name="Divider").click(timeout=PATIENCE)


VISUAL = ".visual-page"
SCREENS = (
    Screen("home", "/", "/", "text=/Running journeys|Laufende Journeys/"),
    Screen("broadcasts", "/broadcasts", sent_broadcasts, "main a:text('Winter news')"),
    Screen(
        "plan",
        "/broadcasts/new",
        "/broadcasts/new",
        "text=/in the audience|jetzt Gemeinten/",
        plan_broadcast,
    ),
    Screen(
        "broadcast",
        "/broadcasts/$key",
        sent_broadcast,
        "text=/How it was sent|Wie sie gesendet wurde/",
    ),
    Screen("journeys", "/journeys", "/journeys", "text=Abandoned cart"),
    Screen("gallery", "/gallery", "/gallery", "article"),
    Screen("watch", "/journeys/$key", "/journeys/welcome", ".react-flow__node"),
    Screen(
        "people",
        "/journeys/$key",
        "/journeys/welcome",
        "text=/goes on|geht .* weiter/",
        list_people,
    ),
    Screen("path", "/journeys/$key", first_path, "text=/^Steps$|^Schritte$/"),
    Screen("edit", "/journeys/$key", "/journeys/abandoned-cart?view=edit", ".react-flow__node"),
    Screen("try", "/journeys/$key", "/journeys/welcome?view=try", ".story li", try_it),
    Screen(
        "why",
        "/journeys/$key",
        "/journeys/welcome",
        "text=/Step by step|Schritt für Schritt/",
        ask_why,
    ),
    Screen(
        "publish",
        "/journeys/$key",
        "/journeys/win-back",
        "text=/Who will enter|Wer eintreten wird/",
        review,
    ),
    Screen("question", "/questions/$id", first_question, "main button"),
    Screen("questions", "/questions", asked_before, "main li"),
    Screen("notices", "/questions", asked_before, ".notice", read_notices),
    Screen("contacts", "/contacts", "/contacts", "main a"),
    Screen("contact", "/contacts/$id", first_contact, "main h2"),
    Screen("imports", "/contacts/import", "/contacts/import", ".import-drop"),
    Screen("import", "/contacts/import/$id", checked_import, ".import-figures"),
    Screen("segments", "/segments", "/segments", "main table a"),
    Screen("segment", "/segments/$key", "/segments/vip", "text=/in it now|jetzt darin/"),
    Screen("templates", "/templates", "/templates", "main table a"),
    Screen("template", "/templates/$key", "/templates/welcome-1", "iframe"),
    Screen(
        "visual", "/templates/$key", "/templates/cart-nudge?view=visual", VISUAL, wait_for_letter
    ),
    Screen("coupons", "/coupons", list_of_coupons, "main table a"),
    Screen("coupon", "/coupons/$name", pool_of_coupons, "section[aria-labelledby=codes]"),
    Screen("catalogs", "/catalogs", "/catalogs", "main table a"),
    Screen("catalog", "/catalogs/$name", "/catalogs/products", "main table button"),
    Screen("files", "/files", kept_file, "main img"),
    Screen("partials", "/partials", "/partials", "main table a"),
    Screen("partial", "/partials/$name", "/partials/top", "iframe"),
    Screen("text", "/templates/$key", "/templates/cart-sms", ".bubble"),
    Screen("push", "/templates/$key", push_words, ".notification"),
    Screen("push-test", "/templates/$key", push_words, "[role=dialog] form", try_push),
    Screen(
        "push-first",
        "/journeys/$key",
        pushed_first,
        "text=/shipping-push|^Shipping push$/",
        choose_push,
    ),
    Screen("messages", "/messages", "/messages", "main a"),
    Screen("message", "/messages/$id", first_letter, "text=/passed|bestanden/"),
    Screen("mailbox", "/mailbox", "/mailbox", "main button[aria-current]"),
    Screen("events", "/events", "/events", "main table a"),
    Screen("settings", "/settings", "/settings", "main table"),
    Screen("topics", "/settings/topics", "/settings/topics", "main article"),
    Screen("senders", "/settings/senders", registered_sender, "main article"),
    Screen("public-pages", "/settings/public-pages", "/settings/public-pages", "main textarea"),
    Screen("texts", "/settings/texts", "/settings/texts", "main textarea"),
    Screen("limits", "/settings/limits", "/settings/limits", "main article"),
    Screen("channels", "/settings/channels", "/settings/channels", "text=SOJOURN_SENDER"),
    Screen("endpoints", "/settings/endpoints", "/settings/endpoints", "main article"),
    Screen(
        "endpoint",
        "/settings/endpoints/$key",
        called_endpoint,
        "text=/Signing secret|Geheimnis für Signaturen/",
    ),
    Screen("fetched", "/settings/fetched", fetched_content, "main article"),
    Screen("audit", "/settings/audit", "/settings/audit", "main li >> text=Demo owner"),
    Screen("deliverability", "/deliverability", "/deliverability", "main section >> nth=4"),
    Screen("queues", "/queues", "/queues", "main table"),
)


def list_routes():
    """Return the addresses that the builder's routes show."""
    return set(re.findall(r"path: '(/[^']*)'", ROUTES.read_text(encoding="utf-8")))


def open_screen(page, url, screen):
    """Open a screen and wait until it is there and has come to rest."""
    address = screen.address
    page.goto(url + (address if isinstance(address, str) else address(page.context, url)))
    if screen.prepare is not None:
        screen.prepare(page)
    page.locator(f"{screen.ready} >> visible=true").first.wait_for(timeout=PATIENCE)
    page.wait_for_timeout(400)
