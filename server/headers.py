"""What every answer tells browsers: what may run, what may be framed, what may be told on."""

import re
from typing import Final

from flask import Flask, Response, g, request

from server.auth import is_secure
from server.wiring import get_house

APP_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'{nonce}; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self' blob:; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
VISUAL_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' https: data: blob:; font-src 'self' data:; connect-src 'none'; "
    "frame-src 'self'; form-action 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'"
)
"""Of the visual editor, which stands in the application as a frame: it writes styles into its pages
and shows a letter's pictures, and asks nobody for anything."""
PUBLIC_POLICY: Final = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Of pages behind a link in a letter: no script at all."""
LETTER_POLICY: Final = (
    "sandbox; default-src 'none'; img-src https: data: {icons}; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'"
)
"""Of a letter shown inside the application: a stranger's words, which may do nothing. The pictures that
an instance serves are seen in it also where people reach it over plain http."""
VIEW_POLICY: Final = (
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; "
    "default-src 'none'; img-src https: data: {icons}; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'"
)
"""Of a letter that its reader looks at in a browser: its links lead on, and nothing else works."""
NOTHING_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
_HEAD: Final = re.compile(rb"<head[^>]*>")
HSTS: Final = "max-age=31536000; includeSubDomains"


def use_policy(policy: str) -> None:
    """Answer this request with this Content-Security-Policy, in place of one that allows nothing.

    Source: https://www.w3.org/TR/CSP3/
    """
    g.policy = policy


def answer_letter(html: bytes) -> Response:
    """Answer with a letter at which a colleague looks: a page that may do nothing.

    A link would open a window, which its frame forbids, instead of taking the place of the letter.
    """
    use_policy(LETTER_POLICY.format(icons=_list_own_pictures()))
    held = _HEAD.sub(rb'\g<0><base target="_blank">', html, count=1)
    return Response(held, content_type="text/html; charset=utf-8")


def use_view_policy() -> None:
    """Answer this request with a letter for its reader."""
    use_policy(VIEW_POLICY.format(icons=_list_own_pictures()))


def _list_own_pictures() -> str:
    base = get_house().settings.base_url
    return f"{base}/social/ {base}/assets/"


def register_headers(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", g.get("policy", NOTHING_POLICY))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    is_public_page = request.path.startswith(("/u/", "/p/", "/confirm/", "/c/", "/o/", "/v/"))
    headers.setdefault("Referrer-Policy", "no-referrer" if is_public_page else "strict-origin")
    if request.path.startswith("/api/") or is_public_page:
        headers.setdefault("Cache-Control", "no-store")
    if is_secure(get_house()):
        headers.setdefault("Strict-Transport-Security", HSTS)
    return response
