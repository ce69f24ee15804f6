"""Templates: listed, read, written, and brought back."""

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated, Any, Final

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.errors import Conflict, Invalid, LostUpdate
from engine.journeys.publishing.usage import Use, list_uses
from engine.language.say import say
from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.library import listing as library
from engine.messages.library import locales
from engine.messages.library.assets import MOST_FILES, check_together, find_assets
from engine.messages.library.partials import load_all as load_partials
from engine.messages.library.templates import (
    MOST_VARIANTS,
    Envelope,
    Words,
    compile_words,
    save_words,
)
from engine.messages.senders.from_whom import check_named
from engine.models.message import TemplateVersion
from server.api.assets import AssetShown, describe_asset
from server.api.previews import Channel, Digest, Source, load_all
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

MOST_VERSIONS: Final = 100
KEY: Final = re.compile(r"[a-z][a-z0-9_-]{0,127}\Z")
Locale = Annotated[str, Field(max_length=locales.LONGEST)]

blueprint = Blueprint("templates", __name__, url_prefix="/api/v1/templates")


class UseShown(Answer):
    """A journey that sends it."""

    journey: str
    name: str
    is_live: bool


class TemplateItem(Answer):
    """A template in a list; `locales` are the languages for which it has words of their own."""

    key: str
    name: str
    channel: str
    version: int | None
    updated_at: datetime
    updated_by: str | None
    locales: list[str]
    used_by: list[UseShown]


class TemplateItems(Answer):
    """All of them, by key."""

    items: list[TemplateItem]


class TemplateVersionItem(Answer):
    """A version in a list."""

    number: int
    created_at: datetime
    created_by: str
    note: Annotated[str | None, Field(description="The partial, with its version, for which it was made anew of the same words.")]  # fmt: skip


class TemplateShown(TemplateItem):
    """A template with its words and its versions, the newest first; and what it may include.

    `source` is for everybody; `variants` are for those who read a language, by its tag. `sender` is a
    registered one, from whom the letter comes; `files` go with it.
    """

    source: str
    variants: dict[str, str]
    versions: list[TemplateVersionItem]
    partials: dict[str, str]
    sender: str | None
    files: list[AssetShown]


class TemplateWords(TemplateVersionItem):
    """The words as they once stood."""

    source: str
    variants: dict[str, str]


class EnvelopeGiven(Given):
    """From whom letters come, by the key of a registered sender, and by their digests what goes along."""

    sender: Annotated[str | None, Field(max_length=64)] = None
    files: Annotated[list[Digest], Field(default_factory=list, max_length=MOST_FILES)]


class SaveTemplate(Given):
    """Words that are to be in use from now on.

    `edits` is the number of the version that was edited; 0: there is none yet. If another one is in
    use, nothing is saved (409). `variants` are by language tag; without them those in use stay, and so
    does the envelope.
    """

    channel: Channel
    source: Source
    variants: Annotated[dict[Locale, Source] | None, Field(max_length=MOST_VARIANTS)] = None
    envelope: EnvelopeGiven | None = None
    edits: Annotated[int, Field(ge=0)]
    name: Annotated[str | None, Field(min_length=1, max_length=120)] = None


class RenameTemplate(Given):
    """Its new name."""

    name: Annotated[str, Field(min_length=1, max_length=120)]


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show_all() -> TemplateItems:
    """List all templates, each with the journeys that send it."""
    with get_house().database.reading() as session:
        uses = list_uses(session, "template")
        found = library.list_templates(session)
        return TemplateItems(
            items=[TemplateItem(**_describe(one, uses.get(one.template.key, []))) for one in found]
        )


@blueprint.get("/<key>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show(key: str) -> TemplateShown:
    """Show a template: its words, its versions, and who sends it."""
    with get_house().database.reading() as session:
        return _show(session, key)


@blueprint.get("/<key>/versions/<int:number>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show_version(key: str, number: int) -> TemplateWords:
    """Show the words of a template as they once stood."""
    with get_house().database.reading() as session:
        row = library.get_version(session, key, number)
        return TemplateWords(
            **_describe_version(row), source=row.source, variants=row.variants or {}
        )


@blueprint.put("/<key>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="templates")
def save(key: str, body: SaveTemplate) -> TemplateShown:
    """Put words into use: live journeys send them from now on."""
    house = get_house()
    if not KEY.match(key):
        raise Invalid(say("{key!r} is no key: a to z, digits, - and _, from a letter", key=key))
    words = _compile(body)
    with house.database.transaction() as session:
        current = _find_current(session, key)
        if current != body.edits:
            raise LostUpdate(
                say(
                    "version {current} of {key} is in use, and {edits} was edited",
                    current=current,
                    key=key,
                    edits=body.edits,
                )
            )
        if body.envelope is not None:
            words = replace(words, envelope=_read_envelope(session, body.envelope))
        number, is_new = save_words(session, key, words, by=get_actor().name, now=house.clock.now())
        if body.name:
            library.rename_template(session, key, body.name)
        if is_new:
            record(session, "template.saved", f"{key} v{number}")
    with house.database.reading() as session:
        return _show(session, key)


@blueprint.patch("/<key>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="templates")
def rename(key: str, body: RenameTemplate) -> TemplateShown:
    """Give a template another name; its key, by which journeys call it, stays."""
    with get_house().database.transaction() as session:
        library.rename_template(session, key, body.name)
        return _show(session, key)


@blueprint.delete("/<key>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="templates")
def delete(key: str) -> None:
    """Take a template away that no journey names."""
    with get_house().database.transaction() as session:
        uses = list_uses(session, "template").get(key, [])
        if uses:
            raise Conflict(
                say("{key} is used by {users}", key=key, users=", ".join(use.name for use in uses))
            )
        library.delete_template(session, key)
        record(session, "template.deleted", key)


def _read_envelope(session: Session, given: EnvelopeGiven) -> Envelope:
    check_named(session, given.sender)
    files = tuple(dict.fromkeys(given.files))
    check_together(session, files)
    return Envelope(given.sender, files)


def _compile(body: SaveTemplate) -> Words:
    variants = None if body.variants is None else _read_variants(body.variants)
    try:
        return compile_words(
            body.channel,
            body.source,
            variants,
            pool=get_house().outgoing.pool,
            partials=load_all(),
        )
    except TemplateRefused as refusal:
        raise Invalid(str(refusal)) from None


def _read_variants(given: Mapping[str, str]) -> dict[str, str]:
    """Return variants by their tags as they are written by custom.

    Raises:
        Invalid: one is no language tag, or two are the same.
    """
    found: dict[str, str] = {}
    for tag, source in given.items():
        locale = locales.find_locale(tag)
        if locale is None:
            raise Invalid(say("variants: {tag!r} is no language tag such as de or en-GB", tag=tag))
        if locale in found:
            raise Invalid(say("variants: {locale} comes twice", locale=locale))
        found[locale] = source
    return found


def _find_current(session: Session, key: str) -> int:
    found = [one for one in library.list_templates(session) if one.template.key == key]
    return found[0].version.number if found and found[0].version else 0


def _show(session: Session, key: str) -> TemplateShown:
    kept = library.get_template(session, key)
    versions = library.list_versions(session, kept.template, limit=MOST_VERSIONS)
    return TemplateShown(
        **_describe(kept, list_uses(session, "template").get(key, [])),
        source=kept.version.source if kept.version else "",
        variants=(kept.version.variants or {}) if kept.version else {},
        versions=[TemplateVersionItem(**_describe_version(row)) for row in versions],
        partials=load_partials(session) if kept.template.channel == "email" else {},
        sender=kept.version.sender if kept.version else None,
        files=_list_files(session, kept.version),
    )


def _list_files(session: Session, version: TemplateVersion | None) -> list[AssetShown]:
    digests = (version.files or []) if version else []
    return [AssetShown(**describe_asset(row)) for row in find_assets(session, digests)]


def _describe(kept: library.Kept, uses: list[Use]) -> dict[str, Any]:
    template, version = kept.template, kept.version
    return {
        "key": template.key,
        "name": template.name,
        "channel": template.channel,
        "version": version.number if version else None,
        "updated_at": version.created_at if version else template.created_at,
        "updated_by": version.created_by if version else None,
        "locales": sorted((version.variants or {}) if version else {}),
        "used_by": [UseShown(**asdict(use)) for use in uses],
    }


def _describe_version(row: TemplateVersion) -> dict[str, Any]:
    return {
        "number": row.number,
        "created_at": row.created_at,
        "created_by": row.created_by,
        "note": row.note,
    }
