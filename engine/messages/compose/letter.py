"""A template's file as people write it: MJML whose title is the subject, or plain text."""

import dataclasses
import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

from engine.language.say import Sentence
from engine.messages.compose.compile_template import CompiledTemplate, TemplateSource
from engine.messages.compose.template_errors import Position, TemplateRefused
from engine.messages.compose.template_language import Variable, check_language
from engine.messages.compose.template_links import Link
from engine.messages.compose.template_source import expand_includes

LONGEST_TEXT: Final = 1_600
"""Characters of an SMS template: ten parts and a little."""
_LANGUAGE: Final = re.compile(r"""<mjml\b[^<>]*?\slang=["']([A-Za-z0-9-]{2,35})["']""")
_TITLE: Final = re.compile(r"<mj-title>(.*?)</mj-title>", re.DOTALL)
_PREVIEW: Final = re.compile(r"<mj-preview>(.*?)</mj-preview>", re.DOTALL)


def read_letter(text: str, partials: Mapping[str, str]) -> TemplateSource:
    """Return a letter's source: the subject is its `mj-title`, the preheader its `mj-preview`.

    Both are taken out, since they are lines and not markup; the line numbers stay.

    Raises:
        TemplateRefused: the letter has no title, so it would have no subject.
    """
    title = _TITLE.search(text)
    if title is None or not title[1].strip():
        raise TemplateRefused(
            Sentence("<mj-title> in <mj-head> is the subject: write one"), Position("", 1, 1)
        )
    preview = _PREVIEW.search(text)
    mjml = _PREVIEW.sub(_blank, _TITLE.sub(_blank, text))
    return TemplateSource(
        mjml=mjml,
        subject=_read_line(title[1]),
        preheader=_read_line(preview[1]) if preview else "",
        partials=partials,
    )


def compile_text(text: str) -> CompiledTemplate:
    """Return the compiled version of an SMS: Jinja in plain text, nothing escaped. Pure.

    Raises:
        TemplateRefused: with line and column of what cannot be used.
    """
    if len(text) > LONGEST_TEXT:
        raise TemplateRefused(
            Sentence("a text has at most {n} characters", n=LONGEST_TEXT), Position("", 1, 1)
        )
    pieces = expand_includes(text.strip(), {})
    source = "".join(piece.source for piece in pieces)
    read = check_language(source, lambda line: Position("", line, 1))
    empty = CompiledTemplate("", source, "", "", tuple(read), (), (), "")
    return dataclasses.replace(empty, digest=derive_digest(empty))


def derive_digest(compiled: CompiledTemplate) -> str:
    """Return what names a version in the renderers' caches."""
    parts = (compiled.html, compiled.text, compiled.subject, compiled.sender_name)
    whole = "\0".join(parts)
    return hashlib.sha256(whole.encode()).hexdigest()


def put_in_language(compiled: CompiledTemplate, language: str) -> CompiledTemplate:
    """Return a version that writes dates and amounts as this language does."""
    digest = hashlib.sha256(f"{compiled.digest}\0{language}".encode()).hexdigest()
    return dataclasses.replace(compiled, language=language, digest=digest)


def find_language(source: str) -> str:
    """Return the language that a letter's source names: `<mjml lang="de">`; "": it names none."""
    named = _LANGUAGE.search(source)
    return named[1] if named else ""


def dump_compiled(compiled: CompiledTemplate) -> dict[str, Any]:
    """Return the JSON of a compiled version, as its row keeps it."""
    return dataclasses.asdict(compiled)


def load_compiled(data: Mapping[str, Any]) -> CompiledTemplate:
    """Return what `dump_compiled` wrote."""
    return CompiledTemplate(
        html=data["html"],
        text=data["text"],
        subject=data["subject"],
        sender_name=data["sender_name"],
        variables=tuple(
            Variable(**{**each, "position": Position(**each["position"])})
            for each in data["variables"]
        ),
        links=tuple(
            Link(**{**each, "position": Position(**each["position"])}) for each in data["links"]
        ),
        warnings=tuple(data["warnings"]),
        digest=data["digest"],
        language=data.get("language", ""),
    )


def _read_line(text: str) -> str:
    return " ".join(text.split())


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
