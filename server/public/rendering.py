"""The pages behind links in letters: plain HTML, no script, nothing but what they say."""

from functools import cache
from typing import Any

from flask import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.resources import find_resource
from server.headers import PUBLIC_POLICY, use_policy


def show_page(name: str, *, status: int = 200, **values: Any) -> Response:
    """Return a page of `templates/pages`, every value escaped."""
    use_policy(PUBLIC_POLICY)
    words = _open_pages().get_template(name).render(**values)
    return Response(words, status=status, content_type="text/html; charset=utf-8")


@cache
def _open_pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(find_resource("templates/pages")),
        autoescape=True,
        undefined=StrictUndefined,
    )
