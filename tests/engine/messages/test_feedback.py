"""What providers say of messages afterwards, and what it does."""

import itertools
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from channels.base import Receipt, Verdict
from channels.feedback import BounceKind, Feedback, FeedbackKind
from engine.contacts.suppression import find_reasons, is_suppressed
from engine.ids import new_id
from engine.messages.feedback.domains import list_domains
from engine.messages.feedback.taking import prune_sayings, record_feedback
from engine.messages.handover import delivery
from engine.messages.parcels import Result
from engine.messages.states import MessageState
from engine.models.contact import Consent, Contact, Suppression
from engine.models.event import Event
from engine.models.feedback import FeedbackSource, Saying
from engine.models.journey import Notice
from engine.models.message import Message
from tests.claiming import claim
from tests.shop import NOON, SEND

ANN = "ann@example.com"
D, B, C, U = (
    FeedbackKind.DELIVERED,
    FeedbackKind.BOUNCED,
    FeedbackKind.COMPLAINED,
    FeedbackKind.UNSUBSCRIBED,
)
MARKETING = {**SEND, "class": "marketing", "topic": "news"}


@pytest.fixture
def post(shop):
    """A shop that has sent Ann a letter of marketing."""
    shop.say("identify", userId="ann", traits={"email": ANN})
    shop.work()
    choose(shop, "ann")
    shop.publish(
        trigger={"kind": "event", "event": "Asked"},
        start="a",
        nodes={"a": MARKETING},
        entry={"reentry": {"mode": "after_exit"}},
    )
    ask(shop)
    assert shop.deliver() == ["a"]
    return shop


def choose(shop, user):
    shop.say("identify", userId=user, context={"consent": {"news": True}})
    shop.work()
    with shop.database.transaction() as session:
        for contact in session.scalars(select(Contact)):
            if session.get(Consent, (contact.id, "news", "email")) is None:
                session.add(
                    Consent(
                        contact_id=contact.id,
                        topic="news",
                        channel="email",
                        choice="subscribed",
                        changed_at=NOON - timedelta(days=1),
                    )
                )


def ask(shop, user="ann"):
    shop.say(event="Asked", userId=user)
    shop.work()


def hear(shop, *several, account="main"):
    with shop.database.transaction() as session:
        taken = record_feedback(session, account, several, now=shop.now)
    shop.work()
    return taken


def uids(shop):
    with shop.database.reading() as session:
        return list(session.scalars(select(Message.uid).order_by(Message.id)))


def tell(shop, kind, number=None, *, message=None, minutes=0, **more):
    uid = message or uids(shop)[-1]
    return Feedback(
        id=str(number or new_id()),
        kind=kind,
        occurred_at=NOON + timedelta(minutes=minutes),
        message_uid=uid,
        **more,
    )


def read(shop):
    """What all of it comes to, for people and for figures."""
    with shop.database.reading() as session:
        figures = list_domains(session, now=shop.now)
        reasons = {row.reason for row in find_reasons(session, [("email", ANN)]).values()}
        source = session.get(FeedbackSource, "main")
    return {
        "marks": shop.ask(
            Message.state,
            Message.delivered_at,
            Message.bounced_at,
            Message.complained_at,
            Message.bounce,
        ),
        "reasons": reasons,
        "figures": figures,
        "choice": shop.ask(Consent.choice, topic="news", channel="email"),
        "events": sorted(name for (name,) in shop.ask(Event.name) if name.startswith(("Em", "Un"))),
        "taken": source.taken,
    }


def test_r120_the_end_is_the_same_in_any_order_and_doubled(post):
    said = [
        tell(post, D, "1", minutes=1),
        tell(post, B, "2", minutes=2, bounce=BounceKind.SOFT, code="4.2.2"),
        tell(post, B, "3", minutes=3, bounce=BounceKind.HARD, code="5.1.1"),
        tell(post, C, "4", minutes=4),
    ]
    post.now += timedelta(hours=1)
    ends = []
    tables = (Saying, FeedbackSource, Suppression, Event)
    for order in itertools.permutations(said):
        for one in (*order, order[0]):
            hear(post, one)
        ends.append(read(post))
        with post.database.transaction() as session:
            for table in tables:
                session.query(table).delete()
            session.query(Message).update(
                dict.fromkeys(("delivered_at", "bounced_at", "complained_at", "bounce"))
            )
            session.connection().exec_driver_sql("DELETE FROM event_seen")
            session.connection().exec_driver_sql(
                "UPDATE domain_day SET delivered=0, hard=0, soft=0, policy=0, complained=0"
            )
            session.connection().exec_driver_sql("DELETE FROM consent_proof")
            session.query(Consent).update(
                {"choice": "subscribed", "changed_at": NOON - timedelta(1)}
            )
    assert all(one == ends[0] for one in ends)
    assert ends[0]["marks"] == [(2, *(NOON + timedelta(minutes=n) for n in (1, 2, 4)), "hard")]
    assert ends[0]["events"] == [
        "Email Bounced",
        "Email Delivered",
        "Email Marked As Spam",
        "Unsubscribed",
    ]
    total = ends[0]["figures"][0]
    assert (total.sent, total.delivered, total.hard, total.soft, total.complained) == (
        1,
        1,
        1,
        0,
        1,
    )


def test_r119_a_dead_address_is_suppressed_at_once_and_a_policy_block_never(post):
    hear(post, tell(post, B, bounce=BounceKind.POLICY, code="5.7.1", text=f"go away {ANN}"))
    with post.database.reading() as session:
        assert not is_suppressed(session, "email", ANN)
    [(words,)] = post.ask(Notice.words)
    assert "example.com are refused" in words
    assert ANN not in words
    hear(post, tell(post, B, bounce=BounceKind.HARD, code="5.1.1"))
    assert read(post)["reasons"] == {"hard_bounce"}


def test_r119_soft_bounces_are_counted_by_letter(post):
    for day in range(4):
        hear(post, tell(post, B, minutes=1, bounce=BounceKind.SOFT))
        hear(post, tell(post, B, minutes=2, bounce=BounceKind.SOFT))
        post.pass_time(days=1)
        ask(post)
        post.deliver()
        assert read(post)["reasons"] == set(), day
    later = tell(post, B, minutes=4 * 24 * 60, bounce=BounceKind.SOFT)
    hear(post, later)
    assert read(post)["reasons"] == {"soft_bounces"}


def test_a_bounce_of_another_address_closes_nobodys(post):
    hear(post, tell(post, B, bounce=BounceKind.HARD, recipient="eve@example.com"))
    end = read(post)
    assert (end["reasons"], end["marks"][0][4]) == (set(), "hard")
    with post.database.reading() as session:
        assert not is_suppressed(session, "email", "eve@example.com")


def test_what_is_said_of_nothing_we_sent_has_no_effect(post):
    stray = Feedback(id="x", kind=C, occurred_at=NOON, message_uid=new_id(), recipient=ANN)
    other = Feedback(id="y", kind=B, occurred_at=NOON, provider_id="never", recipient=ANN)
    nameless = Feedback(id="z", kind=B, occurred_at=NOON, recipient=ANN, bounce=BounceKind.HARD)
    many = [
        Feedback(id=f"f{n}", kind=C, occurred_at=NOON, message_uid=new_id()) for n in range(300)
    ]
    taken = hear(post, stray, other, nameless, *many)
    assert (taken.counted, taken.strays) == (0, 303)
    assert post.ask(Saying.id) == []
    assert post.ask(FeedbackSource.strays) == [(303,)]
    assert read(post)["reasons"] == set()


def test_a_letter_that_never_began_to_leave_has_no_feedback(post):
    ask(post)
    (uid,) = post.ask(Message.uid, state=MessageState.QUEUED)[0]
    assert hear(post, tell(post, C, message=uid)).strays == 1


def test_the_same_id_with_another_body_has_no_effect_and_is_counted(post):
    hear(post, tell(post, D, "same"))
    taken = hear(post, tell(post, B, "same", bounce=BounceKind.HARD))
    assert (taken.counted, taken.doubled, taken.conflicts) == (0, 1, 1)
    assert read(post)["reasons"] == set()


def test_a_message_is_found_by_the_providers_id(post):
    said = Feedback(id="1", kind=D, occurred_at=NOON, provider_id="taken")
    assert hear(post, said).counted == 1
    assert read(post)["marks"][0][1] == NOON


def test_a_complaint_ends_all_marketing_and_nothing_else(post):
    hear(post, tell(post, C))
    end = read(post)
    assert (end["reasons"], end["choice"]) == ({"complained"}, [("unsubscribed",)])
    post.publish(
        key="receipts", trigger={"kind": "event", "event": "Paid"}, start="r", nodes={"r": SEND}
    )
    ask(post)
    post.say(event="Paid", userId="ann")
    post.work()
    assert post.deliver() == ["r"]


def test_who_unsubscribes_at_the_provider_is_unsubscribed_from_the_topic(post):
    hear(post, tell(post, U))
    assert read(post)["choice"] == [("unsubscribed",)]
    assert post.ask(Event.name, Event.properties, name="Unsubscribed") == [
        ("Unsubscribed", {"topic": "news"})
    ]


def test_who_subscribed_again_since_stays_subscribed(post):
    with post.database.transaction() as session:
        session.query(Consent).update({"changed_at": NOON + timedelta(hours=1)})
    post.now += timedelta(hours=2)
    hear(post, tell(post, U, minutes=5))
    assert read(post)["choice"] == [("subscribed",)]
    assert post.ask(Event.id, name="Unsubscribed") == []


def test_a_letter_of_which_nobody_knew_has_left(post):
    with post.database.transaction() as session:
        session.query(Message).update(
            {"state": MessageState.UNCERTAIN, "sent_at": None, "started_at": NOON}
        )
    hear(post, tell(post, D, minutes=1))
    assert post.ask(Message.state, Message.sent_at) == [(MessageState.SENT, NOON)]


def test_feedback_may_come_before_the_receipt(post):
    ask(post)
    common = {"now": post.now, "default_zone": "UTC"}
    with post.database.transaction() as session:
        parcels = claim(session, "email", limit=9, owner="w", **common)
        (parcel,) = delivery.start(session, parcels, **common)
    hear(post, tell(post, D, message=parcel.uid))
    with post.database.transaction() as session:
        taken = Receipt(Verdict.ACCEPTED, provider_id="late")
        delivery.record(session, [Result(parcel, taken, "smtp")], now=post.now)
    assert post.ask(Message.state, Message.delivered_at, uid=parcel.uid) == [
        (MessageState.SENT, NOON)
    ]


def test_what_was_delivered_is_not_sent_again_when_its_worker_died(post):
    ask(post)
    common = {"now": post.now, "default_zone": "UTC"}
    with post.database.transaction() as session:
        parcels = claim(session, "email", limit=9, owner="w", **common)
        (parcel,) = delivery.start(session, parcels, **common)
    hear(post, tell(post, D, message=parcel.uid))
    post.now += timedelta(minutes=5)
    assert post.deliver() == []
    assert post.ask(Message.state, uid=parcel.uid) == [(MessageState.SENT,)]


def test_journeys_wait_for_and_branch_on_what_became_of_a_letter(shop):
    shop.say("identify", userId="ann", traits={"email": ANN})
    shop.publish(
        trigger={"kind": "event", "event": "Asked"},
        start="nudge",
        nodes={
            "nudge": {**SEND, "next": "wait"},
            "wait": {
                "kind": "wait_for",
                "paths": [
                    {"label": "back", "event": "Email Bounced", "next": "sorry"},
                    {
                        "label": "came",
                        "when": {"message": "nudge", "op": "delivered"},
                        "next": "fine",
                    },
                ],
                "timeout": {"after": "P1D"},
            },
            "sorry": {"kind": "tag", "add": ["bounced"]},
            "fine": {"kind": "tag", "add": ["came"], "next": "then"},
            "then": {
                "kind": "branch",
                "paths": [
                    {"label": "b", "when": {"message": "nudge", "op": "bounced"}, "next": "sorry"}
                ],
                "otherwise": {},
            },
        },
    )
    shop.say("identify", userId="bob", traits={"email": "bob@example.com"})
    shop.work()
    for user in ("ann", "bob"):
        ask(shop, user)
    shop.deliver()
    first, second = uids(shop)
    hear(shop, tell(shop, D, message=first))
    hear(shop, tell(shop, B, message=second, bounce=BounceKind.SOFT))
    found = {email: row.get("tags") for email, row in shop.ask(Contact.email, Contact.attributes)}
    assert found == {ANN: ["came"], "bob@example.com": ["bounced"]}
    [(about,)] = shop.ask(Event.properties, name="Email Bounced")
    assert (about["journey"], about["node"], about["bounce"]) == ("j", "nudge", "soft")


def test_the_same_saying_from_eight_threads_counts_once(post):
    said = [tell(post, D, "1"), tell(post, B, "2", bounce=BounceKind.HARD), tell(post, C, "3")]
    failures = []

    def repeat():
        try:
            for _ in range(25):
                with post.database.transaction() as session:
                    record_feedback(session, "main", said, now=post.now)
        except Exception as error:  # noqa: BLE001 - of another thread
            failures.append(error)

    threads = [threading.Thread(target=repeat) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == []
    post.work()
    with post.database.reading() as session:
        assert session.scalar(select(func.count(Saying.id))) == 3
    end = read(post)
    assert end["taken"] == 3
    assert len(end["events"]) == 4
    assert (end["figures"][0].delivered, end["figures"][0].hard) == (1, 1)


def test_sayings_are_forgotten_after_some_weeks_and_the_marks_stay(post):
    hear(post, tell(post, D))
    with post.database.transaction() as session:
        assert prune_sayings(session, now=post.now + timedelta(days=89)) == 0
        assert prune_sayings(session, now=post.now + timedelta(days=91)) == 1
    assert read(post)["marks"][0][1] == NOON
