"""The deliverability page: what becomes of letters by domain, the brakes, and the senders' records."""

from datetime import datetime
from typing import Annotated, Final, Literal

from flask import Blueprint, current_app
from pydantic import Field
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from channels.dns_lookup import LookUp, look_up_txt
from engine.accounts import audit
from engine.accounts.permissions import Permission
from engine.messages.feedback import domains, streams
from engine.messages.senders import checked_domains as senders
from engine.messages.senders.from_whom import list_registered
from engine.messages.senders.sender_domain import CheckKind, CheckState
from engine.models.feedback import IS_BOUNCE, FeedbackSource, Saying
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.senders import check_senders, list_senders
from server.wiring import House, get_house

LOOK_UP: Final = "sojourn.look_up"
"""Under which name an application keeps how names are looked up; tests put their own there."""
MOST_REFUSALS: Final = 20

blueprint = Blueprint("deliverability", __name__, url_prefix="/api/v1/deliverability")


class DomainShown(Answer):
    """What became of the letters to one domain; "" stands for all of them together."""

    domain: str
    sent: int
    delivered: int
    hard: int
    soft: int
    policy: int
    complained: int


class MarketingShown(Answer):
    """How marketing over e-mail stands: of the last letters so many came back, or were called spam."""

    sends: int
    bounces: int
    complaints: int
    held_at: datetime | None
    why: Literal["bounces", "complaints"] | None


class RefusalShown(Answer):
    """A letter that came back, in the words of its provider."""

    id: int
    at: datetime
    domain: str
    bounce: Literal["hard", "soft", "policy"]
    code: str | None
    words: str


class SourceShown(Answer):
    """An account that may tell us of letters; `heard_at` is null until it has."""

    account: str
    provider: str
    heard_at: datetime | None
    taken: int
    strays: Annotated[int, Field(description="Sayings of messages that we do not know.")]
    conflicts: int


class CheckShown(Answer):
    """One record of a sender's domain; `wanted` is empty where only the carrier knows it."""

    kind: CheckKind
    state: CheckState
    name: str
    found: list[str]
    wanted: str


class SenderShown(Answer):
    """A domain that letters come from; `checked_at` is null until somebody has asked."""

    domain: str
    checked_at: datetime | None
    is_aligned: bool | None
    checks: list[CheckShown]


class Senders(Answer):
    """Every domain that letters come from."""

    items: list[SenderShown]


class Deliverability(Answer):
    """All of it."""

    days: int
    total: DomainShown
    domains: list[DomainShown]
    marketing: MarketingShown
    refusals: list[RefusalShown]
    sources: list[SourceShown]
    senders: list[SenderShown]
    hook: Annotated[str, Field(description="Where providers tell of letters, without the account.")]
    bounce_address: str


class Asked(Given):
    """Nothing is asked beyond the address."""


@blueprint.get("")
@requires(Permission.SEE_OPERATIONS)
@endpoint(tag="operations")
def show() -> Deliverability:
    """Show what became of the letters of the last days, and what hinders them."""
    house = get_house()
    now = house.clock.now()
    with house.database.reading() as session:
        total, *several = [
            DomainShown(
                domain=one.domain,
                sent=one.sent,
                delivered=one.delivered,
                hard=one.hard,
                soft=one.soft,
                policy=one.policy,
                complained=one.complained,
            )
            for one in domains.list_domains(session, now=now)
        ]
        rates = streams.read_marketing(session)
        return Deliverability(
            days=domains.DAYS,
            total=total,
            domains=several,
            marketing=MarketingShown(
                sends=rates.sends,
                bounces=rates.bounces,
                complaints=rates.complaints,
                held_at=rates.held_at,
                why=rates.why.value if rates.why else None,
            ),
            refusals=_list_refusals(session),
            sources=_list_sources(session, house),
            senders=_list_senders(session, house),
            hook=f"{house.settings.base_url}/hooks/feedback/",
            bounce_address=house.settings.bounce_address,
        )


@blueprint.post("/check")
@requires(Permission.PUBLISH)
@endpoint(tag="operations")
def check(body: Asked) -> Senders:
    """Look up the records of every domain that letters come from, and keep what they say."""
    del body
    house = get_house()
    look_up: LookUp = current_app.extensions.get(LOOK_UP, look_up_txt)
    with house.database.reading() as session:
        listed = list_senders(house.settings, _list_addresses(session))
    checked = check_senders(listed, look_up)
    with house.database.transaction() as session:
        senders.keep_checks(session, checked, now=house.clock.now())
    with house.database.reading() as session:
        return Senders(items=_list_senders(session, house))


@blueprint.post("/resume")
@requires(Permission.PUBLISH)
@endpoint(tag="operations")
def resume(body: Asked) -> None:
    """Let marketing over e-mail go on, which a brake held back."""
    del body
    house = get_house()
    with house.database.transaction() as session:
        streams.resume_marketing(session, now=house.clock.now())
        audit.record(
            session,
            actor=get_actor().name,
            action="stream.resumed",
            target="email:marketing",
            now=house.wall.now(),
        )


def _list_refusals(session: Session) -> list[RefusalShown]:
    rows = session.scalars(
        select(Saying).where(text(IS_BOUNCE)).order_by(Saying.id.desc()).limit(MOST_REFUSALS)
    )
    return [
        RefusalShown(
            id=row.id,
            at=row.occurred_at,
            domain=row.domain,
            bounce=row.bounce or "soft",  # type: ignore[arg-type]
            code=row.code,
            words=row.words,
        )
        for row in rows
    ]


def _list_sources(session: Session, house: House) -> list[SourceShown]:
    """Return the accounts that may speak, and those that once did."""
    heard = {row.account: row for row in session.scalars(select(FeedbackSource))}
    known = {
        name: provider for name, (provider, _) in house.settings.list_feedback_accounts().items()
    }
    shown = []
    for account in sorted({*known, *heard}):
        row = heard.get(account)
        shown.append(
            SourceShown(
                account=account,
                provider=known.get(account, ""),
                heard_at=row.heard_at if row else None,
                taken=row.taken if row else 0,
                strays=row.strays if row else 0,
                conflicts=row.conflicts if row else 0,
            )
        )
    return shown


def _list_addresses(session: Session) -> list[str]:
    return [row.address for row in list_registered(session)]


def _list_senders(session: Session, house: House) -> list[SenderShown]:
    rows = senders.load_checks(session)
    shown = []
    for sender in list_senders(house.settings, _list_addresses(session)):
        row = rows.get(sender.domain)
        shown.append(
            SenderShown(
                domain=sender.domain,
                checked_at=row.checked_at if row else None,
                is_aligned=row.is_aligned if row else None,
                checks=[CheckShown(**one) for one in row.checks] if row else [],
            )
        )
    return shown
