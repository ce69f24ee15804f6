"""An account at Vonage, as a setting gives it."""

import re
from dataclasses import dataclass, field
from typing import Final

from channels.base import BadAddress
from channels.provider_url import parse_provider_url, read_base
from channels.sms.senders import REPORT_TO, SENDER, read_report_to

API: Final = "https://rest.nexmo.com"
METHODS: Final = frozenset({"md5hash", "md5", "sha1", "sha256", "sha512"})
_KEY: Final = re.compile(r"[A-Za-z0-9]{4,40}")
_OPTIONS: Final = frozenset({"base", "signature", "method", REPORT_TO})


@dataclass(frozen=True, slots=True)
class VonageAccount:
    """Whose account, what texts come from, and what signs its webhooks.

    Attributes:
        signature: the signature secret of the dashboard; "": webhooks cannot be checked.
        method: by which it signs, as the dashboard names it.
    """

    key: str
    secret: str = field(repr=False)
    sender: str = ""
    base: str = API
    signature: str = field(default="", repr=False)
    method: str = "md5hash"
    report_to: str = ""


def read_vonage_url(url: str) -> VonageAccount:
    """Return the account of ``vonage://KEY:SECRET@SENDER?signature=SECRET&method=sha256``.

    Raises:
        BadAddress: a part is missing or malformed.
    """
    parts = parse_provider_url(url, _OPTIONS)
    if not parts.user or not _KEY.fullmatch(parts.user) or not parts.password:
        raise BadAddress("Vonage's address is vonage://API_KEY:API_SECRET@SENDER")
    if not SENDER.fullmatch(parts.host) or parts.port:
        raise BadAddress("the sender must be a number or a name of at most 11 letters")
    method = parts.options.get("method", "md5hash")
    if method not in METHODS:
        raise BadAddress(f"method: one of {', '.join(sorted(METHODS))}")
    return VonageAccount(
        key=parts.user,
        secret=parts.password,
        sender=parts.host,
        base=read_base(parts.options, API),
        signature=parts.options.get("signature", ""),
        method=method,
        report_to=read_report_to(parts.options),
    )
