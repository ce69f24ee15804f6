"""The doors by which providers and mail servers tell what became of letters."""

import hashlib
import hmac
import io
import json
import threading
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from channels.feedback import BounceKind, Feedback, FeedbackKind, FeedbackRefused, SubscribeAsked
from engine.accounts.instance import BOUNCES
from engine.config import read_settings
from engine.errors import Invalid
from engine.ids import new_id
from engine.messages.senders.return_paths import build_return_path, find_returned
from engine.messages.states import MessageState
from engine.models.contact import Suppression
from engine.models.feedback import FeedbackSource, Saying
from engine.models.journey import Notice
from engine.models.message import Message
from server.commands import bounces as command
from server.hooks import feedback as door
from tests.server import rows
from tests.server.conftest import START

PATH = "/hooks/feedback/main"
SECRET = b"of this account"
LONG = "a-secret-of-mail-servers"


class Reader:
    """Believes what its account's secret signed over the octets, at the time it was sent."""

    name = "fake"

    def __init__(self, secret=SECRET):
        self.secret = secret

    def read(self, request, *, now):
        at = request.headers.get("x-at", "")
        signed = hmac.new(self.secret, at.encode() + b"." + request.body, hashlib.sha256)
        presented = request.headers.get("x-signature", "")
        if not hmac.compare_digest(signed.hexdigest(), presented):
            raise FeedbackRefused("the signature is another")
        if abs(now - datetime.fromisoformat(at)) > timedelta(minutes=5):
            raise FeedbackRefused("too old")
        said = json.loads(request.body)
        if isinstance(said, str):
            raise SubscribeAsked(said)
        return [
            Feedback(
                id=one["id"],
                kind=FeedbackKind(one["kind"]),
                occurred_at=now,
                message_uid=UUID(one["message"]),
                recipient=one.get("to", ""),
                bounce=BounceKind(one["bounce"]) if "bounce" in one else None,
            )
            for one in said
        ]


@pytest.fixture
def letter(house):
    house.readers["main"] = Reader()
    house.readers["other"] = Reader(b"of another account")
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START, email="ann@example.com")
        letter = rows.add_letter(session, START, contact)
        letter.state, letter.sent_at, letter.direction = MessageState.SENT, START, "out"
        return letter


def sign(body, *, secret=SECRET, at=START):
    stamp = at if isinstance(at, str) else at.isoformat()
    mac = hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Signature": mac, "X-At": stamp, "Content-Type": "application/json"}


def write(letter, kind="bounced", id_="1", **more):
    return json.dumps([{"id": id_, "kind": kind, "message": str(letter.uid), **more}]).encode()


def count(house, row):
    with house.database.reading() as session:
        return session.query(row).count()


def test_what_is_signed_counts(client, house, letter):
    body = write(letter, bounce="hard")
    answer = client.post(PATH, data=body, headers=sign(body))
    assert (answer.status_code, answer.json) == (200, {"success": True})
    assert (count(house, Saying), count(house, Suppression)) == (1, 1)


def forge(letter):
    body = write(letter, bounce="hard")
    good = sign(body)
    return {
        "no signature": (PATH, body, {"Content-Type": "application/json"}),
        "an empty one": (PATH, body, {**good, "X-Signature": ""}),
        "another json of the same": (PATH, json.dumps(json.loads(body), indent=1).encode(), good),
        "one byte": (PATH, body.replace(b"hard", b"soft"), good),
        "a space": (PATH, body + b" ", good),
        "a mark": (PATH, b"\xef\xbb\xbf" + body, good),
        "too old": (PATH, body, sign(body, at=START - timedelta(minutes=5, seconds=1))),
        "of the future": (PATH, body, sign(body, at=START + timedelta(minutes=5, seconds=1))),
        "of another account": (PATH, body, sign(body, secret=b"of another account")),
        "at another account": ("/hooks/feedback/other", body, good),
        "at no account": ("/hooks/feedback/nobody", body, good),
    }


def test_what_is_forged_has_no_effect_and_always_the_same_answer(client, house, letter):
    answers = set()
    for why, (path, body, headers) in forge(letter).items():
        answer = client.post(path, data=body, headers=headers)
        assert answer.status_code == 401, why
        answers.add(answer.data)
    assert len(answers) == 1
    assert (count(house, Saying), count(house, Suppression)) == (0, 0)


def test_without_a_secret_nobody_is_heard(client, house):
    answer = client.post(PATH, data=b"[]", headers=sign(b"[]"))
    assert (answer.status_code, answer.json["code"]) == (503, "not_configured")


@pytest.mark.parametrize("given", ["main", "main=", "main=sendgrid:", "main=sendgrid", "=a:b"])
def test_an_account_without_a_secret_is_refused(given):
    with pytest.raises(Invalid) as refused:
        read_settings({"SOJOURN_FEEDBACK_SECRETS": given})
    assert "SECRET" in str(refused.value)


def test_accounts_are_read_and_their_secrets_are_never_shown():
    settings = read_settings({"SOJOURN_FEEDBACK_SECRETS": "main=sendgrid:a=b:c eu=ses:arn:x"})
    assert settings.list_feedback_accounts() == {
        "main": ("sendgrid", "a=b:c"),
        "eu": ("ses", "arn:x"),
    }
    assert "a=b:c" not in repr(settings)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
@pytest.mark.parametrize("path", [PATH, "/hooks/feedback/nobody", "/hooks/bounces"])
def test_b19_other_methods_are_refused_and_say_which_would_do(client, letter, method, path):
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"] and "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", [PATH, "/hooks/bounces"])
def test_other_kinds_and_large_bodies_are_refused(client, letter, path):
    kind = "application/json" if path == PATH else "message/rfc822"
    assert client.post(path, data=b"<x/>", content_type="text/xml").status_code == 415
    large = client.post(path, data=b" " * (1024 * 1024 + 1), content_type=kind)
    assert large.status_code == 413


def test_the_same_request_many_times_at_once_has_one_effect(app, house, letter):
    body = write(letter, bounce="hard")
    headers = sign(body)
    statuses = []

    def repeat():
        client = app.test_client()
        statuses.extend(
            client.post(PATH, data=body, headers=headers).status_code for _ in range(25)
        )

    threads = [threading.Thread(target=repeat) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert statuses == [200] * 200
    with house.database.reading() as session:
        assert session.query(FeedbackSource.taken).all() == [(1,)]


def test_the_same_id_with_another_body_alarms(client, house, letter):
    for body in (write(letter, "delivered"), write(letter, "complained")):
        assert client.post(PATH, data=body, headers=sign(body)).status_code == 200
    assert (count(house, Saying), count(house, Suppression)) == (1, 0)
    with house.database.reading() as session:
        [(words,)] = session.query(Notice.words)
    assert "something else" in words


def test_forged_complaints_of_no_letter_of_ours_do_nothing(client, house, letter):
    said = [{"id": str(n), "kind": "complained", "message": str(new_id())} for n in range(1200)]
    body = json.dumps(said).encode()
    assert client.post(PATH, data=body, headers=sign(body)).status_code == 200
    assert (count(house, Saying), count(house, Suppression)) == (0, 0)
    with house.database.reading() as session:
        assert session.query(FeedbackSource.strays).all() == [(1200,)]


def test_a_provider_that_asks_whether_it_may_is_told(client, letter, monkeypatch):
    confirmed = []
    monkeypatch.setattr(door, "confirm_subscription", lambda asked: confirmed.append(asked.url))
    body = b'"https://sns.eu-west-1.amazonaws.com/?x"'
    assert client.post(PATH, data=body, headers=sign(body)).status_code == 200
    assert confirmed == ["https://sns.eu-west-1.amazonaws.com/?x"]


def test_an_address_elsewhere_is_never_called(client, letter):
    for url in (
        "http://169.254.169.254/",
        "https://sns.evil.com/",
        "http://sns.us-east-1.amazonaws.com@127.0.0.1",
    ):
        body = json.dumps(url).encode()
        assert client.post(PATH, data=body, headers=sign(body)).status_code == 401


REPORT = """From: MAILER-DAEMON@mx.example
To: {path}
Subject: Undelivered
Message-ID: <{id}@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B
Content-Type: text/plain

It came back.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sun, 01 Mar 2026 11:00:00 +0000

Final-Recipient: rfc822; ann@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--B--
"""


@pytest.fixture
def returning(house, letter):
    """The house takes back what comes to its address."""
    changed = house.settings.model_copy(
        update={"bounce_address": "bounces@shop.example", "bounce_secret": LONG}
    )
    object.__setattr__(house, "settings", changed)
    return build_return_path("bounces@shop.example", house.get_secret(BOUNCES), letter.uid)


def post_report(client, raw, secret=LONG):
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "message/rfc822"}
    return client.post("/hooks/bounces", data=raw.replace("\n", "\r\n"), headers=headers)


def test_a_letter_that_came_back_is_known_by_its_return_path(client, house, letter, returning):
    for _ in range(2):
        assert post_report(client, REPORT.format(path=returning, id=1)).status_code == 200
    assert (count(house, Saying), count(house, Suppression)) == (1, 1)
    with house.database.reading() as session:
        assert session.query(Message.bounce).all() == [("hard",)]


def test_a_report_with_a_forged_path_has_no_effect(client, house, letter, returning):
    forged = returning.replace("+", "+a")[: len(returning)]
    for path in (forged, "bounces@shop.example", f"bounces+{letter.uid}@shop.example"):
        assert post_report(client, REPORT.format(path=path, id=2)).status_code == 200
    assert (count(house, Saying), count(house, Suppression)) == (0, 0)


def test_reports_need_the_secret(client, house, returning):
    assert post_report(client, REPORT.format(path=returning, id=1), secret="x").status_code == 401
    assert count(house, Saying) == 0


def test_without_an_address_no_report_is_taken(client, letter):
    assert post_report(client, REPORT.format(path="x@shop.example", id=1)).status_code == 503


def test_a_mail_server_pipes_what_came_back(house, letter, returning, monkeypatch, capsys):
    class Opened:
        def __enter__(self):
            return house

        def __exit__(self, *_):
            return None

    raw = REPORT.format(path=returning, id=3).replace("\n", "\r\n").encode()
    monkeypatch.setattr(command, "opened", lambda _: Opened())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    command.bounces()
    assert capsys.readouterr().out.startswith("1 counted")


def test_a_return_path_survives_another_case_and_a_soft_line_break():
    uid, other = new_id(), new_id()
    path = build_return_path("b@shop.example", SECRET, uid)
    assert len(path.partition("@")[0]) <= 64
    assert find_returned("b@shop.example", SECRET, path.upper().encode()) == uid
    broken = f"{path[:20]}=\r\n{path[20:]}".encode()
    assert find_returned("b@shop.example", SECRET, broken) == uid
    assert find_returned("b@shop.example", b"another", path.encode()) is None
    both = f"{path} {build_return_path('b@shop.example', SECRET, other)}".encode()
    assert find_returned("b@shop.example", SECRET, both) is None
