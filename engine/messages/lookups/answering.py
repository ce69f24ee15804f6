"""Who answers what letters look up in the database, by the name of the function."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from engine.catalogs.finding import (
    MOST_LISTED,
    USUALLY_LISTED,
    Wanted,
    find_catalogs,
    find_items,
    list_items,
)
from engine.catalogs.recommending import MOST_SHOWN, USUALLY_SHOWN, Ask, recommend
from engine.language.say import say
from engine.messages.lookups.asking import Answer, Failed, Found, Request
from engine.messages.lookups.coupons.answering import answer_coupons
from engine.models.catalog import Catalog

Resolver = Callable[[Session, Sequence[Request], datetime], Mapping[Request, Answer]]
"""Answers requests of one function, set-wise."""

FETCHED: Final = "fetched"
"""The function whose answers come from other people's servers: no transaction waits for them."""
_DRAWN: Final = frozenset({"coupon"})


class _Unusable(Exception):
    """A request that cannot be answered, whatever is in the catalog."""


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


def _answer_catalog(
    session: Session, requests: Sequence[Request], _now: datetime
) -> Mapping[Request, Answer]:
    answers: dict[Request, Answer] = {}
    for row, several in _by_catalog(session, requests, answers):
        keys = {one: str(one.arguments["key"]) for one in several}
        items = find_items(session, row, set(keys.values()))
        for one, key in keys.items():
            missing = say("there is no {key!r} in the catalog {name!r}", key=key, name=row.name)
            answers[one] = Found(items[key]) if key in items else Failed(missing)
    return answers


def _answer_list(
    session: Session, requests: Sequence[Request], _now: datetime
) -> Mapping[Request, Answer]:
    answers: dict[Request, Answer] = {}
    for row, several in _by_catalog(session, requests, answers):
        wanted = _read_each(several, answers, _read_wanted)
        found = list_items(session, row, list(wanted.values()))
        answers |= {one: Found(items) for one, items in zip(wanted, found, strict=True)}
    return answers


def _answer_recommend(
    session: Session, requests: Sequence[Request], now: datetime
) -> Mapping[Request, Answer]:
    answers: dict[Request, Answer] = {}
    for row, several in _by_catalog(session, requests, answers):
        asked = _read_each(several, answers, _read_ask)
        found = recommend(session, row, list(asked.values()), now=now)
        answers |= {
            one: Found([each.data for each in items])
            for one, items in zip(asked, found, strict=True)
        }
    return answers


RESOLVERS: Final[Mapping[str, Resolver]] = {
    "catalog": _answer_catalog,
    "catalog_list": _answer_list,
    "recommend": _answer_recommend,
    "coupon": answer_coupons,
}


def _by_catalog(
    session: Session, requests: Sequence[Request], answers: dict[Request, Answer]
) -> list[tuple[Catalog, list[Request]]]:
    """Return the requests by their catalog; those of none are answered with that."""
    by_name: dict[str, list[Request]] = defaultdict(list)
    for one in requests:
        by_name[str(one.arguments["name"])].append(one)
    rows = find_catalogs(session, by_name.keys())
    for name in by_name.keys() - rows.keys():
        failed = Failed(say("there is no catalog {name!r}", name=name))
        answers |= dict.fromkeys(by_name[name], failed)
    return [(row, by_name[name]) for name, row in rows.items()]


def _read_each(
    requests: Sequence[Request],
    answers: dict[Request, Answer],
    read: Callable[[Request], Any],
) -> dict[Request, Any]:
    """Return what each request means; those that mean nothing are answered with why."""
    usable = {}
    for one in requests:
        try:
            usable[one] = read(one)
        except _Unusable as error:
            answers[one] = Failed(str(error))
    return usable


def _read_wanted(request: Request) -> Wanted:
    sort = request.arguments.get("sort", "")
    if not isinstance(sort, str):
        raise _Unusable(say("sort= is the name of a field, or one with a minus before it"))
    limit = _read_limit(request, MOST_LISTED, USUALLY_LISTED)
    return Wanted(where=_read_where(request), sort=sort, limit=limit)


def _read_ask(request: Request) -> Ask:
    limit = _read_limit(request, MOST_SHOWN, USUALLY_SHOWN)
    return Ask(request.contact_id or 0, limit=limit, where=_read_where(request))


def _read_limit(request: Request, most: int, usual: int) -> int:
    limit = request.arguments.get("limit", usual)
    if type(limit) is not int or not 1 <= limit <= most:
        raise _Unusable(say("limit= is a number from 1 to {n}", n=most))
    return limit


def _read_where(request: Request) -> Mapping[str, Any]:
    where = request.arguments.get("where", {})
    if not isinstance(where, dict):
        raise _Unusable(say("where= names fields and what is in them: {{'kind': 'shoes'}}"))
    return where
