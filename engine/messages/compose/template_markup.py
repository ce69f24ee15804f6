"""A strict parser for MJML and the HTML inside it, over a source whose Jinja pieces are already tokens.

mjml-python accepts unknown tags and wrong closing tags in silence and dies on deep nesting; this parser
refuses instead, and knows where. It is not a general HTML parser: every element is closed, every attribute quoted.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from engine.language.say import Sentence
from engine.messages.compose.template_errors import Position, TemplateRefused

MAXIMUM_DEPTH: Final = 64
MAXIMUM_ELEMENTS: Final = 20_000
VOID_TAGS: Final = frozenset({"br", "hr", "img", "wbr", "col"})

_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE: Final = re.compile(
    r"""\s+([A-Za-z_:][A-Za-z0-9_:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')"""
)
_END: Final = re.compile(r"\s*(/?)>")


@dataclass(slots=True)
class Attribute:
    """One attribute; the value is as written, entities and Jinja tokens included."""

    name: str
    value: str
    position: Position


@dataclass(slots=True)
class Text:
    """Literal text between tags, entities and Jinja tokens included."""

    value: str
    offset: int


@dataclass(slots=True)
class Element:
    """One element with its children in order."""

    tag: str
    attributes: dict[str, Attribute]
    position: Position
    children: "list[Element | Text]" = field(default_factory=list)


def parse_markup(source: str, locate: Callable[[int], Position]) -> Element:
    """Return the one root element of a carried source.

    Args:
        source: MJML with tokens in the place of Jinja.
        locate: position in the marketer's sources of a character offset in ``source``.

    Raises:
        TemplateRefused: not well formed, deeper than 64, more than 20,000 elements, or a DOCTYPE, CDATA
            section or processing instruction.
    """
    root = Element("", {}, locate(0))
    stack = [root]
    at = count = 0
    while at < len(source):
        opening = source.find("<", at)
        text_end = len(source) if opening < 0 else opening
        if text_end > at:
            stack[-1].children.append(Text(source[at:text_end], at))
        if opening < 0:
            break
        if source.startswith("<!--", opening):
            at = _comment_end(source, opening, locate)
            continue
        found = _TAG.match(source, opening)
        if found is None:
            reason = (
                Sentence("write &lt; for a less-than sign")
                if not source.startswith(("<!", "<?"), opening)
                else Sentence("a DOCTYPE, CDATA section or processing instruction is not allowed")
            )
            raise TemplateRefused(reason, locate(opening))
        count += 1
        if count > MAXIMUM_ELEMENTS:
            raise TemplateRefused(
                Sentence("more than {n} tags", n=MAXIMUM_ELEMENTS), locate(opening)
            )
        tag = found.group(2).lower()
        if found.group(1):
            at = _close(source, found.end(), tag, stack, locate(opening))
            continue
        at, element, closed = _open(source, found.end(), tag, locate, locate(opening))
        stack[-1].children.append(element)
        if not closed and tag not in VOID_TAGS:
            stack.append(element)
            if len(stack) > MAXIMUM_DEPTH:
                raise TemplateRefused(
                    Sentence("tags nest deeper than {n}", n=MAXIMUM_DEPTH), element.position
                )
    if len(stack) > 1:
        raise TemplateRefused(
            Sentence("<{tag}> is never closed", tag=stack[-1].tag), stack[-1].position
        )
    return _only_element(root)


def _comment_end(source: str, opening: int, locate: Callable[[int], Position]) -> int:
    end = source.find("-->", opening + 4)
    if end < 0:
        raise TemplateRefused(Sentence("this comment is never closed"), locate(opening))
    return end + 3


def _close(source: str, at: int, tag: str, stack: list[Element], position: Position) -> int:
    end = _END.match(source, at)
    if end is None or end.group(1):
        raise TemplateRefused(Sentence("</{tag} is not ended by >", tag=tag), position)
    if len(stack) == 1 or stack[-1].tag != tag:
        opened = stack[-1]
        reason = (
            Sentence(
                "</{tag}> found where </{wanted}>, opened in line {line}, was expected",
                tag=tag,
                wanted=opened.tag,
                line=opened.position.line,
            )
            if len(stack) > 1
            else Sentence("</{tag}> found where no closing tag was expected", tag=tag)
        )
        raise TemplateRefused(reason, position)
    stack.pop()
    return end.end()


def _open(
    source: str, at: int, tag: str, locate: Callable[[int], Position], position: Position
) -> tuple[int, Element, bool]:
    attributes: dict[str, Attribute] = {}
    while (found := _ATTRIBUTE.match(source, at)) is not None:
        name = found.group(1).lower()
        where = locate(found.start(1))
        if name in attributes:
            raise TemplateRefused(Sentence("the attribute {name} is given twice", name=name), where)
        attributes[name] = Attribute(
            name, found.group(2) if found.group(2) is not None else found.group(3), where
        )
        at = found.end()
    end = _END.match(source, at)
    if end is None:
        raise TemplateRefused(
            Sentence(
                '<{tag}> holds something other than name="value" attributes; '
                "Jinja goes inside an attribute's quotes, not between attributes",
                tag=tag,
            ),
            locate(min(at, len(source) - 1)),
        )
    return end.end(), Element(tag, attributes, position), bool(end.group(1))


def _only_element(root: Element) -> Element:
    elements = [child for child in root.children if isinstance(child, Element)]
    if len(elements) != 1 or elements[0].tag != "mjml":
        raise TemplateRefused(Sentence("a letter is one <mjml> element"), root.position)
    for child in root.children:
        if isinstance(child, Text) and child.value.strip():
            raise TemplateRefused(Sentence("nothing may stand outside <mjml>"), root.position)
    return elements[0]
