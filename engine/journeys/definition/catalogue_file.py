"""What a folder of journeys names besides its templates, as one file beside them: catalogue.json.

Applying the folder makes what is missing; what is there already is left as it is.
"""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError
from typing_extensions import TypeAliasType

from engine.document.base import Document, Maybe
from engine.journeys.definition.refusals import refuse_parts
from engine.parts.conditions import Checked

FILE_NAME: Final = "catalogue.json"

Key = TypeAliasType(
    "Key", Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,63}$", description="How it is named.")]
)


class TopicEntry(Document):
    """A kind of message that contacts choose or refuse."""

    key: Key
    name: str = Field(min_length=1, max_length=120)
    description: str = Field(default="", max_length=500)
    opt_in: Literal["explicit", "double", "implied"] = Field(
        default="explicit",
        description="explicit: only who said yes; implied: who did not say no.",
    )


class EndpointEntry(Document):
    """A target of webhooks. Without a URL its calls are kept in the mailbox."""

    key: Key
    url: Maybe[Annotated[str, Field(max_length=2000, pattern=r"^https?://[^\s]+$")]] = None
    headers: Mapping[str, str] = Field(default={}, max_length=20)


class SegmentEntry(Document):
    """A saved condition."""

    key: Key
    name: str = Field(min_length=1, max_length=120)
    condition: Checked


class CatalogueFile(Document):
    """Topics, endpoints and segments that journeys name."""

    schema_url: Maybe[Annotated[str, Field(max_length=500)]] = Field(default=None, alias="$schema")
    topics: tuple[TopicEntry, ...] = Field(default=(), max_length=200)
    endpoints: tuple[EndpointEntry, ...] = Field(default=(), max_length=200)
    segments: tuple[SegmentEntry, ...] = Field(default=(), max_length=500)


def parse_catalogue(text: str) -> CatalogueFile:
    """Return the catalogue that a text is.

    Raises:
        InvalidJourney: it is none; its problems say where.
    """
    try:
        return CatalogueFile.model_validate_json(text)
    except ValidationError as error:
        refuse_parts(error)
