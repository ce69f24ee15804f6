"""The door behind which letters are told what they look up outside of their message."""

from collections.abc import Mapping, Sequence

from engine.messages.lookups.answering import FETCHED, look_up, takes_away
from engine.messages.lookups.asking import Answer, Request
from server.fetching import answer_fetched
from server.wiring import House


def resolve(house: House, requests: Sequence[Request]) -> Mapping[Request, Answer]:
    """Answer what letters ask for; asks the database once for all of them."""
    fetched = [one for one in requests if one.function == FETCHED]
    drawn = [one for one in requests if takes_away(one)]
    read = [one for one in requests if one.function != FETCHED and not takes_away(one)]
    answers: dict[Request, Answer] = {}
    if read:
        with house.database.reading(steady=True) as session:  # a catalog may be replaced meanwhile
            answers |= look_up(session, read, now=house.clock.now())
    if fetched:
        answers |= answer_fetched(house, fetched)
    if drawn:
        with house.database.transaction() as session:
            answers |= look_up(session, drawn, now=house.clock.now())
    return answers
