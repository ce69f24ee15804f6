"""Texts that come in are obeyed: STOP, START, HELP, and what is unclear."""

import zlib
from datetime import timedelta

import pytest

from channels.base import Receipt, Verdict
from engine.contacts.erasure import erase_contacts
from engine.contacts.sms_opt_outs import find_opt_outs
from engine.messages.handover import delivery
from engine.messages.making.items import make_items
from engine.messages.parcels import ANSWER, Result
from engine.messages.states import MessageState, SkipReason
from engine.messages.texts.hearing import hear
from engine.messages.texts.inbound import Inbound
from engine.messages.texts.keywords import Meaning
from engine.messages.texts.sms_words import SmsWords, keep_sms_words
from engine.models.contact import Consent
from engine.models.event import Event
from engine.models.journey import Notice
from engine.models.message import Message, MessageContent
from tests import claiming

NUMBER, OURS = "+491701234567", "+15559999999"
TEXT = {"kind": "send_sms", "template": "text", "class": "transactional"}


@pytest.fixture
def line(shop):
    """A shop that Ann writes to by text."""
    shop.say("identify", userId="ann", traits={"phone": NUMBER, "language": "de-AT"})
    shop.work()
    return shop


def write(line, text, *, sender=NUMBER, **more):
    with line.database.transaction() as session:
        inbound = Inbound(channel="sms", sender=sender, text=text, recipient=OURS)
        heard = hear(session, inbound, brand="Shop", now=line.now, **more)
    line.work()
    return heard


def answers(line):
    return [data[ANSWER] for (data,) in line.ask(Message.data, direction="out") if ANSWER in data]


def is_opted_out(line, number=NUMBER):
    with line.database.reading() as session:
        return bool(find_opt_outs(session, [number]))


def claim(line, now=None):
    with line.database.transaction() as session:
        return claiming.claim(
            session, "sms", now=now or line.now, limit=10, owner="w", default_zone="UTC"
        )


def intend(line):
    line.publish(trigger={"kind": "event", "event": "Go"}, start="a", nodes={"a": TEXT})
    line.say(userId="ann", event="Go")
    line.work()


def fates(line):
    rows = line.ask(Message.state, Message.reason, node="a")
    return [(MessageState(state).name, reason) for state, reason in rows]


def test_r122_stop_opts_out_at_once_with_one_confirmation_and_nothing_else(line):
    intend(line)
    assert write(line, "Stop, please").is_new and is_opted_out(line)
    (said,) = answers(line)
    assert said.startswith("Shop: Sie sind abgemeldet")
    assert not write(line, "STOP!").is_new
    assert len(answers(line)) == 1
    going = claim(line)
    assert [parcel.settings.get(ANSWER) for parcel in going] == [said]
    assert fates(line) == [("SKIPPED", SkipReason.OPTED_OUT)]
    (made,) = make_items(going, None)
    assert (made.item.body, made.item.recipient) == (said, NUMBER)


def test_r122_a_confirmation_is_no_use_after_five_minutes(line):
    write(line, "STOP")
    assert claim(line, line.now + timedelta(minutes=5)) == []
    assert (MessageState.SKIPPED, "expired") in line.ask(Message.state, Message.reason)


def test_r122_start_opts_in_again_and_help_always_answers(line):
    assert not write(line, "START").is_new and answers(line) == []
    write(line, "STOP")
    write(line, "HELP")
    assert write(line, "yes").meaning is Meaning.START and not is_opted_out(line)
    assert write(line, "HELP").meaning is Meaning.HELP
    kinds = [text.split()[1] for text in answers(line)]
    assert kinds == ["Sie", "Antworten", "Sie", "Antworten"]
    intend(line)
    assert "a" in [parcel.node for parcel in claim(line)]
    names = [name for (name,) in line.ask(Event.name)]
    assert names.count("SMS Opted Out") == names.count("SMS Opted In") == 1


def test_r122_unclear_text_is_put_before_a_person_and_opts_nobody_out(line):
    assert write(line, "please stop texting me").meaning is Meaning.UNCLEAR
    assert not is_opted_out(line) and answers(line) == []
    ((words, enrollment),) = line.ask(Notice.words, Notice.enrollment_id)
    assert "may ask for no more texts" in words and "texting me" not in words
    assert enrollment is None
    assert ("SMS Unclear",) in line.ask(Event.name)


def test_r123_an_opt_out_outlives_the_contact_and_holds_for_all_journeys(line):
    write(line, "STOP")
    with line.database.transaction() as session:
        contact_id = line.ask(Message.contact_id)[0][0]
        erase_contacts(session, [contact_id], now=line.now)
    assert is_opted_out(line) and not is_opted_out(line, "+491701234568")


def test_r123_a_number_of_nobody_opts_out_too(line):
    heard = write(line, "STOP", sender="+12125550100")
    assert heard.received is None and heard.is_new and is_opted_out(line, "+12125550100")
    assert answers(line) == []


def test_what_is_reported_twice_is_obeyed_once(line):
    for _ in range(2):
        with line.database.transaction() as session:
            inbound = Inbound("sms", NUMBER, "HELP", recipient=OURS, provider_id="SM1")
            hear(session, inbound, brand="Shop", now=line.now)
    assert len(answers(line)) == 1


def test_r122_a_start_that_comes_late_lifts_no_stop_written_after_it(line):
    """A provider says again, for hours, what was not answered: an older text may come last."""
    write(line, "STOP", written_at=line.now - timedelta(minutes=10))
    late = write(line, "START", written_at=line.now - timedelta(minutes=20))
    assert not late.is_new and is_opted_out(line) and len(answers(line)) == 1
    write(line, "STOP", written_at=line.now - timedelta(minutes=4))
    assert not write(line, "START", written_at=line.now - timedelta(minutes=5)).is_new
    assert is_opted_out(line)
    assert write(line, "START", written_at=line.now - timedelta(minutes=3)).is_new
    assert not is_opted_out(line)


def test_a_later_part_of_a_text_is_no_keyword_and_an_answered_one_is_not_answered(line):
    assert not write(line, "stop", is_rest=True).is_new
    assert write(line, "stop", is_answered=True).is_new and answers(line) == []


def test_the_instance_says_what_is_answered_and_whether(line):
    words = {"en": {"stop": "{brand}: bye", "start": "hi", "help": "read"}}
    with line.database.transaction() as session:
        keep_sms_words(session, SmsWords(brand="ACME", words=words, stop_words=("basta",)))
    write(line, "Basta!")
    assert answers(line) == ["ACME: bye"]
    with line.database.transaction() as session:
        keep_sms_words(session, SmsWords(answers=False, words=words))
    write(line, "HELP")
    assert len(answers(line)) == 1


def test_r123_who_told_the_provider_to_stop_is_opted_out_the_same(line):
    intend(line)
    (parcel,) = claim(line)
    refused = Receipt(Verdict.PERMANENT, code="21610", is_opted_out=True)
    with line.database.transaction() as session:
        delivery.record(session, [Result(parcel, refused, "twilio")], now=line.now)
    assert is_opted_out(line)


def test_r126_a_text_keeps_its_parts_and_its_price(line):
    intend(line)
    (parcel,) = claim(line)
    taken = Receipt(Verdict.ACCEPTED, provider_id="0A", price_micro=66_600, currency="EUR")
    with line.database.transaction() as session:
        delivery.record(session, [Result(parcel, taken, "vonage", parts=2)], now=line.now)
    costs = line.ask(Message.parts, Message.price_micro, Message.currency, node="a")
    assert costs == [(2, 66_600, "EUR")]


def test_r124_advertising_waits_for_the_hours_of_the_number(shop):
    shop.say("identify", userId="amy", traits={"phone": "+12125550100"})
    shop.work()
    node = {**TEXT, "class": "marketing", "topic": "news"}
    shop.publish(trigger={"kind": "event", "event": "Go"}, start="a", nodes={"a": node})
    consent = {"topic": "news", "channel": "sms", "choice": "subscribed"}
    shop.say(userId="amy", event="Go")
    shop.work()
    with shop.database.transaction() as session:
        contact_id = shop.ask(Message.contact_id)[0][0]
        session.add(Consent(contact_id=contact_id, changed_at=shop.now, **consent))
    night = shop.now.replace(hour=6)  # one in the morning in New York
    assert claim(shop, night) == []
    ((state, due_at),) = shop.ask(Message.state, Message.due_at, node="a")
    assert state == MessageState.QUEUED and due_at.hour in {12, 13} and due_at > night


def test_c22_what_leaves_holds_no_control_signs(line):
    words = {"en": {"stop": "bye\x1b[0m", "start": "hi", "help": "help"}}
    with line.database.transaction() as session:
        keep_sms_words(session, SmsWords(words=words))
    write(line, "STOP")
    (made,) = make_items(claim(line), None)
    assert made.item.body == "bye[0m"


def test_what_came_in_is_kept_word_for_word(line):
    write(line, "STOP please")
    ((text,),) = line.ask(MessageContent.text)
    assert zlib.decompress(text) == b"STOP please"
