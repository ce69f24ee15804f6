"""Renders in killable child processes, a chunk of contexts at a time.

A child's death touches only the message it was rendering: answers come one by one, so the parent knows how far it
came. That message is tried once more alone in a fresh child (it may only have come at the end of its strength), then
given up; the rest of the chunk goes on. A poison item costs at most two children.
"""

import contextlib
import dataclasses
import fcntl
import json
import os
import queue
import select
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from engine.language.say import Sentence, load_sentence, say
from engine.messages.compose.calendars import find_calendar
from engine.messages.compose.compile_template import (
    CompiledTemplate,
    CompileOptions,
    TemplateSource,
)
from engine.messages.compose.lookup_functions import LONGEST_DETAIL
from engine.messages.compose.missing_values import name_missing_value
from engine.messages.compose.render_child import (
    ANSWER,
    MAXIMUM_OUTPUT_CHARACTERS,
    MEMORY,
    OK,
    TOO_LARGE,
    WANTS,
)
from engine.messages.compose.template_errors import Position, TemplateRefused, load_refusal
from engine.messages.compose.template_language import Variable
from engine.messages.compose.template_links import Link

_START: Final = "import sys; sys.path.insert(0, {!r}); from engine.messages.compose.render_child import main; main()"
_REMEMBERED_TEMPLATES: Final = 32  # a child keeps this many versions compiled
_START_SECONDS: Final = 20.0
_PIPE_BYTES: Final = 1 << 20
_SET_PIPE_SIZE: Final = 1031  # F_SETPIPE_SZ, <linux/fcntl.h>


class FailureReason(StrEnum):
    """Why one message could not be rendered."""

    TEMPLATE = "template"  # a missing value, a wrong type, something refused
    TOO_LARGE = "too_large"
    MEMORY = "memory"
    TIMEOUT = "timeout"
    CRASH = "crash"


@dataclasses.dataclass(frozen=True, slots=True)
class Rendered:
    """One rendered message; bytes are UTF-8. ``link_targets``: where the keys of dynamic links lead, to be stored."""

    subject: str
    sender_name: str
    text: bytes
    html: bytes
    link_targets: Mapping[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class RenderFailed:
    """One message that could not be rendered; to be set aside, with the reason shown."""

    reason: FailureReason
    detail: str
    may_pass: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Wants:
    """One message that waits for answers: the calls that it makes to what stands outside of it."""

    calls: tuple[str, ...]


Outcome = Rendered | RenderFailed | Wants


@dataclasses.dataclass(frozen=True, slots=True)
class RenderLimits:
    """What one child may use: address space in bytes, and seconds for one message (or one compilation)."""

    memory_bytes: int = 512 << 20
    message_seconds: float = 2.0


class _ChildDied(Exception):
    def __init__(self, reason: FailureReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class _Child:
    """One child process and the pipe to it. Starting does not wait; the first use does."""

    def __init__(self, limits: RenderLimits) -> None:
        self._limits = limits
        root = str(Path(__file__).resolve().parents[3])
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START.format(root)], env={}, cwd="/", close_fds=True, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
        )  # fmt: skip
        into, out = self.process.stdin, self.process.stdout
        if into is None or out is None:
            raise OSError("no pipes")
        self._into, self._out = into.fileno(), out.fileno()
        for descriptor in (self._into, self._out):
            os.set_blocking(descriptor, False)
            with contextlib.suppress(
                OSError
            ):  # a system that knows no such call, or allows less: smaller pipes, same answers
                fcntl.fcntl(descriptor, _SET_PIPE_SIZE, _PIPE_BYTES)
        self._readable, self._writable = select.poll(), select.poll()
        self._readable.register(self._out, select.POLLIN)
        self._writable.register(self._into, select.POLLOUT)
        self._buffer = bytearray()
        self._known: deque[str] = deque()
        self.sandbox: str | None = None

    def start(self) -> None:
        """Wait until it is up and confined."""
        if self.sandbox is None:
            self.send({"memory_bytes": self._limits.memory_bytes}, _START_SECONDS)
            self.sandbox = self.receive(_START_SECONDS)[1][0].decode()

    def describe(self, template: CompiledTemplate) -> dict[str, Any]:
        """Return the part of a request that names a template; its sources travel only the first time."""
        if template.digest in self._known:
            return {"digest": template.digest, "sources": None, "calendar": None, "forget": []}
        self._known.append(template.digest)
        forget = [self._known.popleft()] if len(self._known) > _REMEMBERED_TEMPLATES else []
        names = ("html", "text", "subject", "sender_name")
        sources = {name: getattr(template, name) for name in names}
        known = dataclasses.asdict(find_calendar(template.language)) if template.language else None
        return {
            "digest": template.digest, "sources": sources, "calendar": known, "forget": forget
        }  # fmt: skip

    def send(self, request: Mapping[str, Any], seconds: float) -> None:
        body = json.dumps(request, separators=(",", ":"), default=str).encode()
        data = memoryview(struct.pack("!I", len(body)) + body)
        deadline = time.monotonic() + seconds
        while data:
            try:
                data = data[os.write(self._into, data) :]
            except BlockingIOError:
                self._wait(self._writable, deadline)
            except OSError:
                raise _ChildDied(FailureReason.CRASH) from None

    def receive(self, seconds: float) -> tuple[int, list[bytes]]:
        """Return the next answer: its status and its five fields."""
        deadline = time.monotonic() + seconds
        self._fill(ANSWER.size, deadline)
        status, *lengths = ANSWER.unpack_from(self._buffer)
        if sum(lengths) > 24 * MAXIMUM_OUTPUT_CHARACTERS:
            raise _ChildDied(FailureReason.TOO_LARGE)
        total = ANSWER.size + sum(lengths)
        self._fill(total, deadline)
        fields, at = [], ANSWER.size
        for length in lengths:
            fields.append(bytes(self._buffer[at : at + length]))
            at += length
        del self._buffer[:total]
        return status, fields

    def _fill(self, count: int, deadline: float) -> None:
        while len(self._buffer) < count:
            try:
                part = os.read(self._out, _PIPE_BYTES)
            except BlockingIOError:
                self._wait(self._readable, deadline)
                continue
            if not part:
                raise _ChildDied(FailureReason.CRASH)
            self._buffer += part

    def _wait(self, poll: select.poll, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise _ChildDied(FailureReason.TIMEOUT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


class RenderPool:
    """A fixed number of children and one warm spare; threads share it."""

    def __init__(self, size: int = 2, limits: RenderLimits | None = None) -> None:
        self._limits = limits or RenderLimits()
        self._idle: queue.LifoQueue[_Child] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._size = size
        self.deaths = 0
        for _ in range(size):
            self._idle.put(_Child(self._limits))
        self._spare = _Child(self._limits)

    def render(
        self,
        template: CompiledTemplate,
        contexts: Sequence[Mapping[str, Any]],
        *,
        lenient: bool = False,
    ) -> list[Outcome]:
        """Return one result for each context, in order. Contexts are JSON values; never raises for a template's fault.

        Args:
            template: the version to render.
            contexts: what ``{{ … }}`` reads, with ``_track``, ``_open`` and ``unsubscribe_url`` of each message.
            lenient: show missing values as nothing instead of failing the message.
        """
        if lenient:  # children keep what they compiled by its digest: the strict one is another
            template = dataclasses.replace(template, digest=f"{template.digest}:lenient")
        results: dict[int, Outcome] = {}
        batches: deque[list[int]] = deque([list(range(len(contexts)))])
        while batches:
            batch = batches.popleft()
            if not batch:
                continue
            died = self._render_batch(template, contexts, batch, results, lenient=lenient)
            left = [index for index in batch if index not in results]
            if died is None or not left:
                continue
            if died is not FailureReason.MEMORY and len(batch) == 1:
                results[left[0]] = RenderFailed(died, say("the rendering process was ended"))
            elif died is FailureReason.MEMORY:
                batches.appendleft(left)
            else:
                batches.extendleft((left[1:], left[:1]))
        return [results[index] for index in range(len(contexts))]

    def _render_batch(
        self, template: CompiledTemplate, contexts: Sequence[Mapping[str, Any]], batch: list[int],
        results: dict[int, Outcome], *, lenient: bool,
    ) -> FailureReason | None:  # fmt: skip
        """Fill in results until the chunk is done or the child dies; return what it died of."""
        child = self._idle.get()
        seconds = self._limits.message_seconds
        try:
            child.start()
            request = {"do": "render", **child.describe(template), "lenient": lenient}
            child.send(
                {**request, "contexts": [contexts[index] for index in batch]},
                seconds + len(batch) * 0.01,
            )
            for index in batch:
                status, fields = child.receive(seconds)
                results[index] = _read_result(status, fields, template)
                if status == MEMORY:
                    raise _ChildDied(FailureReason.MEMORY)
        except _ChildDied as death:
            self._replace(child)
            return death.reason
        except BaseException:
            self._replace(child)
            raise
        self._idle.put(child)
        return None

    def compile(
        self, source: TemplateSource, options: CompileOptions | None = None
    ) -> CompiledTemplate:
        """Return ``compile_template(source, options)``, computed in a child.

        Raises:
            TemplateRefused: as there; also when the child ran out of time or memory.
        """
        asked = {
            "source": dataclasses.asdict(source),
            "options": dataclasses.asdict(options or CompileOptions()),
        }
        child = self._idle.get()
        try:
            child.start()
            child.send({"do": "compile", **asked}, self._limits.message_seconds)
            status, fields = child.receive(self._limits.message_seconds)
        except _ChildDied as death:
            self._replace(child)
            raise TemplateRefused(
                Sentence("too heavy to compile ({why})", why=death.reason.value), Position("", 1, 1)
            ) from None
        except BaseException:
            self._replace(child)
            raise
        self._idle.put(child)
        answer = json.loads(fields[0])
        if status != OK:
            raise load_refusal(answer)
        variables = tuple(
            Variable(**{**each, "position": Position(**each["position"])})
            for each in answer["variables"]
        )
        links = tuple(
            Link(**{**each, "position": Position(**each["position"])}) for each in answer["links"]
        )
        return CompiledTemplate(
            **{
                **answer,
                "variables": variables,
                "links": links,
                "warnings": tuple(answer["warnings"]),
            }
        )

    def _replace(self, child: _Child) -> None:
        """Put the warm spare in the place of a dead child and start another spare; nobody waits for it."""
        child.kill()
        with self._lock:
            self.deaths += 1
            spare, self._spare = self._spare, _Child(self._limits)
        self._idle.put(spare)

    def close(self) -> None:
        """End every child; no call may be in progress."""
        for child in [self._idle.get() for _ in range(self._size)] + [self._spare]:
            child.kill()


def _read_result(status: int, fields: list[bytes], template: CompiledTemplate) -> Outcome:
    if status == OK:
        subject, sender_name, text, letter, links = fields
        return Rendered(
            subject.decode(), sender_name.decode(), text, letter, json.loads(links) if links else {}
        )
    if status == WANTS:
        return Wants(tuple(json.loads(fields[0])))
    reason = {TOO_LARGE: FailureReason.TOO_LARGE, MEMORY: FailureReason.MEMORY}.get(
        status, FailureReason.TEMPLATE
    )
    if fields[1]:
        return RenderFailed(reason, str(load_sentence(json.loads(fields[1])))[:LONGEST_DETAIL])
    detail = fields[0].decode("utf-8", "replace")
    return RenderFailed(reason, name_missing_value(detail, template.variables))
