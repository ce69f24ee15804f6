"""The plain-text part, derived from the same checked source, as Jinja that renders per contact.

Converting each rendered HTML letter to text would cost a parse per message, and a converter that lays out columns
would measure placeholders instead of values; so the source is converted, once.
"""

import html
import re
from typing import Final

from engine.messages.compose.template_carrier import Carrier, escape_literal
from engine.messages.compose.template_links import LinkTable
from engine.messages.compose.template_markup import Element
from engine.messages.compose.template_rules import PLAIN, STRUCTURE
from engine.messages.compose.template_source import Piece, PieceKind

_BLOCKS: Final = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol table blockquote pre center mj-text mj-button mj-table mj-image mj-raw mj-section "
    "mj-social mj-navbar mj-divider".split()
)
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_LINES: Final = frozenset({"li", "tr", "br", "mj-social-element", "mj-navbar-link"})


def build_text(
    body: Element, carrier: Carrier, links: LinkTable, link_ids: dict[int, str | None]
) -> str:
    """Return the Jinja source of the plain-text part.

    Args:
        body: the checked mj-body.
        carrier: table of the Jinja pieces in it.
        links: table of links, for their Jinja.
        link_ids: ``id(element)`` → link id, so that both parts count the same link.
    """
    writer = _TextWriter(carrier, links, link_ids)
    writer.write(body)
    return tidy_text("".join(writer.parts)).strip() + "\n"


def tidy_text(text: str) -> str:
    """Return text without control characters, blanks at line ends and empty lines in a row.

    Also run on each rendered text: what contacts call themselves may hold anything.
    """
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", _CONTROLS.sub("", text)))


class _TextWriter:
    def __init__(self, carrier: Carrier, links: LinkTable, link_ids: dict[int, str | None]) -> None:
        self._carrier = carrier
        self._links = links
        self._link_ids = link_ids
        self.parts: list[str] = []

    def write(self, element: Element) -> None:
        tag = element.tag
        if tag in PLAIN or tag == "mj-head":
            return
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n- " if tag == "li" else "\n")
        if tag in {"img", "mj-image"}:
            self.parts.append(self._value(element, "alt"))
        elif tag in {"hr", "mj-divider"}:
            self.parts.append("----")
        elif tag == "mj-spacer":
            return
        self._children(element)
        if "href" in element.attributes:
            self._address(element)
        if tag in {"td", "th"}:
            self.parts.append("  ")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def _children(self, element: Element) -> None:
        between = element.tag in STRUCTURE or element.tag in {
            "table",
            "tbody",
            "thead",
            "tfoot",
            "tr",
            "ul",
            "ol",
            "mj-table",
        }
        for child in element.children:
            if isinstance(child, Element):
                self.write(child)
                continue
            for part in self._carrier.split(child.value):
                if isinstance(part, str):
                    literal = re.sub(r"[ \t\r\n]+", " ", html.unescape(part))
                    self.parts.append(escape_literal(literal.strip() if between else literal))
                else:
                    self.parts.append(_plain(part))

    def _value(self, element: Element, name: str) -> str:
        attribute = element.attributes.get(name)
        parts = self._carrier.split(attribute.value) if attribute else []
        return "".join(
            escape_literal(html.unescape(part)) if isinstance(part, str) else _plain(part)
            for part in parts
        )

    def _address(self, element: Element) -> None:
        attribute = element.attributes["href"]
        parts = self._carrier.split(attribute.value)
        if not parts:
            return
        address = self._links.jinja(
            self._link_ids.get(id(element)), parts, attribute.position, for_html=False
        )
        if address.startswith("#"):
            return
        self.parts.append(f": {address}" if element.tag.startswith("mj-") else f" ({address})")


def _plain(piece: Piece) -> str:
    """Return a piece without whitespace control: in plain text the line breaks around it carry the layout."""
    if piece.kind is PieceKind.RAW:
        return escape_literal(
            piece.source[piece.source.index("%}") + 2 : piece.source.rindex("{%")]
        )
    begin, end = ("{{", "}}") if piece.kind is PieceKind.EXPRESSION else ("{%", "%}")
    return f"{begin} {piece.inner} {end}"
