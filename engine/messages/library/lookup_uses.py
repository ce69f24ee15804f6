"""Which templates and partials look something up, by the name that they write."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import ColumnElement

from engine.messages.compose.lookup_names import SORTS, Sort, list_names
from engine.models.message import Partial, PartialVersion, Template, TemplateVersion


@dataclass(frozen=True, slots=True)
class LookupUse:
    """A template, by its key, or a partial that names it."""

    key: str
    name: str
    is_partial: bool


def list_lookup_uses(session: Session, sort: Sort) -> dict[str, list[LookupUse]]:
    """Return, for each name of this sort that words in use give, who gives it, by key.

    A name that is put together only while a letter is made is not seen.
    """
    uses: dict[str, list[LookupUse]] = defaultdict(list)
    for use, source in _read_sources(session, sort):
        for name in list_names(source, sort):
            if use not in uses[name]:
                uses[name].append(use)
    return uses


def _read_sources(session: Session, sort: Sort) -> Iterator[tuple[LookupUse, str]]:
    templates = session.execute(
        select(Template.key, Template.name, TemplateVersion.source, TemplateVersion.variants)
        .join(TemplateVersion, TemplateVersion.id == Template.version_id)
        .where(or_(_calls(TemplateVersion.source, sort), TemplateVersion.variants.is_not(None)))
        .order_by(Template.key)
    )
    for key, name, source, variants in templates:
        use = LookupUse(key, name, is_partial=False)
        yield from ((use, words) for words in (source, *(variants or {}).values()))
    partials = session.execute(
        select(Partial.name, PartialVersion.source)
        .join(PartialVersion, PartialVersion.id == Partial.version_id)
        .where(_calls(PartialVersion.source, sort))
        .order_by(Partial.name)
    )
    for name, source in partials:
        yield LookupUse(name, name, is_partial=True), source


def _calls(source: InstrumentedAttribute[str], sort: Sort) -> ColumnElement[bool]:
    """Return whether a source may call a function of this sort."""
    return or_(*(source.like(f"%{function}%(%") for function, of in SORTS.items() if of == sort))
