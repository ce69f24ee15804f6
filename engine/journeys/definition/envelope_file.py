"""From whom a template's letters come, and what goes with them, as a file beside it: welcome.json."""

from typing import Annotated, Final

from pydantic import Field, ValidationError

from engine.document.base import Document, Maybe
from engine.journeys.definition.refusals import refuse_parts

MOST_FILES: Final = 10


class EnvelopeFile(Document):
    """The envelope of a template; what is left out is as usual: the topic's sender, and no files."""

    schema_url: Maybe[Annotated[str, Field(max_length=500)]] = Field(default=None, alias="$schema")
    sender: Maybe[Annotated[str, Field(min_length=1, max_length=64)]] = Field(
        default=None, description="The key of a registered sender."
    )
    files: tuple[Annotated[str, Field(pattern=r'^[^/\\:*?"<>|\x00-\x1f.][^/\\:*?"<>|\x00-\x1f]*$', max_length=100)], ...] = Field(
        default=(),
        max_length=MOST_FILES,
        description="By their names: in the folder files/ beside it, or in the instance.",
    )  # fmt: skip


def parse_envelope(text: str) -> EnvelopeFile:
    """Return the envelope that a text is.

    Raises:
        InvalidJourney: it is none; its problems say where.
    """
    try:
        return EnvelopeFile.model_validate_json(text)
    except ValidationError as error:
        refuse_parts(error)


def dump_envelope(sender: str | None, files: list[str]) -> str:
    """Return an envelope for people, without what is as usual; ends the line."""
    written = EnvelopeFile(sender=sender, files=tuple(files))
    return written.model_dump_json(exclude_defaults=True, by_alias=True, indent=2) + "\n"
