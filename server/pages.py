"""The builder's own files, and its one page for every address that it draws itself."""

import secrets
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort, request, send_from_directory
from werkzeug.security import safe_join

from engine.resources import find_resource
from server.auth import public
from server.headers import APP_POLICY, VISUAL_POLICY, use_policy

NONCE: Final = "__STYLE_NONCE__"
"""Where it stands in the page, each answer puts a nonce of its own, which style-src then allows."""
VISUAL: Final = "visual.html"
"""The document of the visual editor."""
DOORS: Final = ("api", "v1", "hooks", "u", "healthz", "readyz", "metrics")
"""First parts of addresses that are no page's; one that does not exist there is just absent."""
_FOREVER: Final = 31_536_000

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
@blueprint.get("/<path:address>")
@public("the application's own files hold no data")
def show_page(address: str = "") -> Response:
    """Return a file of the builder, or its page."""
    folder = find_resource("builder_ui/dist")
    if address and _is_file(folder, address):
        response = send_from_directory(folder, address)
        if address.startswith("assets/"):  # their names change with what is in them
            response.cache_control.public = True
            response.cache_control.max_age = _FOREVER
            response.cache_control.immutable = True
        if address == VISUAL:
            use_policy(VISUAL_POLICY)
            response.cache_control.no_cache = True
        return response
    if address.partition("/")[0] in DOORS or "." in address.rsplit("/", 1)[-1]:
        abort(404)
    if "Accept" in request.headers and not request.accept_mimetypes.accept_html:
        abort(404)
    return _show_builder(folder / "index.html")


def _show_builder(page: Path) -> Response:
    if not page.is_file():
        text = "The pages are not built. In a checkout, `python3 dev.py setup` builds them."
        return Response(text, status=404, content_type="text/plain; charset=utf-8")
    words = page.read_text(encoding="utf-8")
    nonce = secrets.token_urlsafe(16)
    use_policy(APP_POLICY.format(nonce=f" 'nonce-{nonce}'" if NONCE in words else ""))
    response = Response(words.replace(NONCE, nonce), content_type="text/html; charset=utf-8")
    response.cache_control.no_cache = True
    return response


def _is_file(folder: Path, address: str) -> bool:
    path = safe_join(str(folder), address)
    return path is not None and Path(path).is_file()
