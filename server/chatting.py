"""Tells chats what journeys and the product have to say: claim, tell, record. Plans mails of it."""

from datetime import timedelta
from typing import Final

from engine.accounts.chat_notices import claim_chat_notices, record_told
from engine.accounts.notices import ADMINS, pass_on
from engine.messages.carriers.accounts import tell_outages
from engine.messages.handover.notice_mails import plan_mails
from server.notice_mailing import list_real_accounts
from server.wiring import House

NEWS: Final = timedelta(hours=1)
"""What was said to administrators longer ago is passed on to no chat that was named since."""
CLAIMED: Final = 10
"""Notices told by one tick; each takes some seconds at worst, so all leave within the lease."""


def tell_chats(house: House) -> int:
    """Tell what is due; answer how many notices that were. Without chats, nothing is asked."""
    if not house.settings.chat:
        return 0
    chats = house.outgoing.chats
    with house.database.transaction() as session:
        due = claim_chat_notices(session, now=house.clock.now(), limit=CLAIMED)
    for notice in due:
        receipt = chats.tell(notice.chat, notice.words)
        with house.database.transaction() as session:
            record_told(session, [(notice, receipt)], now=house.clock.now())
    return len(due)


def tell_admins(house: House) -> None:
    """Say what administrators should know: in the application, their chat, and their inboxes."""
    now, wall = house.clock.now(), house.wall.now()
    with house.database.transaction() as session:
        tell_outages(session, wall=wall, now=now)
        since = min(now, wall) - NEWS
        if ADMINS in house.outgoing.chats.names:
            pass_on(session, ADMINS, since=since, now=now)
        if list_real_accounts(house):
            plan_mails(session, since=since, wall=wall)


def tick(house: House) -> None:
    """Tell what is due, now and then."""
    tell_chats(house)
