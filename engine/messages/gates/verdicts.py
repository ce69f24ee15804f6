"""What the gates would say now of messages that wait, for who asks; nothing is reserved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from engine.messages.gates.allowances import load_allowances, load_limits
from engine.messages.gates.policy import Verdict, judge
from engine.messages.gates.standing import load_standings


def load_verdicts(
    session: Session,
    message_ids: Sequence[int],
    *,
    now: datetime,
    default_zone: str,
    holdout_percent: int,
) -> dict[int, Verdict]:
    """Return what the gates say of each of these messages, taken by itself."""
    standings = load_standings(
        session,
        message_ids,
        now=now,
        default_zone=default_zone,
        holdout_percent=holdout_percent,
    )
    bids = [one.bid for one in standings.values()]
    allowances = load_allowances(session, load_limits(session), bids, now=now)
    return {
        id_: judge(replace(one, capped=allowances.find_capped(one.bid, now=now)), now=now)
        for id_, one in standings.items()
    }
