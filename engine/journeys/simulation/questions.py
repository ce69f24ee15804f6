"""What becomes of questions in a simulation: whom they are put to, and who answers when. Pure."""

from collections.abc import Sequence
from datetime import datetime

from engine.decision import AskColleague
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.simulation.given import Answers, Escalates, Given
from engine.journeys.simulation.setting import AssumedAnswer
from engine.journeys.simulation.stay import Stay


def put_question(
    stay: Stay,
    node: str,
    visit: int,
    effect: AskColleague,
    assumed: AssumedAnswer | None,
    *,
    now: datetime,
) -> list[Given]:
    """Ask a colleague; return what follows: the answer that is assumed, or somebody else is told.

    Args:
        assumed: None: nobody answers, unless it is given.
    """
    stay.notices.append((now, effect.to, effect.words))
    of, follows = (stay.number, visit), []
    if assumed is not None:
        follows.append(Given(now + assumed.after, Answers(node, assumed.signal, of)))
    if effect.escalate_at is not None and effect.escalate_to is not None:
        told = Escalates(node, effect.escalate_to, effect.words, of)
        follows.append(Given(effect.escalate_at, told))
    return follows


def answer(stays: Sequence[Stay], what: Answers, *, now: datetime) -> bool:
    """Let the enrollment go on that waits for this answer; say whether one does."""
    stay = _find_asking(stays, what.node, what.of)
    if stay is not None:
        stay.wake(what.signal, now=now)
    return stay is not None


def escalate(stays: Sequence[Stay], what: Escalates, *, now: datetime) -> None:
    """Tell somebody else, if the question is still open."""
    stay = _find_asking(stays, what.node, what.of)
    if stay is not None:
        stay.notices.append((now, what.to, what.words))


def _find_asking(stays: Sequence[Stay], node: str, of: tuple[int, int] | None) -> Stay | None:
    """Return the enrollment that waits at a node; of several the one that came there last."""
    waiting = [
        stay
        for stay in stays
        if stay.status is EnrollmentStatus.WAITING
        and stay.plan.keys[stay.node] == node
        and of in (None, (stay.number, stay.visits.get(node, 1)))
    ]
    return max(waiting, key=lambda stay: stay.arrived_at, default=None)
