"""Which addresses a webhook may reach: public ones, and what the operator has allowed (SSRF).

Pure: it judges what is given to it and looks nothing up. A URL is judged when it is saved, as far
as its spelling tells; every address that a name leads to is judged again when it is connected to.

Source: IANA's registries of special-purpose addresses (RFC 6890), and the metadata addresses of
the large clouds (most are link-local or private; Azure's 168.63.129.16 is neither).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final, TypeAlias

from channels.base import BadAddress
from channels.target import Target, TargetRefused, parse_target

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

PORTS: Final = frozenset({80, 443, 8443})

_REFUSED_4: Final = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by carriers; some clouds' metadata
            "127.0.0.0/8",  # this machine
            "168.63.129.16/32",  # Azure's host
            "169.254.0.0/16",  # link-local; most clouds' metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
        ),
    )
)
_GLOBAL_6: Final = IPv6Network("2000::/3")  # all that IANA has given out for unicast
_REFUSED_6: Final = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: an IPv4 address in disguise
            "3fff::/20",  # documentation
        ),
    )
)
_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_THIS_MACHINE: Final = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
_METADATA_NAMES: Final = frozenset({"metadata", "metadata.google.internal", "instance-data"})
_ENTRY: Final = re.compile(r"(?:\[([^\]]+)\]|([0-9.]+(?:/[0-9]+)?))(?::([0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class _Allowed:
    network: Network
    port: int | None  # None: any

    def covers(self, address: Address, port: int) -> bool:
        return address in self.network and self.port in {None, port}


class Guard:
    """Judges targets. The operator's list is what it adds to the public Internet."""

    def __init__(self, allowed: str = "") -> None:
        """Read the operator's list.

        Args:
            allowed: networks that may be reached although they are not public, on any port or on
                the one named: ``127.0.0.1:9000, 10.0.0.0/8, fd00::/8, [::1]:9000``.

        Raises:
            BadAddress: an entry is neither an address nor a network.
        """
        entries = [entry.strip() for entry in allowed.split(",")]
        self._allowed = tuple(_read_entry(entry) for entry in entries if entry)

    def check_url(self, url: str) -> Target:
        """Return where a URL leads, judged as far as its spelling tells. For when it is saved.

        Raises:
            TargetRefused: it cannot be right, or leads where nothing may be sent.
        """
        target = parse_target(url)
        try:
            address = ip_address(target.host)
        except ValueError:
            self._check_name(target)
        else:
            self.check_address(str(address), target.port)
        return target

    def _check_name(self, target: Target) -> None:
        host = target.host
        if host in _METADATA_NAMES:
            raise TargetRefused("the host is a cloud's metadata service")
        is_local = host == "localhost" or host.endswith(".localhost")  # RFC 6761 6.3
        local = [entry for entry in self._allowed if _is_of_this_machine(entry.network)]
        if is_local and not any(entry.port in {None, target.port} for entry in local):
            raise TargetRefused("the host is this machine itself")
        if target.port not in PORTS and not any(
            entry.port in {None, target.port} for entry in self._allowed
        ):
            raise TargetRefused(_PORT_REFUSED)

    def check_addresses(self, addresses: Sequence[str], port: int) -> None:
        """Judge all addresses that a name leads to. One that is refused refuses the name.

        Raises:
            TargetRefused: nothing may be sent there.
        """
        for address in addresses:
            self.check_address(address, port)

    def check_address(self, written: str, port: int) -> None:
        """Judge one address and port.

        Raises:
            TargetRefused: nothing may be sent there.
        """
        address = _unwrap(ip_address(written))
        if any(entry.covers(address, port) for entry in self._allowed):
            return
        if not _is_public(address):
            raise TargetRefused("the address is not on the public Internet")
        if port not in PORTS:
            raise TargetRefused(_PORT_REFUSED)


_PORT_REFUSED: Final = "the port must be 80, 443 or 8443"


def _read_entry(entry: str) -> _Allowed:
    found = _ENTRY.fullmatch(entry)
    network, port = (found[1] or found[2], found[3]) if found else (entry, None)
    try:
        return _Allowed(ip_network(network), int(port) if port else None)
    except ValueError:
        raise BadAddress(
            f"{entry[:60]!r} is neither an address nor a network, such as 127.0.0.1:9000, "
            "10.0.0.0/8 or [::1]:9000"
        ) from None


def _is_of_this_machine(network: Network) -> bool:
    return any(network.version == own.version and network.overlaps(own) for own in _THIS_MACHINE)


def _unwrap(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address carries, where it is reached through it."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _REFUSED_4)
    return address in _GLOBAL_6 and not any(address in network for network in _REFUSED_6)
