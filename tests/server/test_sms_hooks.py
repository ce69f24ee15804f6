"""The door at which providers of SMS hand on what people write."""

import hashlib
import hmac
from base64 import b64encode
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from channels.sms.vonage_hooks import sign
from engine.contacts.sms_opt_outs import find_opt_outs
from engine.messages.states import MessageState
from engine.models.contact import Contact, Identity
from engine.models.message import Message
from server.app import create_app
from server.hooks.sms import LARGEST_BODY
from tests.server import rows
from tests.server.conftest import START, build_house, log_in

NUMBER, OURS = "+15550000001", "+15559999999"
BASE = "https://shop.example"


@pytest.fixture
def house(database, tmp_path, wall):
    url = "twilio://AC1:token@+15559999999?account=bulk"
    house = build_house(
        database, tmp_path, wall=wall, sms_url=url, base_url=BASE, secure_cookies=False
    )
    yield house
    house.outgoing.close()


@pytest.fixture
def browser(house):
    with house.database.transaction() as session:
        ann = rows.add_contact(session, START, phone=NUMBER, phone_confirmed=True)
        known = {"kind": "phone", "value": NUMBER, "created_at": START}
        session.add(Identity(contact_id=ann.id, **known))
    return create_app(house).test_client()


def post(browser, body="STOP", *, account="bulk", token="token", door="sms", **more):
    form = {
        "MessageSid": "SM1",
        "AccountSid": "AC1",
        "From": NUMBER,
        "To": OURS,
        "Body": body,
    } | more
    path = f"/hooks/{door}/{account}"
    signed = BASE + path + "".join(name + form[name] for name in sorted(form))
    mac = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return browser.post(
        path,
        data=urlencode(form),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": b64encode(mac).decode()},
    )


def count(house, **by):
    with house.database.reading() as session:
        return session.query(Message).filter_by(**by).count()


def test_r122_a_signed_text_is_kept_obeyed_and_answered_once(house, browser):
    for _ in range(2):
        answer = post(browser)
        assert answer.status_code == 200 and answer.mimetype == "text/xml"
        assert answer.text.endswith("<Response/>")
    assert count(house, direction="in") == 1
    assert count(house, direction="out", state=MessageState.QUEUED) == 1
    with house.database.reading() as session:
        assert NUMBER in find_opt_outs(session, [NUMBER])


def test_r122_a_text_counts_as_written_when_its_provider_says_so(database, tmp_path, wall):
    url = "vonage://abcd1234:token@+15559999999?signature=swordfish"
    house = build_house(database, tmp_path, wall=wall, sms_url=url, base_url=BASE)
    browser = create_app(house).test_client()

    def tell(word, minutes):
        written = wall.now() - timedelta(minutes=minutes)
        said = {
            "messageId": word, "msisdn": NUMBER[1:], "to": OURS[1:], "text": word, "nonce": "n",
            "timestamp": str(int(wall.now().timestamp())),
            "message-timestamp": f"{written:%Y-%m-%d %H:%M:%S}",
        }  # fmt: skip
        said["sig"] = sign(said, "swordfish", "md5hash")
        assert browser.post("/hooks/sms/vonage", data=said).status_code == 200
        with house.database.reading() as session:
            return bool(find_opt_outs(session, [NUMBER]))

    assert tell("STOP", 5) and tell("START", 9)
    assert not tell("UNSTOP", 1)
    house.outgoing.close()


def test_what_is_not_believed_is_answered_always_the_same(house, browser):
    refused = [
        post(browser, token="other"),
        post(browser, account="other"),
        post(browser, AccountSid="AC2"),
        browser.post("/hooks/sms/bulk", data=b"\xff"),
        browser.get("/hooks/sms/bulk?Body=STOP"),
    ]
    assert {(one.status_code, one.data) for one in refused} == {(401, b"")}
    assert count(house) == 0


def test_c22_a_body_has_a_limit_and_its_text_no_control_signs(house, browser):
    assert post(browser, "x" * LARGEST_BODY).status_code == 413
    assert post(browser, "a\x1b[31mb\x00" + "ж" * 9000).status_code == 200
    assert count(house, direction="in") == 1


def test_an_unknown_number_may_opt_out(house, browser):
    assert post(browser, "unsubscribe", From="+12125550100").status_code == 200
    with house.database.reading() as session:
        assert find_opt_outs(session, ["+12125550100"])
    assert count(house) == 0


def test_an_application_may_report_the_same(house, browser):
    owner = log_in(browser.application, "owner")
    said = {"channel": "sms", "from": NUMBER, "to": OURS, "text": "Stop"}
    assert owner.post("/api/v1/messages/inbound", json=said).status_code == 200
    assert (
        owner.post("/api/v1/messages/inbound", json=said | {"from": "+12125550100"}).status_code
        == 404
    )
    with house.database.reading() as session:
        assert len(find_opt_outs(session, [NUMBER, "+12125550100"])) == 2
    contact = owner.get("/api/v1/contacts").json["items"][0]["id"]
    shown = owner.get(f"/api/v1/contacts/{contact}").json["suppressions"]
    assert [(one["channel"], one["reason"], one["may_lift"]) for one in shown] == [
        ("sms", "opted_out", False)
    ]


def test_r120_a_delivery_receipt_of_a_text_comes_by_the_door_of_feedback(house, browser):
    with house.database.transaction() as session:
        ann = session.query(Contact).one()
        rows.add_message(
            session, START, ann, channel="sms", state=MessageState.SENT, provider_id="SM7",
            sent_at=START, attempts=1,
        )  # fmt: skip
    said = {"MessageSid": "SM7", "To": NUMBER, "door": "feedback"}
    assert post(browser, MessageStatus="delivered", **said).status_code == 200
    refused = {"MessageStatus": "failed", "ErrorCode": "21610"}
    assert post(browser, **refused, **said).status_code == 200
    assert post(browser, **refused, **said, token="other").status_code == 401
    with house.database.reading() as session:
        assert session.query(Message).one().delivered_at is not None
        assert find_opt_outs(session, [NUMBER])
