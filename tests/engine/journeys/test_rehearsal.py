"""Real contacts in the simulator: as they are, and as they were; nothing is written (rule 130)."""

import json
import random
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, func, select

from engine.db import table_of
from engine.errors import Invalid, NotFound
from engine.journeys.deciding.moment import Moment
from engine.journeys.definition.journey import parse_journey
from engine.journeys.rehearsing.rehearsal import Asked, load_draft, prepare
from engine.journeys.rehearsing.sampling import choose_contacts
from engine.journeys.simulation.simulate import simulate
from engine.models.base import Base
from engine.models.contact import Contact
from engine.triggers.api import ApiTrigger
from engine.triggers.manual import ManualTrigger
from tests.engine.journeys.simulation.chance import DAYS, SEGMENTS, make_journey, make_life
from tests.engine.journeys.simulation.instance import Instance
from tests.engine.journeys.simulation.telling import tell
from tests.shop import NOON, SEND

UNTIL = NOON + timedelta(days=DAYS)
GREETING = {
    "key": "greeting",
    "trigger": {"kind": "event", "event": "Signed Up"},
    "start": "who",
    "nodes": {
        "who": {
            "kind": "branch",
            "paths": [
                {
                    "label": "buyer",
                    "when": {
                        "event": "Order Completed",
                        "measure": "count",
                        "op": "gte",
                        "value": 2,
                    },
                    "next": "thank",
                }
            ],
            "otherwise": {"next": "hello"},
        },
        "thank": SEND,
        "hello": {**SEND, "next": "week"},
        "week": {"kind": "wait", "for": "P7D"},
    },
}


def ignore(_what, _count):
    """Nobody looks."""


def rehearse(database, document, now=UNTIL, **asked):
    with database.reading() as session:
        return prepare(
            session,
            document,
            Asked(**asked),
            moment=Moment(now, "UTC", timedelta(hours=72)),
            tell=ignore,
        )


def count_rows(database):
    with database.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
        }


@pytest.mark.parametrize("seed", range(1000, 1020))
def test_r130_a_replay_takes_the_paths_that_were_taken(sqlite_database, seed):
    rng = random.Random(seed)
    document = make_journey(rng)
    lives = {who: make_life(rng, who) for who in ("ann", "ben", "cyd")}
    instance = Instance(
        sqlite_database, document, segments=SEGMENTS, implied=frozenset({"news"}), assumed={}
    )
    told = sorted((one for life in lives.values() for one in life), key=lambda one: one[0])
    instance.live(told, until=UNTIL)
    parsed = parse_journey(json.dumps(document))
    prepared = rehearse(sqlite_database, parsed, sample=10, replay=UNTIL - NOON)
    lived = simulate(prepared.setting, prepared.personas)
    assert len(lived) == 3
    for one in lived:
        came, was = tell(one), instance.tell(one.persona.contact_id)
        assert came["stays"] == was["stays"]


def build_buyers(shop):
    """Ann has bought twice, long ago; ben once, and again in the days that are replayed."""
    for who in ("ann", "ben"):
        shop.say("identify", userId=who, traits={"email": f"{who}@example.com"})
        shop.say(event="Order Completed", userId=who)
    shop.say(event="Order Completed", userId="ann")
    shop.work()
    shop.pass_time(days=40)
    shop.say(event="Signed Up", userId="ann")
    shop.say(event="Signed Up", userId="ben")
    shop.work()
    shop.pass_time(days=2)
    shop.say(event="Order Completed", userId="ben")
    shop.work()
    shop.pass_time(days=10)
    return parse_journey(json.dumps({"format": 1, "name": "Greeting", **GREETING}))


def test_r130_a_replay_sees_contacts_as_they_were_and_lets_in_by_what_happened(shop):
    document = build_buyers(shop)
    prepared = rehearse(shop.database, document, shop.now, sample=10, replay=timedelta(days=30))
    outcome = prepared.run(tell=ignore)
    assert outcome.entered == 2
    assert outcome.nodes["who"].ways == {"buyer": 1, "otherwise": 1}
    assert [one.node for one in outcome.messages] == ["hello", "thank"]


def test_r130_from_now_on_contacts_are_as_they_are_and_waits_run_out(shop):
    document = build_buyers(shop)
    prepared = rehearse(shop.database, document, shop.now, contacts=["ben", "ann"])
    outcome = prepared.run(tell=ignore)
    assert outcome.nodes["who"].ways == {"buyer": 2}
    [first, second] = outcome.stories
    assert {first.contact, second.contact} == {str(uid) for (uid,) in shop.ask(Contact.uid)}
    assert [one.end for one in first.stays] == ["completed"]


def test_r130_nothing_is_written_and_nothing_is_asked_for_that_writes(shop):
    document = build_buyers(shop)
    before = count_rows(shop.database)
    said = []
    event.listen(
        shop.database.engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_: said.append(statement.split()[0].upper()),
    )
    rehearse(shop.database, document, shop.now, sample=9, replay=timedelta(days=60)).run(
        tell=ignore
    )
    rehearse(shop.database, document, shop.now, sample=9).run(tell=ignore)
    assert {"INSERT", "UPDATE", "DELETE"}.isdisjoint(said)
    assert len(said) < 60
    assert count_rows(shop.database) == before


def test_a_sample_is_scattered_and_always_the_same(shop):
    with shop.database.transaction() as session:
        contact = table_of(Contact)
        rows = [
            {
                "id": number,
                "uid": UUID(int=number),
                "created_at": NOON,
                "attributes": {},
                "attribute_times": {},
                "email_confirmed": False,
                "phone_confirmed": False,
            }
            for number in range(1, 1001)
        ]
        session.connection().execute(contact.insert(), rows)
    with shop.database.reading() as session:
        some = choose_contacts(session, limit=100)
        assert choose_contacts(session, limit=100) == some
        assert choose_contacts(session, limit=50) == some[:50]
    assert len(set(some)) == 100
    assert sum(one > 500 for one in some) in range(30, 70)


def test_what_cannot_be_simulated_is_refused_in_words(shop):
    document = build_buyers(shop)
    with pytest.raises(NotFound, match="'zoe'"):
        rehearse(shop.database, document, contacts=["zoe"])
    with pytest.raises(Invalid, match="for whom"):
        rehearse(shop.database, document)
    with pytest.raises(Invalid, match="366 days"):
        rehearse(shop.database, document, sample=1, replay=timedelta(days=400))
    for trigger in (ManualTrigger(kind="manual"), ApiTrigger(kind="api")):
        by_hand = document.model_copy(update={"trigger": trigger})
        with pytest.raises(Invalid, match=f"whom a {trigger.kind} trigger let in is no event"):
            rehearse(shop.database, by_hand, sample=1, replay=timedelta(days=30))
    with shop.database.reading() as session, pytest.raises(NotFound):
        load_draft(session, "nothing")
