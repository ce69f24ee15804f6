"""The states of journeys and enrollments, and the only moves between them."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Final

from engine.errors import InvalidTransition


class JourneyState(StrEnum):
    """Where a journey stands."""

    DRAFT = "draft"  # never published
    LIVE = "live"  # lets subjects in and moves them on
    PAUSED = "paused"  # nobody enters, nobody moves, nothing leaves; events are still recorded
    STOPPED = "stopped"  # nobody enters; those inside have left or go on to their end
    DELETING = "deleting"  # gone for everybody; what it leaves behind is being cleared
    DELETED = "deleted"  # only its versions and counts are left


JOURNEY_MOVES: Final[Mapping[JourneyState, frozenset[JourneyState]]] = {
    JourneyState.DRAFT: frozenset({JourneyState.LIVE}),
    JourneyState.LIVE: frozenset({JourneyState.LIVE, JourneyState.PAUSED, JourneyState.STOPPED}),
    JourneyState.PAUSED: frozenset({JourneyState.LIVE, JourneyState.STOPPED}),
    JourneyState.STOPPED: frozenset({JourneyState.LIVE, JourneyState.DELETING}),
    JourneyState.DELETING: frozenset({JourneyState.DELETED}),
    JourneyState.DELETED: frozenset(),
}


class EnrollmentStatus(IntEnum):
    """Where an enrollment stands. Numbers, since millions of rows carry one."""

    DUE = 0  # a node is to be decided now
    WAITING = 1  # asleep until `wake_at`, or until what it waits for happens
    COMPLETED = 2  # went out by a way that leads nowhere
    EXITED = 3  # left early: `reason` says why
    FAILED = 4  # set aside: a node cannot be decided; `reason` says how, and it can be replayed


GONE: Final = (JourneyState.DELETING, JourneyState.DELETED)
"""States of journeys that are on no list."""


ENROLLMENT_MOVES: Final[Mapping[EnrollmentStatus, frozenset[EnrollmentStatus]]] = {
    EnrollmentStatus.DUE: frozenset(EnrollmentStatus),
    EnrollmentStatus.WAITING: frozenset(EnrollmentStatus),
    EnrollmentStatus.COMPLETED: frozenset(),
    EnrollmentStatus.EXITED: frozenset(),
    EnrollmentStatus.FAILED: frozenset({EnrollmentStatus.DUE, EnrollmentStatus.EXITED}),
}

ACTIVE: Final = (EnrollmentStatus.DUE, EnrollmentStatus.WAITING)


def move_journey(current: JourneyState, target: JourneyState) -> JourneyState:
    """Return `target`, having checked that a journey may go there.

    Raises:
        InvalidTransition: no such move.
    """
    if target not in JOURNEY_MOVES[current]:
        raise InvalidTransition(current, target)
    return target
