"""How messages leave this process: providers, rendering children, and who holds the leases."""

import os
import socket
import threading
from functools import cached_property
from typing import Any, Final

from channels.base import Provider
from channels.chat.telling import Chats
from channels.registry import (
    open_chats,
    open_email,
    open_sms,
    open_webhook_mailbox,
    open_webhooks,
)
from engine.config import Settings
from engine.ids import new_id
from engine.messages.compose.render_pool import RenderPool

RENDERERS: Final = 2


class Outgoing:
    """Opened at first use, so that a web process starts no rendering children.

    Args:
        settings: name the providers.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.RLock()

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
    def email(self) -> Provider[Any]:
        """Who carries letters."""
        return open_email(self._settings.smtp_url)

    @cached_property
    def sms(self) -> Provider[Any]:
        """Who carries texts."""
        return open_sms(self._settings.sms_url)

    @cached_property
    def webhooks(self) -> Provider[Any]:
        """Who makes calls to endpoints with a URL."""
        return open_webhooks(self._settings.webhook_allow)

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
        for name in ("pool", "email", "sms", "webhooks", "webhook_mailbox", "chats"):
            if (opened := self.__dict__.pop(name, None)) is not None:
                opened.close()
