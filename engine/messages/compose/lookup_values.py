"""An answer that a rendering waits for, and what may be done with it until it is there.

The rendering goes on, so that everything that is looked up is asked for at once; what it writes is thrown
away. Whatever is decided by such a value is a guess: what answering would take away is not asked for after one.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, Final

from typing_extensions import override

MARK: Final = "\ue0f1\ue0f2"
"""Stands in texts for a value that is not known yet: such a text is not known either."""


class LookupCall:
    """A function by which a template asks for what stands outside of its message."""

    __slots__ = ()


class Guesses:
    """Whether anything was decided by a value that is not known yet."""

    __slots__ = ("is_guessed",)

    def __init__(self) -> None:
        self.is_guessed = False


class PendingValue:
    """An answer that is not known yet, and whatever is made of it."""

    __slots__ = ("_guesses",)

    def __init__(self, guesses: Guesses) -> None:
        self._guesses = guesses

    def _guess(self, *_: object) -> bool:
        self._guesses.is_guessed = True
        return False

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _guess

    @override
    def __hash__(self) -> int:
        return id(self)

    def __bool__(self) -> bool:
        self._guess()
        return True  # what is looked up is mostly found

    @override
    def __str__(self) -> str:
        self._guess()
        return MARK

    def __iter__(self) -> Iterator[Any]:
        self._guess()
        return iter(())

    def __len__(self) -> int:
        self._guess()
        return 0


def wait_in_filters(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return the filters such that what they make of a value that is not known is not known."""
    return {name: _wait(one) for name, one in filters.items()}


def _wait(made: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(made)
    def wait(*given: Any, **named: Any) -> Any:
        for value in given[:2]:  # some take the environment first
            if type(value) is PendingValue:
                return value
        return made(*given, **named)

    return wait


def show_pending(shown: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what shows values such that one that is not known yet may be shown: it decides nothing."""
    return lambda value: MARK if type(value) is PendingValue else shown(value)
