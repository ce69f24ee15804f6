"""An account at MessageBird, as a setting gives it."""

import re
from dataclasses import dataclass, field
from typing import Final

from channels.base import BadAddress
from channels.provider_url import parse_provider_url, read_base
from channels.sms.senders import REPORT_TO, SENDER, read_report_to

API: Final = "https://rest.messagebird.com"
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,100}")
_OPTIONS: Final = frozenset({"base", "signature", REPORT_TO})


@dataclass(frozen=True, slots=True)
class MessageBirdAccount:
    """Whose account, what texts come from, and what signs its webhooks.

    Attributes:
        signature: the signing key of the dashboard; "": webhooks cannot be checked.
    """

    key: str = field(repr=False)
    sender: str = ""
    base: str = API
    signature: str = field(default="", repr=False)
    report_to: str = ""


def read_messagebird_url(url: str) -> MessageBirdAccount:
    """Return the account that ``messagebird://ACCESS_KEY@SENDER?signature=SIGNING_KEY`` means.

    Raises:
        BadAddress: a part is missing or malformed.
    """
    parts = parse_provider_url(url, _OPTIONS)
    if not parts.user or not _KEY.fullmatch(parts.user) or parts.password is not None:
        raise BadAddress("MessageBird's address is messagebird://ACCESS_KEY@SENDER")
    if not SENDER.fullmatch(parts.host) or parts.port:
        raise BadAddress("the sender must be a number or a name of at most 11 letters")
    return MessageBirdAccount(
        key=parts.user,
        sender=parts.host,
        base=read_base(parts.options, API),
        signature=parts.options.get("signature", ""),
        report_to=read_report_to(parts.options),
    )
