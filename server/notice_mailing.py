"""Mails administrators what the product tells them: claim, send, record, one mail at a time.

A mail goes by an account that carries something now; while there is none, mails wait.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from channels.accounts import Account
from channels.base import Letter, Receipt, Verdict
from engine.ids import new_id
from engine.messages.carriers.accounts import load_states
from engine.messages.carriers.routing import NEW, AccountState, Wait, choose_account
from engine.messages.handover.delivery import CLASSES
from engine.messages.handover.notice_mails import claim_bundle, record_mailed, write_mail
from engine.messages.senders.from_whom import OwnSenders, choose_sender
from server.wiring import House

_LOST: Final = Receipt(Verdict.UNCERTAIN, text="the provider told nothing of it")


def list_real_accounts(house: House) -> Sequence[Account]:
    """Return the accounts by which letters leave: what the mailbox keeps reaches nobody."""
    return [one for one in house.outgoing.accounts["email"] if one.scheme != "mailbox"]


def mail_notices(house: House) -> None:
    """Send what is due, as long as an account takes anything."""
    while _mail_one(house):
        pass


def _mail_one(house: House) -> bool:
    """Send one mail; answer whether there was one."""
    accounts, settings = list_real_accounts(house), house.settings
    if not accounts or house.closing.is_set():
        return False
    with house.database.transaction() as session:
        wall = house.wall.now()
        states = load_states(session, "email")
        account = _choose(accounts, states, wall)
        bundle = claim_bundle(session, wall=wall) if account is not None else None
        if account is None or bundle is None:
            return False
        own = OwnSenders(settings.sender, reply_to=settings.reply_to)
        letter = write_mail(
            bundle,
            choose_sender(own, None, "transactional"),
            base_url=settings.base_url,
            timezone=settings.timezone,
        )
    receipt = _hand_over(house, account, letter)
    with house.database.transaction() as session:
        record_mailed(session, bundle, receipt, wall=house.wall.now())
    return True


def _choose(
    accounts: Sequence[Account], states: Mapping[str, AccountState], wall: datetime
) -> Account | None:
    """Return who carries a mail now: one that is not away just now, if there is any.

    An account for marketing alone is better than none.
    """
    present = [one for one in accounts if not states.get(one.name, NEW).breaker.is_open]
    for several in (present, accounts):
        for message_class in CLASSES:
            chosen = choose_account(
                several, states, uid=new_id(), message_class=message_class, now=wall
            )
            if not isinstance(chosen, Wait):
                return chosen
    return None


def _hand_over(house: House, account: Account, letter: Letter) -> Receipt:
    receipts: list[Receipt] = []
    provider = house.outgoing.open_account("email", account)
    provider.send([letter], lambda _, receipt: receipts.append(receipt), now=house.wall.now())
    return receipts[0] if receipts else _LOST
