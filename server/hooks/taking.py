"""What every hook does: read a bounded body, and keep what is said in bounded steps."""

from collections.abc import Collection, Sequence
from typing import Final, NoReturn
from urllib.parse import parse_qsl

import orjson
from flask import Response, request
from werkzeug.exceptions import MethodNotAllowed

from channels.feedback import Feedback, FeedbackRequest
from engine.accounts.notices import OWNER, NewNotice, add_notices
from engine.bulk import in_chunks
from engine.errors import TooMuch
from engine.ids import derive_id
from engine.language.say import Sentence
from engine.messages.feedback.taking import CHUNK, Taken, record_feedback
from engine.messages.texts.billing import record_costs, record_opt_outs
from server.errors import WrongMediaType, build_problem
from server.logs import get_logger
from server.wiring import House

MOST_BYTES: Final = 1_048_576


def read_body(kinds: Collection[str]) -> bytes:
    """Return the octets of the request as they came.

    Raises:
        WrongMediaType: it is of none of these kinds.
        TooMuch: it is larger than a hook takes.
    """
    if request.mimetype not in kinds:
        raise WrongMediaType(f"this address takes {', '.join(sorted(kinds))}")
    # One more than is taken: a body without a length is cut there, and must not look whole.
    request.max_content_length = MOST_BYTES + 1
    body = request.get_data(cache=False)
    if len(body) > MOST_BYTES:
        raise TooMuch(f"a request holds at most {MOST_BYTES:,} bytes")
    return body


def read_asked(house: House, body: bytes) -> FeedbackRequest:
    """Return the request as it came, under the address by which the provider knows it."""
    raw = request.query_string.decode("ascii", "replace")
    url = f"{house.settings.base_url}{request.path}"
    query: dict[str, str] = {}
    for name, value in parse_qsl(raw, keep_blank_values=True):
        query.setdefault(name, value)
    return FeedbackRequest(
        headers={name.lower(): value for name, value in request.headers.items()},
        query=query,
        body=body,
        url=f"{url}?{raw}" if raw else url,
    )


def keep(house: House, account: str, items: Sequence[Feedback]) -> Taken:
    """Keep what an account said, chunk by chunk; what was kept stays when a later one fails."""
    taken = Taken()
    now = house.clock.now()
    for several in in_chunks(items, CHUNK):
        with house.database.transaction() as session:
            part = record_feedback(session, account, several, now=now)
            record_costs(session, several)
            record_opt_outs(session, several, now=now)
            if part.conflicts:
                add_notices(session, [_tell_of_conflict(account, now.date().isoformat())], now=now)
        taken.add(part)
    if taken.strays or taken.conflicts:
        get_logger().warning(
            "feedback_without_effect",
            account=account,
            strays=taken.strays,
            conflicts=taken.conflicts,
        )
    if taken.is_held:
        get_logger().warning("stream_held", channel="email", message_class="marketing")
    return taken


def refuse() -> Response:
    """Answer what is not believed: the same words whatever was wrong, so that nobody learns it."""
    return build_problem(401, "feedback_refused", "this is not signed as it should be")


def refuse_method() -> NoReturn:
    """Refuse what is not posted: whoever opens the address sees that it is there, and for whom.

    Raises:
        MethodNotAllowed: always.
    """
    raise MethodNotAllowed(valid_methods=["POST"])


def not_configured() -> Response:
    """Answer that nobody may tell us anything here yet."""
    return build_problem(503, "not_configured", "this hook has no secret: see docs/channels.md")


def answer_taken() -> Response:
    """Answer that all of it is kept."""
    return Response(orjson.dumps({"success": True}), mimetype="application/json")


def _tell_of_conflict(account: str, day: str) -> NewNotice:
    words = Sentence(
        "The feedback account {account} said something else under an id that it had used before. "
        "It had no effect. If its secret may be known to others, change it.",
        account=account,
    )
    return NewNotice(str(derive_id("feedback_conflict", account, day)), OWNER, words)
