"""Catalogs: data sets that letters look things up in, and what is recommended of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.catalogs import keeping
from engine.catalogs.interest import DAYS
from engine.catalogs.items import LONGEST_FIELD, MOST_ITEMS, FieldFound, describe_fields
from engine.catalogs.keeping import Settings
from engine.catalogs.recommending import MOST_SHOWN, Ask, Why, load_people, recommend
from engine.catalogs.replacing import is_heard_of
from engine.contacts.finding import get_contact
from engine.errors import Conflict, Denied
from engine.language.say import say
from engine.messages.library.lookup_uses import list_lookup_uses
from engine.models.catalog import Catalog
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

SAMPLE: Final = 200
"""Items by which the fields of a catalog are described."""
Field_ = Annotated[str, Field(min_length=1, max_length=LONGEST_FIELD)]
Word = Annotated[str, Field(min_length=1, max_length=128)]

blueprint = Blueprint("catalogs", __name__, url_prefix="/api/v1/catalogs")


class Happening(Given):
    """An event, and where in it the key of an item stands: `sku`, or `products[].sku`."""

    event: Word
    property: Word


class SaveCatalog(Given):
    """What is said of a catalog.

    `interest` is the event by which people show what they want, `owned` the one after which they have
    it: that is not recommended to them any more.
    """

    description: Annotated[str, Field(max_length=500)] = ""
    key_field: Field_ = "id"
    category_field: Field_ | None = None
    interest: Happening | None = None
    owned: Happening | None = None


class HappeningShown(Answer):
    """An event, and where in it the key of an item stands."""

    event: str
    property: str


class UploadShown(Answer):
    """A file that comes in just now."""

    by: str
    rows: int
    percent: int


class CatalogItemOf(Answer):
    """A catalog in a list."""

    name: str
    description: str
    items: int
    key_field: str
    category_field: str | None
    interest: HappeningShown | None
    owned: HappeningShown | None
    upload: UploadShown | None
    fields: list[str]
    created_at: datetime
    updated_at: datetime


class Catalogs(Answer):
    """All of them, by name; `most_items` may be in one."""

    items: list[CatalogItemOf]
    most_items: int


class FieldShown(Answer):
    """A field; `share` in a hundred items have it."""

    name: str
    kind: str
    share: int
    example: Any


class TemplateUser(Answer):
    """A template that names the catalog."""

    key: str
    name: str


class CatalogShown(CatalogItemOf):
    """A catalog with its fields, and what names it in its words."""

    described: list[FieldShown]
    templates: list[TemplateUser]
    partials: list[str]


class RecommendedShown(Answer):
    """An item, how many people wanted it, and why it is here."""

    key: str
    data: dict[str, Any]
    people: int
    why: Why


class Recommendations(Answer):
    """What a letter would recommend now; `category` is what this contact wants most.

    `counted_at`: when interest was counted last; null: it never was.
    """

    items: list[RecommendedShown]
    days: int
    counted_at: datetime | None
    category: str | None
    owned: int


class ForWhom(Given):
    """A contact by id, external id or address; nobody: what is recommended to a stranger."""

    contact: Annotated[str, Field(max_length=254)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_SHOWN)] = 10


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="catalogs")
def show_all() -> Catalogs:
    """List all catalogs."""
    with get_house().database.reading() as session:
        rows = keeping.list_catalogs(session)
        items = [CatalogItemOf(**_describe(row, _load_sample(session, row, 20))) for row in rows]
    return Catalogs(items=items, most_items=MOST_ITEMS)


@blueprint.get("/<name>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="catalogs")
def show(name: str) -> CatalogShown:
    """Show a catalog: its fields, and the templates that name it."""
    with get_house().database.reading() as session:
        return _show(session, keeping.get_catalog(session, name))


@blueprint.put("/<name>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="catalogs")
def save(name: str, body: SaveCatalog) -> CatalogShown:
    """Make a catalog, or change what is said of it; its items stay."""
    house = get_house()
    given = Settings(
        description=body.description.strip(),
        key_field=body.key_field,
        category_field=body.category_field,
        interest=_pair(body.interest),
        owned=_pair(body.owned),
    )
    with house.database.transaction() as session:
        row = keeping.save_catalog(session, name, given, now=house.clock.now())
        record(session, "catalog.saved", name)
        return _show(session, row)


@blueprint.delete("/<name>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="catalogs")
def delete(name: str) -> None:
    """Take a catalog away with everything in it, unless a template names it."""
    with get_house().database.transaction() as session:
        uses = list_lookup_uses(session, "catalog").get(name, [])
        if names := [use.name for use in uses]:
            msg = say("letters look things up in it: {names}", names=", ".join(names[:5]))
            raise Conflict(msg)
        keeping.delete_catalog(session, name)
        record(session, "catalog.deleted", name)


@blueprint.get("/<name>/recommended")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="catalogs")
def show_recommended(name: str, query: ForWhom) -> Recommendations:
    """Show what letters would recommend of it now, to somebody or to a stranger, and why."""
    house = get_house()
    if query.contact and Permission.SEE_CONTACTS not in get_actor().permissions:
        raise Denied(say("a real contact takes the right to see contacts; or describe one"))
    now = house.clock.now()
    with house.database.reading() as session:
        row = keeping.get_catalog(session, name)
        contact_id = get_contact(session, query.contact) if query.contact else 0
        (found,) = recommend(session, row, [Ask(contact_id, query.limit)], now=now)
        person = load_people(session, row, [contact_id], now=now).get(contact_id)
        return Recommendations(
            items=[
                RecommendedShown(key=one.key, data=dict(one.data), people=one.people, why=one.why)
                for one in found
            ],
            days=DAYS,
            counted_at=row.counted_at,
            category=person.category if person else None,
            owned=len(person.owned) if person else 0,
        )


def _pair(given: Happening | None) -> tuple[str, str] | None:
    return None if given is None else (given.event.strip(), given.property.strip())


def _show(session: Session, row: Catalog) -> CatalogShown:
    sample = _load_sample(session, row, SAMPLE)
    uses = list_lookup_uses(session, "catalog").get(row.name, [])
    return CatalogShown(
        **_describe(row, sample),
        described=[
            FieldShown(name=one.name, kind=one.kind, share=one.share, example=one.example)
            for one in _list_fields(row, sample)
        ],
        templates=[TemplateUser(key=use.key, name=use.name) for use in uses if not use.is_partial],
        partials=[use.key for use in uses if use.is_partial],
    )


def _load_sample(session: Session, row: Catalog, n: int) -> list[dict[str, Any]]:
    return [dict(one.data) for one in keeping.list_page(session, row, after="", search="", limit=n)]


def _list_fields(row: Catalog, sample: list[dict[str, Any]]) -> list[FieldFound]:
    """Return the fields of its items, the one that tells them apart first."""
    return sorted(describe_fields(sample), key=lambda one: one.name != row.key_field)


def _describe(row: Catalog, sample: list[dict[str, Any]]) -> Mapping[str, Any]:
    told = row.upload if is_heard_of(row, wall=get_house().wall.now()) else None
    return {
        "name": row.name,
        "description": row.description,
        "items": row.items,
        "key_field": row.key_field,
        "category_field": row.category_field,
        "interest": _show_event(row.interest_event, row.interest_property),
        "owned": _show_event(row.owned_event, row.owned_property),
        "upload": None
        if told is None
        else UploadShown(by=told["by"], rows=told["rows"], percent=told["percent"]),
        "fields": [one.name for one in _list_fields(row, sample)],
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def _show_event(event: str | None, path: str | None) -> HappeningShown | None:
    return None if event is None else HappeningShown(event=event, property=path or "")
