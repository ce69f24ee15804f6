"""The gates of a message, as a page tells them: in their order, each with what it said."""

from datetime import UTC, datetime, time, timedelta

import pytest

from engine.messages.gates.answers import GateSaid, tell_gates
from engine.messages.gates.limits import Bid, Capped
from engine.messages.gates.policy import Defer, QuietHours, Skip, Standing, judge
from engine.messages.states import CancelReason, FailReason, MessageState, SkipReason
from engine.when.zones import get_zone, resolve_zone

NOW = datetime(2026, 3, 1, 23, tzinfo=UTC)
FAULTS = {
    SkipReason.JOURNEY_ENDED: {"journey_goes_on": False},
    SkipReason.CONTACT_DELETED: {"contact_exists": False},
    SkipReason.EXPIRED: {"expires_at": NOW},
    SkipReason.NO_ADDRESS: {"address": None},
    SkipReason.UNCONFIRMED: {"confirmed": False},
    SkipReason.UNSUBSCRIBED: {"choice": "unsubscribed"},
    SkipReason.NO_CONSENT: {"choice": None, "needs_yes": True},
    SkipReason.PAUSED: {"paused": True},
    SkipReason.SUPPRESSED: {"suppressed": True},
    SkipReason.OPTED_OUT: {"opted_out": True},
    SkipReason.HOLDOUT: {"holdout": True},
    SkipReason.QUIET_HOURS: {"quiet": QuietHours(time(22), time(6), "skip")},
    SkipReason.ALREADY_SENT: {"already_sent": True},
    SkipReason.CAPPED: {"capped": Capped("weekly", None, None)},
    SkipReason.REPEATED: {"repeats": 99},
}
GOOD = {
    "channel": "sms", "message_class": "marketing", "journey_goes_on": True,
    "contact_exists": True, "address": "+491701234567", "confirmed": True, "choice": "subscribed",
    "needs_yes": False, "suppressed": False, "holdout": False, "quiet": None,
    "zone": resolve_zone(contact=None, journey=None, instance="UTC").zone, "expires_at": None,
    "bid": Bid(1, 1, "email", "marketing", "news", 1, NOW, get_zone("UTC")),
}  # fmt: skip


def tell(**given):
    asked = {"channel": "sms", "message_class": "marketing", "reason": None} | given
    return {one.gate: one.said for one in tell_gates(**asked)}


@pytest.mark.parametrize("first", FAULTS)
@pytest.mark.parametrize("second", FAULTS)
def test_gates_are_told_in_the_order_in_which_they_are_asked(first, second):
    verdict = judge(Standing(**GOOD | FAULTS[second] | FAULTS[first]), now=NOW)
    told = tell(state=MessageState.QUEUED, verdict=verdict)
    refused = [gate for gate, said in told.items() if said is GateSaid.REFUSED]
    assert refused == [verdict.reason]
    order = list(SkipReason)
    if {first, second} != {SkipReason.UNSUBSCRIBED, SkipReason.NO_CONSENT}:
        assert verdict.reason is min(first, second, key=order.index)
    at = order.index(verdict.reason)
    assert {told[one] for one in order[:at]} <= {GateSaid.PASSED}
    assert {told[one] for one in order[at + 1 :]} <= {GateSaid.NOT_ASKED}


def test_what_was_skipped_names_its_gate():
    told = tell(state=MessageState.SKIPPED, reason="suppressed")
    assert told[SkipReason.NO_CONSENT] is GateSaid.PASSED
    assert told[SkipReason.SUPPRESSED] is GateSaid.REFUSED
    assert told[SkipReason.HOLDOUT] is GateSaid.NOT_ASKED


def test_what_has_left_passed_all_gates_that_concern_it():
    assert set(tell(state=MessageState.SENT).values()) == {GateSaid.PASSED}
    told = tell(state=MessageState.SENT, message_class="transactional")
    apart = [gate for gate, said in told.items() if said is GateSaid.NOT_CONCERNED]
    assert apart == [
        "unsubscribed",
        "no_consent",
        "paused",
        "holdout",
        "quiet_hours",
        "legal_hours",
        "capped",
    ]
    told = tell(state=MessageState.SENT, channel="email")
    apart = [gate for gate, said in told.items() if said is GateSaid.NOT_CONCERNED]
    assert apart == ["opted_out", "legal_hours"]
    told = tell(state=MessageState.FAILED, channel="webhook", reason=FailReason.REFUSED)
    asked = [gate for gate, said in told.items() if said is GateSaid.PASSED]
    assert asked == ["journey_ended", "contact_deleted", "expired"]


def test_what_waits_is_told_what_holds_it():
    told = tell(state=MessageState.QUEUED, verdict=Defer(NOW + timedelta(hours=7)))
    assert told[SkipReason.QUIET_HOURS] is GateSaid.HOLDS
    assert told[SkipReason.REPEATED] is GateSaid.NOT_ASKED
    held = Defer(NOW + timedelta(hours=7), SkipReason.CAPPED, "weekly")
    told = tell(state=MessageState.QUEUED, verdict=held)
    assert told[SkipReason.QUIET_HOURS] is GateSaid.PASSED
    assert told[SkipReason.CAPPED] is GateSaid.HOLDS
    assert (
        tell(state=MessageState.QUEUED, verdict=Skip(SkipReason.REPEATED))["repeated"]
        is GateSaid.REFUSED
    )


def test_what_was_taken_back_was_asked_nothing():
    told = tell(state=MessageState.CANCELLED, reason=CancelReason.LEFT)
    assert set(told.values()) == {GateSaid.NOT_ASKED}
