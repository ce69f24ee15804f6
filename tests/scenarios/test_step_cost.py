"""A step costs the same however large its journey is, and however many others wait."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from engine.ids import new_id
from engine.journeys.running.runner import advance_due
from engine.models.contact import Contact
from engine.models.journey import Enrollment, Journey

PEOPLE, ROUNDS = 100, 15
MANY_NODES, MANY_PEOPLE = 480, 20_000
FIRST_OF_MANY = 1_000_000
MOST = 1.5
"""What is more than the noise of a busy machine."""
HOUR = {"kind": "wait", "for": "PT1H"}


def draw(others):
    """Two nodes that people pass, and so many more behind a way that nobody takes."""
    nodes = {
        "pro": {
            "kind": "branch",
            "paths": [{"label": "yes", "when": {"attribute": "plan", "op": "is", "value": "pro"}}],
            "otherwise": {"next": "hour"},
        },
        "hour": {**HOUR, "next": "done"},
        "done": {"kind": "tag", "add": ["done"]},
    }
    for number in range(others):
        when = {"attribute": f"a{number % 40}", "op": "is", "value": number}
        nodes[f"n{number}"] = {
            "kind": "branch",
            "paths": [{"label": "yes", "when": when}],
            "otherwise": {"next": f"n{number + 1}"} if number + 1 < others else {},
        }
    if others:
        nodes["pro"]["paths"][0]["next"] = "n0"
    return nodes


def take_steps(shop, key):
    """What a hundred passes in a journey cost in this process, in seconds: the least of several."""
    ((journey_id,),) = shop.ask(Journey.id, key=key)
    spent = []
    for _ in range(ROUNDS):
        with shop.database.transaction() as session:
            others = Enrollment.contact_id < FIRST_OF_MANY
            session.execute(update(Enrollment).where(others).values(wake_at=None, status=2))
            ours = (Enrollment.journey_id == journey_id, others)
            due = {"status": 0, "node": 0, "wake_at": shop.now, "ended_at": None}
            session.execute(update(Enrollment).where(*ours).values(**due))
        with shop.database.transaction() as session:
            before = time.process_time()
            moved = advance_due(session, now=shop.now, limit=PEOPLE, default_zone="UTC")
            spent.append(time.process_time() - before)
        assert moved == PEOPLE
    return min(spent)


@pytest.fixture
def busy(shop):
    """A small journey and a large one, with a hundred people in each."""
    for key, others in (("small", 0), ("large", MANY_NODES)):
        trigger = {"kind": "event", "event": key}
        shop.publish(key=key, trigger=trigger, start="pro", nodes=draw(others))
        for number in range(PEOPLE):
            shop.say(event=key, userId=f"{key}{number}")
    shop.work()
    return shop


def crowd(shop):
    """Let so many more people wait in both journeys."""
    ids = range(FIRST_OF_MANY, FIRST_OF_MANY + MANY_PEOPLE)
    journeys = shop.ask(Journey.id, Journey.version_id)
    with shop.database.transaction() as session:
        people = [
            {"id": id_, "uid": new_id(), "created_at": shop.now, "attributes": {}} for id_ in ids
        ]
        session.execute(insert(Contact), people)
        rows = [
            {
                "journey_id": journey_id,
                "version_id": version_id,
                "contact_id": id_,
                "subject_id": id_,
                "status": 1,
                "node": 1,
                "entered_at": shop.now,
                "arrived_at": shop.now,
                "wake_at": shop.now + timedelta(days=1, seconds=id_ - FIRST_OF_MANY),
                "data": {},
            }
            for journey_id, version_id in journeys
            for id_ in ids
        ]
        session.execute(insert(Enrollment), rows)


@pytest.mark.slow
def test_a_step_costs_no_more_in_a_large_journey_nor_among_many_who_wait(busy):
    alone = take_steps(busy, "small")
    assert take_steps(busy, "large") < MOST * alone
    crowd(busy)
    assert take_steps(busy, "small") < MOST * alone
