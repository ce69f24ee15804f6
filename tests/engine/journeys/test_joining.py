"""Two contacts turn out to be one: their journeys, silences, arms and messages are one's too."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine.contacts.merge import merge_contacts
from engine.contacts.suppression import is_suppressed, suppress
from engine.db import lock_contacts
from engine.journeys.by_key import get_journey
from engine.journeys.deciding.moment import Moment
from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing.publish import publish, save_draft
from engine.journeys.reporting.reports import report
from engine.journeys.responding.joining import join_journeys
from engine.journeys.responding.reaction import react_to_events
from engine.journeys.running.runner import advance_due
from engine.journeys.watching.watches import release_due
from engine.models.contact import Contact, Topic
from engine.models.journey import Assignment, Enrollment, JourneyEntry, Watch
from engine.models.message import Message, Template
from engine.models.segment import SegmentMember
from tests.engine.events.site import NOW, TRIGGER_AGE, Site

DAY = timedelta(days=1)
SEND = {"kind": "send_email", "template": "t", "class": "transactional"}
WAIT = {"kind": "wait", "for": "P7D", "next": "s"}


class Shop(Site):
    """A site whose events move journeys."""

    def publish(self, key="j", **document):
        document = {"format": 1, "key": key, "name": key, "start": "w",
                    "nodes": {"w": WAIT, "s": SEND}} | document  # fmt: skip
        with self.database.transaction() as session:
            if session.get(Template, 1) is None:
                session.add(Template(key="t", channel="email", name="t", created_at=NOW))
                session.add(Topic(key="news", name="News", opt_in="explicit", created_at=NOW))
            save_draft(session, parse_journey(json.dumps(document)), now=self.now)
            publish(session, key, by="test", now=self.now)

    def work(self):
        moment = Moment(self.now, "UTC", TRIGGER_AGE)
        for step in (
            lambda s: react_to_events(s, moment, limit=1_000),
            lambda s: release_due(s, now=self.now, limit=100, default_zone="UTC"),
            lambda s: advance_due(s, now=self.now, limit=100, default_zone="UTC"),
        ):
            with self.database.transaction() as session:
                step(session)

    def do(self, *calls):
        self.say(*calls)
        self.work()

    def meet(self):
        """Ann, known by her id, and the visitor a, turn out to be one; answer Ann's id."""
        self.do({"type": "identify", "userId": "ann", "anonymousId": "a"})
        return self.user("ann").id

    def report(self, key="j"):
        with self.database.reading() as session:
            return report(session, get_journey(session, key))


@pytest.fixture
def shop(database):
    shop = Shop(database)
    shop.say({"type": "identify", "userId": "ann"}, {"anonymousId": "a", "event": "Hello"})
    shop.work()
    return shop


SIGNUP = {"kind": "event", "event": "Signed Up"}


def test_r066_an_enrollment_of_the_lost_contact_goes_on_under_the_one_that_stays(shop):
    shop.publish(trigger=SIGNUP)
    shop.do({"anonymousId": "a", "event": "Signed Up"})
    ann = shop.meet()
    assert shop.ask(Enrollment.contact_id, Enrollment.subject_id, Enrollment.status) == [
        (ann, ann, 1)
    ]
    shop.now += 7 * DAY
    shop.work()
    assert shop.ask(Message.contact_id) == [(ann,)]
    assert shop.report()["completed"] == 1


def test_r067_of_two_under_one_key_the_lost_contacts_ends_and_does_nothing_more(shop):
    shop.publish(trigger=SIGNUP)
    shop.do({"anonymousId": "a", "event": "Signed Up"}, {"userId": "ann", "event": "Signed Up"})
    ann = shop.meet()
    assert sorted(shop.ask(Enrollment.contact_id, Enrollment.status, Enrollment.reason)) == [
        (ann, 1, None),
        (ann, 3, "merged"),
    ]
    shop.now += 7 * DAY
    shop.work()
    assert shop.ask(func.count(Message.id)) == [(1,)]


def test_r127_the_books_balance_after_a_merge(shop):
    shop.publish(trigger=SIGNUP)
    shop.do({"anonymousId": "a", "event": "Signed Up"}, {"userId": "ann", "event": "Signed Up"})
    shop.meet()
    figures = shop.report()
    assert (figures["entered"], figures["active"], figures["exited"]) == (2, 1, {"merged": 1})


def test_r015_two_carts_of_two_contacts_stay_two_enrollments(shop):
    shop.publish(trigger=SIGNUP | {"entry_key": "properties.cart"})
    for who, cart in (("anonymousId", "one"), ("userId", "two")):
        name = {"anonymousId": "a", "userId": "ann"}[who]
        shop.do({who: name, "event": "Signed Up", "properties": {"cart": cart}})
    ann = shop.meet()
    assert sorted(shop.ask(Enrollment.entry_key, Enrollment.contact_id, Enrollment.status)) == [
        ("one", ann, 1),
        ("two", ann, 1),
    ]


def test_of_several_lost_contacts_under_one_key_one_goes_on(shop):
    shop.publish(trigger=SIGNUP)
    for name in "abc":
        shop.do({"anonymousId": name, "event": "Signed Up"})
    shop.do(*({"type": "identify", "userId": "ann", "anonymousId": name} for name in "abc"))
    ann = shop.user("ann").id
    assert sorted(shop.ask(Enrollment.contact_id, Enrollment.status)) == [
        (ann, 1),
        (ann, 3),
        (ann, 3),
    ]


def test_r012_who_entered_as_a_visitor_does_not_enter_again(shop):
    shop.publish(trigger=SIGNUP, entry={"reentry": {"mode": "never"}}, start="s", nodes={"s": SEND})
    shop.do({"anonymousId": "a", "event": "Signed Up"})
    shop.meet()
    shop.do({"userId": "ann", "event": "Signed Up"})
    assert shop.ask(func.count(Enrollment.id)) == [(1,)]


def test_r014_the_last_entry_of_either_counts(shop):
    shop.publish(trigger=SIGNUP, start="s", nodes={"s": SEND},
                 entry={"reentry": {"mode": "after_exit", "not_within": "P10D"}})  # fmt: skip
    shop.do({"userId": "ann", "event": "Signed Up"})
    shop.now += 4 * DAY
    shop.do({"anonymousId": "a", "event": "Signed Up"})
    later = shop.now
    ann = shop.meet()
    assert shop.ask(JourneyEntry.subject_id, JourneyEntry.entered_at, JourneyEntry.entries) == [
        (ann, later, 2)
    ]
    shop.now = NOW + 11 * DAY
    shop.do({"userId": "ann", "event": "Signed Up"})
    assert shop.ask(func.count(Enrollment.id)) == [(2,)]
    shop.now = later + 10 * DAY
    shop.do({"userId": "ann", "event": "Signed Up"})
    assert shop.ask(func.count(Enrollment.id)) == [(3,)]


CART = {
    "kind": "absence",
    "after": {"event": "Product Added"},
    "without": {"event": "Order Completed"},
    "within": "PT1H",
    "entry_key": "properties.cart",
}


def add_to_cart(cart, **who):
    return {**who, "event": "Product Added", "properties": {"cart": cart}}


def test_r139_the_cart_of_a_visitor_who_logs_in_is_still_watched(shop):
    shop.publish(trigger=CART, start="s", nodes={"s": SEND})
    shop.do(add_to_cart("one", anonymousId="a"))
    ann = shop.meet()
    assert shop.ask(Watch.contact_id, Watch.key) == [(ann, "one")]
    shop.now += timedelta(hours=2)
    shop.work()
    assert shop.ask(Enrollment.contact_id, Enrollment.entry_key) == [(ann, "one")]


def test_r139_what_is_bought_after_logging_in_silences_the_visitors_cart(shop):
    shop.publish(trigger=CART, start="s", nodes={"s": SEND})
    shop.do(add_to_cart("one", anonymousId="a"), add_to_cart("two", userId="ann"))
    shop.meet()
    shop.do({"userId": "ann", "event": "Order Completed", "properties": {"cart": "one"}})
    shop.now += timedelta(hours=2)
    shop.work()
    assert shop.ask(Enrollment.entry_key) == [("two",)]


def test_one_cart_watched_for_both_is_watched_from_the_last_addition_on(shop):
    shop.publish(trigger=CART, start="s", nodes={"s": SEND})
    shop.do(add_to_cart("one", userId="ann"))
    shop.now += timedelta(minutes=40)
    shop.do(add_to_cart("one", anonymousId="a"))
    ann = shop.meet()
    assert shop.ask(Watch.contact_id, Watch.due_at) == [(ann, shop.now + timedelta(hours=1))]


def test_r140_what_the_visitor_did_broke_the_silence_of_the_one_that_stays(shop):
    shop.publish(trigger={"kind": "inactivity", "no": "any", "for": "P30D"})
    shop.do({"userId": "ann", "event": "Seen"})
    shop.now += 20 * DAY
    shop.do({"anonymousId": "a", "event": "Seen"})
    shop.meet()
    shop.now = NOW + 31 * DAY
    shop.work()
    assert shop.ask(Enrollment.id) == []
    shop.now = NOW + 50 * DAY
    shop.work()
    assert len(shop.ask(Enrollment.id)) == 1


def test_r062_the_arm_of_the_one_that_stays_holds(shop):
    with shop.database.transaction() as session:
        lost, ann = shop.find("anonymous", "a").id, shop.user("ann").id
        for salt, contact_id, label in (("x", lost, "A"), ("x", ann, "B"), ("y", lost, "A")):
            row = Assignment(salt=salt, contact_id=contact_id, label=label, assigned_at=NOW)
            session.add(row)
    shop.meet()
    assert sorted(shop.ask(Assignment.salt, Assignment.contact_id, Assignment.label)) == [
        ("x", ann, "B"),
        ("y", ann, "A"),
    ]


@pytest.mark.parametrize(
    ("lost", "kept", "choice"),
    [
        (False, True, "unsubscribed"),
        (True, False, "unsubscribed"),
        (False, None, "unsubscribed"),
        (True, None, "subscribed"),
        (True, True, "subscribed"),
    ],
)
def test_r069_a_no_of_either_is_a_no(shop, lost, kept, choice):
    shop.do(
        {"type": "identify", "anonymousId": "a", "traits": {"consents": {"news": {"email": lost}}}}
    )
    if kept is not None:
        consents = {"consents": {"news": {"email": kept}}}
        shop.do({"type": "identify", "userId": "ann", "traits": consents})
    ann = shop.meet()
    assert shop.consents(ann) == {("news", "email"): choice}


def test_r069_suppressions_are_of_addresses_and_stay(shop):
    with shop.database.transaction() as session:
        suppress(session, "email", "ann@example.com", reason="bounced", now=NOW)
    shop.do({"type": "identify", "anonymousId": "a", "traits": {"email": "ann@example.com"}})
    shop.meet()
    with shop.database.reading() as session:
        assert is_suppressed(session, "email", shop.user("ann").email)


def test_r071_a_lost_contact_keeps_nothing_and_leads_to_the_one_that_stays(shop):
    shop.do({"type": "identify", "anonymousId": "a", "traits": {"email": "ann@example.com"}})
    lost = shop.find("anonymous", "a").id
    ann = shop.meet()
    with shop.database.reading() as session:
        row = session.get(Contact, lost)
    assert (row.merged_into, row.attributes, row.email, row.email_confirmed) == (
        ann,
        {},
        None,
        False,
    )
    assert shop.find("email", "ann@example.com").id == ann
    assert shop.user("ann").email_confirmed
    assert shop.ask(SegmentMember.contact_id, contact_id=lost) == []


def test_r071_merging_again_moves_nothing(shop):
    shop.publish(trigger=SIGNUP)
    shop.do({"anonymousId": "a", "event": "Signed Up"})
    lost = shop.find("anonymous", "a").id
    ann = shop.meet()
    columns = (Enrollment.contact_id, Enrollment.status, Enrollment.reason)
    before = shop.ask(*columns)
    with shop.database.transaction() as session:
        lock_contacts(session, [lost, ann])
        merge_contacts(session, [(lost, ann)])
        join_journeys(session, [(lost, ann)], now=shop.now)
    assert shop.ask(*columns) == before
    assert shop.report()["exited"] == {}


def test_r071_who_was_merged_before_leads_to_the_one_that_stays_last(shop):
    lost = shop.find("anonymous", "a").id
    middle = shop.meet()
    shop.do({"type": "identify", "userId": "new"})
    shop.do({"type": "alias", "previousId": "ann", "userId": "new"})
    last = shop.user("new").id
    rows = dict(shop.ask(Contact.id, Contact.merged_into))
    assert (rows[lost], rows[middle], rows[last]) == (last, last, None)
    assert shop.user("ann").id == last


def test_the_one_that_stays_meets_conditions_over_what_both_did(shop):
    shop.publish(
        trigger=SIGNUP,
        entry={"when": {"event": "Hello", "measure": "count", "op": "is", "value": 2}},
    )
    shop.do({"userId": "ann", "event": "Hello"})
    shop.meet()
    shop.do({"userId": "ann", "event": "Signed Up"})
    assert len(shop.ask(Enrollment.id)) == 1
    with shop.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Enrollment)) == 1
