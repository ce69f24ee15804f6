"""What may be better in how a letter looks: its texts, pictures and buttons. Pure."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.language.say import say
from engine.messages.compose.letter_colours import (
    ENOUGH,
    ENOUGH_LARGE,
    Colour,
    measure_contrast,
    read_colour,
    read_pixels,
)
from engine.messages.compose.lint_finding import Finding, find
from engine.messages.compose.template_carrier import Carrier
from engine.messages.compose.template_markup import Element, Text
from engine.messages.compose.template_source import Piece

SMALLEST_FONT: Final = 13
SMALLEST_BUTTON: Final = 44
FEWEST_WORDS: Final = 20
"""Words beside pictures: with fewer of them a letter looks to filters like a picture alone."""
_IMAGES: Final = frozenset({"img", "mj-image"})
_LARGE: Final = 24
_LARGE_BOLD: Final = 19
_BOLD: Final = 600
_USUAL_FONT: Final = {"mj-button": 13.0, "mj-text": 13.0}
_GROUNDS: Final = ("container-background-color", "inner-background-color", "background-color")
_USUAL_PADDING: Final = 10.0
_JOINED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)
"""Signs of Thai, Lao, Burmese, Khmer, Japanese and Chinese, which write no blanks between words."""
_LINE: Final = 1.2  # height of a button's line to its font's size, where none is said


@dataclass(frozen=True, slots=True)
class _Ground:
    """What an element stands on, and how it writes, as far as that is known.

    Attributes:
        back: None: decided by data or a picture.
    """

    back: Colour | None = (255, 255, 255)
    ink: Colour | None = (0, 0, 0)
    size: float = 13.0
    is_bold: bool = False


@dataclass(slots=True)
class _Usual:
    """What `mj-attributes` says of all, of tags and of classes."""

    of_tag: dict[str, Mapping[str, str]] = field(default_factory=dict)
    of_class: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def read(self, element: Element, name: str) -> str | None:
        """Return an attribute as it counts in the end; None: nobody said."""
        if name in element.attributes:
            return element.attributes[name].value
        classes = element.attributes.get("mj-class")
        for each in classes.value.split() if classes else ():
            if name in self.of_class.get(each, {}):
                return self.of_class[each][name]
        return self.of_tag.get(element.tag, {}).get(name) or self.of_tag.get("mj-all", {}).get(name)


def look_at_looks(root: Element, carrier: Carrier) -> Iterator[Finding]:
    """Yield what is hard to read or to press, or lacks words."""
    usual = _read_usual(root)
    yield from _look_at(root, usual, carrier, _Ground())
    elements = list(walk(root))
    images = [each for each in elements if each.tag in _IMAGES]
    words = sum(_count_words(each, carrier) for each in elements)
    if images and words < FEWEST_WORDS:
        message = say(
            "a letter of pictures with {count} words: filters take it for spam, and who loads no "
            "pictures sees nothing; write at least {least} words",
            count=words,
            least=FEWEST_WORDS,
        )
        yield find(images[0].position, "images_alone", message)


def walk(element: Element) -> Iterator[Element]:
    """Yield an element and all below it, in order."""
    yield element
    for child in element.children:
        if isinstance(child, Element):
            yield from walk(child)


def _look_at(element: Element, usual: _Usual, carrier: Carrier, on: _Ground) -> Iterator[Finding]:
    if element.tag in {"mj-head", "mj-raw"}:
        return
    if element.tag in _IMAGES and "alt" not in element.attributes:
        message = say(
            'give <{tag}> an alt text, or alt="" where it only decorates', tag=element.tag
        )
        yield find(element.position, "missing_alt", message)
    on = _step_on(element, usual, on)
    says_more = element.tag in _USUAL_FONT or {"style", "color"} & element.attributes.keys()
    if says_more and _has_words(element, carrier):
        yield from _look_at_words(element, on)
    if element.tag == "mj-button":
        yield from _look_at_button(element, usual, on)
    for child in element.children:
        if isinstance(child, Element):
            yield from _look_at(child, usual, carrier, on)


def _step_on(element: Element, usual: _Usual, on: _Ground) -> _Ground:
    styles = _read_style(element)
    is_html = not element.tag.startswith("mj")

    def read(name: str) -> str | None:
        return styles.get(name) or (None if is_html else usual.read(element, name))

    back = on.back
    grounds = [read(name) for name in _GROUNDS] + [styles.get("background")]
    if element.tag == "mj-button":
        grounds = [read("background-color") or "#414141"]  # MJML's own
    if said := next((each for each in grounds if each), None):
        back = read_colour(said)
    if usual.read(element, "background-url"):
        back = None
    ink = on.ink
    if (said_ink := read("color")) is not None:
        ink = read_colour(said_ink)
    elif element.tag == "mj-button":
        ink = (255, 255, 255)
    weight = read("font-weight") or (
        "700" if element.tag in {"h1", "h2", "h3", "b", "strong"} else ""
    )
    size = read_pixels(read("font-size"))
    if size is None:
        size = _USUAL_FONT.get(element.tag, on.size)
    return _Ground(
        back,
        ink,
        size,
        on.is_bold
        if not weight
        else weight == "bold" or (weight.isdigit() and int(weight) >= _BOLD),
    )


def _look_at_words(element: Element, on: _Ground) -> Iterator[Finding]:
    if on.size < SMALLEST_FONT:
        message = say(
            "{size} pixels are hard to read: take at least {least}",
            size=f"{on.size:g}",
            least=SMALLEST_FONT,
        )
        yield find(element.position, "tiny_font", message, "hint")
    if on.back is None or on.ink is None:
        return
    is_large = on.size >= _LARGE or (on.is_bold and on.size >= _LARGE_BOLD)
    contrast = measure_contrast(on.back, on.ink)
    if contrast < (least := ENOUGH_LARGE if is_large else ENOUGH):
        message = say(
            "the text hardly stands out from its ground: contrast {contrast}, at least {least} is needed",
            contrast=f"{contrast:.1f}",
            least=f"{least:g}",
        )
        yield find(element.position, "low_contrast", message)


def _look_at_button(element: Element, usual: _Usual, on: _Ground) -> Iterator[Finding]:
    said = (usual.read(element, "inner-padding") or "").split()
    paddings = [read_pixels(each) for each in said] or [_USUAL_PADDING]
    top, bottom = paddings[0], paddings[2] if len(paddings) > 2 else paddings[0]
    if top is None or bottom is None:
        return
    line = read_pixels(usual.read(element, "line-height")) or on.size * _LINE
    if (height := line + top + bottom) < SMALLEST_BUTTON:
        message = say(
            "this button is about {height} pixels high: thumbs need {least}; raise inner-padding",
            height=round(height),
            least=SMALLEST_BUTTON,
        )
        yield find(element.position, "small_button", message, "hint")


def _read_usual(root: Element) -> _Usual:
    usual = _Usual()
    for attributes in (each for each in walk(root) if each.tag == "mj-attributes"):
        for child in attributes.children:
            if not isinstance(child, Element):
                continue
            said = {name: each.value for name, each in child.attributes.items()}
            name = child.attributes.get("name")
            if child.tag == "mj-class" and name is not None:
                usual.of_class[name.value] = said
            else:
                usual.of_tag[child.tag] = {**usual.of_tag.get(child.tag, {}), **said}
    return usual


def _read_style(element: Element) -> dict[str, str]:
    style = element.attributes.get("style")
    pairs = (each.partition(":") for each in style.value.split(";")) if style else ()
    return {name.strip().lower(): value.strip() for name, sign, value in pairs if sign}


def _has_words(element: Element, carrier: Carrier) -> bool:
    return _count_words(element, carrier) > 0


def _count_words(element: Element, carrier: Carrier) -> int:
    """Return how many words stand in the element itself, a value being one."""
    if element.tag in {"mj-style", "mj-title", "mj-preview"}:
        return 0
    count = 0
    for child in element.children:
        if isinstance(child, Text):
            for part in carrier.split(child.value):
                is_value = isinstance(part, Piece) and part.keyword == ""
                text = "x" if is_value else part if isinstance(part, str) else ""
                count += _count(html.unescape(text))
    return count


def _count(text: str) -> int:
    """Return how many words a text has; of writing without blanks two signs count as one."""
    joined = len(_JOINED.findall(text))
    return len(re.findall(r"\w+", _JOINED.sub(" ", text))) + (joined + 1) // 2
