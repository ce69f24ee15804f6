"""Following links: where they lead, and one row for each open and click.

Where a link leads is read from the compiled version, or from what was kept with the message as it
left; nothing of it comes with the request.
"""

import ipaddress
import threading
import zlib
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit
from uuid import UUID

import idna
from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from engine.db import insert_into, table_of
from engine.messages.touches import NO_HINT, SETTLING, Hint, Seen, is_clear
from engine.messages.utm import add_utm, build_utm
from engine.models.contact import Contact
from engine.models.journey import JourneyVersion
from engine.models.message import Message, MessageContent, TemplateVersion
from engine.models.touch import MessageLinks, Touch
from engine.tasks import Lane, ring

SCHEMES: Final = ("http", "https", "mailto", "tel")
REMEMBERED: Final = 256
"""Versions whose links a process remembers."""
LONGEST_KEY: Final = 40
LONGEST_AGENT: Final = 200

_FOLLOWED: Final = (
    select(
        Message.id,
        Message.template_version_id,
        Message.started_at,
        Message.sent_at,
        Message.node,
        Contact.erased_at,
        MessageLinks.targets,
        JourneyVersion.document["key"].as_string().label("journey"),
        JourneyVersion.document["settings"]["utm"].as_json().label("utm"),
    )
    .join(Contact, Contact.id == Message.contact_id)
    .join(MessageLinks, MessageLinks.message_id == Message.id, isouter=True)
    .join(JourneyVersion, JourneyVersion.id == Message.version_id, isouter=True)
    .where(Message.uid == bindparam("uid"), Message.direction == "out")
)  # built once: building it costs more than asking it
_VERSION: Final = select(TemplateVersion.compiled, TemplateVersion.compiled_variants).where(
    TemplateVersion.id == bindparam("id")
)


@dataclass(frozen=True, slots=True)
class VersionLinks:
    """The links of a version, in all its languages.

    Attributes:
        fixed: where links lead that are the same for everybody, by id.
        free: ids of links whose site contact data decides.
        hosts: sites to which fixed links lead.
    """

    fixed: Mapping[str, str] = field(default_factory=dict)
    free: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()


class LinkBook:
    """Remembers the links of versions, which never change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[int, VersionLinks] = OrderedDict()

    def read(self, session: Session, version_id: int) -> VersionLinks:
        """Return the links of a version; none of one that is gone."""
        with self._lock:
            if (known := self._known.get(version_id)) is not None:
                self._known.move_to_end(version_id)
                return known
        row = session.execute(_VERSION, {"id": version_id}).one_or_none()
        if row is None:
            return VersionLinks()
        links = _gather([row.compiled, *(row.compiled_variants or {}).values()])
        with self._lock:
            self._known[version_id] = links
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return links


@dataclass(frozen=True, slots=True)
class Followed:
    """A letter whose link was followed, or whose picture was fetched.

    Attributes:
        target: where the link leads; None: it has no such link.
        is_free: contact data decided the site, and nothing else vouches for it.
        left_at: when it was handed over.
        is_erased: its reader asked to be forgotten: nothing of this is kept.
    """

    message_id: int
    left_at: datetime | None
    is_erased: bool
    target: str | None = None
    is_free: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """What is kept of a request: no address, no header but the name of the program."""

    kind: str
    link: str | None
    agent: str
    network: str
    hints: Hint = NO_HINT


def find_followed(
    session: Session,
    book: LinkBook,
    uid: UUID,
    key: str | None,
    *,
    own_hosts: Collection[str] = (),
) -> Followed | None:
    """Return the letter, and where this link of it leads; None if there is no such letter.

    Args:
        key: of the link, as it stands in the letter; None: its picture was fetched.
        own_hosts: sites, with all below them, that a link may lead to without being asked about.
    """
    row = session.execute(_FOLLOWED, {"uid": uid}).one_or_none()
    if row is None:
        return None
    left_at, is_erased = row.sent_at or row.started_at, row.erased_at is not None
    if key is None:
        return Followed(row.id, left_at, is_erased)
    links = VersionLinks()
    if row.template_version_id is not None:
        links = book.read(session, row.template_version_id)
    target = clean_target(find_target(links, row.targets, key))
    if target is None:
        return Followed(row.id, left_at, is_erased)
    is_free = key.partition(".")[0] in links.free and not _is_own(
        target, {*own_hosts, *links.hosts}
    )
    if row.utm and _is_own(target, own_hosts):  # elsewhere it may break an address that is signed
        target = add_utm(target, build_utm(row.utm, journey=row.journey, node=row.node))
    return Followed(row.id, left_at, is_erased, target, is_free)


def find_kept(session: Session, uid: UUID) -> bytes | None:
    """Return a letter as it was handed over; None if it is not kept, or its reader was erased."""
    html = session.scalar(
        select(MessageContent.html)
        .join(Message, Message.id == MessageContent.message_id)
        .join(Contact, Contact.id == Message.contact_id)
        .where(Message.uid == uid, Message.direction == "out", Contact.erased_at.is_(None))
    )
    return None if html is None else zlib.decompress(html)


def find_target(links: VersionLinks, targets: Mapping[str, str] | None, key: str) -> str | None:
    """Return where a link leads, as it was written or kept."""
    return links.fixed.get(key) or (targets or {}).get(key)


def clean_target(target: str | None) -> str | None:
    """Return an address fit for a header; None of one that is none."""
    if target is None or any(ord(one) < 0x21 or ord(one) == 0x7F for one in target):
        return None
    try:
        parts = urlsplit(target)
        port = "" if parts.port is None else f":{parts.port}"
        host = _spell_host(parts.hostname or "")
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or (parts.scheme.startswith("http") and not parts.hostname):
        return None
    if host != (parts.hostname or ""):
        target = parts._replace(netloc=host + port).geturl()
    return quote(target, safe="%/:?#[]@!$&'()*+,;=~")


def _spell_host(host: str) -> str:
    """Return a host as browsers ask for it; names that IDNA 2008 knows not, as IDNA 2003 spells them.

    Raises:
        ValueError: it is none.
    """
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host.encode("idna").decode("ascii")


def cut_network(address: str) -> str:
    """Return the network of an address: the first 24 bits of IPv4, 48 of IPv6; nothing of none."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    length = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network(f"{parsed}/{length}", strict=False))


def note_visit(session: Session, followed: Followed, visit: Visit, *, now: datetime) -> None:
    """Keep an open or click, in one insert, and ring for it to be judged.

    A click that is clearly a human's is judged at once, others a moment later, when it is known
    what else came. Of who asked to be forgotten nothing is kept.
    """
    if followed.is_erased:
        return
    agent = visit.agent[:LONGEST_AGENT]
    seen = Seen(
        0, visit.kind, followed.message_id, visit.link, now, agent, visit.network, visit.hints
    )
    is_sure = is_clear(seen, left_at=followed.left_at)
    row: dict[str, Any] = {
        "message_id": followed.message_id,
        "kind": visit.kind,
        "link": visit.link,
        "at": now,
        "due_at": now if is_sure else now + SETTLING,
        "agent": agent,
        "network": visit.network,
        "hints": int(visit.hints),
    }
    session.execute(insert(table_of(Touch)), [row])
    ring(session, Lane.INGEST)


def keep_targets(session: Session, targets: Mapping[int, Mapping[str, str]]) -> None:
    """Keep where links of these messages lead that differ by contact; tried again, they are new."""
    if not targets:
        return
    statement = insert_into(session, MessageLinks)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[MessageLinks.message_id], set_={"targets": statement.excluded.targets}
        ),
        [{"message_id": one, "targets": dict(links)} for one, links in sorted(targets.items())],
    )


def _gather(compiled: Collection[Mapping[str, Any]]) -> VersionLinks:
    links = [one for each in compiled for one in each["links"]]
    fixed = {one["id"]: one["target"] for one in links if not one["is_dynamic"]}
    free = frozenset(one["id"] for one in links if one["has_dynamic_host"])
    cleaned = [clean_target(target) for target in fixed.values()]
    hosts = frozenset(host for one in cleaned if one and (host := urlsplit(one).hostname))
    return VersionLinks(fixed, free, hosts)


def _is_own(target: str, hosts: Collection[str]) -> bool:
    parts = urlsplit(target)
    host = (parts.hostname or "").lower()
    if parts.username is not None or not host:
        return False
    return any(host == own or host.endswith(f".{own}") for own in hosts if own)
