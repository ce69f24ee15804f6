"""Templates and their versions: a change of words is a new version, compiled once.

A version holds the words in every language together: those for everybody, and variants for some.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Final, Literal

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.language.say import say
from engine.messages.compose.compile_template import (
    CompiledTemplate,
    CompileOptions,
    compile_template,
)
from engine.messages.compose.letter import (
    compile_text,
    dump_compiled,
    find_language,
    put_in_language,
    read_letter,
)
from engine.messages.compose.push import compile_push
from engine.messages.compose.render_pool import RenderPool
from engine.messages.compose.template_errors import Position, TemplateRefused
from engine.messages.compose.template_lint import has_unsubscribe
from engine.messages.compose.template_source import list_includes
from engine.models.message import Template, TemplateVersion
from engine.resources import find_resource

TemplateChannel = Literal["email", "sms", "push"]
# Every letter can be followed; whether it is, is decided as it is made.
OPTIONS = CompileOptions(require_unsubscribe=False, allow_dynamic_hosts=True)
MOST_VARIANTS: Final = 40


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The words for those who read one language."""

    source: str
    compiled: CompiledTemplate


@dataclass(frozen=True, slots=True)
class Words:
    """All that a version of a template says.

    Attributes:
        variants: by language tag; None: those in use stay.
        partials: of one's own, as far as the words include them.
        note: why there is this version, where nobody wrote other words.
        envelope: None: the one in use stays.
    """

    channel: TemplateChannel
    source: str
    compiled: CompiledTemplate
    variants: Mapping[str, InLanguage] | None = None
    partials: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    envelope: "Envelope | None" = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom a letter comes, and what goes with it.

    Attributes:
        sender: a registered one; None: the topic's, or that of the instance.
        files: their digests.
    """

    sender: str | None = None
    files: tuple[str, ...] = ()


def compile_source(
    channel: TemplateChannel,
    source: str,
    *,
    pool: RenderPool | None = None,
    partials: Mapping[str, str] | None = None,
    language: str = "",
) -> CompiledTemplate:
    """Return a template's source compiled.

    Args:
        channel: which it is made for.
        source: MJML for e-mail, plain text for SMS, lines for pushes; Jinja in all.
        pool: compiles MJML in a killable child; None compiles here, for the product's own letters.
        partials: what it may include; None: the product's own alone.
        language: by which dates and amounts are written; "": the one that the letter names, or English.

    Raises:
        TemplateRefused: with line and column of what cannot be used.
    """
    if channel == "sms":
        compiled = compile_text(source)
    elif channel == "push":
        compiled = compile_push(source)
    else:
        letter = read_letter(source, load_partials() if partials is None else partials)
        compiled = pool.compile(letter, OPTIONS) if pool else compile_template(letter, OPTIONS)
    language = language or find_language(source)
    return put_in_language(compiled, language) if language else compiled


def compile_words(
    channel: TemplateChannel,
    source: str,
    variants: Mapping[str, str] | None,
    *,
    pool: RenderPool | None,
    partials: Mapping[str, str],
    note: str | None = None,
) -> Words:
    """Return all that a version says, compiled.

    Raises:
        TemplateRefused: something cannot be used, or a variant takes away what the words for
            everybody offer: a way to unsubscribe.
    """
    compiled = compile_source(channel, source, pool=pool, partials=partials)
    made: dict[str, InLanguage] | None = None
    if variants is not None:
        made = {}
        for locale, words in variants.items():
            made[locale] = _compile_variant(channel, locale, words, compiled, pool, partials)
    used = _list_own([source, *(variants or {}).values()], partials) if channel == "email" else {}
    return Words(channel, source, compiled, made, used, note)


def _compile_variant(
    channel: TemplateChannel,
    locale: str,
    source: str,
    default: CompiledTemplate,
    pool: RenderPool | None,
    partials: Mapping[str, str],
) -> InLanguage:
    try:
        compiled = compile_source(channel, source, pool=pool, partials=partials, language=locale)
    except TemplateRefused as refusal:
        raise TemplateRefused(f"{locale}: {refusal.reason}", refusal.position) from None
    if has_unsubscribe(one.path for one in default.variables) and not has_unsubscribe(
        one.path for one in compiled.variables
    ):
        words = say(
            "{locale}: it lacks the link to {{{{ unsubscribe_url }}}} that the others have",
            locale=locale,
        )
        raise TemplateRefused(words, Position("", 1, 1))
    return InLanguage(source, compiled)


def _list_own(sources: list[str], partials: Mapping[str, str]) -> dict[str, str]:
    """Return the partials of one's own that these sources include, themselves or by another."""
    product = load_partials()
    names = {name for source in sources for name in list_includes(source, partials)}
    return {
        name: partials[name]
        for name in sorted(names)
        if name in partials and partials[name] != product.get(name)
    }


def save_template(
    session: Session,
    key: str,
    channel: TemplateChannel,
    source: str,
    compiled: CompiledTemplate,
    *,
    by: str,
    now: datetime,
) -> tuple[int, bool]:
    """Keep a template's words as `save_words` does, with what variants there are."""
    return save_words(session, key, Words(channel, source, compiled), by=by, now=now)


def save_words(
    session: Session, key: str, words: Words, *, by: str, now: datetime
) -> tuple[int, bool]:
    """Keep a template's words as its version in use; answer the version's number, and if it is new.

    Words that are in use already make no version.
    """
    template = session.scalar(
        select(Template).where(Template.key == key).with_for_update(key_share=True)
    )
    if template is None:
        name = key.replace("-", " ").replace("_", " ").capitalize()
        template = Template(key=key, channel=words.channel, name=name, created_at=now)
        session.add(template)
        session.flush()
    current = session.get(TemplateVersion, template.version_id) if template.version_id else None
    variants, compiled = _dump_variants(words, current)
    envelope = words.envelope or read_envelope(current)
    digest = derive_digest(words.source, variants or {}, words.partials, envelope)
    is_same = current is not None and current.digest == digest
    if current is not None and is_same and template.channel == words.channel:
        return current.number, False
    last = session.scalar(
        select(func.max(TemplateVersion.number)).where(TemplateVersion.template_id == template.id)
    )
    version = TemplateVersion(
        template_id=template.id,
        number=(last or 0) + 1,
        source=words.source,
        compiled=dump_compiled(words.compiled),
        variants=variants,
        compiled_variants=compiled,
        digest=digest,
        created_at=now,
        created_by=by,
        note=words.note,
        sender=envelope.sender,
        files=list(envelope.files) or None,
    )
    session.add(version)
    session.flush()
    template.version_id, template.channel = version.id, words.channel
    session.flush()
    return version.number, True


def _dump_variants(
    words: Words, current: TemplateVersion | None
) -> tuple[dict[str, str] | None, dict[str, Any] | None]:
    """Return the variants' sources, and them compiled; None where there are none."""
    if words.variants is None:
        if current is None:
            return None, None
        return current.variants, current.compiled_variants
    if not words.variants:
        return None, None
    return (
        {locale: one.source for locale, one in words.variants.items()},
        {locale: dump_compiled(one.compiled) for locale, one in words.variants.items()},
    )


def read_envelope(version: TemplateVersion | None) -> Envelope:
    """Return from whom a version's letters come, and what goes with them."""
    if version is None:
        return _PLAIN
    return Envelope(version.sender, tuple(version.files or ()))


_PLAIN: Final = Envelope()


def derive_digest(
    source: str,
    variants: Mapping[str, str],
    partials: Mapping[str, str],
    envelope: Envelope = _PLAIN,
) -> str:
    """Return what tells a version from another: all that it says, with what goes with it."""
    if not variants and not partials and envelope == _PLAIN:
        return hashlib.sha256(source.encode()).hexdigest()
    whole: list[Any] = [source, dict(variants), dict(partials)]
    if envelope != _PLAIN:
        whole.append([envelope.sender, *envelope.files])
    return hashlib.sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).hexdigest()


@cache
def load_partials() -> Mapping[str, str]:
    """Return the product's own partials by name: header, footer and what letters share."""
    folder = find_resource("templates/email") / "partials"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.mjml"))}
