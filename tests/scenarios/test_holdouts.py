"""People held out, to see what marketing is worth."""

from datetime import timedelta

import pytest

from engine.journeys.by_key import get_journey
from engine.journeys.reporting.reports import report
from engine.journeys.running.holdouts import join_holdouts
from engine.messages.gates.policy import INSTANCE_SALT, is_held_out
from engine.messages.states import MessageState
from engine.models.contact import Contact, Topic
from engine.models.journey import Assignment, Enrollment
from engine.models.message import Message
from tests.claiming import claim

PEOPLE = 40
MARKETING = {"kind": "send_sms", "template": "text", "topic": "ads"}
JOURNEY = {
    "trigger": {"kind": "event", "event": "Came"},
    "entry": {"reentry": {"mode": "after_exit"}},
    "goals": [{"name": "bought", "event": "Bought", "within": "P7D"}],
    "start": "ad",
    "nodes": {
        "ad": MARKETING | {"next": "receipt"},
        "receipt": {"kind": "send_sms", "template": "text", "class": "transactional"},
    },
}


@pytest.fixture
def shop(shop):
    with shop.database.transaction() as session:
        session.add(Topic(key="ads", name="Ads", opt_in="implied", created_at=shop.now))
    return shop


def come(shop, count=PEOPLE):
    for number in range(count):
        traits = {"phone": f"+49151234567{number:02}"}
        shop.say("identify", userId=f"u{number}", traits=traits)
        shop.say(event="Came", userId=f"u{number}")
    shop.work()


def leave(shop):
    """Ask the gates; answer what became of each contact's messages, by node."""
    with shop.database.transaction() as session:
        parcels = claim(
            session, "sms", now=shop.now, limit=1_000, owner="test", default_zone="UTC",
            holdout_percent=shop.holdout_percent,
        )  # fmt: skip
    going = {parcel.id for parcel in parcels}
    rows = shop.ask(Message.id, Message.contact_id, Message.node, Message.state, Message.reason)
    return {
        (contact, node): "goes" if id_ in going else (MessageState(state).name, reason)
        for id_, contact, node, state, reason in rows
    }


def held_out(shop, salt=INSTANCE_SALT, percent=50):
    """The ids of contacts that hashing holds out."""
    return {
        id_
        for id_, uid in shop.ask(Contact.id, Contact.uid)
        if is_held_out(salt, str(uid), percent)
    }


def groups(shop):
    with shop.database.reading() as session:
        return report(session, get_journey(session, "j"))["holdout"]


def test_r063_who_is_held_out_gets_no_marketing_from_any_journey_but_all_else(shop):
    shop.holdout_percent = 50
    shop.publish(**JOURNEY)
    shop.publish(**JOURNEY | {"key": "k"})
    come(shop)
    fates = leave(shop)
    held = held_out(shop)
    assert 5 < len(held) < PEOPLE - 5
    skipped = {contact for (contact, node), fate in fates.items() if fate == ("SKIPPED", "holdout")}
    assert skipped == held
    assert {node for (_, node), fate in fates.items() if fate != "goes"} == {"ad"}
    assert len(fates) == 2 * PEOPLE
    assert shop.ask(Message.id, reason="holdout", journey_id=2) != []
    assert len(shop.ask(Message.id, reason="holdout")) == 2 * len(held)


def test_r063_who_is_held_out_takes_the_same_path_and_counts_for_goals(shop):
    shop.holdout_percent = 50
    shop.publish(**JOURNEY)
    come(shop)
    leave(shop)
    assert {status for (status,) in shop.ask(Enrollment.status)} == {2}
    for number in range(PEOPLE):
        shop.say(event="Bought", userId=f"u{number}")
    shop.work()
    held = len(held_out(shop))
    assert groups(shop) == {
        "treated": {"people": PEOPLE - held, "goals": {"bought": PEOPLE - held}},
        "held_out": {"people": 0, "goals": {"bought": 0}},
        "everywhere": {"people": held, "goals": {"bought": held}},
    }


def test_r063_without_the_setting_nobody_is_held_out_and_nothing_is_kept(shop):
    shop.publish(**JOURNEY)
    come(shop, 5)
    assert set(leave(shop).values()) == {"goes"}
    assert shop.ask(Assignment.label) == []
    assert groups(shop) is None


def test_r063_a_journeys_own_holdout_is_kept_whatever_the_percentage_says_later(shop):
    document = JOURNEY | {"settings": {"holdout_percent": 50}}
    shop.publish(**document)
    come(shop)
    held = held_out(shop, "holdout:j")
    fates = leave(shop)
    assert {who for (who, _), fate in fates.items() if fate == ("SKIPPED", "holdout")} == held
    shop.publish(**document | {"settings": {"holdout_percent": 100}})
    shop.pass_time(days=1)
    come(shop, PEOPLE + 1)
    shop.work()
    last = max(id_ for (id_,) in shop.ask(Contact.id))
    fates = leave(shop)
    withheld = {who for (who, _), fate in fates.items() if fate == ("SKIPPED", "holdout")}
    assert withheld == held | {last}


def meet(shop, one, other):
    """Two who came by themselves turn out to be one person."""
    shop.say("alias", userId=one, previousId=other)
    shop.work()


@pytest.mark.parametrize("first", ["held", "free"])
def test_r063_a_merge_with_somebody_held_out_is_held_out_and_left_out_of_comparisons(shop, first):
    shop.holdout_percent = 50
    shop.publish(**JOURNEY)
    come(shop)
    held = held_out(shop)
    ids = [id_ for (id_,) in sorted(shop.ask(Contact.id))]
    names = {id_: f"u{number}" for number, id_ in enumerate(ids)}
    pair = [names[min(held)], names[min(set(ids) - held)]]
    before = groups(shop)
    meet(shop, *(pair if first == "held" else reversed(pair)))
    [(survivor,)] = shop.ask(Contact.id, is_held_out=True)
    after = groups(shop)
    assert after["treated"]["people"] == before["treated"]["people"] - 1
    assert after["everywhere"]["people"] == before["everywhere"]["people"] - 1
    leave(shop)
    shop.pass_time(days=1)
    shop.say(event="Came", userId=pair[0])
    shop.work()
    assert leave(shop)[survivor, "ad"] == ("SKIPPED", "holdout")


def test_r063_two_of_the_same_group_stay_in_it(shop):
    shop.holdout_percent = 50
    shop.publish(**JOURNEY)
    come(shop)
    ids = [id_ for (id_,) in sorted(shop.ask(Contact.id))]
    one, other = sorted(held_out(shop))[:2]
    meet(shop, f"u{ids.index(one)}", f"u{ids.index(other)}")
    assert shop.ask(Contact.id, is_held_out=True) == []


def test_r063_what_a_merge_has_mixed_stays_mixed_in_the_next(shop):
    come(shop, 3)
    first, second, third = (id_ for (id_,) in sorted(shop.ask(Contact.id)))
    with shop.database.transaction() as session:
        session.get(Contact, first).is_held_out = True
    for merge in ((first, second), (second, third)):
        with shop.database.transaction() as session:
            join_holdouts(session, [merge], everywhere=0)
    assert len(shop.ask(Contact.id, is_held_out=True)) == 3


def test_r129_held_out_and_treated_are_watched_for_the_same_time_from_their_entry(shop):
    shop.publish(**JOURNEY | {"settings": {"holdout_percent": 50}})
    come(shop)
    assert {at for (at,) in shop.ask(Assignment.assigned_at)} == {
        at for (at,) in shop.ask(Enrollment.entered_at)
    }
    sizes = {label: group["people"] for label, group in groups(shop).items()}
    assert sizes["treated"] + sizes["held_out"] == PEOPLE
    shop.pass_time(days=6)
    ids = sorted(id_ for (id_,) in shop.ask(Contact.id))
    held = held_out(shop, "holdout:j")
    early = [min(held), min(set(ids) - held)]
    for contact in early:
        shop.say(event="Bought", userId=f"u{ids.index(contact)}")
    shop.work()
    # All others come again, and buy soon after: too late for the time that began with their entry.
    shop.pass_time(days=2)
    come(shop)
    shop.pass_time(days=1)
    for number in range(PEOPLE):
        shop.say(event="Bought", userId=f"u{number}")
    shop.work()
    found = groups(shop)
    assert {label: group["goals"]["bought"] for label, group in found.items()} == {
        "treated": 1,
        "held_out": 1,
        "everywhere": 0,
    }
    assert {label: group["people"] for label, group in found.items()} == sizes


def test_r129_the_last_instant_of_the_time_counts_and_the_next_does_not(shop):
    shop.publish(**JOURNEY | {"settings": {"holdout_percent": 100}})
    come(shop, 2)
    shop.now += timedelta(days=7)
    shop.say(event="Bought", userId="u0")
    shop.work()
    shop.now += timedelta(seconds=1)
    shop.say(event="Bought", userId="u1")
    shop.work()
    assert groups(shop)["held_out"] == {"people": 2, "goals": {"bought": 1}}


def test_r129_arms_are_compared_among_those_who_are_treated(shop):
    shop.publish(
        **JOURNEY
        | {
            "settings": {"holdout_percent": 50},
            "start": "half",
            "nodes": JOURNEY["nodes"]
            | {"half": {"kind": "split", "paths": [{"label": "all", "weight": 100, "next": "ad"}]}},
        }
    )
    come(shop)
    with shop.database.reading() as session:
        figures = report(session, get_journey(session, "j"))
    compared = figures["experiments"]["half"]["arms"]["all"]["people"]
    assert compared == figures["holdout"]["treated"]["people"] < PEOPLE
