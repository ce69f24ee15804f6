"""Templates and their versions: a change of words is a new version, compiled once."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.messages.compose.compile_template import (
    CompiledTemplate,
    CompileOptions,
    compile_template,
)
from engine.messages.compose.letter import compile_text, dump_compiled, read_letter
from engine.messages.compose.render_pool import RenderPool
from engine.models.message import Template, TemplateVersion
from engine.resources import find_resource

TemplateChannel = Literal["email", "sms"]
OPTIONS = CompileOptions(require_unsubscribe=False, track_links=False, track_opens=False)


def compile_source(
    channel: TemplateChannel, source: str, *, pool: RenderPool | None = None
) -> CompiledTemplate:
    """Return a template's source compiled.

    Args:
        channel: which it is made for.
        source: MJML for e-mail, plain text for SMS; Jinja in both.
        pool: compiles MJML in a killable child; None compiles here, for the product's own letters.

    Raises:
        TemplateRefused: with line and column of what cannot be used.
    """
    if channel == "sms":
        return compile_text(source)
    letter = read_letter(source, load_partials())
    return pool.compile(letter, OPTIONS) if pool else compile_template(letter, OPTIONS)


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
    """Keep a template's words as its version in use; answer the version's number, and if it is new.

    Words that are in use already make no version.
    """
    digest = hashlib.sha256(source.encode()).hexdigest()
    template = session.scalar(
        select(Template).where(Template.key == key).with_for_update(key_share=True)
    )
    if template is None:
        name = key.replace("-", " ").replace("_", " ").capitalize()
        template = Template(key=key, channel=channel, name=name, created_at=now)
        session.add(template)
        session.flush()
    current = session.get(TemplateVersion, template.version_id) if template.version_id else None
    if current is not None and current.digest == digest and template.channel == channel:
        return current.number, False
    last = session.scalar(
        select(func.max(TemplateVersion.number)).where(TemplateVersion.template_id == template.id)
    )
    version = TemplateVersion(
        template_id=template.id,
        number=(last or 0) + 1,
        source=source,
        compiled=dump_compiled(compiled),
        digest=digest,
        created_at=now,
        created_by=by,
    )
    session.add(version)
    session.flush()
    template.version_id, template.channel = version.id, channel
    session.flush()
    return version.number, True


@cache
def load_partials() -> Mapping[str, str]:
    """Return the product's own partials by name: header, footer and what letters share."""
    folder = find_resource("templates/email") / "partials"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.mjml"))}
