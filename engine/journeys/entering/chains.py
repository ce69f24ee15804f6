"""Journeys that start each other without end: stopped at the entry, and told to a person (rule 108)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.accounts.notices import OWNER, NewNotice, add_notices
from engine.journeys.deciding.gates import DEEPEST_CHAIN, Candidate
from engine.journeys.deciding.plan import Plan
from engine.language.say import Sentence
from engine.models.event import Event
from engine.models.journey import Journey

Chains = dict[int | None, tuple[Plan, Candidate]]
"""By the first event of a chain: which journey it was not let into any more, and who."""


def report_chains(session: Session, chains: Chains, *, now: datetime) -> None:
    """Tell of each of these chains once, with the journeys it went through."""
    notices = []
    for root_id, (plan, candidate) in chains.items():
        began, links = _list_links(session, root_id, candidate.contact_id)
        words = Sentence(
            "A chain of journeys was stopped before '{journey}': journeys may lead to one another "
            "{most} times in a row. It began with the event '{event}'; then acted: {links}. "
            "Look which of them should not start by what the other does.",
            journey=plan.key,
            most=DEEPEST_CHAIN,
            event=began,
            links=_join(links),
        )
        notices.append(NewNotice(f"chain:{root_id}", OWNER, words))
    add_notices(session, notices, now=now)


def _join(links: Sequence[str | Sentence]) -> str | Sentence:
    """Return links as a row of them, which is said to each in their language."""
    rows = iter(links)
    row = next(rows, "")
    for link in rows:
        row = Sentence("{one} → {other}", one=row, other=link)
    return row


def _list_links(
    session: Session, root_id: int | None, contact_id: int
) -> tuple[str, list[str | Sentence]]:
    """Return the name of the first event of a chain, then the journeys that added to it."""
    events = session.execute(
        select(Event.name, Event.depth, Event.context)
        .where(Event.contact_id == contact_id, or_(Event.id == root_id, Event.root_id == root_id))
        .order_by(Event.depth, Event.id)
    ).all()
    acted = {depth: (context or {}).get("journey_id") for _, depth, context in events if depth}
    keys = _load_keys(session, {journey for journey in acted.values() if journey is not None})
    names = [
        keys.get(journey or 0) or Sentence("a deleted journey")
        for _, journey in sorted(acted.items())
    ]
    return events[0].name if events else "", names


def _load_keys(session: Session, ids: Iterable[int]) -> Mapping[int, str]:
    return dict(session.execute(select(Journey.id, Journey.key).where(Journey.id.in_(ids))).all())
