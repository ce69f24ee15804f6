"""Do the records of a sender's domain let mailbox providers believe its letters? Pure.

Sources: RFC 7208 (SPF), RFC 6376 (DKIM), RFC 7489 (DMARC): a letter passes DMARC where SPF or DKIM
passes for a domain that is aligned with that of its From; and what Gmail and Yahoo ask of senders.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

_KEY: Final = re.compile(r"(?:^|;)\s*p\s*=\s*([A-Za-z0-9+/=\s]+?)\s*(?:;|$)")
_POLICY: Final = re.compile(r"(?:^|;)\s*p\s*=\s*(none|quarantine|reject)\s*(?:;|$)", re.IGNORECASE)
_FEWEST_LABELS: Final = 2


class CheckKind(StrEnum):
    """Which record."""

    SPF = "spf"
    DKIM = "dkim"
    DMARC = "dmarc"


class CheckState(StrEnum):
    """How it stands with a record."""

    GOOD = "good"
    MISSING = "missing"
    WRONG = "wrong"  # it is there, and says nothing that counts
    UNKNOWN = "unknown"  # nobody answered


@dataclass(frozen=True, slots=True)
class Sender:
    """A domain that letters come from, and how they are carried.

    Attributes:
        selectors: names of the keys by which its letters are signed, such as `s1`.
        returns_to: domain of the envelope's sender, if that is ours; "" if it is the carrier's own.
        own_keys: of those that we hold ourselves: (selector, the record to publish).
    """

    domain: str
    selectors: tuple[str, ...] = ()
    returns_to: str = ""
    own_keys: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One record, found and wanted.

    Attributes:
        name: under which it stands, or is to stand.
        found: the records there that are of its kind.
        wanted: one that would do, to be copied; "" where only the carrier knows it.
    """

    kind: CheckKind
    state: CheckState
    name: str
    found: tuple[str, ...]
    wanted: str

    def to_json(self) -> dict[str, Any]:
        """Return it as its row keeps it."""
        return {
            "kind": self.kind.value,
            "state": self.state.value,
            "name": self.name,
            "found": list(self.found),
            "wanted": self.wanted,
        }


Records = Mapping[str, Sequence[str] | None]
"""What names say, by name; None: nobody answered."""


def list_names(sender: Sender) -> list[str]:
    """Return the names to ask for."""
    return list(
        dict.fromkeys(
            [
                sender.returns_to or sender.domain,
                *_list_keys(sender),
                *_list_policies(sender.domain),
            ]
        )
    )


def judge_sender(sender: Sender, records: Records) -> list[Check]:
    """Return how it stands with each record of a domain: SPF, each key, DMARC."""
    wanted = {_name_key(selector, sender.domain): record for selector, record in sender.own_keys}
    keys = [_judge_key(name, wanted.get(name, ""), records) for name in _list_keys(sender)]
    if not keys:
        name = _name_key("SELECTOR", sender.domain)
        keys = [Check(CheckKind.DKIM, CheckState.MISSING, name, (), "")]
    return [_judge_spf(sender, records), *keys, _judge_policy(sender.domain, records)]


def is_aligned(sender: Sender, checks: Sequence[Check]) -> bool:
    """Return whether mailbox providers can believe letters from here (rule 118).

    What nobody answered is not held against the sender.
    """
    believed = (CheckState.GOOD, CheckState.UNKNOWN)
    by_key = any(one.kind is CheckKind.DKIM and one.state in believed for one in checks)
    returns = sender.returns_to
    by_path = bool(returns) and is_related(returns, sender.domain)
    by_spf = by_path and any(one.kind is CheckKind.SPF and one.state in believed for one in checks)
    has_policy = any(one.kind is CheckKind.DMARC and one.state in believed for one in checks)
    return (by_key or by_spf) and has_policy


def is_related(one: str, other: str) -> bool:
    """Return whether two domains are aligned: the same, or one within the other."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _list_keys(sender: Sender) -> list[str]:
    return [_name_key(selector, sender.domain) for selector in sender.selectors]


def _name_key(selector: str, domain: str) -> str:
    return f"{selector}._domainkey.{domain}"


def _list_policies(domain: str) -> list[str]:
    """Return where a domain's policy may stand: at itself, then at those that it is within."""
    labels = domain.split(".")
    last = max(1, len(labels) - _FEWEST_LABELS + 1)
    return [f"_dmarc.{'.'.join(labels[at:])}" for at in range(last)]


def _judge_spf(sender: Sender, records: Records) -> Check:
    name = sender.returns_to or sender.domain
    wanted = "v=spf1 mx ~all" if sender.returns_to else ""
    said = records.get(name)
    if said is None:
        return Check(CheckKind.SPF, CheckState.UNKNOWN, name, (), wanted)
    found = tuple(one for one in said if one.lower().split(" ")[0] == "v=spf1")
    if not found:
        return Check(CheckKind.SPF, CheckState.MISSING, name, (), wanted)
    # Two records are none (RFC 7208 4.5); one that lets nobody send does not let us.
    lets_somebody = found[0].lower().split()[1:] != ["-all"]
    state = CheckState.GOOD if len(found) == 1 and lets_somebody else CheckState.WRONG
    return Check(CheckKind.SPF, state, name, found, wanted)


def _judge_key(name: str, wanted: str, records: Records) -> Check:
    said = records.get(name)
    if said is None:
        return Check(CheckKind.DKIM, CheckState.UNKNOWN, name, (), wanted)
    if not said:
        return Check(CheckKind.DKIM, CheckState.MISSING, name, (), wanted)
    keys = {_read_key(one) for one in said} - {None}
    is_ours = not wanted or _read_key(wanted) in keys
    state = CheckState.GOOD if keys and is_ours else CheckState.WRONG
    return Check(CheckKind.DKIM, state, name, tuple(said), wanted)


def _read_key(record: str) -> str | None:
    found = _KEY.search(record)
    return "".join(found.group(1).split()) if found else None


def _judge_policy(domain: str, records: Records) -> Check:
    wanted = f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}"
    first = f"_dmarc.{domain}"
    for name in _list_policies(domain):
        said = records.get(name)
        if said is None:
            return Check(CheckKind.DMARC, CheckState.UNKNOWN, name, (), wanted)
        found = tuple(one for one in said if one.lower().replace(" ", "").startswith("v=dmarc1"))
        if found:
            is_good = len(found) == 1 and _POLICY.search(found[0]) is not None
            state = CheckState.GOOD if is_good else CheckState.WRONG
            return Check(CheckKind.DMARC, state, name, found, wanted)
    return Check(CheckKind.DMARC, CheckState.MISSING, first, (), wanted)
