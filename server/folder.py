"""A folder of journeys, as developers keep it beside their code.

journeys/
welcome.json         one journey a file
welcome.test.json    what it is expected to do (see engine.journeys.definition.case_file)
catalogue.json       topics, endpoints and segments that they name
templates/
welcome.mjml       e-mail: the file's name is the template's key
welcome.de.mjml    its words for those who read German (any language tag)
welcome.json       its envelope: from whom it comes, and which files go with it
files/terms.pdf    such a file
partials/          pieces that letters include: imprint.mjml
cart-sms.txt       SMS
cart.push          push
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.errors import Invalid, InvalidJourney
from engine.journeys.definition.case_file import SUFFIX, CaseFile, parse_cases
from engine.journeys.definition.catalogue_file import (
    FILE_NAME,
    CatalogueFile,
    parse_catalogue,
)
from engine.journeys.definition.envelope_file import EnvelopeFile, parse_envelope
from engine.journeys.definition.journey import Journey, parse_journey
from engine.language.say import say
from engine.messages.library.locales import find_locale
from engine.messages.library.templates import TemplateChannel

TEMPLATES: Final = "templates"
PARTIALS: Final = "partials"
FILES: Final = "files"
CHANNELS: Final[dict[str, TemplateChannel]] = {
    ".mjml": "email",
    ".txt": "sms",
    ".push": "push",
}


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """The words of one template; variants by language tag.

    Attributes:
        envelope: None: there is no file for it, and the one in use stays.
        contents: of those of its files that lie beside it, by name.
    """

    path: Path
    channel: TemplateChannel
    source: str
    variants: Mapping[str, str] = field(default_factory=dict)
    envelope: EnvelopeFile | None = None
    contents: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How journeys name it."""
        return self.path.stem

    @property
    def envelope_path(self) -> Path:
        """Where its envelope stands, if it has one."""
        return self.path.with_suffix(".json")


@dataclass(frozen=True, slots=True)
class Suite:
    """A file of tests with the journey beside it, and the catalogue of their folder."""

    path: Path
    journey: Journey
    cases: CaseFile
    catalogues: tuple[CatalogueFile, ...]


@dataclass(slots=True)
class Folder:
    """Everything that was found."""

    journeys: list[tuple[Path, Journey]] = field(default_factory=list)
    catalogues: list[CatalogueFile] = field(default_factory=list)
    templates: list[TemplateFile] = field(default_factory=list)
    partials: dict[str, str] = field(default_factory=dict)


def read_folder(paths: Sequence[Path]) -> Folder:
    """Return what these files and folders hold.

    Raises:
        Invalid: one is not there, or cannot be read.
        InvalidJourney: one is no journey; its problems begin with the file's name.
    """
    folder = Folder()
    for path in paths:
        if not path.exists():
            msg = say("{path}: there is no such file or folder", path=path)
            raise Invalid(msg)
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if path.is_dir():
            folder.templates += _read_templates(path / TEMPLATES)
            folder.partials |= _read_partials(path / TEMPLATES / PARTIALS)
        for file in files:
            if file.name.endswith(SUFFIX):
                continue  # tests are run, not applied
            if file.name == FILE_NAME:
                folder.catalogues.append(_read_catalogue(file))
            else:
                folder.journeys.append((file, read_journey(file)))
    if not folder.journeys:
        msg = say(
            "no journeys in {files}: a journey is a .json file",
            files=", ".join(str(path) for path in paths),
        )
        raise Invalid(msg)
    return folder


def read_suites(paths: Sequence[Path]) -> list[Suite]:
    """Return the tests of these files and folders: of a folder all, of a journey those beside it.

    Raises:
        Invalid: one is not there, cannot be read, or has no tests.
        InvalidJourney: one is no journey, or no tests; its problems begin with the file's name.
    """
    suites = [_read_suite(file) for path in paths for file in _list_suites(path)]
    if not suites:
        shown = ", ".join(str(path) for path in paths)
        raise Invalid(
            say(
                "no tests in {shown}: the tests of welcome.json stand in welcome{suffix}",
                shown=shown,
                suffix=SUFFIX,
            )
        )
    return suites


def read_journey(path: Path) -> Journey:
    """Return the journey of a file.

    Raises:
        Invalid: it cannot be read.
        InvalidJourney: it is none; its problems begin with the file's name.
    """
    try:
        return parse_journey(read_text(path))
    except InvalidJourney as error:
        raise name_file(error, path) from None


def read_catalogues(folder: Path) -> tuple[CatalogueFile, ...]:
    """Return the catalogue of a folder, if it has one."""
    file = folder / FILE_NAME
    return (_read_catalogue(file),) if file.is_file() else ()


def _list_suites(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.glob(f"*{SUFFIX}"))
    return [path if path.name.endswith(SUFFIX) else path.with_name(f"{path.stem}{SUFFIX}")]


def _read_suite(path: Path) -> Suite:
    journey = read_journey(path.with_name(f"{path.name.removesuffix(SUFFIX)}.json"))
    try:
        cases = parse_cases(read_text(path))
    except InvalidJourney as error:
        raise name_file(error, path) from None
    return Suite(path, journey, cases, read_catalogues(path.parent))


def _read_templates(path: Path) -> list[TemplateFile]:
    if not path.is_dir():
        return []
    files = [file for file in sorted(path.iterdir()) if file.suffix in CHANNELS]
    variants: dict[Path, dict[str, Path]] = defaultdict(dict)
    for file in files:
        base, locale = _read_name(file)
        if locale is not None and base in files:
            variants[base][locale] = file
    others = {file for several in variants.values() for file in several.values()}
    templates = [
        TemplateFile(
            file,
            CHANNELS[file.suffix],
            read_text(file),
            {locale: read_text(other) for locale, other in variants[file].items()},
            *_read_envelope(file),
        )
        for file in files
        if file not in others
    ]
    letters = {each.envelope_path for each in templates if each.channel == "email"}
    for file in sorted(path.glob("*.json")):
        if file not in letters:
            msg = say("{path}: it is the envelope of a letter, {stem}.mjml, which is not there", path=file, stem=file.stem)  # fmt: skip
            raise Invalid(msg)
    return templates


def _read_envelope(letter: Path) -> tuple[EnvelopeFile | None, dict[str, bytes]]:
    """Return the envelope beside a letter, and what lies beside it of its files."""
    path = letter.with_suffix(".json")
    if CHANNELS[letter.suffix] != "email" or not path.is_file():
        return None, {}
    try:
        envelope = parse_envelope(read_text(path))
    except InvalidJourney as error:
        raise name_file(error, path) from None
    beside = {name: letter.parent / FILES / name for name in envelope.files}
    return envelope, {name: _read_bytes(file) for name, file in beside.items() if file.is_file()}


def _read_name(file: Path) -> tuple[Path, str | None]:
    """Return the file for everybody and the language of this one: `welcome.de.mjml`."""
    stem, _, tag = file.stem.rpartition(".")
    return file.with_name(f"{stem}{file.suffix}"), find_locale(tag) if stem else None


def _read_partials(path: Path) -> dict[str, str]:
    files = sorted(path.glob("*.mjml")) if path.is_dir() else []
    return {file.stem: read_text(file) for file in files}


def _read_catalogue(path: Path) -> CatalogueFile:
    try:
        return parse_catalogue(read_text(path))
    except InvalidJourney as error:
        raise name_file(error, path) from None


def name_file(error: InvalidJourney, path: Path) -> InvalidJourney:
    """Return the refusal with the file's name before each problem."""
    problems = [each | {"message": f"{path}: {each['message']}"} for each in error.problems]
    return InvalidJourney(say("{path} is not as it should be", path=path), problems)


def read_text(path: Path) -> str:
    """Return what a file holds.

    Raises:
        Invalid: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _refuse_reading(path, error) from None


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refuse_reading(path, error) from None


def _refuse_reading(path: Path, error: Exception) -> Invalid:
    return Invalid(say("{path}: cannot be read ({name})", path=path, name=type(error).__name__))
