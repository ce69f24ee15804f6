"""One message by the first channel that reaches, from the intent to the hand-over."""

from datetime import timedelta

import pytest

from channels.accounts import Account
from channels.base import Receipt, Verdict
from engine.journeys.by_key import get_journey
from engine.journeys.deciding.moment import Moment
from engine.journeys.reporting.reports import report
from engine.journeys.why.explain import explain_journey
from engine.messages.carriers.routing import AccountState
from engine.messages.handover.delivery import Stream, record, start
from engine.messages.handover.expiring import expire_waiting
from engine.messages.handover.outbox import replay
from engine.messages.parcels import Result
from engine.messages.settling import OLDEST
from engine.messages.states import MessageState
from engine.models.journey import Enrollment
from engine.models.message import Message
from tests.claiming import claim
from tests.scenarios.test_edits_live import edit

SIGNED = {"kind": "event", "event": "Signed Up"}
PHONE = "+4915112345678"
FIRST = {
    "kind": "send_first",
    "tries": [{"channel": "email", "template": "hello"}, {"channel": "sms", "template": "text"}],
    "topic": "news",
    "next": "done",
}
DONE = {"kind": "tag", "add": ["told"]}


@pytest.fixture
def come(shop):
    """Let Ann come, whatever is known of her, after the journey has begun."""

    def come(node=FIRST, **traits):
        shop.publish(trigger=SIGNED, start="tell", nodes={"tell": node, "done": DONE})
        shop.say("identify", userId="ann", traits={"consents": {"news": True}} | traits)
        shop.say(event="Signed Up", userId="ann")
        shop.work()
        return shop

    return come


def hand_over(shop, verdict=Verdict.ACCEPTED):
    """Let the providers of both channels answer so, until nothing is left to leave."""
    left = []
    for channel in ("email", "sms", "email", "sms"):
        common = {"now": shop.now, "default_zone": "UTC"}
        with shop.database.transaction() as session:
            parcels = claim(session, channel, limit=100, owner="shop", **common)
        with shop.database.transaction() as session:
            going = start(session, parcels, **common)
            said = Receipt(verdict, code="550")
            record(session, [Result(one, said, "shop", None) for one in going], now=shop.now)
        left += [one.channel for one in going]
        shop.work()
    return left


def fates_after_claim(shop):
    """Let the letter's gates be asked, and nothing leave."""
    with shop.database.transaction() as session:
        claim(session, "email", limit=9, owner="shop", now=shop.now, default_zone="UTC")
    shop.work()
    return fates(shop)


def fates(shop):
    rows = shop.ask(Message.channel, Message.state, Message.reason)
    return [(channel, MessageState(state).name, reason) for channel, state, reason in rows]


def is_through(shop):
    [(status,)] = shop.ask(Enrollment.status)
    return status.name == "COMPLETED" if hasattr(status, "name") else status == 2


def why(shop):
    moment = Moment(shop.now, "UTC", timedelta(hours=72))
    with shop.database.reading() as session:
        return explain_journey(session, "j", "ann", moment)


def test_who_has_both_addresses_gets_it_by_the_first_alone(come):
    shop = come(email="ann@example.com", phone=PHONE)
    assert hand_over(shop) == ["email"]
    assert fates(shop) == [("email", "SENT", None)]
    assert is_through(shop)


def test_r078_who_has_no_address_gets_it_by_the_next_and_each_gate_is_asked_anew(come):
    shop = come(phone=PHONE)
    assert hand_over(shop) == ["sms"]
    assert fates(shop) == [("email", "SKIPPED", "no_address"), ("sms", "SENT", None)]
    assert is_through(shop)
    told = why(shop)
    [journeyed] = told.enrollments
    assert list(journeyed.visits[0].details) == ["by the first that reaches: email, else sms"]
    assert journeyed.visits[1].details == (
        "its message was skipped: no_address",
        "not by email: no_address, none for this channel; so sms is tried",
    )
    with shop.database.reading() as session:
        figures = report(session, get_journey(session, "j"))["messages"]["tell"]
    assert figures["channels"] == {
        "email": {"sent": 0, "skipped": 1, "failed": 0},
        "sms": {"sent": 1, "skipped": 0, "failed": 0},
    }
    assert (figures["sent"], figures["skipped"]) == (1, 1)


def test_a_no_to_the_topic_by_one_channel_is_none_to_the_other(come):
    shop = come(
        email="ann@example.com", phone=PHONE, consents={"news": {"email": False, "sms": True}}
    )
    assert hand_over(shop) == ["sms"]
    assert fates(shop)[0] == ("email", "SKIPPED", "unsubscribed")


def test_whom_none_reaches_goes_the_way_of_those_who_got_nothing(come):
    shop = come(FIRST | {"on_skip": "exit"})
    assert hand_over(shop) == []
    assert [fate for _, *fate in fates(shop)] == [["SKIPPED", "no_address"]] * 2
    assert shop.ask(Enrollment.reason) == [("message_skipped",)]


def test_what_the_provider_refuses_for_good_goes_by_the_next(come):
    shop = come(email="gone@example.com", phone=PHONE)
    hand_over(shop, Verdict.PERMANENT)
    assert [fate for _, *fate in fates(shop)] == [["FAILED", "refused"]] * 2
    assert shop.ask(Enrollment.reason) == [("message_failed",)]


def test_p13_what_no_account_took_until_it_was_too_old_goes_by_the_next(come):
    shop = come(email="ann@example.com", phone=PHONE)
    account = Account("a", "smtp://a.example")
    silent = {"a": AccountState(is_paused=True, silent_since=shop.now)}
    shop.now += OLDEST["marketing"]
    with shop.database.transaction() as session:
        stream = Stream("email", "marketing")
        expire_waiting(session, stream, [account], silent, now=shop.now, wall=shop.now)
    shop.work()
    assert hand_over(shop) == ["sms"]
    assert fates(shop) == [("email", "SKIPPED", "expired"), ("sms", "SENT", None)]
    assert is_through(shop)
    (letter, _) = why(shop).enrollments[0].messages
    assert letter.details == "no account took messages of its channel and class for too long"
    assert letter.sentence.endswith(f"for days ({letter.details}).")


def test_what_another_channel_was_tried_after_is_not_sent_again(come):
    shop = come(email="gone@example.com", phone=PHONE)
    with shop.database.transaction() as session:
        parcels = claim(session, "email", now=shop.now, limit=9, owner="w", default_zone="UTC")
    with shop.database.transaction() as session:
        going = start(session, parcels, now=shop.now, default_zone="UTC")
        said = Receipt(Verdict.PERMANENT, code="550")
        record(session, [Result(one, said, "shop", None) for one in going], now=shop.now)
    shop.work()
    assert hand_over(shop) == ["sms"]
    with shop.database.transaction() as session:
        assert replay(session, [id_ for (id_,) in shop.ask(Message.id)], now=shop.now) == 0
    assert fates(shop) == [("email", "FAILED", "refused"), ("sms", "SENT", None)]


def test_no_channel_is_tried_twice_in_one_visit_however_an_edit_reorders_them(come):
    shop = come(phone=PHONE)
    assert fates_after_claim(shop) == [("email", "SKIPPED", "no_address"), ("sms", "QUEUED", None)]
    shop.say("identify", userId="ann", traits={"email": "ann@example.com"})
    shop.work()
    reordered = {**FIRST, "tries": FIRST["tries"][::-1]}
    edit(shop, {"tell": reordered, "done": DONE}, trigger=SIGNED, start="tell")
    assert hand_over(shop, Verdict.PERMANENT) == ["sms"]
    assert fates(shop) == [("email", "SKIPPED", "no_address"), ("sms", "FAILED", "refused")]
    assert shop.ask(Enrollment.reason) == [("message_failed",)]


def test_what_an_edit_puts_before_the_one_under_way_is_tried_after_it(come):
    shop = come(phone=PHONE)
    reordered = {**FIRST, "tries": FIRST["tries"][::-1]}
    edit(shop, {"tell": reordered, "done": DONE}, trigger=SIGNED, start="tell")
    assert hand_over(shop) == ["sms"]
    assert fates(shop) == [("email", "SKIPPED", "no_address"), ("sms", "SENT", None)]


def test_an_hour_of_rest_holds_it_and_tries_no_other(come, shop):
    settings = {"quiet_hours": {"from": "11:00", "to": "14:00"}}
    shop.publish(
        key="k",
        trigger=SIGNED,
        settings=settings,
        start="tell",
        nodes={"tell": FIRST, "done": DONE},
    )
    shop.say(
        "identify",
        userId="ann",
        traits={"email": "ann@example.com", "phone": PHONE, "consents": {"news": True}},
    )
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    assert hand_over(shop) == []
    assert fates(shop) == [("email", "QUEUED", None)]
    shop.pass_time(hours=2)
    assert hand_over(shop) == ["email"]
