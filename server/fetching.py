"""Fetches what letters ask of other people's servers: each address once, for all processes.

No transaction is open while the network is waited for.
"""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from channels.webhook.fetching import Fetched
from engine.errors import Invalid
from engine.language.say import say
from engine.messages.lookups.asking import Answer, Failed, Found, Request
from engine.messages.lookups.fetched import answers
from engine.messages.lookups.fetched.answers import Ask, Known
from server.wiring import House

PATIENCE: Final = 15.0
"""Seconds for which the letters of one group wait for content in all."""
_THREADS: Final = 32
_PAUSE: Final = 0.05
"""Seconds between two looks at what somebody else is asking."""


def answer_fetched(house: House, requests: Sequence[Request]) -> Mapping[Request, Answer]:
    """Return what these calls of letters are answered."""
    answered: dict[Request, Answer] = {}
    asks: dict[Request, Ask] = {}
    names = {str(one.arguments["source"]) for one in requests}
    with house.database.reading() as session:
        sources = answers.load_sources(session, names)
        for request in requests:
            values = dict(request.arguments)
            name = str(values.pop("source"))
            if (source := sources.get(name)) is None:
                answered[request] = Failed(say("there is no source {name!r}", name=name))
                continue
            try:
                asks[request] = answers.build_ask(source, values)
            except Invalid as error:
                answered[request] = Failed(f"{name}: {error}")
    known = fetch(house, list(asks.values()))
    for request, ask in asks.items():
        answered[request] = read_answer(house, ask, known.get(ask.digest))
    return answered


def read_answer(house: House, ask: Ask, known: Known | None) -> Answer:
    """Return what a letter is answered by what is known of an address."""
    now = house.wall.now()
    if known is not None and known.body is not None and known.is_usable(ask, now):
        return Found(answers.read_body(ask.answers, known.body))
    if known is not None and known.failed_at is not None and known.has_just_failed(now):
        return Failed(f"{ask.source}: {known.words}", may_pass=known.may_pass)
    words = say("the source {name!r} does not answer for now", name=ask.source)
    return Failed(words, may_pass=True)


def fetch(house: House, asks: Sequence[Ask], *, anew: bool = False) -> dict[bytes, Known]:
    """Return what is known of addresses, having asked those of which nothing fresh is.

    Args:
        anew: ask, whatever is known.
    """
    waiting = {ask.digest: ask for ask in asks}
    known: dict[bytes, Known] = {} if anew else _look(house, waiting)
    ends_at = time.monotonic() + PATIENCE
    while waiting := {
        digest: ask
        for digest, ask in waiting.items()
        if not _is_settled(house, ask, known.get(digest))
    }:
        with house.database.transaction() as session:
            mine = answers.take_turns(
                session, list(waiting.values()), now=house.wall.now(), anew=anew
            )
        anew = False
        if mine:
            results = _ask_all(house, mine)
            with house.database.transaction() as session:
                answers.note(session, results, now=house.wall.now())
        known |= _look(house, waiting)
        is_asked = any(known[one].is_asked for one in waiting if one in known)
        if time.monotonic() >= ends_at or not (mine or is_asked):
            break
        if not mine and house.closing.wait(_PAUSE):
            break
    return known


def _is_settled(house: House, ask: Ask, known: Known | None) -> bool:
    """Return whether there is nothing to wait for: an old answer serves while somebody asks."""
    if known is None:
        return False
    now = house.wall.now()
    is_served = known.is_asked and known.is_usable(ask, now)
    return known.is_fresh(ask, now) or known.has_just_failed(now) or is_served


def _look(house: House, asks: Mapping[bytes, Ask]) -> dict[bytes, Known]:
    if not asks:
        return {}
    with house.database.reading() as session:
        return answers.look(session, asks.values(), now=house.wall.now())


def _ask_all(house: House, asks: Sequence[Ask]) -> list[tuple[Ask, Fetched]]:
    fetcher, now = house.outgoing.fetcher, house.wall.now()

    def ask_one(ask: Ask) -> Fetched:
        return fetcher.fetch(ask.url, ask.headers, timeout=ask.timeout, now=now)

    if len(asks) == 1:
        return [(asks[0], ask_one(asks[0]))]
    with ThreadPoolExecutor(min(len(asks), _THREADS), thread_name_prefix="fetch") as pool:
        return list(zip(asks, pool.map(ask_one, asks), strict=True))
