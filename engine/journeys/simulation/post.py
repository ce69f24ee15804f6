"""What becomes of messages in a simulation: the engine's own gates, and what is assumed. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from engine.decision import CallWebhook, SendMessage
from engine.events.arrivals import MESSAGE_RECEIVED
from engine.journeys.deciding.intents import write_gates
from engine.journeys.simulation.given import Given, Mark, Marked, Received, Recorded, What
from engine.journeys.simulation.persona import Persona
from engine.journeys.simulation.setting import NOTHING_ASSUMED, USUAL_PAUSE, Assumed, Setting
from engine.journeys.simulation.stay import Intended, Stay
from engine.messages.gates.limits import LETTERS, Allowances, Bid, Capped, Use, read_bid_gates
from engine.messages.gates.policy import (
    REPEATS_WITHIN,
    Defer,
    Send,
    Skip,
    Standing,
    judge,
    read_quiet,
)
from engine.messages.states import (
    SETTLED_EVENT,
    FailReason,
    MessageState,
    Settled,
    SkipReason,
)
from engine.when.zones import resolve_zone

WORDS: Final = {"email": "Email", "sms": "SMS", "push": "Push"}
FATES: Final = {
    "delivered": "Delivered",
    "opened": "Opened",
    "clicked": "Link Clicked",
    "bounced": "Bounced",
    "replied": "Replied",
}
ANSWERED_WELL: Final = range(200, 300)


def write_message(
    stay: Stay,
    node: str,
    visit: int,
    effect: SendMessage,
    *,
    arms: Mapping[str, str],
    now: datetime,
) -> Intended:
    """Return the message of an intent, due now.

    Args:
        arms: that the contact holds, its group in this journey among them.
    """
    return Intended(
        stay=stay,
        node=node,
        visit=visit,
        channel=effect.channel,
        created_at=now,
        due_at=now,
        template=effect.template,
        topic=effect.topic or None,
        message_class=effect.message_class,
        data=effect.data,
        gates=write_gates(stay.plan, arms, effect),
        waits=effect.waits,
        exits_on_error=effect.exits_on_error,
        tried=effect.tried,
        expires_at=effect.expires_at,
    )


def write_call(
    stay: Stay, node: str, visit: int, effect: CallWebhook, *, now: datetime
) -> Intended:
    """Return the call of an intent, due now."""
    return Intended(
        stay=stay,
        node=node,
        visit=visit,
        channel="webhook",
        created_at=now,
        due_at=now,
        data={"method": effect.method, "to": effect.endpoint or effect.url, "body": effect.body},
        waits=True,
    )


def hand_over(
    setting: Setting,
    persona: Persona,
    message: Intended,
    others: Sequence[Intended],
    *,
    now: datetime,
) -> None:
    """Ask the gates, and let become of the message what they say, and what is assumed.

    Args:
        setting: of the simulation.
        persona: whom it is for.
        message: due now.
        others: all messages to this contact.
        now: the present instant.
    """
    bid = _bid(persona, message, 0, setting)
    gone = _list_gone(setting, persona, message, bid, others)
    standing = replace(
        _build_standing(setting, persona, message, bid),
        repeats=_count_repeats(persona, message, others, now),
        already_sent=_is_repeated(persona, bid, gone),
        capped=_find_capped(setting, persona, bid, gone, now=now),
    )
    match judge(standing, now=now):
        case Defer(until, SkipReason.CAPPED):
            message.held_since = message.held_since or now
            message.due_at = until
        case Defer(until):
            message.due_at = until
        case Skip(reason):
            ended = reason is SkipReason.JOURNEY_ENDED
            state = MessageState.CANCELLED if ended else MessageState.SKIPPED
            message.settle(state, reason, now=now)
            if message.waits:
                persona.expect([_tell(message, Settled.SKIPPED, now=now)])
        case Send():
            _send(persona, message, setting.assumed.get(message.node, NOTHING_ASSUMED), now=now)


def tell_of(
    persona: Persona, list_messages: Callable[[], Sequence[Intended]], what: What, *, now: datetime
) -> Sequence[What] | None:
    """Return what a contact is told of: of what becomes of a message, the events of that.

    Args:
        list_messages: to this contact, so far.

    Returns:
        None where no such message has been handed over.
    """
    match what:
        case Marked(node, "replied"):
            return tell_of(persona, list_messages, Received(answers=node), now=now)
        case Marked(node):
            message = _find_sent(list_messages(), node, what.of)
            return None if message is None else [mark(message, what.mark, now=now)]
        case Received(answers=None):
            return receive(persona, what, None, now=now)
        case Received(answers=str(node)):
            message = _find_sent(list_messages(), node, None)
            return None if message is None else receive(persona, what, message, now=now)
        case _:
            return [what]


def mark(message: Intended, what: Mark, *, now: datetime) -> Recorded:
    """Note on a message what became of it; answer the event that tells of it."""
    message.marks.setdefault(what, now)
    return Recorded(
        f"{WORDS[message.channel]} {FATES[what]}",
        {"journey": message.stay.plan.key, "node": message.node, "template": message.template},
        actor="contact" if what == "replied" else "provider",
        channel=message.channel,
    )


def receive(
    persona: Persona, what: Received, answered: Intended | None, *, now: datetime
) -> list[Recorded]:
    """Return the events of a letter or text that comes in; what it answers is marked.

    Args:
        answered: the message of ours that it answers.
    """
    channel = what.channel or (answered.channel if answered is not None else "email")
    said: dict[str, Any] = {
        "channel": channel,
        "from": persona.get_address(channel)[0],
        "text": what.text,
        "subject": what.subject,
    }
    properties = {name: value for name, value in said.items() if value or name == "text"}
    if answered is None:
        return [Recorded(MESSAGE_RECEIVED, properties, actor="contact", channel=channel)]
    properties |= {"node": answered.node, "enrollment_id": answered.stay.number}
    if answered.template is not None:
        properties["template"] = answered.template
    came = Recorded(MESSAGE_RECEIVED, properties, actor="contact", channel=channel)
    return [came, mark(answered, "replied", now=now)]


def _find_sent(
    messages: Sequence[Intended], node: str, of: tuple[int, int] | None
) -> Intended | None:
    """Return a node's latest message, or that of one enrollment and visit; None if none left."""
    found = [
        message
        for message in messages
        if message.node == node
        and message.channel in WORDS
        and message.state is MessageState.SENT
        and of in (None, (message.stay.number, message.visit))
    ]
    return found[-1] if found else None


def _count_repeats(
    persona: Persona, message: Intended, others: Sequence[Intended], now: datetime
) -> int:
    """Return how often the same template went to the contact of late, or goes before this."""
    if message.template is None:
        return 0
    since = now - REPEATS_WITHIN
    alike = [one for one in others if one.template == message.template and one is not message]
    gone = [
        one for one in alike if one.state is MessageState.SENT and (one.settled_at or now) > since
    ]
    before = [one for one in alike if one.is_open and one.created_at < message.created_at]
    past = [one for one in persona.sent.get(message.template, ()) if one.get("sent", since) > since]
    return len(gone) + len(before) + len(past)


def _bid(persona: Persona, message: Intended, id_: int, setting: Setting) -> Bid:
    """Return a message as limits look at it; what is simulated has ids below zero."""
    zone = resolve_zone(contact=persona.dossier.timezone, instance=setting.default_zone).zone
    return Bid(
        id=id_,
        contact_id=persona.contact_id,
        channel=message.channel,
        message_class=message.message_class,
        topic=message.topic,
        came_due=message.created_at,
        zone=zone,
        held_since=message.held_since,
        journey_id=message.stay.plan.journey_id,
        node=message.node,
        template=message.template,
        **read_bid_gates(message.gates),
    )


def _list_gone(
    setting: Setting, persona: Persona, message: Intended, bid: Bid, others: Sequence[Intended]
) -> list[tuple[Bid, datetime]]:
    """Return what has left in the simulation, where it matters to a message."""
    if not setting.limits and bid.once is None:
        return []
    return [
        (_bid(persona, one, -place, setting), one.settled_at or one.due_at)
        for place, one in enumerate(others, start=1)
        if one is not message and one.state is MessageState.SENT
    ]


def _is_repeated(persona: Persona, bid: Bid, gone: Sequence[tuple[Bid, datetime]]) -> bool:
    """Return whether one of its kind has gone; of what went before, templates are known."""
    if bid.once is None:
        return False
    if bid.once == "template" and persona.sent.get(bid.template or ""):
        return True
    scope = bid.name_scope(bid.once)
    return any(other.name_scope(bid.once) == scope for other, _ in gone)


def _find_capped(
    setting: Setting,
    persona: Persona,
    bid: Bid,
    gone: Sequence[tuple[Bid, datetime]],
    *,
    now: datetime,
) -> Capped | None:
    """Return the limit in its way, by what the contact got before and in the simulation."""
    if not setting.limits:
        return None
    uses = [
        Use(other.id, other.channel, other.topic, not other.is_marketing, at)
        for other, at in gone
        if other.channel in LETTERS
    ]
    before = {bid.contact_id: [*persona.uses, *uses]}
    return Allowances(setting.limits, before).find_capped(bid, now=now)


def _build_standing(setting: Setting, persona: Persona, message: Intended, bid: Bid) -> Standing:
    address, is_confirmed = persona.get_address(message.channel)
    zone = message.gates.get("zone")
    return Standing(
        channel=message.channel,
        message_class=message.message_class,
        journey_goes_on=not message.stay.is_recalled,
        contact_exists=True,
        address=address,
        confirmed=is_confirmed,
        choice=persona.consents.get((message.topic or "", message.channel)),
        needs_yes=message.topic not in setting.implied_topics,
        suppressed=message.channel in persona.suppressed,
        holdout=bool(message.gates.get("holdout")),
        quiet=read_quiet(message.gates.get("quiet")),
        zone=resolve_zone(
            contact=persona.dossier.timezone if zone is None else None,
            journey=zone,
            instance=setting.default_zone,
        ).zone,
        expires_at=message.expires_at,
        bid=bid,
    )


def _send(persona: Persona, message: Intended, assumed: Assumed, *, now: datetime) -> None:
    status = assumed.answer.get("status", 200)
    is_taken = assumed.fate != "failed" and status in ANSWERED_WELL
    if not is_taken:
        message.settle(MessageState.FAILED, FailReason.REFUSED, now=now)
        if message.waits or message.exits_on_error:
            persona.expect([_tell(message, Settled.FAILED, now=now)])
        return
    message.settle(MessageState.SENT, "", now=now)
    if message.channel == "webhook":
        later = now if assumed.after is None else now + assumed.after
        answer = {"status": 200, "headers": {}, "body": {}} | dict(assumed.answer)
        persona.expect([_tell(message, Settled.SENT, answer=answer, now=later)])
        return
    message.marks["sent"] = now
    if message.waits:
        persona.expect([_tell(message, Settled.SENT, now=now)])
    persona.expect(_list_marks(message, assumed, now))


def _list_marks(message: Intended, assumed: Assumed, now: datetime) -> list[Given]:
    """Return what follows the hand-over, as it is assumed."""
    later = now + (USUAL_PAUSE if assumed.after is None else assumed.after)
    marks: list[tuple[datetime, Mark]] = []
    match assumed.fate:
        case "sent" | "failed":
            pass
        case "bounced":
            marks = [(later, "bounced")]
        case "delivered":
            marks = [(now, "delivered")]
        case "opened":
            marks = [(now, "delivered"), (later, "opened")]
        case "clicked":
            marks = [(now, "delivered"), (later, "opened"), (later, "clicked")]
    if message.channel == "push":  # of which nothing but clicks is ever known
        marks = [(at, what) for at, what in marks if what == "clicked"]
    of = (message.stay.number, message.visit)
    return [Given(at, Marked(message.node, what, of)) for at, what in marks]


def _tell(
    message: Intended, fate: Settled, *, answer: dict[str, Any] | None = None, now: datetime
) -> Given:
    """Return the event by which the node learns what became of its message."""
    about: dict[str, Any] = {
        "enrollment_id": message.stay.number,
        "node": message.node,
        "visit": message.visit,
        "fate": fate.value,
        "reason": str(message.reason),
        "exits": message.exits_on_error,
        "tried": list(message.tried),
    }
    if answer is not None:
        about["answer"] = answer
    cause_id = message.stay.cause.event_id
    said = Recorded(SETTLED_EVENT, about, channel=message.channel, cause_id=cause_id)
    return Given(now, said)
