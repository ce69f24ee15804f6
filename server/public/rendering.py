"""The pages behind links in letters: plain HTML, no script, nothing but what they say."""

from functools import cache
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Response, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.accounts.public_pages import read_look
from engine.resources import find_resource
from server.headers import PUBLIC_POLICY, use_policy
from server.public.words import choose_language, get_words
from server.wiring import get_house


def show_page(name: str, *, status: int = 200, **values: Any) -> Response:
    """Return a page of `templates/pages` in the reader's language, every value escaped."""
    use_policy(PUBLIC_POLICY)
    language = choose_language()
    with get_house().database.reading() as session:
        look = read_look(session)
    known = {"look": look, "language": language, "words": get_words(language)}
    words = open_pages().get_template(name).render(known | values)
    response = Response(words, status=status, content_type="text/html; charset=utf-8")
    response.headers["Vary"] = "Accept-Language"
    response.headers["Content-Language"] = language
    return response


def describe_sender() -> dict[str, str]:
    """Return from where a page's form was sent, as a proof keeps it: the network, not the machine."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return {}
    size = 24 if address.version == 4 else 48
    return {"network": str(ip_network((address, size), strict=False))}


@cache
def open_pages() -> Environment:
    """Return the pages."""
    return Environment(
        loader=FileSystemLoader(find_resource("templates/pages")),
        autoescape=True,
        undefined=StrictUndefined,
    )
