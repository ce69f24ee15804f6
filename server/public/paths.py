"""Paths of public pages, as far as they are not the framework's usual ones."""

from werkzeug.routing import PathConverter


class AnyPath(PathConverter):
    """Whatever comes, line ends too: the page itself says what is wrong with it."""

    regex = r"(?s:[^/].*?)"
