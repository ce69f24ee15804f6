"""One enrollment: the path of a person through a journey, and what a colleague does to it."""

from datetime import datetime
from typing import Literal

from flask import Blueprint

from engine.accounts.permissions import Permission
from engine.journeys.publishing import interventions
from engine.journeys.why.answer import Late, MessageTold, Reached, Visit, Whom
from engine.journeys.why.trail import follow
from server.api.recording import record
from server.auth import requires
from server.endpoints import Answer, endpoint
from server.wiring import get_house

blueprint = Blueprint("enrollments", __name__, url_prefix="/api/v1/enrollments")


class Whole(Answer):
    """An enrollment with every visit, in order; what is said in sentences is in English.

    `node` is where it is, or was when it ended; `until` when it goes on.
    """

    id: int
    journey: str
    journey_name: str
    journey_state: str
    version: int
    contact: Whom
    name: str
    entry_key: str
    status: Literal["due", "waiting", "completed", "exited", "failed"]
    entered_at: datetime
    node: str
    until: datetime | None
    ended_at: datetime | None
    reason: str | None
    entry: str
    sentence: str
    visits: tuple[Visit, ...]
    messages: tuple[MessageTold, ...]
    late: tuple[Late, ...]
    goals: tuple[Reached, ...]
    may_skip: bool
    may_eject: bool


class Skipped(Answer):
    """At which node the wait was ended."""

    node: str


@blueprint.get("/<int(max=9223372036854775807):enrollment_id>")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="journeys")
def show(enrollment_id: int) -> Whole:
    """Show where an enrollment went, step by step, what each step read, and what it sent."""
    house = get_house()
    with house.database.reading() as session:
        trail = follow(session, enrollment_id, house.read_moment())
    one = trail.enrollment
    return Whole(
        id=one.id,
        journey=trail.journey,
        journey_name=trail.journey_name,
        journey_state=trail.journey_state,
        version=one.version,
        contact=trail.contact,
        name=trail.name,
        entry_key=one.entry_key,
        status=one.status,  # type: ignore[arg-type]
        entered_at=one.entered_at,
        node=one.node,
        until=one.until,
        ended_at=one.ended_at,
        reason=one.reason,
        entry=one.entry,
        sentence=one.sentence,
        visits=one.visits,
        messages=one.messages,
        late=one.late,
        goals=one.goals,
        may_skip=trail.may_skip,
        may_eject=trail.may_eject,
    )


@blueprint.post("/<int(max=9223372036854775807):enrollment_id>/eject")
@requires(Permission.PUBLISH)
@endpoint(tag="journeys")
def eject(enrollment_id: int) -> None:
    """Take somebody out of a journey; what has not begun to leave does not leave any more."""
    house = get_house()
    with house.database.transaction() as session:
        interventions.eject(session, enrollment_id, now=house.clock.now())
        record(session, "enrollment.ejected", str(enrollment_id))


@blueprint.post("/<int(max=9223372036854775807):enrollment_id>/skip")
@requires(Permission.PUBLISH)
@endpoint(tag="journeys")
def skip(enrollment_id: int) -> Skipped:
    """End a wait as if its time were over: whoever waits goes on now."""
    house = get_house()
    with house.database.transaction() as session:
        node = interventions.skip_wait(session, enrollment_id, now=house.clock.now())
        record(session, "enrollment.skipped", str(enrollment_id), {"node": node})
    return Skipped(node=node)
