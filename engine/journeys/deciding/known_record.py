"""A ticket, deal or cart as deciding sees it, and as its events change it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.events.arrivals import RECORD, Arrived, Subject
from engine.parts.changes import is_same
from engine.triggers.record import STATE, RecordTimes

OWN_NAMES: Final = ("type", "key", "state")
"""What conditions see of a record besides its fields; no field may be called so."""


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record as a chunk looks at it.

    Attributes:
        contact_id: who is written to.
        values: what conditions see under `subject`: its fields, and what it is.
    """

    key: str
    contact_id: int
    times: RecordTimes
    values: Mapping[str, Any]

    def describe(self) -> dict[str, Any]:
        """Return it as conditions see it under `trigger.properties`."""
        own = {name: self.values.get(name) for name in OWN_NAMES}
        fields = {name: value for name, value in self.values.items() if name not in own}
        return {**own, "fields": fields}


def describe_values(
    type_: str, key: str, state: str | None, fields: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a record as conditions see it under `subject`: its fields, and what it is."""
    own = {"type": type_, "key": key}
    return {**fields, **own, **({} if state is None else {STATE: state})}


def list_record_changes(
    before: Mapping[str, Any],
    was: str | None,
    fields: Mapping[str, Any],
    state: str | None,
) -> dict[str, list[Any]]:
    """Return what differs in a record by name: [before, after]; null for none.

    Args:
        before: its fields until now.
        was: its state until now.
        fields: all of them, from now on.
        state: from now on.
    """
    changes = {
        name: [before.get(name), fields.get(name)]
        for name in sorted(before.keys() | fields.keys())
        if (name in before) != (name in fields) or not is_same(before.get(name), fields.get(name))
    }
    return changes if state == was else {**changes, STATE: [was, state]}


def describe_changed(
    type_: str,
    key: str,
    state: str | None,
    fields: Mapping[str, Any],
    changes: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the properties of the event that tells of a new or changed record."""
    return {
        "type": type_,
        "key": key,
        "state": state,
        "fields": dict(fields),
        "changes": dict(changes),
    }


def follow(known: KnownRecord | None, event: Arrived) -> KnownRecord:
    """Return a record as an event about it leaves it.

    Args:
        known: as it was before; None if this is the first that is heard of it.
        event: Record Created or Record Changed.
    """
    about, at = event.properties, event.occurred_at
    is_new_state = known is None or STATE in (about.get("changes") or {})
    times = RecordTimes(
        about["state"],
        created_at=at if known is None else known.times.created_at,
        updated_at=at,
        state_since=at if known is None or is_new_state else known.times.state_since,
    )
    values = describe_values(about["type"], about["key"], about["state"], about["fields"])
    return KnownRecord(about["key"], event.contact_id, times, values)


def read_values(
    records: Mapping[Subject, KnownRecord], subject: Subject | None
) -> Mapping[str, Any]:
    """Return what conditions see of a subject under `subject`; nothing of a contact."""
    known = None if subject is None else records.get(subject)
    return {} if known is None else known.values


def read_record(kind: str, subject_id: int) -> Subject | None:
    """Return what an enrollment's row is about besides its contact."""
    return (kind, subject_id) if kind == RECORD else None
