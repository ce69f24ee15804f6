"""Makes the notification that is handed over for a push. Pure."""

from datetime import timedelta
from typing import Any, Final

import orjson

from channels.base import Push
from engine.messages.compose.push import PushWords
from engine.messages.parcels import Content, Parcel

LIFE: Final = timedelta(days=3)
"""So long push services keep a push for a device that is off, unless its journey lets it expire."""
SHORTEST_LIFE: Final = timedelta(minutes=1)


def build_push(
    parcel: Parcel, words: PushWords, *, key: bytes, subject: str, followed: str
) -> Push:
    """Return the notification for every device of the contact.

    Args:
        parcel: the message.
        words: what it says.
        key: secret of the instance's key pair.
        subject: whom push services write to.
        followed: what its followed links begin with; empty: none is followed.
    """
    return Push(
        id=parcel.uid,
        subscriptions=parcel.devices,
        payload=orjson.dumps(_write_payload(parcel, words, followed)),
        key=key,
        subject=subject,
        life=_find_life(parcel),
        is_urgent=parcel.message_class == "transactional",
        collapse=words.tag or parcel.uid.hex,
    )


def build_content(parcel: Parcel, words: PushWords) -> Content:
    """Return what is kept of it: the body as its text, the rest as headers."""
    headers = [
        ("url", words.url),
        ("icon", words.icon),
        ("image", words.image),
        ("tag", words.tag),
        *(("action", f"{one.label} -> {one.url}") for one in words.actions),
        ("devices", str(len(parcel.devices))),
    ]
    return Content(
        sender="",
        recipient=str(parcel.contact.get("email") or parcel.contact.get("id") or ""),
        subject=words.title,
        text=words.body.encode(),
        headers=tuple((name, value) for name, value in headers if value),
    )


def list_links(parcel: Parcel, words: PushWords) -> list[tuple[str, str]]:
    """Return the followed links of a push, each by its key: as they were compiled, in their order."""
    targets = [target for target in (words.url, *(one.url for one in words.actions)) if target]
    links = (parcel.compiled or {}).get("links") or ()
    if len(links) != len(targets):  # a link of the product's own is never followed
        return []
    return [(one["id"], target) for one, target in zip(links, targets, strict=True)]


def _write_payload(parcel: Parcel, words: PushWords, followed: str) -> dict[str, Any]:
    clicks = {target: f"{followed}/{key}" for key, target in list_links(parcel, words)}
    if not followed:
        clicks = {}
    payload: dict[str, Any] = {
        "title": words.title,
        "body": words.body,
        "icon": words.icon,
        "image": words.image,
        "tag": words.tag or parcel.uid.hex,
        "url": words.url,
        "click": clicks.get(words.url, ""),
        "actions": [
            {"title": one.label, "url": one.url, "click": clicks.get(one.url, "")}
            for one in words.actions
        ],
    }
    return {name: value for name, value in payload.items() if value}


def _find_life(parcel: Parcel) -> timedelta:
    if parcel.expires_at is None:
        return LIFE
    return max(parcel.expires_at - parcel.created_at, SHORTEST_LIFE)
