"""Reads what Amazon SES says of letters, published to a topic of Amazon SNS.

Both forms are read: events of a configuration set, and notifications of an identity. The second has
no tags; a message is then known by its id, or by the Message-ID among the original headers.
Sources: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html,
…/event-publishing-retrieving-sns-examples.html, …/notification-contents.html.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from channels.email.bounces import classify_amazon, find_code
from channels.email.feedback.reading import (
    as_list,
    as_object,
    as_text,
    find_uid,
    make,
    read_given,
    read_instant,
)
from channels.email.feedback.sns import Fetch, SnsReader, check_topic, fetch_certificate
from channels.feedback import BounceKind, Feedback, FeedbackKind, FeedbackRequest

#: Of each kind: where its facts stand, and where its recipients.
_KINDS: Final = {
    "Delivery": (FeedbackKind.DELIVERED, "delivery", "recipients"),
    "Bounce": (FeedbackKind.BOUNCED, "bounce", "bouncedRecipients"),
    "Complaint": (FeedbackKind.COMPLAINED, "complaint", "complainedRecipients"),
    "DeliveryDelay": (FeedbackKind.DEFERRED, "deliveryDelay", "delayedRecipients"),
    "Reject": (FeedbackKind.BOUNCED, "reject", ""),
    "Subscription": (FeedbackKind.UNSUBSCRIBED, "subscription", ""),
}


class SesFeedback:
    """Reads the messages of the topic to which SES publishes."""

    name = "ses"

    def __init__(self, topic: str, fetch: Fetch = fetch_certificate) -> None:
        """Prepare to read.

        Args:
            topic: the ARN of the topic.
            fetch: returns the certificate at a URL.

        Raises:
            BadAddress: no ARN of a topic.
        """
        self._reader = SnsReader(check_topic(topic), fetch)

    def read(self, request: FeedbackRequest, *, now: datetime) -> Sequence[Feedback]:
        """Return what it says: see `channels.feedback.FeedbackReader`."""
        event = self._reader.read(request.body, now=now)
        return [] if event is None else [each for each in _read(event, now=now) if each]


def _read(event: dict[str, Any], *, now: datetime) -> Iterator[Feedback | None]:
    word = as_text(event.get("eventType") or event.get("notificationType"))
    if word not in _KINDS:
        return
    kind, place, recipients = _KINDS[word]
    said, mail = as_object(event.get(place)), as_object(event.get("mail"))
    if said.get("complaintFeedbackType") == "not-spam" or not _ends(word, said):
        return
    occurred_at = read_instant(said.get("timestamp") or mail.get("timestamp")) or now
    provider_id = as_text(mail.get("messageId"))
    stem = as_text(said.get("feedbackId")) or provider_id
    when = occurred_at.isoformat() if kind is FeedbackKind.DEFERRED else ""
    for number, entry in enumerate(as_list(said.get(recipients) or mail.get("destination"))):
        one = as_object(entry)
        diagnostic = as_text(one.get("diagnosticCode") or said.get("smtpResponse"))
        code = find_code(as_text(one.get("status")), diagnostic)
        bounce = None
        if kind is FeedbackKind.BOUNCED:
            bounce = _judge(word, said, code, diagnostic)
        yield make(
            f"{stem}:{word}:{number}:{when}" if stem else "",
            kind,
            occurred_at,
            message_uid=_find_message(mail),
            provider_id=provider_id,
            recipient=one.get("emailAddress") or entry,
            bounce=bounce,
            code=code,
            texts=(diagnostic, said.get("reason"), _name(said)),
        )


def _ends(word: str, said: dict[str, Any]) -> bool:
    """Return whether a change of subscriptions leaves none."""
    if word != "Subscription":
        return True
    return as_object(said.get("newTopicPreferences")).get("unsubscribeAll") is True


def _judge(word: str, said: dict[str, Any], code: str | None, diagnostic: str) -> BounceKind:
    if word == "Reject":  # SES found a virus: no word of the recipient
        return BounceKind.POLICY
    kind, subkind = as_text(said.get("bounceType")), as_text(said.get("bounceSubType"))
    return classify_amazon(kind, subkind, code, diagnostic)


def _name(said: dict[str, Any]) -> str:
    words = ("bounceType", "bounceSubType", "complaintFeedbackType", "delayType")
    return " ".join(filter(None, (as_text(said.get(word)) for word in words)))


def _find_message(mail: dict[str, Any]) -> UUID | None:
    if (uid := read_given(mail.get("tags"))) is not None:
        return uid
    for header in as_list(mail.get("headers")):
        if as_text(as_object(header).get("name")).lower() == "message-id":
            return find_uid(as_object(header).get("value"))
    return find_uid(as_object(mail.get("commonHeaders")).get("messageId"))
