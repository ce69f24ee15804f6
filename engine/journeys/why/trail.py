"""One enrollment: whose it is, where it went, and what a colleague may do to it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.contacts.naming import find_name
from engine.errors import NotFound
from engine.journeys.deciding.moment import Moment
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus, JourneyState
from engine.journeys.publishing.interventions import waits_for_time
from engine.journeys.why.answer import Journeyed, Whom
from engine.journeys.why.case import load_case
from engine.journeys.why.passage import list_enrollments
from engine.language.say import say
from engine.models.contact import Contact
from engine.models.journey import Enrollment, Journey


@dataclass(frozen=True, slots=True)
class Trail:
    """One enrollment with all its visits.

    Attributes:
        journey: key.
        name: of the contact; empty if it has none.
        may_skip: whether it waits for its time, which a colleague may end.
        may_eject: whether it is under way or set aside, so that a colleague may take it out.
    """

    journey: str
    journey_name: str
    journey_state: str
    name: str
    contact: Whom
    enrollment: Journeyed
    may_skip: bool
    may_eject: bool


def follow(session: Session, enrollment_id: int, moment: Moment) -> Trail:
    """Return where an enrollment went, step by step.

    Raises:
        NotFound: there is no such enrollment, or its contact or journey is gone.
    """
    found = session.execute(
        select(Enrollment, Journey, Contact)
        .join(Journey, Journey.id == Enrollment.journey_id)
        .join(Contact, Contact.id == Enrollment.contact_id)
        .where(Enrollment.id == enrollment_id)
    ).one_or_none()
    if found is None:
        msg = say("there is no such enrollment")
        raise NotFound(msg)
    row, journey, contact = found
    case = load_case(session, journey.key, str(contact.uid), moment, only=enrollment_id)
    status = EnrollmentStatus(row.status)
    is_asleep = status is EnrollmentStatus.WAITING and row.signal is None
    return Trail(
        journey=journey.key,
        journey_name=journey.name,
        journey_state=journey.state,
        name=find_name(contact.attributes),
        contact=Whom(
            id=str(contact.uid),
            external_id=case.external_id,
            email=contact.email,
            timezone=case.zone.zone.key,
            timezone_source=case.zone.source.value,
        ),
        enrollment=list_enrollments(case)[0],
        may_skip=is_asleep
        and journey.state != JourneyState.PAUSED
        and waits_for_time(case.plans[row.version_id], row.node),
        may_eject=status in ACTIVE or status is EnrollmentStatus.FAILED,
    )
