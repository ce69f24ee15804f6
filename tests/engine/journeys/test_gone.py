"""A condition over something that was deleted is an error on its node, not false (rule 47)."""

import pytest
from sqlalchemy import delete, select

from engine.journeys.deciding.states import EnrollmentStatus
from engine.models.journey import Enrollment, Tally
from engine.models.message import Template, TemplateVersion
from engine.models.segment import Segment, SegmentMember
from tests.shop import NOON, SEND, Shop

VIP = {"attribute": "plan", "op": "is", "value": "pro"}
ASKED = {
    "segment": {"segment": "vip", "op": "member"},
    "template": {"template": "later", "op": "not_sent"},
}


@pytest.fixture
def shop(database):
    shop = Shop(database)
    with database.transaction() as session:
        session.add(Segment(key="vip", name="VIP", condition=VIP, created_at=NOON, updated_at=NOON))
    return shop


def drop(shop, kind):
    with shop.database.transaction() as session:
        if kind == "segment":
            session.execute(delete(SegmentMember))
            session.execute(delete(Segment).where(Segment.key == "vip"))
        else:
            later = select(Template.id).where(Template.key == "later")
            session.execute(delete(TemplateVersion).where(TemplateVersion.template_id.in_(later)))
            session.execute(delete(Template).where(Template.key == "later"))


def publish(shop, **document):
    shop.publish(trigger={"kind": "event", "event": "Signed Up"}, **document)


def enroll(shop):
    shop.say(event="Signed Up", userId="ann")
    shop.work()


@pytest.mark.parametrize("kind", list(ASKED))
def test_r047_a_branch_over_what_is_gone_sets_aside_and_takes_no_way(shop, kind):
    publish(
        shop,
        start="rest",
        nodes={
            "rest": {"kind": "wait", "for": "P1D", "next": "ask"},
            "ask": {
                "kind": "branch",
                "paths": [{"label": "yes", "when": ASKED[kind], "next": "hello"}],
                "otherwise": {"next": "hello"},
            },
            "hello": SEND,
        },
    )
    enroll(shop)
    drop(shop, kind)
    shop.pass_time(days=1)
    ((status, reason),) = shop.ask(Enrollment.status, Enrollment.reason)
    key = {"segment": "vip", "template": "later"}[kind]
    assert (status, reason) == (EnrollmentStatus.FAILED, f"ask: the {kind} '{key}' is gone")
    assert shop.messages == []


def test_r047_an_exit_over_what_is_gone_sets_aside_too(shop):
    publish(
        shop,
        exits=[{"when": {"none": [ASKED["segment"]]}, "reason": "no vip"}],
        start="rest",
        nodes={"rest": {"kind": "wait", "for": "P1D", "next": "hello"}, "hello": SEND},
    )
    shop.say("identify", userId="ann", traits={"plan": "pro"})
    with shop.database.transaction() as session:
        session.get_one(Segment, "vip").refreshed_at = NOON
    shop.work()
    enroll(shop)
    drop(shop, "segment")
    shop.say(event="Page Viewed", userId="ann")
    shop.pass_time(days=1)
    assert shop.ask(Enrollment.status) == [(EnrollmentStatus.FAILED,)]


def test_r047_an_entry_condition_over_what_is_gone_lets_nobody_in(shop):
    publish(
        shop,
        entry={"when": {"none": [ASKED["segment"]]}},
        start="hello",
        nodes={"hello": SEND},
    )
    drop(shop, "segment")
    enroll(shop)
    assert shop.ask(Enrollment.id) == []
    assert ("refused:part_gone", 1) in shop.ask(Tally.label, Tally.n)
