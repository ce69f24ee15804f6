"""Calls of one rendering to what stands outside of its message: answered, or collected to be asked for.

A call without an answer yet gives a `PendingValue`, so that the rendering goes on and collects the next
ones.
"""

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Undefined
from markupsafe import Markup

from engine.language.say import Sentence
from engine.messages.compose.lookup_functions import (
    DEFAULT,
    FUNCTIONS,
    LONGEST_CALL,
    MOST_CALLS,
    LookupFunction,
)
from engine.messages.compose.lookup_values import MARK, Guesses, LookupCall, PendingValue
from engine.messages.compose.render_environment import AbsentValue, BlankValue
from engine.messages.compose.template_errors import CannotRender

ANSWERS: Final = "_answers"
"""Under this name a context carries answers: by call, `[true, value]` or `[false, why there is none]`."""
_MARK_IN_ADDRESS: Final = quote(MARK)


class StillPending(Exception):
    """Answers that are not known yet may decide whether this is asked for at all."""


class LookupFailed(CannotRender):
    """There is no answer, and the template gives no default."""


class Lookups(Guesses):
    """The calls of one rendering.

    Attributes:
        wanted: those that no answer was given for, as the parent is asked for them.
    """

    def __init__(self, answers: Mapping[str, Sequence[Any]] | None, *, lenient: bool) -> None:
        super().__init__()
        self._answers = answers or {}
        self._lenient = lenient
        self._waits_for_others = False
        self.wanted: dict[str, None] = {}

    def offer(self, names: frozenset[str]) -> dict[str, LookupCall]:
        """Return the functions of these names as the template calls them."""
        return {name: _Call(FUNCTIONS[name], self) for name in names}

    def ask(self, function: LookupFunction, given: Mapping[str, Any]) -> Any:
        """Return the answer of a call; a pending value while there is none."""
        has_default = DEFAULT in given
        arguments = {name: _clean(value) for name, value in given.items() if name != DEFAULT}
        needed = arguments if function.takes_any else function.parameters[: function.required]
        for name in needed:
            if (value := arguments[name]) is None or isinstance(value, AbsentValue):
                return self._lack(
                    value,
                    Sentence("{function}() was given no {name}", function=function.name, name=name),
                    given,
                )
        if _holds_pending(arguments):
            return PendingValue(self)
        key = _write_call(function.name, arguments)
        if (answer := self._answers.get(key)) is None:
            return self._want(function, key)
        is_found, value = answer
        if is_found:
            return value
        return (
            self._lack(None, Sentence("{words}", words=str(value)), given)
            if not has_default
            else given[DEFAULT]
        )

    def _want(self, function: LookupFunction, key: str) -> PendingValue:
        if function.is_exact and (self.is_guessed or self._waits_for_others):
            raise StillPending
        self._waits_for_others |= not function.is_exact
        self.wanted[key] = None
        if len(self.wanted) + len(self._answers) > MOST_CALLS:
            raise LookupFailed(Sentence("a letter looks up at most {n} things", n=MOST_CALLS))
        return PendingValue(self)

    def _lack(self, value: Any, words: Sentence, given: Mapping[str, Any]) -> Any:
        if DEFAULT in given:
            return given[DEFAULT]
        if self._lenient:
            return BlankValue()
        if isinstance(value, Undefined):
            value._fail_with_undefined_error()  # noqa: SLF001 - Jinja names the missing value
        raise LookupFailed(words)


class _Call(LookupCall):
    """One function, as a template calls it."""

    __slots__ = ("_function", "_lookups")

    def __init__(self, function: LookupFunction, lookups: Lookups) -> None:
        self._function, self._lookups = function, lookups

    def __call__(self, *positional: Any, **named: Any) -> Any:
        if (fault := self._function.find_fault(len(positional), list(named))) is not None:
            raise LookupFailed(fault)
        return self._lookups.ask(self._function, self._function.bind(positional, named))


def _clean(value: Any) -> Any:
    """Return a value as JSON has it: escaped text is taken back, as the same call stands in the plain part."""
    match value:
        case Markup():
            return html.unescape(str(value))
        case tuple() | list():
            return [_clean(one) for one in value]
        case dict():
            return {str(name): _clean(one) for name, one in value.items()}
        case _:
            return value


def _holds_pending(value: Any) -> bool:
    match value:
        case list():
            return any(_holds_pending(one) for one in value)
        case dict():
            return any(_holds_pending(one) for one in value.values())
        case str():
            return MARK in value or _MARK_IN_ADDRESS in value
        case _:
            return type(value) is PendingValue


def _write_call(name: str, arguments: Mapping[str, Any]) -> str:
    given = {one: value for one, value in arguments.items() if value is not None}
    try:
        key = json.dumps(
            [name, given], sort_keys=True, allow_nan=False, default=_refuse, ensure_ascii=False
        )
        is_text = r"\u0000" not in key and bool(key.encode())
    except UnicodeEncodeError:
        is_text = False
    except (TypeError, ValueError):
        raise LookupFailed(
            Sentence("{name}() takes texts, numbers and lists of them", name=name)
        ) from None
    if not is_text:  # NUL, or half of a character: no database can be asked for it
        raise LookupFailed(
            Sentence("{name}() was given a character that no text can hold", name=name)
        )
    if len(key) > LONGEST_CALL:
        raise LookupFailed(
            Sentence("{name}() was given more than {n} characters", name=name, n=LONGEST_CALL)
        )
    return key


def _refuse(value: Any) -> Any:
    if isinstance(value, AbsentValue):
        value._fail_with_undefined_error()  # noqa: SLF001 - Jinja names the missing value
    raise TypeError
