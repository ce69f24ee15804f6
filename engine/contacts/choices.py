"""A contact's choices for topics and channels: what calls state, and which are choices indeed. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

Choice = Literal["subscribed", "unsubscribed"]
ConsentKey = tuple[int, str, str]
"""(contact id, topic, channel)."""
CHANNELS: Final = ("email", "sms", "push")
ALIKE: Final = ("email", "sms")
"""What a plain value is for: a browser is asked for its own leave, and says its own yes."""
EVERYTHING: Final = "*"
"""Stands for every topic of which a contact has said nothing of its own, also those to come."""
LONGEST_TOPIC: Final = 64
CHOSEN_AT: Final = "chosen_at"
PROOF: Final = "proof"
IMPORT: Final = "import"
LONGEST_PROOF: Final = 1_000


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """One choice, as it was made.

    Attributes:
        occurred_at: when the contact chose.
        source: where: tracking, api, import, unsubscribe_link.
        proof: what shows it: the key, the words shown, the address of the page.
        is_dated: who states it says when it was made; else it is merely how things stand there.
        is_trusted: a server states it, and no page that anybody can speak for.
        is_proven: who states it says what shows it; a yes without that may want confirming.
    """

    contact_id: int
    topic: str
    channel: str
    choice: Choice
    occurred_at: datetime
    source: str
    proof: dict[str, Any] = field(default_factory=dict)
    is_dated: bool = True
    is_trusted: bool = True
    is_proven: bool = True

    @property
    def key(self) -> ConsentKey:
        """What it is a choice of."""
        return self.contact_id, self.topic, self.channel

    @property
    def wants_confirming(self) -> bool:
        """Whether it is a yes that a topic with double opt-in takes only from the address itself."""
        is_open = not (self.is_trusted and self.is_proven)
        return is_open and self.choice == "subscribed" and self.channel == "email"


@dataclass(frozen=True, slots=True)
class Stated:
    """What one call states of one topic and channel; `chosen_at` and `proof` as sent, if they were."""

    topic: str
    channel: str
    choice: Choice
    chosen_at: Any = None
    proof: str | None = None


def read_choices(given: Any) -> Iterator[Stated]:
    """Yield what `{"newsletter": true, "offers": {"sms": false}}` states.

    A plain value is for e-mail and SMS alike. Booleans, and the words subscribed and unsubscribed,
    are choices; anything else is none. Of everything there is only a no: a yes names its topic. An
    object may say with `chosen_at` when its choices were made, and with `proof` what shows them.
    """
    if not isinstance(given, dict):
        return
    for topic, said in given.items():
        per_channel = said if isinstance(said, dict) else dict.fromkeys(ALIKE, said)
        for channel in CHANNELS:
            choice = _read_choice(per_channel.get(channel))
            if topic == EVERYTHING and choice == "subscribed":
                continue
            if choice is not None and 0 < len(topic) <= LONGEST_TOPIC:
                shown = _read_proof(per_channel.get(PROOF))
                yield Stated(topic, channel, choice, per_channel.get(CHOSEN_AT), shown)


def select_new(
    changes: Sequence[ConsentChange], proofs: Mapping[ConsentKey, list[ConsentChange]]
) -> list[ConsentChange]:
    """Return those that are choices indeed, and take them into the proofs.

    Senders state with every call how consent stands with them. Who says again what it said last
    makes no new choice; and its standing yes does not lift a no that was said elsewhere, such as
    by the link in a letter, or to everything, of which it does not know. A dated choice speaks for
    itself, but a file's yes never lifts a no, whatever its date.
    Where undated ones arrive out of order, the outcome is the stricter one.

    Args:
        changes: what was stated.
        proofs: what was chosen before, oldest first; holds a list for every key that is stated.
    """
    fresh: list[ConsentChange] = []
    for change in sorted(changes, key=lambda one: one.occurred_at):
        past = proofs[change.key]
        everything = proofs.get((change.contact_id, EVERYTHING, change.channel), [])
        if not _is_choice(change, past, everything):
            continue
        past.append(change)
        past.sort(key=lambda one: one.occurred_at)
        fresh.append(change)
    return fresh


def _read_proof(value: Any) -> str | None:
    return value.strip()[:LONGEST_PROOF] or None if isinstance(value, str) else None


def _is_choice(
    change: ConsentChange, past: Sequence[ConsentChange], everything: Sequence[ConsentChange]
) -> bool:
    last = max((*everything[-1:], *past[-1:]), key=lambda one: one.occurred_at, default=None)
    is_lifting = last is not None and last.choice != change.choice == "subscribed"
    if is_lifting and change.source == IMPORT:
        # A file tells how things once stood: it never lifts a no, not even one that a file brought.
        return False
    if change.is_dated:
        return all(
            (one.choice, one.occurred_at, one.source)
            != (change.choice, change.occurred_at, change.source)
            for one in past
        )
    mine = [one for one in past if one.source == change.source]
    if mine and mine[-1].choice == change.choice:
        return False
    return not is_lifting or (last is not None and last.source == change.source)


def _read_choice(value: Any) -> Choice | None:
    match value:
        case True | "subscribed":
            return "subscribed"
        case False | "unsubscribed":
            return "unsubscribed"
        case _:
            return None
