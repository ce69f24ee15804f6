"""Tells chats, through Apprise (https://github.com/caronc/apprise), which speaks to each of them.

Apprise makes its own requests. So it is given addresses of chats alone, of which the operator's
setting is the only source; a host that such an address names is looked up and judged as that of a
webhook is; and it follows no redirection.
"""

import re
import socket
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from channels.base import BadAddress, Receipt, Verdict
from channels.chat.targets import OWN_HOST, SECURE, Chat
from channels.target import TargetRefused
from channels.webhook.guard import Guard

LONGEST: Final = 2_000
"""Characters of what is told; the rest is cut."""
_CONNECT_SECONDS: Final = 5.0
_READ_SECONDS: Final = 10.0
_BROKEN: Final = (
    ArithmeticError,
    AttributeError,
    ImportError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What one of Apprise's plugins may raise over an address or an answer that it did not expect."""
_EVERYBODY: Final = re.compile(r"@(?=everyone|here|channel|all|room)", re.IGNORECASE)


class Chats:
    """The chats of an instance.

    Args:
        chats: by name.
        guard: judges the hosts that addresses name.
    """

    def __init__(self, chats: Mapping[str, Chat], guard: Guard) -> None:
        self._chats = chats
        self._guard = guard

    @property
    def names(self) -> tuple[str, ...]:
        """What may be told, by name."""
        return tuple(self._chats)

    def tell(self, name: str, words: str) -> Receipt:
        """Tell a chat; nothing is raised, and no address shown."""
        chat = self._chats.get(name)
        if chat is None:
            return Receipt(Verdict.PERMANENT, code="no_chat", text="there is no such chat")
        try:
            made = _open(chat)
            self._check_host(chat, made)
            told = made.notify(body=quieten(words))
        except (TargetRefused, BadAddress) as refused:
            return Receipt(Verdict.PERMANENT, code="refused", text=str(refused))
        except _BROKEN as failure:
            return Receipt(Verdict.TEMPORARY, code=type(failure).__name__)
        if told:
            return Receipt(Verdict.ACCEPTED)
        return Receipt(Verdict.TEMPORARY, code="not_taken", text="the chat did not take it")

    def close(self) -> None:
        """Do nothing: no connection is kept."""

    def _check_host(self, chat: Chat, made: Any) -> None:
        """Judge where an address leads.

        Args:
            chat: names it.
            made: Apprise's object, which knows how it reads the address.

        Raises:
            TargetRefused: to where nothing may be sent.
            OSError: its name leads nowhere now.
        """
        if chat.scheme not in OWN_HOST:
            return
        parts = urlsplit(chat.url)
        host = parts.hostname or ""
        if chat.scheme.startswith("ntfy") and made.mode == "cloud":
            return  # ntfy://TOPIC is at ntfy.sh; its query may say otherwise
        port = parts.port or (443 if chat.scheme in SECURE or "workflow" in chat.scheme else 80)
        for address in _look_up(host, port):
            self._guard.check_address(address, port)


def quieten(words: str) -> str:
    """Return words in which no value of a contact calls everybody of a chat, or is a link's tag."""
    plain = words[:LONGEST].replace("<", "\u2039").replace(">", "\u203a")
    return _EVERYBODY.sub("@\u200b", plain)


def _look_up(host: str, port: int) -> set[str]:
    try:
        return {str(ip_address(host))}
    except ValueError:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return {str(one[4][0]) for one in found}


def _open(chat: Chat) -> Any:
    """Return Apprise's object of an address.

    Raises:
        BadAddress: Apprise is not installed, or cannot read the address.
    """
    try:
        from apprise import Apprise  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise BadAddress("chats need the extra: pip install 'sojourn[notify]'") from None
    made = Apprise.instantiate(chat.url, suppress_exceptions=True)
    if made is None:
        raise BadAddress(f"{chat.name}: the address is none of {chat.scheme}:")
    made.socket_connect_timeout = _CONNECT_SECONDS
    made.socket_read_timeout = _READ_SECONDS
    made.redirects = False
    return made
