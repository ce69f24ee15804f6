"""What a contact did, from wherever it is known: counters first, raw events where they were read.

The counters' bytes are MessagePack: one row a contact, read and written whole.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from engine.rules.counters import (
    Ask,
    CannotAnswer,
    Counter,
    PackedHistory,
    RawHistory,
    Tally,
)


@dataclass(frozen=True, slots=True)
class MixedHistory:
    """Counters, and raw events of the names that were loaded.

    Attributes:
        loaded: names of which `raw` holds every event.
    """

    packed: PackedHistory = field(default_factory=PackedHistory)
    raw: RawHistory = field(default_factory=RawHistory)
    loaded: AbstractSet[str] = frozenset()

    def tally(self, ask: Ask) -> Tally:
        """Answer from the counters, else from the events themselves.

        Raises:
            CannotAnswer: neither knows.
        """
        try:
            return self.packed.tally(ask)
        except CannotAnswer:
            if ask.event not in self.loaded:
                raise
            return self.raw.tally(ask)

    def list_instants(self, ask: Ask) -> Sequence[datetime]:
        """Return instants of which one leaves the window whenever the tally changes by time.

        Raises:
            CannotAnswer: neither knows.
        """
        try:
            return self.packed.list_instants(ask)
        except CannotAnswer:
            if ask.event not in self.loaded:
                raise
            return self.raw.list_instants(ask)


def dump_history(history: PackedHistory) -> bytes:
    """Return a history's plain counters, one for each event name, as MessagePack."""
    plain: Mapping[str, list[object]] = {
        name: counter.dump() for (name, key), counter in history.counters.items() if not key
    }
    return msgspec.msgpack.encode(plain)


def load_history(data: bytes) -> PackedHistory:
    """Return the history that `dump_history` wrote."""
    plain = msgspec.msgpack.decode(data, type=dict[str, list[object]])
    return PackedHistory(
        counters={(name, ""): Counter.load(dumped) for name, dumped in plain.items()}
    )
