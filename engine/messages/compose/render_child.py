"""The process that renders: reads requests on standard input, answers on standard output, has no other rights.

A request is a 4-byte length and JSON. Each answer is a head (status, five lengths) and UTF-8 bytes: the parent never
unpickles nor parses anything that a broken-out template could have written, but lengths and text.
"""

import codecs
import dataclasses
import json
import os
import re
import struct
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from jinja2 import Template, TemplateError, nodes

from engine.language.say import Sentence
from engine.messages.compose.calendar import ENGLISH, Calendar
from engine.messages.compose.compile_template import (
    CompileOptions,
    TemplateSource,
    compile_template,
)
from engine.messages.compose.lookup_calls import ANSWERS, LookupFailed, Lookups, StillPending
from engine.messages.compose.lookup_functions import FUNCTIONS, LONGEST_DETAIL
from engine.messages.compose.render_environment import LinkRecorder, build_environment
from engine.messages.compose.render_sandbox import enter_sandbox
from engine.messages.compose.template_errors import CannotRender, TemplateRefused
from engine.messages.compose.template_text import tidy_text

ANSWER: Final = struct.Struct(
    "!B5I"
)  # status, then lengths: subject, sender name, text, html, links
OK, REFUSED, TOO_LARGE, MEMORY, WANTS = 0, 1, 2, 3, 4
MAXIMUM_OUTPUT_CHARACTERS: Final = 1_000_000
_BREAKS: Final = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\\s]+")
_MAY_LOOK_UP: Final = re.compile(rf"\b(?:{'|'.join(FUNCTIONS)})\s*\(")
_MAXIMUM_LINE: Final = (
    240  # characters of a subject: at most 960 octets of UTF-8, under the 998 of RFC 5322 2.1.1
)


FAULTS: Final = (
    TemplateError,
    StillPending,
    TypeError,
    ValueError,
    ArithmeticError,
    RecursionError,
    LookupError,
    AttributeError,
)
"""By which a template may fail."""


_TOO_LONG: Final = Sentence("more than {n} characters", n=MAXIMUM_OUTPUT_CHARACTERS)
_TOO_HEAVY: Final = Sentence("used too much memory")


class _TooLarge(Exception):
    pass


class _Wants(Exception):
    def __init__(self, calls: list[str]) -> None:
        super().__init__()
        self.calls = calls


class RenderedSet:
    """The four compiled Jinja templates of one version."""

    def __init__(
        self, sources: dict[str, str], *, lenient: bool, calendar: Calendar = ENGLISH
    ) -> None:
        self._lenient = lenient
        self._looked_up = _find_lookups(sources.values())
        looks_up = bool(self._looked_up)
        build = partial(build_environment, lenient=lenient, looks_up=looks_up, calendar=calendar)
        escaping, plain = build(autoescape=True), build(autoescape=False)
        self._html = escaping.from_string(sources["html"])
        self._text = plain.from_string(sources["text"])
        self._subject = plain.from_string(sources["subject"])
        self._sender_name = plain.from_string(sources["sender_name"])

    def render(self, context: dict[str, Any]) -> tuple[bytes, bytes, bytes, bytes, bytes]:
        """Return subject, sender name, text, HTML and the JSON of dynamic link targets by key, as UTF-8."""
        link = LinkRecorder()
        values = {**context, "_link": link}
        lookups = None
        if self._looked_up:
            lookups = Lookups(values.pop(ANSWERS, None), lenient=self._lenient)
            values |= lookups.offer(self._looked_up)
        subject_, sender, text_, html_ = self._write(values, lookups)
        parts = (
            clean_line(subject_), clean_line(sender), tidy_text(text_), html_,
            json.dumps(link.targets) if link.targets else "",
        )  # fmt: skip
        subject, sender_name, text, letter, links = (part.encode() for part in parts)
        return subject, sender_name, text, letter, links

    def _write(self, values: dict[str, Any], lookups: Lookups | None) -> list[str]:
        """Return the four parts.

        Raises:
            _Wants: the letter calls for what has no answer yet.
        """
        written = []
        for part in (self._subject, self._sender_name, self._text, self._html):
            try:
                written.append(_join(part, values))
            except LookupFailed:
                raise
            except FAULTS:
                if lookups is None or not lookups.wanted:
                    raise  # else it may have failed for want of an answer: the next time tells
        if lookups is not None and lookups.wanted:
            raise _Wants(list(lookups.wanted))
        return written


def _find_lookups(sources: Iterable[str]) -> frozenset[str]:
    """Return the functions by which a template asks for what stands outside of its message."""
    found: set[str] = set()
    for source in sources:
        if _MAY_LOOK_UP.search(source):
            calls = build_environment(autoescape=True).parse(source).find_all(nodes.Call)
            found |= {one.node.name for one in calls if isinstance(one.node, nodes.Name)}
    return frozenset(found & FUNCTIONS.keys())


def clean_line(text: str) -> str:
    """Return one line: every kind of line break and control character becomes a blank; at most 240 characters."""
    return _BREAKS.sub(" ", text).strip()[:_MAXIMUM_LINE]


def _join(template: Template, values: dict[str, Any]) -> str:
    """Render piece by piece, stopping at the cap instead of after it."""
    size = 0
    parts = []
    for part in template.root_render_func(template.new_context(values)):
        size += len(part)
        if size > MAXIMUM_OUTPUT_CHARACTERS:
            raise _TooLarge
        parts.append(part)
    return "".join(parts)


def main() -> None:
    """Serve until standard input ends."""
    _warm_up()
    memory = int(json.loads(_read_request())["memory_bytes"])
    level = enter_sandbox(memory)
    _answer(OK, level.encode())
    sets: dict[str, RenderedSet] = {}
    while True:
        request = json.loads(_read_request())
        match request["do"]:
            case "render":
                _render(request, sets)
            case "compile":
                _compile(request)


def _warm_up() -> None:
    """Import what Jinja imports late, while files can still be opened."""
    for name in ("unicode-escape", "ascii", "utf-8", "latin-1", "idna"):
        codecs.lookup(name)
    mjml = """<mjml><mj-head><mj-style inline="inline">b { color: red }</mj-style></mj-head>
    <mj-body><mj-section><mj-column><mj-text>{% for item in cart %}<b>{{ item.name|default("x") }}</b>{% endfor %}</mj-text>
    </mj-column></mj-section></mj-body></mjml>"""
    compiled = compile_template(
        TemplateSource(mjml, "x"), CompileOptions(require_unsubscribe=False)
    )
    sources = {name: getattr(compiled, name) for name in ("html", "text", "subject", "sender_name")}
    RenderedSet(sources, lenient=False).render({"cart": [{"name": "é"}], "_open": ""})
    try:
        build_environment(autoescape=True).from_string("{% if %}")
    except TemplateError:
        pass


def _render(request: dict[str, Any], sets: dict[str, RenderedSet]) -> None:
    for digest in request["forget"]:
        sets.pop(digest, None)
    digest = request["digest"]
    broken: tuple[int, bytes] | None = None
    try:
        if digest not in sets:
            known = request["calendar"]
            sets[digest] = RenderedSet(
                request["sources"],
                lenient=request["lenient"],
                calendar=Calendar(**known) if known else ENGLISH,
            )
    except (TemplateError, ValueError, RecursionError, SyntaxError) as error:
        broken = REFUSED, _reason(error)
    for context in request["contexts"]:
        if broken is not None:
            _answer(*broken)
            continue
        try:
            rendered = sets[digest].render(context)
        except _Wants as wants:
            _answer(WANTS, json.dumps(wants.calls).encode())
        except CannotRender as error:
            _answer(REFUSED, b"", json.dumps(error.sentence.dump()).encode())
        except _TooLarge:
            _answer(TOO_LARGE, b"", json.dumps(_TOO_LONG.dump()).encode())
        except MemoryError:
            _answer(MEMORY, b"", json.dumps(_TOO_HEAVY.dump()).encode())
            os._exit(3)  # the heap may be near its limit: the next one gets a fresh process
        except FAULTS as error:
            _answer(REFUSED, _reason(error))
        else:
            _answer(OK, *rendered)


def _compile(request: dict[str, Any]) -> None:
    try:
        compiled = compile_template(
            TemplateSource(**request["source"]), CompileOptions(**request["options"])
        )
    except TemplateRefused as error:
        _answer(REFUSED, json.dumps(error.dump()).encode())
    else:
        _answer(OK, json.dumps(dataclasses.asdict(compiled)).encode())


def _reason(error: BaseException) -> bytes:
    return f"{type(error).__name__}: {error}"[:LONGEST_DETAIL].encode("utf-8", "replace")


def _answer(status: int, *fields: bytes) -> None:
    padded = (*fields, *[b""] * (5 - len(fields)))
    data = memoryview(b"".join((ANSWER.pack(status, *map(len, padded)), *padded)))
    while data:
        data = data[os.write(1, data) :]


def _read_request() -> bytes:
    (length,) = struct.unpack("!I", _read_exactly(4))
    return _read_exactly(length)


def _read_exactly(count: int) -> bytes:
    parts = []
    while count:
        part = os.read(0, min(count, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
