"""A letter or text as somebody would get it, without sending it: rendered as the real one is."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from channels.base import Attachment
from engine.errors import NotFound
from engine.ids import new_id
from engine.language.say import say
from engine.messages.compose.compile_template import CompiledTemplate
from engine.messages.compose.lint_finding import Finding
from engine.messages.compose.lookup_names import KnownLookups, look_at_names
from engine.messages.compose.push import BrokenPush, PushWords, read_push
from engine.messages.compose.render_pool import Rendered, RenderFailed
from engine.messages.compose.sms_parts import SmsParts, count_sms_parts
from engine.messages.compose.template_lint import lint_template
from engine.messages.library.templates import TemplateChannel
from engine.messages.making.items import Desk, build_context
from engine.messages.parcels import Parcel
from engine.messages.senders.from_whom import FromWhom, Registered, choose_sender
from engine.models.message import TemplatePreview

KEPT: Final = timedelta(minutes=15)
_NOBODY: Final = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is rendered, what the journey would bring, and what the template brings along.

    Attributes:
        contact_id: of a real contact; 0: it is a described one.
    """

    contact: Mapping[str, Any] = field(default_factory=dict)
    contact_id: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)
    trigger: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    sender: Registered | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What came of it.

    Attributes:
        problem: why this reader would get nothing; None: it can be made.
        findings: what to look at in its source.
        parts: of a text.
        sender: from whom a letter would come, if it is marketing without a topic.
        push: of a push, what the notification says.
    """

    subject: str
    text: str
    html: bytes | None
    problem: str | None
    findings: tuple[Finding, ...]
    parts: SmsParts | None
    variables: tuple[str, ...]
    sender: FromWhom | None = None
    push: PushWords | None = None


def preview(
    channel: TemplateChannel,
    source: str,
    compiled: CompiledTemplate,
    reader: Reader,
    desk: Desk,
    partials: Mapping[str, str],
    lookups: KnownLookups,
) -> Preview:
    """Return the letter or text for this reader. Touches no database.

    Values that the reader lacks are shown as nothing, and named: the real letter would not be made.
    """
    shown, problem = render_for(compiled, build_parcel(channel, reader), desk)
    html = (
        shown.html if isinstance(shown, Rendered) else compiled.html.encode()
    )  # loops make it grow
    findings = (
        lint_template(source, partials, is_marketing=False, size=len(html), lookups=lookups)
        if channel == "email"
        else list(look_at_names(source, {}, lookups))
    )
    variables = tuple(dict.fromkeys(each.path for each in compiled.variables))
    if not isinstance(shown, Rendered):
        return Preview("", "", None, shown.detail, tuple(findings), None, variables)
    text = shown.text.decode()
    push = None
    if channel == "push":
        try:
            push = read_push(shown.subject, text)
        except BrokenPush as broken:
            return Preview("", "", None, str(broken), tuple(findings), None, variables)
        text = push.body
    return Preview(
        subject=shown.subject,
        text=text,
        html=shown.html if channel == "email" else None,
        problem=problem,
        findings=tuple(findings),
        parts=count_sms_parts(text.strip()) if channel == "sms" else None,
        variables=variables,
        sender=choose_sender(desk.own_senders, reader.sender, "marketing"),
        push=push,
    )


def build_parcel(
    channel: TemplateChannel,
    reader: Reader,
    *,
    uid: UUID = _NOBODY,
    address: str | None = None,
    message_class: str = "marketing",
    topic: str | None = None,
) -> Parcel:
    """Return a message to nobody that stands in no table, as making one needs it. Pure."""
    return Parcel(
        id=0,
        uid=uid,
        channel=channel,
        message_class=message_class,
        topic=topic,
        contact_id=reader.contact_id,
        journey_id=None,
        enrollment_id=None,
        node=None,
        visit=1,
        cause_id=None,
        attempts=0,
        created_at=datetime.min.replace(tzinfo=UTC),
        owner="",
        settings={"data": dict(reader.data)},
        address=address,
        contact=dict(reader.contact),
        trigger=dict(reader.trigger),
        context=dict(reader.context),
        sender=reader.sender,
        attachments=reader.attachments,
    )


def render_for(
    compiled: CompiledTemplate, parcel: Parcel, desk: Desk
) -> tuple[Rendered | RenderFailed, str | None]:
    """Return what comes of it for this reader, and why the real letter would not be made, if so.

    Nothing in it is followed: it is no message's, and its links lead where they say.
    """
    context = build_context(parcel, replace(desk, tracks=frozenset()))
    (strict,) = desk.render(compiled, [parcel], [context])
    if not isinstance(strict, RenderFailed):
        return strict, None
    paths = [each.path for each in compiled.variables]
    (shown,) = desk.render(compiled, [parcel], [fill_in(context, paths)], lenient=True)
    return shown, strict.detail


def fill_in(context: Mapping[str, Any], paths: Sequence[str]) -> dict[str, Any]:
    """Return the context with a stand-in for each list that a template reads and it lacks. Pure.

    What is missing besides is shown as nothing; but a list that is missing would show none of what
    stands in its loop.

    Args:
        paths: such as `items[].name`.
    """
    filled = dict(context)
    for path in paths:
        root, is_list, rest = path.partition("[]")
        if not is_list or "." in root or root in context:
            continue
        items = filled.setdefault(root, [{}])
        if (name := rest.removeprefix(".")) and "." not in name and "[" not in name:
            items[0][name] = name
    return filled


def keep_preview(session: Session, html: bytes, *, now: datetime) -> UUID:
    """Keep a letter for a few minutes; answer under which id. What is older is cleared."""
    session.execute(delete(TemplatePreview).where(TemplatePreview.created_at < now - KEPT))
    row = TemplatePreview(uid=new_id(), html=zlib.compress(html), created_at=now)
    session.add(row)
    return row.uid


def get_preview(session: Session, uid: UUID) -> bytes:
    """Return a letter that was kept.

    Raises:
        NotFound: it is gone.
    """
    row = session.get(TemplatePreview, uid)
    if row is None:
        raise NotFound(say("this preview is no longer kept: look at it again"))
    return zlib.decompress(row.html)
