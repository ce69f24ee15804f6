"""Notices of the product by e-mail, to administrators who want them: planned, bundled, claimed, noted.

They are no messages: no cap, consent or figure knows of them. Each notice goes to each of them once
at the most: what may have left is not sent again. What becomes of such a mail makes no notice, so
that none follows from another; and how its account fares is left to the messages to find out.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select, true, tuple_, update
from sqlalchemy.orm import Session

from channels.base import EmailAddress, Letter, Receipt, Verdict
from engine.accounts.notices import OWNER, say_notice
from engine.accounts.permissions import PERMISSIONS, Permission
from engine.contacts.suppression import find_suppressed
from engine.db import change_rows, insert_into
from engine.ids import derive_id
from engine.language.say import ENGLISH, say, speak
from engine.messages.senders.from_whom import FromWhom
from engine.models.account import User
from engine.models.journey import Notice, NoticeMail

GATHERED: Final = timedelta(minutes=2)
"""So long a notice waits for others to go with it."""
APART: Final = timedelta(minutes=10)
"""So long after one mail comes the next."""
OLDEST: Final = timedelta(hours=24)
"""What could not be mailed for so long is news no more."""
MOST_ATTEMPTS: Final = 8
FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=4)
MOST: Final = 50
"""Notices in one mail, and planned at once."""
ADMINISTRATORS: Final = tuple(
    role for role, held in PERMISSIONS.items() if Permission.MANAGE_SETTINGS in held
)
_SUBJECT: Final = 100
_LONGEST_TROUBLE: Final = 200
_WANTS: Final = and_(
    User.wants_notices.is_(True), User.disabled_at.is_(None), User.role.in_(ADMINISTRATORS)
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one administrator is to be told in one mail.

    Attributes:
        attempts: how often one of these was tried, this time included.
    """

    user_id: int
    to: EmailAddress
    language: str
    notices: Sequence[Notice]
    attempts: int


def plan_mails(session: Session, *, since: datetime, wall: datetime) -> None:
    """Plan a mail of each notice to each administrator who wants them; repeating it is harmless.

    Args:
        since: what was told before is news no more.
        wall: of the machine's clock.
    """
    lacking = session.execute(
        select(Notice.id, User.id.label("user_id"))
        .join(User, true())
        .outerjoin(
            NoticeMail, and_(NoticeMail.notice_id == Notice.id, NoticeMail.user_id == User.id)
        )
        .where(
            Notice.to == OWNER,
            Notice.enrollment_id.is_(None),
            Notice.read_at.is_(None),
            Notice.at >= since,
            NoticeMail.user_id.is_(None),
            _WANTS,
        )
        .order_by(Notice.id.desc())
        .limit(MOST)
    ).all()
    if not lacking:
        return
    last = select(NoticeMail.user_id, func.max(NoticeMail.mailed_at).label("at"))
    of = last.where(NoticeMail.user_id.in_({row.user_id for row in lacking}))
    mailed = {row.user_id: row.at for row in session.execute(of.group_by(NoticeMail.user_id))}
    rows = [
        {
            "notice_id": row.id,
            "user_id": row.user_id,
            "planned_at": wall,
            "due_at": max(wall + GATHERED, (mailed.get(row.user_id) or wall - APART) + APART),
            "attempts": 0,
        }
        for row in lacking
    ]
    session.execute(insert_into(session, NoticeMail).on_conflict_do_nothing(), rows)


def claim_bundle(session: Session, *, wall: datetime) -> Bundle | None:
    """Take what is due to one administrator, with all else that waits for the same; None: nothing.

    What is taken counts as sent until `record_mailed` says otherwise. What somebody has read
    meanwhile, who wants no more of it, and addresses that take nothing are passed over.
    """
    due = select(NoticeMail.user_id).where(NoticeMail.due_at <= wall).order_by(NoticeMail.due_at)
    user_id = session.scalar(due.limit(1))
    if user_id is None:
        return None
    rows = session.scalars(
        select(NoticeMail)
        .where(NoticeMail.user_id == user_id, NoticeMail.due_at.is_not(None))
        .order_by(NoticeMail.notice_id)
        .limit(MOST)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.due_at, row.attempts = None, row.attempts + 1
    fresh = [row.notice_id for row in rows if row.planned_at > wall - OLDEST]
    unread = select(Notice).where(Notice.id.in_(fresh), Notice.read_at.is_(None))
    notices = session.scalars(unread.order_by(Notice.id)).all()
    user = session.scalar(select(User).where(User.id == user_id, _WANTS))
    if user is None or not notices or find_suppressed(session, [("email", user.email)]):
        return None
    return Bundle(
        user_id=user.id,
        to=EmailAddress(user.email, user.name),
        language=user.language,
        notices=notices,
        attempts=max(row.attempts for row in rows),
    )


def record_mailed(session: Session, bundle: Bundle, receipt: Receipt, *, wall: datetime) -> None:
    """Write down what came of a mail; what certainly did not arrive is tried again, ever more rarely."""
    mine = tuple_(NoticeMail.user_id, NoticeMail.notice_id).in_(
        [(bundle.user_id, one.id) for one in bundle.notices]
    )
    if receipt.verdict is Verdict.ACCEPTED:
        change_rows(session, update(NoticeMail).where(mine).values(mailed_at=wall, trouble=None))
        return
    ends = receipt.verdict in (Verdict.PERMANENT, Verdict.UNCERTAIN)
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * int(4 ** (bundle.attempts - 1)))
    told = " ".join(part for part in (receipt.code, receipt.text) if part)
    change = update(NoticeMail).where(mine)
    change_rows(
        session,
        change.values(
            due_at=None if ends or bundle.attempts >= MOST_ATTEMPTS else wall + pause,
            trouble=told[:_LONGEST_TROUBLE],
        ),
    )


def write_mail(bundle: Bundle, from_whom: FromWhom, *, base_url: str, timezone: str) -> Letter:
    """Return the letter, in the language in which the administrator uses the product. Pure.

    Args:
        base_url: of the instance.
        timezone: in which times are told.
    """
    speak(bundle.language)
    try:
        told = [(one.at, say_notice(one)) for one in bundle.notices]
        (_, first), more = told[0], len(told) - 1
        subject = textwrap.shorten(first, _SUBJECT, placeholder=" …")
        parts = [f"{_say_instant(at, timezone)}\n{words}" for at, words in told]
        parts.append(say("Notices and where to mend it: {url}", url=base_url))
        parts.append(
            say(
                "You get this because you run this instance, and may choose not to: {url}",
                url=f"{base_url}/settings",
            )
        )
        return Letter(
            id=derive_id(
                "notice mail",
                str(bundle.user_id),
                str(bundle.attempts),
                *(one.key for one in bundle.notices),
            ),
            sender=from_whom.sender,
            recipient=bundle.to,
            subject=say("{first} (and {n} more)", first=subject, n=more) if more else subject,
            text="\n\n".join(parts).encode(),
            headers=(("Auto-Submitted", "auto-generated"),),
            reply_to=from_whom.reply_to,
        )
    finally:
        speak(ENGLISH)


def _say_instant(at: datetime, timezone: str) -> str:
    return f"{at.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M} ({timezone})"
