"""What is in catalogs: looked at, put in and taken out by the piece, or replaced by a file."""

import io
from datetime import datetime
from typing import Annotated, Any, Final, cast

from flask import Blueprint, request
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.catalogs import keeping
from engine.catalogs.items import LONGEST_KEY, Item, Mistake, read_item
from engine.catalogs.keeping import MOST_AT_ONCE
from engine.catalogs.replacing import check_free
from engine.errors import NotFound
from engine.language.say import say
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.errors import WrongMediaType
from server.uploading import replace_all
from server.wiring import get_house

PAGE: Final = 50
LARGEST_FILE: Final = 256 * 1024 * 1024
BLOCK: Final = 256 * 1024
"""Bytes of a file that are read at once: a request's own stream would read its lines byte by byte."""
LARGEST_CALL: Final = 20 * 1024 * 1024
TYPES: Final = frozenset(
    {"text/csv", "application/x-ndjson", "application/jsonl", "application/octet-stream"}
)
Key = Annotated[str, Field(min_length=1, max_length=LONGEST_KEY)]

blueprint = Blueprint("catalog_items", __name__, url_prefix="/api/v1/catalogs")


class ItemShown(Answer):
    """An item, and since when there is one of its key."""

    key: str
    data: dict[str, Any]
    added_at: datetime


class ItemsShown(Answer):
    """A page of them by their keys; `next` begins the page after it."""

    items: list[ItemShown]
    next: str | None


class AskItems(Given):
    """Which page; `search` is a text that stands anywhere in an item."""

    after: Annotated[str, Field(max_length=LONGEST_KEY)] = ""
    search: Annotated[str, Field(max_length=200)] = ""


class PutItems(Given):
    """Objects, each with the field that tells items apart."""

    items: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=MOST_AT_ONCE)]


class MistakeShown(Answer):
    """What cannot be kept, and why; `place` is its line, or its number in the list, from 1 on."""

    place: int
    key: str | None
    words: str


class ItemsPut(Answer):
    """How many are kept, and which are not."""

    saved: int
    added: int
    failed: list[MistakeShown]


class DeleteItems(Given):
    """Whose items go."""

    keys: Annotated[list[Key], Field(min_length=1, max_length=MOST_AT_ONCE)]


class ItemsDeleted(Answer):
    """How many there were of them."""

    deleted: int


class HowRead(Given):
    """What becomes of lines that cannot be read: `skip` leaves them out; else nothing changes."""

    skip: bool = False


class ItemsReplaced(Answer):
    """What came of a file; `is_used` false: it changed nothing, since some of it cannot be read.

    `mistakes` are the first of the `refused` lines.
    """

    is_used: bool
    items: int
    added: int
    removed: int
    refused: int
    mistakes: list[MistakeShown]


@blueprint.get("/<name>/items")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="catalogs")
def show_items(name: str, query: AskItems) -> ItemsShown:
    """List items by their keys."""
    with get_house().database.reading() as session:
        row = keeping.get_catalog(session, name)
        found = keeping.list_page(
            session, row, after=query.after, search=query.search.strip(), limit=PAGE + 1
        )
    shown = [ItemShown(key=one.key, data=one.data, added_at=one.added_at) for one in found[:PAGE]]
    return ItemsShown(items=shown, next=shown[-1].key if len(found) > PAGE else None)


@blueprint.get("/<name>/items/<path:key>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="catalogs")
def show_item(name: str, key: str) -> ItemShown:
    """Show one item."""
    with get_house().database.reading() as session:
        row = keeping.get_catalog(session, name)
        known = keeping.find_item(session, row, key)
        if known is None:
            raise NotFound(say("there is no {key!r} in the catalog {name!r}", key=key, name=name))
        return ItemShown(key=known.key, data=known.data, added_at=known.added_at)


@blueprint.post("/<name>/items")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="catalogs")
def put_items(name: str, body: PutItems) -> ItemsPut:
    """Put items in, each in the place of one with its key; what cannot be kept is listed."""
    house = get_house()
    with house.database.transaction() as session:
        row = keeping.lock_catalog(session, name)
        check_free(row, wall=house.wall.now())
        read = [
            read_item(one, row.key_field, place=place)
            for place, one in enumerate(body.items, start=1)
        ]
        kept = [one for one in read if isinstance(one, Item)]
        added = keeping.put_items(session, row, kept, now=house.clock.now()) if kept else 0
        record(session, "catalog.items_put", name, {"saved": len(kept)})
    failed = [_show_mistake(one) for one in read if isinstance(one, Mistake)]
    return ItemsPut(saved=len(kept), added=added, failed=failed)


@blueprint.delete("/<name>/items")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="catalogs")
def delete_items(name: str, body: DeleteItems) -> ItemsDeleted:
    """Take items out by their keys."""
    house = get_house()
    with house.database.transaction() as session:
        row = keeping.lock_catalog(session, name)
        check_free(row, wall=house.wall.now())
        gone = keeping.delete_items(session, row, body.keys, now=house.clock.now())
        record(session, "catalog.items_deleted", name, {"deleted": gone})
    return ItemsDeleted(deleted=gone)


@blueprint.put("/<name>/items")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="catalogs")
def replace_items(name: str, query: HowRead) -> ItemsReplaced:
    """Put the items of a file, CSV or JSON lines, in the place of all; at once, at its end."""
    house, actor = get_house(), get_actor()
    if request.mimetype not in TYPES:
        raise WrongMediaType(say("the body is to be text/csv or application/x-ndjson"))
    outcome = replace_all(
        house,
        name,
        io.BufferedReader(cast("io.RawIOBase", request.stream), BLOCK),
        size=request.content_length or 0,
        by=actor.name,
        leaves_out=query.skip,
    )
    done = outcome.replaced
    with house.database.transaction() as session:
        items = keeping.get_catalog(session, name).items
        if done is not None:
            record(session, "catalog.replaced", name, {"items": done.items})
    return ItemsReplaced(
        is_used=done is not None,
        items=items,
        added=done.added if done else 0,
        removed=done.removed if done else 0,
        refused=outcome.refused,
        mistakes=[_show_mistake(one) for one in outcome.mistakes],
    )


@blueprint.before_request
def _let_more_in() -> None:
    """Let files in that are larger than other bodies."""
    if request.method in {"PUT", "POST"}:
        request.max_content_length = LARGEST_FILE if request.method == "PUT" else LARGEST_CALL


def _show_mistake(one: Mistake) -> MistakeShown:
    return MistakeShown(place=one.place, key=one.key, words=one.words)
