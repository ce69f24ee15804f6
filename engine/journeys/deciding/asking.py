"""Asks conditions of contacts: each prepared once, then answered for a whole chunk. Pure."""

from datetime import datetime

from engine.journeys.deciding.notes import Leaves
from engine.language.say import say
from engine.rules.conditions import Condition, list_leaves
from engine.rules.evaluate import ContactState, Prepared, prepare
from engine.rules.explain import Finding, prepare_finding
from engine.rules.reads import list_reads


class PartGone(ValueError):
    """A condition names a segment or template that is there no more: no answer, not false."""


class Asker:
    """Answers conditions at one instant, preparing each once for all contacts of a chunk.

    Args:
        gone: what conditions name, and is there no more (rule 47): (segment or template, key).
    """

    def __init__(
        self,
        *,
        now: datetime,
        default_zone: str,
        gone: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self.now = now
        self.default_zone = default_zone
        self._gone = gone
        self._prepared: dict[int, tuple[Condition, Prepared]] = {}
        self._leaves: dict[int, list[tuple[Prepared, Finding]]] = {}

    def test(self, state: ContactState, condition: Condition) -> bool:
        """Return whether the condition is true, the contact coming first."""
        return self.holds(condition, state)

    def holds(self, condition: Condition, state: ContactState) -> bool:
        """Return whether the condition is true of this contact.

        Raises:
            PartGone: it asks about something that is there no more.
        """
        known = self._prepared.get(id(condition))
        if known is None:
            self._refuse_gone(condition)
            # The condition itself is kept, too: an id is only unique while its object lives.
            known = (
                condition,
                prepare(condition, now=self.now, default_zone=self.default_zone),
            )
            self._prepared[id(condition)] = known
        return known[1](state)

    def _refuse_gone(self, condition: Condition) -> None:
        reads = list_reads(condition) if self._gone else None
        if reads is None:
            return
        named = {("segment", key) for key in reads.segments}
        named |= {("template", key) for key in reads.templates}
        for kind, key in sorted(named & self._gone):
            msg = say("the {kind} '{key}' is gone", kind=kind, key=key)
            raise PartGone(msg)

    def read(self, condition: Condition, state: ContactState) -> Leaves:
        """Return each leaf's verdict, then what it found.

        The condition has been asked before, and so is kept with its id.
        """
        leaves = self._leaves.get(id(condition))
        if leaves is None:
            leaves = [
                (
                    prepare(leaf, now=self.now, default_zone=self.default_zone),
                    prepare_finding(leaf, now=self.now),
                )
                for leaf in list_leaves(condition)
            ]
            self._leaves[id(condition)] = leaves
        return [(holds(state), *find(state)) for holds, find in leaves]
