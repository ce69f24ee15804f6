"""The functions by which a letter asks for what stands outside of its message.

A letter renders in a child without a database. Its calls are collected, answered by the parent for a
whole group at once, and the letter is rendered again with the answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.language.say import Sentence

DEFAULT: Final = "default"
"""The argument that stands for an answer which there is none of; it never leaves the template."""
MOST_ROUNDS: Final = 4
"""Calls may depend on the answers of others so many times over."""
MOST_CALLS: Final = 50
"""Different calls of one message."""
LARGEST_ANSWERS: Final = 512 * 1024
"""Bytes that may be looked up for one message."""
LONGEST_DETAIL: Final = 300
"""Characters of why a letter was not made."""
LONGEST_CALL: Final = 2_000
"""Characters of the arguments of one call."""


@dataclass(frozen=True, slots=True)
class LookupFunction:
    """One such function.

    Attributes:
        parameters: in their order; `default` may be given to each besides.
        required: how many of them must be given.
        of_message: its answer is this message's alone.
        of_contact: its answer is this contact's alone.
        takes_any: any other name may be given to it besides.
        is_exact: answering takes something away or costs something: it is never asked for on a guess.
    """

    name: str
    parameters: tuple[str, ...]
    required: int
    of_message: bool = False
    of_contact: bool = False
    takes_any: bool = False
    is_exact: bool = False

    @property
    def signature(self) -> str:
        """How it is written, such as `catalog(name, key, default=…)`."""
        given = self.parameters[: self.required]
        named = (f"{one}=…" for one in (*self.parameters[self.required :], DEFAULT))
        others = ("city=…",) if self.takes_any else ()
        return f"{self.name}({', '.join((*given, *others, *named))})"

    def find_fault(self, positional: int, named: Sequence[str]) -> Sentence | None:
        """Return what is wrong with a call that is written like this; None: nothing."""
        if positional > len(self.parameters):
            return Sentence("too many values: {signature}", signature=self.signature)
        for one in named:
            if one != DEFAULT and one not in self.parameters and not self.takes_any:
                return Sentence(
                    "there is no {name}=: {signature}", name=one, signature=self.signature
                )
            if one in self.parameters[:positional]:
                return Sentence(
                    "{name} is given twice: {signature}", name=one, signature=self.signature
                )
        given = {*self.parameters[:positional], *named}
        missing = [one for one in self.parameters[: self.required] if one not in given]
        if not missing:
            return None
        return Sentence("{name} is missing: {signature}", name=missing[0], signature=self.signature)

    def bind(self, positional: Sequence[Any], named: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of a faultless call by the names of its parameters."""
        return {**dict(zip(self.parameters, positional, strict=False)), **named}


FUNCTIONS: Final[Mapping[str, LookupFunction]] = {
    one.name: one
    for one in (
        LookupFunction("catalog", ("name", "key"), 2),
        LookupFunction("catalog_list", ("name", "where", "sort", "limit"), 1),
        LookupFunction("coupon", ("pool",), 1, of_message=True, of_contact=True, is_exact=True),
        LookupFunction("fetched", ("source",), 1, takes_any=True, is_exact=True),
        LookupFunction("recommend", ("name", "limit", "where"), 1, of_contact=True),
    )
}
