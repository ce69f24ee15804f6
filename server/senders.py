"""The domains that letters come from, as the settings say, and asking what they publish."""

import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from channels.accounts import read_accounts
from channels.dns_lookup import LookUp, NoAnswerFound
from channels.email.header_gates import parse_mailbox
from channels.email.smtp_settings import read_smtp_url
from engine.config import Settings
from engine.messages.senders.from_whom import read_domain
from engine.messages.senders.sender_domain import Check, Sender, judge_sender, list_names

ALL_SECONDS: Final = 12.0
SIDE_BY_SIDE: Final = 6
SMTP: Final = ("smtp", "smtps")
SELECTORS: Final[Mapping[str, tuple[str, ...]]] = {
    "sendgrid": ("s1", "s2"),
    "resend": ("resend",),
}
"""Names of keys that carriers always give, by the documentation of each."""


def list_senders(settings: Settings, addresses: Iterable[str] = ()) -> list[Sender]:
    """Return the domains that letters come from.

    Args:
        settings: name the instance's own senders, and who carries their letters.
        addresses: of registered senders.
    """
    own = (settings.sender, settings.marketing_sender)
    domains = [read_domain(parse_mailbox(one).address) for one in own if one]
    domains += [read_domain(one) for one in addresses]
    return [_describe(settings, one) for one in dict.fromkeys(domains)]


def _describe(settings: Settings, domain: str) -> Sender:
    schemes = [account.scheme for account in read_accounts(settings.email_url)]
    known = [name for scheme in schemes for name in SELECTORS.get(scheme, ())]
    selectors = dict.fromkeys((*settings.dkim_selectors.split(), *known))
    returns_to, own = "", {}
    if any(scheme in SMTP for scheme in schemes):
        returns_to = settings.bounce_address.rpartition("@")[2].lower() or domain
        own = _list_own_keys(settings, domain)
    several = tuple({**selectors, **own})
    return Sender(domain, several, returns_to, tuple(own.items()))


def check_senders(senders: Sequence[Sender], look_up: LookUp) -> dict[Sender, list[Check]]:
    """Ask for all records of these domains, side by side, and return how it stands with each."""
    names = list(dict.fromkeys(name for one in senders for name in list_names(one)))
    ends = time.monotonic() + ALL_SECONDS
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        said = list(pool.map(lambda one: _ask(look_up, one, ends), names))
    records = dict(zip(names, said, strict=True))
    return {one: judge_sender(one, records) for one in senders}


def _ask(look_up: LookUp, name: str, ends: float) -> Sequence[str] | None:
    if time.monotonic() > ends:
        return None
    try:
        return look_up(name)
    except NoAnswerFound:
        return None


def _list_own_keys(settings: Settings, domain: str) -> dict[str, str]:
    """Return the keys by which we sign ourselves: selector → the record to publish."""
    own: dict[str, str] = {}
    for account in read_accounts(settings.email_url):
        if account.scheme in SMTP:
            signers = read_smtp_url(account.url).signers
            own |= {
                one.selector: one.write_record() for one in signers if one.domain.lower() == domain
            }
    return own
