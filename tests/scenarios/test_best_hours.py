"""Best hours as the engine finds them: by letters that humans have read."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.ids import new_id
from engine.journeys.deciding.moment import Moment
from engine.journeys.why.explain import explain_journey
from engine.messages.tracking import readings
from engine.messages.tracking.readings import load_readings
from engine.models.contact import Contact
from engine.models.journey import Enrollment
from engine.models.message import Message

SIGNED = {"kind": "event", "event": "Signed Up"}
WAIT = {"kind": "wait", "until": {"best_hour": "contact", "fallback": "10:00"}}


@pytest.fixture
def ann(shop):
    shop.say("identify", userId="ann", traits={"email": "ann@x.example", "timezone": "Asia/Tokyo"})
    shop.work()
    [(id_,)] = shop.ask(Contact.id)
    return id_


def send(shop, contact, *, read=(), clicked=(), times=1):
    """Letters of before: each opened, clicked, or neither."""
    marks = [{"opened_at": at} for at in read] + [{"clicked_at": at} for at in clicked]
    with shop.database.transaction() as session:
        for one in marks or [{}] * times:
            session.add(
                Message(
                    uid=new_id(), channel="email", message_class="marketing", contact_id=contact,
                    template="old", state=2, created_at=shop.now, due_at=shop.now,
                    sent_at=shop.now, **one,
                )
            )  # fmt: skip


def days_at(shop, hour, times):
    return [shop.now.replace(hour=hour) - timedelta(days=day) for day in range(1, times + 1)]


def arrive(shop):
    shop.publish(trigger=SIGNED, start="wait", nodes={"wait": WAIT})
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    [(wake_at,)] = shop.ask(Enrollment.wake_at)
    moment = Moment(shop.now, "UTC", timedelta(hours=72))
    with shop.database.reading() as session:
        [told] = explain_journey(session, "j", "ann", moment).enrollments
    return wake_at, told.visits[0].details[0]


def test_r121_it_waits_for_the_hour_at_which_she_herself_reads(shop, ann):
    send(shop, ann, read=days_at(shop, 10, 9), clicked=days_at(shop, 9, 5))  # 19 and 18 in Tokyo
    send(shop, ann, times=20)  # nobody read these
    wake_at, words = arrive(shop)
    assert wake_at == (shop.now + timedelta(days=1)).replace(hour=10)
    assert words == ("its best hour is 19:00: it read 14 of 14 letters within an hour of that")


def test_of_too_few_it_takes_everybodys_and_with_those_too_few_the_fallback(shop, ann):
    send(shop, ann, read=days_at(shop, 10, 4))
    wake_at, words = arrive(shop)
    assert wake_at.hour == 1  # ten in Tokyo
    assert words == "at 10:00, since too few letters were read to know a best hour"


def test_everybody_is_the_newest_of_all_by_clocks_of_their_own(shop, ann):
    shop.say("identify", userId="ben", traits={"email": "ben@x.example"})
    shop.work()
    [(ben,)] = shop.ask(Contact.id, email="ben@x.example")
    send(shop, ben, read=days_at(shop, 17, 60))
    wake_at, words = arrive(shop)
    assert wake_at.hour == 8  # five in the afternoon in Tokyo, as it is for Ben in UTC
    assert words == (
        "everybody's best hour is 17:00, since it read too few itself: 60 of 60 letters were read "
        "within an hour of that"
    )


def test_so_many_are_looked_at_and_no_more(shop, ann, monkeypatch):
    send(shop, ann, read=days_at(shop, 10, readings.OWN_MOST + 20))
    with shop.database.reading() as session:
        found = load_readings(session, [ann, ann + 1])
    assert len(found[ann].own) == readings.OWN_MOST
    assert found[ann + 1].own == ()
    assert sum(found[ann].everybody.count_hours("UTC")) == readings.OWN_MOST + 20


def test_a_letter_opened_and_clicked_is_one_reading_at_its_first(shop, ann):
    first, second = days_at(shop, 10, 2)
    send(shop, ann, read=[first])
    with shop.database.transaction() as session:
        session.execute(update(Message).values(clicked_at=second))
    with shop.database.reading() as session:
        assert load_readings(session, [ann])[ann].own == (second,)


def test_who_does_not_ask_costs_no_question(shop, ann, monkeypatch):
    monkeypatch.setattr("engine.journeys.running.facts.load_readings", None)
    shop.publish(trigger=SIGNED, start="w", nodes={"w": {"kind": "wait", "for": "PT1H"}})
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    assert len(shop.ask(Enrollment.wake_at)) == 1
