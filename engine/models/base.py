"""What all rows share: the declarative base, instants, JSON."""

from datetime import UTC, datetime
from typing import Any, Final, cast

import orjson
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, SmallInteger, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from engine.sealing import SEAL_ATTRIBUTE, Seal

Json: Final = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
WrittenJson: Final = JSON(none_as_null=True)
"""JSON whose keys stay as somebody wrote them: JSONB would put them into an order of its own, and a
place in a journey's document says at which node somebody is."""
Id: Final = BigInteger().with_variant(Integer(), "sqlite")
Small: Final = SmallInteger()


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; on SQLite text of one fixed width, so that it sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what is sent to the driver."""
        if value is None:
            return None
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Return an aware instant."""
        del dialect
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[str]):
    """A secret: in the database it is sealed (`engine.sealing`), in memory it is itself.

    The seal is that of the engine's own dialect (`engine.db.Database`).
    """

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what is kept."""
        return None if value is None else find_seal(dialect).close(value)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        """Return the secret."""
        return None if value is None else find_seal(dialect).open(str(value))


class SealedJson(TypeDecorator[Any]):
    """The same, of a JSON value."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Return what is kept."""
        return find_seal(dialect).close(orjson.dumps(value).decode())

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        """Return the value."""
        return None if value is None else orjson.loads(find_seal(dialect).open(str(value)))


def find_seal(dialect: Dialect) -> Seal:
    """Return the seal of the database that a dialect speaks to.

    Raises:
        LookupError: it was opened without one.
    """
    seal = getattr(dialect, SEAL_ATTRIBUTE, None)
    if seal is None:
        raise LookupError("the database was opened without a seal, and a secret is asked of it")
    return cast("Seal", seal)


class Base(DeclarativeBase):
    """Base of all rows. Constraints are named, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
