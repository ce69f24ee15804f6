"""What all rows share: the declarative base, instants, JSON."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

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
