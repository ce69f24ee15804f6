"""Which templates and partials look something up, by the name that they write."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.models.message import Partial, PartialVersion, Template, TemplateVersion


@dataclass(frozen=True, slots=True)
class LookupUse:
    """A template, by its key, or a partial that names it."""

    key: str
    name: str
    is_partial: bool


def list_lookup_uses(session: Session, function: str) -> dict[str, list[LookupUse]]:
    """Return, for each name given first to a function of letters, who gives it, by key.

    A name that is put together only while a letter is made is not seen.
    """
    named = re.compile(rf"\b{function}\(\s*(?:\w+\s*=\s*)?[\"']([^\"']{{1,64}})[\"']")
    uses: dict[str, list[LookupUse]] = defaultdict(list)
    for use, source in _read_sources(session, function):
        for name in dict.fromkeys(named.findall(source)):
            if use not in uses[name]:
                uses[name].append(use)
    return uses


def _read_sources(session: Session, function: str) -> Iterator[tuple[LookupUse, str]]:
    written = f"%{function}(%"
    templates = session.execute(
        select(Template.key, Template.name, TemplateVersion.source, TemplateVersion.variants)
        .join(TemplateVersion, TemplateVersion.id == Template.version_id)
        .where(or_(TemplateVersion.source.like(written), TemplateVersion.variants.is_not(None)))
        .order_by(Template.key)
    )
    for key, name, source, variants in templates:
        use = LookupUse(key, name, is_partial=False)
        yield from ((use, words) for words in (source, *(variants or {}).values()))
    partials = session.execute(
        select(Partial.name, PartialVersion.source)
        .join(PartialVersion, PartialVersion.id == Partial.version_id)
        .where(PartialVersion.source.like(written))
        .order_by(Partial.name)
    )
    for name, source in partials:
        yield LookupUse(name, name, is_partial=True), source
