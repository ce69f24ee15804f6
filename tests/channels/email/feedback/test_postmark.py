"""What Postmark says, from the examples of its documentation, and what it means here.

Source: postmarkapp.com/developer/webhooks/bounce-webhook and its siblings.
"""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from channels.email.feedback.postmark import PostmarkFeedback
from tests.channels.email.feedback import genuine
from tests.channels.email.feedback.genuine import NOW, UID, sum_up


def read_postmark(said):
    whole = {
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {"sojourn_message": UID},
        "MessageStream": "outbound",
        **said,
    }
    return PostmarkFeedback(genuine.LOGIN).read(genuine.postmark(whole), now=NOW)


def postmark_bounce(type_, details="Test bounce details"):
    return {
        "RecordType": "Bounce",
        "ID": 4323372036854775807,
        "Type": type_,
        "Description": "The server was unable to deliver your message",
        "Details": details,
        "Email": "john@example.com",
        "BouncedAt": "2026-03-01T07:28:10.2735393-04:00",
    }


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (postmark_bounce("HardBounce"), ("bounced", "hard", None)),
        (postmark_bounce("HardBounce", "smtp;550 5.1.1 unknown"), ("bounced", "hard", "5.1.1")),
        (
            postmark_bounce("HardBounce", "smtp;550 5.7.1 listed by Spamhaus"),
            ("bounced", "policy", "5.7.1"),
        ),
        (postmark_bounce("SoftBounce", "smtp;550 5.1.1 unknown"), ("bounced", "soft", "5.1.1")),
        (postmark_bounce("Blocked"), ("bounced", "policy", None)),
        (postmark_bounce("SpamNotification"), ("bounced", "policy", None)),
        (postmark_bounce("DMARCPolicy"), ("bounced", "policy", None)),
        (postmark_bounce("BadEmailAddress"), ("bounced", "hard", None)),
        (postmark_bounce("Transient"), ("deferred", None, None)),
        (postmark_bounce("SpamComplaint"), ("complained", None, None)),
        (postmark_bounce("Unsubscribe"), ("unsubscribed", None, None)),
        (
            {**postmark_bounce("SpamComplaint"), "RecordType": "SpamComplaint"},
            ("complained", None, None),
        ),
        (
            {
                "RecordType": "Delivery",
                "Recipient": "john@example.com",
                "DeliveredAt": "2026-03-01T11:28:10Z",
                "Details": "250 2.0.0 OK",
            },
            ("delivered", None, None),
        ),
        (
            {
                "RecordType": "SubscriptionChange",
                "Recipient": "john@example.com",
                "ChangedAt": "2026-03-01T11:28:10Z",
                "Origin": "Recipient",
                "SuppressSending": True,
                "SuppressionReason": "ManualSuppression",
            },
            ("unsubscribed", None, None),
        ),
    ],
)
def test_r119_each_record_of_postmark_means_what_it_should(said, meant):
    (feedback,) = read_postmark(said)
    assert sum_up([feedback]) == [meant]
    assert feedback.message_uid == UUID(UID) and feedback.recipient == "john@example.com"
    assert feedback.occurred_at.replace(microsecond=0) == datetime(2026, 3, 1, 11, 28, 10, 0, UTC)


def test_what_postmark_says_beyond_that_is_left_out():
    change = {"RecordType": "SubscriptionChange", "SuppressSending": True, "Origin": "Recipient"}
    for said in (
        {"RecordType": "Open"},
        {"RecordType": "Click"},
        {"RecordType": "Inbound"},
        postmark_bounce("AutoResponder"),
        postmark_bounce("Subscribe"),
        {**change, "SuppressionReason": "HardBounce"},
        {**change, "SuppressionReason": "ManualSuppression", "SuppressSending": False},
        {**change, "SuppressionReason": "ManualSuppression", "Origin": "Customer"},
        {},
    ):
        assert read_postmark(said) == []
