"""Compiles a letter, MJML with Jinja2 in it, once per template version.

Order matters for safety: MJML is compiled *before* any contact data exists, with Jinja carried through as opaque
words; so nothing in contact data is ever read as MJML, HTML or Jinja. The result is four Jinja sources (HTML, text,
subject, sender name) that render per contact in one pass.

Run it in a child process (``render_pool.RenderPool.compile``): mjml-python and css-inline are native code.
"""

import hashlib
import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import css_inline
from mjml import mjml2html

from engine.language.say import Sentence
from engine.messages.compose.render_environment import build_environment
from engine.messages.compose.template_carrier import Carrier, escape_literal
from engine.messages.compose.template_errors import Position, TemplateRefused
from engine.messages.compose.template_language import Variable, check_language
from engine.messages.compose.template_links import Link, LinkTable, system_address
from engine.messages.compose.template_markup import Element, Text, parse_markup
from engine.messages.compose.template_rules import (
    ADDRESSES,
    COLOURS,
    PLAIN,
    STRUCTURE,
    check_element,
)
from engine.messages.compose.template_source import (
    Piece,
    PieceKind,
    expand_includes,
    leave_out_comments,
)
from engine.messages.compose.template_text import build_text

MAXIMUM_HTML_CHARACTERS: Final = 1_000_000
GMAIL_CLIPS_AT: Final = 102_400  # bytes of HTML; Gmail hides the rest behind "View entire message"
_PIXEL: Final = '{% if _open %}<img src="{{ _open }}" width="1" height="1" alt="" style="display:none">{% endif %}'
_VERBATIM: Final = -1  # offset of a text of ours, which holds finished words
_BARE_AMPERSAND: Final = re.compile(
    r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
)


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """What a marketer writes. Every field is Jinja2; ``mjml`` and the partials are MJML too."""

    mjml: str
    subject: str
    sender_name: str = ""
    preheader: str = ""
    partials: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CompileOptions:
    """How to compile.

    Attributes:
        social_icon_origin: our own address of the social icons, ending in "/"; else mails would load www.mailjet.com.
        require_unsubscribe: refuse a letter without an unconditional ``{{ unsubscribe_url }}`` (RFC 8058 is the header;
            the visible link is law in most places).
        track_links, track_opens: follow clicks and opens.
        allow_dynamic_hosts: let contact data decide where a link leads.
    """

    social_icon_origin: str = "https://assets.invalid/social/"
    require_unsubscribe: bool = True
    track_links: bool = True
    track_opens: bool = True
    allow_dynamic_hosts: bool = False


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """One immutable version, ready to render.

    Attributes:
        digest: names it in the renderers' caches.
        language: a tag; by it dates and amounts are written. "": English.
    """

    html: str
    text: str
    subject: str
    sender_name: str
    variables: tuple[Variable, ...]
    links: tuple[Link, ...]
    warnings: tuple[str, ...]
    digest: str
    language: str = ""


def compile_template(
    source: TemplateSource, options: CompileOptions | None = None
) -> CompiledTemplate:
    """Return the compiled version of a letter. Pure: the same source gives the same result.

    Raises:
        TemplateRefused: with line and column of what cannot be used.
    """
    chosen = options or CompileOptions()
    pieces = leave_out_comments(expand_includes(source.mjml, source.partials))
    carrier = Carrier(pieces)
    root = parse_markup(carrier.source, carrier.locate)
    _hoist(root, carrier)
    check_element(root, carrier)
    variables = check_jinja(pieces)
    lines = {}
    for name in ("subject", "sender_name", "preheader"):
        lines[name], read = compile_line(getattr(source, name), name)
        variables += tuple(
            each for each in read if each.path not in {known.path for known in variables}
        )
    emitter = _Emitter(carrier, LinkTable(track=chosen.track_links))
    mjml = emitter.emit(root, lines["preheader"])
    compiled = carrier.restore(_compile_mjml(mjml, emitter.inline_styles, chosen))
    if chosen.track_opens:
        at = compiled.rindex("</body>")
        compiled = compiled[:at] + _PIXEL + compiled[at:]
    body = next(
        child for child in root.children if isinstance(child, Element) and child.tag == "mj-body"
    )
    text = build_text(body, carrier, emitter.links, emitter.link_ids)
    _check_letter(emitter, chosen, compiled)
    for part, autoescape in ((compiled, True), (text, False)):
        build_environment(autoescape=autoescape).from_string(
            part
        )  # must be valid Jinja: a bug of ours if not
    warnings = []
    if len(compiled.encode()) > GMAIL_CLIPS_AT * 0.9:
        warnings.append("the letter is near or over 102 kB, where Gmail cuts it off")
    whole = "\0".join((compiled, text, lines["subject"], lines["sender_name"]))
    return CompiledTemplate(
        compiled, text, lines["subject"], lines["sender_name"], variables, tuple(emitter.links.links), tuple(warnings),
        hashlib.sha256(whole.encode()).hexdigest(),
    )  # fmt: skip


def compile_line(source: str, name: str) -> tuple[str, tuple[Variable, ...]]:
    """Return a one-line template (subject, sender name, preheader) checked, and what it reads."""
    pieces = expand_includes(source, {})
    if len(source) > 2_000 or "\n" in source or "\r" in source:
        raise TemplateRefused(
            Sentence("{name} is one line of at most 2,000 characters", name=name),
            Position(name, 1, 1),
        )
    read = check_language(
        "".join(piece.source for piece in pieces), lambda line: Position(name, line, 1)
    )
    return source, read


def check_jinja(pieces: Sequence[Piece]) -> tuple[Variable, ...]:
    """Check the expanded source as Jinja, mapping its lines back to the sources they came from."""
    return check_language("".join(piece.source for piece in pieces), locate_lines(pieces))


def locate_lines(pieces: Sequence[Piece]) -> Callable[[int], Position]:
    """Return what says of a line of the expanded source where people wrote it."""
    places: list[Position] = []
    is_blank = True  # nothing stands in the line yet, so it is that of whatever comes next
    for piece in pieces:
        for number, line in enumerate(piece.source.split("\n")):
            place = Position(piece.position.source, piece.position.line + number, 1)
            if number or not places:
                places.append(place)
                is_blank = True
            elif is_blank:
                places[-1] = place
            is_blank = is_blank and not line
    return lambda line: places[min(max(line, 1), len(places)) - 1]


def _hoist(root: Element, carrier: Carrier) -> None:
    """Unwrap mj-raw that holds nothing but statements, the usual way to put a loop around sections in plain MJML."""
    for element in [child for child in root.children if isinstance(child, Element)]:
        _hoist(element, carrier)
    for index, child in enumerate(root.children):
        if isinstance(child, Element) and child.tag == "mj-raw" and len(child.children) == 1:
            only = child.children[0]
            if isinstance(only, Text) and all(
                part.kind is PieceKind.STATEMENT if isinstance(part, Piece) else not part.strip()
                for part in carrier.split(only.value)
            ):
                root.children[index] = only


def _compile_mjml(mjml: str, inline_styles: str, options: CompileOptions) -> str:
    try:
        compiled = mjml2html(
            mjml, fonts={}, social_icon_origin=options.social_icon_origin, disable_comments=False
        )
    except ValueError as error:
        raise TemplateRefused(
            Sentence("MJML does not understand this: {words}", words=str(error)), Position("", 1, 1)
        ) from None
    if inline_styles:
        inliner = css_inline.CSSInliner(
            load_remote_stylesheets=False,
            inline_style_tags=False,
            keep_style_tags=True,
            extra_css=inline_styles,
        )
        compiled = inliner.inline(compiled)
    if len(compiled) > MAXIMUM_HTML_CHARACTERS:
        raise TemplateRefused(
            Sentence(
                "the compiled letter is longer than {n} characters", n=MAXIMUM_HTML_CHARACTERS
            ),
            Position("", 1, 1),
        )
    return compiled


def _check_letter(emitter: "_Emitter", options: CompileOptions, compiled: str) -> None:
    if options.require_unsubscribe and not emitter.has_unsubscribe:
        reason = Sentence(
            "no link to {address} outside of conditions and loops: everybody must be able to unsubscribe"
            if "unsubscribe_url" in compiled
            else "no link to {address}: everybody must be able to unsubscribe",
            address="{{ unsubscribe_url }}",
        )
        raise TemplateRefused(reason, Position("", 1, 1))
    for link in emitter.links.links:
        if link.has_dynamic_host and not options.allow_dynamic_hosts:
            raise TemplateRefused(
                Sentence(
                    "contact data decides to which site this link leads; begin it with a fixed https://site/"
                ),
                link.position,
            )


class _Emitter:
    """Writes the checked tree as MJML in which every piece of Jinja is a word that MJML will keep."""

    def __init__(self, carrier: Carrier, links: LinkTable) -> None:
        self._carrier = carrier
        self._parts: list[str] = []
        self._open_blocks = 0
        self.links = links
        self.link_ids: dict[int, str | None] = {}
        self.inline_styles = ""
        self.has_unsubscribe = False

    def emit(self, root: Element, preheader: str) -> str:
        if preheader:
            parts = expand_includes(preheader, {})
            shown = "".join(
                html.escape(x.source) if x.kind is PieceKind.TEXT else x.source for x in parts
            )
            word = self._carrier.word(shown, parts[0])
            head = next(
                (c for c in root.children if isinstance(c, Element) and c.tag == "mj-head"), None
            )
            if head is None:
                head = Element("mj-head", {}, root.position)
                root.children.insert(0, head)
            head.children = [
                c for c in head.children if not (isinstance(c, Element) and c.tag == "mj-preview")
            ]
            head.children.append(Element("mj-preview", {}, root.position, [Text(word, _VERBATIM)]))
        self._element(root, in_html=False)
        return "".join(self._parts)

    def _element(self, element: Element, *, in_html: bool) -> None:
        if element.tag == "mj-style" and "inline" in element.attributes:
            self.inline_styles += (
                "".join(c.value for c in element.children if isinstance(c, Text)) + "\n"
            )
            return
        attributes = "".join(
            f' {name}="{self._attribute(element, name)}"' for name in element.attributes
        )
        if not element.children:
            self._parts.append(f"<{element.tag}{attributes}/>" if element.tag != "mj-raw" else "")
            return
        self._parts.append(f"<{element.tag}{attributes}>")
        loose = element.tag in STRUCTURE
        for child in element.children:
            if isinstance(child, Text):
                self._text(element, child)
            elif (
                child.tag == "mj-raw"
                and element.tag in {"mj-column", "mj-hero"}
                and not _holds_rows(child)
            ):
                child.tag = "td"  # MJML puts raw HTML straight into <tbody>, whence every HTML5 reader moves it away
                self._parts.append("<mj-raw><tr>")
                self._element(child, in_html=True)
                self._parts.append("</tr></mj-raw>")
            elif loose and not child.tag.startswith("mj-"):  # HTML of a macro between components
                self._parts.append("<mj-raw>")
                self._element(child, in_html=True)
                self._parts.append("</mj-raw>")
            else:
                self._element(child, in_html=in_html)
        self._parts.append(f"</{element.tag}>")

    def _text(self, element: Element, text: Text) -> None:
        if text.offset == _VERBATIM:
            self._parts.append(text.value)
            return
        loose = element.tag in STRUCTURE
        for part in self._carrier.split(text.value):
            if isinstance(part, str):
                literal = _BARE_AMPERSAND.sub("&amp;", part) if element.tag != "mj-style" else part
                self._parts.append(
                    f"<mj-raw>{literal}</mj-raw>" if loose and literal.strip() else literal
                )
                continue
            if part.kind is PieceKind.STATEMENT:
                opens, closes = (
                    part.keyword in {"if", "for", "macro"},
                    part.keyword in {"endif", "endfor", "endmacro"},
                )
                self._open_blocks += opens - closes
                word = self._carrier.word(part.source, part, once=True)
                self._parts.append(word if element.tag in PLAIN else f"<!--{word}-->")
            elif part.kind is PieceKind.RAW:
                self._parts.append(self._carrier.word(escape_literal(_raw_text(part)), part))
            else:
                source = (
                    f"{{{{ ({part.inner})|_css }}}}" if element.tag == "mj-style" else part.source
                )
                word = self._carrier.word(source, part, once=element.tag not in PLAIN)
                self._parts.append(f"<!--{word}-->" if loose else word)

    def _attribute(self, element: Element, name: str) -> str:
        attribute = element.attributes[name]
        if (
            element.tag == "mj-social-element" and name == "name"
        ):  # link to the page; never "share this address"
            return _quote(attribute.value.removesuffix("-noshare") + "-noshare")
        parts = self._carrier.split(attribute.value)
        if name in ADDRESSES and parts:
            return self._address(element, name, parts)
        if not any(isinstance(part, Piece) for part in parts):
            return _quote(attribute.value)
        style = name == "style" or name in COLOURS
        out = [
            _quote(part) if isinstance(part, str)
            else f"{{{{ ({part.inner})|_css }}}}" if style and part.kind is PieceKind.EXPRESSION
            else part.source
            for part in parts
        ]  # fmt: skip
        first = next(part for part in parts if isinstance(part, Piece))
        if name == "style":  # declarations stay visible to the CSS inliner
            return "".join(
                self._carrier.word(source, part) if isinstance(part, Piece) else source
                for source, part in zip(out, parts, strict=True)
            )
        return self._carrier.word("".join(out), first)

    def _address(self, element: Element, name: str, parts: list[str | Piece]) -> str:
        position = element.attributes[name].position
        identifier = None
        if name == "href":
            identifier = self.links.add(parts, position)
            self.link_ids[id(element)] = identifier
            if system_address(parts) == "unsubscribe_url" and not self._open_blocks:
                self.has_unsubscribe = True
        jinja = self.links.jinja(identifier, parts, position, for_html=True)
        return self._carrier.word(jinja, Piece(PieceKind.TEXT, "", position))


def _holds_rows(element: Element) -> bool:
    return any(isinstance(child, Element) and child.tag == "tr" for child in element.children)


def _raw_text(piece: Piece) -> str:
    return piece.source[piece.source.index("%}") + 2 : piece.source.rindex("{%")]


def _quote(value: str) -> str:
    return _BARE_AMPERSAND.sub("&amp;", value).replace('"', "&quot;").replace("<", "&lt;")
