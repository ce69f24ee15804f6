"""The demo's shop: pages that track like a real site, and what its own server would do."""

import hmac
from pathlib import Path
from typing import Annotated, Final

from flask import Blueprint, Response, request, send_from_directory
from pydantic import Field
from sqlalchemy import select

from engine.accounts import sessions
from engine.accounts.instance import IDENTITY
from engine.errors import WrongCredentials
from engine.models.account import User
from server.auth import public, set_session_cookie
from server.endpoints import Answer, Given, endpoint
from server.headers import use_policy
from server.tracking.presented import sign_identity
from server.wiring import get_house

FOLDER: Final = Path(__file__).resolve().parent / "shop"
SHOP_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_WHY: Final = "the shop of the demo is open to whoever sits at this machine"


class Shop(Answer):
    """What the shop's page needs to track: its public key."""

    browser_key: str


class Visitor(Given):
    """Who has logged in to the shop."""

    user_id: Annotated[str, Field(min_length=1, max_length=128)]


class Signed(Answer):
    """The shop's server vouches for its visitor with this."""

    signature: str


def build_blueprint(browser_key: str, *, entrance_token: str) -> Blueprint:
    """Return the routes of the shop, and the door by which the console's link comes in."""
    blueprint = Blueprint("demo_shop", __name__, url_prefix="/shop")

    @blueprint.get("/enter")
    @public("a link that the console printed, with a token of this start alone")
    def enter() -> Response:
        """Log the demo's owner in, and go to the journeys."""
        if not hmac.compare_digest(request.args.get("token", "").encode(), entrance_token.encode()):
            raise WrongCredentials("this link is of another start: take the one on the console")
        house = get_house()
        with house.database.transaction() as session:
            user = session.scalars(select(User).order_by(User.id)).first()
            if user is None:
                raise WrongCredentials("the demo has no owner: start it again")
            token = sessions.start(session, user.id, now=house.wall.now())
        response = Response(status=303, headers={"Location": "/"})
        set_session_cookie(response, token)
        return response

    @blueprint.get("/api/shop")
    @public(_WHY)
    @endpoint(tag="demo")
    def show_shop() -> Shop:
        """Tell the page its browser key."""
        return Shop(browser_key=browser_key)

    @blueprint.post("/api/signature")
    @public(_WHY)
    @endpoint(tag="demo")
    def sign(body: Visitor) -> Signed:
        """Sign who the visitor is, as a shop's server does after a login."""
        secret = get_house().get_secret(IDENTITY)
        return Signed(signature=sign_identity(secret, body.user_id))

    @blueprint.get("")
    @public(_WHY)
    def show() -> Response:
        """Show the shop."""
        return _send("index.html")

    @blueprint.get("/survey")
    @public(_WHY)
    def survey() -> Response:
        """Show the page to which a survey's buttons lead; its script answers, a scanner does not."""
        return _send("survey.html")

    @blueprint.get("/<any('shop.js','shop.css','survey.js'):name>")
    @public(_WHY)
    def show_file(name: str) -> Response:
        """Serve the shop's own files."""
        return _send(name)

    return blueprint


def _send(name: str) -> Response:
    use_policy(SHOP_POLICY)
    return send_from_directory(FOLDER, name, max_age=0)
