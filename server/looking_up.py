"""The door behind which letters are told what they look up outside of their message."""

from collections.abc import Mapping, Sequence

from engine.messages.looking_up import look_up
from engine.messages.lookups import Answer, Request
from server.wiring import House


def resolve(house: House, requests: Sequence[Request]) -> Mapping[Request, Answer]:
    """Answer what letters ask for; reads the database once for all of them."""
    if not requests:
        return {}
    with house.database.reading() as session:
        return look_up(session, requests, now=house.clock.now())
