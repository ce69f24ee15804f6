"""Accounts at providers, as a setting lists them: who carries what share, how fast, and of which class.

Every address may carry, beside its provider's own options, those of routing:
``smtp://…?account=bulk&weight=3&rate=14&serves=marketing&warm_up=500``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_plus

from channels.base import BadAddress

CLASSES: Final = frozenset({"marketing", "transactional"})
MAILBOX: Final = "mailbox"
_OPTIONS: Final = frozenset({"account", "weight", "rate", "serves", "warm_up"})
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,19}")
_GREATEST_WEIGHT: Final = 1000
_GREATEST_RATE: Final = 100_000.0
_MOST_ACCOUNTS: Final = 20


@dataclass(frozen=True, slots=True)
class Account:
    """One account at a provider.

    Attributes:
        name: in rows, on pages and in the address of its webhook; the scheme where none is given.
        url: what opens its provider, without the options of routing.
        weight: its share, beside those of the others that may carry the same.
        rate: items a second that it takes; None: as many as come.
        serves: the classes of messages that it carries.
        warm_up: how many it carries on its first day, twice as many on the second, and so on until
            its rate or nothing binds; None: it is warm.
    """

    name: str
    url: str = field(repr=False)
    weight: int = 1
    rate: float | None = None
    serves: frozenset[str] = CLASSES
    warm_up: int | None = None

    @property
    def scheme(self) -> str:
        """What sort of provider it is at."""
        return self.url.partition(":")[0]


def read_accounts(setting: str) -> tuple[Account, ...]:
    """Return the accounts of a channel, in the order of the setting: addresses parted by blanks.

    Raises:
        BadAddress: an option of routing cannot be, two have one name, or no account carries a
            class. The message shows no part of an address.
    """
    accounts = tuple(_read(url) for url in setting.split())
    if not accounts:
        raise BadAddress("no account is named; mailbox: keeps every message here")
    if len(accounts) > _MOST_ACCOUNTS:
        raise BadAddress(f"at most {_MOST_ACCOUNTS} accounts")
    names = [account.name for account in accounts]
    if double := {name for name in names if names.count(name) > 1}:
        raise BadAddress(
            f"two accounts are called {min(double)}: give each a name of its own by account=…"
        )
    if len(accounts) > 1 and any(account.scheme == MAILBOX for account in accounts):
        raise BadAddress("mailbox: keeps every message, so it stands alone")
    for name in sorted(CLASSES):
        if not any(name in account.serves for account in accounts):
            raise BadAddress(f"no account serves {name} messages")
    return accounts


def _read(url: str) -> Account:
    address, _, query = url.partition("?")
    given: dict[str, str] = {}
    rest: list[str] = []
    for name, value, part in _split(query):
        if name not in _OPTIONS:
            rest.append(part)
        elif name in given:
            raise BadAddress("an option is given twice")
        else:
            given[name] = value
    name = given.get("account", address.partition(":")[0])
    if not _NAME.fullmatch(name):
        raise BadAddress("account: at most 20 small letters, digits, - and _")
    return Account(
        name=name,
        url="?".join([address, "&".join(rest)] if rest else [address]),
        weight=_read_count(given, "weight", _GREATEST_WEIGHT) or 1,
        rate=_read_rate(given),
        serves=_read_classes(given),
        warm_up=_read_count(given, "warm_up", 10**9),
    )


def _split(query: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name, the value and the spelling of each option."""
    for part in query.split("&"):
        if part:
            name, _, value = part.partition("=")
            yield unquote_plus(name), unquote_plus(value), part


def _read_count(given: dict[str, str], name: str, greatest: int) -> int | None:
    if name not in given:
        return None
    text = given[name]
    if not re.fullmatch("[0-9]{1,10}", text) or not 1 <= int(text) <= greatest:
        raise BadAddress(f"{name}: a whole number from 1 to {greatest}")
    return int(text)


def _read_rate(given: dict[str, str]) -> float | None:
    if "rate" not in given:
        return None
    text = given["rate"]
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", text):
        raise BadAddress("rate: items a second, such as 14 or 0.5")
    rate = float(text)
    if not 0 < rate <= _GREATEST_RATE:
        raise BadAddress("rate: items a second, such as 14 or 0.5")
    return rate


def _read_classes(given: dict[str, str]) -> frozenset[str]:
    if "serves" not in given:
        return CLASSES
    classes = frozenset(given["serves"].split(","))
    if not classes or not classes <= CLASSES:
        raise BadAddress("serves: marketing, transactional, or both parted by a comma")
    return classes
