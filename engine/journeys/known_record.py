"""A ticket, deal or cart as deciding sees it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.events.arrivals import RECORD, Subject
from engine.triggers.record import RecordTimes

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


def read_values(
    records: Mapping[Subject, KnownRecord], subject: Subject | None
) -> Mapping[str, Any]:
    """Return what conditions see of a subject under `subject`; nothing of a contact."""
    known = None if subject is None else records.get(subject)
    return {} if known is None else known.values


def read_record(kind: str, subject_id: int) -> Subject | None:
    """Return what an enrollment's row is about besides its contact."""
    return (kind, subject_id) if kind == RECORD else None
