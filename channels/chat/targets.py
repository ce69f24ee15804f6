"""Chats that the operator has named: which services there are, and what their addresses may be.

The addresses are Apprise's (https://github.com/caronc/apprise/wiki). Of its many schemes only those
of chats are let through: what calls any URL, runs a program or writes a file is not.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from channels.base import BadAddress

HOSTED: Final = frozenset(
    {"slack", "msteams", "tgram", "discord", "gchat", "wxteams", "webex", "zulip", "pover", "line"}
)
"""Services at addresses of their own: what is written at the host's place is a token."""
OWN_HOST: Final = frozenset(
    {
        "mmost",
        "mmosts",
        "matrix",
        "matrixs",
        "ntfy",
        "ntfys",
        "gotify",
        "gotifys",
        "rocket",
        "rockets",
        "nctalk",
        "nctalks",
        "workflow",
        "workflows",
    }
)
"""Services at a host that the address names: it is judged as a webhook's is."""
SECURE: Final = frozenset({"mmosts", "matrixs", "ntfys", "gotifys", "rockets", "nctalks"})
MOST: Final = 50
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_URL: Final = re.compile(r"(?P<scheme>[a-z]{2,12})://[!-~]{3,1000}")


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat; its address holds a secret, so nothing ever shows it."""

    name: str
    scheme: str
    url: str = field(repr=False)


def read_chats(setting: str) -> dict[str, Chat]:
    """Return the chats of a setting by name: ``ops=slack://… sales=tgram://…``.

    Raises:
        BadAddress: a name or an address cannot be, or a name is given twice. It shows no address.
    """
    chats: dict[str, Chat] = {}
    for part in setting.split():
        name, _, url = part.partition("=")
        found = _URL.fullmatch(url)
        if not _NAME.fullmatch(name):
            raise BadAddress("a chat is written NAME=ADDRESS, the name in small letters and digits")
        if found is None:
            raise BadAddress(f"{name}: an address looks like slack://A/B/C")
        scheme = found["scheme"]
        if scheme not in HOSTED and scheme not in OWN_HOST:
            known = ", ".join(sorted(HOSTED | OWN_HOST))
            raise BadAddress(f"{name}: no chat is reached by {scheme}:; there are {known}")
        if name in chats:
            raise BadAddress(f"{name}: two chats have this name")
        chats[name] = Chat(name, scheme, url)
    if len(chats) > MOST:
        raise BadAddress(f"at most {MOST} chats")
    return chats
