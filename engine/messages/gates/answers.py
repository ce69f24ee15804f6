"""What each gate said to a message, in the order in which they are asked (rule 78). Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.messages.gates.policy import Defer, Skip, Verdict
from engine.messages.states import MessageState, SkipReason

_PEOPLE: Final = frozenset(SkipReason) - {
    SkipReason.JOURNEY_ENDED,
    SkipReason.CONTACT_DELETED,
    SkipReason.EXPIRED,
}
"""Gates that letters and texts pass, and calls do not."""
_MARKETING: Final = frozenset(
    {
        SkipReason.UNSUBSCRIBED,
        SkipReason.NO_CONSENT,
        SkipReason.PAUSED,
        SkipReason.HOLDOUT,
        SkipReason.QUIET_HOURS,
        SkipReason.LEGAL_HOURS,
        SkipReason.CAPPED,
    }
)
_TEXTS: Final = frozenset({SkipReason.OPTED_OUT, SkipReason.LEGAL_HOURS})
"""Gates that texts alone pass."""
_PASSED: Final = frozenset(
    {
        MessageState.SENDING,
        MessageState.SENT,
        MessageState.FAILED,
        MessageState.UNCERTAIN,
        MessageState.SET_ASIDE,
    }
)
"""States that a message reaches only behind all gates."""


class GateSaid(StrEnum):
    """What a gate said."""

    PASSED = "passed"
    REFUSED = "refused"  # it left nothing to the gates behind it
    HOLDS = "holds"  # not yet: quiet hours, or a sending limit
    NOT_ASKED = "not_asked"  # a gate before it said no, or nobody has asked yet
    NOT_CONCERNED = "not_concerned"  # it is not for messages of this class or channel


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate, by the reason that it gives where it says no."""

    gate: SkipReason
    said: GateSaid


def tell_gates(
    *,
    channel: str,
    message_class: str,
    state: MessageState,
    reason: str | None,
    verdict: Verdict | None = None,
) -> tuple[Gate, ...]:
    """Return every gate in its order, with what it said.

    Args:
        channel: of the message.
        message_class: marketing or transactional.
        state: where the message stands.
        reason: why it did not leave, if it did not.
        verdict: of one that waits: what the gates would say now.
    """
    stop, said = _find_stop(state, reason, verdict)
    is_open = state in _PASSED or (state is MessageState.QUEUED and verdict is not None)
    told: list[Gate] = []
    for gate in SkipReason:
        if not _concerns(gate, channel, message_class):
            told.append(Gate(gate, GateSaid.NOT_CONCERNED))
        elif gate is stop:
            told.append(Gate(gate, said))
            is_open = False
        else:
            is_before = stop is not None and _ORDER[gate] < _ORDER[stop]
            told.append(Gate(gate, GateSaid.PASSED if is_open or is_before else GateSaid.NOT_ASKED))
    return tuple(told)


_ORDER: Final = {gate: place for place, gate in enumerate(SkipReason)}


def _find_stop(
    state: MessageState, reason: str | None, verdict: Verdict | None
) -> tuple[SkipReason | None, GateSaid]:
    """Return the gate that does not let it through, and what that one says."""
    if state in (MessageState.SKIPPED, MessageState.CANCELLED) and reason in set(SkipReason):
        return SkipReason(reason), GateSaid.REFUSED
    match verdict:
        case Defer(gate=gate):
            return gate, GateSaid.HOLDS
        case Skip(gate):
            return gate, GateSaid.REFUSED
        case _:
            return None, GateSaid.PASSED


def _concerns(gate: SkipReason, channel: str, message_class: str) -> bool:
    if channel == "webhook" and gate in _PEOPLE:
        return False
    if channel != "sms" and gate in _TEXTS:
        return False
    return message_class == "marketing" or gate not in _MARKETING
