"""Where providers tell what became of letters: signed, bounded, and counted once.

A provider repeats what is not answered with 2xx; so all that was kept is answered 200, whether it
had an effect or not.
"""

from typing import Final

from flask import Blueprint, Response, request

from channels.base import BadAddress
from channels.feedback import FeedbackPutOff, FeedbackRefused, SubscribeAsked
from channels.registry import confirm_subscription
from server.auth import public
from server.errors import build_problem
from server.hooks.taking import (
    answer_taken,
    keep,
    not_configured,
    read_asked,
    read_body,
    refuse,
    refuse_method,
)
from server.logs import get_logger
from server.wiring import get_house

KINDS: Final = frozenset({"application/json", "text/plain", "application/x-www-form-urlencoded"})
REPORT_BY_GET: Final = frozenset({"messagebird", "vonage"})
"""Whose receipts may stand in the address; they are signed there, too."""

blueprint = Blueprint("feedback", __name__, url_prefix="/hooks")


@blueprint.route("/feedback/<account>", methods=["GET", "POST"], provide_automatic_options=False)
@public("the provider's signature over the body is asked for by the door itself")
def hear(account: str) -> Response:
    """Take what a provider's account says of letters."""
    house = get_house()
    # MessageBird reports by GET; what it says is signed like a body.
    body = read_body(KINDS) if request.method == "POST" else b""
    try:
        reader = house.find_reader(account)
    except BadAddress as error:
        get_logger().error("feedback_misconfigured", account=account, reason=str(error))
        return not_configured()
    if request.method != "POST" and (reader is None or reader.name not in REPORT_BY_GET):
        refuse_method()
    if reader is None:
        is_set = house.settings.feedback_secrets or house.readers
        return refuse() if is_set else not_configured()
    asked = read_asked(house, body)
    try:
        items = reader.read(asked, now=house.wall.now())
        keep(house, account, items)
    except SubscribeAsked as subscribe:
        return _confirm(account, subscribe)
    except FeedbackPutOff as error:
        return _put_off(account, error)
    except FeedbackRefused as error:
        get_logger().warning("feedback_refused", account=account, reason=str(error))
        return refuse()
    return answer_taken()


def _confirm(account: str, asked: SubscribeAsked) -> Response:
    try:
        confirm_subscription(asked)
    except FeedbackPutOff as error:
        return _put_off(account, error)
    except FeedbackRefused as error:
        get_logger().warning("feedback_refused", account=account, reason=str(error))
        return refuse()
    get_logger().info("feedback_subscribed", account=account)
    return answer_taken()


def _put_off(account: str, error: FeedbackPutOff) -> Response:
    get_logger().warning("feedback_put_off", account=account, reason=str(error))
    return build_problem(503, error.code, "this cannot be judged just now; say it again")
