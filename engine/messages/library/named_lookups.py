"""What there is for letters to look things up in, and which letters name what there is none of."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.messages.compose.lookup_names import SORTS, KnownLookups, NamedLookup, list_named
from engine.messages.compose.template_source import list_includes
from engine.messages.library.partials import load_all
from engine.models.catalog import Catalog
from engine.models.coupon import CouponPool
from engine.models.fetching import FetchSource
from engine.models.message import Template, TemplateVersion

_CALLED: Final = [f"%{name}%(%" for name in SORTS]


def load_lookups(session: Session) -> KnownLookups:
    """Return the names of all catalogs, pools of coupons and fetched sources."""
    return KnownLookups(
        catalogs=frozenset(session.scalars(select(Catalog.name))),
        coupon_pools=frozenset(session.scalars(select(CouponPool.name))),
        sources=frozenset(session.scalars(select(FetchSource.name))),
    )


def list_lacking(session: Session) -> dict[str, list[NamedLookup]]:
    """Return, by the key of a template in use, the names it gives that nothing has.

    Those are left out for which it says what stands there instead.
    """
    partials = load_all(session)
    calling = _list_calling(partials)
    rows = session.execute(
        select(Template.key, Template.channel, TemplateVersion.source, TemplateVersion.variants)
        .join(TemplateVersion, TemplateVersion.id == Template.version_id)
        .where(
            or_(
                *(TemplateVersion.source.like(called) for called in _CALLED),
                *(TemplateVersion.source.contains(name, autoescape=True) for name in calling),
                TemplateVersion.variants.is_not(None),
            )
        )
    ).all()
    named = {
        key: list_required(
            [source, *(variants or {}).values()], partials if channel == "email" else {}
        )
        for key, channel, source, variants in rows
    }
    if not any(named.values()):
        return {}
    known = load_lookups(session)
    lacking = {key: [one for one in each if not known.has(one)] for key, each in named.items()}
    return {key: each for key, each in lacking.items() if each}


def list_required(sources: list[str], partials: Mapping[str, str]) -> list[NamedLookup]:
    """Return the names, each once, that words in one or more languages cannot be made without."""
    found: dict[tuple[str, str], NamedLookup] = {}
    for source in sources:
        if not any(name in source for name in (*SORTS, "include")):
            continue
        for named in list_named(source, partials):
            if not named.has_default:
                found.setdefault((named.sort, named.name), named)
    return list(found.values())


def _list_calling(partials: Mapping[str, str]) -> list[str]:
    """Return the partials that look something up, themselves or by another."""
    direct = {name for name, source in partials.items() if any(each in source for each in SORTS)}
    if not direct:
        return []
    return [
        name
        for name, source in partials.items()
        if name in direct or direct & list_includes(source, partials)
    ]
