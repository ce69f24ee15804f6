"""Why an enrollment was left early: the engine's own reasons, a closed list (rule 131).

A document's `exits` and `leave` nodes add reasons in words of their own; reports show those as they
were written. docs/reasons.md is made of this list and of those of entries and messages.
"""

from enum import StrEnum


class ExitReason(StrEnum):
    """Why the engine ended an enrollment before the end of its journey."""

    UNSUBSCRIBED = "unsubscribed"  # settings.exit_on_unsubscribe, and the contact said no
    MESSAGE_SKIPPED = "message_skipped"  # a gate refused the message; on_skip is exit
    MESSAGE_FAILED = "message_failed"  # it could not be made or handed over; on_error is exit
    CALL_FAILED = "call_failed"  # no good answer of a webhook; on_error is exit
    DATE_MISSING = "date_missing"  # a wait until a date that is not there; on_missing is exit
    ANCHOR_CHANGED = "anchor_changed"  # the date that let the contact in is another now
    LOOP_LIMIT = "loop_limit"  # settings.visit_limit visits to one node, or a pass without end
    MISSED_WHILE_PAUSED = "missed_while_paused"  # due during a pause, which was ended with drop
    STOPPED_BY_JOURNEY = "stopped_by_journey"  # a stop_journey node of another enrollment
    JOURNEY_EDITED = "journey_edited"  # a new version has no place for it; the moves say exit
    JOURNEY_STOPPED = "journey_stopped"  # a colleague stopped the journey, and ended all inside
    EJECTED = "ejected"  # a colleague took it out
    MERGED = "merged"  # two contacts were one person; the other's enrollment goes on
    CONTACT_DELETED = "contact_deleted"  # the contact was deleted or erased
