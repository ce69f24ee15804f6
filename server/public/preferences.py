"""The page on which a person chooses what comes, behind a link at the foot of each letter.

The link names a letter and nothing else; whose page it is follows from that, whatever a form says.
"""

from uuid import UUID

from flask import Blueprint, Response, current_app, request

from engine.accounts.instance import UNSUBSCRIBE
from engine.accounts.public_pages import read_look
from engine.messages import preferences
from engine.messages.links import read_preferences_token
from engine.messages.preferences import PAUSES, Person
from server.auth import public
from server.errors import Malformed
from server.public.guesses import Guesses, check_guess
from server.public.rendering import describe_sender, show_page
from server.public.words import choose_language, get_words
from server.wiring import get_house

MOST_CHANGES = 30
"""Forms sent by one link in a minute."""
_DAYS = {str(days): days for days in PAUSES}

blueprint = Blueprint("preferences", __name__)


@blueprint.get("/p/<token>")
@public("the link itself is the key, and opening it changes nothing")
def show(token: str) -> Response:
    """Show what a person gets, to be chosen."""
    return _answer(_read(token))


@blueprint.post("/p/<token>")
@public("the link itself is the key")
def act(token: str) -> Response:
    """Keep what a person chose; what the page does not offer is not looked at."""
    uid, house = _read(token), get_house()
    if uid is None:
        return _answer(None)
    _slow_down(uid)
    said = ""
    now = house.clock.now()
    with house.database.transaction() as session:
        person = preferences.find_person(session, uid, now=now)
        words = get_words(choose_language())
        if person is None:
            return _answer(None)
        match request.form.get("do"):
            case "save":
                shown = {"words": f"{words['choices']} [{words['save']}]", **describe_sender()}
                preferences.choose(
                    session, person, _read_lines("yes"), _read_lines("shown"), shown=shown, now=now
                )
                said = "saved"
            case "pause":
                days = _DAYS.get(request.form.get("days", ""), 0)
                preferences.pause(session, person, days, now=now)
            case "resume":
                preferences.pause(session, person, None, now=now)
                said = "resumed"
            case "leave":
                shown = {"words": words["leave_do"], **describe_sender()}
                preferences.leave_everything(session, person, shown=shown, now=now)
                said = "left"
            case _:
                msg = "the form says nothing to do"
                raise Malformed(msg)
    return _answer(uid, said)


def _read(token: str) -> UUID | None:
    return check_guess(read_preferences_token(get_house().get_secret(UNSUBSCRIBE), token))


def _slow_down(uid: UUID) -> None:
    now = get_house().wall.now()
    sent: Guesses = current_app.extensions.setdefault("preference_forms", Guesses(MOST_CHANGES))
    sent.refuse_guessers(uid.hex, now=now)
    sent.count(uid.hex, now=now)


def _read_lines(name: str) -> set[tuple[str, str]]:
    pairs = (value.rpartition(":") for value in request.form.getlist(name)[:1_000])
    return {(topic, channel) for topic, _, channel in pairs}


def _answer(uid: UUID | None, said: str = "") -> Response:
    house, language = get_house(), choose_language()
    person: Person | None = None
    with house.database.reading() as session:
        if uid is not None:
            person = preferences.find_person(session, uid, now=house.clock.now())
        look = read_look(session)
    until = None if person is None else person.paused_until
    return show_page(
        "preferences.html",
        status=404 if person is None else 200,
        person=person,
        said=said,
        intro=look.intro_de if language == "de" else look.intro,
        pauses=PAUSES,
        paused_until=until and until.strftime("%d.%m.%Y" if language == "de" else "%-d %B %Y"),
    )
