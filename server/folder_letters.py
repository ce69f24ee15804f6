"""The letters of a folder of journeys: compiled, looked over, and brought in with their envelopes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actions.send_first import list_tries
from engine.errors import Conflict, Invalid
from engine.language.say import say
from engine.messages.compose.lint_finding import Finding
from engine.messages.compose.lookup_names import CODES, KnownLookups, look_at_names
from engine.messages.compose.render_pool import RenderPool
from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.compose.template_lint import lint_template
from engine.messages.library.assets import add_asset, check_together
from engine.messages.library.templates import Envelope, Words, compile_words, save_words
from engine.messages.making.items import OFFERED
from engine.messages.senders.from_whom import check_named
from engine.models.asset import Asset, LetterSender
from server.folder import Folder, TemplateFile

Compiled = Sequence[tuple[TemplateFile, Words]]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend, or to look at.

    Attributes:
        place: the key of a node, or a line; empty for the file as a whole.
    """

    file: str
    place: str
    code: str
    message: str
    is_error: bool


def compile_all(
    templates: Sequence[TemplateFile], offered: Mapping[str, str], *, pool: RenderPool | None
) -> Compiled:
    """Return the words of each template, compiled.

    Raises:
        Invalid: one cannot be used.
    """
    compiled = []
    for template in templates:
        try:
            words = compile_words(
                template.channel,
                template.source,
                template.variants or None,  # without files for languages those in use stay
                pool=pool,
                partials=offered,
            )
        except TemplateRefused as error:
            msg = f"{template.path}: {error}"
            raise Invalid(msg) from None
        compiled.append((template, words))
    return compiled


def bring_in_letters(
    session: Session, compiled: Compiled, *, by: str, now: datetime
) -> Iterator[str]:
    """Put letters and texts into use with their envelopes; a line for each thing.

    Raises:
        Invalid: an envelope names what is not there, or a file that letters do not take.
    """
    for template, words in compiled:
        enveloped = words
        if template.envelope is not None:
            try:
                envelope, added = _bring_in_envelope(session, template, by=by, now=now)
            except (Invalid, Conflict) as error:
                msg = f"{template.envelope_path}: {error}"
                raise Invalid(msg) from None
            yield from (f"file {name}: added" for name in added)
            enveloped = replace(words, envelope=envelope)
        number, is_new = save_words(session, template.key, enveloped, by=by, now=now)
        state = f"version {number}" if is_new else "unchanged"
        yield f"template {template.key}: {state}"


def remark_on_letters(
    compiled: Compiled, offered: Mapping[str, str], folder: Folder, lookups: KnownLookups
) -> Iterator[Remark]:
    """Yield what the linter finds in each letter, in every language; of texts, what they name."""
    for template, words in compiled:
        names = _list_values(template.key, folder)
        file = str(template.path)
        sources = {"": (template.source, words.compiled)}
        sources |= {
            tag: (each.source, each.compiled) for tag, each in (words.variants or {}).items()
        }
        for tag, (source, made) in sources.items():
            found = (
                lint_template(
                    source,
                    offered,
                    is_marketing=False,
                    catalogue=names,
                    size=len(made.html.encode()),
                    lookups=lookups,
                )
                if template.channel == "email"
                else look_at_names(source, {}, lookups)
            )
            for finding in found:
                if finding.code in CODES and finding.severity == "hint":
                    continue  # a default says that there may be none in some instance
                yield _remark_on_letter(f"{file} ({tag})" if tag else file, finding)


def remark_on_envelopes(session: Session, templates: Sequence[TemplateFile]) -> list[Remark]:
    """Return what envelopes name that is neither in the instance nor beside them."""
    remarks = []
    for template in templates:
        if template.envelope is None:
            continue
        file, sender = str(template.envelope_path), template.envelope.sender
        if sender is not None and session.get(LetterSender, sender) is None:
            words = say("there is no sender {key!r}", key=sender)
            remarks.append(Remark(file, "sender", "sender_unknown", words, is_error=True))
        wanted = [name for name in template.envelope.files if name not in template.contents]
        known = _find_digests(session, wanted)
        remarks += [
            Remark(file, "files", "file_unknown", _say_no_file(name), is_error=True)
            for name in wanted
            if name not in known
        ]
    return remarks


def _bring_in_envelope(
    session: Session, template: TemplateFile, *, by: str, now: datetime
) -> tuple[Envelope, list[str]]:
    """Return an envelope whose files are all in the instance, and the names of those that are new."""
    if (given := template.envelope) is None:
        return Envelope(), []
    check_named(session, given.sender)
    there = _find_digests(session, given.files)
    digests, added = [], []
    for name in given.files:
        content = template.contents.get(name)
        if content is None:
            if name not in there:
                raise Invalid(_say_no_file(name))
            digests.append(there[name])
            continue
        row = add_asset(session, name, content, by=by, now=now)
        digests.append(row.digest)
        if row.created_at == now and name not in there:
            added.append(row.name)
    digests = list(dict.fromkeys(digests))
    check_together(session, digests)
    return Envelope(given.sender, tuple(digests)), added


def _find_digests(session: Session, names: Sequence[str]) -> dict[str, str]:
    if not names:
        return {}
    asked = select(Asset.name, Asset.digest).where(Asset.name.in_(list(names)))
    return dict(session.execute(asked).all())


def _say_no_file(name: str) -> str:
    return say("there is no file {name!r}, neither in files/ beside it nor in the instance", name=name)  # fmt: skip


def _list_values(key: str, folder: Folder) -> list[str] | None:
    """Return what the folder's journeys give to a letter; None: none of them sends it."""
    given = [
        one.data
        for _, journey in folder.journeys
        for node in journey.nodes.values()
        for one in list_tries(node)
        if one.template == key
    ]
    if not given:
        return None
    named = {name.split(".")[0] for data in given for name in data}
    return [*OFFERED, *named, *(f"{name}.*" for name in named), *(f"{name}[].*" for name in named)]


def _remark_on_letter(file: str, finding: Finding) -> Remark:
    is_error = finding.severity == "error"
    return Remark(file, f"line {finding.line}", finding.code, finding.words, is_error=is_error)
