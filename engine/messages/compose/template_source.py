"""Cuts a template source into literal text and Jinja pieces, and expands includes.

The cutting is done by Jinja's own lexer, so what we take for a tag is exactly what Jinja will take for
one: quotes, braces and ``%}`` inside strings cannot make the two disagree.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jinja2 import Environment, TemplateSyntaxError
from jinja2.lexer import Lexer

from engine.language.say import Sentence
from engine.messages.compose.template_errors import Position, TemplateRefused

MAXIMUM_SOURCE_CHARACTERS: Final = 512 * 1024
MAXIMUM_INCLUDE_DEPTH: Final = 8

_LEXER: Final = Lexer(Environment(keep_trailing_newline=True, autoescape=True))
_INCLUDE: Final = re.compile(r"""\A[-+]?\s*include\s+(["'])([A-Za-z0-9_\-]{1,64})\1\s*[-+]?\Z""")
_KEYWORD: Final = re.compile(r"\A[-+]?\s*([A-Za-z_]+)")
_FORBIDDEN_CHARACTERS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]"
)


class PieceKind(StrEnum):
    """What a piece of a source is."""

    TEXT = "text"
    EXPRESSION = "expression"
    STATEMENT = "statement"
    COMMENT = "comment"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a source; ``source`` keeps its delimiters."""

    kind: PieceKind
    source: str
    position: Position

    @property
    def inner(self) -> str:
        """The code between the delimiters, without whitespace-control signs."""
        return (
            self.source[2:-2]
            .strip()
            .removeprefix("-")
            .removeprefix("+")
            .removesuffix("-")
            .removesuffix("+")
            .strip()
        )

    @property
    def keyword(self) -> str:
        """The first word of a statement: ``if``, ``for``, ``endif``; empty for anything else."""
        found = _KEYWORD.match(self.source[2:-2]) if self.kind is PieceKind.STATEMENT else None
        return found.group(1) if found else ""


def parse_pieces(source: str, name: str = "") -> list[Piece]:
    """Return the pieces of one source, in order; joined they are the source again.

    Raises:
        TemplateRefused: too long, a forbidden character, or delimiters that Jinja cannot pair.
    """
    start = Position(name, 1, 1)
    if len(source) > MAXIMUM_SOURCE_CHARACTERS:
        raise TemplateRefused(
            Sentence("longer than {n} characters", n=MAXIMUM_SOURCE_CHARACTERS), start
        )
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    places = PositionIndex(source, name)
    if bad := _FORBIDDEN_CHARACTERS.search(source):
        raise TemplateRefused(
            Sentence("a control character or half of a surrogate pair"), places.at(bad.start())
        )
    pieces: list[Piece] = []
    try:
        for kind, begin, end in _spans(source):
            pieces.append(Piece(kind, source[begin:end], places.at(begin)))
    except TemplateSyntaxError as error:
        raise TemplateRefused(
            Sentence("Jinja does not understand this: {words}", words=error.message or ""),
            Position(name, error.lineno, 1),
        ) from None
    return pieces


def _spans(source: str) -> Iterator[tuple[PieceKind, int, int]]:
    """Yield (kind, begin, end) from Jinja's tokens; whitespace that ``{%-`` eats stays in the text before."""
    opens = {
        "variable_begin": PieceKind.EXPRESSION,
        "block_begin": PieceKind.STATEMENT,
        "comment_begin": PieceKind.COMMENT,
        "raw_begin": PieceKind.RAW,
    }
    closes = {"variable_end", "block_end", "comment_end", "raw_end"}
    at = done = 0
    kind: PieceKind | None = None
    for _, token, value in _LEXER.tokeniter(source, None):
        begin = source.index(value, at)
        if token in opens and kind is None:
            if begin > done:
                yield PieceKind.TEXT, done, begin
            kind, done = opens[token], begin
        at = begin + len(value)
        if token in closes and kind is not None:
            end = begin + len(
                value.rstrip()
            )  # "-%}  " carries the blanks it eats: they are text to us
            yield kind, done, end
            kind, done = None, end
    if done < len(source):
        yield PieceKind.TEXT, done, len(source)


class PositionIndex:
    """Answers line and column of an offset in one source."""

    def __init__(self, source: str, name: str) -> None:
        self._name = name
        self._starts = [0, *(found.end() for found in re.finditer("\n", source))]

    def at(self, offset: int) -> Position:
        """Return the position of a character offset."""
        low, high = 0, len(self._starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._starts[middle] <= offset else (low, middle)
        return Position(self._name, low + 1, offset - self._starts[low] + 1)


def leave_out_comments(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces such that none stands in a comment of HTML: nothing in one is ever shown or asked for."""
    kept: list[Piece] = []
    is_comment = False
    for piece in pieces:
        if piece.kind is PieceKind.TEXT:
            opened, closed = (piece.source.rfind(mark) for mark in ("<!--", "-->"))
            is_comment = opened > closed or (is_comment and closed < 0)
        elif is_comment:
            blank = "\n" * piece.source.count("\n")  # the lines after it stay where they are
            piece = Piece(PieceKind.TEXT, blank, piece.position)  # noqa: PLW2901
        kept.append(piece)
    return kept


def expand_includes(source: str, partials: Mapping[str, str]) -> list[Piece]:
    """Return the pieces of a source with every ``{% include "name" %}`` replaced by that partial's pieces.

    An include is textual: the partial sees the loop variables around it, and its macros are available after it.

    Raises:
        TemplateRefused: unknown partial, a cycle (named), too deep, or too long in all.
    """
    pieces: list[Piece] = []
    _expand(source, "", (), partials, pieces)
    if sum(len(piece.source) for piece in pieces) > MAXIMUM_SOURCE_CHARACTERS:
        raise TemplateRefused(
            Sentence("with its partials longer than {n} characters", n=MAXIMUM_SOURCE_CHARACTERS),
            Position("", 1, 1),
        )
    return pieces


def _expand(
    source: str, name: str, trail: tuple[str, ...], partials: Mapping[str, str], into: list[Piece]
) -> None:
    """Append the pieces of one source; a cheap total check keeps ten partials of ten includes from growing."""
    total = sum(len(piece.source) for piece in into)
    for piece in parse_pieces(source, name):
        total += len(piece.source)
        if total > 2 * MAXIMUM_SOURCE_CHARACTERS or len(into) > MAXIMUM_SOURCE_CHARACTERS // 8:
            raise TemplateRefused(Sentence("too long with its partials"), piece.position)
        if piece.keyword != "include":
            into.append(piece)
            continue
        asked = _INCLUDE.match(piece.source[2:-2].strip())
        if asked is None:
            raise TemplateRefused(
                Sentence(
                    "write {include} with the plain name of a partial",
                    include='{% include "name" %}',
                ),
                piece.position,
            )
        wanted = asked.group(2)
        if wanted not in partials:
            raise TemplateRefused(
                Sentence("there is no partial called {name!r}", name=wanted), piece.position
            )
        if wanted in trail:
            raise TemplateRefused(
                Sentence(
                    "partials include each other: {trail}", trail=" → ".join((*trail, wanted))
                ),
                piece.position,
            )
        if len(trail) >= MAXIMUM_INCLUDE_DEPTH:
            raise TemplateRefused(
                Sentence("includes nest deeper than {n}", n=MAXIMUM_INCLUDE_DEPTH), piece.position
            )
        before = len(into)
        _expand(partials[wanted], wanted, (*trail, wanted), partials, into)
        total += sum(len(added.source) for added in into[before:])


def list_includes(source: str, partials: Mapping[str, str]) -> set[str]:
    """Return the names of what a source includes, itself or by another; those that are gone, too.

    Raises:
        TemplateRefused: a source cannot be read.
    """
    found: set[str] = set()
    unread = [("", source)]
    while unread:
        name, text = unread.pop()
        for piece in parse_pieces(text, name):
            asked = (
                _INCLUDE.match(piece.source[2:-2].strip()) if piece.keyword == "include" else None
            )
            if asked is not None and asked.group(2) not in found:
                found.add(asked.group(2))
                unread += [(asked.group(2), partials.get(asked.group(2), ""))]
    return found
