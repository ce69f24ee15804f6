"""Rows of catalogs: the data sets that letters look things up in, and what people want of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.models.base import Base, Id, Instant, Json


class Catalog(Base):
    """A data set, such as the products of a shop."""

    __tablename__ = "catalog"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    description: Mapped[str] = mapped_column(String(500), default="")
    key_field: Mapped[str] = mapped_column(String(64))
    category_field: Mapped[str | None] = mapped_column(String(64))
    # The event by which people show what they want, and where in it the key stands.
    interest_event: Mapped[str | None] = mapped_column(String(128))
    interest_property: Mapped[str | None] = mapped_column(String(128))
    # The event by which they have it already: it is not recommended to them.
    owned_event: Mapped[str | None] = mapped_column(String(128))
    owned_property: Mapped[str | None] = mapped_column(String(128))
    generation: Mapped[int] = mapped_column(Integer, default=1)  # of the items in use
    revision: Mapped[int] = mapped_column(Integer, default=1)  # of whatever is in it
    items: Mapped[int] = mapped_column(Integer, default=0)
    upload: Mapped[dict[str, Any] | None] = mapped_column(Json)  # how far one has come
    counted_day: Mapped[int | None] = mapped_column(Integer)  # since 1970, the last one counted
    counted_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)


class CatalogItem(Base):
    """One item, told by its key. A file that replaces all comes in as the next generation."""

    __tablename__ = "catalog_item"

    catalog_id: Mapped[int] = mapped_column(
        ForeignKey(Catalog.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    generation: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(Json)
    added_at: Mapped[datetime] = mapped_column(Instant)


class CatalogInterest(Base):
    """How many people wanted an item on one day (UTC)."""

    __tablename__ = "catalog_interest"

    catalog_id: Mapped[int] = mapped_column(
        ForeignKey(Catalog.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    day: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    people: Mapped[int] = mapped_column(Integer)
