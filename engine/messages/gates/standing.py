"""Loads what the gates look at, for a group of messages at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from engine.contacts.choices import EVERYTHING
from engine.contacts.push_devices import NOWHERE, load_reach
from engine.contacts.sms_opt_outs import find_opt_outs
from engine.contacts.suppression import COMPLAINED, find_reasons
from engine.messages.gates.limits import Bid, read_bid_gates
from engine.messages.gates.policy import (
    INSTANCE_SALT,
    REPEATS_WITHIN,
    Standing,
    is_held_out,
    read_quiet,
)
from engine.messages.parcels import ANSWER
from engine.messages.states import OPEN, MessageState
from engine.models.contact import Consent, Contact, Suppression, Topic
from engine.models.journey import Enrollment
from engine.models.message import Message
from engine.when.zones import resolve_zone

CONFIRMS: Final = "confirms"
"""Set among the gates of a letter that asks whether an address is its reader's."""
_GONE: Final = (MessageState.SENT, MessageState.UNCERTAIN)


_ASKED: Final[Any] = bindparam("ids", expanding=True)
# Both statements are built once: building one costs more than asking it of a group of messages.
_STANDINGS: Final = (
    select(
        Message.id,
        Message.channel,
        Message.message_class,
        Message.topic,
        Message.contact_id,
        Message.data,
        Message.expires_at,
        Message.enrollment_id,
        Message.created_at,
        Message.journey_id,
        Message.node,
        Message.template,
        Contact.email,
        Contact.phone,
        Contact.email_confirmed,
        Contact.phone_confirmed,
        Contact.timezone,
        Contact.erased_at,
        Contact.uid,
        Contact.is_held_out,
        Contact.paused_until,
        Enrollment.is_recalled,
    )
    .join(Contact, Contact.id == Message.contact_id, isouter=True)
    .join(Enrollment, Enrollment.id == Message.enrollment_id, isouter=True)
    .where(Message.id.in_(_ASKED))
)
_OTHER: Final = aliased(Message)
_LEAVING: Final = (_OTHER.state == MessageState.SENDING) & _OTHER.started_at.is_not(None)
_HAS_GONE: Final = _OTHER.state.in_(_GONE) & (_OTHER.started_at > bindparam("since"))
_GOES_BEFORE: Final = _OTHER.state.in_(OPEN) & (_OTHER.id < Message.id)
_REPEATS: Final = (
    select(Message.id, func.count())
    .join(
        _OTHER,
        (_OTHER.template == Message.template)
        & (_OTHER.contact_id == Message.contact_id)
        & (_OTHER.id != Message.id)
        & (_HAS_GONE | _GOES_BEFORE),
    )
    .where(Message.id.in_(_ASKED))
    .group_by(Message.id)
)
_KIN: Final = (
    select(Message.id, _OTHER.journey_id, _OTHER.node, _OTHER.template)
    .join(
        _OTHER,
        (_OTHER.contact_id == Message.contact_id)
        & (_OTHER.id != Message.id)
        & (_OTHER.direction == "out")
        & (_OTHER.state.in_(_GONE) | _LEAVING)
        & (
            (_OTHER.template == Message.template)
            | ((_OTHER.journey_id == Message.journey_id) & (_OTHER.node == Message.node))
        ),
    )
    .where(Message.id.in_(_ASKED))
    .distinct()
)


def load_standings(
    session: Session,
    message_ids: Sequence[int],
    *,
    now: datetime,
    default_zone: str,
    holdout_percent: int,
) -> dict[int, Standing]:
    """Return how each of these messages stands now.

    Args:
        holdout_percent: of all contacts, who get no marketing from any journey.
    """
    rows = session.execute(_STANDINGS, {"ids": list(message_ids)}).all()
    choices = _load_choices(session, rows)
    careful = _load_careful_topics(session, rows)
    pushed = {row.contact_id for row in rows if row.channel == "push"}
    reach = load_reach(session, pushed) if pushed else {}
    addresses: dict[int, Any] = {
        row.id: reach.get(row.contact_id, NOWHERE).address
        if row.channel == "push"
        else row.email
        if row.channel == "email"
        else row.phone
        for row in rows
    }
    suppressed = find_reasons(
        session,
        {
            (row.channel, address)
            for row in rows
            if row.channel != "push" and (address := addresses[row.id]) is not None
        },
    )
    texted = {str(addresses[row.id]) for row in rows if row.channel == "sms" and addresses[row.id]}
    opted_out = find_opt_outs(session, texted)
    repeats = _count_repeats(session, message_ids, now=now)
    bids = {row.id: _build_bid(row, default_zone) for row in rows}
    already_sent = _find_already_sent(session, list(bids.values()))
    standings = {}
    for row in rows:
        gates: dict[str, Any] = row.data.get("gates") or {}
        is_mail, is_push = row.channel == "email", row.channel == "push"
        is_confirmed = row.email_confirmed if is_mail else row.phone_confirmed
        if is_push:
            is_confirmed = bool(reach.get(row.contact_id, NOWHERE).devices)
        standings[row.id] = Standing(
            channel=row.channel,
            message_class=row.message_class,
            journey_goes_on=row.enrollment_id is None or row.is_recalled is False,
            contact_exists=row.email_confirmed is not None and row.erased_at is None,
            address=addresses[row.id],
            # Who wrote to us has the number, and is owed the one answer to STOP, START or HELP; and
            # what asks whose an address is goes to it before anybody has said.
            confirmed=bool(is_confirmed) or ANSWER in row.data or bool(gates.get(CONFIRMS)),
            choice=choices.get((row.contact_id, row.topic, row.channel))
            or choices.get((row.contact_id, EVERYTHING, row.channel)),
            needs_yes=row.topic is None or row.topic in careful,
            suppressed=_is_suppressed(row, suppressed.get((row.channel, addresses[row.id]))),
            opted_out=row.channel == "sms"
            and addresses[row.id] in opted_out
            and ANSWER not in row.data,
            holdout=bool(gates.get("holdout")) or _is_held_out(row, holdout_percent),
            quiet=read_quiet(gates.get("quiet")),
            zone=resolve_zone(
                contact=row.timezone if gates.get("zone") is None else None,
                journey=gates.get("zone"),
                instance=default_zone,
            ).zone,
            expires_at=row.expires_at,
            # Of what goes to a contact only once, those that will not go are no repeats.
            repeats=0 if bids[row.id].once == "template" else repeats.get(row.id, 0),
            already_sent=row.id in already_sent,
            bid=bids[row.id],
            paused=row.paused_until is not None and row.paused_until > now,
        )
    return standings


def _build_bid(row: Any, default_zone: str) -> Bid:
    """Return a message as limits look at it: all of a contact in its own zone, as one calendar."""
    held: dict[str, str] = row.data.get("held") or {}
    return Bid(
        id=row.id,
        contact_id=row.contact_id,
        channel=row.channel,
        message_class=row.message_class,
        topic=row.topic,
        came_due=row.created_at,
        zone=resolve_zone(contact=row.timezone, instance=default_zone).zone,
        held_since=datetime.fromisoformat(held["since"]) if held else None,
        journey_id=row.journey_id,
        node=row.node,
        template=row.template,
        **read_bid_gates(row.data.get("gates") or {}),
    )


def _find_already_sent(session: Session, bids: Sequence[Bid]) -> set[int]:
    """Return those of which only one may go to a contact, and one has gone (rule 84)."""
    asked = {bid.id: bid for bid in bids if bid.once is not None}
    if not asked:
        return set()
    found = set()
    for id_, journey_id, node, template in session.execute(_KIN, {"ids": list(asked)}):
        bid = asked[id_]
        gone = replace(bid, journey_id=journey_id, node=node, template=template)
        if bid.name_scope(bid.once or "") == gone.name_scope(bid.once or ""):
            found.add(id_)
    return found


def _count_repeats(
    session: Session, message_ids: Sequence[int], *, now: datetime
) -> dict[int, int]:
    """Return how often the same template went, or goes before it, to the contact of each message.

    One that waits counts before those that were intended later, so that two workers which look at
    the same moment let no more through than one.
    """
    asked = {"ids": list(message_ids), "since": now - REPEATS_WITHIN}
    return dict(session.execute(_REPEATS, asked).all())


def _is_suppressed(row: Any, found: Suppression | None) -> bool:
    """Return whether nothing of this class goes to the address; a complaint stops marketing alone."""
    if found is None:
        return False
    return row.message_class == "marketing" or found.reason != COMPLAINED


def _is_held_out(row: Any, percent: int) -> bool:
    """Return whether a contact is in the holdout of all journeys, itself or by being joined."""
    is_journeys = row.enrollment_id is not None
    is_in = row.is_held_out or is_held_out(INSTANCE_SALT, str(row.uid), percent)
    return percent > 0 and is_journeys and is_in


def _load_choices(session: Session, rows: Sequence[Any]) -> dict[tuple[int, str | None, str], str]:
    topics = {row.topic for row in rows if row.topic}
    if not topics:
        return {}
    found = session.execute(
        select(Consent.contact_id, Consent.topic, Consent.channel, Consent.choice).where(
            Consent.contact_id.in_({row.contact_id for row in rows}),
            Consent.topic.in_({*topics, EVERYTHING}),
        )
    )
    return {(contact, topic, channel): choice for contact, topic, channel, choice in found}


def _load_careful_topics(session: Session, rows: Sequence[Any]) -> set[str]:
    """Return the topics among them that need an explicit yes; an unknown topic does."""
    topics = {row.topic for row in rows if row.topic}
    if not topics:
        return set()
    implied = session.scalars(
        select(Topic.key).where(Topic.key.in_(topics), Topic.opt_in == "implied")
    )
    return topics - set(implied)
