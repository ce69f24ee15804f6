"""The plans of versions, kept once built, and which journeys are live."""

from collections.abc import Iterable
from threading import Lock
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from engine.document.json_text import write_json
from engine.journeys.deciding.plan import Plan, build_plan
from engine.journeys.deciding.reads import JourneyReads
from engine.journeys.deciding.states import JourneyState
from engine.journeys.definition.journey import Journey as Document
from engine.models.journey import Journey, JourneyVersion
from engine.models.message import Template
from engine.models.segment import Segment

_plans: Final[WeakKeyDictionary[Engine, dict[int, Plan]]] = WeakKeyDictionary()
_lock: Final = Lock()


def load_plans(session: Session, version_ids: Iterable[int]) -> dict[int, Plan]:
    """Return the plans of these versions by id; each is built once in a process."""
    bind = session.get_bind()
    engine = bind if isinstance(bind, Engine) else bind.engine
    with _lock:
        known = _plans.setdefault(engine, {})
    wanted = set(version_ids)
    if missing := wanted - known.keys():
        rows = session.execute(
            select(
                JourneyVersion.id,
                JourneyVersion.number,
                JourneyVersion.journey_id,
                JourneyVersion.document,
            ).where(JourneyVersion.id.in_(missing))
        )
        for version_id, number, journey_id, document in rows:
            known[version_id] = build_plan(
                Document.model_validate_json(write_json(document)),
                version_id=version_id,
                number=number,
                journey_id=journey_id,
            )
    return {version_id: known[version_id] for version_id in wanted if version_id in known}


def load_live(session: Session) -> dict[int, Plan]:
    """Return the plans that let subjects in now, by journey id."""
    return _load_plans_of(
        session, Journey.state == JourneyState.LIVE, Journey.entries_paused.is_(False)
    )


def load_closed(session: Session) -> dict[int, Plan]:
    """Return the plans that let nobody in because of a pause, and listen all the same."""
    return _load_plans_of(
        session,
        (Journey.state == JourneyState.PAUSED)
        | ((Journey.state == JourneyState.LIVE) & Journey.entries_paused.is_(True)),
    )


def _load_plans_of(session: Session, *conditions: Any) -> dict[int, Plan]:
    rows = session.execute(select(Journey.id, Journey.version_id).where(*conditions)).all()
    plans = load_plans(session, [version for _, version in rows if version is not None])
    return {journey: plans[version] for journey, version in rows if version in plans}


def find_gone(session: Session, reads: JourneyReads) -> frozenset[tuple[str, str]]:
    """Return what these conditions ask about and is there no more: (segment or template, key)."""
    gone: set[tuple[str, str]] = set()
    for kind, row, keys in (
        ("segment", Segment, reads.segments),
        ("template", Template, reads.templates),
    ):
        if keys:
            there = set(session.scalars(select(row.key).where(row.key.in_(sorted(keys)))))
            gone |= {(kind, key) for key in keys - there}
    return frozenset(gone)


def list_paused(session: Session) -> list[int]:
    """Return the ids of journeys in which nobody moves now."""
    return list(session.scalars(select(Journey.id).where(Journey.state == JourneyState.PAUSED)))
