"""Real contacts in the simulator, by kinds of triggers whose past is not an event alone (rule 130)."""

import json
from datetime import timedelta

from sqlalchemy import delete

from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import JOURNEY_START, RECORD_CREATED
from engine.journeys.definition.case_file import AssumedChoice
from engine.journeys.definition.journey import parse_journey
from engine.journeys.records import keep_record
from engine.messages.texts.inbound import Inbound, receive
from engine.models.contact import Identity
from engine.models.event import Event
from tests.engine.journeys.test_rehearsal import ignore, rehearse
from tests.shop import SEND

MONTH = timedelta(days=30)


def build(trigger, nodes=None, **document):
    nodes = nodes or {"mail": SEND}
    whole = {"format": 1, "key": "later", "name": "J", "trigger": trigger, **document}
    return parse_journey(json.dumps({**whole, "start": next(iter(nodes)), "nodes": nodes}))


def tell(shop, who, **traits):
    shop.say("identify", userId=who, traits=traits)
    shop.work()


def keep(shop, key, state, *, who="ann", **fields):
    with shop.database.transaction() as session:
        keep_record(session, "ticket", key, contact=who, state=state, fields=fields, now=shop.now)
    shop.work()


def replay(shop, document, length=MONTH, **asked):
    prepared = rehearse(shop.database, document, shop.now, sample=10, replay=length, **asked)
    return prepared.run(tell=ignore)


def list_entries(outcome):
    """(entry key, days before the end, way out of the first node) of each enrollment."""
    found = [
        (stay.entry_key, (outcome.until - stay.entered_at).days, stay.path[0].way)
        for story in outcome.stories
        for stay in story.stays
    ]
    return sorted(found)


def test_a_replay_waits_for_dates_as_they_were_said_then(shop):
    tell(shop, "ann", email="ann@example.com", renews_on="2026-04-10")
    tell(shop, "ben", renews_on="2026-06-01")
    shop.pass_time(days=20)  # 14 April
    tell(shop, "ann", renews_on="2027-04-10")
    tell(shop, "ben", renews_on="2026-04-20")
    shop.pass_time(days=10)  # 24 April
    renewal = build({"kind": "date", "attribute": "renews_on", "at": "12:00"})
    assert list_entries(replay(shop, renewal, timedelta(days=29))) == [
        ("2026-04-10", 14, "next"),
        ("2026-04-20", 4, "next"),
    ]
    assert replay(shop, renewal, timedelta(days=3)).entered == 0


def test_dates_come_by_the_clock_where_nothing_else_happens(shop):
    tell(shop, "ann", renews_on="2026-04-10")
    tell(shop, "ben", renews_on="2027-04-10")
    renewal = build({"kind": "date", "attribute": "renews_on", "offset": "-P3D", "at": "09:00"})
    prepared = rehearse(shop.database, renewal, shop.now, sample=10, lasts=MONTH)
    [stay] = [stay for story in prepared.run(tell=ignore).stories for stay in story.stays]
    assert stay.entered_at.isoformat() == "2026-04-07T09:00:00+00:00"


def test_a_replay_sees_tickets_as_they_were_and_their_changes_let_in(shop):
    gold = {"kind": "branch", "otherwise": {}}
    gold["paths"] = [{"label": "gold", "when": {"subject": "tier", "op": "is", "value": "gold"}}]
    tell(shop, "ann", plan="pro")
    keep(shop, "old", "open", tier="gold")
    shop.pass_time(days=50)
    keep(shop, "new", "open")
    keep(shop, "old", "solved", tier="none")
    shop.pass_time(days=10)
    keep(shop, "old", "open", tier="none")
    shop.pass_time(days=5)
    solved = {"kind": "state", "from": ["open"], "to": ["solved"]}
    closed = build(
        {"kind": "record", "type": "ticket", "change": solved}, {"tier": gold}, subject="record"
    )
    assert list_entries(replay(shop, closed)) == [("old", 15, "otherwise")]
    clock = {"kind": "clock", "after": "P60D"}
    idle = build(
        {"kind": "record", "type": "ticket", "change": clock}, {"tier": gold}, subject="record"
    )
    assert list_entries(replay(shop, idle)) == [("old", 5, "otherwise")]
    assert list_entries(replay(shop, idle, timedelta(days=4))) == []


def test_a_replay_knows_a_ticket_of_which_only_later_changes_are_kept(shop):
    tell(shop, "ann", plan="pro")
    keep(shop, "t1", "open", tier="gold")
    shop.pass_time(days=50)
    keep(shop, "t1", "open", tier="none", owner="bob")
    with shop.database.transaction() as session:
        session.execute(delete(Event).where(Event.name == RECORD_CREATED))
    shop.pass_time(days=5)
    clock = {"kind": "clock", "after": "P45D"}
    gold = {"kind": "branch", "otherwise": {}}
    gold["paths"] = [{"label": "gold", "when": {"subject": "tier", "op": "is", "value": "gold"}}]
    idle = build(
        {"kind": "record", "type": "ticket", "change": clock}, {"tier": gold}, subject="record"
    )
    assert list_entries(replay(shop, idle)) == [("t1", 10, "gold")]


def test_a_ticket_that_has_changed_hands_lets_nobody_in_and_that_is_told(shop):
    for who in ("ann", "ben"):
        tell(shop, who, plan="pro")
    keep(shop, "t1", "open")
    keep(shop, "t2", "open")
    shop.pass_time(days=1)
    keep(shop, "t1", "open", who="ben")
    shop.pass_time(days=1)
    made = build(
        {"kind": "record", "type": "ticket", "change": {"kind": "created"}}, subject="record"
    )
    outcome = replay(shop, made, timedelta(days=3))
    assert [key for key, _, _ in list_entries(outcome)] == ["t2"]
    assert "records that have changed hands let nobody in: 1" in outcome.warnings


def test_contacts_tickets_are_let_in_as_they_are(shop):
    tell(shop, "ann", email="ann@example.com")
    keep(shop, "t1", "open", tier="gold")
    keep(shop, "t2", "open", tier="none")
    mail = {**SEND, "data": {"tier": {"$": "trigger.properties.fields.tier"}}}
    when = {"subject": "tier", "op": "is", "value": "gold"}
    made = build(
        {"kind": "record", "type": "ticket", "change": {"kind": "created"}},
        {"mail": mail},
        subject="record",
        entry={"when": when},
    )
    outcome = rehearse(shop.database, made, shop.now, sample=1).run(tell=ignore)
    assert [(key, way) for key, _, way in list_entries(outcome)] == [("t1", "next")]
    assert outcome.refused == {"filter": 1}


def test_letters_that_came_in_let_in_again(shop):
    tell(shop, "ann", email="ann@example.com", phone="+15551234567")
    for channel, sender in (("email", "ann@example.com"), ("sms", "+15551234567")):
        with shop.database.transaction() as session:
            receive(session, Inbound(channel, sender, "help me"), now=shop.now)
        shop.work()
        shop.pass_time(days=1)
    where = {"property": "text", "op": "contains", "value": "help"}
    texts = build({"kind": "message", "channel": "sms", "where": where})
    assert list_entries(replay(shop, texts)) == [("", 1, "next")]


def test_what_other_journeys_asked_for_is_asked_again(shop):
    tell(shop, "ann", plan="pro")
    [(ann,)] = shop.ask(Identity.contact_id, value="ann")
    for journey, order in (("later", "a"), ("other", "b")):
        about = {"journey": journey, "asked_by": "welcome", "data": {"order": order}}
        event = OwnEvent(
            contact_id=ann,
            name=JOURNEY_START,
            occurred_at=shop.now,
            message_id=order,
            properties=about,
            depth=1,
        )
        with shop.database.transaction() as session:
            append_own(session, [event], now=shop.now)
    shop.work()
    shop.pass_time(days=2)
    called = build({"kind": "journey", "entry_key": "properties.order"})
    assert list_entries(replay(shop, called)) == [("a", 2, "next")]


def test_a_choice_keeps_its_time_for_whom_a_journey_may_ask_anew(shop):
    """A yes that a click confirms counts if the click came after the no: so when that was matters."""
    tell(shop, "ann", email="ann@example.com", consents={"news": False})
    shop.pass_time(days=1)
    confirm = {
        "kind": "consent",
        "topic": "news",
        "channel": "email",
        "choice": "subscribed",
        "confirmed_by": "mail",
        "next": "seen",
    }
    yes = {"consent": "news", "channel": "email", "op": "subscribed"}
    nodes = {
        "mail": {**SEND, "next": "wait"},
        "wait": {"kind": "wait", "for": "P1D", "next": "confirm"},
        "confirm": confirm,
        "seen": {"kind": "branch", "paths": [{"label": "yes", "when": yes}], "otherwise": {}},
    }
    document = build({"kind": "event", "event": "Signed Up"}, nodes)
    asked = {"sample": 1, "assume": {"mail": "clicked"}}
    outcome = rehearse(shop.database, document, shop.now, **asked).run(tell=ignore)
    assert outcome.nodes["seen"].ways == {"yes": 1}
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    shop.pass_time(days=3)
    outcome = replay(shop, document, timedelta(hours=84), assume={"mail": "clicked"})
    assert outcome.nodes["seen"].ways == {"yes": 1}


def test_what_colleagues_answer_is_assumed_for_real_contacts_too(shop):
    tell(shop, "ann", plan="pro")
    nodes = {
        "ask": {
            "kind": "ask",
            "to": "owner",
            "text": "may we?",
            "paths": [{"label": "yes"}, {"label": "no"}],
            "due": {"after": "P1D"},
        }
    }
    document = build({"kind": "event", "event": "Signed Up"}, nodes)
    for assume, way in (({}, "due"), ({"ask": AssumedChoice(chooses="no")}, "no")):
        prepared = rehearse(shop.database, document, shop.now, sample=1, assume=assume)
        assert prepared.run(tell=ignore).nodes["ask"].ways == {way: 1}
