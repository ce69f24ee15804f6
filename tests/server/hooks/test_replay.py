"""B4, B5: what a provider said and signed, said again later by somebody who kept it, does nothing.

Some providers repeat for hours what was not answered, under the old signature: so their signatures
are believed for hours, and this shows that it costs nothing.
"""

from datetime import timedelta
from uuid import UUID

import pytest

from channels.email.feedback import mailgun, sendgrid, sns
from engine.messages.feedback import KEPT
from engine.models.contact import Consent, ConsentProof, Suppression, Topic
from engine.models.event import EventBatch
from engine.models.feedback import Saying
from engine.models.message import Message
from tests.channels.email.feedback import genuine
from tests.channels.email.feedback.cases import READERS, make_reader
from tests.channels.email.feedback.genuine import NOW, UID
from tests.server import rows
from tests.server.conftest import START

ANN, TAG = "ada@example.org", {"sojourn_message": UID}
STAMP, SECONDS = "2026-03-01T11:59:58.100Z", 1772366398
COMPLAINTS = {
    "mailgun": lambda: genuine.mailgun(
        {"event": "complained", "timestamp": SECONDS, "recipient": ANN, "user-variables": TAG}
    ),
    "sendgrid": lambda: genuine.sendgrid(
        [{"event": "spamreport", "timestamp": SECONDS, "email": ANN, "sg_event_id": "e", **TAG}]
    ),
    "ses": lambda: genuine.sns(
        {
            "eventType": "Complaint",
            "mail": {"messageId": "m", "destination": [ANN], "tags": {"sojourn_message": [UID]}},
            "complaint": {"complainedRecipients": [{"emailAddress": ANN}], "timestamp": STAMP},
        }
    ),
    "resend": lambda: genuine.resend(
        {"type": "email.complained", "created_at": STAMP, "data": {"to": [ANN], "tags": TAG}}
    ),
    "postmark": lambda: genuine.postmark(
        {
            "RecordType": "SpamComplaint", "ID": 7, "Type": "SpamComplaint", "Email": ANN,
            "BouncedAt": STAMP, "Metadata": TAG,
        }
    ),
}  # fmt: skip
"""Each in its provider's own words: the reader of our letter called it spam."""
AGES = {
    "mailgun": mailgun.OLDEST,
    "sendgrid": sendgrid.OLDEST,
    "ses": sns.OLDEST,
    "resend": timedelta(minutes=5),
    "postmark": KEPT,  # it signs nothing: whoever knows its password may say anything
}


@pytest.fixture
def letter(house):
    """The letter of which every genuine request speaks."""
    house.wall.moment = NOW
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START, email=ANN, email_confirmed=True)
        session.add(Topic(key="newsletter", name="News", created_at=START))
        letter = rows.add_letter(session, START, contact)
        letter.uid, letter.direction = UUID(UID), "out"
    return letter


def count(house):
    with house.database.reading() as session:
        return [
            session.query(row).count()
            for row in (Saying, Suppression, ConsentProof, EventBatch, Message)
        ]


def post(client, name, asked):
    headers = {key: value for key, value in asked.headers.items() if key != "content-length"}
    headers.setdefault("content-type", "application/json")
    return client.post(f"/hooks/feedback/{name}", data=asked.body, headers=headers).status_code


def test_every_signature_is_believed_for_less_than_what_was_said_is_remembered():
    assert set(AGES) == set(READERS)
    assert all(age < KEPT for name, age in AGES.items() if name != "postmark")


@pytest.mark.parametrize("name", READERS)
def test_b4_what_was_said_once_is_said_for_nothing_ever_after(client, house, letter, name):
    house.readers[name] = make_reader(name)
    asked = COMPLAINTS[name]()
    assert post(client, name, asked) == 200
    with house.database.transaction() as session:
        assert sorted(session.query(Consent.topic, Consent.choice).all()) == [
            ("*", "unsubscribed"),
            ("newsletter", "unsubscribed"),
        ]
        assert session.query(Message.complained_at).one() != (None,)
        session.query(Consent).update({"choice": "subscribed"})  # the reader has come back
        session.query(Suppression).one()
        session.query(Suppression).delete()
    before = count(house)
    for later in (timedelta(0), timedelta(minutes=4), AGES[name]):
        house.wall.moment = NOW + min(later, timedelta(days=1)) - timedelta(seconds=1)
        assert post(client, name, asked) == 200
    assert count(house) == before
    with house.database.reading() as session:
        assert set(session.query(Consent.choice).all()) == {("subscribed",)}


@pytest.mark.parametrize("name", [one for one in READERS if one != "postmark"])
def test_b4_and_is_not_even_read_once_its_signature_is_old(client, house, letter, name):
    house.readers[name] = make_reader(name)
    house.wall.moment = NOW + AGES[name] + timedelta(minutes=2)
    assert post(client, name, COMPLAINTS[name]()) == 401
    assert count(house)[0] == 0


@pytest.mark.parametrize("name", READERS)
def test_b14_of_a_letter_that_is_none_of_ours_it_says_nothing(client, house, letter, name):
    house.readers[name] = make_reader(name)
    with house.database.transaction() as session:
        session.get_one(Message, letter.id).uid = UUID(int=7)
    assert post(client, name, COMPLAINTS[name]()) == 200
    assert count(house)[:4] == [0, 0, 0, 0]
