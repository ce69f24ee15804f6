"""A journey watched live: its figures, sent when they have changed, as server-sent events.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import time
from collections.abc import Iterator
from typing import Annotated, Final

from flask import Blueprint, Response, stream_with_context
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.errors import EngineError
from engine.journeys.by_key import get_journey
from engine.journeys.reporting.reports import choose_versions, count_figures
from engine.messages.texts.costs import Price
from server.api.reports import build_figures
from server.auth import requires, still_may
from server.endpoints import Given, endpoint
from server.streams import Board
from server.wiring import get_house

BEAT: Final = 3
"""Seconds without a word after which a comment shows whether somebody still listens."""
ASKED_EVERY: Final = 10
"""Seconds from one look at whether the caller may still watch to the next."""
LONGEST: Final = 900
"""Seconds; browsers come again by themselves."""
AGAIN: Final = 2000
"""Milliseconds after which they do."""

blueprint = Blueprint("stream", __name__, url_prefix="/api/v1/stream")


class Watched(Given):
    """Which journey."""

    journey: Annotated[str, Field(min_length=1, max_length=64)]


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys", media_type="text/event-stream")
def show_live(query: Watched) -> Response:
    """Send the live version's figures as `report` events, whenever they have changed.

    503 where too many watch: ask for the report now and then instead.
    """
    key, streams = query.journey, get_house().streams
    board = streams.open(key)
    try:
        board.read(lambda: _look(key))
    except BaseException:
        streams.close(key)
        raise
    response = Response(stream_with_context(_tell(board, key)), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"  # nginx hands each event on at once
    response.call_on_close(lambda: streams.close(key))
    return response


def _tell(board: Board, key: str) -> Iterator[str]:
    """Yield events until the caller may watch no more, nothing is there to see, or it is time."""
    house = get_house()
    began_at = asked_at = told_at = time.monotonic()
    told = 0
    yield f"retry: {AGAIN}\n\n"
    while True:
        try:
            number, text = board.read(lambda: _look(key))
        except EngineError:
            return  # the journey is gone, or the database: who comes again is told which
        now = time.monotonic()
        if number != told:
            told, told_at = number, now
            yield f"event: report\ndata: {text}\n\n"
        elif now - told_at >= BEAT:
            told_at = now
            yield ": still here\n\n"
        if now - began_at >= LONGEST or not house.streams.rest():
            return
        if now - asked_at >= ASKED_EVERY:
            asked_at = now
            if not still_may(Permission.SEE_JOURNEYS):
                return


def _look(key: str) -> str:
    house = get_house()
    price = Price.read(house.settings.sms_price)
    with house.database.reading() as session:
        reported = choose_versions(session, get_journey(session, key))
        figures = count_figures(session, reported, price=price)
    return build_figures(figures).model_dump_json()
