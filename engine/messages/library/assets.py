"""Files for letters: pictures that they show, and what goes with them.

They stand in the database, since that is all that the machines of an instance share. A file is
named by its content, so what stands under an address never changes and may be kept for ever.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session, undefer

from channels.base import Attachment
from channels.email.header_gates import HeaderRefused, check_file
from engine.accounts.public_pages import read_look
from engine.errors import Conflict, Invalid, NotFound
from engine.language.say import say
from engine.messages.library.sniffing import fit_name, sniff
from engine.models.asset import Asset
from engine.models.message import Template, TemplateVersion

LARGEST: Final = 5 << 20
"""Octets of a file."""
MOST_TOGETHER: Final = 10 << 20
"""Octets of all that goes with one letter."""
MOST_FILES: Final = 10
LONGEST_NAME: Final = 100
_KEPT: Final = 32 << 20
_DIGITS: Final = 32


@dataclass(frozen=True, slots=True)
class Use:
    """A template whose words in use show a file, or send it along."""

    key: str
    name: str


def add_asset(session: Session, name: str, content: bytes, *, by: str, now: datetime) -> Asset:
    """Keep a file; one of the same content is kept once, under its first name.

    Args:
        session: of a transaction.
        name: as people call it; it gets the ending of what it is.
        content: of the file.
        by: as the audit names callers.
        now: the present instant.

    Raises:
        Invalid: too large, of a kind that letters do not take, or no name for a file.
        Conflict: another file has this name.
    """
    if not content:
        raise Invalid(say("the file is empty"))
    if len(content) > LARGEST:
        raise Invalid(say("a file has at most {most} MB", most=LARGEST >> 20))
    sniffed = sniff(content)
    called = fit_name(" ".join(name.split()), sniffed.media_type)
    try:
        check_file(called, sniffed.media_type)
    except HeaderRefused:
        called = ""
    if not called or len(called) > LONGEST_NAME:
        raise Invalid(
            say(
                "a file's name has at most {most} characters and no / \\ : * ? \" < > |",
                most=LONGEST_NAME,
            )
        )
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    kept = session.get(Asset, digest)
    if kept is not None:
        return kept
    if session.scalar(select(Asset.digest).where(Asset.name == called)) is not None:
        raise Conflict(
            say("another file is called {name!r}: give this one another name", name=called)
        )
    row = Asset(
        digest=digest,
        name=called,
        media_type=sniffed.media_type,
        size=len(content),
        width=sniffed.width,
        height=sniffed.height,
        content=content,
        created_at=now,
        created_by=by,
    )
    session.add(row)
    session.flush()
    return row


def list_assets(session: Session, *, behind: str | None, limit: int) -> tuple[Sequence[Asset], int]:
    """Return files, the newest first, and how many octets all of them take.

    Args:
        session: to read by.
        behind: digest of the one that the page before ended with.
        limit: at most so many.

    Raises:
        NotFound: the one to go on behind is gone.
    """
    asked = select(Asset).order_by(Asset.created_at.desc(), Asset.digest).limit(limit)
    if behind is not None:
        last = get_asset(session, behind)
        at_once = (Asset.created_at == last.created_at) & (Asset.digest > last.digest)
        asked = asked.where((Asset.created_at < last.created_at) | at_once)
    octets = session.scalar(select(func.coalesce(func.sum(Asset.size), 0)))
    return session.scalars(asked).all(), int(octets or 0)


def get_asset(session: Session, digest: str, *, with_content: bool = False) -> Asset:
    """Return a file.

    Raises:
        NotFound: there is none.
    """
    options = [undefer(Asset.content)] if with_content else []
    row = session.get(Asset, digest, options=options)
    if row is None:
        raise NotFound(say("there is no such file"))
    return row


def find_assets(session: Session, digests: Collection[str]) -> list[Asset]:
    """Return these files, without their content, in the order in which they are asked for."""
    rows = session.scalars(select(Asset).where(Asset.digest.in_(list(digests))))
    by_digest = {row.digest: row for row in rows}
    return [by_digest[one] for one in digests if one in by_digest]


def list_uses(session: Session, digest: str) -> list[Use]:
    """Return the templates whose words in use show a file, or send it along."""
    mentioned = f"%/assets/{digest}/%"
    rows = session.execute(
        select(Template.key, Template.name)
        .join(TemplateVersion, TemplateVersion.id == Template.version_id)
        .where(
            cast(TemplateVersion.compiled, String).like(mentioned)  # with what partials bring
            | cast(TemplateVersion.compiled_variants, String).like(mentioned)
            | cast(TemplateVersion.files, String).like(f"%{digest}%")
        )
        .order_by(Template.key)
    )
    return [Use(key, name) for key, name in rows]


def delete_asset(session: Session, digest: str) -> Asset:
    """Take a file away. Letters that showed it, and have left already, show it no more.

    Raises:
        NotFound: there is none.
        Conflict: a template shows it, or sends it along; or it is the logo of the public pages.
    """
    row = get_asset(session, digest)
    if read_look(session).logo == digest:
        raise Conflict(say("{name} is the logo of the public pages", name=row.name))
    uses = list_uses(session, digest)
    if uses:
        raise Conflict(
            say(
                "{name} is used by {users}",
                name=row.name,
                users=", ".join(use.name for use in uses),
            )
        )
    session.delete(row)
    session.flush()
    return row


def check_together(session: Session, digests: Sequence[str]) -> None:
    """Look whether files may go with one letter.

    Raises:
        Invalid: one is not there, they are too many, or too large together.
    """
    rows = find_assets(session, digests)
    if len(rows) != len(digests):
        raise Invalid(say("a file that is to go with the letter is not there (any more)"))
    if len(rows) > MOST_FILES:
        raise Invalid(say("at most {most} files go with a letter", most=MOST_FILES))
    if sum(row.size for row in rows) > MOST_TOGETHER:
        raise Invalid(
            say("what goes with a letter has at most {most} MB together", most=MOST_TOGETHER >> 20)
        )


class _Shelf:
    """Files that letters of late took along: what stands under a digest is always the same."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[str, Attachment] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, digest: str) -> Attachment | None:
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
            return self._kept.get(digest)

    def put(self, digest: str, file: Attachment) -> None:
        with self._lock:
            if digest in self._kept:
                return
            self._kept[digest] = file
            self._size += len(file.content)
            while self._size > self._most:
                _, old = self._kept.popitem(last=False)
                self._size -= len(old.content)


_SHELF: Final = _Shelf(_KEPT)


def load_attachments(session: Session, digests: Collection[str]) -> dict[str, Attachment]:
    """Return files whole, by digest; what is gone is not among them."""
    found = {one: file for one in digests if (file := _SHELF.get(one)) is not None}
    missing = [one for one in digests if one not in found]
    if missing:
        rows = session.execute(
            select(Asset.digest, Asset.name, Asset.media_type, Asset.content).where(
                Asset.digest.in_(missing)
            )
        )
        for digest, name, media_type, content in rows:
            found[digest] = Attachment(name, media_type, content)
            _SHELF.put(digest, found[digest])
    return found
