"""In which language an answer is: what the request says it would rather read (`Accept-Language`).

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
    g.language = request.accept_languages.best_match(LANGUAGES, default=ENGLISH)
    speak(g.language)


def _name(response: Response) -> Response:
    if response.mimetype in ("application/json", "application/problem+json"):
        response.headers["Content-Language"] = g.get("language", ENGLISH)
        response.vary.add("Accept-Language")
    return response


def _forget(_: BaseException | None) -> None:
    speak(ENGLISH)  # the thread may do something else next
