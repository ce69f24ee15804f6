"""May this message leave now? The gates, in their fixed order (rule 78). Pure."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final, Literal

from engine.messages.states import SkipReason
from engine.when.windows import is_open, next_closing, quiet_hours
from engine.when.zones import Zone

BUCKETS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Send:
    """Every gate says yes."""


@dataclass(frozen=True, slots=True)
class Defer:
    """Not before `until`; then every gate is asked again (rule 79)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """Never: this gate said no."""

    reason: SkipReason


Verdict = Send | Defer | Skip


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours of the recipient's clock in which nothing leaves."""

    begins: time
    ends: time
    policy: Literal["hold", "skip"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the gates look at, as it is at this moment.

    Attributes:
        journey_goes_on: the enrollment has not left early, and its journey was not stopped.
        contact_exists: it was neither deleted nor erased.
        address: where to; None if the contact has none for this channel.
        confirmed: somebody we trust named the address, or its owner confirmed it.
        choice: the contact's choice for topic and channel; None if it made none.
        needs_yes: the topic asks for an explicit yes.
        zone: the recipient's.
    """

    channel: str
    message_class: str
    journey_goes_on: bool
    contact_exists: bool
    address: str | None
    confirmed: bool
    choice: str | None
    needs_yes: bool
    suppressed: bool
    holdout: bool
    quiet: QuietHours | None
    zone: Zone
    expires_at: datetime | None


def judge(standing: Standing, *, now: datetime) -> Verdict:
    """Return whether the message may leave at `now`; the first gate that says no decides."""
    is_marketing = standing.message_class == "marketing"
    if not standing.journey_goes_on:
        return Skip(SkipReason.JOURNEY_ENDED)
    if not standing.contact_exists:
        return Skip(SkipReason.CONTACT_DELETED)
    if standing.expires_at is not None and now >= standing.expires_at:
        return Skip(SkipReason.EXPIRED)
    if standing.channel == "webhook":
        return Send()
    if standing.address is None:
        return Skip(SkipReason.NO_ADDRESS)
    if not standing.confirmed:
        return Skip(SkipReason.UNCONFIRMED)
    if is_marketing and standing.choice == "unsubscribed":
        return Skip(SkipReason.UNSUBSCRIBED)
    if is_marketing and standing.choice is None and standing.needs_yes:
        return Skip(SkipReason.NO_CONSENT)
    if standing.suppressed:
        return Skip(SkipReason.SUPPRESSED)
    if is_marketing and standing.holdout:
        return Skip(SkipReason.HOLDOUT)
    if is_marketing and standing.quiet is not None:
        return _judge_hours(standing.quiet, standing.zone, now)
    return Send()


def _judge_hours(quiet: QuietHours, zone: Zone, now: datetime) -> Verdict:
    hours = quiet_hours(quiet.begins, quiet.ends)
    if not is_open(hours, now, zone):
        return Send()
    ends_at = next_closing(hours, now, zone)
    if quiet.policy == "skip" or ends_at is None:
        return Skip(SkipReason.QUIET_HOURS)
    return Defer(ends_at)


def is_held_out(salt: str, contact_uid: str, percent: int) -> bool:
    """Return whether the contact is in the holdout: hashed, so always the same answer (rule 59)."""
    digest = hashlib.sha256(f"{salt}:{contact_uid}".encode()).digest()
    return int.from_bytes(digest[:8]) % BUCKETS < percent * (BUCKETS // 100)
