"""Partials of one's own: pieces that letters share, kept in versions beside those of the product.

A letter holds its partials compiled in. So a changed partial makes a new version of each template
that includes it, with the same words; what was made by an older version stays as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.errors import Conflict, Invalid, LostUpdate, NotFound
from engine.language.say import say
from engine.messages.compose.partial_frame import frame_partial
from engine.messages.compose.render_pool import RenderPool
from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.compose.template_source import list_includes
from engine.messages.library.listing import Kept as KeptTemplate
from engine.messages.library.listing import list_templates
from engine.messages.library.templates import (
    compile_source,
    compile_words,
    load_partials,
    save_words,
)
from engine.models.message import Partial, PartialVersion

LONGEST_SOURCE: Final = 200_000
MOST: Final = 200
"""Partials of one's own."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A partial.

    Attributes:
        row: None of one of the product that nobody has changed.
        is_product: the product brings one of this name.
    """

    name: str
    source: str
    row: Partial | None
    version: PartialVersion | None
    is_product: bool


@dataclass(frozen=True, slots=True)
class Users:
    """What includes a partial, itself or by another: templates, and partials by name."""

    templates: tuple[KeptTemplate, ...]
    partials: tuple[str, ...]


def load_all(session: Session) -> dict[str, str]:
    """Return everything that letters may include, by name: one's own before the product's."""
    rows = session.execute(
        select(Partial.name, PartialVersion.source).join(
            PartialVersion, PartialVersion.id == Partial.version_id
        )
    )
    return {**load_partials(), **dict(rows.all())}


def list_partials(session: Session) -> list[Kept]:
    """Return all of them by name."""
    rows = session.execute(
        select(Partial, PartialVersion).join(
            PartialVersion, PartialVersion.id == Partial.version_id
        )
    )
    product = load_partials()
    own = {
        row.name: Kept(row.name, version.source, row, version, row.name in product)
        for row, version in rows
    }
    kept = {
        name: Kept(name, source, None, None, is_product=True) for name, source in product.items()
    }
    return sorted((kept | own).values(), key=lambda one: one.name)


def get_partial(session: Session, name: str) -> Kept:
    """Return one of them.

    Raises:
        NotFound: there is none of this name.
    """
    for one in list_partials(session):
        if one.name == name:
            return one
    raise NotFound(say("there is no partial {name!r}", name=name))


def list_versions(session: Session, kept: Kept, *, limit: int) -> Sequence[PartialVersion]:
    """Return a partial's versions, the newest first; none of one that only the product has."""
    if kept.row is None:
        return []
    return session.scalars(
        select(PartialVersion)
        .where(PartialVersion.partial_id == kept.row.id)
        .order_by(PartialVersion.number.desc())
        .limit(limit)
    ).all()


def get_version(session: Session, name: str, number: int) -> PartialVersion:
    """Return a partial as it once stood.

    Raises:
        NotFound: it has no such version.
    """
    found = session.scalar(
        select(PartialVersion)
        .join(Partial, Partial.id == PartialVersion.partial_id)
        .where(Partial.name == name, PartialVersion.number == number)
    )
    if found is None:
        raise NotFound(say("{name} has no version {number}", name=name, number=number))
    return found


def find_users(session: Session, name: str) -> Users:
    """Return what includes a partial."""
    return list_users(session, [name])[name]


def list_users(session: Session, names: Sequence[str]) -> dict[str, Users]:
    """Return what includes each of these partials."""
    everything = load_all(session)
    of_templates = [
        (kept, _list_used(kept, everything))
        for kept in list_templates(session)
        if kept.version is not None and kept.template.channel == "email"
    ]
    of_partials = {one: _read_includes(source, everything) for one, source in everything.items()}
    return {
        name: Users(
            tuple(kept for kept, used in of_templates if name in used),
            tuple(one for one, used in sorted(of_partials.items()) if name in used),
        )
        for name in names
    }


def save_partial(
    session: Session,
    name: str,
    source: str,
    *,
    edits: int | None,
    pool: RenderPool | None,
    by: str,
    now: datetime,
) -> tuple[int, list[str]]:
    """Put a partial into use, and make a new version of each template that includes it.

    Args:
        session: of a transaction.
        name: by which letters include it.
        source: what stands there from now on.
        edits: the version that was edited, 0: there was none yet; None: whichever is in use.
        pool: compiles the templates in killable children.
        by: who does it.
        now: the present instant.

    Returns:
        The version's number, and the keys of the templates that have a new version.

    Raises:
        LostUpdate: another version is in use.
        Invalid: it cannot be used, or a template that includes it could not any more.
    """
    row = session.scalar(select(Partial).where(Partial.name == name).with_for_update())
    current = session.get(PartialVersion, row.version_id) if row and row.version_id else None
    number = current.number if current else 0
    if edits is not None and edits != number:
        raise LostUpdate(
            say(
                "version {number} of {name} is in use, and {edits} was edited",
                number=number,
                name=name,
                edits=edits,
            )
        )
    if current is not None and current.source == source:
        return number, []
    if row is None:
        if (session.scalar(select(func.count()).select_from(Partial)) or 0) >= MOST:
            raise Invalid(say("there are {most} partials: that is enough", most=MOST))
        row = Partial(name=name, created_at=now)
        session.add(row)
        session.flush()
    last = session.scalar(
        select(func.max(PartialVersion.number)).where(PartialVersion.partial_id == row.id)
    )
    version = PartialVersion(
        partial_id=row.id, number=(last or 0) + 1, source=source, created_at=now, created_by=by
    )
    session.add(version)
    session.flush()
    row.version_id = version.id
    session.flush()
    check_partial(name, source, load_all(session), pool=pool)
    return version.number, _renew(session, name, f"{name} v{version.number}", pool, by, now)


def delete_partial(
    session: Session, name: str, *, pool: RenderPool | None, by: str, now: datetime
) -> None:
    """Take a partial of one's own away; where the product has one of this name, it is back in use.

    Raises:
        NotFound: there is none of one's own.
        Conflict: letters include it, and nothing stands in for it.
        Invalid: a template could not be made with the product's.
    """
    row = session.scalar(select(Partial).where(Partial.name == name).with_for_update())
    if row is None:
        raise NotFound(say("there is no partial {name!r} of your own", name=name))
    users = find_users(session, name)
    is_product = name in load_partials()
    if not is_product and (users.templates or users.partials):
        keys = [one.template.key for one in users.templates]
        raise Conflict(
            say(
                "{name} is included by {users}",
                name=name,
                users=", ".join([*keys, *users.partials]),
            )
        )
    session.execute(delete(PartialVersion).where(PartialVersion.partial_id == row.id))
    session.delete(row)
    session.flush()
    if is_product:
        _renew(session, name, name, pool, by, now)


def check_partial(
    name: str, source: str, partials: Mapping[str, str], *, pool: RenderPool | None
) -> None:
    """See whether a partial can stand in a letter at all.

    Raises:
        Invalid: with line and column of what cannot be used.
    """
    try:
        compile_source("email", frame_partial(name, source, partials), pool=pool, partials=partials)
    except TemplateRefused as refusal:
        raise Invalid(f"{name}: {refusal}") from None


def _renew(
    session: Session, name: str, note: str, pool: RenderPool | None, by: str, now: datetime
) -> list[str]:
    """Make a new version, of the same words, of each template that includes a partial."""
    everything = load_all(session)
    renewed: list[str] = []
    for kept in find_users(session, name).templates:
        version, key = kept.version, kept.template.key
        if version is None:
            continue
        try:
            words = compile_words(
                "email",
                version.source,
                version.variants or {},
                pool=pool,
                partials=everything,
                note=note[:120],
            )
        except TemplateRefused as refusal:
            raise Invalid(
                say(
                    "the template {key} could not be made with it: {refusal}",
                    key=key,
                    refusal=refusal,
                )
            ) from None
        if save_words(session, key, words, by=by, now=now)[1]:
            renewed.append(key)
    return renewed


def _list_used(kept: KeptTemplate, partials: Mapping[str, str]) -> set[str]:
    if kept.version is None:
        return set()
    sources = [kept.version.source, *(kept.version.variants or {}).values()]
    return {name for source in sources for name in _read_includes(source, partials)}


def _read_includes(source: str, partials: Mapping[str, str]) -> set[str]:
    try:
        return list_includes(source, partials)
    except TemplateRefused:  # of words kept before a rule became stricter
        return set()
