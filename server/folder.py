"""A folder of journeys, as developers keep it beside their code.

journeys/
welcome.json         one journey a file
catalogue.json       topics, endpoints and segments that they name
templates/
welcome.mjml       e-mail: the file's name is the template's key
cart-sms.txt       SMS
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from engine.errors import Invalid, InvalidJourney
from engine.journeys.definition.catalogue_file import (
    FILE_NAME,
    CatalogueFile,
    parse_catalogue,
)
from engine.journeys.definition.journey import Journey, parse_journey

TEMPLATES: Final = "templates"
CHANNELS: Final[dict[str, Literal["email", "sms"]]] = {".mjml": "email", ".txt": "sms"}


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """The words of one template."""

    path: Path
    channel: Literal["email", "sms"]
    source: str

    @property
    def key(self) -> str:
        """How journeys name it."""
        return self.path.stem


@dataclass(slots=True)
class Folder:
    """Everything that was found."""

    journeys: list[tuple[Path, Journey]] = field(default_factory=list)
    catalogues: list[CatalogueFile] = field(default_factory=list)
    templates: list[TemplateFile] = field(default_factory=list)


def read_folder(paths: Sequence[Path]) -> Folder:
    """Return what these files and folders hold.

    Raises:
        Invalid: one is not there, or cannot be read.
        InvalidJourney: one is no journey; its problems begin with the file's name.
    """
    folder = Folder()
    for path in paths:
        if not path.exists():
            msg = f"{path}: there is no such file or folder"
            raise Invalid(msg)
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if path.is_dir():
            folder.templates += _read_templates(path / TEMPLATES)
        for file in files:
            if file.name == FILE_NAME:
                folder.catalogues.append(_read_catalogue(file))
            else:
                folder.journeys.append((file, _read_journey(file)))
    if not folder.journeys:
        msg = f"no journeys in {', '.join(str(path) for path in paths)}: a journey is a .json file"
        raise Invalid(msg)
    return folder


def _read_templates(path: Path) -> list[TemplateFile]:
    if not path.is_dir():
        return []
    return [
        TemplateFile(file, CHANNELS[file.suffix], _read_text(file))
        for file in sorted(path.iterdir())
        if file.suffix in CHANNELS
    ]


def _read_journey(path: Path) -> Journey:
    try:
        return parse_journey(_read_text(path))
    except InvalidJourney as error:
        raise _name_file(error, path) from None


def _read_catalogue(path: Path) -> CatalogueFile:
    try:
        return parse_catalogue(_read_text(path))
    except InvalidJourney as error:
        raise _name_file(error, path) from None


def _name_file(error: InvalidJourney, path: Path) -> InvalidJourney:
    problems = [each | {"message": f"{path}: {each['message']}"} for each in error.problems]
    return InvalidJourney(f"{path} is not as it should be", problems)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read ({type(error).__name__})"
        raise Invalid(msg) from None
