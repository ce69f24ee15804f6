"""Letters, texts and pushes by which colleagues try a template on themselves.

They are no messages: no journey, cap, consent or figure knows of them, and nothing in them acts on
anybody's choice, since their links name no message.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, defer

from channels.base import Letter, Push, Receipt, Subscription, Text, Verdict
from engine.contacts.addresses import find_email, find_phone
from engine.contacts.push_devices import NOWHERE, load_reach, note_told
from engine.contacts.suppression import find_suppressed
from engine.errors import Invalid, NotFound, TooMuch
from engine.ids import new_id
from engine.language.say import say
from engine.messages.compose.compile_template import CompiledTemplate
from engine.messages.compose.push import BrokenPush
from engine.messages.compose.render_pool import RenderFailed
from engine.messages.library.templates import TemplateChannel
from engine.messages.making.items import Desk, build_item
from engine.messages.making.previewing import Reader, build_parcel, render_for
from engine.messages.parcels import Content
from engine.models.message import TestLetter

MARK: Final = "[Test] "
KEPT: Final = timedelta(days=7)
MOST_AN_HOUR: Final = 30
"""So many somebody may send within an hour."""
LISTED: Final = 200


@dataclass(frozen=True, slots=True)
class Made:
    """A letter, text or push, ready to be handed over.

    Attributes:
        problem: why the real one would not be made for this reader; None: it would.
    """

    uid: UUID
    item: Letter | Text | Push
    content: Content
    problem: str | None


def make_test(
    channel: TemplateChannel, compiled: CompiledTemplate, reader: Reader, desk: Desk, *, to: str
) -> Made:
    """Return the letter or text as this reader would get it, marked as a test. Touches no database.

    Args:
        channel: e-mail or SMS; of a push see `make_test_push`.
        compiled: its words.
        reader: for whom it is made up.
        desk: what making needs.
        to: the address it goes to.

    Raises:
        Invalid: `to` is no address, or even without the missing values nothing comes of it.
    """
    address = find_email(to) if channel == "email" else find_phone(to.strip())
    if address is None:
        what = say("an e-mail address" if channel == "email" else "a number with its country code")
        raise Invalid(say("to: give {what}", what=what))
    parcel = build_parcel(channel, reader, uid=new_id(), address=address)
    rendered, problem = render_for(compiled, parcel, desk)
    if isinstance(rendered, RenderFailed):
        raise Invalid(rendered.detail)
    made = build_item(parcel, rendered, desk)
    match made.item:
        case Letter() as letter:
            subject = MARK + letter.subject
            item: Letter | Text | Push = replace(letter, subject=subject)
            content = replace(made.content, subject=subject)
        case Text() as text:
            item = replace(text, body=MARK + text.body)
            content = replace(made.content, text=item.body.encode())
        case other:
            raise TypeError(other)
    return Made(parcel.uid, item, content, problem)


def make_test_push(
    compiled: CompiledTemplate, reader: Reader, desk: Desk, *, devices: tuple[Subscription, ...]
) -> Made:
    """Return the push for the reader's own devices, marked as a test. Touches no database.

    Raises:
        Invalid: even without the missing values nothing comes of it.
    """
    parcel = replace(build_parcel("push", reader, uid=new_id()), devices=devices)
    rendered, problem = render_for(compiled, parcel, desk)
    if isinstance(rendered, RenderFailed):
        raise Invalid(rendered.detail)
    marked = replace(rendered, subject=MARK + rendered.subject)
    try:
        made = build_item(parcel, marked, replace(desk, tracks=frozenset()))
    except BrokenPush as broken:
        raise Invalid(str(broken)) from broken
    if not isinstance(made.item, Push):
        raise TypeError(made.item)
    return Made(parcel.uid, made.item, made.content, problem)


def load_devices(session: Session, contact_id: int) -> tuple[Subscription, ...]:
    """Return the devices of a contact that may be written to.

    Raises:
        Invalid: there are none, or none of which it is sure whose they are.
    """
    reach = load_reach(session, [contact_id]).get(contact_id, NOWHERE)
    if not reach.devices:
        unsure = say("nobody has vouched for whose the browsers of this contact are")
        raise Invalid(
            unsure if reach.has_unsure else say("this contact has no browser that takes pushes")
        )
    return reach.devices


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends what, by whom.

    Attributes:
        template: key of what it is a test of; None: of none that is saved.
        contact_id: for whom it is made up, if for a real person.
        by: as the audit names callers.
        keeps: its content is kept as well.
    """

    channel: TemplateChannel
    template: str | None
    contact_id: int | None
    by: str
    provider: str
    keeps: bool


def begin_test(
    session: Session, made: Made, sending: Sending, *, now: datetime, wall: datetime
) -> None:
    """Write down a test that is about to be handed over; forget those of more than some days ago.

    Args:
        session: of a transaction.
        made: what is handed over.
        sending: who sends it, by whom.
        now: by the product's clock.
        wall: by the machine's, by which it is counted how many somebody sends.

    Raises:
        TooMuch: who sends it has sent too many.
        Invalid: the address is never written to.
    """
    prune(session, wall=wall)
    hour = timedelta(hours=1)
    count, first = session.execute(
        select(func.count(), func.min(TestLetter.created_at)).where(
            TestLetter.by == sending.by, TestLetter.created_at > wall - hour
        )
    ).one()
    if count >= MOST_AN_HOUR:
        msg = say(
            "{most_an_hour} tests within an hour are enough; wait a while",
            most_an_hour=MOST_AN_HOUR,
        )
        raise TooMuch(msg, retry_after=first + hour - wall)
    content = made.content
    if sending.channel != "push" and find_suppressed(
        session, {(sending.channel, content.recipient)}
    ):
        raise Invalid(say("this address is on the suppression list, so nothing is sent to it"))
    session.add(
        TestLetter(
            uid=made.uid,
            channel=sending.channel,
            template=sending.template,
            contact_id=sending.contact_id,
            by=sending.by,
            sent_at=now,
            created_at=wall,
            provider=sending.provider,
            sender=content.sender[:320],
            recipient=content.recipient[:2000],
            subject=content.subject[:998],
            text=zlib.compress(content.text) if sending.keeps else None,
            html=zlib.compress(content.html)
            if sending.keeps and content.html is not None
            else None,
            headers=[list(header) for header in content.headers],
            files=list(content.files) or None,
        )
    )


def end_test(session: Session, uid: UUID, receipt: Receipt, *, now: datetime) -> None:
    """Write down what the provider said, of a push also of which devices."""
    note_told(session, receipt.devices, now=now)
    session.execute(
        update(TestLetter)
        .where(TestLetter.uid == uid)
        .values(
            verdict=receipt.verdict.value,
            provider_id=receipt.provider_id,
            details=say_receipt(receipt),
        )
    )


def say_receipt(receipt: Receipt) -> str | None:
    """Return the provider's words; None if it said none. Pure."""
    return " ".join(part for part in (receipt.code, receipt.text) if part)[:2000] or None


def list_tests(
    session: Session,
    provider: str,
    *,
    channel: str | None,
    since: datetime | None,
    until: datetime | None,
) -> Sequence[TestLetter]:
    """Return the tests that a provider took between two instants, the newest first, without HTML."""
    asked = (
        select(TestLetter)
        .options(defer(TestLetter.text), defer(TestLetter.html))
        .where(TestLetter.provider == provider, TestLetter.verdict == Verdict.ACCEPTED.value)
        .order_by(TestLetter.id.desc())
        .limit(LISTED)
    )
    if channel is not None:
        asked = asked.where(TestLetter.channel == channel)
    if since is not None:
        asked = asked.where(TestLetter.sent_at >= since)
    if until is not None:
        asked = asked.where(TestLetter.sent_at < until)
    return session.scalars(asked).all()


def get_test(session: Session, id_: int, provider: str) -> TestLetter:
    """Return one test.

    Raises:
        NotFound: there is none, or none any more.
    """
    row = session.get(TestLetter, id_)
    if row is None or row.provider != provider:
        raise NotFound(say("there is no such test, or it is no longer kept"))
    return row


def prune(session: Session, *, wall: datetime) -> None:
    """Forget the tests of more than some days ago."""
    session.execute(delete(TestLetter).where(TestLetter.created_at < wall - KEPT))
