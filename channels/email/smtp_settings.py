"""How to reach an SMTP server, read from its address in a setting."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from channels.base import BadAddress
from channels.email.dkim import DkimSigner, read_signer
from channels.provider_url import ProviderUrl, is_loopback, parse_provider_url

_OPTIONS: Final = frozenset({"tls", "name", "dkim", "dkim_key", "per_domain", "per_connection"})
_GREATEST: Final = 10_000
_SUBMISSION: Final = 587  # RFC 6409
_SUBMISSIONS: Final = 465  # RFC 8314


class Security(StrEnum):
    """How the connection is protected."""

    NONE = "none"
    OPPORTUNISTIC = "opportunistic"  # if offered, whoever's certificate; to this machine only
    STARTTLS = "starttls"  # demanded, never merely tried
    IMPLICIT = "implicit"  # TLS from the first octet


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """One account.

    Attributes:
        reply_seconds: longest wait for a reply.
        final_reply_seconds: for handing over the content and the reply to it. RFC 5321 4.5.3.2
            asks for more; these are shorter, so that a chunk ends within its lease.
        local_name: what EHLO says; None: our own IP address, as RFC 5321 4.1.4 has it.
        maximum_idle: connections kept open for the next chunk.
        tls_context: who is trusted; by default those whom the operating system trusts.
        per_domain: so many connections carry letters to one domain of recipients at once.
        signers: DKIM keys, applied in order: those of the sender's domain, or all if it has none.
    """

    host: str
    port: int
    security: Security = Security.STARTTLS
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    local_name: str | None = None
    connect_seconds: float = 10.0
    reply_seconds: float = 30.0
    final_reply_seconds: float = 60.0
    messages_per_connection: int = 500
    per_domain: int = 20
    maximum_idle: int = 4
    use_pipelining: bool = True
    tls_context: ssl.SSLContext | None = field(default=None, repr=False)
    signers: tuple[DkimSigner, ...] = field(default=(), repr=False)


def read_smtp_url(url: str) -> SmtpSettings:
    """Return the account that ``smtp://user:password@host:port?tls=…&name=…&dkim=…`` means.

    Raises:
        BadAddress: malformed; a password without TLS; a DKIM key that cannot be used.
    """
    parts = parse_provider_url(url, _OPTIONS)
    security = _read_security(parts)
    if (parts.user is None) != (parts.password is None) or parts.user == "":
        raise BadAddress("a user name and a password come together: smtp://user:password@host")
    local_name = parts.options.get("name")
    if local_name is not None and not (local_name.isascii() and local_name.isprintable()):
        raise BadAddress("name: must be the ASCII name of this machine")
    default = _SUBMISSIONS if security is Security.IMPLICIT else _SUBMISSION
    return SmtpSettings(
        host=parts.host,
        port=parts.port or default,
        security=security,
        username=parts.user,
        password=parts.password,
        local_name=local_name,
        signers=_read_signers(parts.options),
        per_domain=_read_count(parts.options, "per_domain", 20),
        messages_per_connection=_read_count(parts.options, "per_connection", 500),
    )


def _read_count(options: Mapping[str, str], name: str, default: int) -> int:
    text = options.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= _GREATEST):
        raise BadAddress(f"{name}: a whole number from 1 to {_GREATEST}")
    return int(text)


def _read_security(parts: ProviderUrl) -> Security:
    chosen = parts.options.get("tls")
    if parts.scheme == "smtps":
        if chosen not in {None, "implicit"}:
            raise BadAddress("smtps:// means tls=implicit; for another choice write smtp://")
        return Security.IMPLICIT
    if chosen is None:
        return Security.OPPORTUNISTIC if is_loopback(parts.host) else Security.STARTTLS
    if chosen not in {"starttls", "none", "implicit"}:
        raise BadAddress("tls: must be starttls, none or implicit")
    security = Security(chosen)
    if security is Security.NONE and parts.password and not is_loopback(parts.host):
        raise BadAddress("tls=none: a password is never sent without TLS, save to this machine")
    return security


def _read_signers(options: Mapping[str, str]) -> tuple[DkimSigner, ...]:
    name, path = options.get("dkim"), options.get("dkim_key")
    if name is None and path is None:
        return ()
    if not name or not path:
        raise BadAddress("dkim and dkim_key come together")
    names, paths = name.split(","), path.split(",")
    if len(names) != len(paths):
        raise BadAddress("dkim and dkim_key name as many keys, parted by commas")
    return tuple(_read_signer(*pair) for pair in zip(names, paths, strict=True))


def _read_signer(name: str, path: str) -> DkimSigner:
    try:
        pem = Path(path).read_bytes()
    except OSError as error:
        raise BadAddress(f"dkim_key: cannot be read ({error.strerror})") from None
    return read_signer(name, pem)
