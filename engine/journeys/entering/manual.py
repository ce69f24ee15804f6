"""Lets contacts in by hand or by a call: the triggers `manual` and `api`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.contacts.finding import find_contacts
from engine.db import lock_contacts
from engine.errors import Conflict, Invalid
from engine.journeys.by_key import get_journey
from engine.journeys.deciding.admission import Newcomer
from engine.journeys.deciding.gates import Candidate
from engine.journeys.entering.enroll import Entrance
from engine.journeys.running.facts import load_people
from engine.journeys.running.live import load_live
from engine.language.say import say
from engine.triggers.api import ApiTrigger
from engine.triggers.manual import ManualTrigger


def enter(
    session: Session,
    key: str,
    contacts: Sequence[str],
    *,
    data: Mapping[str, Any],
    now: datetime,
    default_zone: str,
    entry_keys: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Let contacts into a journey through all of its gates; answer what became of each.

    Args:
        key: of the journey.
        contacts: their ids, ours or the sender's own (external ids), or e-mail addresses.
        data: what conditions see under `trigger.properties`.
        entry_keys: per contact as given, what tells this enrollment from others of it, such as an
            order's number; none: there is one only.

    Returns:
        Per contact as it was given: `entered`, `unknown`, or the gate's reason.

    Raises:
        NotFound: no such journey.
        Conflict: it is not live, or is not entered by hand or call.
        Invalid: an entry key is of nobody who is to enter.
    """
    keys = entry_keys or {}
    if strangers := sorted(keys.keys() - set(contacts)):
        raise Invalid(
            say(
                "there is an entry key for {stranger!r}, who is not among the contacts",
                stranger=strangers[0],
            )
        )
    journey = get_journey(session, key)
    plan = load_live(session).get(journey.id)
    if plan is None:
        raise Conflict(say("{key} is {state}: nobody can enter", key=key, state=journey.state))
    if not isinstance(plan.document.trigger, ManualTrigger | ApiTrigger):
        raise Conflict(
            say(
                "{key} is entered by its {kind} trigger alone",
                key=key,
                kind=plan.document.trigger.kind,
            )
        )
    found = find_contacts(session, contacts)
    held = lock_contacts(session, found.values())
    people = load_people(session, held, plan.reads)
    entrance = Entrance(session, [plan], held, now=now, default_zone=default_zone)
    at = now.isoformat().replace("+00:00", "Z")
    trigger = {"event": plan.document.trigger.kind, "occurred_at": at, "properties": dict(data)}
    became: dict[str, str] = {}
    for given in contacts:
        person = people.get(found.get(given, -1))
        if person is None:
            became[given] = "unknown"
            continue
        asked = entrance.ask(
            plan, person, Candidate(person.contact_id, keys.get(given, ""), trigger)
        )
        became[given] = "entered" if isinstance(asked, Newcomer) else asked.value
    entrance.write()
    return became
