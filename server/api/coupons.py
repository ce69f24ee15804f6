"""Coupons: pools with what is left of them, codes brought in or made up, and who has which."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from flask import Blueprint, request
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.contacts.naming import find_name
from engine.errors import Invalid
from engine.language.say import say
from engine.messages.library.lookup_uses import LookupUse, list_lookup_uses
from engine.messages.lookups.coupons import codes, pools
from engine.messages.lookups.coupons.codes import CHUNK, LONGEST_CODE, MOST_AT_ONCE, Added, State
from engine.messages.lookups.coupons.pools import NONE, Counts, PoolDraft
from engine.models.coupon import CouponPool
from server.api.lookups import LookupUser, check_name, refuse_used
from server.api.recording import record
from server.auth import requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.errors import WrongMediaType
from server.wiring import get_house

blueprint = Blueprint("coupons", __name__, url_prefix="/api/v1/coupon-pools")

PAGE: Final = 50
LARGEST_FILE: Final = 16 * 1024 * 1024
KINDS: Final = ("text/csv", "text/plain")
_TOPS: Final = frozenset(
    {
        *("code", "codes", "coupon", "coupons", "coupon_code", "couponcode", "gutschein"),
        *("gutscheincode", "gutscheine", "promo_code", "voucher", "vouchers", "voucher_code"),
        "vouchercode",
    }
)
"""What may stand over the column of codes."""
_SEPARATORS: Final = re.compile(r"[;\t]")
"""Between columns, besides commas."""

Code = Annotated[str, Field(max_length=200)]


class PoolShown(Answer):
    """A pool with its figures. `drawn` counts own codes, `common` who got the common one."""

    name: str
    low_water: int
    expires_at: datetime | None
    common_code: str | None
    per_contact: bool
    revision: int
    created_at: datetime
    left: int
    drawn: int
    redeemed: int
    common: int
    is_low: Annotated[bool, Field(description="No more codes are left than `low_water`.")]
    is_expired: bool
    used_by: list[LookupUser]


class PoolsShown(Answer):
    """All of them, by name."""

    items: list[PoolShown]


class GivePool(Given):
    """What a pool is to be.

    `low_water`: colleagues are told when so few codes are left. `expires_at`: none is drawn from
    then on. `common_code`: what messages show once no code is left; without it they fail.
    `per_contact`: a contact sees the code that it drew first in every later message.
    """

    low_water: Annotated[int, Field(ge=0, le=10_000)] = 0
    expires_at: Annotated[datetime | None, Field(strict=False)] = None
    common_code: Annotated[str, Field(min_length=1, max_length=LONGEST_CODE)] | None = None
    per_contact: bool = False


class ChangePool(GivePool):
    """What is to be changed; `revision` is the one that was edited."""

    revision: Annotated[int, Field(ge=0)]


class BringCodes(Given):
    """Codes, a few of them; more at once as a file."""

    codes: Annotated[list[Code], Field(min_length=1, max_length=10_000)]


class MakeUp(Given):
    """How many codes are to be made up, and their pattern: a random sign for each `#`."""

    pattern: Annotated[str, Field(min_length=1, max_length=LONGEST_CODE)]
    count: Annotated[int, Field(ge=1, le=MOST_AT_ONCE)]


class Flaw(Answer):
    """A line that is no code, and why."""

    code: str
    why: str


class CodesAdded(Answer):
    """What came of codes that were brought in; of doubles and flaws the first hundred are named."""

    added: int
    doubled: Annotated[int, Field(description="Codes that were there already, or came twice.")]
    refused: int
    doubles: list[str]
    flaws: list[Flaw]
    is_cut: Annotated[
        bool, Field(description="More than 100,000 came: the rest was not looked at.")
    ]


class Count(Answer):
    """How many codes it was about."""

    count: int


class CodeShown(Answer):
    """A code; `contact` and `message` are null once nobody is to know any more who got it."""

    id: int
    code: str
    state: Annotated[str, Field(description="left, drawn or redeemed.")]
    is_common: bool
    drawn_at: datetime | None
    redeemed_at: datetime | None
    contact: UUID | None
    contact_name: str
    message: UUID | None


class CodesShown(Answer):
    """Some codes, the newest first; `next` goes on as `before`."""

    items: list[CodeShown]
    next: int | None


class Sought(Given):
    """Which codes to show."""

    state: State | None = None
    code: Code | None = None
    before: RowId | None = None


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="coupons")
def show_all() -> PoolsShown:
    """List all pools of coupons, with what is left of each."""
    with get_house().database.reading() as session:
        rows = pools.list_pools(session)
        return PoolsShown(items=_describe(session, rows))


@blueprint.get("/<name>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="coupons")
def show(name: str) -> PoolShown:
    """Show a pool."""
    with get_house().database.reading() as session:
        return _describe(session, [pools.get_pool(session, name)])[0]


@blueprint.post("/<name>")
@requires(Permission.PUBLISH)
@endpoint(tag="coupons", status=201)
def make(name: str, body: GivePool) -> PoolShown:
    """Make a pool, without codes at first."""
    check_name(name)
    house = get_house()
    with house.database.transaction() as session:
        pool = pools.make_pool(session, _draft(name, body), now=house.clock.now())
        record(session, "coupons.made", name)
        return _describe(session, [pool])[0]


@blueprint.put("/<name>")
@requires(Permission.PUBLISH)
@endpoint(tag="coupons")
def change(name: str, body: ChangePool) -> PoolShown:
    """Change a pool. If somebody else changed it meanwhile, nothing is saved (409)."""
    with get_house().database.transaction() as session:
        pool = pools.change_pool(session, _draft(name, body), revision=body.revision)
        record(session, "coupons.changed", f"{name} r{pool.revision}")
        return _describe(session, [pool])[0]


@blueprint.delete("/<name>")
@requires(Permission.PUBLISH)
@endpoint(tag="coupons")
def delete(name: str) -> None:
    """Take a pool away with all of its codes; not one that a template names (409)."""
    with get_house().database.transaction() as session:
        refuse_used(name, list_lookup_uses(session, "coupon_pool").get(name, []))
        pools.delete_pool(session, name)
        record(session, "coupons.deleted", name)


@blueprint.get("/<name>/codes")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="coupons")
def show_codes(name: str, query: Sought) -> CodesShown:
    """List codes of a pool, the newest first, with who got them."""
    with get_house().database.reading() as session:
        pool = pools.get_pool(session, name)
        rows = codes.list_codes(
            session,
            pool,
            state=query.state,
            code=query.code,
            before=query.before,
            limit=PAGE + 1,
        )
    following = rows[PAGE - 1].CouponCode.id if len(rows) > PAGE else None
    return CodesShown(items=[_describe_code(row) for row in rows[:PAGE]], next=following)


@blueprint.post("/<name>/codes")
@requires(Permission.PUBLISH)
@endpoint(tag="coupons")
def bring_in(name: str, body: BringCodes) -> CodesAdded:
    """Bring codes into a pool; those that it has already are counted as doubles."""
    return _bring_in(name, iter(body.codes))


@blueprint.post("/<name>/codes/file")
@requires(Permission.PUBLISH)
@endpoint(tag="coupons")
def bring_in_file(name: str) -> CodesAdded:
    """Bring codes in from a text or CSV file: a code a line, of several columns the first.

    At most 100,000 a file. What came before a failure stays; repeating it is harmless.
    """
    if request.mimetype not in KINDS:
        raise WrongMediaType(say("this address takes {kinds}", kinds=", ".join(KINDS)))
    request.max_content_length = LARGEST_FILE
    return _bring_in(name, _read_lines())


@blueprint.post("/<name>/codes/generate")
@requires(Permission.PUBLISH)
@endpoint(tag="coupons")
def generate(name: str, body: MakeUp) -> Count:
    """Make up random codes by a pattern; refused where they could be guessed."""
    database = get_house().database
    with database.reading() as session:
        pool = pools.get_pool(session, name)
        counts = pools.count_codes(session, [pool]).get(pool.id, NONE)
    codes.check_pattern(body.pattern, counts.left + counts.drawn + body.count)
    made = 0
    while made < body.count:
        with database.transaction() as session:
            pool = pools.get_pool(session, name)
            some = min(CHUNK, body.count - made)
            made += codes.generate_codes(session, pool, body.pattern, some)
    with database.transaction() as session:
        record(session, "coupons.generated", name, {"count": made})
    return Count(count=made)


@blueprint.delete("/<name>/codes")
@requires(Permission.PUBLISH)
@endpoint(tag="coupons")
def withdraw(name: str) -> Count:
    """Take back all codes that nobody has drawn."""
    with get_house().database.transaction() as session:
        count = codes.withdraw_codes(session, pools.get_pool(session, name))
        record(session, "coupons.withdrawn", name, {"count": count})
    return Count(count=count)


def _bring_in(name: str, given: Iterator[str]) -> CodesAdded:
    """Bring codes in, some thousand a transaction, so that nobody who draws waits for all."""
    database, total, read, is_cut = get_house().database, Added(), 0, False
    while True:
        part = [
            code for _, code in zip(range(min(CHUNK, MOST_AT_ONCE - read)), given, strict=False)
        ]
        if not part:
            is_cut = read == MOST_AT_ONCE and next(given, None) is not None
            break
        read += len(part)
        with database.transaction() as session:
            total.add(codes.add_codes(session, pools.get_pool(session, name), part))
    with database.transaction() as session:
        record(session, "coupons.brought_in", name, {"count": total.added})
    return CodesAdded(
        added=total.added,
        doubled=total.doubled,
        refused=total.refused,
        doubles=list(total.doubles),
        flaws=[Flaw(code=code, why=why) for code, why in total.flaws],
        is_cut=is_cut,
    )


def _read_lines() -> Iterator[str]:
    """Yield the codes of the request's body, read as it comes.

    Raises:
        Invalid: it is not UTF-8, or no lines of text.
    """
    lines = io.TextIOWrapper(request.stream, encoding="utf-8-sig", newline="")
    rows = csv.reader(lines)
    try:
        for number, row in enumerate(rows):
            code = _SEPARATORS.split(row[0])[0].strip() if row else ""
            if code and not (number == 0 and code.lower() in _TOPS):
                yield code
    except (UnicodeDecodeError, csv.Error):
        raise Invalid(say("the file is no text in UTF-8 with a code a line")) from None


def _draft(name: str, body: GivePool) -> PoolDraft:
    if body.expires_at is not None and body.expires_at.tzinfo is None:
        raise Invalid(say("{field} names its offset, such as Z", field="expires_at"))
    return PoolDraft(name, body.low_water, body.expires_at, body.common_code, body.per_contact)


def _describe(session: Session, rows: Sequence[CouponPool]) -> list[PoolShown]:
    counted = pools.count_codes(session, rows)
    uses = list_lookup_uses(session, "coupon_pool") if rows else {}
    now = get_house().clock.now()
    return [
        _describe_pool(row, counted.get(row.id, NONE), uses.get(row.name, []), now) for row in rows
    ]


def _describe_pool(
    pool: CouponPool, counts: Counts, uses: Sequence[LookupUse], now: datetime
) -> PoolShown:
    return PoolShown(
        name=pool.name,
        low_water=pool.low_water,
        expires_at=pool.expires_at,
        common_code=pool.common_code,
        per_contact=pool.per_contact,
        revision=pool.revision,
        created_at=pool.created_at,
        **asdict(counts),
        is_low=counts.left <= pool.low_water,
        is_expired=pool.expires_at is not None and pool.expires_at <= now,
        used_by=[LookupUser(**asdict(use)) for use in uses],
    )


def _describe_code(row: Any) -> CodeShown:
    code = row.CouponCode
    state = "redeemed" if code.redeemed_at else "drawn" if code.drawn_at else "left"
    return CodeShown(
        id=code.id,
        code=code.code,
        state=state,
        is_common=code.is_common,
        drawn_at=code.drawn_at,
        redeemed_at=code.redeemed_at,
        contact=row.contact,
        contact_name=find_name(row.attributes or {}) or row.email or "",
        message=row.message,
    )
