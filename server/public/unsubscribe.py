"""The link at the foot of a letter: opening it shows a page, posting to it unsubscribes.

Scanners of mail open every link; so nothing that is opened may change anything. Mail programs post
to the same address by themselves, without cookies and from anywhere (RFC 8058), and so does the
button on the page.
"""

from uuid import UUID

from flask import Blueprint, Response, request

from engine.accounts.instance import UNSUBSCRIBE
from engine.messages import unsubscribe
from engine.messages.links import build_preferences_url, read_unsubscribe_token
from engine.messages.unsubscribe import Subscription
from server.auth import public
from server.errors import Malformed
from server.public.guesses import check_guess
from server.public.rendering import show_page
from server.wiring import get_house

blueprint = Blueprint("unsubscribe", __name__)


@blueprint.get("/u/<token>")
@public("the link itself is the key, and opening it changes nothing")
def show(token: str) -> Response:
    """Show what the reader would unsubscribe from, with a button."""
    message_uid = _read(token)
    with get_house().database.reading() as session:
        subscription = message_uid and unsubscribe.find_subscription(session, message_uid)
    return _answer(subscription or None, message_uid, is_done=False)


@blueprint.post("/u/<token>")
@public("the link itself is the key; RFC 8058 posts without cookies, from anywhere")
def act(token: str) -> Response:
    """Unsubscribe the reader from the letter's topic."""
    message_uid = _read(token)
    if request.form.get("List-Unsubscribe") != "One-Click":
        msg = "the body is to be List-Unsubscribe=One-Click, as RFC 8058 says"
        raise Malformed(msg)
    house = get_house()
    subscription: Subscription | None = None
    if message_uid is not None:
        how = "page" if "from-page" in request.form else "one_click"
        now = house.clock.now()
        with house.database.transaction() as session:
            subscription = unsubscribe.find_subscription(session, message_uid)
            if subscription is not None:
                unsubscribe.unsubscribe(session, subscription, how=how, now=now)
    return _answer(subscription, message_uid, is_done=True)


def _read(token: str) -> UUID | None:
    return check_guess(read_unsubscribe_token(get_house().get_secret(UNSUBSCRIBE), token))


def _answer(
    subscription: Subscription | None, message_uid: UUID | None, *, is_done: bool
) -> Response:
    """Return the page; a link that is none of ours and a message that is gone look the same."""
    if subscription is None or message_uid is None:
        return show_page("unsubscribe.html", status=404, state="unknown", topic="", channel="")
    house = get_house()
    return show_page(
        "unsubscribe.html",
        state="done" if is_done else "ask",
        topic=subscription.topic_name,
        channel=subscription.channel,
        choices_url=build_preferences_url("", house.get_secret(UNSUBSCRIBE), message_uid),
    )
