"""The templates that an instance has: listed, looked at, renamed, taken away."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.language.say import say
from engine.models.message import Template, TemplateVersion


@dataclass(frozen=True, slots=True)
class Kept:
    """A template, and the version in use; None of one that has no words yet."""

    template: Template
    version: TemplateVersion | None


def list_templates(session: Session) -> list[Kept]:
    """Return all templates by key."""
    rows = session.execute(
        select(Template, TemplateVersion)
        .join(TemplateVersion, TemplateVersion.id == Template.version_id, isouter=True)
        .order_by(Template.key)
    )
    return [Kept(template, version) for template, version in rows]


def get_template(session: Session, key: str) -> Kept:
    """Return one template.

    Raises:
        NotFound: there is none of this key.
    """
    template = session.scalar(select(Template).where(Template.key == key))
    if template is None:
        raise NotFound(say("there is no template {key!r}", key=key))
    version = template.version_id
    return Kept(template, session.get(TemplateVersion, version) if version else None)


def list_versions(session: Session, template: Template, *, limit: int) -> Sequence[TemplateVersion]:
    """Return a template's versions, the newest first, at most so many."""
    return session.scalars(
        select(TemplateVersion)
        .where(TemplateVersion.template_id == template.id)
        .order_by(TemplateVersion.number.desc())
        .limit(limit)
    ).all()


def get_version(session: Session, key: str, number: int) -> TemplateVersion:
    """Return the words of a template as they once stood.

    Raises:
        NotFound: there is no such template, or it has no such version.
    """
    template = get_template(session, key).template
    found = session.scalar(
        select(TemplateVersion).where(
            TemplateVersion.template_id == template.id, TemplateVersion.number == number
        )
    )
    if found is None:
        raise NotFound(say("{key} has no version {number}", key=key, number=number))
    return found


def rename_template(session: Session, key: str, name: str) -> Kept:
    """Give a template another name; its key stays.

    Raises:
        NotFound: there is none of this key.
    """
    kept = get_template(session, key)
    kept.template.name = name
    return kept


def delete_template(session: Session, key: str) -> None:
    """Take a template away with its versions. The caller knows that nothing uses it.

    Raises:
        NotFound: there is none of this key.
    """
    template = get_template(session, key).template
    session.execute(delete(TemplateVersion).where(TemplateVersion.template_id == template.id))
    session.delete(template)
