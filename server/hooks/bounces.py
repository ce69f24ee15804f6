"""Where a mail server hands in letters that came back, and reports of complaints.

Nobody signs such a report. It is believed of the one letter whose return path stands in it, with our
MAC: whoever wrote it has seen that letter.
"""

import hmac
from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, request

from channels.email.reports import read_report
from engine.accounts.instance import BOUNCES
from engine.messages.feedback.taking import Taken
from engine.messages.senders.return_paths import find_returned
from server.auth import public
from server.hooks.taking import (
    answer_taken,
    keep,
    not_configured,
    read_body,
    refuse,
    refuse_method,
)
from server.wiring import House, get_house

ACCOUNT: Final = "bounces"
"""Under which name reports by mail are kept."""
KINDS: Final = frozenset({"message/rfc822", "application/octet-stream"})

blueprint = Blueprint("bounces", __name__, url_prefix="/hooks")


@blueprint.route("/bounces", methods=["GET", "POST"], provide_automatic_options=False)
@public("the secret in the request is asked for by the door itself")
def hear() -> Response:
    """Take one mail, as it came, that reports what became of a letter."""
    if request.method != "POST":
        refuse_method()
    house = get_house()
    raw = read_body(KINDS)
    settings = house.settings
    if not settings.bounce_secret or not settings.bounce_address:
        return not_configured()
    scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
    is_right = hmac.compare_digest(presented.strip().encode(), settings.bounce_secret.encode())
    if scheme.lower() != "bearer" or not is_right:
        return refuse()
    take_report(house, raw)
    return answer_taken()


def take_report(house: House, raw: bytes) -> Taken:
    """Keep what a mail reports of the letter that it names; a mail that names none has no effect."""
    address = house.settings.bounce_address
    uid = find_returned(address, house.get_secret(BOUNCES), raw) if address else None
    said = read_report(raw, now=house.wall.now())
    # Whatever else the mail names, it may speak of this letter alone.
    return keep(house, ACCOUNT, [replace(one, message_uid=uid, provider_id=None) for one in said])
