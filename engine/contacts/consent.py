"""A contact's choices for topics and channels, each with its proof."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bulk import copy_rows, is_any
from engine.db import insert_into
from engine.models.contact import Consent, ConsentProof

Choice = Literal["subscribed", "unsubscribed"]
ConsentKey = tuple[int, str, str]
"""(contact id, topic, channel)."""
CHANNELS: Final = ("email", "sms")
LONGEST_TOPIC: Final = 64
CHOSEN_AT: Final = "chosen_at"


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """One choice, as it was made.

    Attributes:
        occurred_at: when the contact chose.
        source: where: tracking, api, import, unsubscribe_link, journey.
        proof: what shows it: the key, the words shown, the address of the page.
        is_dated: who states it says when it was made; else it is merely how things stand there.
    """

    contact_id: int
    topic: str
    channel: str
    choice: Choice
    occurred_at: datetime
    source: str
    proof: dict[str, Any] = field(default_factory=dict)
    is_dated: bool = True

    @property
    def key(self) -> ConsentKey:
        """What it is a choice of."""
        return self.contact_id, self.topic, self.channel


@dataclass(frozen=True, slots=True)
class Stated:
    """What one call states of one topic and channel; `chosen_at` as it was sent, if it was."""

    topic: str
    channel: str
    choice: Choice
    chosen_at: Any = None


def read_choices(given: Any) -> Iterator[Stated]:
    """Yield what `{"newsletter": true, "offers": {"sms": false}}` states.

    A plain value is for e-mail and SMS alike. Booleans, and the words subscribed and unsubscribed,
    are choices; anything else is none. An object may say with `chosen_at` when its choices were made.
    """
    if not isinstance(given, dict):
        return
    for topic, said in given.items():
        per_channel = said if isinstance(said, dict) else dict.fromkeys(CHANNELS, said)
        for channel in CHANNELS:
            choice = _read_choice(per_channel.get(channel))
            if choice is not None and 0 < len(topic) <= LONGEST_TOPIC:
                yield Stated(topic, channel, choice, per_channel.get(CHOSEN_AT))


def list_new(session: Session, changes: Sequence[ConsentChange]) -> list[ConsentChange]:
    """Return those that are choices indeed. The caller holds the contacts' rows.

    Senders state with every call how consent stands with them. Who says again what it said last
    makes no new choice; and its standing yes does not lift a no that was said elsewhere, such as
    by the link in a letter, of which it does not know. A dated choice speaks for itself. Where
    undated ones arrive out of order, the outcome is the stricter one.
    """
    if not changes:
        return []
    proofs = _load_proofs(session, {change.contact_id for change in changes})
    fresh: list[ConsentChange] = []
    for change in sorted(changes, key=lambda one: one.occurred_at):
        past = proofs.setdefault(change.key, [])
        if not _is_choice(change, past):
            continue
        past.append(change)
        past.sort(key=lambda one: one.occurred_at)
        fresh.append(change)
    return fresh


def record_consents(session: Session, changes: Sequence[ConsentChange], *, now: datetime) -> None:
    """Keep these choices, and a proof of each. The later choice wins, whenever it arrives."""
    if not changes:
        return
    latest: dict[ConsentKey, ConsentChange] = {}
    for change in changes:
        if change.key not in latest or change.occurred_at >= latest[change.key].occurred_at:
            latest[change.key] = change
    statement = insert_into(session, Consent)
    session.connection().execute(
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
    copy_rows(
        session,
        ConsentProof,
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


def _is_choice(change: ConsentChange, past: Sequence[ConsentChange]) -> bool:
    if change.is_dated:
        return all(
            (one.choice, one.occurred_at, one.source)
            != (change.choice, change.occurred_at, change.source)
            for one in past
        )
    mine = [one for one in past if one.source == change.source]
    if mine and mine[-1].choice == change.choice:
        return False
    is_refused = bool(past) and past[-1].choice == "unsubscribed"
    return not (change.choice == "subscribed" and is_refused and past[-1].source != change.source)


def _load_proofs(
    session: Session, contact_ids: Collection[int]
) -> dict[ConsentKey, list[ConsentChange]]:
    rows = session.execute(
        select(
            ConsentProof.contact_id,
            ConsentProof.topic,
            ConsentProof.channel,
            ConsentProof.choice,
            ConsentProof.occurred_at,
            ConsentProof.source,
        )
        .where(is_any(session, ConsentProof.contact_id, contact_ids))
        .order_by(ConsentProof.occurred_at, ConsentProof.id)
    )
    found: dict[ConsentKey, list[ConsentChange]] = {}
    for contact_id, topic, channel, said, occurred_at, source in rows:
        choice = cast(Choice, said)
        change = ConsentChange(contact_id, topic, channel, choice, occurred_at, source)
        found.setdefault(change.key, []).append(change)
    return found


def _read_choice(value: Any) -> Choice | None:
    match value:
        case True | "subscribed":
            return "subscribed"
        case False | "unsubscribed":
            return "unsubscribed"
        case _:
            return None
