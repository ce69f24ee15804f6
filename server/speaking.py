"""In which language an answer is: what the request says it would rather read (`Accept-Language`).

That goes for the management API. What a site's visitors send says nothing about who reads the notes
of calls that were refused, so it is answered in English.

Source: https://www.rfc-editor.org/rfc/rfc9110#name-accept-language
"""

from flask import Flask, Response, g, request

from engine.language.say import ENGLISH, LANGUAGES, speak


def register_language(app: Flask) -> None:
    """Let every request be answered in its language."""
    app.before_request(_choose)
    app.after_request(_name)
    app.teardown_request(_forget)


def _choose() -> None:
    g.language = _find_wished() if request.path.startswith("/api/") else ENGLISH
    speak(g.language)


def get_language() -> str:
    """Return the language in which this request is answered."""
    return str(g.get("language", ENGLISH))


def _find_wished() -> str:
    return request.accept_languages.best_match(LANGUAGES, default=ENGLISH)


def _name(response: Response) -> Response:
    if response.mimetype in ("application/json", "application/problem+json"):
        response.headers["Content-Language"] = get_language()
        response.vary.add("Accept-Language")
    return response


def _forget(_: BaseException | None) -> None:
    speak(ENGLISH)  # the thread may do something else next
