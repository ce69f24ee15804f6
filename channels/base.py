"""What is handed to a provider, and what comes back.

A provider carries the items of one channel. It never raises for what a server does: every item gets
a `Receipt`, and the receipt is honest. `NOT_SENT` promises that nobody can have received the item;
`UNCERTAIN` says that somebody may have.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Protocol, TypeAlias, TypeVar
from uuid import UUID


class BadAddress(ValueError):
    """The address of a provider, as a setting gives it, cannot be used. It never shows a secret."""

    code = "bad_address"


class Verdict(StrEnum):
    """What became of one item."""

    ACCEPTED = "accepted"  # the provider took responsibility
    NOT_SENT = "not_sent"  # nothing left, or not all of it: repeating it is safe
    TEMPORARY = "temporary"  # refused for now: try again later
    PERMANENT = "permanent"  # refused for good
    UNCERTAIN = "uncertain"  # it left, and no answer came: accepted or not


@dataclass(frozen=True, slots=True)
class WebhookAnswer:
    """What an endpoint answered.

    Attributes:
        headers: names in lower case.
        body: a JSON value where it is JSON, else text.
    """

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True, slots=True)
class DeviceTold:
    """What came of a push at one of its devices.

    Attributes:
        subscription: the id of the subscription.
        took: its push service took responsibility.
        is_gone: it takes nothing any more.
    """

    subscription: int
    took: bool
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """The verdict on one item, with what it rests on.

    Attributes:
        provider_id: what the provider's later word (delivered, bounced) will call this item.
        code: the reason in the provider's own system: ``5.1.1`` or ``550`` (SMTP), ``21610``
            (Twilio), ``503`` (HTTP); None where it had no say.
        text: the reason in words, one line, without the recipient's address.
        retry_after: how long the provider asks us to wait, at most an hour; None: it did not say.
        is_account_problem: the provider refuses us, not the item (login, certificate, sender): stop
            the account until somebody has looked, and burn no attempts.
        is_dead_address: the recipient's address takes nothing, now or ever: unknown or no mobile.
            Suppress it.
        answer: what an endpoint said; only of webhooks.
        is_untried: nothing was tried for this item: its target had shown that it is no use, or no
            time was left.
        sent_headers: of a webhook, as they left; empty where nothing was tried.
        took: how long a webhook took, until its answer or its failure.
        is_opted_out: the recipient told the provider to send no more; they may take it back.
        parts: of a text, as the provider bills it; None: it did not say.
        price_micro: of a text, in millionths of `currency`; None: it did not say.
        currency: ISO 4217.
        is_of_domain: the refusal and the wait concern letters to the recipient's domain, or pushes by
            the browser's service, alone: the account is well.
        devices: of a push, what came of it at each of them.
        is_outage: the provider itself failed, whatever the item: it may be away.
        is_throttled: the provider takes no more for now, whatever the item, and does not say for how
            long: the account is to rest.
    """

    verdict: Verdict
    provider_id: str | None = None
    code: str | None = None
    text: str = ""
    retry_after: timedelta | None = None
    is_account_problem: bool = False
    is_dead_address: bool = False
    answer: WebhookAnswer | None = None
    is_untried: bool = False
    sent_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    took: timedelta | None = None
    is_opted_out: bool = False
    parts: int | None = None
    price_micro: int | None = None
    currency: str | None = None
    is_of_domain: bool = False
    devices: tuple[DeviceTold, ...] = ()
    is_outage: bool = False
    is_throttled: bool = False


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An address of e-mail with the name shown beside it (a mailbox in RFC 5322 3.4)."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter.

    Attributes:
        name: as the recipient sees it, such as `Terms.pdf`.
        media_type: such as ``application/pdf``.
    """

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail.

    Attributes:
        id: the message's own; the same at every attempt. The Message-ID is made of it.
        text: UTF-8, any line ends.
        html: UTF-8, any line ends; None: a letter of plain text.
        headers: further ones, in order, such as `channels.email.list_headers` builds.
        envelope_sender: where it comes back to, by SMTP; "": to the sender.
        attachments: in the order in which they are shown.
    """

    id: UUID
    sender: EmailAddress
    recipient: EmailAddress
    subject: str
    text: bytes
    html: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    reply_to: EmailAddress | None = None
    envelope_sender: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One SMS.

    Attributes:
        id: the message's own; the same at every attempt.
        sender: number, name or messaging service it comes from; "": the account's own.
        recipient: number in E.164, such as ``+15551234567``.
    """

    id: UUID
    sender: str
    recipient: str
    body: str


@dataclass(frozen=True, slots=True)
class Call:
    """One webhook.

    Attributes:
        id: the message's own; the same at every attempt. Receivers know a repetition by it.
        url: None: the endpoint has none, and the mailbox keeps the call.
        headers: further ones; those that `channels.webhook.headers` reserves are refused.
        secret: ``whsec_…`` (Standard Webhooks); "": nothing to sign with, as for a bare URL.
        hops: through how many calls of ours it came to this one, itself included; 0: not told.
        old_secret: the one before, while receivers change over: signed with as well; "": none.
        timeout: for all of it, from looking up the name to the last octet of the answer.
    """

    id: UUID
    method: str
    url: str | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    secret: str = field(repr=False)
    timeout: timedelta = timedelta(seconds=10)
    old_secret: str = field(default="", repr=False)
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Subscription:
    """A browser that takes pushes (a push subscription in the W3C's Push API).

    Attributes:
        id: ours.
        endpoint: address at its push service; whoever knows it may send there.
        p256dh: its public key, base64url.
        auth: its secret for authentication, base64url.
        has_worked: it took a push before: if it is refused now, the fault is ours.
    """

    id: int
    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    has_worked: bool = False


@dataclass(frozen=True, slots=True)
class Push:
    """One notification, for every device of a person.

    Attributes:
        id: the message's own; the same at every attempt.
        payload: what the service worker shows; JSON.
        key: secret of which the key pair is derived by which we are known (VAPID).
        subject: whom a push service writes to if something is wrong: ``mailto:…`` or ``https:…``.
        life: how long push services keep it for a device that is off.
        is_urgent: wake the device for it.
        collapse: a push of the same name that is not delivered yet is replaced; "": none is.
    """

    id: UUID
    subscriptions: tuple[Subscription, ...]
    payload: bytes
    key: bytes = field(repr=False)
    subject: str
    life: timedelta
    is_urgent: bool = False
    collapse: str = ""


OnResult: TypeAlias = Callable[[int, Receipt], None]

BEGIN_WITHIN: Final = timedelta(seconds=30)
"""How long after the call of `send` items may begin to leave, unless it is told otherwise."""

LONGEST_HANDOVER: Final = timedelta(seconds=60)
"""From where an item begins to leave to its receipt. A lease outlasts it and `begin_within`."""

Item_contra = TypeVar("Item_contra", contravariant=True)


class Provider(Protocol[Item_contra]):
    """Carries the items of one channel; threads may share it.

    Attributes:
        name: as it stands in rows and figures.
        keeps_content: nothing leaves; whoever calls keeps the content and shows it as the mailbox.
    """

    name: str
    keeps_content: bool

    def send(
        self,
        items: Sequence[Item_contra],
        on_result: OnResult,
        *,
        now: datetime,
        begin_within: timedelta = BEGIN_WITHIN,
    ) -> None:
        """Hand over items, telling of each by its index as soon as its fate is known.

        Every index is told of exactly once, in the caller's thread. What `on_result` raises ends
        the sending and comes through; of items under way nothing is then told.

        Args:
            items: a chunk. What a crash leaves uncertain are at most the few items under way.
            on_result: told of each receipt.
            now: aware, UTC: when the items say that they were sent.
            begin_within: no item begins to leave later than this after the call; what has not
                begun by then is `NOT_SENT`. So a lease that ran out never sends twice.
        """
        ...

    def close(self) -> None:
        """Close idle connections."""
        ...


EmailProvider: TypeAlias = Provider[Letter]
SmsProvider: TypeAlias = Provider[Text]
WebhookProvider: TypeAlias = Provider[Call]
PushProvider: TypeAlias = Provider[Push]
