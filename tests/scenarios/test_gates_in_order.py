"""One letter with everything against it, mended one thing after the other: the gates in their order."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from engine.contacts.suppression import suppress
from engine.messages.gates.policy import Defer, Send, Skip
from engine.messages.gates.verdicts import load_verdicts
from engine.messages.states import MessageState, SkipReason
from engine.models.contact import Consent, Contact, Suppression, Topic
from engine.models.journey import Enrollment
from engine.models.limit import SendingLimit
from engine.models.message import Message
from tests.claiming import claim
from tests.scenarios.limiting import limit
from tests.shop import Shop

HOUR = timedelta(hours=1)
QUIET = {"from": "11:00", "to": "14:00", "policy": "skip"}
GATES = {"once_per": "node", "quiet": QUIET}


@pytest.fixture
def shop(database):
    shop = Shop(database)
    shop.publish(
        trigger={"kind": "event", "event": "Signed Up"},
        start="hello",
        nodes={"hello": {"kind": "send_email", "template": "hello", "topic": "news"}},
    )
    shop.say("identify", userId="ann", traits={"email": "ann@example.com"})
    shop.say(userId="ann", event="Signed Up")
    shop.work()
    return shop


def change(row, **values):
    return lambda session, now: session.execute(update(row).values(**values))


def say_no(session, now):
    (ann,) = session.scalars(select(Contact.id))
    session.add(
        Consent(
            contact_id=ann, topic="news", channel="email", choice="unsubscribed", changed_at=now
        )
    )


def forget_earlier(session, now):
    """Of the same node nothing has gone: what went was of another."""
    session.execute(update(Message).where(Message.state == MessageState.SENT).values(node="other"))


def delete(row):
    return lambda session, now: session.query(row).delete()


MENDS = (
    (SkipReason.JOURNEY_ENDED, change(Enrollment, is_recalled=False)),
    (SkipReason.CONTACT_DELETED, change(Contact, erased_at=None)),
    (SkipReason.EXPIRED, change(Message, expires_at=None)),
    (SkipReason.NO_ADDRESS, change(Contact, email="ann@example.com")),
    (SkipReason.UNCONFIRMED, change(Contact, email_confirmed=True)),
    (SkipReason.UNSUBSCRIBED, delete(Consent)),
    (SkipReason.NO_CONSENT, change(Topic, opt_in="implied")),
    (SkipReason.PAUSED, change(Contact, paused_until=None)),
    (SkipReason.SUPPRESSED, delete(Suppression)),
    (SkipReason.HOLDOUT, change(Contact, is_held_out=False)),
    (SkipReason.ALREADY_SENT, forget_earlier),
    (SkipReason.QUIET_HOURS, change(Contact, timezone="America/New_York")),
    (SkipReason.CAPPED, delete(SendingLimit)),
)
"""What stands against the letter, in the order of the gates, and what takes it away."""


def spoil(shop):
    """Set everything against Ann's letter; three of the same template have gone to her today."""
    now = shop.now
    with shop.database.transaction() as session:
        letter = session.scalars(select(Message)).one()
        letter.data = {**letter.data, "gates": {**letter.data.get("gates", {}), **shop.gates}}
        for number in range(3):
            session.add(
                Message(
                    uid=letter.uid.__class__(int=number + 1), channel="email",
                    message_class="marketing", topic="news", contact_id=letter.contact_id,
                    journey_id=letter.journey_id, node=letter.node, template="hello",
                    state=MessageState.SENT, created_at=now - HOUR, due_at=now - HOUR,
                    started_at=now - HOUR, sent_at=now - HOUR, data={},
                )
            )  # fmt: skip
        letter.expires_at = now
        session.get_one(Enrollment, letter.enrollment_id).is_recalled = True
        ann = session.get_one(Contact, letter.contact_id)
        ann.email, ann.email_confirmed, ann.erased_at = None, False, now
        ann.paused_until, ann.is_held_out = now + HOUR, True
        say_no(session, now)
        suppress(session, "email", "ann@example.com", reason="5.1.1", now=now)
        return letter.id


def judge(shop, letter):
    """What the gates say of the letter, and what claiming it would make of it."""
    with shop.database.transaction() as session:
        told = load_verdicts(session, [letter], now=shop.now, default_zone="UTC", holdout_percent=1)
    return told[letter]


def test_r078_the_gates_are_asked_in_their_order_and_each_says_its_own_word(shop):
    shop.gates = GATES
    limit(shop, 0)
    letter = spoil(shop)
    for reason, mend in MENDS:
        verdict = judge(shop, letter)
        assert isinstance(verdict, Skip) and verdict.reason is reason
        with shop.database.transaction() as session:
            mend(session, shop.now)
    assert judge(shop, letter) == Skip(SkipReason.REPEATED)
    shop.now += timedelta(hours=23)
    assert judge(shop, letter) == Send()
    order = [reason for reason in SkipReason if reason in dict(MENDS)]
    assert order == [reason for reason, _ in MENDS]


def test_r079_what_waits_is_asked_everything_again_whichever_gate_held_it(shop):
    """Held for the night, then by a limit, and then refused by what happened meanwhile."""
    shop.gates = {"quiet": {**QUIET, "policy": "hold"}}
    limit(shop, 1, policy="hold", hold_for="P2D")
    letter = spoil(shop)
    for reason, mend in MENDS:
        if reason not in (SkipReason.QUIET_HOURS, SkipReason.CAPPED):
            with shop.database.transaction() as session:
                mend(session, shop.now)
    with shop.database.transaction() as session:
        session.query(Message).filter(Message.state == MessageState.SENT).delete()
    verdict = judge(shop, letter)
    assert verdict == Defer(shop.now + 2 * HOUR, SkipReason.QUIET_HOURS)
    with shop.database.transaction() as session:
        assert claim(session, "email", now=shop.now, limit=9, owner="w", default_zone="UTC") == []
    assert shop.ask(Message.state, Message.due_at) == [(MessageState.QUEUED, verdict.until)]
    shop.now = verdict.until
    with shop.database.transaction() as session:
        say_no(session, shop.now)
        assert claim(session, "email", now=shop.now, limit=9, owner="w", default_zone="UTC") == []
    assert shop.ask(Message.state, Message.reason) == [
        (MessageState.SKIPPED, SkipReason.UNSUBSCRIBED)
    ]
