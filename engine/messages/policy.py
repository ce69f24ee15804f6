"""May this message leave now? The gates, in their fixed order (rule 78). Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final, Literal

from engine.messages.limits import Bid, Capped
from engine.messages.states import SkipReason
from engine.when.legal_hours import find_permitted
from engine.when.windows import is_open, next_closing, quiet_hours
from engine.when.zones import Zone

BUCKETS: Final = 10_000
MOST_REPEATS: Final[Mapping[str, int]] = {"marketing": 3, "transactional": 20}
"""So often one template goes to one contact within `REPEATS_WITHIN`, by class (rule 109)."""
REPEATS_WITHIN: Final = timedelta(hours=24)
INSTANCE_SALT: Final = "holdout"
"""Hashed with a contact's id: is it held out from the marketing of all journeys (rule 63)?"""


@dataclass(frozen=True, slots=True)
class Send:
    """Every gate says yes."""


@dataclass(frozen=True, slots=True)
class Defer:
    """Not before `until`; then every gate is asked again (rule 79).

    Attributes:
        gate: which holds it.
        by: the sending limit that does.
    """

    until: datetime
    gate: SkipReason = SkipReason.QUIET_HOURS
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Never: this gate said no.

    Attributes:
        by: the sending limit that did.
    """

    reason: SkipReason
    by: str | None = None


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
        opted_out: whoever has the number asked for no more texts.
        bid: the message as sending limits look at it.
        repeats: how often the same template went to the contact within `REPEATS_WITHIN`, or is
            about to before this message.
        already_sent: one of its kind has gone to the contact, and only one may.
        capped: the sending limit that is used up.
        paused: the contact asked for a rest from marketing, and it is not over.
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
    bid: Bid
    repeats: int = 0
    opted_out: bool = False
    already_sent: bool = False
    capped: Capped | None = None
    paused: bool = False


def judge(standing: Standing, *, now: datetime) -> Verdict:
    """Return whether the message may leave at `now`; the first gate that says no decides."""
    reason = _find_end(standing, now)
    if reason is None and standing.channel != "webhook":
        reason = _find_objection(standing)
    if reason is not None:
        return Skip(reason)
    if standing.channel == "webhook":
        return Send()
    return _end_in_time(_judge_gates(standing, now), standing)


def _judge_gates(standing: Standing, now: datetime) -> Verdict:
    verdict = _judge_hours(standing, now)
    if isinstance(verdict, Send):
        verdict = _judge_legal_hours(standing, now)
    if isinstance(verdict, Send):
        verdict = _judge_limits(standing)
    if isinstance(verdict, Send) and standing.repeats >= MOST_REPEATS[standing.message_class]:
        return Skip(SkipReason.REPEATED)
    return verdict


def _end_in_time(verdict: Verdict, standing: Standing) -> Verdict:
    """Ask what expires while it is held again just then, so that its journey hears of it in time."""
    if isinstance(verdict, Defer) and standing.expires_at is not None:
        return replace(verdict, until=min(verdict.until, standing.expires_at))
    return verdict


def _find_end(standing: Standing, now: datetime) -> SkipReason | None:
    """Return why what the message was for is over."""
    if not standing.journey_goes_on:
        return SkipReason.JOURNEY_ENDED
    if not standing.contact_exists:
        return SkipReason.CONTACT_DELETED
    is_call = standing.channel == "webhook"  # whose end is told as a failure: see settle_call
    if standing.expires_at is not None and now >= standing.expires_at and not is_call:
        return SkipReason.EXPIRED
    return None


def _find_objection(standing: Standing) -> SkipReason | None:
    """Return why this contact is not written to."""
    is_marketing = standing.message_class == "marketing"
    if standing.address is None:
        return SkipReason.NO_ADDRESS
    if not standing.confirmed:
        return SkipReason.UNCONFIRMED
    if is_marketing and standing.choice == "unsubscribed":
        return SkipReason.UNSUBSCRIBED
    if is_marketing and standing.choice is None and standing.needs_yes:
        return SkipReason.NO_CONSENT
    if is_marketing and standing.paused:
        return SkipReason.PAUSED
    if standing.opted_out:
        return SkipReason.OPTED_OUT
    if standing.suppressed:
        return SkipReason.SUPPRESSED
    if is_marketing and standing.holdout:
        return SkipReason.HOLDOUT
    if standing.already_sent:
        return SkipReason.ALREADY_SENT
    return None


def read_quiet(data: Mapping[str, str] | None) -> QuietHours | None:
    """Return the quiet hours as a message's row keeps them; None without any."""
    if not data:
        return None
    return QuietHours(
        time.fromisoformat(data["from"]),
        time.fromisoformat(data["to"]),
        "skip" if data["policy"] == "skip" else "hold",
    )


def _judge_hours(standing: Standing, now: datetime) -> Verdict:
    quiet = standing.quiet
    if quiet is None or standing.message_class != "marketing":
        return Send()
    hours = quiet_hours(quiet.begins, quiet.ends)
    if not is_open(hours, now, standing.zone):
        return Send()
    ends_at = next_closing(hours, now, standing.zone)
    if quiet.policy == "skip" or ends_at is None:
        return Skip(SkipReason.QUIET_HOURS)
    return Defer(ends_at)


def _judge_legal_hours(standing: Standing, now: datetime) -> Verdict:
    """Hold advertising by text until the number's region lets it through (rule 124).

    Asked behind the journey's own hours, and both again when the wait is over: so the stricter holds.
    """
    if (standing.channel, standing.message_class) != ("sms", "marketing"):
        return Send()
    until = find_permitted(standing.address or "", now)
    if until is None:
        return Skip(SkipReason.LEGAL_HOURS)
    return Send() if until == now else Defer(until, SkipReason.LEGAL_HOURS)


def _judge_limits(standing: Standing) -> Verdict:
    """Say whether a limit lets it go: else held to the computed instant, or skipped (rule 92)."""
    capped = standing.capped
    if capped is None or standing.message_class != "marketing":
        return Send()
    if capped.free_at is None or not capped.is_held:
        return Skip(SkipReason.CAPPED, capped.by)
    return Defer(capped.free_at, SkipReason.CAPPED, capped.by)


def is_held_out(salt: str, contact_uid: str, percent: int) -> bool:
    """Return whether the contact is in the holdout: hashed, so always the same answer (rule 59)."""
    digest = hashlib.sha256(f"{salt}:{contact_uid}".encode()).digest()
    return int.from_bytes(digest[:8]) % BUCKETS < percent * (BUCKETS // 100)
