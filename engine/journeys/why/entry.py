"""Whether the trigger came, and what each gate of entry says. Pure."""

from datetime import datetime
from typing import Final

from engine.events.arrivals import Arrived
from engine.journeys.deciding.asking import PartGone
from engine.journeys.deciding.gates import Candidate, Cause, Disregard, Past, Refusal, find_refusal
from engine.journeys.deciding.groups import name_salt
from engine.journeys.deciding.matching import describe
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.states import JourneyState
from engine.journeys.definition.journey import EnterAgain, EnterOnce
from engine.journeys.reference.reasons_page import explain_reason
from engine.journeys.why.answer import Gate, Refused, Seen
from engine.journeys.why.case import Case, find_match
from engine.journeys.why.words import list_lines, show_at, show_length, show_trigger
from engine.language.say import say
from engine.messages.gates.policy import is_held_out
from engine.messages.states import SkipReason
from engine.models.entry import EntryRefusal
from engine.models.journey import Enrollment
from engine.parts.entering import read_entry_key
from engine.parts.matching import ANY_EVENT, EventMatch
from engine.rules.explain import explain, explain_where, recall
from engine.triggers.absence import AbsenceTrigger
from engine.triggers.attribute import AttributeTrigger
from engine.triggers.inactivity import InactivityTrigger
from engine.triggers.segment import SegmentTrigger

MOST_SEEN: Final = 10


def list_seen(case: Case) -> tuple[Seen, ...]:
    """Return the last events of the trigger's name, the latest first, and what came of each."""
    plan = case.plan
    match = None if plan is None else find_match(plan.document.trigger)
    if plan is None or match is None:
        return ()
    named = [one for one in case.events if _is_of_name(match, one)]
    return tuple(_judge(case, plan, match, one) for one in named[:MOST_SEEN])


def describe_trigger(case: Case, seen: tuple[Seen, ...]) -> str:
    """Return in one sentence whether what lets a subject in has come."""
    plan = case.plan
    if plan is None:
        return say("It was never published, so nothing lets anybody in.")
    trigger = plan.document.trigger
    words = show_trigger(trigger)
    match = find_match(trigger)
    if match is not None and not seen:
        return say("{words}: none was ever seen of this contact.", words=words)
    if match is not None:
        return say(
            "{words}: the last {n} of that name, the latest first.", words=words, n=len(seen)
        )
    if isinstance(trigger, SegmentTrigger):
        inside = trigger.segment in case.person.state.segments
        return say(
            "{words}: the contact is in it now."
            if inside
            else "{words}: the contact is not in it now.",
            words=words,
        )
    if isinstance(trigger, AttributeTrigger):
        name = trigger.attribute.partition(".")[0]
        value = case.person.state.attributes.get(name)
        return say("{words}: it is {value!r} now.", words=words, value=value)
    due = [one.due_at for one in case.watches if one.due_at is not None]
    if due:
        at = show_at(max(due), case.zone.zone)
        silence = isinstance(trigger, AbsenceTrigger | InactivityTrigger)
        return say(
            "{words}: a silence is listened to until {at}."
            if silence
            else "{words}: next on {at}.",
            words=words,
            at=at,
        )
    return f"{words}."


def list_gates(case: Case, seen: tuple[Seen, ...]) -> tuple[Gate, ...]:
    """Return the gates in their order (rule 11), as they would answer now, and the holdout."""
    plan = case.plan
    if plan is None:
        return ()
    latest = next((one for one in case.events if seen and one.id == seen[0].event), None)
    key = "" if latest is None else read_entry_key(plan.entry_place, latest) or ""
    return (
        _ask_state(case),
        _ask_filter(case, plan, latest),
        _ask_inside(case, key),
        _ask_again(case, plan, key),
        _ask_room(case, plan),
        _ask_holdout(case, plan),
    )


def describe_refused(case: Case) -> Refused | None:
    """Return the last refusal that was kept."""
    row = case.refusal
    if row is None:
        return None
    at = show_at(row.at, case.zone.zone)
    return Refused(
        at=row.at,
        reason=row.reason,
        event=row.event_id,
        times=row.times,
        sentence=f"{at}: {row.reason}, {explain_reason(row.reason, Refusal)}.",
        details=_list_refused(case, row),
    )


def _list_refused(case: Case, row: EntryRefusal) -> tuple[str, ...]:
    """Return what the gate saw then, as lines."""
    plan = case.plans.get(row.version_id)
    match row.details:
        case {"leaves": leaves} if plan is not None and plan.document.entry.when is not None:
            return list_lines(recall(plan.document.entry.when, iter(leaves)))
        case {"entered_at": at}:
            return (
                say("it entered on {at}", at=show_at(datetime.fromisoformat(at), case.zone.zone)),
            )
        case {"at_most": n}:
            return (say("at most {n} may be inside", n=n),)
        case {"depth": n}:
            return (say("journeys had led to one another {n} times in a row", n=n),)
        case _:
            return ()


def _is_of_name(match: EventMatch, event: Arrived) -> bool:
    return event.is_activity if match.event == ANY_EVENT else event.name == match.event


def _judge(case: Case, plan: Plan, match: EventMatch, event: Arrived) -> Seen:
    """Return what came of one event, or why nothing did: the first reason there is."""
    reason, words, details = _find_reason(case, plan, match, event)
    entered = None if reason else _find_entered(case, event)
    if entered is not None:
        words = say("it let in enrollment {id}", id=entered.id)
    at = show_at(event.occurred_at, case.zone.zone)
    return Seen(
        event=event.id,
        name=event.name,
        occurred_at=event.occurred_at,
        received_at=event.received_at,
        mode=event.mode,
        reason=reason,
        enrollment=None if entered is None else entered.id,
        sentence=say('"{name}" of {at}: {words}.', name=event.name, at=at, words=words),
        details=details,
    )


def _find_reason(
    case: Case, plan: Plan, match: EventMatch, event: Arrived
) -> tuple[str | None, str, tuple[str, ...]]:
    if event.mode != "live":
        return (
            Disregard.HISTORY,
            say("it came with an import or a back-fill, which starts no journey"),
            (),
        )
    age = event.received_at - event.occurred_at
    if age > case.moment.trigger_age:
        words = say(
            "it was told {age} after it happened, which is too late to let in", age=show_length(age)
        )
        return Disregard.TOO_OLD, words, ()
    if _find_entered(case, event) is not None:
        return None, "", ()
    if _came_too_early(case, event):
        return Disregard.NOT_LIVE, say("the journey let nobody in at that moment"), ()
    if not match.admits(event.properties):
        where = explain_where(match.where, event.properties) if match.where is not None else None
        details = () if where is None else list_lines(where)
        return Disregard.WHERE, say("the trigger's filter is not true of it"), details
    refusal = _find_refusal(case, plan, event)
    if refusal is None:
        return None, say("it matched; nothing stood against it"), ()
    details = ()
    if refusal == Refusal.FILTER and plan.document.entry.when is not None:
        details = _explain_filter(case, plan, event)
    return (
        refusal,
        say("it matched, but {why}", why=describe_refusal(case, refusal, event)),
        details,
    )


def describe_refusal(case: Case, refusal: str, event: Arrived) -> str:
    """Return in words why an event that matched did not let its contact in."""
    entered = [one.entered_at for one in case.enrollments if one.entered_at <= event.received_at]
    entered_at = max(entered, default=max(case.entries.values(), default=None))
    when = (
        say("before")
        if entered_at is None
        else say("on {at}", at=show_at(entered_at, case.zone.zone))
    )
    match refusal:
        case Refusal.FILTER:
            return say("the entry condition was not true of the contact")
        case Refusal.BEFORE:
            return say("the contact had entered {when}, and enters this journey once", when=when)
        case Refusal.INSIDE:
            return say("the contact was inside already, having entered {when}", when=when)
        case Refusal.TOO_SOON:
            return say(
                "the contact had entered {when}, and that was too short a while ago", when=when
            )
        case Refusal.FULL:
            return say("the journey had let in as many as it may")
        case _:
            return explain_reason(refusal, Refusal)


def _find_entered(case: Case, event: Arrived) -> Enrollment | None:
    for one in case.enrollments:
        cause = one.data.get("cause") or [None]
        if event.id in (cause[0], (one.data.get("trigger") or {}).get("id")):
            return one
    return None


def _came_too_early(case: Case, event: Arrived) -> bool:
    """Return whether the journey was not live when the event came, as far as rows tell."""
    at, journey = event.received_at, case.journey
    if case.published_at is None or at < case.published_at:
        return True
    since = journey.paused_at or journey.updated_at
    return journey.state != JourneyState.LIVE and at >= since


def _find_refusal(case: Case, plan: Plan, event: Arrived) -> str | None:
    """Return the gate that said no: as it was kept, else found anew from what is known now."""
    row = case.refusal
    if row is not None and row.event_id == event.id:
        return row.reason
    key = read_entry_key(plan.entry_place, event)
    candidate = Candidate(
        contact_id=event.contact_id,
        entry_key=key,
        trigger=describe(event),
        cause=Cause(
            event.id, event.root_id or event.id, event.depth, event.context.get("journey_id")
        ),
    )
    state = case.person.state_with(trigger=candidate.trigger)
    try:
        return find_refusal(
            plan,
            candidate,
            _find_past(case, key or "", event.received_at),
            holds=lambda condition: case.asker.holds(condition, state),
            now=event.received_at,
        )
    except PartGone:
        return Refusal.GONE


def _find_past(case: Case, key: str, at: datetime) -> Past:
    """Return what the journey had seen of the contact by then."""
    same = [one for one in case.enrollments if one.entry_key == key and one.entered_at <= at]
    is_inside = any(one.ended_at is None or one.ended_at > at for one in same)
    entered = [one.entered_at for one in same]
    if (last := case.entries.get(key)) is not None and last <= at:
        entered.append(last)
    return Past(is_inside, max(entered, default=None), case.room)


def _ask_state(case: Case) -> Gate:
    state = case.journey.state
    if state == JourneyState.LIVE:
        return Gate("live", passes=True, reason=None, sentence=say("The journey lets subjects in."))
    sentence = say("The journey is {state}, so nobody enters.", state=say(state))
    return Gate("live", passes=False, reason=Disregard.NOT_LIVE, sentence=sentence)


def _ask_filter(case: Case, plan: Plan, event: Arrived | None) -> Gate:
    when = plan.document.entry.when
    if when is None:
        return Gate(
            "filter", passes=True, reason=None, sentence=say("There is no entry condition.")
        )
    state = case.person.state_with(trigger=describe(event) if event is not None else {})
    try:
        holds = case.asker.holds(when, state)
    except PartGone as error:
        return Gate(
            "filter",
            passes=False,
            reason=Refusal.GONE,
            sentence=say("Nobody enters: {error}.", error=error),
        )
    return Gate(
        "filter",
        passes=holds,
        reason=None if holds else Refusal.FILTER,
        sentence=say(
            "The entry condition is true now." if holds else "The entry condition is not true now."
        ),
        details=_explain_filter(case, plan, event),
    )


def _explain_filter(case: Case, plan: Plan, event: Arrived | None) -> tuple[str, ...]:
    when = plan.document.entry.when
    if when is None:
        return ()
    state = case.person.state_with(trigger=describe(event) if event is not None else {})
    return list_lines(explain(when, state, now=case.now, default_zone=case.moment.default_zone))


def _ask_inside(case: Case, key: str) -> Gate:
    past = _find_past(case, key, case.now)
    sentence = (
        say("It is under way in this journey.") if past.is_inside else say("It is not inside.")
    )
    return Gate(
        "inside",
        passes=not past.is_inside,
        reason=Refusal.INSIDE if past.is_inside else None,
        sentence=sentence,
    )


def _ask_again(case: Case, plan: Plan, key: str) -> Gate:
    reentry = plan.document.entry.reentry
    entered_at = _find_past(case, key, case.now).entered_at
    if entered_at is None:
        return Gate(
            "re-entry", passes=True, reason=None, sentence=say("It has not entered before.")
        )
    entered = say("It entered last on {at}", at=show_at(entered_at, case.zone.zone))
    match reentry:
        case EnterOnce():
            sentence = say("{entered}, and enters once, ever.", entered=entered)
            return Gate("re-entry", passes=False, reason=Refusal.BEFORE, sentence=sentence)
        case EnterAgain(not_within=wait) if wait is not None and case.now - entered_at < wait:
            until = show_at(entered_at + wait, case.zone.zone)
            sentence = say("{entered}; not again before {until}.", entered=entered, until=until)
            return Gate("re-entry", passes=False, reason=Refusal.TOO_SOON, sentence=sentence)
        case _:
            return Gate(
                "re-entry",
                passes=True,
                reason=None,
                sentence=say("{entered}; it may again.", entered=entered),
            )


def _ask_room(case: Case, plan: Plan) -> Gate:
    if case.room is None:
        return Gate("cap", passes=True, reason=None, sentence=say("Any number may enter."))
    at_most, is_full = plan.document.entry.at_most, case.room <= 0
    return Gate(
        "cap",
        passes=not is_full,
        reason=Refusal.FULL if is_full else None,
        sentence=say("Of {at_most} entries {n} are left.", at_most=at_most, n=max(0, case.room)),
    )


def _ask_holdout(case: Case, plan: Plan) -> Gate:
    percent = plan.document.settings.holdout_percent
    uid = str(case.contact.uid)
    if not is_held_out(name_salt(plan.key), uid, percent):
        sentence = (
            say("It is not one of those held out.") if percent else say("Nobody is held out.")
        )
        return Gate("holdout", passes=True, reason=None, sentence=sentence)
    sentence = say(
        "It is one of the {percent} % who enter, and get no marketing, to compare with.",
        percent=percent,
    )
    return Gate("holdout", passes=False, reason=SkipReason.HOLDOUT, sentence=sentence)
