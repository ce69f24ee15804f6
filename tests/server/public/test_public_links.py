"""Every link that a stranger may open, as one table: opening changes nothing, and each is good for one thing.

The letters and numbers are those of the rows of the catalogue of hostile input, part D.
"""

from uuid import uuid4

import pytest
from sqlalchemy import select

from engine.accounts.instance import UNSUBSCRIBE
from engine.messages import links
from engine.models.base import Base
from engine.models.contact import Topic
from server.app import create_app
from server.public import guesses
from tests.server import rows
from tests.server.conftest import START, TestClock, build_house

OURS = "https://news.example.com"
DOORS = {
    "unsubscribe.show": "/u/{unsubscribe}",
    "preferences.show": "/p/{preferences}",
    "confirm.show": "/confirm/{confirm}",
    "following.follow": "/c/{click}/a",
    "following.show_pixel": "/o/{open}.gif",
    "following.view": "/v/{view}",
}
"""How every public page is addressed; a new one belongs here."""
NO_LINKS = {
    "session", "health", "openapi", "pages", "tracking", "sms_hooks", "feedback", "bounces", "static", "push",
    "assets_public",
}  # fmt: skip
"""Public, and no letter's own link: a login, a key, a provider's signature, or a file for everybody."""
KINDS = ("unsubscribe", "preferences", "confirm", "click", "open", "view")
EVIL = "evil.example"
WAYS = {
    "plainly": {},
    "with a cookie": {"Cookie": "sid=x; theme=dark"},
    "by a browser that looks ahead": {"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch"},
    "by a scanner": {"User-Agent": "python-requests/2.32"},
    "under another name": {"Host": EVIL, "X-Forwarded-Host": EVIL, "Forwarded": f"host={EVIL}"},
    "from elsewhere": {"Origin": f"https://{EVIL}", "Referer": f"https://{EVIL}/x"},
}
TAILS = (
    "",
    "?email=bob@example.com",
    f"?url=https://{EVIL}&return=//{EVIL}",
    "?List-Unsubscribe=One-Click",
)


@pytest.fixture
def house(sqlite_database, tmp_path):
    house = build_house(sqlite_database, tmp_path, wall=TestClock(), base_url=OURS)
    yield house
    house.outgoing.close()


@pytest.fixture
def app(house):
    return create_app(house)


@pytest.fixture
def tokens(house, monkeypatch):
    monkeypatch.setattr(guesses.Guesses, "refuse_guessers", lambda *_, **__: None)
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START, email="ann@example.com", email_confirmed=True)
        rows.add_contact(session, START, email="bob@example.com", email_confirmed=True)
        session.add(Topic(key="newsletter", name="News", opt_in="double", created_at=START))
        letter = rows.add_letter(session, START, contact)
    return sign_all(house, letter.uid)


def sign_all(house, uid):
    secret = house.get_secret(UNSUBSCRIBE)
    urls = {
        "unsubscribe": links.build_unsubscribe_url("", secret, uid),
        "preferences": links.build_preferences_url("", secret, uid),
        "confirm": links.build_confirm_url("", secret, uid, "ann@example.com"),
        "click": links.build_click_prefix("", secret, uid),
        "open": links.build_open_url("", secret, uid).removesuffix(".gif"),
        "view": links.build_view_url("", secret, uid),
    }
    return {kind: url.rpartition("/")[2] for kind, url in urls.items()}


def read_everything(house):
    with house.database.reading() as session:
        return {
            table.name: session.execute(select(table).order_by(*table.primary_key)).all()
            for table in Base.metadata.sorted_tables
            if table.name != "touch"  # that it was opened, which moves nobody (rule 121)
        }


def test_the_table_names_every_page_that_a_letter_may_link_to(app):
    public = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and rule.endpoint.partition(".")[0] not in NO_LINKS
    }
    private = {one for one in public if one not in DOORS}
    browser = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in private:
            address = rule.rule
            for name in rule.arguments:
                address = address.replace(f"<{name}>", "x").replace(f"<path:{name}>", "x")
            assert browser.get(address).status_code in {401, 404, 405}, rule
    assert public >= set(DOORS)


@pytest.mark.parametrize("door", DOORS)
def test_r115_d5_opening_whatever_link_changes_nothing(app, house, tokens, door):
    before, browser = read_everything(house), app.test_client()
    for how, headers in WAYS.items():
        for tail in TAILS:
            for method in ("GET", "HEAD"):
                address = DOORS[door].format(**tokens) + tail
                answer = browser.open(address, method=method, headers=headers)
                assert answer.status_code in {200, 302, 404}, (how, address)
                shown = f"{answer.headers}{answer.text if answer.mimetype == 'text/html' else ''}"
                assert EVIL not in shown, (how, address)  # D2, D11, D15
                assert "bob@example.com" not in shown and "ann@example.com" not in shown  # D8, D10
                assert "Set-Cookie" not in answer.headers  # D18
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                assert answer.headers["Cache-Control"] == "no-store"
    assert read_everything(house) == before


@pytest.mark.parametrize("door", DOORS)
def test_d19_no_page_of_a_letter_is_framed_by_another_site(app, tokens, door):
    answer = app.test_client().get(DOORS[door].format(**tokens))
    policy = answer.headers.get("Content-Security-Policy", "")
    assert answer.mimetype != "text/html" or "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("door", DOORS)
def test_d1_d7_d20_a_token_is_good_for_its_own_door_alone(app, house, tokens, door):
    browser, answers = app.test_client(), set()
    mine = next(kind for kind in KINDS if f"{{{kind}}}" in DOORS[door])
    strange = sign_all(house, uuid4())[mine]  # rightly signed, of no letter
    other = tokens[mine]
    payload, _, mac = other.rpartition(".")
    wrong = [
        *(tokens[kind] for kind in KINDS if kind != mine),
        strange,
        payload,
        f"{payload}.",
        f"{payload}.{mac[:-2]}",
        f"{payload}.{mac[::-1]}",
        f"{payload}.{mac.swapcase()}",
        f"{strange.rpartition('.')[0]}.{mac}",  # another letter's name under this one's seal
        f"{other}%00",
        f"{other}%0d%0aLocation:%20https://{EVIL}",
        f" {other}",
        "0",
        "1",
        "x" * 5000,
        "%ff%fe",
    ]
    for one in wrong:
        for method in ("GET", "POST") if "show" in door and "pixel" not in door else ("GET",):
            form = {"List-Unsubscribe": "One-Click", "do": "save"} if method == "POST" else None
            answer = browser.open(DOORS[door].replace(f"{{{mine}}}", one), method=method, data=form)
            is_click = door == "following.follow"  # which takes whatever stands there
            is_named = "%00" not in one or is_click  # else a zero octet makes no address at all
            status = 404 if is_named else 400
            assert (answer.status_code, answer.headers.get("Location")) == (status, None), one
            is_gone = one == strange and mine == "view"  # a letter that is not kept says so
            if is_named and "/" not in one and not is_gone:
                answers.add(answer.data)
    assert len(answers) <= 1


def test_d20_no_link_of_a_letter_is_a_login_or_a_key(app, tokens):
    for token in tokens.values():
        browser = app.test_client()
        for name in ("sid", "__Host-sid"):
            browser.set_cookie(name, token, secure=True)
        assert browser.get("/api/v1/contacts", base_url=OURS).status_code == 401
        bearer = {"Authorization": f"Bearer {token}"}
        assert app.test_client().get("/api/v1/contacts", headers=bearer).status_code == 401
        call = {"userId": "u", "event": "E"}
        assert app.test_client().post("/v1/track", json=call, headers=bearer).status_code == 401


def test_r116_a_token_is_a_seal_of_256_bits_that_does_not_age(app, house, tokens):
    mac = tokens["unsubscribe"].rpartition(".")[2]
    assert len(mac) >= 43  # base64 of 32 octets
    house.wall.moment = START.replace(year=START.year + 3)
    page = app.test_client().get(f"/u/{tokens['unsubscribe']}")
    assert page.status_code == 200 and "News" in page.text
