"""What a provider says of costs afterwards."""

from datetime import UTC, datetime

from channels.feedback import Feedback, FeedbackKind
from engine.messages.states import MessageState
from engine.messages.texts.billing import record_costs
from engine.models.message import Message
from tests.server import rows

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_r126_a_part_that_is_reported_by_itself_does_not_make_a_text_cheaper(database):
    """Vonage reports on each part of a text, with that part's price."""
    with database.transaction() as session:
        ann = rows.add_contact(session, NOW, phone="+15550000001")
        long = rows.add_message(
            session, NOW, ann, channel="sms", state=MessageState.SENT, parts=3,
            price_micro=99_900, currency="EUR",
        )  # fmt: skip
        uid = long.uid
    parts = [
        Feedback(
            str(n), FeedbackKind.DELIVERED, NOW, message_uid=uid, price_micro=33_300, currency="EUR"
        )
        for n in range(3)
    ]
    with database.transaction() as session:
        record_costs(session, parts)
    with database.reading() as session:
        found = session.query(Message.parts, Message.price_micro, Message.currency)
        assert found.filter_by(uid=uid).one() == (3, 99_900, "EUR")


def test_r126_the_providers_word_of_parts_and_price_is_kept(database):
    with database.transaction() as session:
        ann = rows.add_contact(session, NOW, phone="+15550000001")
        one = rows.add_message(session, NOW, ann, channel="sms", state=MessageState.SENT, parts=1)
        one.provider_id = "0A"
        other = rows.add_message(session, NOW, ann, channel="sms", state=MessageState.SENT)
        uid, other_uid = one.uid, other.uid
    sayings = [
        Feedback("1", FeedbackKind.DELIVERED, NOW, provider_id="0A", parts=2),
        Feedback("2", FeedbackKind.DELIVERED, NOW, message_uid=uid, price_micro=5, currency="EUR"),
        Feedback("3", FeedbackKind.DELIVERED, NOW, message_uid=other_uid),
        Feedback("4", FeedbackKind.DELIVERED, NOW, parts=9),
    ]
    with database.transaction() as session:
        record_costs(session, sayings)
    with database.reading() as session:
        found = session.query(Message.parts, Message.price_micro, Message.currency)
        assert found.filter_by(uid=uid).one() == (2, 5, "EUR")
        assert found.filter_by(uid=other_uid).one() == (None, None, None)
