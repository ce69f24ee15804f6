"""The link in the letter that asks: opening it shows a page, its button confirms.

Scanners of mail open every link; so nothing that is opened may confirm anything.
"""

from flask import Blueprint, Response

from engine.accounts.instance import UNSUBSCRIBE
from engine.messages import confirming
from engine.messages.confirming import Confirmation
from engine.messages.links import ConfirmToken, read_confirm_token
from server.auth import public
from server.public.guesses import check_guess
from server.public.rendering import describe_sender, show_page
from server.public.words import choose_language, get_words
from server.wiring import get_house

blueprint = Blueprint("confirm", __name__)


@blueprint.get("/confirm/<token>")
@public("the link itself is the key, and opening it changes nothing")
def show(token: str) -> Response:
    """Show what the reader would confirm, with a button."""
    read, house = _read(token), get_house()
    found: Confirmation | None = None
    if read is not None:
        secret = house.get_secret(UNSUBSCRIBE)
        with house.database.reading() as session:
            found = confirming.find_confirmation(session, read, secret, now=house.clock.now())
    return _answer(found, is_done=found is not None and found.is_done)


@blueprint.post("/confirm/<token>")
@public("the link itself is the key")
def act(token: str) -> Response:
    """Confirm that the address is the reader's, and that it may be written to."""
    read, house = _read(token), get_house()
    found: Confirmation | None = None
    if read is not None:
        now, secret = house.clock.now(), house.get_secret(UNSUBSCRIBE)
        with house.database.transaction() as session:
            confirming.hold_asked(session, read)
            found = confirming.find_confirmation(session, read, secret, now=now)
            if found is not None and not found.is_done:
                confirming.confirm(session, found, shown=_describe(found), now=now)
    return _answer(found, is_done=True)


def _read(token: str) -> ConfirmToken | None:
    return check_guess(read_confirm_token(get_house().get_secret(UNSUBSCRIBE), token))


def _describe(found: Confirmation) -> dict[str, str]:
    words = get_words(choose_language())
    asked = words["confirm_ask"].format(_name(found))
    said = f"{asked} {words['confirm_more']} [{words['confirm_yes']}]"
    return {"words": said, **describe_sender()}


def _answer(found: Confirmation | None, *, is_done: bool) -> Response:
    if found is None:
        return show_page("confirm.html", status=404, state="unknown", topic="")
    return show_page("confirm.html", state="done" if is_done else "ask", topic=_name(found))


def _name(found: Confirmation) -> str:
    return ", ".join(found.topics.values())
