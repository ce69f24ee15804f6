"""One letter as it travels: addresses, octets, and what the server's replies mean for it."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from channels.base import Receipt, Verdict
from channels.email.wire import Reply

_UNWRITABLE: Final = re.compile(r"[\x00-\x20\x7f<>\\\"(),;\[\]]")
_FIRST_FAILURE: Final = 500
#: No such mailbox, no such domain, bad syntax, moved away, null MX (RFC 3463 3.2, RFC 7505 4.1).
_DEAD_ADDRESSES: Final = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"})
_THROTTLED: Final = re.compile(r"4\.7\.\d+|4\.4\.5")  # policy, and congestion (RFC 3463 3.8, 3.5)
_THROTTLING_WORDS: Final = re.compile(
    r"\brate\b|too many|throttl|slow down|temporarily deferred", re.IGNORECASE
)
_GREYLISTING: Final = re.compile(r"gr[ea]y.?list", re.IGNORECASE)
QUOTA_REST: Final = timedelta(hours=1)
"""So long an account rests that has sent what it may in an hour or a day."""
#: Of Gmail and others (congestion, RFC 3463 3.5, which nobody can have for good), and Exchange Online.
_QUOTAS: Final = frozenset({"5.4.5", "5.1.90"})
_QUOTA_WORDS: Final = re.compile(
    r"\b(?:daily|hourly|sending|outgoing|relay|submission ?)\W{0,3}(?:\w+ ){0,3}(?:limit|quota)"
    r"|SubmissionQuotaExceeded|number of (?:allowed )?outgoing messages",
    re.IGNORECASE,
)
#: "Authentication required" and its kin, in answer to MAIL (RFC 4954 6).
_LOGIN_CODES: Final = frozenset({530, 534, 535, 538})


@dataclass(frozen=True, slots=True)
class Envelope:
    """One letter ready to travel.

    Attributes:
        sender: return path; may be empty.
        data: with CRLF line ends, not dot-stuffed.
        message_id: how the provider's later word will call it.
    """

    sender: str
    recipient: str
    data: bytes
    message_id: str | None = None

    @property
    def domain(self) -> str:
        """The recipient's, in small letters."""
        return self.recipient.rpartition("@")[2].lower()

    @property
    def is_international(self) -> bool:
        """Whether an address is beyond ASCII, so that the server must offer SMTPUTF8."""
        return not (self.sender.isascii() and self.recipient.isascii())


def refuse_envelope(envelope: Envelope, maximum_octets: int) -> Receipt | None:
    """Return a refusal of what must not go on the wire; None if it may.

    Args:
        envelope: to judge.
        maximum_octets: that the server takes; 0: it names no limit.
    """
    if _UNWRITABLE.search(envelope.sender):
        return _refuse("5.1.7", "the sender's address cannot be written in SMTP")
    if _UNWRITABLE.search(envelope.recipient) or not envelope.recipient:
        return _refuse("5.1.3", "the address cannot be written in SMTP", is_dead_address=True)
    data = envelope.data
    if not data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r"):
        return _refuse("5.6.0", "a line end that is not CRLF")  # a smuggled "\n.\n" ends a letter
    if maximum_octets and len(data) > maximum_octets:
        return _refuse("5.3.4", f"larger than the server's {maximum_octets} octets")
    return None


def _refuse(code: str, text: str, *, is_dead_address: bool = False) -> Receipt:
    return Receipt(Verdict.PERMANENT, code=code, text=text, is_dead_address=is_dead_address)


def write_commands(envelope: Envelope) -> bytes:
    """Return MAIL, RCPT and DATA."""
    parameter = " SMTPUTF8" if envelope.is_international else ""
    return (
        f"MAIL FROM:<{envelope.sender}>{parameter}\r\nRCPT TO:<{envelope.recipient}>\r\nDATA\r\n"
    ).encode()


def write_content(data: bytes) -> bytes:
    """Return the octets with dots doubled at line starts and the final dot (RFC 5321 4.5.2)."""
    if b"\r\n." in data:
        data = data.replace(b"\r\n.", b"\r\n..")
    start = b"." if data.startswith(b".") else b""
    return b"".join((start, data, b".\r\n" if data.endswith(b"\r\n") else b"\r\n.\r\n"))


def judge_reply(reply: Reply, envelope: Envelope) -> Receipt:
    """Return what a reply to one of its commands means for a letter."""
    code, text = reply.enhanced or str(reply.code), _describe(reply, envelope)
    if reply.is_positive:
        return Receipt(Verdict.ACCEPTED, envelope.message_id, code, text)
    if reply.code in _LOGIN_CODES:
        return Receipt(Verdict.NOT_SENT, None, code, text, is_account_problem=True)
    if reply.code < _FIRST_FAILURE:
        return Receipt(Verdict.TEMPORARY, None, code, text, is_of_domain=is_throttling(reply))
    if code in _QUOTAS or _QUOTA_WORDS.search(reply.text):
        return Receipt(Verdict.TEMPORARY, None, code, text, retry_after=QUOTA_REST)
    return Receipt(Verdict.PERMANENT, None, code, text, is_dead_address=code in _DEAD_ADDRESSES)


def is_throttling(reply: Reply) -> bool:
    """Return whether a refusal for now says that the recipient's domain is sent too much too fast.

    Greylisting says something else: it is about one recipient, and passes by itself.
    """
    if reply.is_positive or reply.code >= _FIRST_FAILURE or _GREYLISTING.search(reply.text):
        return False
    enhanced = reply.enhanced
    if enhanced is not None and _THROTTLED.fullmatch(enhanced):
        return True
    return _THROTTLING_WORDS.search(reply.text) is not None


def _describe(reply: Reply, envelope: Envelope) -> str:
    said = f"{reply.code} {reply.text}".strip()
    if envelope.recipient:
        said = re.sub(re.escape(envelope.recipient), "<recipient>", said, flags=re.IGNORECASE)
    return said
