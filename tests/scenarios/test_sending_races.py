"""Many workers at once: limits hold exactly, and of what goes once, one leaves.

Few contacts with every change; the figures of promise P9 with SOJOURN_FULL=1.
"""

import os
import threading
from collections import Counter
from datetime import timedelta

import pytest

from engine.ids import derive_id
from engine.messages.handover.delivery import record, start
from engine.messages.parcels import Result
from engine.messages.states import MessageState, SkipReason
from engine.models.contact import Consent, Contact
from engine.models.message import Message
from tests.scenarios.limiting import (
    ANN,
    COMMON,
    TAKEN,
    begin,
    journey,
    limit,
    list_fates,
    tell,
)
from tests.scenarios.test_concurrency import at_once


@pytest.fixture
def ann(shop):
    shop.say("identify", userId="ann", traits=ANN)
    shop.work()
    return shop


CONTACTS = 200 if os.environ.get("SOJOURN_FULL") else 12


@pytest.mark.timeout(900)
@pytest.mark.parametrize("contacts", [CONTACTS])
def test_r087_p9_however_many_journeys_compete_exactly_three_a_day(shop, contacts):
    """64 journeys write to the same contacts at once; the refused are counted as capped."""
    limit(shop, 3, "day")
    fill(shop, contacts, journeys=64)
    gone = Counter()
    lock = threading.Lock()

    def work():
        while parcels := begin(shop, claimed=64, owner=f"{threading.get_ident()}"):
            for first in range(0, len(parcels), 16):
                group = parcels[first : first + 16]
                with shop.database.transaction() as session:
                    going = start(session, group, now=shop.now, **COMMON)
                with lock:
                    gone.update(one.contact_id for one in going)
                with shop.database.transaction() as session:
                    record(session, [Result(one, TAKEN, "p") for one in going], now=shop.now)

    while shop.ask(Message.id, state=MessageState.QUEUED):
        at_once(*(work for _ in range(4)))
        shop.now += timedelta(seconds=5)
    assert set(gone.values()) == {3}
    assert len(gone) == contacts
    rows = shop.ask(Message.state, Message.reason)
    assert Counter(rows) == {
        (MessageState.SENT, None): contacts * 3,
        (MessageState.SKIPPED, SkipReason.CAPPED): contacts * 61,
    }


def test_r087_of_a_hundred_at_once_to_one_contact_exactly_as_many_as_may_leave(shop):
    """A hundred sends, each in a thread and a transaction of its own, begin at the same moment."""
    limit(shop, 5, "PT24H")
    fill(shop, 1, journeys=100)
    claims = [begin(shop, claimed=1, owner=f"w{n}") for n in range(100)]
    assert sum(map(len, claims)) == 100
    gone, lock = [], threading.Lock()

    def send(parcels):
        with shop.database.transaction() as session:
            going = start(session, parcels, now=shop.now, **COMMON)
        with lock:
            gone.extend(going)

    at_once(*(lambda parcels=parcels: send(parcels) for parcels in claims))
    assert len(gone) == 5
    while parcels := begin(shop, claimed=64):  # those that let others go first are asked again
        with shop.database.transaction() as session:
            assert start(session, parcels, now=shop.now, **COMMON) == []
    reasons = Counter(reason for (reason,) in shop.ask(Message.reason))
    assert reasons[SkipReason.CAPPED] + len(shop.ask(Message.id, state=MessageState.QUEUED)) == 95


def fill(shop, contacts, *, journeys):
    with shop.database.transaction() as session:
        people = [
            Contact(
                uid=derive_id("contact", n),
                created_at=shop.now,
                email=f"{n}@example.com",
                email_confirmed=True,
            )
            for n in range(contacts)
        ]
        session.add_all(people)
        session.flush()
        for person in people:
            session.add(
                Consent(
                    contact_id=person.id,
                    topic="news",
                    channel="email",
                    choice="subscribed",
                    changed_at=shop.now,
                )
            )
        session.add_all(
            Message(
                uid=derive_id("message", n, person.id),
                channel="email",
                message_class="marketing",
                topic="news",
                contact_id=person.id,
                journey_id=n,
                template=f"t{n}",
                data={"data": {}, "gates": {}},
                state=MessageState.QUEUED,
                created_at=shop.now,
                due_at=shop.now,
            )
            for n in range(journeys)
            for person in people
        )


def test_r084_once_per_node_journey_or_template(ann):
    journey(ann, "node", gates={"once_per": "node"})
    journey(ann, "again", gates={"once_per": "journey"}, template="hello")
    journey(ann, "anywhere", gates={"once_per": "template"}, template="hello")
    tell(ann, "node", "again")
    assert ann.deliver() == ["node", "again"]
    tell(ann, "node", "again", "anywhere")
    assert ann.deliver() == []
    assert {reason for _, _, reason in list_fates(ann)[2:]} == {SkipReason.ALREADY_SENT}
    journey(ann, "other", gates={"once_per": "journey"}, template="hello")
    tell(ann, "other")
    assert ann.deliver() == ["other"]  # another journey; the same template


def test_r084_of_many_at_once_one_leaves(ann):
    for n in range(8):
        journey(ann, f"j{n}", gates={"once_per": "template"}, template="hello")
    tell(ann, *(f"j{n}" for n in range(8)))
    claims = [begin(ann, claimed=1, owner=f"w{n}") for n in range(8)]
    went = []

    def work(parcels):
        with ann.database.transaction() as session:
            went.extend(start(session, parcels, now=ann.now, **COMMON))

    at_once(*(lambda parcels=parcels: work(parcels) for parcels in claims))
    assert len(went) == 1
    reasons = Counter(reason for _, _, reason in list_fates(ann))
    assert reasons == {None: 1, SkipReason.ALREADY_SENT: 7}
