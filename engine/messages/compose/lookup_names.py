"""What a letter looks things up in, by the names that it writes as plain texts. Pure.

A name that is put together only while a letter is made is not seen.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from jinja2 import TemplateSyntaxError, nodes

from engine.language.say import say
from engine.messages.compose.compile_template import locate_lines
from engine.messages.compose.lint_finding import Finding, find
from engine.messages.compose.lookup_functions import DEFAULT, FUNCTIONS
from engine.messages.compose.render_environment import build_environment
from engine.messages.compose.template_errors import Position, TemplateRefused
from engine.messages.compose.template_source import expand_includes, leave_out_comments

Sort = Literal["catalog", "coupon_pool", "source"]
SORTS: Final[Mapping[str, Sort]] = {
    "catalog": "catalog",
    "catalog_list": "catalog",
    "recommend": "catalog",
    "coupon": "coupon_pool",
    "fetched": "source",
}
"""By the name of a function what is named to it first."""
CODES: Final = frozenset(f"{sort}_unknown" for sort in SORTS.values())
"""Of findings about names that nothing has."""


@dataclass(frozen=True, slots=True)
class NamedLookup:
    """A name, and where it stands.

    Attributes:
        has_default: the letter says what stands there where there is no answer.
    """

    sort: Sort
    name: str
    position: Position
    has_default: bool

    @property
    def code(self) -> str:
        """What it is, for programs, where there is none of this name."""
        return f"{self.sort}_unknown"


@dataclass(frozen=True, slots=True)
class KnownLookups:
    """The names of everything that letters can look things up in."""

    catalogs: frozenset[str] = frozenset()
    coupon_pools: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()

    def has(self, named: NamedLookup) -> bool:
        """Return whether there is one of this name."""
        match named.sort:
            case "catalog":
                return named.name in self.catalogs
            case "coupon_pool":
                return named.name in self.coupon_pools
            case "source":
                return named.name in self.sources


def list_named(source: str, partials: Mapping[str, str]) -> list[NamedLookup]:
    """Return the names in a template's source and in what it includes; of a broken one none."""
    try:
        pieces = leave_out_comments(expand_includes(source, partials))
        tree = build_environment(autoescape=True).parse("".join(one.source for one in pieces))
    except (TemplateRefused, TemplateSyntaxError, RecursionError):
        return []  # which is said by whoever compiles it
    locate = locate_lines(pieces)
    return [named for call in tree.find_all(nodes.Call) for named in _read_call(call, locate)]


def list_names(source: str, sort: Sort) -> list[str]:
    """Return the names of one sort, each once, that a source gives by itself and not by what it includes."""
    if not any(function in source for function, of in SORTS.items() if of == sort):
        return []
    try:
        tree = build_environment(autoescape=True).parse(source)
    except (TemplateSyntaxError, RecursionError):
        return []
    named = [
        one.name
        for call in tree.find_all(nodes.Call)
        for one in _read_call(call, lambda line: Position("", line, 1))
        if one.sort == sort
    ]
    return list(dict.fromkeys(named))


def _read_call(call: nodes.Call, locate: Callable[[int], Position]) -> Iterator[NamedLookup]:
    if not (isinstance(call.node, nodes.Name) and call.node.name in SORTS):
        return
    named = {one.key: one.value for one in call.kwargs}
    first = call.args[0] if call.args else named.get(FUNCTIONS[call.node.name].parameters[0])
    if isinstance(first, nodes.Const) and isinstance(first.value, str):
        place = locate(first.lineno or 1)
        yield NamedLookup(SORTS[call.node.name], first.value, place, DEFAULT in named)


def look_at_names(
    source: str, partials: Mapping[str, str], known: KnownLookups
) -> Iterator[Finding]:
    """Yield a finding for each name that nothing has."""
    for named in list_named(source, partials):
        if not known.has(named):
            words = say_missing(named)
            if named.has_default:
                words += say(": what it gives as default stands there")
            severity: Literal["hint", "error"] = "hint" if named.has_default else "error"
            yield find(named.position, named.code, words, severity)


def say_missing(named: NamedLookup) -> str:
    """Return that there is none of this name."""
    match named.sort:
        case "catalog":
            return say("there is no catalog {name!r}", name=named.name)
        case "coupon_pool":
            return say("there is no coupon pool {name!r}", name=named.name)
        case "source":
            return say("there is no source {name!r}", name=named.name)


def say_place(position: Position) -> str:
    """Return the line, and of which partial it is."""
    if position.source:
        return say("line {line} of {source}", line=position.line, source=position.source)
    return say("line {line}", line=position.line)
