"""Letters and texts looked at as somebody would get them, without keeping or sending them."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from flask import Blueprint, Response
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.contacts.finding import get_contact
from engine.errors import Denied, Invalid
from engine.language.say import say
from engine.messages.compose.compile_template import CompiledTemplate
from engine.messages.compose.lint_finding import Severity
from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.library import partials
from engine.messages.library.assets import MOST_FILES, check_together, load_attachments
from engine.messages.library.locales import LONGEST, find_locale
from engine.messages.library.named_lookups import load_lookups
from engine.messages.library.templates import TemplateChannel, compile_source
from engine.messages.making import previewing
from engine.messages.making.previewing import Preview, Reader
from engine.messages.senders.from_whom import load_registered
from engine.models.contact import Contact
from server.auth import get_actor, requires
from server.delivering import build_desk
from server.endpoints import Answer, Given, endpoint
from server.headers import answer_letter
from server.wiring import get_house

LARGEST: Final = 400_000
"""Characters of a letter's source."""
Source = Annotated[str, Field(min_length=1, max_length=LARGEST)]
Channel = Literal["email", "sms", "push"]
Digest = Annotated[str, Field(max_length=32)]

blueprint = Blueprint("previews", __name__, url_prefix="/api/v1/templates")


class AskReader(Given):
    """For whom something is made up: a contact by id, external id or address, or a described one.

    `data`, `trigger` and `context` are what a journey would bring.
    """

    contact: Annotated[str | None, Field(max_length=254)] = None
    attributes: Annotated[dict[str, Any], Field(default_factory=dict)]
    data: Annotated[dict[str, Any], Field(default_factory=dict)]
    trigger: Annotated[dict[str, Any], Field(default_factory=dict)]
    context: Annotated[dict[str, Any], Field(default_factory=dict)]


class AskPreview(AskReader):
    """What is to be shown, and to whom; with a registered sender and the digests of what goes along.

    `language`: the tag of the variant that it is, by which dates and amounts are written.
    """

    channel: Channel
    source: Source
    sender: Annotated[str | None, Field(max_length=64)] = None
    files: Annotated[list[Digest], Field(default_factory=list, max_length=MOST_FILES)]
    language: Annotated[str | None, Field(max_length=LONGEST)] = None

    @property
    def own_language(self) -> str:
        """The tag; "": the one that the words name themselves."""
        if not self.language:
            return ""
        found = find_locale(self.language)
        if found is None:
            raise Invalid(say("{language!r} is no language tag", language=self.language))
        return found


class FindingShown(Answer):
    """Something to look at: in the letter, or in the partial that the words name."""

    line: int
    column: int
    code: str
    words: str
    severity: Severity
    is_error: bool


class Parts(Answer):
    """What a text costs on the air; `costly` is the first sign that the cheap alphabet lacks."""

    count: int
    encoding: Literal["gsm7", "ucs2"]
    used: int
    costly: str | None


class ActionShown(Answer):
    """A button of a notification."""

    label: str
    url: str


class PushShown(Answer):
    """What a notification says; a field that is not used is empty."""

    title: str
    body: str
    url: str
    icon: str
    image: str
    tag: str
    actions: list[ActionShown]


class PreviewShown(Answer):
    """The letter or text; `page` is where its HTML is shown for some minutes.

    `problem`: why this reader would get nothing: what is shown stands without the missing values.
    `sender` and `reply_to`: from whom a letter of no topic would come, and where answers go; empty of
    a text.
    """

    subject: str
    text: str
    page: str | None
    size: int
    problem: str | None
    findings: list[FindingShown]
    parts: Parts | None
    push: Annotated[PushShown | None, Field(description="Of a push.")]
    variables: list[str]
    sender: str
    reply_to: str


@blueprint.post("/preview")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show_preview(body: AskPreview) -> PreviewShown:
    """Show words as somebody would get them, without keeping or sending them."""
    return preview_source(body.channel, body.source, load_all(), body)


def preview_source(
    channel: TemplateChannel, source: str, offered: Mapping[str, str], body: AskReader
) -> PreviewShown:
    """Return how words look to somebody; its HTML is kept for some minutes.

    Args:
        channel: which they are made for.
        source: of the letter or text.
        offered: the partials that it may include.
        body: for whom.
    """
    house = get_house()
    try:
        compiled = compile_source(
            channel,
            source,
            pool=house.outgoing.pool,
            partials=offered,
            language=body.own_language if isinstance(body, AskPreview) else "",
        )
    except TemplateRefused as refusal:
        return _refuse(refusal)
    with house.database.reading() as session:
        lookups = load_lookups(session)
    seen = previewing.preview(
        channel, source, compiled, read_reader(body), build_desk(house), offered, lookups
    )
    page = None
    if seen.html is not None:
        with house.database.transaction() as session:
            page = previewing.keep_preview(session, seen.html, now=house.wall.now())
    return _describe(seen, page)


def _describe(seen: Preview, page: UUID | None) -> PreviewShown:
    return PreviewShown(
        subject=seen.subject,
        text=seen.text,
        page=None if page is None else f"/api/v1/templates/previews/{page}",
        size=len(seen.html or b""),
        problem=seen.problem,
        findings=[
            FindingShown(
                line=one.line,
                column=1,
                code=one.code,
                words=one.words,
                severity=one.severity,
                is_error=one.severity == "error",
            )
            for one in seen.findings
        ],
        parts=None if seen.parts is None else Parts(**asdict(seen.parts)),
        push=None if seen.push is None else PushShown(**asdict(seen.push)),
        variables=list(seen.variables),
        **_describe_sender(seen),
    )


def _describe_sender(seen: Preview) -> dict[str, str]:
    if seen.sender is None or seen.html is None:
        return {"sender": "", "reply_to": ""}
    own, answers = seen.sender.sender, seen.sender.reply_to
    return {
        "sender": f"{own.name} <{own.address}>" if own.name else own.address,
        "reply_to": answers.address if answers else "",
    }


@blueprint.get("/previews/<uuid:uid>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates", media_type="text/html")
def show_page(uid: UUID) -> Response:
    """Show a letter that was looked at a moment ago, in a page that may do nothing."""
    with get_house().database.reading() as session:
        html = previewing.get_preview(session, uid)
    return answer_letter(html)


def read_reader(body: AskReader) -> Reader:
    """Return for whom words are made up.

    Raises:
        Denied: a real contact, for somebody who may not see contacts.
        NotFound: there is no such contact.
    """
    contact, contact_id = dict(body.attributes), 0
    if body.contact:
        if Permission.SEE_CONTACTS not in get_actor().permissions:
            raise Denied(say("a real contact takes the right to see contacts; or describe one"))
        with get_house().database.reading() as session:
            row = session.get_one(Contact, get_contact(session, body.contact))
            contact_id = row.id
            contact = {
                **row.attributes,
                "id": str(row.uid),
                "email": row.email,
                "phone": row.phone,
                **contact,
            }
    reader = Reader(
        contact=contact,
        contact_id=contact_id,
        data=body.data,
        trigger=body.trigger,
        context=body.context,
    )
    return _add_envelope(reader, body) if isinstance(body, AskPreview) else reader


def _add_envelope(reader: Reader, body: AskPreview) -> Reader:
    if body.sender is None and not body.files:
        return reader
    with get_house().database.reading() as session:
        check_together(session, body.files)
        named = load_registered(session, [body.sender] if body.sender else [])
        files = load_attachments(session, body.files)
    return replace(
        reader,
        sender=named.get(body.sender),
        attachments=tuple(files[one] for one in body.files if one in files),
    )


def _refuse(refusal: TemplateRefused) -> PreviewShown:
    at = refusal.position
    words = f"{at.source}: {refusal.reason}" if at.source else refusal.reason
    return PreviewShown(
        subject="",
        text="",
        page=None,
        size=0,
        problem=str(refusal),
        findings=[
            FindingShown(
                line=at.line,
                column=at.column,
                code="refused",
                words=words,
                severity="error",
                is_error=True,
            )
        ],
        parts=None,
        push=None,
        variables=[],
        sender="",
        reply_to="",
    )


def compile_one(channel: TemplateChannel, source: str, language: str = "") -> CompiledTemplate:
    """Return words compiled.

    Args:
        channel: which they are made for.
        source: of the letter or text.
        language: by which dates and amounts are written; "": the one that the words name.

    Raises:
        Invalid: they cannot be used.
    """
    try:
        return compile_source(
            channel,
            source,
            pool=get_house().outgoing.pool,
            partials=load_all(),
            language=language,
        )
    except TemplateRefused as refusal:
        raise Invalid(str(refusal)) from None


def load_all() -> dict[str, str]:
    """Return everything that letters may include, by name."""
    with get_house().database.reading() as session:
        return partials.load_all(session)
