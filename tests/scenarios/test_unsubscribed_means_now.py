"""P8: while a campaign is being handed over, people leave by every way there is.

A small campaign with every change; the promise's own figures with SOJOURN_FULL=1.
"""

import os
import random
import threading
import time
from datetime import UTC, datetime

import pytest

from channels.base import Receipt, Verdict
from engine.accounts.instance import UNSUBSCRIBE
from engine.messages.handover import delivery
from engine.messages.links import build_preferences_url, build_unsubscribe_url
from engine.messages.parcels import Result
from engine.messages.states import MessageState
from engine.models.contact import Contact, Topic
from engine.models.message import Message
from server.app import create_app
from tests.claiming import claim
from tests.server import rows
from tests.server.conftest import build_house, log_in

IS_FULL = bool(os.environ.get("SOJOURN_FULL"))
PEOPLE = 10_000 if IS_FULL else 300
LEAVING = 1_000 if IS_FULL else 90
SENDERS = 12 if IS_FULL else 2
LEAVERS = 4 if IS_FULL else 1


class RealClock:
    """The machine's clock: the race is real."""

    def now(self):
        return datetime.now(UTC)


@pytest.fixture
def house(database, tmp_path):
    house = build_house(database, tmp_path, wall=RealClock())
    yield house
    house.outgoing.close()


@pytest.fixture
def campaign(house):
    """Everybody's letter is due now."""
    now = house.clock.now()
    with house.database.transaction() as session:
        session.add(Topic(key="newsletter", name="News", opt_in="implied", created_at=now))
        people = [
            rows.add_contact(session, now, email=f"p{number}@example.com", email_confirmed=True)
            for number in range(PEOPLE)
        ]
        letters = [
            rows.add_message(session, now, one, data={"data": {}, "resends": True})
            for one in people
        ]
        return [(one.id, one.uid, letter.uid) for one, letter in zip(people, letters, strict=True)]


def hand_over(house, failures):
    """Do as the delivering door does, with a provider that takes all and a pause like a network's."""
    common = {"default_zone": "UTC"}
    try:
        while True:
            with house.database.transaction() as session:
                parcels = claim(
                    session, "email", now=house.clock.now(), limit=32,
                    owner=str(threading.get_ident()), **common,
                )  # fmt: skip
            if not parcels:
                break
            for begin in range(0, len(parcels), delivery.GROUP):
                group = parcels[begin : begin + delivery.GROUP]
                with house.database.transaction() as session:
                    going = delivery.start(session, group, now=house.clock.now(), **common)
                time.sleep(0.002)
                taken = Receipt(Verdict.ACCEPTED, provider_id="taken")
                with house.database.transaction() as session:
                    results = [Result(one, taken, "shop", None) for one in going]
                    delivery.record(session, results, now=house.clock.now())
    except Exception as error:  # noqa: BLE001 - a thread's failure is the test's
        failures.append(error)


def leave(app, house, owner, people, answered, failures):
    """Unsubscribe one after the other, by the three ways in turn; note when that was answered."""
    try:
        secret = house.get_secret(UNSUBSCRIBE)
        client = app.test_client()
        for place, (contact_id, contact_uid, letter) in enumerate(people):
            match place % 3:
                case 0:
                    url = build_unsubscribe_url("", secret, letter)
                    answer = client.post(url, data={"List-Unsubscribe": "One-Click"})
                case 1:
                    url = build_preferences_url("", secret, letter)
                    answer = client.post(url, data={"do": "save"})
                case _:
                    said = {"topic": "newsletter", "channel": "email", "choice": "unsubscribed"}
                    answer = owner.put(
                        f"/api/v1/contacts/{contact_uid}/consents", json=said | {"note": "asked"}
                    )
            assert 200 <= answer.status_code < 300, answer.text
            answered[contact_id] = datetime.now(UTC)
    except Exception as error:  # noqa: BLE001 - a thread's failure is the test's
        failures.append(error)


@pytest.mark.timeout(900)
def test_r075_nothing_begins_to_leave_after_an_unsubscribe_was_answered(house, campaign, measured):
    app = create_app(house)
    answered, failures = {}, []
    leaving = campaign[-LEAVING:]  # those whose turn is last: most are still to go
    if IS_FULL:
        leaving = random.Random(8).sample(campaign, LEAVING)
    threads = [threading.Thread(target=hand_over, args=(house, failures)) for _ in range(SENDERS)]
    owner = log_in(app)
    threads += [
        threading.Thread(
            target=leave, args=(app, house, owner, leaving[n::LEAVERS], answered, failures)
        )
        for n in range(LEAVERS)
    ]
    for thread in reversed(threads):
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(answered) == LEAVING
    with house.database.reading() as session:
        told = session.query(Message.contact_id, Message.state, Message.started_at).all()
        assert session.query(Contact).count() == PEOPLE
    late = [
        contact
        for contact, _, started_at in told
        if contact in answered and started_at is not None and started_at > answered[contact]
    ]
    assert late == []
    by_state = [state for contact, state, _ in told if contact in answered]
    assert MessageState.SKIPPED in by_state  # the race was one
    measured("unsubscribed before their letter", by_state.count(MessageState.SKIPPED))
    assert all(state == MessageState.SENT for contact, state, _ in told if contact not in answered)
