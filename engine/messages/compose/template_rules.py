"""Which tags and attributes a letter may use, and where; and that Jinja blocks respect the elements."""

import html
import re
from collections.abc import Iterable
from typing import Final, NoReturn

from engine.language.say import Sentence
from engine.messages.compose.template_carrier import Carrier
from engine.messages.compose.template_errors import Position, TemplateRefused
from engine.messages.compose.template_markup import Attribute, Element, Text
from engine.messages.compose.template_source import Piece, PieceKind

_COMPONENTS: Final = frozenset(
    "mj-text mj-button mj-image mj-divider mj-spacer mj-table mj-social mj-navbar mj-raw".split()
)
STRUCTURE: Final[dict[str, frozenset[str]]] = {
    "mjml": frozenset({"mj-head", "mj-body"}),
    "mj-head": frozenset("mj-title mj-preview mj-style mj-attributes mj-breakpoint".split()),
    "mj-body": frozenset("mj-section mj-wrapper mj-hero mj-raw".split()),
    "mj-wrapper": frozenset("mj-section mj-raw".split()),
    "mj-section": frozenset("mj-column mj-group mj-raw".split()),
    "mj-group": frozenset("mj-column mj-raw".split()),
    "mj-column": _COMPONENTS, "mj-hero": _COMPONENTS,
    "mj-social": frozenset({"mj-social-element"}), "mj-navbar": frozenset({"mj-navbar-link"}),
    "mj-divider": frozenset(), "mj-spacer": frozenset(), "mj-image": frozenset(), "mj-breakpoint": frozenset(),
}  # fmt: skip
CONTENT: Final = frozenset(
    "mj-text mj-button mj-table mj-raw mj-social-element mj-navbar-link".split()
)
PLAIN: Final = frozenset({"mj-title", "mj-preview", "mj-style"})
HTML_TAGS: Final = frozenset(
    "a abbr b blockquote br center code del div em font h1 h2 h3 h4 h5 h6 hr i img ins li ol p pre s small span strong "
    "sub sup table tbody td tfoot th thead tr u ul wbr col colgroup caption".split()
)
_TAGS: Final = frozenset(
    {"mj-attributes", "mj-all", "mj-class", *STRUCTURE, *CONTENT, *PLAIN, *HTML_TAGS}
)
_ATTRIBUTES: Final = frozenset(
    "align alt background-color background-height background-position background-position-x background-position-y "
    "background-repeat background-size background-url background-width border border-bottom border-collapse border-color "
    "border-left border-radius border-right border-spacing border-style border-top border-width bgcolor cellpadding "
    "cellspacing class color colspan container-background-color css-class dir direction fluid-on-mobile font-family "
    "font-size font-style font-weight full-width gutter height href icon-height icon-padding icon-position icon-size id "
    "inline inner-background-color inner-border inner-border-radius inner-padding lang letter-spacing line-height mj-class "
    "mode name padding padding-bottom padding-left padding-right padding-top rel role rowspan src style table-layout target "
    "text-align text-decoration text-padding text-transform title valign vertical-align white-space width".split()
)
ADDRESSES: Final = frozenset({"href", "src", "background-url"})
COLOURS: Final = frozenset(
    "background-color color container-background-color inner-background-color border-color bgcolor".split()
)
_FREE_TEXT: Final = frozenset("alt title css-class class id rel target".split())
_PLAIN_VALUE: Final = re.compile(r"\A[#\w.,%()\s'\"/+-]*\Z")
_BAD_STYLE: Final = re.compile(
    r"url\s*\(|@import|expression\s*\(|javascript:|behavior\s*:|-moz-binding|\\|<", re.IGNORECASE
)
_CALL: Final = re.compile(r"\A([A-Za-z]\w*)\s*\(.*\)\Z", re.DOTALL)
_OPENS: Final = frozenset({"if", "for", "macro"})
_STATEMENTS: Final = _OPENS | {"elif", "else", "endif", "endfor", "endmacro", "set", "endset"}


def check_element(element: Element, carrier: Carrier) -> None:
    """Check one element and everything below it.

    Raises:
        TemplateRefused: a tag or attribute that is not allowed (here), Jinja where it cannot be carried, or a
            Jinja block that is opened in one element and closed in another.
    """
    inside_html = element.tag in CONTENT or element.tag in HTML_TAGS
    for attribute in element.attributes.values():
        _check_attribute(element, attribute, carrier)
    _check_siblings(element, carrier)
    if element.tag == "mj-style":
        _check_style(
            "".join(child.value for child in element.children if isinstance(child, Text)),
            element.position,
        )
    macro_depth = 0
    for child in element.children:
        if isinstance(child, Text):
            keywords = [
                part.keyword for part in carrier.split(child.value) if isinstance(part, Piece)
            ]
            macro_depth += keywords.count("macro") - keywords.count("endmacro")
            continue
        html_here = inside_html or (macro_depth > 0 and child.tag in HTML_TAGS)
        if element.tag in PLAIN or (
            child.tag not in HTML_TAGS if html_here else not _may_hold(element.tag, child.tag)
        ):
            _refuse_child(element, child)
        check_element(child, carrier)


def is_known_tag(tag: str) -> bool:
    """Return whether a letter may hold this tag anywhere."""
    return tag in _TAGS


def is_known_attribute(name: str) -> bool:
    """Return whether a tag may carry this attribute."""
    return name in _ATTRIBUTES or name.startswith("aria-")


def _may_hold(parent: str, child: str) -> bool:
    if parent == "mj-attributes":
        return child in {"mj-all", "mj-class"} or child in STRUCTURE or child in CONTENT
    return child in STRUCTURE.get(parent, frozenset())


def _refuse_child(element: Element, child: Element) -> NoReturn:
    if child.tag == "mj-include":
        reason = Sentence(
            "mj-include is not available; write {include}", include='{% include "name" %}'
        )
    elif child.tag == "mj-font":
        reason = Sentence(
            "mj-font would load a font from somebody else's server; name a font family instead"
        )
    else:
        known = child.tag in HTML_TAGS or child.tag in CONTENT or child.tag in STRUCTURE
        reason = (
            Sentence("<{tag}> cannot stand in <{parent}>", tag=child.tag, parent=element.tag)
            if known
            else Sentence("<{tag}> is not available", tag=child.tag)
        )
    raise TemplateRefused(reason, child.position)


def _check_attribute(element: Element, attribute: Attribute, carrier: Carrier) -> None:
    name, where = attribute.name, attribute.position
    if not is_known_attribute(name):
        raise TemplateRefused(
            Sentence(
                "the attribute {name} is not available on <{tag}>", name=name, tag=element.tag
            ),
            where,
        )
    parts = carrier.split(attribute.value)
    jinja = [part for part in parts if isinstance(part, Piece)]
    check_blocks(jinja, Sentence("the attribute {name}", name=name))
    statements = any(piece.kind is PieceKind.STATEMENT for piece in jinja)
    flexible = (
        name in _FREE_TEXT or name in ADDRESSES or name in COLOURS or name.startswith("aria-")
    )
    if jinja and not flexible and (statements or name != "style"):
        raise TemplateRefused(
            Sentence(
                "Jinja cannot be used in {name}; the layout is fixed when the letter is saved",
                name=name,
            ),
            where,
        )
    literal = html.unescape("".join(part for part in parts if isinstance(part, str)))
    if name == "style":
        _check_style(literal, where)
    elif (
        name not in ADDRESSES and name not in _FREE_TEXT and not name.startswith("aria-")
        and (not _PLAIN_VALUE.match(literal) or _BAD_STYLE.search(literal))
    ):  # fmt: skip
        raise TemplateRefused(
            Sentence("{name} holds a character that is not allowed", name=name), where
        )


def _check_style(style: str, where: Position) -> None:
    if _BAD_STYLE.search(style):
        raise TemplateRefused(
            Sentence(
                "styles may not load anything (url, @import), nor hold scripts or backslashes"
            ),
            where,
        )


def _check_siblings(element: Element, carrier: Carrier) -> None:
    """Check Jinja among the children of one element: every block opened here is closed here."""
    pieces: list[Piece] = []
    depth = 0
    for child in element.children:
        if isinstance(child, Element):
            continue
        for part in carrier.split(child.value):
            if isinstance(part, Piece):
                pieces.append(part)
                depth += (part.keyword == "macro") - (part.keyword == "endmacro")
            if depth == 0 and element.tag in STRUCTURE:
                _check_between_components(element, part, carrier.locate(child.offset))
            if (
                element.tag == "mj-style"
                and isinstance(part, Piece)
                and part.kind is PieceKind.STATEMENT
            ):
                raise TemplateRefused(
                    Sentence("statements cannot be used in mj-style"), part.position
                )
    within_head = element.tag in {"mjml", "mj-head", "mj-attributes"}
    if within_head and pieces:
        raise TemplateRefused(
            Sentence("Jinja cannot stand in <{tag}>; put it in mj-body", tag=element.tag),
            pieces[0].position,
        )
    check_blocks(pieces, f"<{element.tag}>")


def _check_between_components(element: Element, part: str | Piece, where: Position) -> None:
    if isinstance(part, str):
        if part.strip():
            raise TemplateRefused(
                Sentence(
                    "text cannot stand directly in <{tag}>; put it in mj-text", tag=element.tag
                ),
                where,
            )
    elif part.kind is PieceKind.RAW or (
        part.kind is PieceKind.EXPRESSION and not _CALL.match(part.inner)
    ):
        raise TemplateRefused(
            Sentence(
                "between components in <{tag}> only statements and macro calls can stand; put values in mj-text",
                tag=element.tag,
            ),
            part.position,
        )


def check_blocks(pieces: Iterable[Piece], where: Sentence | str) -> None:
    """Check that blocks open and close in pairs among these pieces, all of one element or attribute.

    Raises:
        TemplateRefused: with the position of the piece that has no partner here.
    """
    open_blocks: list[Piece] = []
    for piece in pieces:
        keyword = piece.keyword
        if not keyword:
            continue
        if keyword not in _STATEMENTS:
            raise TemplateRefused(
                Sentence("the statement {keyword} cannot be used in a template", keyword=keyword),
                piece.position,
            )
        if keyword in _OPENS or (keyword == "set" and _is_block_set(piece)):
            open_blocks.append(piece)
        elif keyword.startswith("end") or keyword in {"elif", "else"}:
            wanted = {"elif": {"if"}, "else": {"if", "for"}}.get(
                keyword, {keyword.removeprefix("end")}
            )
            if not open_blocks or open_blocks[-1].keyword not in wanted:
                raise TemplateRefused(
                    Sentence(
                        "{block} belongs to a block that was not opened in {where}; "
                        "open and close a block in the same element",
                        block=f"{{% {keyword} %}}",
                        where=where,
                    ),
                    piece.position,
                )
            if keyword.startswith("end"):
                open_blocks.pop()
    if open_blocks:
        raise TemplateRefused(
            Sentence(
                "{block} is not closed in {where}; open and close a block in the same element",
                block=f"{{% {open_blocks[-1].keyword} %}}",
                where=where,
            ),
            open_blocks[-1].position,
        )


def _is_block_set(piece: Piece) -> bool:
    return re.match(r"\Aset\s+\w+\s*\Z", piece.inner) is not None
