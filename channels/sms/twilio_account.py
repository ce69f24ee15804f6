"""An account at Twilio, as a setting gives it."""

import re
from dataclasses import dataclass, field
from typing import Final

from channels.base import BadAddress
from channels.provider_url import parse_provider_url, read_base
from channels.sms.senders import REPORT_TO, SENDER, read_report_to

API: Final = "https://api.twilio.com"
SERVICE: Final = re.compile(r"MG[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """Whose account, and what texts come from unless they say otherwise."""

    sid: str
    token: str = field(repr=False)
    sender: str = ""
    base: str = API
    report_to: str = ""


def read_twilio_url(url: str) -> TwilioAccount:
    """Return the account that ``twilio://SID:TOKEN@SENDER?base=URL&report_to=URL`` means.

    Raises:
        BadAddress: a part is missing or malformed.
    """
    parts = parse_provider_url(url, frozenset({"base", REPORT_TO}))
    if not parts.user or not parts.user.isalnum() or not parts.password:
        raise BadAddress("Twilio's address is twilio://ACCOUNT_SID:AUTH_TOKEN@SENDER")
    if not (SENDER.fullmatch(parts.host) or SERVICE.fullmatch(parts.host)) or parts.port:
        raise BadAddress("the sender must be a number, a name of at most 11 letters, or MG…")
    base = read_base(parts.options, API)
    report_to = read_report_to(parts.options)
    return TwilioAccount(parts.user, parts.password, parts.host, base, report_to)
