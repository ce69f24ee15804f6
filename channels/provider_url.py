"""The address of a provider, as a setting gives it: ``scheme://user:password@host:port?option=…``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qsl, unquote

from channels.base import BadAddress
from channels.target import TargetRefused, parse_target

_FORM: Final = re.compile(
    r"(?P<scheme>[a-z]+)://(?:(?P<user>[^@/?#:]*)(?::(?P<password>[^@/?#]*))?@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s@/?#:\[\]]+)(?::(?P<port>[0-9]{1,5}))?/?(?:\?(?P<query>[^#]*))?"
)
_GREATEST_PORT: Final = 65_535
_KEY: Final = re.compile(r"[!-~]{1,400}")


@dataclass(frozen=True, slots=True)
class ProviderUrl:
    """Its parts, percent-decoded. An IPv6 host has no brackets."""

    scheme: str
    host: str
    port: int | None
    user: str | None
    password: str | None = field(repr=False)
    options: Mapping[str, str] = field(repr=False)


def parse_provider_url(url: str, options: frozenset[str] = frozenset()) -> ProviderUrl:
    """Return the parts of an address.

    Args:
        url: as the setting has it.
        options: names that may stand after the question mark.

    Raises:
        BadAddress: another form, or an unknown option. The message shows no part of the address,
            since what goes wrong is often the password.
    """
    found = _FORM.fullmatch(url.strip())
    if found is None:
        raise BadAddress(
            "an address looks like scheme://user:password@host:port?option=value; "
            "in a password, @ : / ? # and % are written %40 %3A %2F %3F %23 and %25"
        )
    given = _read_options(found["query"] or "", options)
    port = int(found["port"]) if found["port"] else None
    if port is not None and not 1 <= port <= _GREATEST_PORT:
        raise BadAddress("the port must be a number from 1 to 65535")
    user, password = found["user"], found["password"]
    return ProviderUrl(
        scheme=found["scheme"],
        host=unquote(found["host"]).strip("[]"),
        port=port,
        user=None if user is None else unquote(user),
        password=None if password is None else unquote(password),
        options=given,
    )


def read_base(options: Mapping[str, str], default: str) -> str:
    """Return where an API is reached: what the option ``base`` says, else the default.

    Raises:
        BadAddress: no URL; or without TLS, save to this machine itself.
    """
    base = options.get("base", default)
    try:
        target = parse_target(base)
    except TargetRefused as refused:
        raise BadAddress(f"base: {refused}") from None
    if target.scheme != "https" and not is_loopback(target.host):
        raise BadAddress("base: a key is never sent without TLS, save to this machine itself")
    return base.rstrip("/")


def read_key(written: str | None, form: str) -> str:
    """Return a key that may stand in a header.

    Args:
        written: as the address has it.
        form: how the address is written; for the message.

    Raises:
        BadAddress: there is none, or it has other characters than printable ASCII.
    """
    if not written or not _KEY.fullmatch(written):
        raise BadAddress(f"the address is written {form}, the key in printable ASCII")
    return written


def _read_options(query: str, known: frozenset[str]) -> dict[str, str]:
    pairs = parse_qsl(query, keep_blank_values=True)
    names = [name for name, _ in pairs]
    if not known.issuperset(names):
        raise BadAddress(f"an unknown option; known here: {', '.join(sorted(known)) or 'none'}")
    if len(set(names)) < len(names):
        raise BadAddress("an option is given twice")
    return dict(pairs)


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine itself, told by its spelling alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
