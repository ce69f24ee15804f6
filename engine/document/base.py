"""What all parts of a JSON document share: strict models, and the words names are made of."""

from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema
from typing_extensions import TypeAliasType

Name = TypeAliasType(
    "Name",
    Annotated[
        str,
        Field(
            max_length=128,
            pattern=r"^[^\x00-\x1f\x7f]*$",
            description="Name or key of something kept elsewhere; empty in a draft: not chosen yet.",
        ),
    ],
)

FieldPath = TypeAliasType(
    "FieldPath",
    Annotated[
        str,
        Field(
            max_length=200,
            pattern=r"^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$",
            description="Names joined by dots, such as properties.cart_id.",
        ),
    ],
)

Channel = TypeAliasType("Channel", Literal["email", "sms", "push", "chat"])
Value = TypeVar("Value")
Maybe: TypeAlias = Value | SkipJsonSchema[None]
"""May be left out; null means the same. Editors are not offered the null."""


class Document(BaseModel):
    """What all parts of a document share: unknown fields are refused, types are not bent, values are frozen."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, validate_by_name=True, validate_by_alias=True
    )
