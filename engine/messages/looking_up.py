"""Who answers what letters look up in the database, by the name of the function."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from engine.messages.coupons.answering import answer_coupons
from engine.messages.lookups import Answer, Request

Resolver = Callable[[Session, Sequence[Request], datetime], Mapping[Request, Answer]]
"""Answers requests of one function, set-wise."""

RESOLVERS: Final[Mapping[str, Resolver]] = {"coupon": answer_coupons}
FETCHED: Final = "fetched"
"""The function whose answers come from other people's servers: no transaction waits for them."""
_DRAWN: Final = frozenset({"coupon"})


def takes_away(request: Request) -> bool:
    """Return whether answering it changes the database, so that it needs a transaction."""
    return request.function in _DRAWN and not request.is_rehearsal


def look_up(
    session: Session, requests: Sequence[Request], *, now: datetime
) -> dict[Request, Answer]:
    """Return the answers to requests of several functions; each function is asked once."""
    by_function: dict[str, list[Request]] = defaultdict(list)
    for one in requests:
        by_function[one.function].append(one)
    answers: dict[Request, Answer] = {}
    for function, several in by_function.items():
        if (resolver := RESOLVERS.get(function)) is not None:
            answers |= resolver(session, several, now)
    return answers
