"""How messages leave this process: providers, rendering children, and who holds the leases."""

import os
import socket
import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final

from channels.accounts import Account, read_accounts
from channels.base import Provider
from channels.chat.telling import Chats
from channels.email.smtp_settings import read_smtp_url
from channels.registry import (
    open_chats,
    open_email,
    open_fetcher,
    open_push,
    open_sms,
    open_webhook_mailbox,
    open_webhooks,
)
from channels.webhook.fetching import HttpFetcher
from engine.config import Settings
from engine.ids import new_id
from engine.messages.compose.render_pool import RenderPool
from server.pacing import Pace

RENDERERS: Final = 2
SMTP: Final = ("smtp", "smtps")
_OPENERS: Final[Mapping[str, Callable[[str], Provider[Any]]]] = {
    "email": open_email,
    "sms": open_sms,
}


def find_server(account: Account) -> tuple[str, int] | None:
    """Return host and port of an account's mail server; None of one without."""
    if account.scheme not in SMTP:
        return None
    settings = read_smtp_url(account.url)
    return settings.host, settings.port


class Outgoing:
    """Opened at first use, so that a web process starts no rendering children.

    Args:
        settings: name the providers.

    Attributes:
        bulk: a place for each thread that may carry marketing.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.RLock()
        self._opened: dict[tuple[str, str], Provider[Any]] = {}
        self._paces: dict[tuple[str, str], Pace] = {}
        # All threads but one may carry marketing: there is always one for what somebody waits for.
        self.bulk = threading.BoundedSemaphore(max(1, settings.worker_threads - 1))
        self.doubtful = threading.Lock()  # held by who calls targets that may be silent

    @cached_property
    def pool(self) -> RenderPool:
        """The children that render templates."""
        with self._lock:
            return RenderPool(RENDERERS)

    @cached_property
    def owner(self) -> str:
        """The name under which this process holds leases."""
        return f"{socket.gethostname()[:20]}:{os.getpid()}:{new_id().hex[-8:]}"

    @cached_property
    def accounts(self) -> Mapping[str, tuple[Account, ...]]:
        """Who carries letters and texts, by channel."""
        return {
            "email": read_accounts(self._settings.email_url),
            "sms": read_accounts(self._settings.sms_url),
            "push": read_accounts(self._settings.push_url),
        }

    def open_account(self, channel: str, account: Account) -> Provider[Any]:
        """Return the provider of an account, opened at its first use."""
        with self._lock:
            key = channel, account.name
            if key not in self._opened:
                self._opened[key] = self._open(channel, account.url)
            return self._opened[key]

    def find_pace(self, channel: str, name: str, rate: float) -> Pace:
        """Return what keeps apart the groups of an account with a rate."""
        with self._lock:
            return self._paces.setdefault((channel, name), Pace(rate))

    def _open(self, channel: str, url: str) -> Provider[Any]:
        settings = self._settings
        if channel == "push":
            return open_push(url, settings.push_services, settings.webhook_allow)
        return _OPENERS[channel](url)

    def find_account(self, channel: str, message_class: str) -> Account:
        """Return the first account that carries this class: what is tried by hand goes by it."""
        return next(one for one in self.accounts[channel] if message_class in one.serves)

    @cached_property
    def webhooks(self) -> Provider[Any]:
        """Who makes calls to endpoints with a URL."""
        return open_webhooks(self._settings.webhook_allow)

    @cached_property
    def fetcher(self) -> HttpFetcher:
        """Who fetches content for letters."""
        with self._lock:
            return open_fetcher(self._settings.webhook_allow)

    @cached_property
    def webhook_mailbox(self) -> Provider[Any]:
        """Who keeps calls to endpoints without one."""
        return open_webhook_mailbox()

    @cached_property
    def chats(self) -> Chats:
        """Who tells chats."""
        return open_chats(self._settings.chat, self._settings.webhook_allow)

    def close(self) -> None:
        """End the children and close idle connections. Repeating it is harmless."""
        for name in ("pool", "webhooks", "fetcher", "webhook_mailbox", "chats"):
            if (opened := self.__dict__.pop(name, None)) is not None:
                opened.close()
        while self._opened:
            self._opened.popitem()[1].close()
