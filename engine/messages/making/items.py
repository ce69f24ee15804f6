"""Makes what is handed over of claimed messages: renders letters and texts, builds calls.

Touches no database and no network; rendering happens in killable children.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

import orjson

from channels.base import Attachment, Call, EmailAddress, Letter, Push, Text
from channels.email.header_gates import encode_address, parse_mailbox
from channels.email.list_headers import build_list_headers
from channels.sms.gate import clean_body
from channels.webhook.headers import MOST_HOPS
from engine.contacts.addresses import fold
from engine.ids import derive_digest
from engine.language.say import say
from engine.messages.compose.compile_template import CompiledTemplate
from engine.messages.compose.letter import load_compiled
from engine.messages.compose.push import BrokenPush, read_push
from engine.messages.compose.render_pool import FailureReason, Rendered, RenderFailed, RenderPool
from engine.messages.links import (
    build_click_prefix,
    build_confirm_url,
    build_open_url,
    build_preferences_url,
    build_unsubscribe_url,
    build_view_url,
)
from engine.messages.lookups.asking import Resolve, render_answered, resolve_nothing
from engine.messages.making.push import build_content, build_push, list_links
from engine.messages.parcels import ANSWER, Content, Parcel, Problem
from engine.messages.senders.from_whom import OwnSenders, choose_sender, read_mailbox
from engine.messages.senders.return_paths import build_return_path
from engine.messages.states import FailReason

LONGEST_ID: Final = 200
"""Characters of an id in a header (channels.email.header_gates)."""
_SHORTEST_SENDER: Final = 5
_LONGEST_SENDER: Final = 15
_NO_NAME: Final = re.compile(r"[^A-Za-z0-9._-]")
_POISON: Final = (FailureReason.CRASH, FailureReason.TIMEOUT, FailureReason.MEMORY)


OFFERED: Final = (
    "base_url",
    "confirm_url",
    "contact.*",
    "context.*",
    "data.*",
    "preferences_url",
    "sender.*",
    "trigger.*",
    "unsubscribe_url",
    "view_in_browser_url",
)
"""What every letter may read, beside the values that its node gives."""


@dataclass(frozen=True, slots=True)
class Made:
    """A parcel with what is handed over for it.

    Attributes:
        targets: where its followed links lead that differ by contact, by their key.
    """

    parcel: Parcel
    item: Letter | Text | Push | Call
    content: Content
    targets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """What making needs besides the parcels.

    Attributes:
        sender: from whom letters come, `Name <address>`.
        postal_address: where post reaches the sender; may be empty.
        secret: signs the links.
        bounce_address: whose variations letters come back to; "": to the sender.
        bounce_secret: signs those.
        tracking_url: what followed links begin with; empty: as `base_url`.
        resolve: answers what letters look up.
        push_key: secret of the key pair by which push services know us.
        tracks: what is followed: clicks, opens; transactional: in such letters, too.
        marketing_sender: from whom marketing comes; "": as `sender`.
        reply_to: where answers go; "": to the sender.
        sender_domains: at which senders may be registered.
    """

    pool: RenderPool
    base_url: str
    sender: str
    postal_address: str
    secret: bytes
    bounce_address: str = ""
    bounce_secret: bytes = b""
    tracking_url: str = ""
    tracks: frozenset[str] = frozenset()
    push_key: bytes = b""
    marketing_sender: str = ""
    reply_to: str = ""
    sender_domains: frozenset[str] = frozenset()
    resolve: Resolve = resolve_nothing

    def render(
        self,
        template: CompiledTemplate,
        parcels: Sequence[Parcel],
        contexts: Sequence[Mapping[str, Any]],
        *,
        lenient: bool = False,
    ) -> list[Rendered | RenderFailed]:
        """Return what comes of each parcel's context, in order, with what it looks up."""
        return render_answered(
            template, parcels, contexts, pool=self.pool, resolve=self.resolve, lenient=lenient
        )

    @property
    def own_senders(self) -> OwnSenders:
        """Who is set for the instance."""
        return OwnSenders(self.sender, self.marketing_sender, self.reply_to, self.sender_domains)

    def follows(self, what: str, parcel: Parcel) -> bool:
        """Return whether clicks, or opens, of this letter are followed.

        Of transactional ones those are whose journey asks what becomes of them.
        """
        if parcel.channel not in ("email", "push") or what not in self.tracks:
            return False
        if parcel.message_class == "marketing" or "transactional" in self.tracks:
            return True
        return bool((parcel.settings.get("gates") or {}).get("asked"))


def make_items(parcels: Sequence[Parcel], desk: Desk) -> list[Made | tuple[Parcel, Problem]]:
    """Return, for each parcel in order, what is handed over, or why it cannot be made."""
    calls = [parcel for parcel in parcels if parcel.channel == "webhook"]
    made = {parcel.id: _build_call(parcel) for parcel in calls}
    made |= {parcel.id: _build_answer(parcel) for parcel in parcels if ANSWER in parcel.settings}
    by_words: dict[tuple[int | None, str | None], list[Parcel]] = defaultdict(list)
    for parcel in parcels:
        if None in parcel.attachments:
            words = say("a file that is to go with the letter is not there (any more)")
            made[parcel.id] = parcel, Problem(FailReason.RENDER, words)
        if parcel.id not in made:
            by_words[parcel.template_version_id, parcel.variant].append(parcel)
    for (version, _), several in by_words.items():
        if version is None:
            for parcel in several:
                words = say("there is no template {template!r}", template=parcel.template)
                made[parcel.id] = parcel, Problem(FailReason.NO_TEMPLATE, words)
        else:
            made |= _render(several, desk)
    return [made[parcel.id] for parcel in parcels]


def _render(parcels: Sequence[Parcel], desk: Desk) -> dict[int, Made | tuple[Parcel, Problem]]:
    template = load_compiled(parcels[0].compiled or {})
    contexts = [build_context(parcel, desk) for parcel in parcels]
    results = desk.render(template, parcels, contexts)
    made: dict[int, Made | tuple[Parcel, Problem]] = {}
    for parcel, result in zip(parcels, results, strict=True):
        match result:
            case RenderFailed(reason, detail, may_pass):
                is_poison = reason in _POISON
                problem = Problem(FailReason.RENDER, detail, is_poison, may_pass=may_pass)
                made[parcel.id] = parcel, problem
            case Rendered() if lack := _find_lack(parcel, result):
                made[parcel.id] = parcel, Problem(FailReason.RENDER, lack)
            case Rendered():
                made[parcel.id] = _build_checked(parcel, result, desk)
    return made


def _find_lack(parcel: Parcel, rendered: Rendered) -> str | None:
    """Return why what came out is nothing to send to anybody (rule 85)."""
    if parcel.channel == "email":
        return None if rendered.subject.strip() else say("the subject came out empty")
    return None if rendered.text.strip() else say("the text came out empty")


def _build_checked(parcel: Parcel, rendered: Rendered, desk: Desk) -> Made | tuple[Parcel, Problem]:
    try:
        return build_item(parcel, rendered, desk)
    except BrokenPush as broken:
        return parcel, Problem(FailReason.RENDER, str(broken))


def build_item(parcel: Parcel, rendered: Rendered, desk: Desk) -> Made:
    """Return the letter, text or push that is handed over for what was rendered. Pure.

    Raises:
        BrokenPush: what was rendered is none.
    """
    if parcel.channel == "email":
        return _build_letter(parcel, rendered, desk)
    if parcel.channel == "push":
        return _build_push(parcel, rendered, desk)
    return _build_text(parcel, rendered)


def build_context(parcel: Parcel, desk: Desk) -> dict[str, Any]:
    """Return what a template reads: `data` also by its own names, then what the engine knows."""
    data: Mapping[str, Any] = parcel.settings.get("data") or {}
    own = read_mailbox(desk.sender)
    chosen = choose_sender(desk.own_senders, parcel.sender, parcel.message_class).sender
    followed = desk.tracking_url or desk.base_url
    return {
        **data,
        "data": data,
        "contact": {name: value for name, value in parcel.contact.items() if value is not None},
        "trigger": parcel.trigger,
        "context": parcel.context,
        "unsubscribe_url": build_unsubscribe_url(desk.base_url, desk.secret, parcel.uid),
        "preferences_url": build_preferences_url(desk.base_url, desk.secret, parcel.uid),
        **_build_confirmation(parcel, desk),
        "view_in_browser_url": build_view_url(desk.base_url, desk.secret, parcel.uid)
        if _names_view(parcel)
        else "",
        "base_url": desk.base_url,
        "sender": {
            "name": own.name or own.address,
            "address": own.address,
            "postal_address": desk.postal_address,
            "from_name": chosen.name or chosen.address,
            "from_address": chosen.address,
        },
        "_open": build_open_url(followed, desk.secret, parcel.uid)
        if desk.follows("opens", parcel)
        else "",
        "_track": build_click_prefix(followed, desk.secret, parcel.uid)
        if desk.follows("clicks", parcel)
        else "",
    }


def _build_confirmation(parcel: Parcel, desk: Desk) -> dict[str, str]:
    """Return the link of a letter that asks whose the address is: bound to where it goes now."""
    gates: Mapping[str, Any] = parcel.settings.get("gates") or {}
    if not gates.get("confirms") or not parcel.address:
        return {}
    address = fold("email", parcel.address)
    return {"confirm_url": build_confirm_url(desk.base_url, desk.secret, parcel.uid, address)}


def _names_view(parcel: Parcel) -> bool:
    """Return whether the template shows the link: few do, and signing costs something."""
    read = (parcel.compiled or {}).get("variables") or ()
    return any(one["path"] == "view_in_browser_url" for one in read)


def _build_letter(parcel: Parcel, rendered: Rendered, desk: Desk) -> Made:
    chosen = choose_sender(desk.own_senders, parcel.sender, parcel.message_class)
    sender = EmailAddress(chosen.sender.address, rendered.sender_name or chosen.sender.name)
    files = tuple(one for one in parcel.attachments if isinstance(one, Attachment))
    headers: tuple[tuple[str, str], ...] = ()
    feedback_id = build_feedback_id(parcel, sender.address)
    if parcel.message_class == "transactional":
        headers = build_list_headers(feedback_id=feedback_id)
    else:
        url = build_unsubscribe_url(desk.base_url, desk.secret, parcel.uid)
        one_click = url if url.startswith("https://") else None  # RFC 8058 asks for https
        headers = build_list_headers(
            unsubscribe_url=one_click,
            list_id=build_list_id(parcel.topic, sender.address),
            feedback_id=feedback_id,
        )
    letter = Letter(
        id=parcel.uid,
        sender=sender,
        recipient=EmailAddress(parcel.address or ""),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        headers=headers,
        reply_to=chosen.reply_to,
        attachments=files,
        envelope_sender=build_return_path(desk.bounce_address, desk.bounce_secret, parcel.uid)
        if desk.bounce_address
        else "",
    )
    content = Content(
        sender=f"{sender.name} <{sender.address}>" if sender.name else sender.address,
        recipient=parcel.address or "",
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        headers=headers
        if chosen.reply_to is None
        else (("Reply-To", chosen.reply_to.address), *headers),
        files=tuple(one.name for one in files),
    )
    return Made(parcel, letter, content, rendered.link_targets)


def build_list_id(topic: str | None, sender: str) -> str | None:
    """Return what names the list of a topic, such as `newsletter.shop.example` (RFC 2919); None: no topic."""
    if not topic:
        return None
    name = f"{_NO_NAME.sub('-', topic)}.{_read_domain(sender)}"
    return name if len(name) <= LONGEST_ID else None


def build_feedback_id(parcel: Parcel, sender: str) -> str:
    """Return by what Gmail's figures of complaints are told apart: journey, template, class, sender.

    Google's format: up to three names of ours, and last the sender, which stays the same and has 5 to
    15 characters. Nothing in it tells of the contact.
    Source: https://support.google.com/mail/answer/6254652.
    """
    journey = "-" if parcel.journey_id is None else f"j{parcel.journey_id}"
    template = _NO_NAME.sub("-", parcel.template or "-")[:60]
    return f"{journey}:{template}:{parcel.message_class}:{_name_sender(_read_domain(sender))}"


@lru_cache(maxsize=100)
def _name_sender(domain: str) -> str:
    """Return a domain, or what it begins with and a digest of it, where it is too short or long."""
    if _SHORTEST_SENDER <= len(domain) <= _LONGEST_SENDER:
        return domain
    return f"{domain[:6].rstrip('.-')}-{derive_digest(domain).hex()[:8]}"


@lru_cache(maxsize=100)
def _read_domain(address: str) -> str:
    return encode_address(address).rpartition("@")[2]


def _build_push(parcel: Parcel, rendered: Rendered, desk: Desk) -> Made:
    words = read_push(rendered.subject, rendered.text.decode())
    followed, targets = "", {}
    if desk.follows("clicks", parcel):
        followed = build_click_prefix(desk.tracking_url or desk.base_url, desk.secret, parcel.uid)
        targets = dict(list_links(parcel, words))
    sender = parse_mailbox(desk.sender).address
    push = build_push(
        parcel, words, key=desk.push_key, subject=f"mailto:{sender}", followed=followed
    )
    return Made(parcel, push, build_content(parcel, words), targets)


def _build_text(parcel: Parcel, rendered: Rendered) -> Made:
    return _write_text(parcel, rendered.text.decode().strip())


def _write_text(parcel: Parcel, written: str) -> Made:
    body = clean_body(written).strip()
    text = Text(id=parcel.uid, sender="", recipient=parcel.address or "", body=body)
    return Made(parcel, text, Content("", parcel.address or "", text=body.encode()))


def _build_answer(parcel: Parcel) -> Made:
    """Return an answer to STOP, START or HELP, whose words stand in its row."""
    return _write_text(parcel, str(parcel.settings[ANSWER]))


def _build_call(parcel: Parcel) -> Made | tuple[Parcel, Problem]:
    asked: Mapping[str, Any] = parcel.settings.get("data") or {}
    if parcel.hops >= MOST_HOPS:
        words = say(
            "a loop: the event behind this call came through {hops} calls already",
            hops=parcel.hops,
        )
        return parcel, Problem(FailReason.REFUSED, words)
    key, url, secret, old_secret = asked.get("endpoint"), asked.get("url"), "", ""
    headers: dict[str, str] = dict(asked.get("headers") or {})
    if key is not None:
        if parcel.endpoint is None:
            problem = Problem(FailReason.NO_ENDPOINT, f"there is no endpoint {key!r}")
            return parcel, problem
        url, secret = parcel.endpoint["url"], parcel.endpoint["secret"]
        old_secret = parcel.endpoint["old_secret"]
        own = {name.lower() for name in parcel.endpoint["headers"]}
        headers = {name: value for name, value in headers.items() if name.lower() not in own}
        headers |= parcel.endpoint["headers"]
    body = b"" if asked.get("body") is None else orjson.dumps(asked["body"])
    if body and not any(name.lower() == "content-type" for name in headers):
        headers["content-type"] = "application/json"
    call = Call(
        id=parcel.uid,
        method=str(asked.get("method") or "POST"),
        url=url,
        headers=tuple(headers.items()),
        body=body,
        secret=secret,
        old_secret=old_secret,
        hops=parcel.hops + 1,
        timeout=timedelta(seconds=float(asked.get("timeout") or 10)),
    )
    content = Content("", url or f"endpoint {key}", subject=call.method, text=body)
    return Made(parcel, call, content)
