"""A contact's choices for topics and channels, each with its proof."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.models.contact import Consent, ConsentProof

Choice = Literal["subscribed", "unsubscribed"]


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """One choice, as it was made.

    Attributes:
        occurred_at: when the contact chose.
        source: where: tracking, api, import, unsubscribe_link.
        proof: what shows it: the key, the words shown, the address of the page.
    """

    contact_id: int
    topic: str
    channel: str
    choice: Choice
    occurred_at: datetime
    source: str
    proof: dict[str, Any] = field(default_factory=dict)


def record_consents(session: Session, changes: Sequence[ConsentChange], *, now: datetime) -> None:
    """Keep these choices, and a proof of each. The later choice wins, whenever it arrives."""
    if not changes:
        return
    latest: dict[tuple[int, str, str], ConsentChange] = {}
    for change in changes:
        key = (change.contact_id, change.topic, change.channel)
        if key not in latest or change.occurred_at >= latest[key].occurred_at:
            latest[key] = change
    statement = insert_into(session, Consent)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[Consent.contact_id, Consent.topic, Consent.channel],
            set_={
                "choice": statement.excluded.choice,
                "changed_at": statement.excluded.changed_at,
            },
            where=Consent.changed_at <= statement.excluded.changed_at,
        ),
        [
            {
                "contact_id": change.contact_id,
                "topic": change.topic,
                "channel": change.channel,
                "choice": change.choice,
                "changed_at": change.occurred_at,
            }
            for change in latest.values()
        ],
    )
    session.execute(
        insert_into(session, ConsentProof),
        [
            {
                "contact_id": change.contact_id,
                "topic": change.topic,
                "channel": change.channel,
                "choice": change.choice,
                "occurred_at": change.occurred_at,
                "recorded_at": now,
                "source": change.source,
                "proof": change.proof,
            }
            for change in changes
        ],
    )


def read_choices(given: Any) -> list[tuple[str, str, Choice]]:
    """Return (topic, channel, choice) of `{"newsletter": true, "offers": {"sms": false}}`.

    A plain value is for e-mail and SMS alike. Booleans, and the words subscribed and unsubscribed,
    are choices; anything else is none.
    """
    found: list[tuple[str, str, Choice]] = []
    if not isinstance(given, dict):
        return found
    for topic, said in given.items():
        per_channel = said if isinstance(said, dict) else {"email": said, "sms": said}
        for channel, value in per_channel.items():
            choice = _read_choice(value)
            if choice is not None and channel in ("email", "sms") and 0 < len(topic) <= 64:
                found.append((topic, channel, choice))
    return found


def _read_choice(value: Any) -> Choice | None:
    match value:
        case True | "subscribed":
            return "subscribed"
        case False | "unsubscribed":
            return "unsubscribed"
        case _:
            return None
