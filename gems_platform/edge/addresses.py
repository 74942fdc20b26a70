# SPDX-License-Identifier: Apache-2.0
"""From which network address a request comes: what the line says, or a proxy that the operator trusts."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from starlette.types import Scope

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_MOST = 2_000  # characters of X-Forwarded-For that are looked at, from its end


def networks(names: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks such as 10.0.0.0/8; raises ValueError for anything else."""
    return tuple(ipaddress.ip_network(name) for name in names)


def address_of(scope: Scope, trusted: tuple[Network, ...]) -> str:
    """The address that a request counts for.

    X-Forwarded-For counts only when the line's other end is trusted; then it is the last address in it that is
    not trusted itself, since everything before that one may be invented.
    """
    client = scope.get("client")
    found = client[0] if client else ""
    if not trusted or not _is_in(found, trusted):
        return found
    told = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
    for part in reversed(told.decode("latin-1")[-_MOST:].split(",")):
        name = part.strip()
        if not _is_address(name):
            break
        found = name
        if not _is_in(found, trusted):
            break
    return found


def truncated(address: str) -> str:
    """The /24 or /64 that an address is in, which is as much of it as the audit log keeps; "" for none."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 64), strict=False))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_in(name: str, trusted: tuple[Network, ...]) -> bool:
    if not _is_address(name):
        return False
    found = ipaddress.ip_address(name)
    return any(found in network for network in trusted if network.version == found.version)
