"""A letter around a partial, so that it can be looked at by itself. Pure."""

import re
from collections.abc import Mapping
from typing import Final

from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.compose.template_source import expand_includes

_TAG: Final = re.compile(r"<(mj-[a-z-]+)")
_HEAD: Final = frozenset(
    {
        "mj-attributes",
        "mj-breakpoint",
        "mj-font",
        "mj-html-attributes",
        "mj-preview",
        "mj-style",
        "mj-title",
    }
)
_ROWS: Final = frozenset({"mj-section", "mj-wrapper", "mj-hero"})
_COLUMNS: Final = frozenset({"mj-column", "mj-group"})
_SAMPLE: Final = (
    "<mj-section><mj-column><mj-text><h1>Lorem ipsum</h1></mj-text>"
    '<mj-text>Dolor sit amet.</mj-text><mj-button href="https://example.com/">Consectetur'
    "</mj-button></mj-column></mj-section>"
)


def frame_partial(name: str, source: str, partials: Mapping[str, str]) -> str:
    """Return a letter that includes the partial where what it holds belongs, by its first tag."""
    include = f'{{% include "{name}" %}}'
    first = _TAG.search(_expand(source, partials))
    tag = first.group(1) if first else ""
    head, body = "", include
    if tag in _HEAD:
        head, body = include, _SAMPLE
    elif tag in _COLUMNS:
        body = f"<mj-section>{include}</mj-section>"
    elif tag and tag not in _ROWS:
        body = f"<mj-section><mj-column>{include}</mj-column></mj-section>"
    elif not tag:
        body = f"<mj-section><mj-column><mj-text>{include}</mj-text></mj-column></mj-section>"
    if tag not in _HEAD and name != "head":
        head = '{% include "head" %}'
    return (
        f'<mjml lang="en"><mj-head><mj-title>{name}</mj-title><mj-preview>{name}</mj-preview>{head}'
        f"</mj-head>"
        f'<mj-body width="600px">{body}</mj-body></mjml>'
    )


def _expand(source: str, partials: Mapping[str, str]) -> str:
    try:
        return "".join(piece.source for piece in expand_includes(source, partials))
    except TemplateRefused:  # what is wrong is told when the letter is compiled
        return source
