"""What letters are answered that ask for a coupon."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.language.say import say
from engine.messages.lookups.asking import Answer, Failed, Found, Request
from engine.messages.lookups.coupons.drawing import NoCode, Wish, draw
from engine.models.coupon import CouponPool

SAMPLE: Final = "SAMPLE-CODE"
"""What previews and tests show: nothing is drawn for them."""


def answer_coupons(
    session: Session, requests: Sequence[Request], now: datetime
) -> dict[Request, Answer]:
    """Return the codes that letters show, drawn now where they are no rehearsals."""
    rehearsed = [one for one in requests if one.is_rehearsal]
    real = {one: wish for one in requests if (wish := _read_wish(one)) is not None}
    answers: dict[Request, Answer] = {}
    if rehearsed:
        asked = select(CouponPool.name).where(CouponPool.name.in_(map(_read_pool, rehearsed)))
        known = set(session.scalars(asked))
        for one in rehearsed:
            name = _read_pool(one)
            none = Failed(say("there is no coupon pool {name!r}", name=name))
            answers[one] = Found(SAMPLE) if name in known else none
    drawn = draw(session, list(real.values()), now=now) if real else {}
    for one, wish in real.items():
        match drawn[wish]:
            case NoCode(words):
                answers[one] = Failed(words)
            case code:
                answers[one] = Found(code)
    return answers


def _read_pool(request: Request) -> str:
    return str(request.arguments["pool"])


def _read_wish(request: Request) -> Wish | None:
    if request.is_rehearsal or request.message is None or request.contact_id is None:
        return None
    return Wish(_read_pool(request), request.message, request.contact_id)
