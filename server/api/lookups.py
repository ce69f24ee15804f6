"""What routes about things that letters look up share: their names, and who uses them."""

import re
from collections.abc import Iterable
from typing import Annotated, Final

from pydantic import Field

from engine.errors import Conflict, Invalid
from engine.language.say import say
from engine.messages.library.lookup_uses import LookupUse
from server.endpoints import Answer

NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}\Z")


class LookupUser(Answer):
    """A template, or a partial, whose words name it."""

    key: str
    name: str
    is_partial: Annotated[bool, Field(description="`key` is a partial's name.")]


def check_name(name: str) -> None:
    """Refuse what is no name.

    Raises:
        Invalid: it is none.
    """
    if not NAME.match(name):
        raise Invalid(say("{key!r} is no key: a to z, digits, - and _, from a letter", key=name))


def refuse_used(name: str, uses: Iterable[LookupUse]) -> None:
    """Refuse to take away what letters name.

    Raises:
        Conflict: some do; says which.
    """
    if users := ", ".join(use.name for use in uses):
        raise Conflict(say("{key} is used by {users}", key=name, users=users))
