"""Templates tried on oneself: marked, honest about what the provider said, and counted nowhere."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from channels.base import DeviceTold, Receipt, Verdict
from engine.contacts.suppression import suppress
from engine.journeys.responding.reaction import react_to_events
from engine.messages.making.testing import KEPT, MOST_AN_HOUR, prune
from engine.models.contact import PushDevice
from engine.models.message import Message, TestLetter
from tests.server import rows
from tests.server.conftest import HOUR, START, log_in

LETTER = """<mjml><mj-head><mj-title>Hello {{ contact.first_name }}</mj-title></mj-head><mj-body>
<mj-section><mj-column><mj-text>Dear {{ contact.first_name }}
<a href="{{ unsubscribe_url }}">unsubscribe</a></mj-text></mj-column></mj-section>
</mj-body></mjml>"""


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


SHOP = (
    "<mj-section><mj-column><mj-text>"
    '<a href="https://shop.example/a">Shop</a>'
    "</mj-text></mj-column></mj-section>"
)


def own_address(browser):
    return browser.get("/api/v1/session").json["user"]["email"]


def send(browser, status=200, **more):
    body = {"channel": "email", "source": LETTER, "to": own_address(browser), **more}
    answer = browser.post("/api/v1/templates/test", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def add_ann(house, **values):
    with house.database.transaction() as session:
        values = {"email": "ann@example.com", "attributes": {"first_name": "Ann"}} | values
        return rows.add_contact(session, START, **values).id


class Stub:
    """A provider that answers as it is told."""

    name, keeps_content = "stub", False

    def __init__(self, receipt):
        self.receipt, self.sent = receipt, []

    def send(self, items, on_result, *, now, begin_within=None):
        self.sent += items
        on_result(0, self.receipt)

    def close(self):
        pass


def test_a_test_is_kept_in_the_mailbox_marked_and_is_nobodys_message(owner, house):
    add_ann(house)
    sent = send(owner, contact="ann@example.com", template="hello")
    assert (sent["is_accepted"], sent["in_mailbox"], sent["problem"]) == (True, True, None)
    (item,) = owner.get("/api/v1/mailbox").json["items"]
    assert (item["subject"], item["is_test"], item["message"]) == ("[Test] Hello Ann", True, None)
    shown = owner.get(f"/api/v1/mailbox/tests/{item['id']}").json
    assert "Dear Ann" in shown["text"]
    page = owner.get(f"/api/v1/mailbox/tests/{item['id']}/html")
    assert page.headers["Content-Security-Policy"].startswith("sandbox;")
    assert owner.get(f"/api/v1/mailbox/{item['id']}").status_code == 404
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_its_link_to_unsubscribe_acts_on_nobody(owner, house, app):
    add_ann(house)
    send(owner, contact="ann@example.com")
    (item,) = owner.get("/api/v1/mailbox").json["items"]
    html = owner.get(f"/api/v1/mailbox/tests/{item['id']}/html").get_data(as_text=True)
    path = re.search(r"/u/[^\"]+", html)[0]
    app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    line = owner.get("/api/v1/contacts?search=ann@").json["items"][0]
    shown = owner.get(f"/api/v1/contacts/{line['id']}").json
    assert shown["consents"] == []


def test_what_is_missing_is_named_and_the_test_goes_all_the_same(owner):
    sent = send(owner)
    assert "contact.first_name" in sent["problem"]
    assert sent["is_accepted"]


@pytest.mark.parametrize("verdict", [Verdict.PERMANENT, Verdict.UNCERTAIN, Verdict.NOT_SENT])
def test_the_providers_words_come_back(owner, house, verdict):
    stub = Stub(Receipt(verdict, code="550", text="5.7.1 relaying denied"))
    house.outgoing._opened["email", "mailbox"] = stub
    sent = send(owner)
    assert (sent["is_accepted"], sent["is_uncertain"]) == (False, verdict is Verdict.UNCERTAIN)
    assert (sent["details"], sent["provider"]) == ("550 5.7.1 relaying denied", "mailbox")
    assert stub.sent[0].subject.startswith("[Test] ")
    with house.database.reading() as session:
        row = session.scalars(select(TestLetter)).one()
        assert (row.text, row.html, row.verdict) == (None, None, verdict.value)


def test_no_link_of_a_test_or_preview_is_followed(owner):
    source = LETTER.replace("</mj-body>", f"{SHOP}</mj-body>")
    send(owner, source=source)
    (item,) = owner.get("/api/v1/mailbox").json["items"]
    page = owner.post("/api/v1/templates/preview", json={"channel": "email", "source": source})
    for path in (f"/api/v1/mailbox/tests/{item['id']}/html", page.json["page"]):
        html = owner.get(path).get_data(as_text=True)
        assert 'href="https://shop.example/a"' in html
        assert "/c/" not in html and "/o/" not in html


def test_only_who_may_publish_writes_to_somebody_else(app, owner):
    editor = log_in(app, "editor")
    send(editor)
    send(editor, to="boss@example.com", status=403)
    send(editor, contact="ann@example.com", status=403)
    send(owner, to="boss@example.com")
    send(log_in(app, "viewer"), status=403)


@pytest.mark.parametrize("to", ["nobody", "a b@example.com", "+15550100"])
def test_an_address_is_one(owner, to):
    send(owner, to=to, status=422)


def test_a_text_is_marked_too(owner):
    send(owner, channel="sms", source="Hi", to="+15550100123")
    (item,) = owner.get("/api/v1/mailbox").json["items"]
    assert owner.get(f"/api/v1/mailbox/tests/{item['id']}").json["text"] == "[Test] Hi"


PUSH = "title: Hello {{ contact.first_name }}\nbody: Look\nurl: https://shop.example/a"


def give_device(house, contact_id, *, is_confirmed=True):
    with house.database.transaction() as session:
        values = {"endpoint": "https://p.example/x", "p256dh": "p", "auth": "a", "agent": "Firefox"}
        row = PushDevice(contact_id=contact_id, endpoint_hash=b"x" * 32, **values)
        row.is_confirmed, row.created_at, row.seen_at = is_confirmed, START, START
        session.add(row)
        session.flush()
        return row.id


def test_a_push_goes_to_the_browsers_of_whom_it_is_made_up_for(owner, house):
    device = give_device(house, add_ann(house))
    told = (DeviceTold(device, took=False, is_gone=True),)
    stub = Stub(Receipt(Verdict.PERMANENT, code="410", text="gone", devices=told))
    account = house.outgoing.find_account("push", "transactional").name
    house.outgoing._opened["push", account] = stub
    sent = send(owner, channel="push", source=PUSH, contact="ann@example.com", to="")
    assert (sent["to"], sent["details"]) == ("ann@example.com", "410 gone")
    (push,) = stub.sent
    assert [one.id for one in push.subscriptions] == [device]
    assert b"[Test] Hello Ann" in push.payload
    assert b"https://shop.example/a" in push.payload
    assert b"click" not in push.payload
    with house.database.reading() as session:
        assert session.get_one(PushDevice, device).gone_at == START
        assert session.scalar(select(func.count()).select_from(Message)) == 0
    gone = send(owner, channel="push", source=PUSH, contact="ann@example.com", status=422)
    assert "no browser" in gone["title"]


def test_a_push_is_tried_on_a_browser_that_is_surely_theirs(app, owner, house):
    assert "contact" in send(owner, channel="push", source=PUSH, status=422)["title"]
    ann = add_ann(house, is_vouched=True)
    give_device(house, ann, is_confirmed=False)
    unsure = send(owner, channel="push", source=PUSH, contact="ann@example.com", status=422)
    assert "vouched" in unsure["title"]
    editor = log_in(app, "editor")
    send(editor, channel="push", source=PUSH, contact="ann@example.com", status=403)


def test_words_that_cannot_be_used_are_not_sent(owner):
    assert "line 1" in send(owner, source="<mjml>{% if %}", status=422)["title"]
    assert owner.get("/api/v1/mailbox").json["items"] == []


def test_an_address_that_is_never_written_to_gets_no_test_either(owner, house):
    with house.database.transaction() as session:
        suppress(session, "email", "gone@example.com", reason="complaint", now=START)
    assert "suppression" in send(owner, to="gone@example.com", status=422)["title"]


def test_tests_are_limited_and_forgotten_after_some_days(owner, house, wall):
    for _ in range(MOST_AN_HOUR):
        send(owner)
    send(owner, status=429)
    wall.advance(HOUR + timedelta(seconds=1))
    send(owner)
    with house.database.transaction() as session:
        prune(session, wall=wall.now() + KEPT + HOUR)
    assert owner.get("/api/v1/mailbox").json["items"] == []


def test_a_test_goes_when_the_person_it_was_made_up_for_is_forgotten(owner, house):
    ann = add_ann(house)
    send(owner, contact="ann@example.com")
    line = owner.get("/api/v1/contacts?search=ann@").json["items"][0]
    assert owner.delete(f"/api/v1/contacts/{line['id']}").status_code == 202
    with house.database.transaction() as session:
        react_to_events(session, house.read_moment(), limit=10)
    with house.database.reading() as session:
        left = session.scalar(select(func.count()).where(TestLetter.contact_id == ann))
    assert left == 0


def test_tests_stand_between_messages_by_their_time_on_every_page(owner, house, wall):
    with house.database.transaction() as session:
        ann = rows.add_contact(session, START)
        for place in range(60):
            rows.add_letter(session, START + timedelta(minutes=place), ann)
    for minutes in (5, 30, 50):
        wall.moment = START + timedelta(minutes=minutes, seconds=30)
        send(owner)
    first = owner.get("/api/v1/mailbox").json
    second = owner.get(f"/api/v1/mailbox?before={first['next']}").json
    both = [*first["items"], *second["items"]]
    assert [len([one for one in page if one["is_test"]]) for page in (first["items"], second["items"])] == [2, 1]  # fmt: skip
    assert [one["at"] for one in both] == sorted((one["at"] for one in both), reverse=True)
    assert len(both) == 63
