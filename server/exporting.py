"""Writes letters out, as a folder of journeys keeps them beside the journeys that send them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from engine.journeys.definition.envelope_file import dump_envelope
from engine.journeys.definition.journey import Journey
from engine.journeys.validate.names import list_names
from engine.messages.compose.template_source import list_includes
from engine.messages.library import listing as library
from engine.messages.library.assets import find_assets, get_asset
from engine.messages.library.partials import load_all
from engine.messages.library.templates import load_partials, read_envelope
from engine.models.message import TemplateVersion
from server.folder import CHANNELS, FILES, PARTIALS, TEMPLATES


def export_letters(session: Session, journeys: Sequence[Journey], to: Path) -> Iterator[Path]:
    """Write the letters and texts that journeys name, with all that goes with them; yield each file.

    Args:
        session: to read by.
        journeys: which name them.
        to: the folder of these journeys.
    """
    folder = to / TEMPLATES
    named = {name for each in journeys for sort, name in list_names(each) if sort == "template"}
    sources: list[str] = []
    for kept in library.list_templates(session):
        if kept.template.key not in named or kept.version is None:
            continue
        yield from _write_words(folder, kept.template.key, kept.template.channel, kept.version)
        if kept.template.channel == "email":
            yield from _write_envelope(session, folder, kept.template.key, kept.version)
            sources += [kept.version.source, *(kept.version.variants or {}).values()]
    yield from _write_partials(session, folder / PARTIALS, sources)


def _write_words(folder: Path, key: str, channel: str, version: TemplateVersion) -> Iterator[Path]:
    ending = next(each for each, made_for in CHANNELS.items() if made_for == channel)
    yield _write(folder / f"{key}{ending}", version.source.encode())
    for tag, source in (version.variants or {}).items():
        yield _write(folder / f"{key}.{tag}{ending}", source.encode())


def _write_envelope(
    session: Session, folder: Path, key: str, version: TemplateVersion
) -> Iterator[Path]:
    envelope, path = read_envelope(version), folder / f"{key}.json"
    files = find_assets(session, envelope.files)
    if envelope.sender is None and not files and not path.exists():
        return
    yield _write(path, dump_envelope(envelope.sender, [row.name for row in files]).encode())
    for row in files:
        content = get_asset(session, row.digest, with_content=True).content
        yield _write(folder / FILES / row.name, content)


def _write_partials(session: Session, folder: Path, sources: Sequence[str]) -> Iterator[Path]:
    """Write the partials of one's own that these sources include."""
    offered, product = load_all(session), load_partials()
    names = {name for source in sources for name in list_includes(source, offered)}
    for name in sorted(names & offered.keys()):
        if offered[name] != product.get(name):
            yield _write(folder / f"{name}.mjml", offered[name].encode())


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
