"""How accounts at providers stand: read before messages are leased, noted after they were handed over.

As long as an account has no rate, no warm-up and no trouble, nothing is written of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from channels.accounts import Account
from channels.base import Receipt, Verdict
from engine.accounts.notices import OWNER, NewNotice, add_notices
from engine.db import change_rows, insert_into
from engine.errors import NotFound
from engine.ids import derive_id
from engine.language.say import Sentence, say
from engine.messages.carriers import routing
from engine.messages.carriers.breaker import (
    WELL,
    begin_probe,
    find_share,
    note_results,
    note_taken,
    read_breaker,
    rest_shortly,
    rest_until,
    write_breaker,
)
from engine.messages.carriers.routing import AccountState
from engine.models.provider import ProviderAccount

LONG_OUTAGE: Final = timedelta(minutes=10)
"""So long an account may be away before somebody is told."""
_MINUTE: Final = timedelta(minutes=1)
SHORTEST: Final = timedelta(seconds=1)
"""What is put off is looked at again no sooner."""
_EPOCH: Final = date(1970, 1, 1)
_LONGEST_REASON: Final = 300


def load_states(session: Session, channel: str) -> dict[str, AccountState]:
    """Return how the accounts of a channel stand; of one that is not named there is nothing to say."""
    rows = session.scalars(select(ProviderAccount).where(ProviderAccount.channel == channel))
    return {row.name: _read(row) for row in rows}


def reserve(
    session: Session, channel: str, account: Account, n: int, *, wall: datetime
) -> datetime:
    """Return when `n` messages may leave by an account's rate; until then nobody else's do.

    An account that comes back after an outage is given its share of the rate alone.

    Args:
        session: of a transaction of its own: the row is held.
        wall: of the machine's clock.
    """
    if account.rate is None:
        return wall
    row = _hold(session, channel, account.name)
    share = find_share(_read(row).breaker, now=wall) or 1.0  # nothing: this is the probe
    leaves_at, row.next_at = routing.reserve(account, row.next_at or wall, n, share=share, now=wall)
    return leaves_at


def take_probe(
    session: Session, channel: str, name: str, seen: AccountState, *, wall: datetime
) -> bool:
    """Take it upon oneself to try an account whose breaker is open; False: somebody else has."""
    probing = begin_probe(seen.breaker, now=wall)
    taken = update(ProviderAccount).where(
        ProviderAccount.channel == channel,
        ProviderAccount.name == name,
        ProviderAccount.opened_at.is_not(None),
        ProviderAccount.closed_until == seen.breaker.closed_until,
    )
    return change_rows(session, taken.values(closed_until=probing.closed_until)) == 1


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What an account said of the messages that were handed over to it."""

    account: Account
    state: AccountState
    receipts: Sequence[Receipt]


def note_receipts(session: Session, channel: str, told: HandedOver, *, wall: datetime) -> bool:
    """Keep what the receipts say of the account: its breaker, its login, what it carried today.

    Answers whether there was anything to keep.

    Args:
        session: of a transaction.
        channel: of the messages.
        told: what came back; `state` as it was when they were leased.
        wall: of the machine's clock.
    """
    receipts = told.receipts
    carried = sum(one.verdict in (Verdict.ACCEPTED, Verdict.UNCERTAIN) for one in receipts)
    is_counted = told.account.warm_up is not None and carried > 0
    if not is_trouble(receipts) and told.state.breaker == WELL and not is_counted:
        return False
    row = _hold(session, channel, told.account.name)
    telling = _choose_telling(receipts)
    failures = sum(_is_failure(one) for one in telling)
    rests = [
        one.retry_after for one in receipts if one.retry_after is not None and not one.is_of_domain
    ]
    trouble = next((one for one in receipts if one.is_account_problem), None)
    before = _read(row).breaker
    breaker = note_results(before, tries=len(telling), failures=failures, now=wall)
    if any(one.verdict is Verdict.ACCEPTED for one in receipts):
        before = breaker = note_taken(breaker, now=wall)
    if any(one.is_throttled for one in receipts):
        breaker = rest_shortly(breaker, before, now=wall)
    if rests:
        breaker = rest_until(breaker, wall + max(rests))
    write_breaker(row, breaker)
    _count_day(row, carried, wall)
    if trouble is not None and row.paused_at is None:
        _pause(session, row, _say_trouble(trouble), wall=wall)
    session.flush()
    return True


def is_trouble(receipts: Iterable[Receipt]) -> bool:
    """Return whether receipts say something of the account, and not only of their messages."""
    return any(
        one.is_account_problem
        or one.is_throttled
        or (one.retry_after is not None and not one.is_of_domain)
        or _is_failure(one)
        for one in receipts
    )


def tell_outages(session: Session, *, wall: datetime, now: datetime) -> None:
    """Tell administrators of accounts that have been away for long; of each outage once."""
    rows = session.scalars(
        select(ProviderAccount).where(ProviderAccount.opened_at <= wall - LONG_OUTAGE)
    )
    notices = [
        NewNotice(
            str(derive_id("account away", row.channel, row.name, str(row.opened_at))),
            OWNER,
            Sentence(
                "The account {account} has taken nothing for {n} minutes. Its messages leave by "
                "another account, or wait; it is tried every half minute, and comes back by itself. "
                "Is the provider away?",
                account=row.name,
                n=LONG_OUTAGE // _MINUTE,
            ),
        )
        for row in rows
    ]
    add_notices(session, notices, now=now)


def pause_account(session: Session, channel: str, name: str, *, by: str, wall: datetime) -> None:
    """Let an account carry nothing until somebody says otherwise. Repeating it is harmless."""
    row = _hold(session, channel, name)
    if row.paused_at is None:
        row.paused_at, row.paused_for = wall, by[:_LONGEST_REASON]


def resume_account(session: Session, channel: str, name: str) -> None:
    """Let an account carry again, as if there had never been trouble with it.

    Raises:
        NotFound: nothing keeps it from that.
    """
    row = session.get(ProviderAccount, (channel, name), with_for_update=True)
    if row is None or (row.paused_at is None and row.closed_until is None):
        raise NotFound(say("the account {name} is not paused", name=name))
    row.paused_at = row.paused_for = None
    write_breaker(row, WELL)


def list_accounts(session: Session) -> dict[tuple[str, str], ProviderAccount]:
    """Return what is noted of accounts, by channel and name."""
    return {(row.channel, row.name): row for row in session.scalars(select(ProviderAccount))}


def list_waiting(
    accounts: Iterable[Account], states: dict[str, AccountState], *, wall: datetime
) -> list[Account]:
    """Return the accounts that carry nothing just now."""
    return [
        account
        for account in accounts
        if routing.find_obstacle(account, states.get(account.name, routing.NEW), now=wall)
    ]


def _choose_telling(receipts: Sequence[Receipt]) -> Sequence[Receipt]:
    """Return those that tell how an account fares.

    What was held back for the one before tells nothing where the account took others beside it.
    """
    tried = [one for one in receipts if not one.is_untried]
    return receipts if all(map(_is_failure, tried)) else tried


def _is_failure(receipt: Receipt) -> bool:
    """Return whether a receipt speaks of the provider being away, and not of one message."""
    if receipt.is_of_domain or receipt.is_throttled:
        return False
    if receipt.verdict in (Verdict.NOT_SENT, Verdict.UNCERTAIN):
        return not receipt.is_account_problem and receipt.retry_after is None
    return receipt.is_outage


def _pause(
    session: Session, row: ProviderAccount, words: str | Sentence, *, wall: datetime
) -> None:
    english = words.english if isinstance(words, Sentence) else words
    row.paused_at, row.paused_for = wall, english[:_LONGEST_REASON]
    notice = NewNotice(
        str(derive_id("account paused", row.channel, row.name, wall.isoformat())),
        OWNER,
        Sentence(
            "The account {account} does not let us in, and carries nothing more: {words}. Mend it, "
            "then resume it in the settings, under Channels.",
            account=row.name,
            words=words,
        ),
    )
    add_notices(session, [notice], now=wall)


def _say_trouble(receipt: Receipt) -> str | Sentence:
    told = " ".join(part for part in (receipt.code, receipt.text) if part)
    return told or Sentence("it refuses us")


def _count_day(row: ProviderAccount, carried: int, wall: datetime) -> None:
    today = (wall.astimezone(UTC).date() - _EPOCH).days
    if carried and row.first_day is None:
        row.first_day = today
    row.carried = (row.carried if row.day == today else 0) + carried
    row.day = today


def _read(row: ProviderAccount) -> AccountState:
    return AccountState(
        is_paused=row.paused_at is not None,
        breaker=read_breaker(row),
        next_at=row.next_at,
        first_on=None if row.first_day is None else _EPOCH + timedelta(days=row.first_day),
        day=None if row.day is None else _EPOCH + timedelta(days=row.day),
        carried=row.carried,
        silent_since=max(filter(None, (row.paused_at, row.opened_at)), default=None),
    )


def _hold(session: Session, channel: str, name: str) -> ProviderAccount:
    """Return the account's row, made if need be, held until the transaction ends."""
    key: dict[str, Any] = {"channel": channel, "name": name}
    row = session.get(ProviderAccount, (channel, name), with_for_update=True)
    if row is None:
        fresh = {"carried": 0, "tries": 0, "failures": 0}
        session.execute(
            insert_into(session, ProviderAccount).on_conflict_do_nothing(), [key | fresh]
        )
        row = session.get_one(ProviderAccount, (channel, name), with_for_update=True)
    return row
