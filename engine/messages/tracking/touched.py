"""What readers, and machines, did with one letter: for whoever looks at it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.messages.tracking.following import LinkBook, find_target
from engine.messages.tracking.touches import MadeBy, Why
from engine.models.message import Message
from engine.models.touch import MessageLinks, Touch

SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Touched:
    """An open or a click.

    Attributes:
        url: where the link led; None: of an open, or the words are gone.
        made_by: None: it is being judged.
        network: whence, cut to a network.
    """

    kind: str
    at: datetime
    url: str | None
    made_by: MadeBy | None
    why: Why | None
    agent: str
    network: str


def list_touches(session: Session, message: Message) -> list[Touched]:
    """Return the newest opens and clicks of a letter, the newest first."""
    rows = session.scalars(
        select(Touch)
        .where(Touch.message_id == message.id)
        .order_by(Touch.at.desc(), Touch.id.desc())
        .limit(SHOWN)
    ).all()
    urls = _find_urls(session, message, {row.link for row in rows if row.link is not None})
    return [
        Touched(
            kind=row.kind,
            at=row.at,
            url=urls.get(row.link or ""),
            made_by=None if row.made_by is None else MadeBy(row.made_by),
            why=None if row.why is None else Why(row.why),
            agent=row.agent,
            network=row.network,
        )
        for row in rows
    ]


def _find_urls(session: Session, message: Message, keys: set[str]) -> dict[str, str | None]:
    if not keys or message.template_version_id is None:
        return {}
    links = LinkBook().read(session, message.template_version_id)
    targets = session.scalar(
        select(MessageLinks.targets).where(MessageLinks.message_id == message.id)
    )
    return {key: find_target(links, targets, key) for key in keys}
