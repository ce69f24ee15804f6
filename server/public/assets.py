"""Files for letters, as mail programs fetch them: to be kept for ever, and able to do nothing.

A file stands under the digest of its content, so what is there never changes. Pictures are shown;
anything else is saved, so that nobody's browser opens it on this instance's own pages.
"""

from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, request

from engine.errors import NotFound
from engine.language.say import say
from engine.messages.library.assets import get_asset
from engine.messages.library.sniffing import PICTURES
from server.auth import public
from server.headers import use_policy
from server.wiring import get_house

POLICY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"
FOR_EVER: Final = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets_public", __name__)


@blueprint.get("/assets/<digest>/<name>")
@public("mail programs fetch the pictures of letters; nobody guesses an address")
def show(digest: str, name: str) -> Response:
    """Answer with a file."""
    use_policy(POLICY)
    with get_house().database.reading() as session:
        row = get_asset(session, digest)
        if row.name != name:
            raise NotFound(say("there is no such file"))
        is_known = request.if_none_match.contains(digest)
        content = b"" if is_known else get_asset(session, digest, with_content=True).content
    response = Response(content, status=304 if is_known else 200, mimetype=row.media_type)
    response.set_etag(digest)
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # webmail shows it
    if row.media_type not in PICTURES:
        disposition = f"attachment; filename*=utf-8''{quote(row.name, safe='')}"
        response.headers["Content-Disposition"] = disposition
    return response
