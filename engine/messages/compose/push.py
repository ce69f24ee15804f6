"""What a push says, as people write it: lines such as `title: …`; Jinja in each of them.

    title: Your {{ cart.name }} waits
    body: Two good things are in it.
      They are kept until tomorrow.
    url: {{ base_url }}/cart
    icon: https://shop.example/icon.png
    image: https://shop.example/jacket.jpg
    tag: cart
    action: Buy now -> https://shop.example/checkout

A line that begins with two blanks goes on with the body. Of actions there are up to two.
"""

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.language.say import say
from engine.messages.compose.compile_template import CompiledTemplate
from engine.messages.compose.letter import derive_digest
from engine.messages.compose.template_errors import Position, TemplateRefused
from engine.messages.compose.template_language import Variable, check_language
from engine.messages.compose.template_links import LinkTable, build_address
from engine.messages.compose.template_source import Piece, PieceKind, expand_includes

FIELDS: Final = ("title", "body", "url", "icon", "image", "tag", "action")
MOST_ACTIONS: Final = 2
"""So many every browser shows that shows any."""
LONGEST: Final = 6_000
"""Characters of a source."""
LONGEST_FIELD: Final = 2_000
LONGEST_TITLE: Final = 200
LONGEST_BODY: Final = 1_000
LONGEST_TAG: Final = 100
LONGEST_LABEL: Final = 60
_BREAK: Final = (
    "\ufdd0"  # between the fields of what is rendered: no character of any text (Unicode, 23.7)
)
_LINE: Final = re.compile(r"([a-z]+):[ \t]*(.*)")
_ARROW: Final = re.compile(r"\s+->\s+")


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a notification, and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class PushWords:
    """What a notification says.

    Attributes:
        url: where a click on it leads; "": to the site that it is of.
        tag: a notification of the same name is replaced; "": none is.
    """

    title: str
    body: str = ""
    url: str = ""
    icon: str = ""
    image: str = ""
    tag: str = ""
    actions: tuple[Action, ...] = ()


class BrokenPush(ValueError):
    """What was rendered is no push: contact data holds what no text does."""


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    value: str
    line: int


@dataclass(slots=True)
class _Compiling:
    links: LinkTable = field(default_factory=lambda: LinkTable(track=True))
    variables: dict[str, Variable] = field(default_factory=dict)

    def check(self, one: _Field) -> str:
        """Return a field's Jinja, checked by itself: none begins here and ends in another."""
        if len(one.value) > LONGEST_FIELD:
            words = say("{field} has at most {most} characters", field=one.name, most=LONGEST_FIELD)
            raise TemplateRefused(words, Position("", one.line, 1))
        pieces = expand_includes(one.value, {})
        source = "".join(piece.source for piece in pieces)
        for read in check_language(source, lambda line: Position("", one.line + line - 1, 1)):
            self.variables.setdefault(read.path, read)
        return source

    def address(self, one: _Field | None, *, follows: bool = False) -> str:
        """Return the Jinja of an address, escaped where contact data stands in it."""
        if one is None or not one.value:
            return ""
        self.check(one)
        position = Position("", one.line, 1)
        parts = [_take(piece) for piece in expand_includes(one.value, {})]
        if not follows and isinstance(parts[0], str) and not parts[0].startswith("https://"):
            raise TemplateRefused(
                say("{field} begins with https://", field=one.name), position
            )  # browsers show no picture of a page that is not secure
        if follows:
            self.links.add(parts, position)
        return build_address(parts, position, for_html=False)


def compile_push(text: str) -> CompiledTemplate:
    """Return the compiled version of a push: its fields in one order, parted by a sign of ours. Pure.

    Raises:
        TemplateRefused: with the line of what cannot be used.
    """
    fields = _read_fields(text)
    named = {one.name: one for one in fields if one.name != "action"}
    actions = [_read_action(one) for one in fields if one.name == "action"]
    title = named.get("title")
    if title is None or not title.value.strip():
        raise TemplateRefused(say("title: what is the push about?"), Position("", 1, 1))
    compiling = _Compiling()
    subject = compiling.check(title)
    parts = [
        *(compiling.check(named[name]) if name in named else "" for name in ("body", "tag")),
        *(compiling.address(named.get(name)) for name in ("icon", "image")),
        compiling.address(named.get("url"), follows=True),
    ]
    for label, target in actions:
        parts += [compiling.check(label), compiling.address(target, follows=True)]
    parts += [""] * (2 * (MOST_ACTIONS - len(actions)))
    variables, links = tuple(compiling.variables.values()), tuple(compiling.links.links)
    made = CompiledTemplate("", _BREAK.join(parts), subject, "", variables, links, (), "")
    return dataclasses.replace(made, digest=derive_digest(made))


def read_push(title: str, text: str) -> PushWords:
    """Return what was rendered of a compiled push.

    Raises:
        BrokenPush: it has other parts than it was compiled with, or no title.
    """
    parts = [part.strip() for part in text.split(_BREAK)]
    title = " ".join(title.split())[:LONGEST_TITLE]
    if len(parts) != 5 + 2 * MOST_ACTIONS or not title:
        raise BrokenPush(say("a push needs a title, and no control characters"))
    body, tag, icon, image, url, *rest = parts
    actions = tuple(
        Action(label[:LONGEST_LABEL], target)
        for label, target in zip(rest[::2], rest[1::2], strict=True)
        if label
    )
    return PushWords(title, body[:LONGEST_BODY], url, icon, image, tag[:LONGEST_TAG], actions)


def _take(piece: Piece) -> str | Piece:
    return piece.source if piece.kind is PieceKind.TEXT else piece


def _read_fields(text: str) -> Sequence[_Field]:
    if len(text) > LONGEST:
        words = say("a push has at most {most} characters", most=LONGEST)
        raise TemplateRefused(words, Position("", 1, 1))
    if (at := text.find(_BREAK)) >= 0:
        place = Position("", text.count("\n", 0, at) + 1, 1)
        raise TemplateRefused(say("a push holds no control characters"), place)
    found: list[_Field] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if line.startswith("  ") and found and found[-1].name == "body":
            last = found[-1]
            found[-1] = dataclasses.replace(last, value=f"{last.value}\n{line[2:].rstrip()}")
            continue
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        place = Position("", number, 1)
        if match is None or match[1] not in FIELDS:
            known = ", ".join(f"{name}:" for name in FIELDS)
            raise TemplateRefused(say("a line begins with one of {known}", known=known), place)
        is_double = match[1] != "action" and any(one.name == match[1] for one in found)
        if is_double:
            raise TemplateRefused(say("{field} stands there twice", field=match[1]), place)
        found.append(_Field(match[1], match[2].strip(), number))
    if sum(one.name == "action" for one in found) > MOST_ACTIONS:
        words = say("a push has at most {most} actions", most=MOST_ACTIONS)
        raise TemplateRefused(words, Position("", found[-1].line, 1))
    return found


def _read_action(one: _Field) -> tuple[_Field, _Field]:
    label, *target = _ARROW.split(one.value, maxsplit=1)
    if not label or not target:
        words = say("an action is: its name -> where it leads")
        raise TemplateRefused(words, Position("", one.line, 1))
    return _Field("action", label, one.line), _Field("action", target[0], one.line)
