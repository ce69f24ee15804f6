"""Sending limits hold, however many journeys compete; what is over them is skipped, held or left."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from channels.base import Receipt, Verdict
from engine.contacts.merge import merge_contacts
from engine.ids import derive_id
from engine.journeys.joining import join_journeys
from engine.messages import allowances
from engine.messages.delivery import claim, record, start
from engine.messages.limit_settings import LimitDraft, change_limit, delete_limit, make_limit
from engine.messages.parcels import Result
from engine.messages.states import MessageState, SkipReason
from engine.messages.templates import save_template
from engine.models.contact import Consent, Contact, Topic
from engine.models.journey import Enrollment
from engine.models.limit import SendingLimit, SendingUse
from engine.models.message import Message
from tests.scenarios.test_concurrency import at_once
from tests.shop import WORDS, compile_words

NEWS = {"kind": "send_email", "template": "hello", "topic": "news"}
ANN = {"email": "ann@example.com", "consents": {"news": {"email": "subscribed"}}}
HOUR = timedelta(hours=1)
COMMON = {"default_zone": "UTC"}
TAKEN = Receipt(Verdict.ACCEPTED, provider_id="taken")


@pytest.fixture
def ann(shop):
    shop.say("identify", userId="ann", traits=ANN)
    shop.work()
    return shop


def limit(shop, most, window="PT24H", key="few", **said):
    with shop.database.transaction() as session:
        make_limit(session, LimitDraft(key, key, most, window, **said), now=shop.now)


def journey(shop, key, *, gates=None, settings=None, **node):
    """A journey of one letter with a template of its own, begun by an event of its name."""
    with shop.database.transaction() as session:
        words = compile_words("email")
        template = node.get("template", key)
        if template not in ("hello", "later"):
            save_template(
                session, template, "email", WORDS["email"], words, by="test", now=shop.now
            )
    shop.publish(
        key=key,
        trigger={"kind": "event", "event": key},
        entry={"reentry": {"mode": "after_exit"}},
        start=key,
        settings=settings or {},
        nodes={key: {**NEWS, "template": key, **({"gates": gates} if gates else {}), **node}},
    )


def tell(shop, *keys):
    for key in keys:
        shop.say(userId="ann", event=key)
    shop.work()


def list_fates(shop):
    """Of each letter, the oldest first: node, state, reason."""
    rows = shop.ask(Message.id, Message.node, Message.state, Message.reason)
    return [(node, MessageState(state).name, reason) for _, node, state, reason in sorted(rows)]


def begin(shop, *, claimed=9, owner="w"):
    with shop.database.transaction() as session:
        return claim(session, "email", now=shop.now, limit=claimed, owner=owner, **COMMON)


def hand_over(shop, parcels, receipt=TAKEN):
    with shop.database.transaction() as session:
        going = start(session, parcels, now=shop.now, **COMMON)
        record(session, [Result(one, receipt, "shop", None) for one in going], now=shop.now)
    return [one.node for one in going]


def test_r087_what_is_over_a_limit_is_skipped_and_says_by_which(ann):
    limit(ann, 2, key="two-a-day")
    for key in "abcd":
        journey(ann, key)
    tell(ann, *"abcd")
    assert ann.deliver() == ["a", "b"]
    assert list_fates(ann)[2:] == [("c", "SKIPPED", "capped"), ("d", "SKIPPED", "capped")]
    assert set(ann.ask(Message.details, state=MessageState.SKIPPED)) == {("two-a-day",)}
    ann.pass_time(hours=24)
    tell(ann, "a")
    assert ann.deliver() == ["a"]


def test_r087_what_did_not_leave_counts_no_more_and_what_may_have_does(ann):
    limit(ann, 1)
    for key in "abc":
        journey(ann, key)
    tell(ann, "a")
    assert hand_over(ann, begin(ann), Receipt(Verdict.PERMANENT, code="550")) == ["a"]
    assert ann.ask(SendingUse.message_id) == []
    tell(ann, "b")
    assert hand_over(ann, begin(ann), Receipt(Verdict.UNCERTAIN)) == ["b"]
    tell(ann, "c")
    assert ann.deliver() == []
    ann.pass_time(minutes=1)
    assert ann.deliver() == ["b"]  # tried again, it stands not in its own way
    assert list_fates(ann)[1:] == [("b", "SENT", None), ("c", "SKIPPED", "capped")]
    assert ann.ask(SendingUse.at) == [(ann.now,)]


@pytest.mark.parametrize("contacts", [12])
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


def test_r088_a_day_ends_at_the_recipients_midnight(shop):
    shop.say("identify", userId="ann", traits={**ANN, "timezone": "America/New_York"})
    limit(shop, 1, "day")
    for key in "abc":
        journey(shop, key)
    shop.now = datetime(2026, 3, 26, 3, tzinfo=UTC)  # 23:00 in New York, the 25th
    tell(shop, "a", "b")
    assert shop.deliver() == ["a"]
    shop.pass_time(minutes=90)  # 00:30 on the 26th
    tell(shop, "c")
    assert shop.deliver() == ["c"]
    assert list_fates(shop)[1] == ("b", "SKIPPED", "capped")


def test_r089_the_higher_priority_goes_first_then_who_came_due_earlier(ann):
    limit(ann, 2)
    journey(ann, "low", settings={"priority": "low"})
    journey(ann, "usual")
    journey(ann, "other")
    journey(ann, "high", settings={"priority": "high"})
    tell(ann, "low", "usual", "other")
    ann.now += timedelta(seconds=1)
    tell(ann, "high")
    assert ann.deliver() == ["high", "usual"]
    assert {node for node, state, _ in list_fates(ann) if state == "SKIPPED"} == {"low", "other"}


def test_r089_also_where_the_better_one_is_with_another_worker(ann):
    limit(ann, 1)
    journey(ann, "usual")
    journey(ann, "high", settings={"priority": "high"})
    tell(ann, "usual")
    mine = begin(ann)
    tell(ann, "high")
    theirs = begin(ann, owner="other")
    assert hand_over(ann, mine) == []
    assert list_fates(ann)[0] == ("usual", "QUEUED", None)  # it lets the other go first
    assert hand_over(ann, theirs) == ["high"]
    ann.pass_time(seconds=5)
    assert ann.deliver() == []
    assert list_fates(ann) == [("usual", "SKIPPED", "capped"), ("high", "SENT", None)]


def test_r089_a_better_one_that_may_not_leave_keeps_nobody_back(ann):
    limit(ann, 1)
    with ann.database.transaction() as session:
        session.add(Topic(key="tips", name="Tips", opt_in="explicit", created_at=ann.now))
    journey(ann, "usual")
    journey(ann, "high", settings={"priority": "high"}, topic="tips")
    tell(ann, "usual")
    mine = begin(ann)
    tell(ann, "high")
    assert hand_over(ann, mine) == []
    ann.pass_time(seconds=5)
    assert ann.deliver() == ["usual"]
    assert list_fates(ann)[1] == ("high", "SKIPPED", "no_consent")


def test_r090_null_is_no_limit_and_zero_is_never(ann):
    limit(ann, None, key="none")
    journey(ann, "a")
    journey(ann, "b")
    tell(ann, "a")
    assert ann.deliver() == ["a"]
    limit(ann, 0, key="never", policy="hold")
    tell(ann, "b")
    assert ann.deliver() == []
    assert list_fates(ann)[1] == ("b", "SKIPPED", "capped")


@pytest.mark.parametrize("flagged", [False, True])
def test_r091_orders_always_leave_and_count_when_flagged(ann, flagged):
    limit(ann, 1, counts_transactional=flagged)
    journey(ann, "order", **{"class": "transactional", "topic": ""})
    journey(ann, "news")
    tell(ann, "order")
    assert ann.deliver() == ["order"]
    tell(ann, "news", "order")
    assert set(ann.deliver()) == ({"order"} if flagged else {"order", "news"})


def test_r092_a_held_message_leaves_at_the_computed_instant(ann):
    limit(ann, 1, policy="hold", hold_for="P2D")
    journey(ann, "a")
    journey(ann, "b")
    tell(ann, "a")
    assert ann.deliver() == ["a"]
    first = ann.now
    ann.pass_time(hours=5)
    tell(ann, "b")
    assert ann.deliver() == []
    assert ann.ask(Message.due_at, node="b") == [(first + HOUR * 24,)]
    ann.pass_time(hours=18, minutes=59)
    assert ann.deliver() == []
    ann.pass_time(minutes=1)
    assert ann.deliver() == ["b"]


def test_r092_what_cannot_be_free_in_its_time_is_skipped_at_once(ann):
    limit(ann, 1, policy="hold", hold_for="PT6H")
    journey(ann, "a")
    journey(ann, "patient", gates={"on_cap": "hold", "hold_for": "P1D"})
    journey(ann, "hasty", gates={"on_cap": "skip"})
    journey(ann, "b")
    tell(ann, "a")
    ann.deliver()
    tell(ann, "patient", "hasty", "b")
    assert ann.deliver() == []
    assert list_fates(ann)[1:] == [
        ("patient", "QUEUED", None),
        ("hasty", "SKIPPED", "capped"),
        ("b", "SKIPPED", "capped"),
    ]


def test_r092_a_node_may_leave_its_journey_instead(ann):
    limit(ann, 0)
    journey(ann, "a", gates={"on_cap": "exit"})
    tell(ann, "a")
    assert ann.ask(Enrollment.ended_at) == [(None,)]
    ann.deliver()
    ann.work()
    assert ann.ask(Enrollment.reason, Enrollment.ended_at) == [("message_skipped", ann.now)]


def test_r083_what_a_limit_holds_past_its_own_limit_is_never_sent_late(ann):
    limit(ann, 1, policy="hold")
    journey(ann, "a")
    journey(ann, "b", gates={"expires_after": "PT3H"})
    tell(ann, "a")
    ann.deliver()
    tell(ann, "b")
    assert ann.deliver() == []
    ann.pass_time(hours=3)
    assert ann.deliver() == []
    assert list_fates(ann)[1] == ("b", "SKIPPED", "expired")
    ann.pass_time(hours=48)
    assert ann.deliver() == []


def test_a_limit_that_is_loosened_lets_go_at_once_what_it_held(ann):
    limit(ann, 1, policy="hold")
    for key in "abc":
        journey(ann, key)
    tell(ann, *"abc")
    assert ann.deliver() == ["a"]
    with ann.database.transaction() as session:
        draft = LimitDraft("few", "few", 2, "PT24H", policy="hold")
        change_limit(session, draft, revision=1, now=ann.now)
    assert ann.deliver() == ["b"]
    with ann.database.transaction() as session:
        delete_limit(session, "few", now=ann.now)
    assert ann.deliver() == ["c"]


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


def test_r068_what_either_side_got_counts_for_who_stays(ann):
    limit(ann, 1)
    journey(ann, "a")
    journey(ann, "b")
    tell(ann, "a")
    ann.deliver()
    ann.say("identify", userId="eve", traits={**ANN, "email": "eve@example.com"})
    ann.work()
    (eve,) = ann.ask(Contact.id, email="eve@example.com")
    (lost,) = ann.ask(Contact.id, email="ann@example.com")
    merges = [(lost[0], eve[0])]
    with ann.database.transaction() as session:
        join_journeys(session, merges, now=ann.now)
        merge_contacts(session, merges)
    assert ann.ask(SendingUse.contact_id) == [eve]
    ann.say(userId="eve", event="b")
    ann.work()
    assert ann.deliver() == []
    assert list_fates(ann)[1] == ("b", "SKIPPED", "capped")


def test_a_contact_that_was_joined_meanwhile_is_looked_at_again(ann):
    limit(ann, 1)
    journey(ann, "a")
    tell(ann, "a")
    parcels = begin(ann)
    ann.say("identify", userId="eve", traits={**ANN, "email": "eve@example.com"})
    ann.work()
    (eve,) = ann.ask(Contact.id, email="eve@example.com")
    merges = [(parcels[0].contact_id, eve[0])]
    with ann.database.transaction() as session:
        join_journeys(session, merges, now=ann.now)
        merge_contacts(session, merges)
    assert hand_over(ann, parcels) == []
    assert ann.deliver() == ["a"]
    assert ann.ask(SendingUse.contact_id) == [eve]


def test_without_limits_nothing_is_asked_of_them(ann):
    journey(ann, "a")
    tell(ann, "a")
    asked = []
    event.listen(ann.database.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert ann.deliver() == ["a"]
    assert asked
    assert not any("sending_use" in one or "window" in one for one in asked)


def test_what_no_window_reaches_is_forgotten(ann):
    limit(ann, 5)
    journey(ann, "a")
    tell(ann, "a")
    ann.deliver()
    for days, left in ((90, 1), (92, 0)):
        with ann.database.transaction() as session:
            allowances.prune(session, now=ann.now + timedelta(days=days))
            assert len(list(session.scalars(select(SendingUse.message_id)))) == left
    assert ann.ask(SendingLimit.key) == [("few",)]
