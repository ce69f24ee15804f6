"""The links in letters that are followed, and the picture that tells of opens.

Nothing here sets a cookie, reads one, or takes anything from the request but the signed name of a
message and the key of one of its links. Where it leads is the letter's own business.
"""

from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, Response, current_app, request

from engine.accounts.instance import UNSUBSCRIBE
from engine.config import split_names
from engine.errors import Unavailable
from engine.messages.following import (
    LONGEST_KEY,
    Followed,
    Visit,
    cut_network,
    find_followed,
    find_kept,
    note_visit,
)
from engine.messages.links import CLICK_PURPOSE, OPEN_PURPOSE, VIEW_PURPOSE, hide_pixel, read_token
from engine.messages.touches import Hint
from server.auth import public
from server.delivering import list_sender_domains
from server.headers import use_view_policy
from server.logs import describe_failure, get_logger
from server.public.guesses import check_guess
from server.public.rendering import show_page
from server.public.visits import Visits
from server.wiring import House, get_house

PIXEL: Final = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
_SUFFIX: Final = ".gif"

blueprint = Blueprint("following", __name__)


@blueprint.get("/c/", defaults={"rest": ""})
@blueprint.get("/c/<anything:rest>")
@public("the link itself is the key; people come to it from their letters")
def follow(rest: str) -> Response:
    """Lead on to where a link of a letter goes, and note that it was followed."""
    token, _, key = rest.partition("/")
    uid = _read(token, CLICK_PURPOSE)
    is_key = 0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()
    if uid is None or not is_key:
        return _show_broken()
    house = get_house()
    with house.database.reading() as session:
        followed = find_followed(session, house.links, uid, key, own_hosts=_list_hosts(house))
    if followed is not None and followed.target is None and followed.is_erased:
        return show_page("leaving.html", status=410, state="erased", host="", target="")
    if followed is None or followed.target is None:
        return _show_broken()
    _note(house, followed, "click", key)
    if followed.is_free:
        return _ask(followed.target)
    return Response(status=302, headers={"Location": followed.target})


@blueprint.get("/o/<name>")
@public("the picture in a letter; mail programs fetch it")
def show_pixel(name: str) -> Response:
    """Answer with the smallest picture, and note that the letter was opened."""
    uid = _read(name.removesuffix(_SUFFIX), OPEN_PURPOSE) if name.endswith(_SUFFIX) else None
    if uid is None:
        return _show_broken()
    house = get_house()
    with house.database.reading() as session:
        followed = find_followed(session, house.links, uid, None)
    if followed is None:
        return _show_broken()
    _note(house, followed, "open", None)
    return Response(PIXEL, content_type="image/gif")


@blueprint.get("/v/<token>")
@public("the link itself is the key; readers see their letter by it")
def view(token: str) -> Response:
    """Show a letter to its reader in a browser, as far as it is kept."""
    uid = _read(token, VIEW_PURPOSE)
    if uid is None:
        return _show_broken()
    with get_house().database.reading() as session:
        html = find_kept(session, uid)
    if html is None:
        return show_page("leaving.html", status=404, state="gone", host="", target="")
    use_view_policy()
    return Response(hide_pixel(html), content_type="text/html; charset=utf-8")


def _read(token: str, purpose: str) -> UUID | None:
    return check_guess(read_token(get_house().get_secret(UNSUBSCRIBE), purpose, token))


def _note(house: House, followed: Followed, kind: str, key: str | None) -> None:
    """Keep it; where that is not possible now, the reader is led on all the same."""
    visits: Visits = current_app.extensions.setdefault("visits", Visits())
    if not visits.take(followed.message_id, now=house.wall.now()):
        return
    visit = Visit(
        kind=kind,
        link=key,
        agent=request.headers.get("User-Agent", "").replace("\x00", ""),
        network=cut_network(request.remote_addr or ""),
        hints=_read_hints(),
    )
    try:
        with house.database.transaction() as session:
            note_visit(session, followed, visit, now=house.clock.now())
    except Unavailable as error:
        get_logger().warning("touch_lost", kind=kind, **describe_failure(error))


def _read_hints() -> Hint:
    headers, hints = request.headers, Hint(0)
    if request.method == "HEAD":
        hints |= Hint.HEAD
    purposes = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
    if any(word in headers.get(one, "").lower() for one in purposes for word in ("pre", "spec")):
        hints |= Hint.PREFETCH
    if "Accept-Language" not in headers:
        hints |= Hint.NO_LANGUAGE
    return hints


def _list_hosts(house: House) -> set[str]:
    """Return the sites that are the sender's own, or that the settings vouch for."""
    settings = house.settings
    own = urlsplit(settings.base_url).hostname or ""
    senders = list_sender_domains(settings)
    return {own, *senders, *split_names(settings.link_hosts)}


def _ask(target: str) -> Response:
    """Name the site before anybody goes there: contact data chose it, not the letter's author."""
    host = urlsplit(target).hostname or target.partition(":")[0]
    return show_page("leaving.html", state="ask", host=host, target=target)


def _show_broken() -> Response:
    return show_page("leaving.html", status=404, state="unknown", host="", target="")
