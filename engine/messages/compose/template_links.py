"""Addresses in a letter: what may stand in them, how Jinja in them is escaped, and how clicks are followed.

A tracked address becomes ``{{ _track }}/<key>``, where ``_track`` is the message's own signed prefix; in a letter
that is not followed, ``_track`` is empty and the address itself stands there. The target
of a fixed link is looked up in the compiled version; the target of a link with Jinja in it is rendered with the
message and returned by the renderer, to be stored with the message. No target is ever taken from a request.
"""

import hashlib
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from engine.language.say import Sentence
from engine.messages.compose.template_carrier import escape_literal
from engine.messages.compose.template_errors import Position, TemplateRefused
from engine.messages.compose.template_source import Piece, PieceKind

SYSTEM_ADDRESSES: Final = frozenset({"unsubscribe_url", "preferences_url", "view_in_browser_url"})
_ALLOWED_START: Final = re.compile(
    r"\A(?:https?://[^/?#\s\\]|https?://\Z|mailto:|tel:|#)", re.IGNORECASE
)
_COMPLETE_HOST: Final = re.compile(r"\Ahttps?://[^/?#@\s]+[/?#]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """One tracked link of a compiled version.

    Attributes:
        id: stable: derived from the target as written (and its ordinal among equal ones), so edits elsewhere and
            new versions keep it and reports can be compared.
        target: the address, or its Jinja source where ``is_dynamic``.
        is_dynamic: the target differs by contact.
        has_dynamic_host: contact data decides where the link leads: a possible open redirect.
    """

    id: str
    target: str
    is_dynamic: bool
    has_dynamic_host: bool
    position: Position


def system_address(parts: Sequence[str | Piece]) -> str | None:
    """Return the name of the system's own address that a value consists of, as in ``{{ unsubscribe_url }}``."""
    meant = [part for part in parts if isinstance(part, Piece) or part.strip()]
    if len(meant) == 1 and isinstance(meant[0], Piece) and meant[0].kind is PieceKind.EXPRESSION:
        return meant[0].inner if meant[0].inner in SYSTEM_ADDRESSES else None
    return None


def build_address(parts: Sequence[str | Piece], position: Position, *, for_html: bool) -> str:
    """Return the Jinja source of an address whose expressions are escaped for the place where they stand.

    First: must be a whole http, https, mailto or tel address; in the host: a host name; in the path, in the
    query: percent-encoded (RFC 3986). So contact data can neither change the scheme nor leave its part.

    Raises:
        TemplateRefused: the fixed part begins with anything but http://, https://, mailto:, tel: or #.
    """
    before = ""
    out: list[str] = []
    for part in parts:
        if isinstance(part, str):
            literal = html.unescape(part)
            literal = literal.lstrip() if not before else literal
            if not before and literal and not _ALLOWED_START.match(literal):
                raise TemplateRefused(
                    Sentence(
                        "a link begins with https://, http://, mailto:, tel:, # or {braces}",
                        braces="{{",
                    ),
                    position,
                )
            if re.search(r"[\x00-\x20\\]", literal.rstrip()):
                raise TemplateRefused(
                    Sentence("a link may not hold blanks or backslashes"), position
                )
            before += literal
            out.append(
                escape_literal(html.escape(literal.rstrip()) if for_html else literal.rstrip())
            )
        elif part.kind is PieceKind.STATEMENT:
            out.append(part.source)
        else:
            out.append(f"{{{{ ({part.inner})|{_filter_for(before)} }}}}")
            before += "\0"
    if not any(isinstance(part, Piece) for part in parts) and not _leads_somewhere(before):
        raise TemplateRefused(
            Sentence("this leads nowhere: an address is https://, a site and a page of it"),
            position,
        )
    source = "".join(out)
    if isinstance(parts[0], Piece) and parts[0].kind is PieceKind.STATEMENT:
        return f"{{% set _u %}}{source}{{% endset %}}{{{{ _u|_url }}}}"
    return source


def _leads_somewhere(address: str) -> bool:
    """Return whether a fixed address names a site and a port that there may be, if it is one of a site."""
    try:
        parts = urlsplit(address.strip())
        if parts.scheme not in {"http", "https"}:
            return True
        host = parts.hostname or ""
        return bool(host.encode("idna")) and parts.port != 0
    except ValueError:  # also what IDNA refuses
        return False


def _filter_for(before: str) -> str:
    if not before:
        return "_url"
    if "?" in before or "#" in before:
        return "_query"
    return "_host" if re.fullmatch(r"https?://[^/?#]*", before, re.IGNORECASE) else "_path"


class LinkTable:
    """Gives each tracked link of one template its id and its Jinja."""

    def __init__(self, *, track: bool) -> None:
        self._track = track
        self._ordinals: dict[str, int] = {}
        self.links: list[Link] = []

    def add(self, parts: Sequence[str | Piece], position: Position) -> str | None:
        """Record a link once and return its id; None where it is not followed (mailto, tel, anchors, system's own)."""
        first = html.unescape(parts[0]).lstrip().lower() if isinstance(parts[0], str) else ""
        if not self._track or _names_system(parts) or first.startswith(("mailto:", "tel:", "#")):
            return None
        target = "".join(
            html.unescape(part) if isinstance(part, str) else part.source for part in parts
        ).strip()
        digest = hashlib.sha256(target.encode()).hexdigest()[:10]
        ordinal = self._ordinals[digest] = self._ordinals.get(digest, 0) + 1
        is_dynamic = any(isinstance(part, Piece) for part in parts)
        identifier = digest if ordinal == 1 else f"{digest}-{ordinal}"
        has_dynamic_host = is_dynamic and not _COMPLETE_HOST.match(first)
        self.links.append(Link(identifier, target, is_dynamic, has_dynamic_host, position))
        return identifier

    def jinja(
        self,
        identifier: str | None,
        parts: Sequence[str | Piece],
        position: Position,
        *,
        for_html: bool,
    ) -> str:
        """Return what stands in the compiled letter for this link."""
        name = system_address(parts)
        if name:
            return f"{{{{ {name} }}}}"
        address = build_address(parts, position, for_html=for_html)
        if identifier is None:
            return address
        if not any(isinstance(part, Piece) for part in parts):
            followed, plain = f"{{{{ _track }}}}/{identifier}", address
            return f"{{% if _track %}}{followed}{{% else %}}{plain}{{% endif %}}"
        followed = f'{{{{ _track }}}}/{{{{ _link("{identifier}", _t) }}}}'
        return (
            f"{{% set _t %}}{address}{{% endset %}}"
            f"{{% if _track %}}{followed}{{% else %}}{{{{ _t }}}}{{% endif %}}"
        )


def _names_system(parts: Sequence[str | Piece]) -> bool:
    """Return whether an address is made of one of the system's own, which are never followed."""
    read = " ".join(part.inner for part in parts if isinstance(part, Piece))
    return any(name in read for name in SYSTEM_ADDRESSES)
