"""Pushes in a real browser: Firefox asks, subscribes, shows, is clicked, is forgotten, and leaves."""

import os
import shutil
import threading
from datetime import timedelta

import pytest
from werkzeug.serving import make_server

from channels.push.services import PushServices
from channels.push.web import WebPush
from channels.webhook.guard import Guard
from engine.accounts import keys
from engine.accounts.keys import KeyKind
from engine.messages.library.templates import compile_source, save_template
from engine.models.contact import PushDevice, Topic
from engine.models.event import Event
from server.app import create_app
from server.delivering import deliver
from server.demo.routes import build_blueprint
from server.lanes import advance, ingest
from tests.channels.autopush import autopush
from tests.channels.conftest import certificate  # noqa: F401 - a fixture
from tests.channels.push_services import Browser, serve_tls, trust
from tests.channels.servers import Response, free_port, http_server
from tests.e2e.firefox import running_firefox
from tests.processes import wait_until
from tests.server.conftest import build_house
from tests.shop import Shop

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.xdist_group("firefox"),
]
SHOWN = """[...Services.wm.getEnumerator("alert:alert")].filter((one) => !one.closed)"""
READ = f"""return {SHOWN}.filter(({{ document }}) => document.readyState === "complete").map(
  ({{ document }}) => ["Title", "Text"].map((name) => {{
    const label = document.getElementById(`alert${{name}}Label`);
    return label.value || label.textContent;
  }}))"""
CLICK = (
    """Services.wm.getMostRecentWindow("alert:alert").document.getElementById("alertBox").click()"""
)
ANSWER = """const { panel } = PopupNotifications;
  if (panel.state !== "open" || panel.firstElementChild === null) return false;
  panel.firstElementChild[arguments[0]].click();
  return true"""
FIND = """const principal = Services.scriptSecurityManager.createContentPrincipal(
    Services.io.newURI(arguments[0]), {});"""
DECIDE = f"""{FIND} const may = arguments[1];
  Services.perms.addFromPrincipal(principal, "desktop-notification", Services.perms[may])"""
SAY_ENDED = f"""{FIND}
  Cc["@mozilla.org/push/Notifier;1"].getService(Ci.nsIPushNotifier)
    .notifySubscriptionChange(`${{arguments[0]}}/`, principal, null)"""
TABS = "return gBrowser.tabs.map((one) => one.linkedBrowser.currentURI.spec)"
IN_FRONT = "return gBrowser.selectedBrowser.currentURI.spec"
TIDY = f"""gBrowser.selectedTab = gBrowser.tabs[0];
  gBrowser.removeAllTabsBut(gBrowser.tabs[0]);
  for (const one of {SHOWN}) one.close()"""
PAGE = """<!doctype html><title>A site</title><button id="ask">Tell me</button>
<script src="{ours}/sojourn-push.js" data-write-key="{key}" data-worker="/sw.js" defer></script>
<script>ask.onclick = async () => {{ document.title = await sojourn.push.ask(); }};</script>"""


class Site:
    """The shop of the demo, at an instance that sends pushes as it would to any browser."""

    def __init__(self, house, services, folder):
        self.house, self.url = house, house.settings.base_url
        now = house.wall.now()
        self.shop = Shop(house.database)
        self.shop.now = now
        with house.database.transaction() as session:
            self.key = keys.create(session, KeyKind.BROWSER, "shop", now=now)[1]
            session.add(Topic(key="newsletter", name="News", created_at=now))
        provider = WebPush(PushServices(services), Guard("127.0.0.1"), tls_context=trust(folder))
        house.outgoing._opened["push", "webpush"] = provider
        self.app = create_app(house, blueprints=[build_blueprint(self.key, entrance_token="x")])

    def answer_views(self, url):
        """Push to whoever looks at a product; a click on the push leads to this address."""
        source = f"title: New jackets\nbody: Look at them.\nurl: {url}"
        now = self.house.wall.now()
        with self.house.database.transaction() as session:
            words = compile_source("push", source)
            save_template(session, "note", "push", source, words, by="test", now=now)
        self.shop.publish(
            trigger={"kind": "event", "event": "Product Viewed"},
            entry={"reentry": {"mode": "after_exit"}},
            start="a",
            nodes={"a": {"kind": "send_push", "template": "note", "topic": "newsletter"}},
        )

    def work(self):
        """Do what is due; answers how many pushes left."""
        self.house.wall.advance(timedelta(minutes=1))
        ingest(self.house)
        advance(self.house)
        return deliver(self.house, "push")

    def devices(self):
        return self.shop.ask(PushDevice.endpoint, PushDevice.is_confirmed)

    def told(self, name):
        self.work()
        return len(self.shop.ask(Event.id, name=name))


@pytest.fixture(scope="module")
def service(certificate):  # noqa: F811
    with autopush(serve_tls(certificate)) as service:
        yield service


@pytest.fixture(scope="module")
def running(service, tmp_path_factory):
    path = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("no Firefox: apt-get install firefox-esr, or name one in FIREFOX")
        pytest.skip("no Firefox here; REQUIRE_BROWSER=1 makes this a failure")
    asked = {"dom.push.serverURL": service.line_url}
    with running_firefox(path, tmp_path_factory.mktemp("firefox"), **asked) as firefox:
        yield firefox


@pytest.fixture
def firefox(running):
    """One Firefox for all, with one tab, in front."""
    running.run_inside(TIDY)
    return running


@pytest.fixture
def site(sqlite_database, tmp_path, service, certificate):  # noqa: F811
    port, services = free_port(), service.base.removeprefix("https://")
    house = build_house(
        sqlite_database, tmp_path, base_url=f"http://127.0.0.1:{port}", push_services=services,
        track="clicks",
    )  # fmt: skip
    site = Site(house, services, certificate)
    server = make_server("127.0.0.1", port, site.app, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield site
    server.shutdown()
    house.outgoing.close()


def says(firefox, words):
    asked = "return document.getElementById('push-words').textContent"
    wait_until(lambda: words in firefox.run(asked), what=words)


def subscribe(firefox, site):
    """Click the shop's button, and allow it in the browser's own question."""
    firefox.open(f"{site.url}/shop")
    says(firefox, "News may come")
    firefox.click("#push")
    wait_until(lambda: firefox.run_inside(ANSWER, "button"), what="the browser's question")
    says(firefox, "Notifications come to this browser")


def look(firefox, site):
    """Look at a product, and wait for the push that answers it to be shown."""
    firefox.click(".picture")
    wait_until(site.work, what="a push")
    shown = wait_until(lambda: firefox.run_inside(READ), what="a notification")
    assert shown == [["New jackets", "Look at them."]]


def test_a_visitor_subscribes_by_the_button_and_a_click_on_a_push_opens_its_page(
    firefox, site, service
):
    subscribe(firefox, site)
    assert len(site.devices()) == 1 and site.told("Push Subscribed") == 1
    site.answer_views(f"{site.url}/shop/survey?utm_source=push")
    service.told.clear()
    look(firefox, site)
    firefox.run_inside(CLICK)
    wait_until(lambda: f"{site.url}/shop/survey?utm_source=push" in firefox.run_inside(TABS))
    wait_until(lambda: site.told("Push Link Clicked") == 1, what="the click")
    wait_until(lambda: service.codes() == [100], what="the browser's receipt")


def test_a_click_brings_the_tab_to_the_front_that_shows_the_page_and_is_told(firefox, site):
    subscribe(firefox, site)
    site.answer_views(f"{site.url}/shop?utm_source=push")
    look(firefox, site)
    firefox.run_inside("gBrowser.selectedTab = gBrowser.addTrustedTab('about:blank')")
    tabs = firefox.run_inside(TABS)
    firefox.run_inside(CLICK)
    wait_until(lambda: firefox.run_inside(IN_FRONT) == f"{site.url}/shop", what="the tab")
    wait_until(lambda: site.told("Push Link Clicked") == 1, what="the click")
    assert firefox.run_inside(TABS) == tabs


def test_a_subscription_that_its_push_service_lost_is_made_again_with_no_page_open(
    firefox, site, service
):
    subscribe(firefox, site)
    ((before, _),) = site.devices()
    firefox.open("about:blank")
    service.forget()
    wait_until(lambda: site.devices()[0][0] != before, what="another subscription")
    assert len(site.devices()) == 1
    assert (site.told("Push Subscribed"), site.told("Push Unsubscribed")) == (1, 0)
    firefox.open(f"{site.url}/shop")
    site.answer_views(f"{site.url}/shop")
    look(firefox, site)
    firefox.run_inside(CLICK)


def test_one_that_the_browser_lost_is_made_again_at_the_next_visit(firefox, site):
    subscribe(firefox, site)
    ((before, _),) = site.devices()
    firefox.run(
        """const registration = await navigator.serviceWorker.ready;
        await (await registration.pushManager.getSubscription()).unsubscribe()"""
    )
    firefox.open(f"{site.url}/shop")
    says(firefox, "Notifications come to this browser")
    wait_until(lambda: site.devices()[0][0] != before, what="another subscription")
    assert len(site.devices()) == 1 and site.told("Push Subscribed") == 1


def test_who_signs_up_takes_the_browser_along_and_keeps_it_at_every_visit(firefox, site):
    subscribe(firefox, site)
    firefox.run(
        """for (const [name, value] of [["first_name", "Ann"], ["email", "ann@shop.example.com"]])
          document.querySelector(`[name=${name}]`).value = value"""
    )
    firefox.click("#signup button")
    wait_until(lambda: [sure for _, sure in site.devices()] == [True], what="a signed browser")
    subscribed = site.told("Push Subscribed")
    firefox.open(f"{site.url}/shop")
    says(firefox, "Notifications come to this browser")
    assert site.told("Push Subscribed") == subscribed
    assert [sure for _, sure in site.devices()] == [True]


def test_a_subscription_with_the_key_of_another_sender_makes_way(firefox, site, service):
    firefox.open(f"{site.url}/shop")
    firefox.run_inside(DECIDE, site.url, "ALLOW_ACTION")
    firefox.run(
        """await navigator.serviceWorker.register("/sojourn-sw.js");
        const { pushManager } = await navigator.serviceWorker.ready;
        await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: arguments[0] })""",
        Browser().p256dh,
    )
    other = list(service.channels)[-1]
    firefox.open(f"{site.url}/shop")
    says(firefox, "News may come")
    firefox.click("#push")
    says(firefox, "Notifications come to this browser")
    assert len(site.devices()) == 1 and other not in service.channels


def test_the_button_ends_it_and_it_stays_ended(firefox, site, service):
    subscribe(firefox, site)
    channels = set(service.channels)
    firefox.click("#push")
    says(firefox, "News may come")
    wait_until(lambda: site.devices() == [], what="the server to hear of it")
    wait_until(lambda: set(service.channels) < channels, what="the service to hear of it")
    firefox.open(f"{site.url}/shop")
    says(firefox, "News may come")
    assert site.devices() == [] and site.told("Push Unsubscribed") == 1
    firefox.click("#push")  # the browser knows the answer, and does not ask again
    says(firefox, "Notifications come to this browser")
    assert len(site.devices()) == 1


def test_it_ends_also_while_the_server_is_away_which_hears_of_it_later(firefox, site):
    subscribe(firefox, site)
    firefox.run(f"sojourn.push.setup({{ host: 'http://127.0.0.1:{free_port()}' }})")
    firefox.click("#push")
    says(firefox, "News may come")
    subscription = "return (await navigator.serviceWorker.ready).pushManager.getSubscription()"
    assert firefox.run(subscription) is None and len(site.devices()) == 1
    firefox.open(f"{site.url}/shop")
    wait_until(lambda: site.devices() == [], what="the server to hear of it")


def test_who_takes_the_leave_back_in_the_browser_is_pushed_to_no_more(firefox, site):
    subscribe(firefox, site)
    firefox.run_inside(DECIDE, site.url, "DENY_ACTION")
    firefox.open(f"{site.url}/shop")
    says(firefox, "does not let the shop notify you")
    wait_until(lambda: site.devices() == [], what="the server to hear of it")
    firefox.click("#push")
    says(firefox, "does not let the shop notify you")


def test_a_browser_that_tells_its_worker_is_believed_with_no_page_open(firefox, site):
    subscribe(firefox, site)
    firefox.open("about:blank")
    firefox.run_inside(DECIDE, site.url, "DENY_ACTION")
    firefox.run_inside(SAY_ENDED, site.url)
    wait_until(lambda: site.devices() == [], what="the server to hear of it")


def test_who_refuses_is_told_how_to_change_their_mind(firefox, site):
    firefox.open(f"{site.url}/shop")
    says(firefox, "News may come")
    firefox.click("#push")
    wait_until(lambda: firefox.run_inside(ANSWER, "secondaryButton"), what="the question")
    says(firefox, "does not let the shop notify you")
    assert site.devices() == []


def test_a_push_service_that_does_not_answer_keeps_nobody_waiting(firefox, site, service):
    firefox.open(f"{site.url}/shop")
    says(firefox, "News may come")
    firefox.run_inside(DECIDE, site.url, "ALLOW_ACTION")
    firefox.run("sojourn.push.setup({ patience: 300 })")
    service.is_awake.clear()
    try:
        firefox.click("#push")
        says(firefox, "push service does not answer")
    finally:
        service.is_awake.set()
    firefox.click("#push")
    says(firefox, "Notifications come to this browser")


def test_a_page_without_https_and_a_browser_without_pushes_say_so(firefox, site):
    firefox.open(f"{site.url}/shop".replace("127.0.0.1", "shop.test"))
    says(firefox, "only over https")
    firefox.run_inside("Services.prefs.setBoolPref('dom.push.enabled', false)")
    try:
        firefox.open(f"{site.url}/shop")
        says(firefox, "knows no notifications")
        assert firefox.run("return document.getElementById('push').disabled")
    finally:
        firefox.run_inside("Services.prefs.clearUserPref('dom.push.enabled')")


def test_a_site_elsewhere_does_it_with_the_two_lines_of_the_manual(firefox, site):
    files = {
        "/": ("text/html", PAGE.format(ours=site.url, key=site.key)),
        "/sw.js": ("text/javascript", f'importScripts("{site.url}/sojourn-sw.js");'),
    }

    def answer(request):
        kind, text = files.get(request.path, ("text/plain", ""))
        return Response(200, text.encode(), {"Content-Type": kind})

    with http_server(answer) as (base, _):
        firefox.run_inside(DECIDE, base, "ALLOW_ACTION")
        firefox.open(base)
        firefox.click("#ask")
        wait_until(lambda: firefox.run("return document.title") == "subscribed", what="an answer")
        assert len(site.devices()) == 1
        firefox.open("about:blank")
