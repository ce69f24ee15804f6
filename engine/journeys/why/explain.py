"""Why did they get it, or not? Everything about one contact and one journey (rule 131)."""

from sqlalchemy.orm import Session

from engine.journeys.deciding.moment import Moment
from engine.journeys.deciding.states import JourneyState
from engine.journeys.why.answer import About, Gate, Journeyed, MessageTold, Seen, Whom, Why
from engine.journeys.why.case import Case, load_case
from engine.journeys.why.entry import describe_refused, describe_trigger, list_gates, list_seen
from engine.journeys.why.passage import list_enrollments
from engine.journeys.why.words import show_at, show_trigger
from engine.language.say import say


def explain_journey(session: Session, journey: str, contact: str, moment: Moment) -> Why:
    """Return why a contact got what it got of a journey, or did not.

    Args:
        journey: its key.
        contact: an external id, our own id, or an e-mail address.

    Raises:
        NotFound: no such journey, or no such contact.
    """
    case = load_case(session, journey, contact, moment)
    seen = list_seen(case)
    gates = list_gates(case, seen)
    enrollments = list_enrollments(case)
    return Why(
        verdict=derive_verdict(case, seen, gates, enrollments),
        journey=_describe_journey(case),
        contact=Whom(
            id=str(case.contact.uid),
            external_id=case.external_id,
            email=case.contact.email,
            timezone=case.zone.zone.key,
            timezone_source=case.zone.source.value,
        ),
        seen=seen,
        trigger=describe_trigger(case, seen),
        gates=gates,
        refused=describe_refused(case),
        enrollments=enrollments,
    )


def derive_verdict(
    case: Case,
    seen: tuple[Seen, ...],
    gates: tuple[Gate, ...],
    enrollments: tuple[Journeyed, ...],
) -> str:
    """Return the answer in one sentence, in order of what matters.

    What came last decides: an event that let nobody in since the last entry, else what became of
    that entry; without any, the trigger, the journey's state, and the first gate that says no.
    """
    newest = enrollments[0] if enrollments else None
    latest = seen[0] if seen else None
    is_news = latest is not None and latest.reason is not None
    if newest is not None and latest is not None and is_news:
        is_news = latest.received_at > newest.entered_at
    if newest is not None and not is_news:
        return _tell_enrollment(newest)
    if newest is not None and latest is not None:
        return f"{latest.sentence} {_tell_enrollment(newest)}" if newest.until else latest.sentence
    if case.plan is None:
        return say("The journey was never published, so nobody has entered it.")
    if latest is not None:
        return latest.sentence
    if case.refusal is not None:
        told = describe_refused(case)
        return "" if told is None else say("It did not enter. {sentence}", sentence=told.sentence)
    if case.journey.state != JourneyState.LIVE:
        return gates[0].sentence
    return _begin(describe_trigger(case, seen))


def _begin(sentence: str) -> str:
    return say("It did not enter: {why}", why=sentence[0].lower() + sentence[1:])


def _tell_enrollment(one: Journeyed) -> str:
    """Return what decides of an enrollment: how it ended, else its last message in trouble."""
    if one.status in ("failed", "exited"):
        return one.sentence
    last = one.messages[-1] if one.messages else None
    if last is not None and last.state != "sent":
        return last.sentence
    if one.status in ("due", "waiting"):
        return f"{_tell_sent(last)}{one.sentence}"
    return f"{_tell_sent(last)}{one.sentence}" if last is not None else one.sentence


def _tell_sent(last: MessageTold | None) -> str:
    return "" if last is None else f"{last.sentence} "


def _describe_journey(case: Case) -> About:
    row, plan = case.journey, case.plan
    number = None if plan is None else plan.number
    words = say("nothing yet") if plan is None else show_trigger(plan.document.trigger)
    sentence = say("It is {state}", state=say(row.state)) + (
        "" if number is None else say(", at version {number}", number=number)
    )
    if row.state == JourneyState.PAUSED and row.paused_at is not None:
        by = say(", by {paused_for}", paused_for=row.paused_for) if row.paused_for else ""
        sentence += say(
            ", since {paused_at}{by}", paused_at=show_at(row.paused_at, case.zone.zone), by=by
        )
    return About(
        key=row.key,
        name=row.name,
        state=row.state,
        version=number,
        published_at=case.published_at,
        paused_at=row.paused_at,
        paused_for=row.paused_for,
        trigger=words,
        sentence=say("{sentence}. It begins with {words}.", sentence=sentence, words=words),
    )
