"""What each provider says, from the examples of its documentation, and what it means here."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from channels.email.feedback.mailgun import MailgunFeedback
from channels.email.feedback.postmark import PostmarkFeedback
from channels.email.feedback.resend import ResendFeedback
from channels.email.feedback.sendgrid import SendGridFeedback
from channels.email.feedback.ses import SesFeedback
from tests.channels.email.feedback import genuine
from tests.channels.email.feedback.genuine import NOW, UID, Certificates


def sum_up(sayings):
    return [(each.kind.value, each.bounce and each.bounce.value, each.code) for each in sayings]


# Amazon SES: docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html

MAIL = {
    "timestamp": "2026-03-01T11:50:00.012Z",
    "source": "News <news@shop.example>",
    "messageId": "EXAMPLE7c191be45-e9aedb9a-000000",
    "destination": ["recipient@example.com"],
    "headersTruncated": False,
    "headers": [{"name": "Message-ID", "value": f"<{UID}@shop.example>"}],
    "tags": {"ses:configuration-set": ["news"], "sojourn_message": [UID]},
}


def read_ses(event):
    reader = SesFeedback(genuine.TOPIC, Certificates())
    return reader.read(genuine.sns({"mail": MAIL, **event}), now=NOW)


def bounce(kind="Permanent", subkind="General", **recipient):
    return {
        "eventType": "Bounce",
        "bounce": {
            "bounceType": kind,
            "bounceSubType": subkind,
            "bouncedRecipients": [{"emailAddress": "recipient@example.com", **recipient}],
            "timestamp": "2026-03-01T11:55:02.669Z",
            "feedbackId": "01000157c44f053b-000000",
            "reportingMTA": "dsn; mta.example.com",
        },
    }


def test_a_bounce_of_ses_is_read_with_everything_it_says():
    event = bounce(action="failed", status="5.1.1", diagnosticCode="smtp; 550 5.1.1 user unknown")
    (feedback,) = read_ses(event)
    assert sum_up([feedback]) == [("bounced", "hard", "5.1.1")]
    assert feedback.message_uid == UUID(UID)
    assert feedback.provider_id == MAIL["messageId"]
    assert feedback.recipient == "recipient@example.com"
    assert feedback.text == "smtp; 550 5.1.1 user unknown"
    assert feedback.occurred_at == datetime(2026, 3, 1, 11, 55, 2, 669_000, UTC)


@pytest.mark.parametrize(
    ("event", "meant"),
    [
        (bounce(), ("bounced", "hard", None)),
        (bounce(subkind="NoEmail"), ("bounced", "hard", None)),
        (bounce(subkind="OnAccountSuppressionList"), ("bounced", "hard", None)),
        (
            bounce(status="5.7.1", diagnosticCode="smtp; 550 5.7.1 rejected"),
            ("bounced", "policy", "5.7.1"),
        ),
        (bounce("Transient", "MailboxFull"), ("bounced", "soft", None)),
        (bounce("Transient", "ContentRejected"), ("bounced", "policy", None)),
        (bounce("Transient", status="4.4.7"), ("bounced", "soft", "4.4.7")),
        (bounce("Transient", diagnosticCode="user unknown"), ("bounced", "soft", None)),
        (bounce("Undetermined", "Undetermined"), ("bounced", "soft", None)),
        ({"eventType": "Reject", "reject": {"reason": "Bad content"}}, ("bounced", "policy", None)),
        (
            {
                "notificationType": "Complaint",
                "complaint": {
                    "complainedRecipients": [{"emailAddress": "recipient@example.com"}],
                    "feedbackId": "f2",
                    "complaintFeedbackType": "abuse",
                },
            },
            ("complained", None, None),
        ),
        (
            {
                "eventType": "DeliveryDelay",
                "deliveryDelay": {
                    "timestamp": "2026-03-01T11:55:02.669Z",
                    "delayType": "TransientCommunicationFailure",
                    "delayedRecipients": [
                        {"emailAddress": "recipient@example.com", "status": "4.4.1"}
                    ],
                },
            },
            ("deferred", None, "4.4.1"),
        ),
        (
            {
                "eventType": "Subscription",
                "subscription": {"newTopicPreferences": {"unsubscribeAll": True}},
            },
            ("unsubscribed", None, None),
        ),
    ],
)
def test_r119_each_sort_of_ses_means_what_it_should(event, meant):
    sayings = read_ses(event)
    assert sum_up(sayings) == [meant]
    assert sayings[0].recipient == "recipient@example.com" and sayings[0].message_uid == UUID(UID)


@pytest.mark.parametrize(
    "event",
    [
        {"eventType": "Send", "send": {}},
        {"eventType": "Open", "open": {}},
        {"eventType": "Click", "click": {}},
        {"eventType": "Complaint", "complaint": {"complaintFeedbackType": "not-spam"}},
        {"eventType": "Subscription", "subscription": {"newTopicPreferences": {}}},
    ],
)
def test_what_ses_says_beyond_that_is_left_out(event):
    assert read_ses(event) == []


def test_without_tags_the_message_is_known_by_its_original_headers():
    mail = {key: value for key, value in MAIL.items() if key != "tags"}
    (feedback,) = read_ses({**bounce(), "mail": mail})
    assert feedback.message_uid == UUID(UID)
    (feedback,) = read_ses({**bounce(), "mail": {"messageId": "m1"}})
    assert feedback.message_uid is None and feedback.provider_id == "m1"


# SendGrid: www.twilio.com/docs/sendgrid/for-developers/tracking-events/event


def read_sendgrid(*events):
    whole = [
        {
            "email": "example@test.com",
            "timestamp": 1772366390,
            "smtp-id": "<14c5d75ce93.dfd.64b469@ismtpd-555>",
            "sg_event_id": f"id{number}",
            "sg_message_id": "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
            "sojourn_message": UID,
            **event,
        }
        for number, event in enumerate(events)
    ]
    return SendGridFeedback(genuine.ec_public()).read(genuine.sendgrid(whole), now=NOW)


@pytest.mark.parametrize(
    ("event", "meant"),
    [
        ({"event": "delivered", "response": "250 OK"}, ("delivered", None, None)),
        ({"event": "deferred", "response": "400 try again later"}, ("deferred", None, "400")),
        (
            {"event": "bounce", "type": "bounce", "reason": "550 5.1.1 no", "status": "5.1.1"},
            ("bounced", "hard", "5.1.1"),
        ),
        (
            {
                "event": "bounce",
                "type": "bounce",
                "reason": "500 unknown recipient",
                "status": "5.0.0",
            },
            ("bounced", "hard", "5.0.0"),
        ),
        (
            {"event": "bounce", "type": "blocked", "reason": "550 5.7.1 spam", "status": "5.7.1"},
            ("bounced", "policy", "5.7.1"),
        ),
        ({"event": "bounce", "type": "blocked", "reason": "no"}, ("bounced", "policy", None)),
        (
            {"event": "bounce", "type": "blocked", "bounce_classification": "Technical"},
            ("bounced", "soft", None),
        ),
        (
            {"event": "bounce", "type": "bounce", "bounce_classification": "Invalid Address"},
            ("bounced", "hard", None),
        ),
        (
            {"event": "bounce", "status": "5.2.2", "bounce_classification": "Mailbox Unavailable"},
            ("bounced", "soft", "5.2.2"),
        ),
        ({"event": "dropped", "reason": "Bounced Address"}, ("bounced", "hard", None)),
        ({"event": "dropped", "reason": "Invalid SMTPAPI header"}, ("bounced", "policy", None)),
        ({"event": "dropped", "reason": "Spam Content"}, ("bounced", "policy", None)),
        ({"event": "dropped", "reason": "Unsubscribed Address"}, ("unsubscribed", None, None)),
        ({"event": "spamreport"}, ("complained", None, None)),
        ({"event": "unsubscribe"}, ("unsubscribed", None, None)),
        ({"event": "group_unsubscribe", "asm_group_id": 10}, ("unsubscribed", None, None)),
    ],
)
def test_r119_each_event_of_sendgrid_means_what_it_should(event, meant):
    (feedback,) = read_sendgrid(event)
    assert sum_up([feedback]) == [meant]
    assert feedback.message_uid == UUID(UID) and feedback.recipient == "example@test.com"
    assert feedback.provider_id == "14c5d75ce93.dfd.64b469" and feedback.id == "id0"
    assert feedback.occurred_at == NOW - timedelta(seconds=10)


def test_opens_clicks_and_the_rest_of_sendgrid_are_left_out():
    words = ("processed", "open", "click", "group_resubscribe", "account_status_change", "")
    assert read_sendgrid(*({"event": word} for word in words)) == []


# Mailgun: documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads


def read_mailgun(event):
    whole = {
        "id": "CPgfbmQMTCKtHW6uIWtuVe",
        "timestamp": 1772366390.5,
        "recipient": "alice@example.com",
        "message": {"headers": {"message-id": f"{UID}@shop.example"}},
        "user-variables": {"sojourn_message": UID},
        **event,
    }
    return MailgunFeedback(genuine.MAILGUN_KEY).read(genuine.mailgun(whole), now=NOW)


def failed(severity, reason, **status):
    return {"event": "failed", "severity": severity, "reason": reason, "delivery-status": status}


@pytest.mark.parametrize(
    ("event", "meant"),
    [
        (
            {"event": "delivered", "delivery-status": {"code": 250, "message": "OK"}},
            ("delivered", None, None),
        ),
        (
            failed(
                "permanent", "bounce", code=550, message="5.1.1 The email account that you tried"
            ),
            ("bounced", "hard", "5.1.1"),
        ),
        (
            failed("permanent", "bounce", code=550, message="No such user"),
            ("bounced", "hard", "550"),
        ),
        (
            failed("permanent", "bounce", code=550, message="5.7.1 blocked"),
            ("bounced", "policy", "5.7.1"),
        ),
        (failed("permanent", "suppress-bounce", code=605), ("bounced", "hard", None)),
        (failed("permanent", "suppress-complaint", code=607), ("bounced", "hard", None)),
        (failed("permanent", "suppress-unsubscribe", code=606), ("unsubscribed", None, None)),
        (failed("permanent", "old", code=602, message="Too old"), ("bounced", "soft", None)),
        (
            failed("temporary", "greylisted", code=450, description="Greylisted"),
            ("deferred", None, "450"),
        ),
        ({"event": "rejected", "reject": {"reason": "Sandbox"}}, ("bounced", "policy", None)),
        ({"event": "complained"}, ("complained", None, None)),
        ({"event": "unsubscribed"}, ("unsubscribed", None, None)),
    ],
)
def test_r119_each_event_of_mailgun_means_what_it_should(event, meant):
    (feedback,) = read_mailgun(event)
    assert sum_up([feedback]) == [meant]
    assert feedback.message_uid == UUID(UID) and feedback.recipient == "alice@example.com"
    assert feedback.provider_id == f"{UID}@shop.example"


def test_opens_and_clicks_of_mailgun_are_left_out():
    for word in ("opened", "clicked", "accepted", "stored", ""):
        assert read_mailgun({"event": word}) == []


# Postmark: postmarkapp.com/developer/webhooks/bounce-webhook and its siblings


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


# Resend: resend.com/docs/webhooks/emails/bounced and its siblings


def read_resend(kind, **data):
    whole = {
        "type": kind,
        "created_at": "2026-03-01T11:55:02.669Z",
        "data": {
            "created_at": "2026-03-01T11:50:00.000Z",
            "email_id": "56761188-7520-42d8-8898-ff6fc54ce618",
            "from": "News <news@shop.example>",
            "to": ["delivered@example.com"],
            "tags": {"sojourn_message": UID},
            **data,
        },
    }
    return ResendFeedback(genuine.WHSEC).read(genuine.resend(whole), now=NOW)


def resend_bounce(kind, subkind, *lines):
    words = "The recipient's email provider sent a bounce message."
    return {"type": kind, "subType": subkind, "message": words, "diagnosticCode": list(lines)}


@pytest.mark.parametrize(
    ("kind", "data", "meant"),
    [
        ("email.delivered", {}, ("delivered", None, None)),
        ("email.delivery_delayed", {}, ("deferred", None, None)),
        ("email.complained", {}, ("complained", None, None)),
        (
            "email.bounced",
            {"bounce": resend_bounce("Permanent", "General")},
            ("bounced", "hard", None),
        ),
        (
            "email.bounced",
            {"bounce": resend_bounce("Permanent", "Suppressed")},
            ("bounced", "hard", None),
        ),
        (
            "email.bounced",
            {"bounce": resend_bounce("Transient", "MailboxFull")},
            ("bounced", "soft", None),
        ),
        (
            "email.bounced",
            {"bounce": resend_bounce("Permanent", "General", "smtp; 550 5.7.26 unauthenticated")},
            ("bounced", "policy", "5.7.26"),
        ),
        ("email.bounced", {}, ("bounced", "soft", None)),
        (
            "email.failed",
            {"failed": {"reason": "reached_daily_quota"}},
            ("bounced", "policy", None),
        ),
        ("email.suppressed", {"suppressed": {"message": "on the list"}}, ("bounced", "hard", None)),
        (
            "email.bounced",
            {"tags": [{"name": "sojourn_message", "value": UID}]},
            ("bounced", "soft", None),
        ),
    ],
)
def test_r119_each_event_of_resend_means_what_it_should(kind, data, meant):
    (feedback,) = read_resend(kind, **data)
    assert sum_up([feedback]) == [meant]
    assert feedback.message_uid == UUID(UID) and feedback.recipient == "delivered@example.com"
    assert feedback.provider_id == "56761188-7520-42d8-8898-ff6fc54ce618"
    assert feedback.id == "msg_2Ab" and feedback.occurred_at.minute == 55


def test_what_resend_says_beyond_that_is_left_out():
    for kind in ("email.sent", "email.opened", "email.clicked", "contact.created", ""):
        assert read_resend(kind) == []


def test_the_headers_of_standard_webhooks_serve_as_well_as_svixs():
    reader = ResendFeedback(genuine.WHSEC)
    body = json.dumps({"type": "email.delivered", "data": {}})
    signed = genuine.resend(body.encode(), prefix="webhook")
    assert sum_up(reader.read(signed, now=NOW)) == [("delivered", None, None)]


def test_what_is_kept_is_one_bounded_line_without_an_address():
    event = bounce(diagnosticCode="smtp; 550\r\n<ada@example.org>\x00 " + "x" * 9_000)
    (feedback,) = read_ses(event)
    assert feedback.text.startswith(
        "smtp; 550 < <address> >".replace("< <", "<<").replace("> >", ">>")
    )
    assert len(feedback.text) == 500 and feedback.text.isprintable()
