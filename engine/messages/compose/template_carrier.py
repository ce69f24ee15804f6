"""Carries Jinja pieces through tools that know nothing of Jinja, as opaque words, and puts Jinja back."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence

from engine.messages.compose.template_errors import Position, TemplateRefused
from engine.messages.compose.template_source import Piece, PieceKind


def escape_literal(text: str) -> str:
    """Return text that Jinja shows as it is, whatever braces it holds, and also where it ends in ``{`` before a tag."""
    return re.sub(r"\{(?=[{%#]|\Z)", "{{ '{' }}", text)


class Carrier:
    """The carried source, and the table from words back to what they stand for.

    A word is ``zq<nonce>n<number>q``: letters and digits only, so text, attribute values, addresses and CSS
    identifiers all keep it whole. The nonce is derived from the source, so compiling is repeatable, and is
    changed until the source does not contain it, so nobody can write a word by hand.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        whole = "".join(piece.source for piece in pieces)
        nonce = hashlib.sha256(whole.encode()).hexdigest()[:8]
        while nonce in whole.lower():
            nonce = hashlib.sha256(nonce.encode()).hexdigest()[:8]
        self._prefix = f"zq{nonce}n"
        self.words = re.compile(rf"{self._prefix}(\d+)q")
        self._restore = re.compile(rf"<!--{self._prefix}(\d+)q-->|{self._prefix}(\d+)q")
        self._pieces: list[Piece] = []
        self._jinja: list[str] = []
        self._once: list[int] = []
        self._starts: list[int] = []
        self._sources: list[Piece] = []
        parts: list[str] = []
        length = 0
        for piece in pieces:
            match piece.kind:
                case PieceKind.COMMENT:
                    continue
                case PieceKind.TEXT:
                    part = piece.source
                case PieceKind.RAW:
                    part = self.word(escape_literal(self._raw_content(piece)), piece)
                case PieceKind.EXPRESSION | PieceKind.STATEMENT:
                    part = self.word(piece.source, piece)
            self._starts.append(length)
            self._sources.append(piece)
            parts.append(part)
            length += len(part)
        self.source = "".join(parts)

    def _raw_content(self, piece: Piece) -> str:
        content = piece.source[piece.source.index("%}") + 2 : piece.source.rindex("{%")]
        if re.search("[<>&\"']", content):
            raise TemplateRefused(
                "between raw and endraw stands plain text, without < > & or quotes", piece.position
            )
        return content

    def locate(self, offset: int) -> Position:
        """Return the position in the marketer's sources of an offset in ``source``."""
        if not self._sources:
            return Position("", 1, 1)
        index = max(bisect_right(self._starts, offset) - 1, 0)
        piece = self._sources[index]
        if piece.kind is not PieceKind.TEXT:
            return piece.position
        before = piece.source[: offset - self._starts[index]]
        lines = before.count("\n")
        column = len(before) - before.rfind("\n") if lines else piece.position.column + len(before)
        return Position(piece.position.source, piece.position.line + lines, column)

    def word(self, jinja: str, piece: Piece, *, once: bool = False) -> str:
        """Return a new word that stands for some Jinja; ``once``: it must come back exactly once, in this order."""
        self._pieces.append(piece)
        self._jinja.append(jinja)
        number = len(self._pieces) - 1
        if once:
            self._once.append(number)
        return f"{self._prefix}{number}q"

    def split(self, text: str) -> list[str | Piece]:
        """Return literal texts and Jinja pieces of a carried text, in order, empty texts left out."""
        parts: list[str | Piece] = []
        done = 0
        for found in self.words.finditer(text):
            if found.start() > done:
                parts.append(text[done : found.start()])
            parts.append(self._pieces[int(found.group(1))])
            done = found.end()
        if done < len(text):
            parts.append(text[done:])
        return parts

    def restore(self, compiled: str) -> str:
        """Return the compiled output with the Jinja back in place, and every other brace made literal.

        Raises:
            TemplateRefused: a statement was lost, doubled or moved on the way.
        """
        parts: list[str] = []
        seen: list[int] = []
        once = frozenset(self._once)
        done = 0
        for found in self._restore.finditer(compiled):
            number = int(found.group(1) or found.group(2))
            parts += escape_literal(compiled[done : found.start()]), self._jinja[number]
            if number in once:
                seen.append(number)
            done = found.end()
        parts.append(escape_literal(compiled[done:]))
        if seen != self._once:
            wrong = next(
                (
                    a
                    for a, b in zip(self._once, [*seen, *[-1] * len(self._once)], strict=False)
                    if a != b
                ),
                seen[-1],
            )
            raise TemplateRefused(
                "MJML does not keep Jinja at this place; move it", self._pieces[wrong].position
            )
        return "".join(parts)
