"""The states of a message, and why one did not leave. Changing one is a conditional update."""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final


class MessageState(IntEnum):
    """Where a message stands. Numbers, since millions of rows carry one."""

    QUEUED = 0  # to be handed over at `due_at`
    SENDING = 1  # leased by a worker; after `lease_until` somebody else takes it
    SENT = 2  # the provider said yes
    SKIPPED = 3  # a gate said no: `reason`
    FAILED = 4  # refused for good, or tried too often: `reason`
    CANCELLED = 5  # what it was for ended before it left: `reason`
    UNCERTAIN = 6  # it may have left, and we cannot know; it waits for a colleague
    SET_ASIDE = 7  # broke its worker or its template: `reason`; can be replayed


MARKS: Final = ("delivered", "opened", "clicked", "bounced", "complained", "replied")
"""What is told of a message after it was sent; the instant of each is a column of its row."""


def read_marks(row: object) -> dict[str, datetime]:
    """Return what was told of a message, each with its instant."""
    instants = {mark: getattr(row, f"{mark}_at") for mark in MARKS}
    return {mark: at for mark, at in instants.items() if at is not None}


OPEN: Final = (MessageState.QUEUED, MessageState.SENDING)

MESSAGE_MOVES: Final[Mapping[MessageState, frozenset[MessageState]]] = {
    MessageState.QUEUED: frozenset(
        {
            MessageState.SENDING,
            MessageState.SKIPPED,
            MessageState.CANCELLED,
            MessageState.SET_ASIDE,
            MessageState.FAILED,  # a call that was held for too long
            MessageState.SENT,  # tried before, and spoken of by its provider
        }
    ),
    MessageState.SENDING: frozenset(
        {
            MessageState.QUEUED,
            MessageState.SENT,
            MessageState.SKIPPED,
            MessageState.FAILED,
            MessageState.UNCERTAIN,
            MessageState.SET_ASIDE,
        }
    ),
    MessageState.SENT: frozenset(),
    MessageState.SKIPPED: frozenset(),
    MessageState.FAILED: frozenset({MessageState.QUEUED}),
    MessageState.CANCELLED: frozenset(),
    MessageState.UNCERTAIN: frozenset({MessageState.QUEUED, MessageState.SENT}),
    MessageState.SET_ASIDE: frozenset({MessageState.QUEUED}),
}


class SkipReason(StrEnum):
    """Which gate said no, in the order in which they are asked (rule 78)."""

    JOURNEY_ENDED = "journey_ended"  # an exit took the contact out, or the journey was stopped
    CONTACT_DELETED = "contact_deleted"  # or erased
    EXPIRED = "expired"  # held longer than gates.expires_after, or no account took it for days
    NO_ADDRESS = "no_address"  # none for this channel
    UNCONFIRMED = "unconfirmed"  # nobody we trust named this address, nor did its owner confirm it
    UNSUBSCRIBED = "unsubscribed"  # from the topic, by this channel
    NO_CONSENT = "no_consent"  # the topic asks for a yes, and there is none
    PAUSED = "paused"  # the contact asked for a rest from marketing
    OPTED_OUT = "opted_out"  # its owner answered a text with STOP, or told the provider
    SUPPRESSED = "suppressed"  # the address is never written to
    HOLDOUT = "holdout"  # one of those who get no marketing, to compare with
    ALREADY_SENT = "already_sent"  # gates.once_per: one of its kind has gone to the contact
    QUIET_HOURS = "quiet_hours"  # and the policy is skip
    LEGAL_HOURS = "legal_hours"  # no hour in which advertising may reach the number ever comes
    CAPPED = "capped"  # a sending limit is used up, and the message is not held until it is free
    REPEATED = "repeated"  # a brake: the same template went to the contact too often in a day


class CancelReason(StrEnum):
    """Why a message was taken back before it left."""

    LEFT = "left"  # an exit took its contact out of the journey, before or after its end


class DoubtReason(StrEnum):
    """Why nobody can know whether a message left (it is uncertain)."""

    WORKER_DIED = "worker_died"  # after the hand-over had begun
    NO_ANSWER = "no_answer"  # the provider neither took nor refused it
    CONTACT_DELETED = "contact_deleted"  # or erased, while it was being handed over


class FailReason(StrEnum):
    """Why a message could not be made or handed over."""

    NO_TEMPLATE = "no_template"  # it is gone
    RENDER = "render"  # a value is missing, or the template is broken
    REFUSED = "refused"  # the provider will never take it
    ACCOUNT = "account"  # the provider does not let us in
    TOO_OFTEN = "too_often"  # no yes after all tries
    CRASHED = "crashed"  # its workers died of it, again and again
    NO_ENDPOINT = "no_endpoint"  # it is gone


class Settled(StrEnum):
    """What a node is told of its message."""

    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


SETTLED_EVENT: Final = "Message Settled"
"""The product's own event by which a node learns what became of its message."""
